import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { beforeEach, describe, expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { settingChanges } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';

/** What pages said while their words were in the program. */
const PAGES: { path: string; language: string; at: string; text: string }[] = [
  ['/', 'en', 'h1', 'What keeps people from AI, in their own words'],
  ['/', 'fr', 'h1', 'Ce qui prive les gens de l’IA, dit avec leurs mots'],
  ['/', 'ar', 'h1', 'ما يمنع الناس من الذكاء الاصطناعي، بكلماتهم'],
  ['/', 'en', 'footer', 'The questions come from the article “Democratizing AI Power”.'],
  ['/about', 'en', '.lead', 'Who gets to use and shape AI, and who is kept out?'],
  ['/about', 'fr', '.prose', 'les règles dont dépend l’IA ne sont pas à la portée de tous.'],
  ['/about', 'en', '.prose', 'and are often furthest from AI.'],
  ['/barriers', 'en', '.lead', 'What keeps people from AI, counted by place and kind.'],
  ['/barriers', 'en', 'meta[name=description]', 'Barriers to AI that people report, by place and'],
  ['/barriers', 'en', '#industry', 'Agriculture, forestry and fishing'],
  ['/barriers/new', 'en', 'meta[name=description]', 'Say what keeps you from using AI, and where.'],
  ['/barriers/new', 'en', '#industry', 'Farming, forestry or fishing'],
  ['/regions/011', 'en', '.lead', 'What keeps people here from AI, in their words.'],
  ['/regions/011', 'en', 'meta[name=description]', 'Africa: what keeps people from AI, in their'],
  ['/rules', 'en', '#off-topic', 'Keep to the question of the thread and to access to AI.'],
  ['/rules', 'fr', '#generated', 'Texte généré par une IA'],
].map(([path = '', language = '', at = '', text = '']) => ({ path, language, at, text }));

const reason = 'For our subject.';

let causeway: TestCauseway;
let ada: Member;
beforeEach(async () => {
  causeway = await useCauseway();
  ada = await addMember(causeway, 'ada', { role: 'administrator' });
});

const get = (path: string, language = 'en') =>
  causeway.client().get(path, { 'Accept-Language': language });

const change = (path: string, fields: Record<string, string>) => {
  causeway.clock.advance(1000);
  return ada.client.post(`/admin/vocabulary/${path}`, { act: 'words', reason, ...fields });
};

/** Returns the fields of the settings as their page shows them. */
async function settings(): Promise<Record<string, string | string[]>> {
  const { $ } = await ada.client.get('/admin/settings');
  const shown = $('form[action="/admin/settings"]').first().serializeArray();
  const languages = shown.filter(({ name }) => name === 'languages').map(({ value }) => value);
  return { ...Object.fromEntries(shown.map(({ name, value }) => [name, value])), languages };
}

async function undoLast() {
  const list = await ada.client.get('/admin/vocabulary');
  const undo = list.$('input[name=undo]').first().attr('value') ?? '';
  return ada.client.post('/admin/vocabulary', { undo });
}

it('says on a new site what it said while the words were in the program', async () => {
  await seedOnce(causeway.app);
  for (const { path, language, at, text } of PAGES) {
    const found = (await get(path, language)).$(at);
    expect(found.attr('content') ?? found.text(), `${path} ${language}`).toContain(text);
  }
});

describe('an administrator', () => {
  it('changes a text in each language, sees what stands without it, and takes it back', async () => {
    const page = await ada.client.get('/admin/vocabulary/text/tagline');
    expect(page.$('h1').text()).toBe('Title of the home page');
    expect(page.$('.hint').text()).toContain('What stands in people’s way, in their own words');
    expect(page.$('main').text()).toContain('the program’s own text stands');
    expect(page.$('[name=act]').length).toBe(1);

    const words = { 'description.en': 'Who gets water? {place} <b>', 'description.ar': '' };
    const saved = await change('text/tagline', { ...words, 'description.fr': 'Qui a de l’eau ?' });
    expect([saved.status, saved.location]).toEqual([303, '/admin/vocabulary?done=saved']);
    expect((await get('/')).$('h1').text()).toBe('Who gets water? {place} <b>');
    expect((await get('/', 'fr')).$('h1').text()).toBe('Qui a de l’eau ?');
    expect((await get('/', 'ar')).$('h1').text()).toBe('ما يقف في طريق الناس، بكلماتهم');
    expect((await get('/moderation')).text).toContain('changed the text “Title of the home page”');

    expect((await undoLast()).status).toBe(303);
    expect((await get('/')).$('h1').text()).toContain('What keeps people from AI');
    expect((await get('/', 'ar')).$('h1').text()).toContain('ما يمنع الناس');
  });

  it('adds a rule to name and to flag for, and retires it where decisions keep it', async () => {
    await change('rule', {
      ...{ 'name.en': 'Prices', 'short.en': 'Advertises a price' },
      'description.en': 'Name no prices of vendors.',
    });
    expect((await get('/rules')).$('#prices').text()).toContain('Name no prices of vendors.');
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'Wells');
    const bo = await addMember(causeway, 'bo');
    const id = await addPost(causeway, bo, thread.id, 'Pumps for 5 only.');
    const form = await mona.client.get(`/p/${id}/flag`);
    expect(form.$('[value=prices]').parent().text()).toContain('Advertises a price');
    await mona.client.post(`/p/${id}/flag`, { reason: 'prices', note: '' });
    const desk = await mona.client.get('/mod?reason=prices');
    expect(desk.$('main').text()).toContain('Advertises a price');
    const path = desk.$('a[href^="/mod/cases/"]').attr('href') ?? '';
    await mona.client.post(path, { action: 'hide', reason: 'prices', canned: 'tone', note: '' });

    const before = await ada.client.get('/admin/vocabulary/rule/prices');
    expect(before.$('main').text()).toContain('In use: 1 decision.');
    await change('rule/prices', { act: 'retire' });
    expect((await get('/rules')).$('#prices').length).toBe(0);
    expect((await get('/moderation')).text).toContain('Prices');
    expect((await bo.client.post(`/p/${id}/flag`, { reason: 'prices', note: '' })).status).not.toBe(
      303,
    );
    expect((await change('rule/prices', { act: 'merge', into: 'spam' })).status).toBe(422);
  });

  it('renames and hides industries, which posts keep, and adds none', async () => {
    const thread = await addThread(causeway, ada, 'Wells');
    await addPost(causeway, ada, thread.id, 'Mines.', { industry: 'B' });
    await change('industry/B', { 'name.en': 'Quarries', 'description.en': 'Digging' });
    const offered = async () => (await get('/barriers/new')).$('#industry').text();
    expect(await offered()).toContain('Digging');
    expect((await get(thread.path)).text).toContain('Quarries');
    await change('industry/B', { act: 'retire' });
    expect(await offered()).not.toContain('Digging');
    expect((await get(thread.path)).text).toContain('Quarries');
    expect((await ada.client.get('/admin/vocabulary/industry')).status).toBe(404);
    expect((await change('industry', { 'name.en': 'New' })).status).toBe(422);
  });

  it('sees each saved reply that moderators can choose', async () => {
    await change('reply', { 'description.en': 'Please say where the well is.' });
    const page = await ada.client.get('/admin/vocabulary');
    expect(page.$('#reply').parent().text()).toContain('Please say where the well is.');
    expect((await get('/moderation')).text).toContain('Please say where the well is.');
  });
});

it('names no article, another contact and its moderators, as the settings say', async () => {
  const fields = await settings();
  const other = { articleTitle: '', contactEmail: 'hello@water.example', siteName: 'Wells' };
  const wrong = await ada.client.post('/admin/settings', {
    ...{ ...fields, ...other },
    contactEmail: 'nobody',
  });
  expect([wrong.status, wrong.$('#contactEmail-error').length]).toEqual([400, 1]);
  const saved = await ada.client.post('/admin/settings', { ...fields, ...other });
  expect(saved.location).toBe('/admin/settings?done=saved');
  const { $ } = await get('/about');
  expect($('footer').text()).not.toContain('article');
  expect($('#the-post cite').length).toBe(0);
  expect($('#who + dl a[href="mailto:hello@water.example"]').length).toBe(1);
  expect($('#who + dl a[href="/u/ada"]').length).toBe(1);
  expect((await get('/contact')).text).toContain('hello@water.example');
});

it('has the accent colour that administrators choose, also in its file', async () => {
  expect((await get('/')).$('html').attr('data-accent')).toBeUndefined();
  const fields = await settings();
  const saved = await ada.client.post('/admin/settings', { ...fields, accent: 'teal' });
  expect(saved.location).toBe('/admin/settings?done=saved');
  expect((await get('/')).$('html').attr('data-accent')).toBe('teal');
  const wrong = await ada.client.post('/admin/settings', { ...fields, accent: 'url(x)' });
  expect([wrong.status, wrong.$('#accent-error').length]).toEqual([400, 1]);
});

it('has the logo that administrators choose, checked and with a way back', async () => {
  const send = (file: Blob | null, seen?: string) => {
    const body = new FormData();
    if (seen !== undefined) body.set('seen', seen);
    if (file) body.set('file', file, 'logo.svg');
    else body.set('remove', '1');
    const cookie = [...ada.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookie, Origin: causeway.url };
    const init = { method: 'POST', body, headers, redirect: 'manual' } as const;
    causeway.clock.advance(1000);
    return fetch(new URL('/admin/logo', causeway.url), init);
  };
  expect((await get('/logo')).status).toBe(404);
  const form = await ada.client.get('/admin/logo');
  expect(form.$('link[rel=stylesheet][href*="/desk-"]').length).toBe(1);
  for (const wrong of ['GIF89a', '<svg></svg>', 'x'.repeat(60_000)]) {
    const refused = await send(new Blob([wrong]));
    expect(refused.status).toBe(400);
    const text = await refused.text();
    expect(text).toContain('Choose an SVG or PNG image of at most 50 kB.');
    expect(text).toContain('href="#file"');
  }
  const svg = '<svg viewBox="0 0 9 9"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>';
  const saved = await send(new Blob([svg]));
  expect([saved.status, saved.headers.get('Location')]).toEqual([
    303,
    '/admin/settings?done=saved',
  ]);
  const src = (await get('/')).$('.wordmark img').attr('src') ?? '';
  const image = await get(src);
  expect(image.headers.get('Content-Type')).toBe('image/svg+xml');
  expect(image.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(image.text).toContain('M0 0h9v9z');
  expect(image.text).not.toContain('alert');
  const page = await ada.client.get('/admin/settings');
  expect(page.text).not.toContain('base64');
  const change = page.$('input[name=change]').first().attr('value') ?? '';
  await ada.client.post('/admin/settings', { action: 'undo', change });
  expect((await get('/')).$('.wordmark img').length).toBe(0);
  await send(new Blob([svg]));

  // Of two administrators with the page open, the second is told, and does not overwrite the first.
  const seenIn = async () =>
    (await ada.client.get('/admin/logo')).$('input[name=seen]').first().attr('value');
  const seen = await seenIn();
  const green = '<svg viewBox="0 0 9 9"><path fill="green" d="M0 0h9v9z"/></svg>';
  expect((await send(new Blob([green]), seen)).status).toBe(303);
  const blue = green.replace('green', 'blue');
  for (const late of [new Blob([blue]), null]) {
    const refused = await send(late, seen);
    expect(refused.status).toBe(422);
    expect(load(await refused.text())('#file-error').text()).toContain(
      'Someone else changed the logo',
    );
    expect((await get('/logo')).text).toContain('green');
  }
  await send(null, await seenIn());
  expect((await get('/logo')).status).toBe(404);
  const bo = await addMember(causeway, 'bo');
  expect((await bo.client.get('/admin/logo')).status).toBe(404);
});

it('moves texts, rules, replies, industries and settings with a file', async () => {
  const { app, folder } = causeway;
  const before = join(folder, 'before.json');
  await runCommand(causeway, ['community', 'export', before]);
  const bundle = JSON.parse(readFileSync(before, 'utf8'));
  const water = {
    ...bundle,
    rules: [{ slug: 'kind', texts: { en: { name: 'Be kind', short: 'Unkind' } } }],
    replies: [{ slug: 'where', texts: { en: { description: 'Where is it?' } } }],
    industries: [{ slug: 'E', texts: { en: { name: 'Waterworks' } } }],
    texts: { tagline: { en: 'Who gets water?' } },
    settings: { siteName: 'Wells', articleTitle: null },
  };
  const file = join(folder, 'water.json');
  writeFileSync(file, JSON.stringify(water));
  expect((await runCommand(causeway, ['community', 'import', file])).code).toBe(0);
  await app.refreshCommunity();
  expect(app.community.rules).toEqual(['kind']);
  expect(app.community.flagReasons).toEqual(['kind']);
  expect(app.community.replies).toEqual(['where']);
  expect(app.community.industries).toEqual(['E']);
  expect((await get('/')).$('h1').text()).toBe('Who gets water?');
  expect((await get('/')).$('.wordmark').text()).toBe('Wells');
  expect((await get('/about')).$('.lead').text()).toMatch(/^What stands in people’s way/);
  expect(await app.db.reader.select().from(settingChanges)).toHaveLength(1);
  const again = await runCommand(causeway, ['community', 'import', file, '--json']);
  expect(JSON.parse(again.out)).toEqual({ added: 0, changed: 0, retired: 0 });

  // Back to what it was; terms that came in between are retired.
  expect((await runCommand(causeway, ['community', 'import', before])).code).toBe(0);
  const after = join(folder, 'after.json');
  await runCommand(causeway, ['community', 'export', after]);
  const exported = JSON.parse(readFileSync(after, 'utf8'));
  const active = (list: { state?: string }[]) => list.filter(({ state }) => state !== 'retired');
  for (const list of ['rules', 'replies', 'industries']) {
    expect(active(exported[list])).toEqual(bundle[list]);
  }
  expect(exported.texts).toEqual(bundle.texts);
  expect(exported.settings).toEqual(bundle.settings);

  writeFileSync(file, JSON.stringify({ ...water, settings: { languages: ['fr'] } }));
  const wrong = await runCommand(causeway, ['community', 'import', file]);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('defaultLanguage')]);
  const logo = { type: 'image/png', data: 'AAAA' };
  writeFileSync(file, JSON.stringify({ ...water, settings: { logo } }));
  const damaged = await runCommand(causeway, ['community', 'import', file]);
  expect(damaged.err.trim()).toBe(`${file}: settings.logo is not valid`);
});
