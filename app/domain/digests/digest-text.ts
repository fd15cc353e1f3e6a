import { eq } from 'drizzle-orm';
import type { Community } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { digestContent } from './content';
import { topicName } from './digest-key';
import { formatPeriod, parsePeriod } from './period';

/**
 * Returns the searchable text of a digest, in every language of the site: place and period, and the
 * names of its barriers and places. Quotes are not included, because they are found as posts and
 * may be withdrawn. Null if there is no such digest.
 */
export async function digestText(
  db: Db,
  community: Community,
  digestId: string,
): Promise<{ title: string; body: string } | null> {
  const [row] = await db.select().from(digests).where(eq(digests.id, digestId));
  const period = row && parsePeriod(row.period);
  if (!row || !period) return null;
  const content = digestContent.parse(row.content);
  const title: string[] = [];
  const body: string[] = [];
  for (const locale of LOCALE_TAGS) {
    const i18n = siteTranslator(community, locale);
    title.push(`${topicName(i18n, row.scope)}, ${formatPeriod(period, locale)}`);
    for (const { kind } of content.barriers) body.push(i18n.name('barrier', kind));
    for (const { place } of content.places) if (place) body.push(placeName(place, locale));
  }
  return { title: title.join('\n'), body: body.join('\n') };
}
