import { describe, expect, it } from 'vitest';
import { begunBy, type PeriodCount, trendOf } from './trends';

const of = (people: number, all: number): PeriodCount => ({ people, all });
const rules = { min: 5, whole: true };

describe('a period in which the site began', () => {
  const september = { start: Date.UTC(2026, 8, 1), end: Date.UTC(2026, 9, 1) };

  it('is whole only if that was in its first quarter', () => {
    expect(begunBy(september, Date.UTC(2026, 7, 20))).toBe(true);
    expect(begunBy(september, Date.UTC(2026, 8, 3))).toBe(true);
    expect(begunBy(september, Date.UTC(2026, 8, 12))).toBe(false);
    expect(begunBy(september, null)).toBe(false);
  });
});

describe('what may be said of a count against the period before', () => {
  it('is more or less where people and share both moved', () => {
    expect(trendOf(of(14, 30), of(8, 30), rules)).toBe('more');
    expect(trendOf(of(7, 30), of(14, 30), rules)).toBe('less');
  });

  it('is that more people wrote where only the count grew', () => {
    expect(trendOf(of(20, 100), of(10, 40), rules)).toBe('grown');
    expect(trendOf(of(20, 80), of(10, 40), rules)).toBe('grown');
    // Without one of them there are no more than before.
    expect(trendOf(of(11, 100), of(10, 40), rules)).toBeNull();
    expect(trendOf(of(20, 41), of(18, 40), rules)).not.toBe('grown');
  });

  it('is nothing where fewer people make a larger share', () => {
    expect(trendOf(of(9, 12), of(10, 40), rules)).toBeNull();
  });

  it('is nothing that one author can undo', () => {
    expect(trendOf(of(9, 30), of(8, 30), rules)).toBeNull();
    expect(trendOf(of(10, 30), of(8, 30), rules)).toBe('more');
    expect(trendOf(of(7, 30), of(8, 30), rules)).toBeNull();
    expect(trendOf(of(6, 30), of(8, 30), rules)).toBe('less');
  });

  it('is new only where enough people raise what nobody raised before', () => {
    expect(trendOf(of(6, 30), of(0, 20), rules)).toBe('new');
    expect(trendOf(of(4, 30), of(0, 20), rules)).toBeNull();
    expect(trendOf(of(6, 30), of(0, 4), rules)).toBeNull();
  });

  it('is nothing of a period that is not over, or of few people', () => {
    expect(trendOf(of(5, 10), of(14, 30), { min: 5, whole: false })).toBeNull();
    expect(trendOf(of(4, 30), of(1, 30), rules)).toBeNull();
    expect(trendOf(of(4, 4), of(9, 30), rules)).toBeNull();
    expect(trendOf(of(2, 30), of(9, 30), rules)).toBeNull();
    expect(trendOf(of(14, 30), of(4, 30), rules)).toBeNull();
  });

  it('agrees with leaving each of the people out in turn', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const people = randomPeople(seed);
      const counted = (left: typeof people, period: 'now' | 'before') => {
        const wrote = left.filter((one) => one[period] !== null);
        return of(wrote.filter((one) => one[period]).length, wrote.length);
      };
      const trend = trendOf(counted(people, 'now'), counted(people, 'before'), rules);
      if (trend !== 'more' && trend !== 'less') continue;
      for (const out of people) {
        const left = people.filter((one) => one !== out);
        const [now, before] = [counted(left, 'now'), counted(left, 'before')];
        const share = now.people / now.all - before.people / before.all;
        expect(Math.sign(now.people - before.people)).toBe(trend === 'more' ? 1 : -1);
        expect(Math.sign(share)).toBe(trend === 'more' ? 1 : -1);
      }
    }
  });
});

/** People who wrote in one period or both, and whether they raised the barrier there. */
function randomPeople(seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const answer = () => (random() < 0.4 ? null : random() < 0.5);
  return Array.from({ length: 10 + Math.floor(random() * 40) }, () => ({
    now: answer(),
    before: answer(),
  }));
}
