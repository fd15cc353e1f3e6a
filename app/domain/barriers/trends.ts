/*
 * When a digest may say that something rose or fell. The rules, all in one place:
 *
 * 1. Whole periods only. A month that is not over is not compared: it would always have fallen. Nor is
 *    any compared with the one in which the site began: it would always have risen. That one is whole only
 *    if the first post of the site is from its first quarter, since few write on the very first day.
 * 2. Like with like. A period is compared with the one right before it and of the same length, never
 *    with a window that filled up since the site began.
 * 3. Enough people. Fewer than `DIGEST_MIN_AUTHORS` in either period are too few for a claim: one
 *    person more or less would be a trend, and a share of them would be told beside it. What nobody
 *    reported in the period before is new once enough people report it.
 * 4. The count and the share move the same way. On a growing site nearly every count grows. Where
 *    only the count grew, more people wrote, and that is what is said.
 * 5. No single person decides. The claim has to hold when any one author is left out, whichever
 *    period they wrote in.
 *
 * People who choose to write are no sample, so no test of significance is made: it would lend the
 * numbers a weight that they do not have.
 */

/** The share of a period that may be over before the first post of the site. */
const BEGUN_WITHIN = 1 / 4;

/**
 * Whether the site was there for a period. All times are UTC milliseconds.
 * @param firstPost when the first post of the site was written; null: there is none.
 */
export function begunBy({ start, end }: { start: number; end: number }, firstPost: number | null) {
  return firstPost !== null && firstPost < start + BEGUN_WITHIN * (end - start);
}

/** How many distinct people raised something in a period, and how many wrote in all. */
export interface PeriodCount {
  people: number;
  all: number;
}

/**
 * What may be said of a count against the period before: `more` or `less` people and share;
 * `grown`: more people, as more wrote; `new`: nobody raised it before; null: nothing.
 */
export type Trend = 'more' | 'less' | 'grown' | 'new' | null;

/**
 * Compares a period with the one before it.
 * @param min the fewest people that a claim needs (`DIGEST_MIN_AUTHORS`).
 * @param whole whether both periods are whole; without that nothing is claimed.
 */
export function trendOf(
  now: PeriodCount,
  before: PeriodCount,
  { min, whole }: { min: number; whole: boolean },
): Trend {
  if (!whole || before.all < min || now.all < min) return null;
  if (before.people === 0) return now.people >= min ? 'new' : null;
  if (now.people < min || before.people < min) return null;
  const direction = Math.sign(now.people - before.people);
  if (direction === 0) return null;
  const cases = leavingOneOut(now, before);
  if (cases.every(([one, other]) => moved(one, other) === direction)) {
    return direction > 0 ? 'more' : 'less';
  }
  const grew = cases.every(([one, other]) => one.people > other.people && one.all > other.all);
  return grew && shareMoved(now, before) <= 0 ? 'grown' : null;
}

/** The share of a period's writers that raised something, 0 to 1. */
export function shareOf({ people, all }: PeriodCount): number {
  return all === 0 ? 0 : people / all;
}

/** Which way count and share both moved, −1 or 1; 0 where they disagree. */
function moved(now: PeriodCount, before: PeriodCount): number {
  const direction = Math.sign(now.people - before.people);
  return direction === shareMoved(now, before) ? direction : 0;
}

function shareMoved(now: PeriodCount, before: PeriodCount): number {
  return Math.sign(shareOf(now) - shareOf(before));
}

/** The two periods without one author: who raised it or did not, in either period or in both. */
function leavingOneOut(now: PeriodCount, before: PeriodCount): [PeriodCount, PeriodCount][] {
  return without(now).flatMap((one) =>
    without(before).map((other): [PeriodCount, PeriodCount] => [one, other]),
  );
}

function without({ people, all }: PeriodCount): PeriodCount[] {
  return [
    { people, all },
    ...(people > 0 ? [{ people: people - 1, all: all - 1 }] : []),
    ...(all > people ? [{ people, all: all - 1 }] : []),
  ];
}
