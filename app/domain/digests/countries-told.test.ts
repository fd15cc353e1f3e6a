import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import type { Locale } from '~/platform/i18n/locales';
import { translator, type Values } from '~/platform/i18n/translator';
import type { Contribution } from './contributions';
import { find } from './findings';
import { parsePeriod, previousPeriod } from './period';
import { kindStatements, leadStatements } from './statements';

/** Contributions of as many people as there are places; null is a place without a country. */
function written(places: (string | null)[]): Contribution[] {
  return places.map((country, at) => ({
    id: `post${at}`,
    authorId: `person${at}`,
    country,
    region: '011',
    createdAt: Date.UTC(2026, 9, 1 + at),
    kinds: ['cost'],
  }));
}

const period = parsePeriod('2026-10');
if (!period) throw new Error('October 2026 is a period');

/** The sentences about how many people wrote and reported a kind, in a digest of a place. */
function told(scope: string, places: (string | null)[], locale: Locale): string[] {
  const counted = {
    period: period as NonNullable<typeof period>,
    before: previousPeriod(period as NonNullable<typeof period>),
    written: written(places),
    writtenBefore: [],
    whole: true,
    comparable: true,
    earlier: false,
    byOrder: defaultCommunity().byOrder('barrier'),
  };
  const findings = find(scope, counted, 5);
  const [wrote] = leadStatements(findings, []);
  const [reported] = kindStatements(findings, 'cost');
  return [wrote, reported].map((sentence) => {
    const values = { ...sentence?.values, place: 'X', period: 'P' } as Values;
    return translator(locale).t(sentence?.key ?? 'digests.say.wrote', values);
  });
}

describe('“from N countries”', () => {
  it.each<[string, string, (string | null)[], Locale, string, string]>([
    [
      'several',
      '011',
      ['NG', 'GH', 'GH'],
      'en',
      '3 people from 2 countries',
      '3 people from 2 countries reported it.',
    ],
    [
      'one country',
      '011',
      ['NG', 'NG'],
      'en',
      '2 people from 1 country',
      '2 people from 1 country reported it.',
    ],
    ['one person', '011', ['NG'], 'en', '1 person reported barriers', '1 person reported it.'],
    ['no country told', '011', [null], 'en', '1 person reported barriers', '1 person reported it.'],
    ['some told', '011', [null, 'NG'], 'en', '2 people reported barriers', '2 people reported it.'],
    [
      'of a country',
      'NG',
      ['NG', 'NG'],
      'en',
      '2 people reported barriers',
      '2 people reported it.',
    ],
    [
      'several',
      '011',
      ['NG', 'GH', 'GH'],
      'fr',
      '3 personnes de 2 pays ont signalé',
      '3 personnes de 2 pays l’ont signalé.',
    ],
    [
      'one country',
      '011',
      ['NG', 'NG'],
      'fr',
      '2 personnes d’un pays ont signalé',
      '2 personnes d’un pays l’ont signalé.',
    ],
    ['one person', '011', ['NG'], 'fr', '1 personne a signalé', '1 personne l’a signalé.'],
    ['no country told', '011', [null], 'fr', '1 personne a signalé', '1 personne l’a signalé.'],
    ['of a country', 'NG', ['NG'], 'fr', '1 personne a signalé', '1 personne l’a signalé.'],
    [
      'several',
      '011',
      ['NG', 'GH', 'SN'],
      'ar',
      '3 أشخاص من 3 بلدان',
      'أبلغ عنه 3 أشخاص من 3 بلدان.',
    ],
    ['two', '011', ['NG', 'GH'], 'ar', 'شخصان من بلدين', 'أبلغ عنه شخصان من بلدين.'],
    ['one person', '011', ['NG'], 'ar', 'أبلغ شخص واحد عن', 'أبلغ عنه شخص واحد.'],
    ['no country told', '011', [null], 'ar', 'أبلغ شخص واحد عن', 'أبلغ عنه شخص واحد.'],
    ['of a country', 'NG', ['NG', 'NG'], 'ar', 'أبلغ شخصان عن', 'أبلغ عنه شخصان.'],
  ])('%s, in a digest of %s: %j (%s)', (_name, scope, places, locale, wrote, reported) => {
    const [first, second] = told(scope, places, locale);
    expect(first).toContain(wrote);
    expect(second).toBe(reported);
  });
});
