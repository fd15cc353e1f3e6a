import type { DigestEntry } from '~/digests/digests';
import { digestPath, digestTitle, type PresentedDigest } from '~/digests/present';
import { describeSources } from '~/digests/sources';
import type { Translator } from '~/i18n/translator';
import { placeName } from '~/places/names';
import type { Db } from '../../../db/client';

/** What the page shows of a digest in a list. */
export interface EntryView {
  id: string;
  path: string;
  title: string;
  version: number;
  builtAt: number;
  publishedAt: number | null;
}

export function entryView({ scope, period, ...row }: DigestEntry, i18n: Translator): EntryView {
  return {
    ...row,
    path: digestPath(scope, period.id),
    title: digestTitle(i18n, scope, period.id),
  };
}

/** A source in the list at the end of a digest. */
export interface SourceView {
  number: number;
  path: string;
  author: string;
  place: string | null;
  date: string;
}

/** A page lists no more sources than this: the JSON has them all. */
const MOST_LISTED = 60;

/** The sources of a digest by number, with who wrote them, where and when. */
export async function listedSources(
  db: Db,
  { sources }: PresentedDigest,
  i18n: Translator,
): Promise<SourceView[]> {
  const listed = sources.slice(0, MOST_LISTED);
  const facts = await describeSources(
    db,
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
        author,
        place: place && placeName(place, i18n.locale),
        date: i18n.day(createdAt),
      },
    ];
  });
}
