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
  /** By the language of the report: how many, and how many of them have a true mate among three. */
  byLanguage: Record<string, Checked>;
  /** Of reports that have a mate in their language; and one in another (a mate in another is offered). */
  sameLanguage: number | null;
  acrossLanguages: number | null;
  baselines: { random: number | null };
}

/**
 * Measures whether a report's true mates are among the three offered. `pool` has the contributions of
 * the same set, and others of the region that report something else.
 */
export async function evaluateRankedMates(
  items: readonly Labelled[],
  others: readonly Labelled[],
  ranker: Ranker,
): Promise<MatesRanked> {
  const rows: {
    language: string;
    any: boolean;
    five: boolean;
    named: boolean;
    same?: boolean;
    across?: boolean;
  }[] = [];
  const among: number[] = [];
  const chance: number[] = [];
  for (const item of items) {
    const { region, group, kinds } = item.gold;
    if (!group || !region) continue;
    // Sets do not say whether a report of one has mates in another.
    const elsewhere = others.filter(({ gold }) => gold.kinds[0] !== kinds[0]);
    const pool = [...items, ...elsewhere].filter(
      (one) => one.gold.region === region && one.author !== item.author,
    );
    const isMate = ({ gold }: Labelled) => gold.group === group;
    const mates = pool.filter(isMate);
    if (mates.length === 0) continue;
    const offer = async (named: boolean, n = OFFERED) => {
      const candidates = pool.map((one) => asCandidate(one, named));
      const report = { text: item.body, language: item.language, region };
      const ranked = await ranker.mates(named ? { ...report, kinds } : report, candidates, n);
      return ranked.map(({ one }) => one);
    };
    const five = await offer(false, OFFERED_WITHOUT_KINDS);
    const offered = five.slice(0, OFFERED);
    const isSame = ({ language }: Labelled) => language === item.language;
    rows.push({
      language: item.language,
      any: offered.some(isMate),
      five: five.some(isMate),
      named: (await offer(true)).some(isMate),
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
    byLanguage: Object.fromEntries(
      [...new Set(rows.map(({ language }) => language))].sort().map((language) => {
        const of = rows.filter((row) => row.language === language);
        return [language, { right: of.filter(({ any }) => any).length, of: of.length }];
      }),
    ),
    sameLanguage: accuracy(rows.flatMap(({ same }) => same ?? [])),
    acrossLanguages: accuracy(rows.flatMap(({ across }) => across ?? [])),
    baselines: { random: mean(chance) },
  };
}

/** The candidates made of labelled texts: each text is read once, without its kinds and with them. */
const made = {
  unnamed: new WeakMap<Labelled, Candidate>(),
  named: new WeakMap<Labelled, Candidate>(),
};

interface Candidate extends PossibleMate {
  one: Labelled;
}

function asCandidate(one: Labelled, named: boolean): Candidate {
  const known = named ? made.named : made.unnamed;
  const candidate = known.get(one) ?? {
    one,
    region: one.gold.region,
    texts: [{ text: one.body, language: one.language }],
    kinds: named ? one.gold.kinds : undefined,
  };
  known.set(one, candidate);
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
