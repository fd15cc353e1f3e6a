import { countDistinct } from 'drizzle-orm';
import type { Translator } from '~/platform/i18n/translator';
import { postBarriers } from '~db/schema';
import { SAID_BY, type SaidBy } from '~db/schema/conversation';

/**
 * For how many reports each named at least one of the kinds that are counted. A report counts for each
 * of those who named its kinds.
 */
export type Namers = Record<SaidBy, number>;

/** The columns of a query that counts them, to be grouped by `postBarriers.saidBy`. */
export const namerColumns = {
  saidBy: postBarriers.saidBy,
  reports: countDistinct(postBarriers.postId),
};

export function namersOf(rows: readonly { saidBy: SaidBy; reports: number }[]): Namers {
  const found = new Map(rows.map(({ saidBy, reports }) => [saidBy, reports]));
  return Object.fromEntries(SAID_BY.map((by) => [by, found.get(by) ?? 0])) as Namers;
}

/**
 * "Kinds were named by the author for 41 reports and by a moderator for 6 reports." Null where no
 * report has a kind.
 */
export function namersSentence(namers: Namers, { t, list }: Translator): string | null {
  const named = SAID_BY.filter((by) => namers[by] > 0);
  if (named.length === 0) return null;
  return t('barriers.named', {
    list: list(named.map((by) => t('barriers.named.by', { by, n: namers[by] }))),
  });
}
