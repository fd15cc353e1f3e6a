import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { likeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { closeConversation } from '~/domain/forum/conversations/change';
import { seedOnce } from '~/domain/import-export/seed';
import { DAY, MINUTE } from '~/platform/clock';
import { DIALECT } from '~db/dialect';
import { conversations, drafts, postBarriers, posts, threads, waitingPosts } from '~db/schema';
import { axeFindings, bringAxe, hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, type Member } from './support/community';
import { inMail, mailTo } from './support/mail';
import { statementsOf } from './support/queries';
import { invalidHtml } from './support/valid-html';
import { pageWeight } from './support/weight';

/* A conversation in a frame under an article: what is shown there, and what can be written. */

const PATH = '/embed/c/democratizing-ai-power';
const THREAD = '/embed/t/q1';
const BLOG = 'https://blog.example.org';
const BUDGET = 14 * 1024;

let causeway: TestCauseway;
let keeper: Member;
let member: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
  await seedOnce(causeway.app);
  keeper = await addMember(causeway, 'keeper', { role: 'administrator' });
  member = await addMember(causeway, 'member', { country: 'KE' });
  await list({ answerOrigins: BLOG });
});
afterAll(() => causeway.close());
// Limits count by the hour.
beforeEach(() => causeway.clock.advance(DAY));

const SETTINGS = {
  ...{ action: 'save', siteName: 'Causeway', operatorName: '', operatorPlace: '' },
  ...{ operatorPeople: '', operatorFunding: '', articleUrl: '', digestMinAuthors: '5' },
  ...{ digestObjectionHours: '0', holdFirstPosts: '0', defaultLanguage: 'en' },
  ...{ contactEmail: '', accent: '', articleTitle: '' },
  languages: ['en', 'fr', 'ar'],
};

/** Sets the sites that may show conversations, and those on which people may answer. */
async function list(sites: { answerOrigins: string; frameOrigins?: string }) {
  const fields = { ...SETTINGS, frameOrigins: '', ...sites };
  const saved = await keeper.client.post('/admin/settings', fields);
  expect(saved.status, saved.$('.error-summary').text()).toBe(303);
}

/** What a browser says of a frame on another site. */
const within = (site: string) => ({ Referer: `${site}/`, 'Sec-Fetch-Site': 'cross-site' });
const open = (path: string, site = BLOG, more = {}, client = causeway.client()) =>
  client.get(path, { ...within(site), ...more });
const ancestors = (headers: Headers) =>
  /frame-ancestors ([^;]+)/.exec(headers.get('Content-Security-Policy') ?? '')?.[1];

let letters = 0;
const answer = (fields: Record<string, string | string[]> = {}) => {
  letters += 1;
  return {
    ...{ thread: 'q2', body: `Power cuts every afternoon, nothing stays online (${letters}).` },
    ...{ country: 'Kenya', barrier: 'cost', email: `reader${letters}@example.org` },
    ...fields,
  };
};

const written = async (body: string) =>
  causeway.app.db.reader.select().from(posts).where(eq(posts.body, body));

describe('an embedded conversation', () => {
  it('can be answered on the sites that the keeper lists, which the browser enforces', async () => {
    for (const path of [PATH, THREAD]) {
      const listed = await open(path);
      expect(listed.status).toBe(200);
      expect(ancestors(listed.headers)).toBe(`'self' ${BLOG}`);
      expect(listed.headers.get('X-Frame-Options')).toBeNull();
      const names = listed.$('form [name]').toArray();
      const fields = new Set(names.map((one) => listed.$(one).attr('name')));
      for (const name of ['body', 'country', 'barrier', 'email']) expect(fields).toContain(name);
      expect(listed.$('form').attr('target')).toBe('_self');
      const kinds = listed.$('fieldset > div input[name=barrier]');
      expect(kinds.length).toBe(4);
      expect(kinds.last().attr('value')).toBe('none');
      const others = listed.$('select[name=barrier] option').not('[value=""]');
      expect(others.length).toBe(causeway.app.community.kinds.length - 3);
      expect(listed.$('input:checked').length + others.filter('[selected]').length).toBe(0);
      expect(invalidHtml(listed.text)).toEqual([]);

      // Elsewhere, and where the browser does not say: reading, and a link to the page of the site.
      for (const elsewhere of [
        await open(path, 'https://elsewhere.example'),
        await open(path, 'https://blog.example.org.elsewhere.example'),
        await causeway.client().get(path),
      ]) {
        expect(ancestors(elsewhere.headers)).toBe('*');
        expect(elsewhere.$('form, input, button, textarea').length).toBe(0);
        const link = elsewhere.$('main a').last();
        expect(link.text()).toBe('Answer on Causeway');
        expect(link.attr('href')).toBe(
          path === PATH ? '/c/democratizing-ai-power#questions' : '/t/q1/biggest-barrier#reply',
        );
        expect(elsewhere.headers.get('Content-Security-Policy')).not.toContain('script-src');
        expect(elsewhere.$('script').length).toBe(0);
      }
    }
  });

  it('is made once for each kind of site, and anew when the list of sites changes', async () => {
    const [here, elsewhere] = [BLOG, 'https://elsewhere.example'];
    for (const site of [here, elsewhere]) await open(PATH, site);
    for (const site of [here, elsewhere, 'https://other.example']) {
      expect(await statementsOf(() => open(PATH, site))).toBe(1);
    }
    const [asking, reading] = [await open(PATH, here), await open(PATH, elsewhere)];
    expect([asking.$('form').length, reading.$('form').length]).toEqual([1, 0]);
    expect(asking.headers.get('Vary')).toContain('Referer');
    await list({ answerOrigins: '' });
    expect((await open(PATH, here)).$('form').length).toBe(0);
    await list({ answerOrigins: BLOG });
  });

  it('asks which question is answered only where there are several', async () => {
    expect((await open(PATH)).$('input[name=thread]').length).toBe(5);
    expect((await open(THREAD)).$('input[name=thread]').length).toBe(0);
  });

  it('leads with key points, then shows the newest posts with their replies', async () => {
    const first = await addPost(causeway, member, 'q3', 'First of all of them.', {
      ...{ country: 'KE', region: '014', barriers: ['connectivity'] },
    });
    causeway.clock.advance(MINUTE);
    await addPost(causeway, member, 'q4', 'Second, with no reply.');
    causeway.clock.advance(MINUTE);
    await addPost(causeway, keeper, 'q3', 'A reply to the first.', { parentId: first });
    for (const [body, parentId, state] of [
      ['zqhiddenreply', first, 'hidden'],
      ['zqheld', null, 'held'],
      ['zqhidden', null, 'hidden'],
    ] as const) {
      const id = await addPost(causeway, member, 'q3', body, { parentId });
      await causeway.app.db.write((tx) => tx.update(posts).set({ state }).where(eq(posts.id, id)));
    }
    const text = { title: 'Power cuts', sentence: 'Power is cut daily.', language: 'en' as const };
    const point = { kind: 'connectivity', region: '014', postIds: [first], text } as const;
    await causeway.app.db.write((tx) =>
      makeKeyPoint(tx, causeway.clock, keeper.id, { ...point, postIds: [first] }),
    );
    for (const client of [causeway.client(), member.client, keeper.client]) {
      const { $, text: page } = await open(PATH, BLOG, {}, client);
      const shown = $('.contributions > li > article .prose');
      expect(shown.first().text()).toBe('Second, with no reply.');
      expect(shown.eq(1).text()).toBe('First of all of them.');
      expect($('.replies').first().text()).toContain('A reply to the first.');
      expect(page).not.toMatch(/zq(hidden|held)/);
    }
    expect((await open('/embed/t/q3')).text).not.toContain('Second, with no reply.');
    const { $ } = await open(PATH);
    expect($('base').attr('target')).toBe('_blank');
    expect($('h3').first().text()).toBe('Power cuts');
    const sections = $('main > section').toArray();
    expect(sections.map((one) => $(one).attr('aria-labelledby'))).toEqual([
      'key-points',
      'latest',
      'write',
    ]);
  });

  it('does not show drafts, and says since when a conversation is closed', async () => {
    const { db, clock } = causeway.app;
    await db.write((tx) =>
      tx.insert(conversations).values({
        ...{
          id: 'draft',
          slug: 'zqdraft',
          sourceKey: 'draft',
          title: 'zqdrafttitle',
          language: 'en',
          state: 'draft',
        },
        ...{ summaryPoints: [], pillars: [], glossary: [], createdAt: clock.now() },
      }),
    );
    await db.write((tx) =>
      tx.update(threads).set({ conversationId: 'draft' }).where(eq(threads.id, 'q5')),
    );
    for (const client of [causeway.client(), keeper.client]) {
      const there = await open('/embed/c/zqdraft', BLOG, {}, client);
      expect(there.status).toBe(404);
      expect(there.text).not.toContain('zqdrafttitle');
    }
    await db.write((tx) =>
      tx.update(conversations).set({ state: 'open' }).where(eq(conversations.id, 'draft')),
    );
    expect((await open('/embed/c/zqdraft')).$('form').length).toBe(1);
    await db.write((tx) => closeConversation(tx, 'draft', clock.now()));
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
    const since = day.format(clock.now());
    for (const path of ['/embed/c/zqdraft', '/embed/t/q5']) {
      const closed = await open(path);
      expect(closed.text).toContain(`This conversation has been closed since ${since}`);
      expect(closed.$('form').length).toBe(0);
      // Somebody was writing meanwhile.
      const late = await causeway.client().post(path, answer({ thread: 'q5' }));
      expect(late.status).toBe(422);
      expect(late.$('.error-summary').text()).toContain(since);
      expect(late.$('textarea').text()).toContain('Power cuts');
    }
  });

  it('speaks the language of the page around, in its colours', async () => {
    const read = { 'Accept-Language': 'en' };
    const french = await open(`${PATH}?language=fr-CA&theme=dark`, BLOG, read);
    expect(french.$('html').attr('lang')).toBe('fr');
    expect(french.$('html').attr('data-theme')).toBe('dark');
    expect((await open(`${PATH}?language=ar`, BLOG, read)).$('html').attr('dir')).toBe('rtl');
    const own = await open(`${PATH}?language=xx&theme=neon`, BLOG, read);
    expect(own.$('html').attr('lang')).toBe('en');
    expect(own.$('html').attr('data-theme')).toBeUndefined();
    expect((await causeway.client().get('/about?language=fr', read)).$('html').attr('lang')).toBe(
      'en',
    );
  });

  it('runs a script only where the code of the embedding page asks for it', async () => {
    const { $, headers } = await open(`${PATH}?resize=1`);
    expect($('script').attr('src')).toBe('/embed.js');
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    const plain = await open(PATH);
    expect(plain.$('script').length).toBe(0);
    expect(plain.headers.get('Content-Security-Policy')).not.toContain('script-src');
  });

  it.each([PATH, THREAD, '/embed/regions/011'])(
    '%s keeps to 14 kB and three requests',
    async (path) => {
      const text = 'The power fails here every day after noon. '.repeat(60);
      for (let n = 0; n < 8; n++) {
        causeway.clock.advance(MINUTE);
        await addPost(causeway, member, 'q1', `${n} ${text}`, { country: 'KE', region: '014' });
      }
      const { html, css, requests } = await pageWeight(causeway.url, `${path}?resize=1`);
      expect(html + css).toBeLessThanOrEqual(BUDGET);
      expect(requests).toBeLessThanOrEqual(3);
    },
  );
});

describe('an answer from a frame', () => {
  const send = (fields: Record<string, string | string[]>, path = PATH, headers = {}) =>
    causeway.client().post(`${path}?language=en`, fields, headers);

  it('waits for the email, without cookies, and its link leads to the post on the site', async () => {
    const fields = answer({ barrier: ['cost', 'skills'] });
    const sent = await send(fields);
    expect(sent.status).toBe(303);
    expect(sent.headers.getSetCookie()).toEqual([]);
    const page = await causeway.client().get(sent.location ?? '');
    expect(page.$('h1').text()).toBe('Check your email');
    // Without cookies the page does not know to which address.
    expect(page.$('.lead').text()).toContain('is saved. We sent you an email. Open the link');
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(ancestors(page.headers)).toBe('*');
    const back = page.$('main a').last();
    expect(back.attr('href')).toBe(`${PATH}?language=en`);
    expect(back.attr('target')).toBe('_self');
    expect(await written(fields.body as string)).toEqual([]);

    const reader = causeway.client();
    const link = await inMail(causeway, fields.email as string, /\/confirm\/\S+/);
    await reader.get(link);
    const confirmed = await reader.post(link);
    const [post] = await written(fields.body as string);
    expect(post).toMatchObject({ threadId: 'q2', country: 'KE', state: 'visible' });
    expect(confirmed.location).toContain(`#p-${post?.id}`);
    const shown = await reader.get((confirmed.location ?? '').split('#')[0] ?? '');
    const landed = shown.location ?? confirmed.location ?? '';
    expect(landed).toContain(`#p-${post?.id}`);
    const kinds = await causeway.app.db.reader
      .select()
      .from(postBarriers)
      .where(eq(postBarriers.postId, post?.id ?? ''));
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['cost', 'skills']);
  });

  it('that is sent twice makes one post and one email', async () => {
    const fields = answer();
    const [one, two] = await Promise.all([send(fields), send(fields)]);
    expect([one.status, two.status]).toEqual([303, 303]);
    expect(one.location).toBe(two.location);
    const email = fields.email as string;
    const reader = causeway.client();
    await reader.post(await inMail(causeway, email, /\/confirm\/\S+/));
    const mails = (await causeway.mails()).filter(({ to }) => [to].flat()[0]?.text === email);
    expect(mails.length).toBe(1);
    expect((await written(fields.body as string)).length).toBe(1);
  });

  it('that is sent again with another country is posted once, and the other is kept as a draft', async () => {
    const fields = answer();
    const answers = [await send(fields), await send({ ...fields, country: 'UG' })];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const email = fields.email as string;
    const reader = causeway.client();
    await reader.post(await inMail(causeway, email, /\/confirm\/\S+/));
    const [post, ...others] = await written(fields.body as string);
    expect(others).toEqual([]);
    expect(post?.country).toBe('KE');
    const kept = await causeway.app.db.reader
      .select({ fields: drafts.fields })
      .from(drafts)
      .where(eq(drafts.userId, post?.authorId ?? ''));
    expect(kept.map((draft) => [draft.fields.country, draft.fields.body])).toEqual([
      [['UG'], [fields.body]],
    ]);
    expect((await mailTo(causeway, email, /redirectTo=%2Fdrafts/)).subject).not.toBe('');
  });

  it('for an account that exists becomes its draft, and the page says the same', async () => {
    const fields = answer({ email: 'member@example.org' });
    const sent = await send(fields);
    expect(sent.location).toMatch(/^\/embed\/sent\?/);
    expect(await written(fields.body as string)).toEqual([]);
    expect((await member.client.get('/drafts')).text).toContain(fields.body);
  });

  it.each([
    ['no email', { email: '' }, 400, 'email'],
    ['no text', { body: ' ' }, 400, 'body'],
    ['a mistyped email', { email: 'reader' }, 400, 'email'],
    ['no such place', { country: 'Narnia' }, 400, 'country'],
    ['no such kind', { barrier: 'magic' }, 400, 'barrier'],
    ['no question', { thread: '' }, 400, 'thread'],
    ['the question of another conversation', { thread: 'none' }, 400, 'thread'],
    ['a filled trap', { homepage: 'https://spam.example' }, 422, 'form'],
  ])('with %s comes back in the frame with its text', async (_what, wrong, status, field) => {
    const before = (await causeway.app.db.reader.select().from(waitingPosts)).length;
    const fields = answer(wrong);
    const back = await send(fields);
    expect(back.status).toBe(status);
    expect(back.$('textarea[name=body]').text().trim()).toBe((fields.body as string).trim());
    expect(back.$('input[name=barrier][value=cost]').attr('checked') !== undefined).toBe(
      fields.barrier === 'cost',
    );
    if (field !== 'form') expect(back.$(`#${field}-error`).text()).not.toBe('');
    expect(ancestors(back.headers)).toBe(`'self' ${BLOG}`);
    expect(back.headers.get('X-Frame-Options')).toBeNull();
    expect(back.headers.getSetCookie()).toEqual([]);
    expect((await causeway.app.db.reader.select().from(waitingPosts)).length).toBe(before);
    if (field === 'body') return;
    // Now that the text is known, its own likeliest kinds are offered.
    const offered = back.$('fieldset > div input[name=barrier]').not('[value=none]').toArray();
    expect(offered.map((one) => back.$(one).attr('value'))).toEqual(
      likeliestKinds(fields.body as string, 'en').kinds,
    );
  });

  it('from a sandboxed frame or another site is refused, with the text to copy', async () => {
    for (const headers of [
      { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null' },
      { Origin: BLOG },
    ]) {
      const fields = answer();
      const back = await send(fields, PATH, headers);
      expect(back.status).toBe(403);
      expect(back.$('textarea[readonly]').text().trim()).toBe(fields.body);
      expect(back.$('form').length).toBe(0);
      expect(back.text).toContain('Copy your text');
      expect(back.$('main a').last().attr('href')).toBe('/c/democratizing-ai-power');
      expect(back.$('.masthead').length).toBe(0);
      expect(ancestors(back.headers)).toBe(`'self' ${BLOG}`);
      expect(await written(fields.body as string)).toEqual([]);
    }
  });

  it('is kept when its thread is gone, or nothing can be stored', async () => {
    const { db } = causeway.app;
    await db.write((tx) => tx.update(threads).set({ state: 'hidden' }).where(eq(threads.id, 'q4')));
    const fields = answer();
    const gone = await send(fields, '/embed/t/q4');
    expect(gone.status).toBe(404);
    const { write } = db;
    db.write = () => Promise.reject(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }));
    const busy = await send(fields);
    db.write = write;
    expect(busy.status).toBe(503);
    for (const back of [gone, busy]) {
      expect(back.$('textarea').text().trim()).toBe(fields.body);
      expect(ancestors(back.headers)).toBe(`'self' ${BLOG}`);
    }
  });

  it('is limited like those of other visitors', async () => {
    let last = await send(answer());
    for (let n = 0; n < 60 && last.status === 303; n++) last = await send(answer());
    expect(last.status).toBe(429);
    expect(last.headers.get('Retry-After')).not.toBeNull();
    expect(last.$('textarea').text()).toContain('Power cuts');
  });
});

describe('the keeper', () => {
  it('narrows where conversations are shown, and names sites only', async () => {
    await list({ answerOrigins: BLOG, frameOrigins: 'news.example.org\nhttp://localhost:4000/a' });
    const { headers } = await causeway.client().get(PATH);
    expect(ancestors(headers)).toBe(
      `'self' https://news.example.org http://localhost:4000 ${BLOG}`,
    );
    const wrong = [
      'https://a.example; script-src *',
      'https://*',
      "'self'",
      'ftp://a.example',
      'a b',
    ];
    for (const origin of wrong) {
      const fields = { ...SETTINGS, answerOrigins: origin };
      const back = await keeper.client.post('/admin/settings', fields);
      expect(back.status, origin).toBe(400);
      expect(back.$('#answerOrigins-error').text()).toContain('one site per line');
      expect(back.$('#answerOrigins').text().trim()).toBe(origin);
    }
    await list({ answerOrigins: BLOG });
    expect(ancestors((await causeway.client().get(PATH)).headers)).toBe('*');
  });

  it('gets the code for plain HTML, WordPress, Ghost, Wix and Hugo, with a preview', async () => {
    const { origin } = causeway.config;
    const path = `/admin/embed?of=${encodeURIComponent(PATH)}&language=fr&theme=dark&resize=1`;
    const page = await keeper.client.get(path);
    const code = (id: string) => page.$(`textarea#${id}`).text().trim();
    const query = '?language=fr&theme=dark&resize=1';
    for (const id of ['html', 'wordpress', 'ghost']) {
      expect(code(id)).toContain(`src="${origin}${PATH}${query.replaceAll('&', '&amp;')}"`);
      expect(code(id)).toContain('referrerpolicy="strict-origin"');
      expect(code(id)).toContain(`<script src="${origin}/embed.js" async></script>`);
    }
    expect(code('wix')).toBe(`${origin}${PATH}?language=fr&theme=dark`);
    expect(code('hugo')).toContain(`src="${origin}{{ .Get 0 }}"`);
    expect(code('hugo-use')).toBe(`{{< causeway "${PATH}${query}" >}}`);
    expect(page.$('iframe').attr('src')).toBe(`${PATH}?language=fr&theme=dark`);
    expect(page.headers.get('Content-Security-Policy')).toContain("frame-src 'self'");
    expect(page.text).toContain(BLOG);
    const plain = await keeper.client.get(`/admin/embed?of=${encodeURIComponent(THREAD)}`);
    expect(plain.$('textarea#html').text()).not.toContain('<script');
    const none = await keeper.client.get('/admin/embed?of=/embed/t/none');
    expect(none.$('iframe, textarea').length).toBe(0);
  });

  it('finds a conversation by oEmbed', async () => {
    const page = await causeway.client().get('/c/democratizing-ai-power');
    const link = page.$('link[type="application/json+oembed"]').attr('href') ?? '';
    const { title, html } = JSON.parse((await causeway.client().get(link)).text);
    expect(title).toBe(page.$('h1').text());
    expect(html).toContain(`src="${causeway.config.origin}${PATH}"`);
    const url = encodeURIComponent(`${causeway.config.origin}/c/none`);
    expect((await causeway.client().get(`/oembed?url=${url}`)).status).toBe(404);
  });
});

// What a browser does is the same on both databases.
describe.runIf(hasBrowser && DIALECT === 'sqlite')('on a blog of another site', () => {
  let browser: Browser;
  /** The blog that is listed, and one that is not. */
  let blog: Blog;
  let other: Blog;

  beforeAll(async () => {
    browser = await launchBrowser(['--test-third-party-cookie-phaseout']);
    [blog, other] = [await startBlog(), await startBlog()];
    await list({ answerOrigins: blog.origin });
  });
  afterAll(async () => {
    await browser?.close();
    blog?.server.close();
    other?.server.close();
  });

  interface Blog {
    server: Server;
    origin: string;
  }

  /** Serves an article with the code that the keeper gets; `?sandbox` and others change the frame. */
  async function startBlog(): Promise<Blog> {
    const server = createServer(async ({ url = '/' }, response) => {
      const { searchParams } = new URL(url, 'http://blog.invalid');
      const resize = searchParams.has('script') ? '&resize=1' : '';
      const made = await keeper.client.get(`/admin/embed?of=${encodeURIComponent(PATH)}${resize}`);
      const code = made.$('textarea#html').text().replaceAll(causeway.config.origin, causeway.url);
      const sandbox = searchParams.get('sandbox');
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      // A blog may tell nobody where its readers come from: the frame does.
      response.setHeader('Referrer-Policy', 'no-referrer');
      response.end(`<!doctype html><html lang="en"><title>An article</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <main><h1>An article</h1><p>Share your thoughts below.</p>
        ${sandbox === null ? code : code.replace('<iframe', `<iframe sandbox="${sandbox}"`)}
        <p>The end.</p></main>`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
  }

  async function frameIn(page: Page): Promise<Frame> {
    const element = await page.waitForSelector('iframe');
    const frame = await element.contentFrame();
    if (!frame) throw new Error('the article has no frame');
    await frame.waitForLoadState();
    return frame;
  }

  /** Opens an article and returns what its frame asked the site for. */
  async function openArticle(context: BrowserContext, url: string) {
    const page = await context.newPage();
    const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(causeway.url)) {
        asked.push({ path: new URL(request.url()).pathname, headers: request.headers() });
      }
    });
    await page.goto(url);
    return { page, frame: await frameIn(page), asked };
  }

  async function fill(frame: Frame, fields: ReturnType<typeof answer>) {
    await frame.check('[name=thread][value=q2]');
    await frame.fill('[name=body]', fields.body as string);
    await frame.fill('[name=country]', 'Kenya');
    await frame.check('[name=barrier][value=none]');
    await frame.fill('[name=email]', fields.email as string);
  }

  it.each([true, false])(
    'a reader answers in the frame; scripts: %s',
    async (javaScript) => {
      const context = await openContext(browser, { javaScript });
      const { page, frame, asked } = await openArticle(context, `${blog.origin}/?script`);
      expect(asked.filter(({ path }) => path !== '/embed.js').length).toBe(2);
      const fields = answer();
      await fill(frame, fields);
      await frame.click('form .primary');
      await frame.waitForSelector('h1:has-text("Check your email")');
      expect(new URL(page.url()).origin).toBe(blog.origin);
      expect(await context.cookies()).toEqual([]);
      expect(asked.filter(({ headers }) => headers.cookie)).toEqual([]);
      // The browser allows a frame of another site no storage, and the site asks for none.
      expect(await page.evaluate('localStorage.length')).toBe(0);
      await expect(frame.evaluate('localStorage.length')).rejects.toThrow('Access is denied');
      const link = await inMail(causeway, fields.email as string, /\/confirm\/\S+/);
      const opened = await context.newPage();
      await opened.goto(causeway.url + link);
      await opened.click('main form button');
      await opened.waitForSelector(`text=${fields.body}`);
      const [post] = await written(fields.body as string);
      expect(opened.url()).toContain(`#p-${post?.id}`);
      await context.close();
    },
    60_000,
  );

  it('an error comes back in the frame, and the frame is as high as its content', async () => {
    const context = await openContext(browser, { javaScript: true });
    const { page, frame } = await openArticle(context, `${blog.origin}/?script`);
    const fits = () =>
      page.waitForFunction(
        `(() => { const { height, top } = document.querySelector('iframe').getBoundingClientRect(); return height !== 800 && height })()`,
      );
    await fits();
    const content = () =>
      frame.evaluate<number>('document.documentElement.getBoundingClientRect().height');
    expect(
      Math.abs((await content()) - Number(await page.getAttribute('iframe', 'height'))),
    ).toBeLessThan(2);
    const fields = answer({ email: 'reader' });
    await fill(frame, fields);
    await frame.evaluate(`document.querySelector('form').noValidate = true`);
    await frame.click('form .primary');
    await frame.waitForSelector('.error-summary');
    expect(await frame.inputValue('[name=body]')).toBe(fields.body);
    await page.waitForFunction(
      `Math.abs(document.querySelector('iframe').getBoundingClientRect().top) < 2`,
    );
    await frame.fill('[name=email]', `corrected${letters}@example.org`);
    await frame.click('form .primary');
    await frame.waitForSelector('h1:has-text("Check your email")');
    await page.waitForFunction(`Number(document.querySelector('iframe').height) < 500`);
    await context.close();
  }, 60_000);

  it('a blog that is not listed shows the conversation, and leads to the site in a new tab', async () => {
    const context = await openContext(browser);
    const { page, frame } = await openArticle(context, other.origin);
    expect(await frame.locator('form').count()).toBe(0);
    expect(await frame.locator('.contributions > li').count()).toBeGreaterThan(0);
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      frame.click('text=Answer on Causeway'),
    ]);
    await opened.waitForLoadState();
    expect(opened.url()).toBe(`${causeway.url}/c/democratizing-ai-power#questions`);
    expect(new URL(page.url()).origin).toBe(other.origin);
    await context.close();
  }, 60_000);

  it('the browser keeps the form away from a site that is not listed, whatever it says', async () => {
    const context = await openContext(browser);
    const answers: string[] = [];
    // As if a request could lie about the page around it.
    await context.route(`${causeway.url}/embed/**`, async (route) => {
      const response = await route.fetch({ headers: within(blog.origin) });
      answers.push(await response.text());
      await route.fulfill({ response });
    });
    const { frame } = await openArticle(context, other.origin);
    expect(answers.map((page) => page.includes('<form'))).toEqual([true]);
    expect(await frame.locator('form, h2').count()).toBe(0);
    const { frame: listed } = await openArticle(context, blog.origin);
    expect(await listed.locator('form').count()).toBe(1);
    await context.close();
  }, 60_000);

  it('a sandboxed frame says why it cannot send, and keeps the text', async () => {
    const context = await openContext(browser);
    const { frame } = await openArticle(context, `${blog.origin}/?sandbox=allow-forms`);
    const fields = answer();
    await fill(frame, fields);
    await frame.click('form .primary');
    await frame.waitForSelector('.kept textarea');
    expect(await frame.inputValue('.kept textarea')).toBe(fields.body);
    expect(await frame.textContent('.lead')).toContain('Copy your text');
    // The style sheet reaches a frame without an origin of its own, too.
    expect(await frame.evaluate('getComputedStyle(document.body).marginTop')).toBe('0px');
    await context.close();
  }, 60_000);

  // As on the other pages: colours in one language, all else in one of the other direction.
  it.each([
    ['en', 'colours', ['light', 'dark']],
    ['ar', 'all but colours', ['light']],
  ] as const)(
    'axe finds nothing, and nothing is wider than its window: %s, %s',
    async (language, rules, schemes) => {
      const context = await openContext(browser, { javaScript: true });
      await bringAxe(context);
      const page = await context.newPage();
      for (const path of [PATH, THREAD]) {
        await page.goto(`${causeway.url}${path}?language=${language}`, {
          referer: `${blog.origin}/`,
        });
        expect(await page.locator('form').count()).toBe(1);
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = 'document.documentElement.scrollWidth - innerWidth';
          expect(await page.evaluate(wide)).toBe(0);
        }
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          expect(await axeFindings(page, rules)).toEqual([]);
        }
      }
      await context.close();
    },
    120_000,
  );
});
