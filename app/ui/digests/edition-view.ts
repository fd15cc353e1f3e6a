import { listVersions, type ReadableDigest } from '~/domain/digests/digests';
import { digestPath } from '~/domain/digests/present';
import { sayEdits, sayErrata, versionPath } from '~/domain/digests/present-edition';
import type { Translator } from '~/platform/i18n/translator';
import type { Db } from '~db/client';
import type { EditionView } from './edition';

/** What the page of a published version says about it. */
export async function editionView(
  db: Db,
  digest: ReadableDigest,
  i18n: Translator,
): Promise<EditionView> {
  const { scope, period, version } = digest;
  const listed = await listVersions(db, scope, period.id);
  const path = (n: number) => versionPath(scope, period.id, n);
  const [newest] = listed;
  return {
    version,
    newest:
      newest && newest.version > version
        ? {
            version: newest.version,
            path: digestPath(scope, period.id),
            corrects: newest.corrects === version,
          }
        : null,
    corrects: digest.corrects,
    note: digest.note,
    errata: sayErrata(digest.errata, i18n),
    edits: sayEdits(digest, i18n),
    versions: listed.map(({ version, publishedAt, corrects }) => ({
      ...{ version, publishedAt, path: path(version) },
      correction: corrects !== null,
    })),
  };
}
