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

/** Returns the CLDR plural categories of the language for cardinal numbers. */
function categories(locale: string): string[] {
  return new Intl.PluralRules(locale).resolvedOptions().pluralCategories.sort();
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

const catalogues = Object.entries(LANGUAGES).map(
  ([locale, { messages }]): [string, Record<string, string>] => [locale, messages],
);

describe.each(catalogues)('the catalogue %s', (locale, messages) => {
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

  it('has every plural category of its language', () => {
    const needed = categories(locale).filter((c) => !(locale === 'fr' && c === 'many'));
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
