import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import type { PossibleMate } from '~/domain/barriers/ranking/likeliest-mates';
import type { Ranker } from '~/domain/barriers/ranking/ranker';
import { suggestBarriers } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Labelled } from './corpus';
import type { Checked } from './digest-checks';
import { accuracy, mean } from './measures';

/** How many are offered. */
const OFFERED = 3;
/** How many mates are offered to people who named no kind. */
const OFFERED_WITHOUT_KINDS = 5;

/** Shares from 0 to 1; null of nothing. */
export interface KindsRanked {
  /** Contributions that report a barrier, and that report none. */
  reporting: number;
  silent: number;
  /** The true kind (the first labelled) is among the three offered. */
  amongThree: number | null;
  /** It is the first offered. */
  first: number | null;
  /** Texts that report nothing and are offered kinds before "I am not reporting a barrier". */
  falseOffers: number | null;
  /** Reports that are offered "I am not reporting a barrier" first, before their kinds. */
  barriersAsNone: number | null;
  byLanguage: Record<string, number | null>;
  /** The texts that report nothing, by the reason, and those of them that are offered kinds. */
  byReason: Record<string, { texts: number; falseOffers: number }>;
  baselines: { lexicon: number | null; mostFrequent: number | null; random: number };
}

/** Measures the three kinds that are offered for each text. `usual` are the most frequent kinds, in order. */
export async function evaluateRankedKinds(
  items: readonly Labelled[],
  ranker: Ranker,
  usual: readonly BarrierKind[],
): Promise<KindsRanked> {
  const rows: { item: Labelled; kinds: BarrierKind[]; noBarrier: boolean }[] = [];
  for (const item of items) {
    rows.push({
      item,
      ...(await ranker.kinds({ text: item.body, language: item.language }, OFFERED)),
    });
  }
  const reporting = rows.filter(({ item }) => item.gold.raises);
  const silent = rows.filter(({ item }) => !item.gold.raises);
  const hit = (item: Labelled, kinds: readonly BarrierKind[]) =>
    kinds.slice(0, OFFERED).some((kind) => kind === item.gold.kinds[0]);
  const languages = [...new Set(reporting.map(({ item }) => item.language))].sort();
  const reasons = [...new Set(silent.map(reasonOf))].sort();
  return {
    reporting: reporting.length,
    silent: silent.length,
    amongThree: accuracy(reporting.map(({ item, kinds }) => hit(item, kinds))),
    first: accuracy(reporting.map(({ item, kinds }) => kinds[0] === item.gold.kinds[0])),
    falseOffers: accuracy(silent.map(({ noBarrier }) => !noBarrier)),
    barriersAsNone: accuracy(reporting.map(({ noBarrier }) => noBarrier)),
    byLanguage: Object.fromEntries(
      languages.map((language) => [
        language,
        accuracy(
          reporting
            .filter(({ item }) => item.language === language)
            .map(({ item, kinds }) => hit(item, kinds)),
        ),
      ]),
    ),
    byReason: Object.fromEntries(
      reasons.map((reason) => {
        const of = silent.filter((row) => reasonOf(row) === reason);
        const offered = of.filter(({ noBarrier }) => !noBarrier);
        return [reason, { texts: of.length, falseOffers: offered.length }];
      }),
    ),
    baselines: {
      lexicon: accuracy(
        reporting.map(({ item }) => {
          const suggested = suggestBarriers(item.body, item.language).kinds;
          return hit(item, [...new Set([...suggested.map(({ kind }) => kind), ...usual])]);
        }),
      ),
      mostFrequent: accuracy(reporting.map(({ item }) => hit(item, usual))),
      random: OFFERED / LEARNED_KINDS.length,
    },
  };
}

function reasonOf({ item }: { item: Labelled }): string {
  return item.nothing ?? 'not told';
}

export interface MatesRanked {
  reports: number;
  /** Contributions of the region, on average, among which mates are looked for. */
  among: number | null;
  /** A true mate is among the three offered, where nobody named a kind, and where people did. */
  amongThree: number | null;
  kindsNamed: number | null;
  /** Among the five that people are offered who named no kind. */
  amongFive: number | null;
  /**
   * As the form asks: authors were offered three kinds and picked the true ones among them; then the
   * report is offered three mates, or five where none of the three kinds was true. Authors of texts that
   * report nothing skipped the question. The set's other half stands among the candidates too.
   */
  asAsked: number | null;
  /** By the language of the report: how many, and how many of them have a true mate among three. */
  byLanguage: Record<string, Checked>;
  /** The same as asked. */
  askedByLanguage: Record<string, Checked>;
  /** Of reports that have a mate in their language; and one in another (a mate in another is offered). */
  sameLanguage: number | null;
  acrossLanguages: number | null;
  baselines: { random: number | null };
}

/** Returns a ranker that ranks the kinds of each text once. */
export function rankingKindsOnce(ranker: Ranker): Ranker {
  const known = new Map<string, ReturnType<Ranker['kinds']>>();
  return {
    ...ranker,
    kinds(said, n) {
      const key = JSON.stringify([said.text, said.language, n]);
      const ranked = known.get(key) ?? ranker.kinds(said, n);
      known.set(key, ranked);
      return ranked;
    },
  };
}

/** Authors who are offered three kinds, and pick the true ones among them. */
function askingWith(ranker: Ranker): Naming {
  return async ({ body, language, gold }) => {
    if (gold.kinds.length === 0) return NONE;
    const { kinds } = await ranker.kinds({ text: body, language }, OFFERED);
    return gold.kinds.filter((kind) => kinds.includes(kind));
  };
}

/** Texts among which mates are looked for, besides those of the measured set. */
interface Besides {
  /** The set's other half: the labels say whether a report of one has a mate in the other. */
  otherHalf: readonly Labelled[];
  /** Of other sets: only what reports something else can be a candidate. */
  others: readonly Labelled[];
}

/**
 * Measures whether a report's true mates are among the three offered: of the contributions of the same
 * set, and of those of other sets in the region that report something else.
 */
export async function evaluateRankedMates(
  items: readonly Labelled[],
  { otherHalf, others }: Besides,
  ranker: Ranker,
): Promise<MatesRanked> {
  const asking = askingWith(ranker);
  const rows: {
    language: string;
    any: boolean;
    five: boolean;
    named: boolean;
    asked: boolean;
    same?: boolean;
    across?: boolean;
  }[] = [];
  const among: number[] = [];
  const chance: number[] = [];
  for (const item of items) {
    const { region, group, kinds } = item.gold;
    if (!group || !region) continue;
    const here = (one: Labelled) => one.gold.region === region && one.author !== item.author;
    const elsewhere = [...otherHalf, ...others].filter(({ gold }) => gold.kinds[0] !== kinds[0]);
    const pool = [...items, ...elsewhere].filter(here);
    const ofSameKind = otherHalf.filter((one) => !elsewhere.includes(one) && here(one));
    const isMate = ({ gold }: Labelled) => gold.group === group;
    const mates = pool.filter(isMate);
    if (mates.length === 0) continue;
    const offer = async (among: readonly Labelled[], named: Naming, n = OFFERED) => {
      const candidates = await Promise.all(
        among.map(async (one) => asCandidate(one, await named(one))),
      );
      const report = { text: item.body, language: item.language, region };
      const ranked = await ranker.mates({ ...report, kinds: await named(item) }, candidates, n);
      return ranked.map(({ one }) => one);
    };
    const five = await offer(pool, unnamed, OFFERED_WITHOUT_KINDS);
    const offered = five.slice(0, OFFERED);
    const n = (await asking(item)).length > 0 ? OFFERED : OFFERED_WITHOUT_KINDS;
    const isSame = ({ language }: Labelled) => language === item.language;
    rows.push({
      language: item.language,
      any: offered.some(isMate),
      five: five.some(isMate),
      named: (await offer(pool, asLabelled)).some(isMate),
      asked: (await offer([...pool, ...ofSameKind], asking, n)).some(isMate),
      ...(mates.some(isSame) && { same: offered.some((one) => isMate(one) && isSame(one)) }),
      ...(!mates.every(isSame) && { across: offered.some((one) => isMate(one) && !isSame(one)) }),
    });
    among.push(pool.length);
    chance.push(byChance(pool.length, mates.length));
  }
  return {
    reports: rows.length,
    among: mean(among),
    amongThree: accuracy(rows.map(({ any }) => any)),
    kindsNamed: accuracy(rows.map(({ named }) => named)),
    amongFive: accuracy(rows.map(({ five }) => five)),
    asAsked: accuracy(rows.map(({ asked }) => asked)),
    byLanguage: checkedByLanguage(rows, ({ any }) => any),
    askedByLanguage: checkedByLanguage(rows, ({ asked }) => asked),
    sameLanguage: accuracy(rows.flatMap(({ same }) => same ?? [])),
    acrossLanguages: accuracy(rows.flatMap(({ across }) => across ?? [])),
    baselines: { random: mean(chance) },
  };
}

function checkedByLanguage<Row extends { language: string }>(
  rows: readonly Row[],
  isRight: (row: Row) => boolean,
): Record<string, Checked> {
  return Object.fromEntries(
    [...new Set(rows.map(({ language }) => language))].sort().map((language) => {
      const of = rows.filter((row) => row.language === language);
      return [language, { right: of.filter(isRight).length, of: of.length }];
    }),
  );
}

const NONE: BarrierKind[] = [];
const unnamed = () => NONE;
const asLabelled = ({ gold }: Labelled) => gold.kinds;

/** The kinds that people named for a text. */
type Naming = (item: Labelled) => readonly BarrierKind[] | Promise<readonly BarrierKind[]>;

interface Candidate extends PossibleMate {
  one: Labelled;
}

/** The candidates made of labelled texts, by the kinds that people named: the ranking reads each once. */
const made = new WeakMap<Labelled, Map<string, Candidate>>();

function asCandidate(one: Labelled, kinds: readonly BarrierKind[]): Candidate {
  const known = made.get(one) ?? new Map<string, Candidate>();
  made.set(one, known);
  const named = kinds.join(' ');
  const candidate = known.get(named) ?? {
    one,
    region: one.gold.region,
    texts: [{ text: one.body, language: one.language }],
    kinds,
  };
  known.set(named, candidate);
  return candidate;
}

/** How likely three of `all` drawn at random hold one of `some`. */
function byChance(all: number, some: number): number {
  let none = 1;
  for (let drawn = 0; drawn < OFFERED; drawn += 1) {
    none *= Math.max(0, all - some - drawn) / Math.max(1, all - drawn);
  }
  return 1 - none;
}
