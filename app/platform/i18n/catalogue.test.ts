import { globSync, readFileSync } from 'node:fs';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './messages';

const english: Record<string, string> = LANGUAGES.en.messages;

/** Returns the distinct names of placeholders, plurals and tags in a message, sorted. */
function names(elements: MessageFormatElement[]): string[] {
  const found = new Set<string>();
  const walk = (list: MessageFormatElement[]) => {
    for (const element of list) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(element.value);
      if (element.type === TYPE.tag) walk(element.children);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value);
      }
    }
  };
  walk(elements);
  return [...found].sort();
}

/** Returns the CLDR plural categories that whole numbers below a thousand have in the language. */
function categories(locale: string): string[] {
  const rules = new Intl.PluralRules(locale);
  const numbers = Array.from({ length: 1000 }, (_, n) => rules.select(n));
  return [...new Set([...numbers, 'other'])];
}

/** True if a message has letters of its own, not only placeholders and signs. */
function hasWords(elements: MessageFormatElement[]): boolean {
  return elements.some((element) => {
    if (element.type === TYPE.literal) return /\p{L}/u.test(element.value);
    if (element.type === TYPE.tag) return hasWords(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return false;
    return Object.values(element.options).some(({ value }) => hasWords(value));
  });
}

function plurals(elements: MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return plurals(element.children);
    if (element.type !== TYPE.plural || element.pluralType !== 'cardinal') return [];
    return [Object.keys(element.options).filter((option) => !option.startsWith('='))];
  });
}

function hasTime(elements: MessageFormatElement[]): boolean {
  return elements.some((element) => {
    if (element.type === TYPE.date || element.type === TYPE.time) return true;
    if (element.type === TYPE.tag) return hasTime(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return false;
    return Object.values(element.options).some(({ value }) => hasTime(value));
  });
}

const catalogues = Object.entries<{
  messages: Record<string, string>;
  sameAsEnglish?: readonly string[];
}>(LANGUAGES);

describe.each(catalogues)('the catalogue %s', (locale, { messages, sameAsEnglish = [] }) => {
  it('has every key of the English one and no other', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  });

  it('uses the same placeholders as English', () => {
    for (const [key, message] of Object.entries(messages)) {
      expect(names(parse(message)), key).toEqual(names(parse(english[key] ?? '')));
    }
  });

  it('leaves the format of times to the translator, which knows the time zone of the reader', () => {
    const formatted = Object.entries(messages).filter(([, message]) => hasTime(parse(message)));
    expect(formatted).toEqual([]);
  });

  it('leaves no message empty', () => {
    expect(Object.entries(messages).filter(([, message]) => message.trim() === '')).toEqual([]);
  });

  it.skipIf(locale === 'en')('leaves no message in English', () => {
    const same = Object.entries(messages)
      .filter(([key, message]) => message === english[key] && hasWords(parse(message)))
      .map(([, message]) => message);
    // Both ways, so that the language lists none that is not the same any more.
    expect([...new Set(same)].sort()).toEqual([...sameAsEnglish].sort());
  });

  it('has every plural category of its language', () => {
    const needed = categories(locale);
    for (const [key, message] of Object.entries(messages)) {
      for (const options of plurals(parse(message))) {
        expect(options, key).toEqual(expect.arrayContaining(needed));
      }
    }
  });
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
