import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { renderMarkdown } from '~/platform/markdown/render';
import { kindsByChange, kindsByText } from './kinds-by-text';

function written(body: string, language = 'en') {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  return { body, html: rendered.html, language };
}

const REPORT = 'The internet fails every day, so we cannot use the tool.';
const DENIAL = 'Connectivity is not a problem here.';

describe('the kinds of a post', () => {
  it.each([
    ['en', DENIAL],
    ['fr', 'La connexion n’est pas un problème ici.'],
    ['ar', 'الاتصال ليس مشكلة هنا.'],
  ])('lack those that its text denies, in %s', (language, body) => {
    expect(
      kindsByText(['connectivity', 'cost'], written(body, language), defaultCommunity()),
    ).toEqual(['cost']);
  });

  it.each([
    REPORT,
    `${DENIAL} Yet the electricity fails every day in the clinic.`,
    'Connectivity is not the problem of farmers.',
  ])('are all that were named: %s', (body) => {
    expect(kindsByText(['connectivity', 'cost'], written(body), defaultCommunity())).toEqual([
      'connectivity',
      'cost',
    ]);
  });
});

describe('the kinds of a changed post', () => {
  const changed = (
    to: string,
    kinds = ['connectivity'],
    from = REPORT,
    stored = ['connectivity'],
  ) => kindsByChange(kinds, written(to), { ...written(from), stored }, defaultCommunity());

  it.each([
    DENIAL,
    'Connectivity is no longer a problem here.',
    'We have no connectivity problem.',
    'Internet is fine where I live.',
  ])('lapse where the new text reports no barrier: %s', (to) => {
    expect(changed(to)).toEqual([]);
  });

  it('stay where a report is corrected, and where the author has answered', () => {
    expect(changed(REPORT.replace('fails', 'failed'))).toEqual(['connectivity']);
    expect(changed(`${DENIAL} Really.`, ['connectivity'], DENIAL)).toEqual(['connectivity']);
    expect(changed(DENIAL, ['connectivity'], DENIAL, [])).toEqual(['connectivity']);
  });

  it('include one that the author names with the new text, unless that denies it', () => {
    expect(changed(DENIAL, ['connectivity', 'cost'])).toEqual(['cost']);
  });
});
