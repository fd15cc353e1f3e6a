import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SITE_HANDLE, siteAccount } from '~/domain/import-export/site-account';
import { settingChanges, siteSettings, users } from '~db/schema';
import { useCauseway } from './support/causeway';
import { addMember, addThread } from './support/community';
import { fieldsOf } from './support/form-fields';
import { startProgram } from './support/program';

const FORM: Record<string, string | string[]> = {
  ...{ languages: ['en', 'fr', 'ar'], defaultLanguage: 'en' },
  ...{ action: 'save', siteName: 'Causeway', operatorName: '', operatorPlace: '' },
  ...{
    operatorPeople: '',
    operatorFunding: '',
    articleUrl: '',
    contactEmail: '',
    accent: '',
    digestMinAuthors: '5',
  },
  ...{ digestObjectionHours: '0', holdFirstPosts: '1', articleTitle: 'Democratizing AI Power' },
};

async function useAdmin(env?: Record<string, string>) {
  const causeway = await useCauseway(env);
  const { client: admin } = await addMember(causeway, 'root', { role: 'administrator' });
  const save = (fields: typeof FORM) => admin.post('/admin/settings', { ...FORM, ...fields });
  return { causeway, admin, save, db: causeway.app.db.reader };
}

describe('the settings of a site', () => {
  it('begin as the environment says, and are then changed on their page only', async () => {
    const { causeway, admin, save, db } = await useAdmin({
      SITE_NAME: 'First',
      HOLD_FIRST_POSTS: '3',
    });
    expect((await db.select().from(siteSettings)).find(({ name }) => name === 'siteName')).toEqual({
      name: 'siteName',
      value: 'First',
    });
    const visitor = causeway.client();
    expect((await visitor.get('/')).$('.wordmark').text()).toBe('First');
    expect((await visitor.get('/rules')).text).toContain('3 posts');
    const page = await admin.get('/admin/settings');
    expect(page.$('#siteName').attr('value')).toBe('First');
    expect(page.$('#holdFirstPosts').attr('value')).toBe('3');

    await causeway.app.db.write((tx) => siteAccount(tx, causeway.clock, 'First'));
    const saved = await save({ siteName: 'Water for Kisumu', holdFirstPosts: '0' });
    expect(saved.location).toBe('/admin/settings?done=saved');
    // The account with which the site opens threads has its name.
    const accounts = await db.select().from(users).where(eq(users.handle, SITE_HANDLE));
    expect(accounts.map(({ name }) => name)).toEqual(['Water for Kisumu']);
    // Pages that were stored for all visitors are made anew.
    expect((await visitor.get('/')).$('.wordmark').text()).toBe('Water for Kisumu');
    expect((await visitor.get('/rules')).text).not.toContain('3 posts');
    expect((await visitor.get('/api/v1/openapi.json')).text).toContain('Water for Kisumu');

    // Another process, started with another environment.
    const program = await startProgram(causeway, { SITE_NAME: 'Third', HOLD_FIRST_POSTS: '9' });
    const there = async () => (await (await fetch(program.url)).text()).includes('Water for Kenya');
    expect(await (await fetch(program.url)).text()).toContain('Water for Kisumu');
    expect(await there()).toBe(false);
    causeway.clock.set('2026-11-02T09:00:00Z');
    await save({ siteName: 'Water for Kenya', holdFirstPosts: '0' });
    expect(await there()).toBe(true);
  }, 120_000);

  it('are recorded with who changed what, and can be put back', async () => {
    const { causeway, admin, save, db } = await useAdmin();
    await save({ operatorName: 'Open Bridges', operatorPeople: 'Ada Obi, editor\n\nBo, helper' });
    expect(
      (await save({ operatorName: 'Open Bridges', operatorPeople: 'Ada Obi, editor\nBo, helper' }))
        .location,
    ).toBe('/admin/settings?done=same');
    const about = await causeway.client().get('/about');
    expect(about.$('#who + dl').text()).toContain('Ada Obi, editor');
    const [change] = await db.select().from(settingChanges);
    expect(change).toMatchObject({
      before: { operatorName: null, operatorPeople: [] },
      after: { operatorName: 'Open Bridges', operatorPeople: ['Ada Obi, editor', 'Bo, helper'] },
    });
    const row = (await admin.get('/admin/settings')).$('.rows li').text();
    expect(row).toMatch(/root.*Organisation.*– Open Bridges.*Ada Obi, editor and Bo, helper/s);
    const undo = { action: 'undo', change: change?.id ?? '' };
    expect((await admin.post('/admin/settings', undo)).location).toBe(
      '/admin/settings?done=undone',
    );
    const again = await admin.post('/admin/settings', undo);
    expect(again.status).toBe(422);
    expect(again.$('.error-summary a').attr('href')).toBe('/admin/settings#changes');
    expect(again.$('.error-summary').text()).toContain('already undone');
    expect((await causeway.client().get('/about')).text).not.toContain('Open Bridges');
    expect(await db.select().from(settingChanges)).toHaveLength(2);

    await save({ siteName: 'One' });
    const [first] = (await db.select().from(settingChanges)).toReversed();
    await save({ siteName: 'Two' });
    const late = await admin.post('/admin/settings', { action: 'undo', change: first?.id ?? '' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('changed again since');
    expect(late.$('.wordmark').text()).toBe('Two');
  });

  it('are not overwritten by a page that another administrator’s change has made old', async () => {
    const { causeway, admin } = await useAdmin();
    const other = await addMember(causeway, 'other', { role: 'administrator' });
    const form = async (client: typeof admin) =>
      fieldsOf(await client.get('/admin/settings'), 'main form[action="/admin/settings"]');
    const [mine, theirs] = [await form(admin), await form(other.client)];
    const send = (client: typeof admin, fields: Record<string, string[]>) =>
      client.post('/admin/settings', fields);
    const change = { operatorName: ['Wells'], languages: ['en', 'fr'], digestMinAuthors: ['7'] };
    // Both at once: one comes second.
    const both = await Promise.all([
      send(other.client, { ...theirs, ...change }),
      send(admin, { ...mine, operatorName: ['Rivers'], operatorPlace: ['Goma'] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    const refused = both.find(({ status }) => status === 422) ?? (await admin.get('/'));
    const [now, typed] = both[0] === refused ? ['Rivers', 'Wells'] : ['Wells', 'Rivers'];
    expect(refused.$('#operatorName-error').text()).toContain(`Changed meanwhile to: ${now}`);
    expect(refused.$('#operatorName').attr('value')).toBe(typed);

    // What was left alone is as it is now, and the rest is stored when it is sent again.
    const client = both[0] === refused ? other.client : admin;
    const fresh = fieldsOf(refused, 'main form[action="/admin/settings"]');
    expect((await send(client, fresh)).status).toBe(303);
    await causeway.app.refreshCommunity();
    expect(causeway.app.community.settings).toMatchObject({
      ...{ operatorName: typed, operatorPlace: 'Goma', digestMinAuthors: 7 },
      languages: ['en', 'fr'],
    });

    // A form that changes something else leaves alone what was changed meanwhile.
    expect((await send(admin, { ...mine, operatorFunding: ['Members'] })).status).toBe(303);
    await causeway.app.refreshCommunity();
    expect(causeway.app.community.settings).toMatchObject({
      ...{ operatorName: typed, operatorFunding: 'Members', languages: ['en', 'fr'] },
    });
  });

  it('decide which languages are offered, and which one is meant without a wish', async () => {
    const { causeway, save } = await useAdmin();
    const get = async (path: string, wish: string) => {
      const { $ } = await causeway.client().get(path, { 'Accept-Language': wish });
      return $('html').attr('lang');
    };
    expect(await get('/about', 'en, ar')).toBe('en');
    expect(await get('/about', 'en, fr')).toBe('en');
    expect(await get('/about', 'de')).toBe('en');
    const wrong = await save({ languages: ['fr', 'ar'] });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#defaultLanguage-error').text()).toContain('one of the languages offered');
    expect((await save({ languages: [] })).$('#languages-error').text()).not.toBe('');
    await save({ languages: ['fr', 'ar'], defaultLanguage: 'fr' });
    // Of visitors who wish for different languages, each gets the first that is offered.
    for (let n = 0; n < 2; n++) {
      expect(await get('/about', 'en, ar')).toBe('ar');
      expect(await get('/about', 'en, fr')).toBe('fr');
      expect(await get('/about', 'de')).toBe('fr');
      expect(await get('/about', 'en')).toBe('fr');
    }
    const { $ } = await causeway.client().get('/about', { 'Accept-Language': 'fr' });
    expect(
      $('.language button')
        .map((_, one) => $(one).attr('value'))
        .get(),
    ).toEqual(['ar']);
    const english = causeway.client();
    await english.post('/language', { language: 'en', redirectTo: '/' });
    expect((await english.get('/')).$('html').attr('lang')).toBe('fr');
    const subscribe = await causeway.client().get('/subscribe');
    expect(
      subscribe
        .$('#language option')
        .map((_, one) => $(one).attr('value'))
        .get(),
    ).toEqual([...['fr', 'ar']]);
    await save({ languages: ['fr'], defaultLanguage: 'fr' });
    expect((await causeway.client().get('/')).$('.language')).toHaveLength(0);
  });

  it('decide what happens to first posts from the next request on', async () => {
    const { causeway, save } = await useAdmin();
    const ada = await addMember(causeway, 'ada');
    const thread = await addThread(causeway, ada, 'Which card works?');
    const [bo, cy] = [await addMember(causeway, 'bo'), await addMember(causeway, 'cy')];
    const shown = async () => (await causeway.client().get(thread.path)).text;
    await bo.client.post(thread.path, { body: 'None that I can pay' });
    expect(await shown()).not.toContain('None that I can pay');
    await save({ holdFirstPosts: '0' });
    await cy.client.post(thread.path, { body: 'None that is sold here' });
    expect(await shown()).toContain('None that is sold here');
    expect(await shown()).not.toContain('None that I can pay');
  });

  it.each([
    ['siteName', ' '],
    ['siteName', 'x'.repeat(61)],
    ['operatorFunding', 'x'.repeat(501)],
    ['articleUrl', 'javascript:alert(1)'],
    ['digestMinAuthors', '0'],
    ['digestObjectionHours', '169'],
    ['holdFirstPosts', '-1'],
    ['holdFirstPosts', 'many'],
    ['languages', 'xx'],
    ['defaultLanguage', 'xx'],
  ])('refuse %s: %s, and change nothing', async (name, value) => {
    const { save, db } = await useAdmin();
    const before = await db.select().from(siteSettings);
    const answer = await save({ siteName: 'Another', [name]: value });
    expect(answer.status).toBe(400);
    expect(answer.$(`#${name}-error`).text()).not.toBe('');
    expect(answer.$('#siteName').attr('value')).toBe(name === 'siteName' ? value : 'Another');
    expect(await db.select().from(siteSettings)).toEqual(before);
  });
});
