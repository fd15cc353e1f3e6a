import { expect, it } from 'vitest';
import community from './community.json';
import seed from './questions.json';

const { questions } = seed;

it('holds the five questions in order, each with its own slug', () => {
  expect(questions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(questions.map(({ slug }) => slug)).size).toBe(5);
});

it('asks questions, introduces them and files them under known pillars', () => {
  const known = community.pillars.map(({ slug }) => slug);
  for (const { title, introduction, pillars } of questions) {
    expect(title).toMatch(/^[A-Z].+\?$/);
    expect(introduction.length).toBeGreaterThan(100);
    expect(pillars.length).toBeGreaterThan(0);
    expect(pillars.filter((pillar) => !known.includes(pillar))).toEqual([]);
  }
});

it('takes barrier reports under the first question only', () => {
  expect(
    questions.filter(({ barrierReport }) => barrierReport).map(({ number }) => number),
  ).toEqual([1]);
});
