import { regionOf } from '~/domain/barriers/barrier-region';
import { proposeGroups } from '~/domain/barriers/groups';
import { suggestBarriers } from '~/domain/barriers/suggest';
import type { Labelled } from './corpus';
import { measures } from './measures';

/**
 * Measures how well pairs of contributions that report the same barrier in the same region are
 * found.
 */
export function evaluateGroups(items: readonly Labelled[]) {
  const candidates = items.map(({ id, author, language, country, body }) => ({
    id,
    authorId: author,
    language,
    text: body,
    region: regionOf(body, country).region,
  }));
  const same = new Set(
    pairsOf(items)
      .filter(([a, b]) => a.gold.group !== null && a.gold.group === b.gold.group)
      .filter(([a, b]) => a.author !== b.author)
      .map(([a, b]) => `${a.id} ${b.id}`),
  );
  const proposed = proposeGroups(candidates).flatMap(({ ids }) => pairNames(ids));
  const kinds = new Map(
    items.map(({ id, body, language }) => [id, suggestBarriers(body, language).kinds[0]?.kind]),
  );
  const sameKind = pairsOf(candidates)
    .filter(([a, b]) => a.region && a.region === b.region && a.authorId !== b.authorId)
    .filter(([a, b]) => kinds.get(a.id) && kinds.get(a.id) === kinds.get(b.id))
    .map(([a, b]) => `${a.id} ${b.id}`);
  return {
    contributions: items.length,
    pairs: measurePairs(proposed, same),
    baselines: { sameRegionAndKind: measurePairs(sameKind, same) },
  };
}

function measurePairs(proposed: readonly string[], same: ReadonlySet<string>) {
  const hits = proposed.filter((pair) => same.has(pair)).length;
  return measures({ hits, false: proposed.length - hits, missed: same.size - hits });
}

function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [Item, Item] => [one, other]));
}

function pairNames(ids: readonly string[]): string[] {
  return pairsOf(ids).map(([a, b]) => `${a} ${b}`);
}
