import type { BarrierKind } from '~/domain/community/vocabularies';
import type { DigestEntry } from '~/domain/digests/digests';
import { formatPeriod, type PeriodKind } from '~/domain/digests/period';
import { digestPath, digestTitle, type PresentedDigest } from '~/domain/digests/present';
import { describeSources } from '~/domain/digests/sources';
import { glanceAt } from '~/domain/digests/summary';
import type { Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';
import type { Db } from '~db/client';

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

/** How much of an archive is drawn: contents are large, and nobody compares a hundred. */
const DRAWN = 24;

/** The kinds that a list names of each digest. */
const KINDS_NAMED = 3;

/** A digest in the archive, with its largest numbers. */
export interface ArchiveEntryView extends EntryView {
  period: string;
  kind: PeriodKind;
  /** Distinct people; null where there is no public number. */
  people: number | null;
  bars: { kind: BarrierKind; name: string; people: number; share: number }[];
}

/** The archive's entries, the newest of them with what they count. */
export async function archiveView(
  db: Db,
  entries: DigestEntry[],
  i18n: Translator,
): Promise<ArchiveEntryView[]> {
  const glances = await glanceAt(
    db,
    entries.slice(0, DRAWN).map(({ id }) => id),
  );
  return entries.map((entry) => {
    const { people = null, kinds = [] } = glances.get(entry.id) ?? {};
    // To the scale of all who wrote, so that bars can be compared; a kind has no more people.
    const whole = people ?? Math.max(0, ...kinds.map((one) => one.people));
    return {
      ...entryView(entry, i18n),
      period: formatPeriod(entry.period, i18n.locale),
      kind: entry.period.kind,
      people,
      bars: kinds.slice(0, KINDS_NAMED).map((one) => ({
        ...one,
        name: i18n.t(`vocabulary.barrier.${one.kind}.name`),
        share: one.people / whole,
      })),
    };
  });
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
