import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import type { Scope } from '~/platform/places/scope';
import {
  byPeople,
  type Counted,
  type KindFigure,
  type PlaceFigures,
  readAtlas,
  readNamers,
  reportedSince,
} from './explore';
import type { Atlas } from './figures-table';
import type { Namers } from './namers';
import { throughToday } from './query';

/** The subject of a page: a place, a kind of barrier or a pillar. */
export interface OverviewSubject {
  scope?: Scope;
  kind?: BarrierKind;
  pillar?: Pillar;
}

/** All-time figures of a subject. */
export interface Overview {
  people: number;
  kinds: KindFigure[];
  /** Without trends: of all time there is no period before. */
  places: PlaceFigures[];
  /** Who named the kinds. */
  namedBy: Namers;
  /** Times of the first and the last contribution; null if there are none. */
  since: { first: number; last: number; contributions: number } | null;
}

/** Returns the all-time figures of all places and kinds (of one pillar); once for a page. */
export function standingAtlas(
  app: Counted,
  { pillar }: Pick<OverviewSubject, 'pillar'>,
  now: number,
): Promise<Atlas> {
  return readAtlas(app, { pillar: pillar ?? null, span: throughToday(now) });
}

/**
 * Counts the contributions on a subject from the beginning to the end of today. @param atlas the
 * figures of the subject, if already computed.
 */
export async function overviewOf(
  app: Counted,
  { scope = 'world', kind = undefined, pillar = undefined }: OverviewSubject,
  now: number,
  atlas?: Atlas,
): Promise<Overview> {
  const filter = {
    scope,
    kind: kind ?? null,
    pillar: pillar ?? null,
    span: throughToday(now),
  };
  const figures = atlas ?? (await standingAtlas(app, { pillar }, now));
  const table = figures.table(scope, filter.kind);
  const places = [...table.rows].map(([place, figures]) => ({
    place,
    people: figures.people,
    trend: null,
    kinds: byPeople(figures),
  }));
  return {
    people: table.total.people,
    kinds: byPeople(table.total),
    places: places.sort((a, b) => b.people - a.people),
    namedBy: await readNamers(app.db.reader, filter),
    since: await reportedSince(app.db.reader, filter),
  };
}
