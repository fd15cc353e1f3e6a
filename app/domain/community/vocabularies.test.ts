import { describe, expect, it } from 'vitest';
import arabic from '~/platform/i18n/messages/ar/vocabulary.json';
import english from '~/platform/i18n/messages/en/vocabulary.json';
import french from '~/platform/i18n/messages/fr/vocabulary.json';
import {
  BARRIER_KINDS,
  type BarrierKind,
  FLAG_REASONS,
  type FlagReason,
  GLOSSARY,
  INDUSTRIES,
  type IndustrySection,
  isBarrierKind,
  isFlagReason,
  isIndustry,
  isPillar,
  isRule,
  PILLARS,
  type Pillar,
  RULES,
  type RuleSlug,
} from './vocabularies';

// Repeated here because these slugs are part of the public interface. A record must name every
// member of its type, so that types, seed data and this list always agree.
const members = <Slug extends string>(all: Record<Slug, true>) => Object.keys(all) as Slug[];

const pillars = members<Pillar>({
  'open-source': true,
  education: true,
  infrastructure: true,
  policy: true,
});
const barrierKinds = members<BarrierKind>({
  compute: true,
  data: true,
  language: true,
  connectivity: true,
  cost: true,
  skills: true,
  knowledge: true,
  policy: true,
  concentration: true,
  trust: true,
});
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
    expect(PILLARS).toEqual(pillars);
    expect(BARRIER_KINDS).toEqual(barrierKinds);
    expect(INDUSTRIES).toEqual([...'ABCDEFGHIJKLMNOPQRSTU'] as IndustrySection[]);
    expect(FLAG_REASONS).toEqual(flagReasons);
  });

  it('have a rule for every flag reason, and "other" last', () => {
    expect(RULES.toSorted()).toEqual([...flagReasons, ...otherRules].sort());
    expect(RULES.at(-1)).toBe('other');
  });

  it('explain each term once, with keys made from its slug', () => {
    expect(GLOSSARY.length).toBeGreaterThanOrEqual(7);
    expect(new Set(GLOSSARY.map(({ slug }) => slug)).size).toBe(GLOSSARY.length);
    for (const { slug, term, definition } of GLOSSARY) {
      expect(term).toBe(`vocabulary.glossary.${slug}.term`);
      expect(definition).toBe(`vocabulary.glossary.${slug}.definition`);
    }
  });
});

describe('the wording', () => {
  const keys = [
    ...PILLARS.flatMap((slug) => [`pillar.${slug}.name`, `pillar.${slug}.short`]),
    ...BARRIER_KINDS.flatMap((slug) => [`barrier.${slug}.name`, `barrier.${slug}.description`]),
    ...INDUSTRIES.map((section) => `industry.${section}`),
    ...GLOSSARY.flatMap(({ slug }) => [`glossary.${slug}.term`, `glossary.${slug}.definition`]),
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
    expect(isPillar('open-source')).toBe(true);
    expect(isPillar('Open-Source')).toBe(false);
    expect(isPillar('compute')).toBe(false);
    expect(isBarrierKind('compute')).toBe(true);
    expect(isBarrierKind('')).toBe(false);
    expect(isIndustry('U')).toBe(true);
    expect(isIndustry('V')).toBe(false);
    expect(isIndustry('a')).toBe(false);
    expect(isFlagReason('spam')).toBe(true);
    expect(isFlagReason('hate')).toBe(false);
    expect(isRule('hate')).toBe(true);
    expect(isRule('constructor')).toBe(false);
  });
});
