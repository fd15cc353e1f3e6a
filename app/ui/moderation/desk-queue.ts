import type { AppLoadContext } from '@remix-run/node';
import { queueLanguages, readQueue, readQueueQuery } from '~/domain/moderation/cases/queue';
import { languageNames } from '~/platform/languages/names';
import { placeName } from '~/platform/places/names';
import { regionOptions } from '~/ui/forum/place-options';

export type DeskQueue = Awaited<ReturnType<typeof deskQueue>>;

/** Returns the queue, filtered and sorted according to the URL. For loaders. */
export async function deskQueue(
  { app, visit }: AppLoadContext,
  viewerId: string,
  search: URLSearchParams,
) {
  const { locale, titled } = visit.i18n;
  const query = readQueueQuery(search, app.community);
  const queue = await readQueue(app.db.reader, app.clock, query, viewerId);
  const nameOf = languageNames(locale);
  const languages = await queueLanguages(app.db.reader);
  return {
    ...queue,
    /** The current filters, to be kept in links. */
    kept: keptOf(search),
    regions: regionOptions(locale),
    languages: languages.map((tag) => ({ tag, name: nameOf(tag) })),
    cases: queue.cases.map(({ country, region, ...row }) => {
      const place = country ?? region;
      return {
        ...row,
        thread: row.thread && titled('thread', row.thread),
        place: place && placeName(place, locale),
        waited: app.clock.now() - row.openedAt,
      };
    }),
  };
}

const KEPT = ['cause', 'reason', 'region', 'language', 'age', 'claimed', 'sort'];

function keptOf(search: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = search.get(name);
    if (value) kept.set(name, value);
  }
  return kept.toString();
}
