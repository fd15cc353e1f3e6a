import { expect, it } from 'vitest';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import community from './community.json';
import translations from './question-translations.json';
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

it('has the questions and their prompts in ten languages, each in its own words', () => {
  const languages = [seed.language, ...Object.keys(translations)];
  expect(languages.length).toBe(10);
  expect(Intl.getCanonicalLocales(languages)).toEqual(languages);
  expect(languages).toEqual(expect.arrayContaining([...LOCALE_TAGS]));
  for (const [language, { title, questions: asked }] of Object.entries(translations)) {
    expect(title, language).not.toBe(seed.title);
    expect(asked.length, language).toBe(questions.length);
    for (const [at, one] of asked.entries()) {
      expect(one.title, language).toMatch(/[?؟？]$/);
      expect(one.introduction.length, one.title).toBeGreaterThan(60);
      // What the English one stresses is stressed in all languages.
      const stressed = (text = '') => text.match(/\*\*/g)?.length ?? 0;
      expect(stressed(one.introduction), one.title).toBe(stressed(questions[at]?.introduction));
    }
    const all = asked.flatMap((one) => [one.title, one.introduction]);
    expect(new Set(all).size, language).toBe(all.length);
  }
});
