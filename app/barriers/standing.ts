import type { Db } from '../../db/client';
import type { Scope } from '../places/scope';
import type { BarrierKind, Pillar } from '../vocabularies/vocabularies';
import { byPeople, type KindFigure, type PlaceFigures, readAtlas, reportedSince } from './explore';
import type { Figure, Withheld } from './figures';

/** What a page is about: a place, a kind of barrier, a pillar. */
export interface Subject {
  scope?: Scope;
  kind?: BarrierKind;
  pillar?: Pillar;
}

/** What was ever said about a subject. */
export interface Standing {
  people: Figure;
  kinds: KindFigure[];
  /** Without the change. */
  places: PlaceFigures[];
  withheld: Withheld;
  least: number;
  /** When the first and the last contribution was made; null where nobody made any. */
  since: { first: number; last: number; contributions: number } | null;
}

/** Counts what was said about a subject from the beginning until now. */
export async function standingOf(
  db: Db,
  { scope = 'world', kind = undefined, pillar = undefined }: Subject,
  now: number,
  least: number,
): Promise<Standing> {
  const filter = {
    scope,
    industry: null,
    kind: kind ?? null,
    pillar: pillar ?? null,
    span: { start: 0, end: now + 1 },
  };
  const table = (await readAtlas(db, filter, least)).table(scope, filter.kind);
  const places = [...table.rows].map(([place, figures]) => ({
    place,
    people: figures.people,
    change: null,
    kinds: byPeople(figures),
  }));
  return {
    people: table.total.people,
    kinds: byPeople(table.total),
    places: places.sort((a, b) => (b.people ?? -1) - (a.people ?? -1)),
    withheld: table.withheld,
    least,
    since: await reportedSince(db, filter),
  };
}
