import type { DigestKey } from '~/domain/digests/digest-key';
import { ifUnreadable, listDigests, publishedDigest } from '~/domain/digests/digests';
import type { Erratum } from '~/domain/digests/errata';
import { editionOf, presentDigest } from '~/domain/digests/present';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { AtomEntry } from '~/server/atom';

/** Returns when it last changed: publication, or a source withdrawn or restored. */
function updatedAt({ publishedAt, errata }: { publishedAt: number; errata: Erratum[] }): number {
  const moments = errata.map(({ withdrawnAt, restoredAt }) => restoredAt ?? withdrawnAt ?? 0);
  return Math.max(publishedAt, ...moments);
}

const FEED_LENGTH = 20;

/** Returns the newest digests as feed entries in one language, each with its lead and barriers. */
export async function digestEntries(
  app: AppContext,
  i18n: SiteTranslator,
  scope: DigestKey | undefined,
): Promise<AtomEntry[]> {
  const db = app.db.reader;
  const listed = await listDigests(db, { scope, limit: FEED_LENGTH });
  const entries: AtomEntry[] = [];
  for (const { scope: place, period, version } of listed) {
    const digest = await publishedDigest(db, place, period.id, { version }).catch(ifUnreadable);
    if (!digest) continue;
    const said = presentDigest(digest.content, digest.visible, i18n, editionOf(app, digest));
    const barriers = said.barriers.map(({ heading, count }) =>
      i18n.t('site.pair', { of: heading, what: count }),
    );
    entries.push({
      path: said.path,
      title: said.title,
      author: app.config.siteName,
      published: digest.publishedAt,
      updated: updatedAt(digest),
      language: i18n.locale,
      summary: [said.unfinished, ...said.lead.map(({ text }) => text), ...barriers]
        .filter((line) => line !== null)
        .join('\n'),
    });
  }
  return entries;
}
