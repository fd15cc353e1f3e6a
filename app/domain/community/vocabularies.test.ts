import { describe, expect, it } from 'vitest';
import { hasWords, NO_TEXT, VOCABULARIES, VOCABULARY_TRAITS } from '~/platform/community/community';
import { TEXT_SLUGS } from '~/platform/community/texts';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { defaultCommunity } from './seed-community';
import { INDUSTRIES, isIndustry } from './vocabularies';

// Repeated here because these slugs are part of the public interface.
const FLAG_REASONS = [
  ...['spam', 'harassment', 'off-topic', 'misinformation', 'private-data', 'illegal', 'other'],
];
const OTHER_RULES = [
  ...['hate', 'impersonation', 'copyright', 'graphic', 'generated', 'evasion'],
  ...['duplicate', 'tidy'],
];

const seed = defaultCommunity();

describe('the lists of a new site', () => {
  it('are those of the public interface, in its order', () => {
    const { pillars, kinds } = seed;
    expect(pillars).toEqual(['open-source', 'education', 'infrastructure', 'policy']);
    expect(kinds).toEqual([
      ...['compute', 'data', 'language', 'connectivity', 'cost', 'skills', 'knowledge', 'policy'],
      ...['concentration', 'trust'],
    ]);
    expect(INDUSTRIES).toEqual([...'ABCDEFGHIJKLMNOPQRSTU']);
    expect(seed.industries).toEqual(INDUSTRIES);
    expect(seed.flagReasons).toEqual(FLAG_REASONS);
    expect(seed.replies.length).toBe(5);
    expect(seed.all('text').map(({ slug }) => slug)).toEqual(TEXT_SLUGS);
  });

  it('have a rule for every flag reason, and "other" last', () => {
    expect(seed.rules.toSorted()).toEqual([...FLAG_REASONS, ...OTHER_RULES].sort());
    expect(seed.rules.at(-1)).toBe('other');
  });

  it.each(LOCALE_TAGS)('have all their words in %s', (language) => {
    const missing = VOCABULARIES.flatMap((vocabulary) =>
      seed
        .all(vocabulary)
        .filter(({ texts }) => !hasWords(vocabulary, texts.get(language) ?? NO_TEXT))
        .map(({ slug }) => `${vocabulary} ${slug}`),
    );
    expect(missing).toEqual([]);
    for (const vocabulary of ['rule', 'industry'] as const) {
      for (const { slug, texts } of seed.all(vocabulary)) {
        expect(texts.get(language)?.description, slug).toBeTruthy();
        const short = vocabulary === 'industry' ? slug !== 'S' : FLAG_REASONS.includes(slug);
        expect(Boolean(texts.get(language)?.short), slug).toBe(short);
      }
    }
  });

  it('have no other parts than administrators can edit', () => {
    for (const vocabulary of VOCABULARIES) {
      const parts = new Set<string>(VOCABULARY_TRAITS[vocabulary].parts);
      for (const { slug, texts } of seed.all(vocabulary)) {
        for (const text of texts.values()) {
          const others = Object.entries(text).filter(([part, words]) => words && !parts.has(part));
          expect(others, slug).toEqual([]);
        }
      }
    }
  });
});

it('takes sections of ISIC in exact spelling only', () => {
  expect(isIndustry('U')).toBe(true);
  expect(isIndustry('V')).toBe(false);
  expect(isIndustry('a')).toBe(false);
});
