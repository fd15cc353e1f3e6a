import { globSync, readFileSync } from 'node:fs';
import { TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LOCALE_TAGS } from './locales';
import { elementsOf, faultOfTranslation, hasWords } from './message-shape';
import { LANGUAGES } from './messages';
import { messagesOf } from './read-messages';

const english = messagesOf('en');

const isTime = ({ type }: { type: TYPE }) => type === TYPE.date || type === TYPE.time;

describe.each(LOCALE_TAGS)('the catalogue %s', (locale) => {
  const messages = messagesOf(locale);
  const facts: object = LANGUAGES[locale];
  const sameAsEnglish = 'sameAsEnglish' in facts ? (facts.sameAsEnglish as string[]) : [];

  it('has every key of the English one and no other', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  });

  it('uses the same placeholders as English, and every plural category of its language', () => {
    const faults = Object.entries(messages).flatMap(([key, message]) => {
      const fault = faultOfTranslation(message, english[key] ?? '', locale);
      return fault ? [`${key} ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('leaves the format of times to the translator, which knows the time zone of the reader', () => {
    const formatted = Object.entries(messages).filter(([, message]) =>
      elementsOf(message).some(isTime),
    );
    expect(formatted).toEqual([]);
  });

  it('leaves no message empty', () => {
    expect(Object.entries(messages).filter(([, message]) => message.trim() === '')).toEqual([]);
  });

  it.skipIf(locale === 'en')('leaves no message in English', () => {
    const same = Object.entries(messages)
      .filter(([key, message]) => message === english[key] && hasWords(message))
      .map(([, message]) => message);
    // Both ways, so that the language lists none that is not the same any more.
    expect([...new Set(same)].sort()).toEqual([...sameAsEnglish].sort());
  });
});

/** Typed and shown as lines of this form. */
const TYPED_LINES = ['post-differences.tsx', 'post-preview-form.tsx'];

it('has the marks between texts, which are not the same in Chinese and French', () => {
  const composed = globSync('app/{ui,routes}/**/*.{ts,tsx}')
    .filter((file) => !TYPED_LINES.some((name) => file.endsWith(name)))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => `${file}: ${line}`),
    )
    .filter((line) => /(?:<\/\w+>|\}): (?:\{t\(|\$\{)|\)\} \(\{/.test(line));
  expect(composed).toEqual([]);
});

it('has one kind of space before the marks of French', () => {
  const narrow = Object.entries(messagesOf('fr')).filter(([, message]) =>
    /«[\u202f ]|[\u202f ][?!;:»]/.test(message),
  );
  expect(narrow).toEqual([]);
});

it('holds no message that is used nowhere', () => {
  const sources = globSync(['{app,tools}/**/*.{ts,tsx}', 'db/seed/*.json'])
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const whole = new Set(sources.match(/[\w-]+(?:\.[\w-]+)+/g));
  // Keys that are composed in the code, such as `vocabulary.pillar.${slug}.name`.
  const patterns = [...sources.matchAll(/`(\w+\.(?:[\w.-]|\$\{[^}]*\})+)`/g)].map(
    ([, key = '']) => new RegExp(`^${key.split(/\$\{[^}]*\}/).join('[\\w-]+')}$`),
  );
  const unused = Object.keys(english).filter(
    (key) => !whole.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});
