import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { issueSetupToken } from '~/domain/accounts/auth/setup-link';
import { seedOnce } from '~/domain/import-export/seed';
import { HOUR } from '~/platform/clock';
import { settings, terms, termTexts, threadPillars, users } from '~db/schema';
import { axeFindings, bringAxe, hasBrowser, launchBrowser, openContext } from './support/browser';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember, addPost } from './support/community';
import { startProgram } from './support/program';
import { allRows } from './support/stored';
import { invalidHtml } from './support/valid-html';

const ACCOUNT = {
  siteName: 'Water for Kisumu',
  languages: ['fr', 'en'],
  defaultLanguage: 'fr',
  email: 'keeper@example.org',
  handle: 'keeper',
  password: 'a boat on the causeway',
};

async function linkOf({ app }: TestCauseway): Promise<string> {
  return `/setup/${await issueSetupToken(app)}`;
}

describe('the link to set up a site', () => {
  it('makes the first administrator, once', async () => {
    const causeway = await useCauseway();
    const link = await linkOf(causeway);
    const client = causeway.client();
    const page = await client.get(link);
    expect(page.status).toBe(200);
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(page.$('meta[name=robots]').attr('content')).toContain('noindex');
    const made = await client.post(link, ACCOUNT);
    expect(made).toMatchObject({ status: 303, location: '/admin/start' });
    const admin = await client.get('/admin');
    expect(admin.$('.wordmark').text()).toBe('Water for Kisumu');
    expect(admin.$('html').attr('lang')).toBe('fr');
    expect(admin.$('.language button')).toHaveLength(1);
    expect(admin.status).toBe(200);
    expect(admin.$('main a[href="/settings/second-factor"]').length).toBeGreaterThan(0);
    expect((await client.get('/settings/second-factor')).status).toBe(200);
    const [account] = await causeway.app.db.reader.select().from(users);
    expect(account).toMatchObject({ handle: 'keeper', role: 'administrator' });
    // The role needs a second factor soon, as a moderator's does.
    causeway.clock.set(new Date(account?.secondFactorFrom ?? 0).toISOString());
    expect((await client.get('/admin')).location).toBe('/settings/second-factor');
    expect((await causeway.client().get(link)).status).toBe(404);
    const again = await causeway.client().post(link, { ...ACCOUNT, email: 'b@example.org' });
    expect(again.status).toBe(404);
    expect(await issueSetupToken(causeway.app)).toBeNull();
  });

  it.skipIf(!hasBrowser)('is a page that everyone can use', async () => {
    const causeway = await useCauseway();
    const link = await linkOf(causeway);
    expect(invalidHtml((await causeway.client().get(link)).text)).toEqual([]);
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const context = await openContext(browser, { javaScript: true, locale: 'ar', width: 320 });
    await bringAxe(context);
    const page = await context.newPage();
    await page.goto(causeway.url + link);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('gives one of two simultaneous requests the account', async () => {
    const causeway = await useCauseway();
    const link = await linkOf(causeway);
    const answers = await Promise.all(
      ['one', 'two'].map((handle) =>
        causeway.client().post(link, { ...ACCOUNT, handle, email: `${handle}@example.org` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
    expect(await causeway.app.db.reader.select().from(users)).toHaveLength(1);
  });

  it('answers wrong, replaced, late and needless links alike, and stores no token', async () => {
    const causeway = await useCauseway();
    const replaced = await linkOf(causeway);
    const link = await linkOf(causeway);
    const { reader } = causeway.app.db;
    const [row] = await reader.select().from(settings).where(eq(settings.name, 'setup-link'));
    expect(row?.value).not.toContain(link.split('/')[2]);
    const refused = async (path: string) => {
      const answers = [
        await causeway.client().get(path),
        await causeway.client().post(path, ACCOUNT),
        await causeway.client().post(path),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    };
    await refused('/setup/none');
    await refused(replaced);
    causeway.clock.advance(HOUR);
    await refused(link);
    const newest = await linkOf(causeway);
    expect((await causeway.client().get(newest)).status).toBe(200);
    await addMember(causeway, 'other', { role: 'administrator' });
    await refused(newest);
    expect(await reader.select().from(users)).toHaveLength(1);
  });

  it('changes nothing by a GET, from another site, or with a wrong field', async () => {
    const causeway = await useCauseway();
    const link = await linkOf(causeway);
    const before = await allRows(causeway);
    await causeway.client().get(link);
    const foreign = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
    expect((await causeway.client().post(link, ACCOUNT, foreign)).status).toBe(403);
    expect(await allRows(causeway)).toBe(before);
    const wrong = await causeway.client().post(link, { ...ACCOUNT, password: 'short' });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#password-error').text()).toContain('10 to 200');
    expect(wrong.$('#handle').attr('value')).toBe('keeper');
    expect((await causeway.client().get(link)).status).toBe(200);
  });

  it('limits how often a network may try', async () => {
    const causeway = await useCauseway();
    const link = await linkOf(causeway);
    const wrong = { ...ACCOUNT, password: 'keeperkeeper' };
    for (let n = 0; n < 20; n++) {
      expect((await causeway.client().post(link, wrong)).status).toBe(422);
    }
    const late = await causeway.client().post(link, wrong);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(0);
    causeway.clock.advance(HOUR - 1);
    expect((await causeway.client().get(link)).status).toBe(200);
  });

  it('is printed at each start, known to each process, until there is an administrator', async () => {
    vi.setConfig({ testTimeout: 120_000 });
    const causeway = await useCauseway();
    const program = await startProgram(causeway, { WEB_CONCURRENCY: '2' });
    const printed = await vi.waitUntil(
      () =>
        /^To make its first administrator, open (\S+) within an hour\.$/m.exec(program.printed()),
      { timeout: 30_000 },
    );
    const link = new URL(printed?.[1] ?? '');
    expect(link.origin).toBe('http://localhost:3000');
    for (let n = 0; n < 4; n++) {
      expect((await fetch(program.url + link.pathname)).status).toBe(200);
    }
    expect(printed?.input?.match(/\/setup\//g)).toHaveLength(1);
    const { languages, ...account } = ACCOUNT;
    const body = new URLSearchParams(account);
    for (const language of languages) body.append('languages', language);
    const headers = { Origin: 'http://localhost:3000' };
    const made = await fetch(program.url + link.pathname, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });
    expect(made.status).toBe(303);
    const second = await startProgram(causeway);
    expect((await fetch(second.url + link.pathname)).status).toBe(404);
    expect(second.printed()).not.toContain('/setup/');
  });
});

describe('a new site', () => {
  it('begins with one’s own article in one press, and with the example again in one', async () => {
    const causeway = await useCauseway();
    const { app } = causeway;
    await seedOnce(app);
    const client = causeway.client();
    await client.post(await linkOf(causeway), { ...ACCOUNT, languages: ['en', 'fr', 'ar'] });
    const rows = async () => [
      await app.db.reader.select().from(terms),
      await app.db.reader.select().from(termTexts),
      await app.db.reader.select().from(threadPillars),
    ];
    const before = await rows();
    const pages = ['/', '/threads', '/rules', '/glossary', '/about', '/barriers', '/barriers/new'];
    const shown = async () => {
      const answers = await Promise.all(pages.map((path) => causeway.client().get(path)));
      return answers.map(({ text }) => text).join('\n');
    };
    expect(await shown()).toMatch(/\b(?:AI|IA)\b/);
    expect((await client.get('/admin')).$('main a[href="/admin/start"]').length).toBe(1);

    const own = await client.post('/admin/start', { beginning: 'own' });
    expect([own.status, own.location]).toEqual([303, '/admin/conversations']);
    expect(await shown()).not.toMatch(/\b(?:AI|IA)\b|Democrati/);
    expect(app.community.pillars).toEqual([]);
    expect(app.community.kinds).toContain('cost');
    expect(app.community.kinds).not.toContain('compute');
    expect((await causeway.client().get('/t/q1')).status).toBe(404);
    expect((await client.get('/admin')).$('main a[href="/admin/start"]').length).toBe(0);
    expect((await client.get('/admin/conversations')).$('.rows li').length).toBe(0);

    const example = await client.post('/admin/start', { beginning: 'example' });
    expect(example.status).toBe(303);
    const sorted = (lists: object[][]) =>
      lists.map((list) => list.map((row) => JSON.stringify(row)).sort());
    expect(sorted(await rows())).toEqual(sorted(before));
    expect((await causeway.client().get('/t/q1')).status).not.toBe(404);
    expect(app.community.settings.articleTitle).toBe('Democratizing AI Power');

    const member = await addMember(causeway, 'member');
    await addPost(causeway, member, 'q1', 'The tap is dry.');
    const late = await client.post('/admin/start', { beginning: 'own' });
    expect(late.status).toBe(422);
    expect((await client.get('/admin/start')).$('main form').length).toBe(0);
    expect((await member.client.get('/admin/start')).status).toBe(404);
  });
});
