import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { siteTranslator } from '~/platform/community/site-translator';
import { LOCALE_TAGS, type Locale } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import type { DigestContent } from './content';
import { find } from './findings';
import type { KeyPointFinding } from './key-point-findings';
import { parsePeriod, previousPeriod } from './period';
import { type Edition, presentDigest } from './present';
import { findingStatements, leadStatements } from './statements';

const community = defaultCommunity();
const period = parsePeriod('2026-10') as NonNullable<ReturnType<typeof parsePeriod>>;
const MIN = 5;

/** What was counted in a place, on a site where people wrote in September too. */
function counted(scope: string) {
  return find(
    scope,
    {
      ...{ period, before: previousPeriod(period), written: [], writtenBefore: [] },
      ...{ whole: true, comparable: true, earlier: true, byOrder: community.byOrder('barrier') },
    },
    MIN,
  );
}

/** Key points named A, B, C, that as many people reported. */
function points(people: number[], places = ['GH']): KeyPointFinding[] {
  const none = { meToo: 0, notHere: 0, noLonger: 0 };
  return people.map((n, at) => {
    const title = 'ABC'[at] ?? '';
    return {
      ...{ id: title, kind: 'cost', people: n, places, stances: none, newStances: none },
      texts: [{ language: 'en', title, sentence: title }],
      ...{ since: Date.UTC(2026, 8, 1), firstPostId: title, ids: [title] },
    };
  });
}

const EDITION: Edition = {
  ...{ siteName: 'Causeway', origin: 'http://localhost', version: 1, contentHash: '' },
  ...{ builtAt: period.end, publishedAt: null, termNames: null, translations: [] },
};

const EMPTY: DigestContent = {
  ...{ schema: 2, scope: '011', period: '2026-10', previousPeriod: '2026-09', minAuthors: MIN },
  ...{ totals: { people: 4, contributions: 4, countries: 2 }, lead: [], findings: [], changes: [] },
  ...{ barriers: [], barriersWithheld: false, places: [], placesWithheld: false, missing: [] },
  ...{ pillar: null, whole: true, worthSending: true },
  ...{ eased: [], disagreements: [], minorities: [], proposals: [], carried: null },
};

function presented(content: Partial<DigestContent>, locale: Locale = 'en') {
  const visible = new Map([...'ABC'].map((id) => [id, null]));
  return presentDigest(
    { ...EMPTY, ...content },
    visible,
    siteTranslator(community, locale),
    EDITION,
  );
}

/** A key point as a digest stores it. */
function stored(point: KeyPointFinding): DigestContent['findings'][number] {
  const { id: keyPoint, ids: _, firstPostId: _first, newStances: _new, stances, ...rest } = point;
  return { keyPoint, ...rest, ...stances, reported: point.people, statements: [], quotes: [] };
}

function leadOf(scope: string, people: number[]): string {
  const told = points(people);
  const lead = leadStatements(counted(scope), told);
  return presented({ scope, lead, findings: told.map(stored) })
    .lead.map(({ text }) => text)
    .join(' ');
}

describe('the places of a key point', () => {
  const MIXED = ['011', 'SN'];
  const said = (scope: string, places: string[], locale: Locale = 'en') => {
    const told = points([3], places);
    const [first = EMPTY.findings[0]] = told.map(stored);
    const statements = findingStatements(counted(scope), told[0] as KeyPointFinding);
    const lead = leadStatements(counted(scope), told);
    const findings = first ? [{ ...first, statements }] : [];
    return presented({ scope, lead, findings }, locale);
  };

  it.each([
    ['011', MIXED, 'Senegal and unspecified parts of Western Africa'],
    ['world', ['SN', '002', 'KE'], 'Senegal, Kenya and unspecified parts of Africa'],
    ['world', ['014', 'SN'], 'Eastern Africa and Senegal'],
  ])('in a digest of %s are never a region beside what it holds', (scope, places, text) => {
    const { lead, findings } = said(scope, places);
    expect(lead[0]?.text).toContain(`reported from ${text}`);
    expect(findings[0]?.sentences[0]?.text).toContain(`(${text})`);
  });

  it('says so in every language', () => {
    for (const locale of LOCALE_TAGS) {
      const plain = said('011', ['SN', 'GH'], locale).findings[0]?.sentences[0]?.text ?? '';
      const { text = '' } = said('011', MIXED, locale).findings[0]?.sentences[0] ?? {};
      const [senegal, region] = [placeName('SN', locale), placeName('011', locale)];
      expect(plain).toContain(senegal);
      expect(text.indexOf(senegal), text).toBeGreaterThan(0);
      expect(text, locale).toContain(region);
      expect(text, locale).toContain(
        siteTranslator(community, locale).t('barriers.places.unspecified', { place: region }),
      );
    }
  });

  it('are left out where they say no more than the title of the digest', () => {
    const { lead, findings } = said('011', ['011']);
    expect(lead[0]?.text).toBe('Reported in Western Africa in October 2026: A (3 people).');
    expect(findings[0]?.sentences[0]?.text).toBe('3 people reported it');
  });

  it('are not counted where one may be another of them', () => {
    const [first] = leadStatements(counted('011'), points([3], MIXED));
    const counting = { ...first, values: { ...first?.values, counted: 1 } };
    const lead = [counting as NonNullable<typeof first>];
    const [told] = presented({ lead, findings: points([3]).map(stored) }).lead;
    expect(told?.text).toContain('Senegal and unspecified parts of Western Africa');
  });
});

describe('the lead of a digest', () => {
  it.each([
    [
      'only what enough people reported as most reported',
      [6, 5, 3],
      'Most reported in Western Africa in October 2026: A (6 people; reported from Ghana). B (5 people; reported from Ghana). Also reported: C (3 people; reported from Ghana).',
    ],
    [
      'one that leads, and those below it once',
      [6, 2, 1],
      'Most reported in Western Africa in October 2026: A (6 people; reported from Ghana). Also reported: B (2 people; reported from Ghana). C (1 person; reported from Ghana).',
    ],
    [
      'nothing as most reported where too few wrote',
      [3, 2],
      'Reported in Western Africa in October 2026: A (3 people; reported from Ghana). B (2 people; reported from Ghana).',
    ],
  ])('names %s', (_name, people, lead) => {
    expect(leadOf('011', people)).toBe(lead);
  });

  it('does not say in a country that people reported from there', () => {
    expect(leadOf('GH', [1])).toBe('Reported in Ghana in October 2026: A (1 person).');
    const [reported] = findingStatements(counted('GH'), points([1])[0] as KeyPointFinding);
    expect(reported?.values).toMatchObject({ people: 1, placed: 0 });
  });
});

describe('the table of places', () => {
  const of = (place: string | null, people: number) => ({
    ...{ place, people, contributions: people, countries: place ? 1 : 0 },
  });

  it('tells of one person who gave no country, too', () => {
    const { places, alsoFrom } = presented({ places: [of('GH', 2), of('NG', 1), of(null, 1)] });
    const rows = places?.rows.map(({ name, people }) => `${name}: ${people}`);
    expect(rows).toEqual(['Ghana: 2', 'Western Africa (no country named): 1']);
    expect(alsoFrom).toBe('One more person reported barriers from Nigeria.');
  });
});

describe('how many wrote', () => {
  it('comes with a number of countries only where every country is known', () => {
    const findings = points([4]).map(stored);
    const totals = { people: 4, contributions: 4, countries: 2 };
    const wrote = (placed?: number) =>
      presented({ findings, totals: { ...totals, ...(placed !== undefined && { placed }) } }).wrote;
    expect(wrote(4)).toBe('4 people from 2 countries reported barriers.');
    expect(wrote(3)).toBe('4 people reported barriers.');
    // Older digests do not say.
    expect(wrote()).toBe('4 people from 2 countries reported barriers.');
  });
});
