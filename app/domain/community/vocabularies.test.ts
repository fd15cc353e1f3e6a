import { describe, expect, it } from 'vitest';
import arabic from '~/platform/i18n/messages/ar/vocabulary.json';
import english from '~/platform/i18n/messages/en/vocabulary.json';
import french from '~/platform/i18n/messages/fr/vocabulary.json';
import { defaultCommunity } from './seed-community';
import {
  FLAG_REASONS,
  type FlagReason,
  INDUSTRIES,
  type IndustrySection,
  isFlagReason,
  isIndustry,
  isRule,
  RULES,
  type RuleSlug,
} from './vocabularies';

// Repeated here because these slugs are part of the public interface. A record must name every
// member of its type, so that types, seed data and this list always agree.
const members = <Slug extends string>(all: Record<Slug, true>) => Object.keys(all) as Slug[];

const flagReasons = members<FlagReason>({
  spam: true,
  harassment: true,
  'off-topic': true,
  misinformation: true,
  'private-data': true,
  illegal: true,
  other: true,
});
const otherRules = members<Exclude<RuleSlug, FlagReason>>({
  hate: true,
  impersonation: true,
  copyright: true,
  graphic: true,
  generated: true,
  evasion: true,
  duplicate: true,
  tidy: true,
});

describe('the lists', () => {
  it('are those of the public interface, in its order', () => {
    const { pillars, kinds } = defaultCommunity();
    expect(pillars).toEqual(['open-source', 'education', 'infrastructure', 'policy']);
    expect(kinds).toEqual([
      ...['compute', 'data', 'language', 'connectivity', 'cost', 'skills', 'knowledge', 'policy'],
      ...['concentration', 'trust'],
    ]);
    expect(INDUSTRIES).toEqual([...'ABCDEFGHIJKLMNOPQRSTU'] as IndustrySection[]);
    expect(FLAG_REASONS).toEqual(flagReasons);
  });

  it('have a rule for every flag reason, and "other" last', () => {
    expect(RULES.toSorted()).toEqual([...flagReasons, ...otherRules].sort());
    expect(RULES.at(-1)).toBe('other');
  });
});

describe('the wording', () => {
  const keys = [
    ...INDUSTRIES.map((section) => `industry.${section}`),
    ...RULES.flatMap((slug) => [`rule.${slug}.title`, `rule.${slug}.text`]),
    ...FLAG_REASONS.map((slug) => `flag.${slug}`),
  ].map((key) => `vocabulary.${key}`);

  it.each([
    ['en', english],
    ['fr', french],
    ['ar', arabic],
  ])('exists for exactly the entries in %s', (_language, catalogue) => {
    expect(Object.keys(catalogue).sort()).toEqual(keys.toSorted());
    expect(Object.values(catalogue).filter((text) => text.trim() === '')).toEqual([]);
  });
});

describe('the guards', () => {
  it('accept members only, in exact spelling', () => {
    expect(isIndustry('U')).toBe(true);
    expect(isIndustry('V')).toBe(false);
    expect(isIndustry('a')).toBe(false);
    expect(isFlagReason('spam')).toBe(true);
    expect(isFlagReason('hate')).toBe(false);
    expect(isRule('hate')).toBe(true);
    expect(isRule('constructor')).toBe(false);
  });
});
