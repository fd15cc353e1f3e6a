import {
  type Digest,
  type DigestEntry,
  listVersions,
  type ReadableDigest,
} from '~/domain/digests/digests';
import { formatPeriod } from '~/domain/digests/period';
import { digestPath, type PresentedDigest } from '~/domain/digests/present';
import { sayEdits, sayErrata, versionPath } from '~/domain/digests/present-edition';
import { shownName } from '~/domain/digests/signature';
import { describeSources } from '~/domain/digests/sources';
import { summariesOf } from '~/domain/digests/summary';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import type { EditionView } from '~/ui/digests/edition';
import { type ArchiveEntryView, entryView, type SourceView } from '~/ui/digests/view';

/** Digests shown with bars: loading contents is expensive, and nobody compares a hundred. */
const DRAWN = 24;

/** The number of barrier kinds listed for each digest. */
const KINDS_NAMED = 3;

/** Returns the archive's entries; the newest ones include their figures. */
export async function archiveView(
  { db }: AppContext,
  entries: DigestEntry[],
  i18n: SiteTranslator,
): Promise<ArchiveEntryView[]> {
  const summaries = await summariesOf(
    db.reader,
    entries.slice(0, DRAWN).map(({ id }) => id),
  );
  return entries.map((entry) => {
    const { people = null, kinds = [] } = summaries.get(entry.id) ?? {};
    // Bars are scaled to the number of all authors, so that they can be compared. Without that
    // number, the largest kind is the scale.
    const whole = people ?? Math.max(0, ...kinds.map((one) => one.people));
    return {
      ...entryView(entry, i18n),
      period: formatPeriod(entry.period, i18n.locale),
      kind: entry.period.kind,
      people,
      bars: kinds.slice(0, KINDS_NAMED).map((one) => ({
        ...one,
        name: i18n.name('barrier', one.kind),
        share: one.people / whole,
      })),
    };
  });
}

/** Maximum number of sources listed on a page, which has 14 kB in every language; the JSON has all of them. */
const MOST_LISTED = 44;

/** Returns the sources of a digest by number, with author, place and date. */
export async function listedSources(
  { db, config }: AppContext,
  digest: Pick<Digest, 'content' | 'presses'>,
  { sources }: PresentedDigest,
  i18n: SiteTranslator,
): Promise<SourceView[]> {
  const listed = sources.slice(0, MOST_LISTED);
  const facts = await describeSources(
    db.reader,
    digest,
    listed.map(({ postId }) => postId),
  );
  return listed.flatMap(({ postId, number, path }) => {
    const known = facts.get(postId);
    if (!known) return [];
    const { author, place, createdAt } = known;
    return [
      {
        number,
        path,
        origin: config.origin,
        ...shownName(author, i18n.t),
        place: place && placeName(place, i18n.locale),
        date: i18n.day(createdAt),
      },
    ];
  });
}

/** Returns what a published version's page shows about the version. */
export async function editionView(
  { db }: AppContext,
  digest: ReadableDigest,
  i18n: SiteTranslator,
): Promise<EditionView> {
  const { scope, period, version } = digest;
  const listed = await listVersions(db.reader, scope, period.id);
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
