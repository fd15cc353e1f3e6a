import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CommunityFile,
  fileOf,
  importCommunity,
  skosOf,
} from '~/domain/community/community-file';
import type { DigestContent } from '~/domain/digests/content';
import { termNamesOf } from '~/domain/digests/term-names';
import { newTerms } from '~/domain/import-export/read-post';
import { noteOf } from '~/domain/moderation/decisions/decide';
import { partKey, storedTexts, type Vocabulary } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { termTexts } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember, type Member } from './support/community';
import { fieldsOf } from './support/form-fields';

/* The words of terms, as translations of an original that changes (decision 63). */

let causeway: TestCauseway;
let ada: Member;
beforeEach(async () => {
  causeway = await useCauseway();
  ada = await addMember(causeway, 'ada', { role: 'administrator' });
});

const FORM = 'main form:has([name=act][value=words])';

const pathOf = (term: string) => `/admin/vocabulary/${term}`;

const formOf = async (term: string, { client }: Member = ada) =>
  fieldsOf(await client.get(pathOf(term)), FORM);

type Fields = Record<string, string | string[]>;

/** Sends the form of a term as it stands, with some fields changed. */
async function save(term: string, changed: Fields, { client }: Member = ada, from?: Fields) {
  const fields = from ?? (await formOf(term));
  causeway.clock.advance(1000);
  const sent = await client.post(pathOf(term), { ...fields, reason: 'Clearer.', ...changed });
  expect([sent.status, sent.location]).toEqual([303, '/admin/vocabulary?done=saved']);
  return causeway.app.refreshCommunity();
}

async function undoLast() {
  causeway.clock.advance(1000);
  const list = await ada.client.get('/admin/vocabulary');
  const id = list.$('input[name=undo]').first().attr('value') ?? '';
  expect((await ada.client.post('/admin/vocabulary', { undo: id })).status).toBe(303);
  return causeway.app.refreshCommunity();
}

/** What stands at a place of a page, and the language that it is marked to be in. */
async function told(path: string, at: string, language: string) {
  const { $ } = await causeway.client().get(path, { 'Accept-Language': language });
  return [$(at).text().trim(), $(at).closest('[lang]').attr('lang')];
}

/** The names of the fields of a form that are marked as out of date. */
async function marked(term: string): Promise<string[]> {
  const { $ } = await ada.client.get(pathOf(term));
  const boxes = $(`${FORM} [name=keep]`).toArray();
  return boxes.map((one) => $(one).attr('value') ?? '').filter((value) => value !== '*');
}

const OTHERS = ['fr', 'ar', 'es', 'pt', 'sw', 'hi', 'id', 'zh', 'ru'];

const asMarked = (part: string) => OTHERS.map((language) => `${part}.${language}`).sort();

const seeded = (vocabulary: Vocabulary, slug: string, language: string) =>
  causeway.app.community.text(vocabulary, slug, language);

describe('where only the original of a term changes', () => {
  it.each([
    ['pillar/education', '/pillars/education', '.lead'],
    ['barrier/cost', '/barriers/kinds/cost', '.lead'],
    ['glossary/ai-divide', '/glossary', '#ai-divide dd'],
    ['rule/spam', '/rules', '#spam p'],
    ['text/about', '/about', '.lead'],
    ['text/about-purpose', '/about', '#what + p'],
    ['text/tagline', '/', 'h1'],
    ['text/barriers', '/barriers', '.lead'],
    ['text/region', '/regions/011', '.lead'],
  ])('%s is read in the original, and its translations are marked', async (term, path, at) => {
    const [vocabulary, slug] = term.split('/') as [Vocabulary, string];
    const arabic = seeded(vocabulary, slug, 'ar');
    expect(await told(path, at, 'ar')).toEqual([arabic.description, 'ar']);
    const before = (await formOf(term))['description.ar'];

    await save(term, { 'description.en': 'Something else now.' });
    expect(await told(path, at, 'ar')).toEqual(['Something else now.', 'en']);
    expect(await told(path, at, 'en')).toEqual(['Something else now.', 'en']);
    expect((await marked(term)).sort()).toEqual(asMarked('description'));
    // The words stay, and so do the parts whose original has not changed.
    expect((await formOf(term))['description.ar']).toEqual(before);
    expect(seeded(vocabulary, slug, 'ar')).toEqual({
      ...arabic,
      description: 'Something else now.',
    });
    const { $ } = await ada.client.get('/admin/vocabulary');
    const link = $(`a[href="${pathOf(term)}"]`);
    expect(link.parent().text()).toContain('Out of date in 9 languages');
    expect(
      $('body')
        .text()
        .match(/Out of date/g)?.length,
    ).toBe(1);
  });

  it.each([
    ['reply/tone', 'description'],
    ['industry/A', 'name'],
    ['pillar/education', 'short'],
    ['barrier/cost', 'name'],
  ] as const)('%s falls back in its %s', async (term, part) => {
    const [vocabulary, slug] = term.split('/') as [Vocabulary, string];
    const arabic = seeded(vocabulary, slug, 'ar');
    await save(term, { [`${part}.en`]: 'Else.' });
    expect(seeded(vocabulary, slug, 'ar')).toEqual({ ...arabic, [part]: 'Else.' });
    expect((await marked(term)).sort()).toEqual(asMarked(part));
  });

  it('a name out of date is no name in its language for programs, and digests keep the original', async () => {
    const { app, config } = causeway;
    await save('barrier/cost', { 'name.en': 'Prices' });
    expect(await told('/barriers/kinds/cost', 'h1', 'ar')).toEqual(['Prices', 'en']);
    const { barrier } = termNamesOf(app.community, {} as DigestContent);
    expect(barrier?.cost?.ar?.name).toBe('Prices');
    expect(barrier?.data?.ar?.name).toBe(seeded('barrier', 'data', 'ar').name);
    const skos = skosOf(app.community, config.origin) as {
      '@graph': { '@id': string; prefLabel: object; definition: object }[];
    };
    const cost = skos['@graph'].find((one) => one['@id'].endsWith('/barriers/kinds/cost'));
    expect(Object.keys(cost?.prefLabel ?? {})).toEqual(['en']);
    expect(Object.keys(cost?.definition ?? {}).length).toBe(10);
  });

  it('a file of the community has all words, and changes only terms that differ from it', async () => {
    const { app } = causeway;
    await save('barrier/cost', { 'name.en': 'Prices' });
    const read = async (file: CommunityFile) => {
      const report = await app.db.write((tx) => importCommunity(tx, app, file, 'From a file.'));
      await app.refreshCommunity();
      return report;
    };
    const file = fileOf(app.community);
    const cost = file.barriers.find(({ slug }) => slug === 'cost')?.texts;
    expect(cost?.ar?.name).toBe('الكلفة والدفع');
    expect(await read(file)).toEqual({ added: 0, changed: 0, retired: 0 });
    expect((await marked('barrier/cost')).length).toBe(9);
    if (cost?.en) cost.en.name = 'Prices and paying';
    expect(await read(file)).toEqual({ added: 0, changed: 1, retired: 0 });
    expect(await marked('barrier/cost')).toEqual([]);
    expect(seeded('barrier', 'cost', 'ar').name).toBe('الكلفة والدفع');
  });

  it('words that were only spaced otherwise, as by a file, have not changed', async () => {
    const { app } = causeway;
    const space = async (language: string) => {
      const description = ` ${seeded('rule', 'spam', language).description}\n`;
      const isText = and(eq(termTexts.slug, 'spam'), eq(termTexts.language, language));
      await app.db.write((tx) => tx.update(termTexts).set({ description }).where(isText));
      await app.refreshCommunity();
    };
    // The form sends them without the spaces.
    await space('en');
    await save('rule/spam', { 'name.en': 'Spam' });
    expect(await marked('rule/spam')).not.toContain('description.ar');
    await space('ar');
    await save('rule/spam', { 'description.en': 'No advertisements.' });
    expect(await marked('rule/spam')).toContain('description.ar');
  });

  it('is counted for the languages that the site offers', async () => {
    const page = await ada.client.get('/admin/settings');
    const settings = fieldsOf(page, 'form[action="/admin/settings"]');
    await ada.client.post('/admin/settings', { ...settings, languages: ['en', 'fr', 'ar'] });
    await causeway.app.refreshCommunity();
    await save('rule/spam', { 'description.en': 'No advertisements.' });
    const { $ } = await ada.client.get('/admin/vocabulary');
    expect($('a[href$="/rule/spam"]').parent().text()).toContain('Out of date in 2 languages');
    expect((await marked('rule/spam')).length).toBe(9);
  });

  it('an article that names a term by a word out of date adds none', async () => {
    const { app } = causeway;
    const { name } = seeded('glossary', 'ai-divide', 'fr');
    await save('glossary/ai-divide', { 'name.en': 'The gap' });
    expect(seeded('glossary', 'ai-divide', 'fr').name).toBe('The gap');
    expect(newTerms(app.community, [{ term: name, definition: 'Un écart.' }], 'fr')).toEqual([]);
  });

  it('the log names a term as readers do', async () => {
    await save('barrier/cost', { 'name.en': 'Prices' });
    const { $ } = await causeway.client().get('/moderation', { 'Accept-Language': 'ar' });
    const line = $('#vocabulary-changes').parent().find('li').first().text();
    expect(line).toContain('Prices');
    expect(line).toContain('الكلفة والدفع');
  });

  it('a saved reply is sent in the original', async () => {
    const author = { author: { language: 'ar' } } as Parameters<typeof noteOf>[1];
    const note = () => noteOf(causeway.app, author, { note: '', canned: 'tone' } as never);
    const arabic = note();
    await save('reply/tone', { 'description.en': 'Be kind.' });
    expect(note()).toBe('Be kind.');
    await save('reply/tone', { keep: 'description.ar' });
    expect(note()).toBe(arabic);
  });
});

describe('a translation is right again', () => {
  const english = () => causeway.app.community.text('rule', 'spam', 'en').description;
  const arabic = () => told('/rules', '#spam p', 'ar');
  const isMarked = async (language: string) =>
    (await marked('rule/spam')).includes(`description.${language}`);
  let words: string;
  let former: string;
  beforeEach(async () => {
    [words, former] = [seeded('rule', 'spam', 'ar').description, english()];
    await save('rule/spam', { 'description.en': 'No advertisements.' });
    expect(await arabic()).toEqual(['No advertisements.', 'en']);
  });

  it('once it is confirmed, until the original changes again', async () => {
    await save('rule/spam', { keep: 'description.ar' });
    expect([await arabic(), await isMarked('ar')]).toEqual([[words, 'ar'], false]);
    expect([await told('/rules', '#spam p', 'fr'), await isMarked('fr')]).toEqual([
      ['No advertisements.', 'en'],
      true,
    ]);
    await save('rule/spam', { 'description.en': 'No advertisements here.' });
    expect([await arabic(), await isMarked('ar')]).toEqual([
      ['No advertisements here.', 'en'],
      true,
    ]);
    await undoLast();
    expect([await arabic(), await isMarked('fr')]).toEqual([[words, 'ar'], true]);
    await undoLast();
    expect([await arabic(), await isMarked('ar')]).toEqual([['No advertisements.', 'en'], true]);
    await undoLast();
    expect([await arabic(), await marked('rule/spam')]).toEqual([[words, 'ar'], []]);
    expect(english()).toBe(former);
  });

  it('once all are confirmed, also while the original changes', async () => {
    await save('rule/spam', { keep: '*' });
    expect([await arabic(), await marked('rule/spam')]).toEqual([[words, 'ar'], []]);
    await save('rule/spam', { 'description.en': 'No adverts.', keep: '*' });
    expect([await arabic(), await marked('rule/spam')]).toEqual([[words, 'ar'], []]);
  });

  it('once it is changed, also at the same time as the original', async () => {
    await save('rule/spam', { 'description.ar': 'لا إعلانات.' });
    expect([await arabic(), await isMarked('ar')]).toEqual([['لا إعلانات.', 'ar'], false]);
    await save('rule/spam', { 'description.en': 'No adverts.', 'description.ar': 'لا دعاية.' });
    expect([await arabic(), await isMarked('ar')]).toEqual([['لا دعاية.', 'ar'], false]);
    expect(await isMarked('fr')).toBe(true);
  });

  it('once the original is what it was, unless it was changed for the other one', async () => {
    await save('rule/spam', { 'description.fr': 'Pas de publicité.' });
    await save('rule/spam', { 'description.en': former });
    expect([await arabic(), await marked('rule/spam')]).toEqual([
      [words, 'ar'],
      ['description.fr'],
    ]);
  });

  it('not by what another administrator wrote beside an original that changed meanwhile', async () => {
    const other = await addMember(causeway, 'olu', { role: 'administrator' });
    const form = await formOf('rule/spam', other);
    await save('rule/spam', { 'description.en': 'Nothing for sale.' });
    await save('rule/spam', { 'description.ar': 'لا إعلانات.' }, other, form);
    expect([await arabic(), await isMarked('ar')]).toEqual([['Nothing for sale.', 'en'], true]);
    expect((await formOf('rule/spam'))['description.ar']).toEqual(['لا إعلانات.']);
    // Confirming is no different.
    const confirming = await formOf('rule/spam', other);
    await save('rule/spam', { 'description.en': 'Sell nothing.' });
    await save('rule/spam', { keep: 'description.ar' }, other, confirming);
    expect(await arabic()).toEqual(['Sell nothing.', 'en']);
  });
});

describe('the original', () => {
  const add = async (texts: Fields) => {
    causeway.clock.advance(1000);
    const words = { act: 'words', reason: 'New.', ...texts };
    const added = await ada.client.post('/admin/vocabulary/glossary', words);
    expect(added.status).toBe(303);
    const { glossary } = await causeway.app.refreshCommunity();
    return `glossary/${glossary.at(-1)}`;
  };
  const shown = (term: string, language: string) =>
    told('/glossary', `[id="${term.split('/')[1]}"] dd`, language);

  it('is the first language that a term without English got, and English from when it is added', async () => {
    const term = await add({ 'name.fr': 'Puits', 'description.fr': 'De l’eau.' });
    expect(await shown(term, 'ar')).toEqual(['De l’eau.', 'fr']);
    await save(term, { 'name.ar': 'بئر', 'description.ar': 'ماء.' });
    expect([await shown(term, 'ar'), await shown(term, 'en')]).toEqual([
      ['ماء.', 'ar'],
      ['De l’eau.', 'fr'],
    ]);
    await save(term, { 'description.ar': 'ماء عذب.' });
    await save(term, { 'description.fr': 'De l’eau du sol.' });
    expect([await shown(term, 'ar'), await marked(term)]).toEqual([
      ['De l’eau du sol.', 'fr'],
      ['description.ar'],
    ]);
    await save(term, { 'name.en': 'Well', 'description.en': 'Water.' });
    expect(await shown(term, 'fr')).toEqual(['De l’eau du sol.', 'fr']);
    expect(await shown(term, 'ar')).toEqual(['Water.', 'en']);
    await save(term, { 'description.en': 'Water from below.' });
    expect(await shown(term, 'fr')).toEqual(['Water from below.', 'en']);
    // Without it, nothing says what the others should.
    await save(term, { 'name.en': '', 'description.en': '' });
    expect(await shown(term, 'fr')).toEqual(['De l’eau du sol.', 'fr']);
  });

  it('is unknown where a term got several languages at once, and then none is out of date', async () => {
    const term = await add({ 'name.fr': 'Puits', 'name.ar': 'بئر', 'description.ar': 'ماء.' });
    await save(term, { 'name.ar': 'آبار', 'description.fr': 'De l’eau.' });
    expect([await marked(term), seeded('glossary', 'puits', 'fr').name]).toEqual([[], 'Puits']);
    const form = (await ada.client.get(pathOf(term))).$(FORM);
    expect(form.find('[name=keep]').length).toBe(0);
  });

  it('is in the language of the site', async () => {
    const page = await ada.client.get('/admin/settings');
    const settings = fieldsOf(page, 'form[action="/admin/settings"]');
    const changed = { ...settings, defaultLanguage: 'fr' };
    expect((await ada.client.post('/admin/settings', changed)).status).toBe(303);
    await causeway.app.refreshCommunity();
    const arabic = seeded('rule', 'spam', 'ar').description;
    await save('rule/spam', { 'description.en': 'No advertisements.' });
    expect(await marked('rule/spam')).toEqual([]);
    await save('rule/spam', { 'description.fr': 'Pas de publicité.' });
    expect((await marked('rule/spam')).sort()).toEqual(
      [...OTHERS.slice(1), 'en'].map((language) => `description.${language}`).sort(),
    );
    expect(await told('/rules', '#spam p', 'en')).toEqual(['Pas de publicité.', 'fr']);
    await undoLast();
    expect(await told('/rules', '#spam p', 'ar')).toEqual([arabic, 'ar']);
  });

  it('takes a part away from its translations, and asks for none that it did not have', async () => {
    const term = await add({ 'name.en': 'Well', 'name.ar': 'بئر', 'description.ar': 'ماء.' });
    expect(await shown(term, 'ar')).toEqual(['ماء.', 'ar']);
    await save(term, { 'description.en': 'Water.' });
    expect([await shown(term, 'ar'), await marked(term)]).toEqual([['ماء.', 'ar'], []]);
    await save(term, { 'description.en': '' });
    expect((await shown(term, 'ar'))[0]).toBe('');
    expect(await marked(term)).toEqual(['description.ar']);
  });

  it('also marks languages that the form does not have', async () => {
    const { app } = causeway;
    const german = { name: 'Regeln', short: '', description: 'Keine Werbung.', examples: '' };
    const row = { vocabulary: 'rule' as const, slug: 'spam', language: 'de', ...german };
    await app.db.write((tx) => tx.insert(termTexts).values(row));
    await save('rule/spam', { 'description.en': 'No advertisements.' });
    const rule = app.community.find('rule', 'spam');
    expect(rule?.outdated.get('de')).toEqual({ description: 'Keine Werbung.' });
    expect(rule && storedTexts(rule).get('de')).toEqual(german);
    expect(siteTranslator(app.community, 'ar').describe('rule', 'spam')).toBe('No advertisements.');
    await save('rule/spam', { keep: '*' });
    expect(app.community.text('rule', 'spam', 'de')).toEqual(german);
    const rows = await app.db.reader.select().from(termTexts).where(eq(termTexts.slug, 'spam'));
    const key = partKey('No advertisements.');
    for (const { language, originals } of rows) {
      const description = expect.objectContaining({ description: { language: 'en', key } });
      expect(originals, language).toEqual(language === 'en' ? null : description);
    }
  });
});
