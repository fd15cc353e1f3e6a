import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '~/platform/clock';
import { cases, flags, meToos, posts, waitingPosts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import { mailTo } from './support/mail';

/* What visitors without an account send waits until they open the link of an email. */

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let thread: { id: string; path: string };
let post: string;

beforeAll(async () => {
  causeway = await startTestCauseway();
  ada = await addMember(causeway, 'ada');
  kofi = await addMember(causeway, 'kofi');
  thread = await addThread(causeway, ada, 'What stands in the way?');
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;
const flagged = () => db().select().from(flags).where(eq(flags.postId, post));
const flag = (client: Client, fields: Record<string, string> = {}) =>
  client.post(`/p/${post}/flag`, { reason: 'spam', note: 'It sells loans.', ...fields });

/** Adds the post of this test. */
async function fresh(words = 'Cheap cards, ask me') {
  causeway.clock.advance(15 * MINUTE);
  post = await addPost(causeway, ada, thread.id, words);
}

/** Returns the newest email to an address and the path of its button. */
async function newest(email: string, words = /./) {
  const mail = await mailTo(causeway, email, words);
  const path = /\/(?:confirm|login)[/?]\S+/.exec(mail.text ?? '')?.[0] ?? '';
  return { subject: mail.subject, text: mail.text ?? '', path };
}

describe('a flag of a visitor', () => {
  it('asks for the reason first, then for an email, and no password', async () => {
    await fresh();
    const visitor = causeway.client();
    const page = await visitor.get(`/p/${post}/flag`);
    expect(page.status).toBe(200);
    const names = page.$('main form [name]').map((_, field) => page.$(field).attr('name'));
    expect([...new Set(names.get())]).toEqual(['reason', 'note', 'homepage', 'email']);
    const empty = await visitor.post(`/p/${post}/flag`, { note: 'It sells loans.' });
    expect([empty.status, empty.$('#note').text().trim()]).toEqual([400, 'It sells loans.']);
    const robot = await flag(visitor, { homepage: 'x', email: 'bot@example.org' });
    expect(robot.status).toBe(422);
    expect((await visitor.get('/p/nothing/flag')).status).toBe(404);
    expect((await visitor.post('/p/nothing/flag', { reason: 'spam' })).status).toBe(404);
  });

  it('is kept, changes nothing in public, and is sent when the email is confirmed', async () => {
    await fresh();
    const visitor = causeway.client();
    const sent = await flag(visitor, { email: 'ama@example.org' });
    expect(sent.location).toBe('/signup/sent');
    expect(await flagged()).toEqual([]);
    expect(await db().select().from(cases).where(eq(cases.postId, post))).toEqual([]);
    const mail = await newest('ama@example.org');
    expect(mail.subject).toBe('Send your flag on Causeway');
    expect(mail.text).toContain('Send my flag');
    expect(mail.text).not.toContain('It sells loans.');
    const opened = await visitor.get(mail.path);
    expect(opened.location).toContain(`#p-${post}`);
    expect(await flagged()).toMatchObject([{ reason: 'spam', note: 'It sells loans.' }]);
    expect(await db().select().from(cases).where(eq(cases.postId, post))).toHaveLength(1);
    expect((await visitor.get(thread.path)).$(`[id="p-${post}"]`).text()).toContain('flagged');
  });

  it('without an email is asked for one on the next page, or sent by logging in', async () => {
    await fresh();
    const visitor = causeway.client();
    const sent = await flag(visitor);
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('.preview').text()).toContain('Spam or advertising');
    // Nobody sees who flags, so no name is asked.
    expect(join.$('main #handle, main [type=password]').length).toBe(0);
    expect(join.$('.preview').text()).toContain('It sells loans.');
    const own = await kofi.client.get(sent.location ?? '');
    expect(own.$('h1').text()).toBe('Send your flag');
    expect(own.$('form[action^="/join/"] button').text()).toBe('Send my flag');
    expect((await kofi.client.post(sent.location ?? '')).location).toContain(`#p-${post}`);
    expect(await flagged()).toMatchObject([{ userId: kofi.id, reason: 'spam' }]);
    expect((await visitor.get(sent.location ?? '')).status).toBe(404);
  });

  it('answers the same for an address with an account, whose owner can send it', async () => {
    await fresh();
    const [visitor, stranger] = [causeway.client(), causeway.client()];
    const said = ({ status, location, text }: Awaited<ReturnType<Client['get']>>) => [
      status,
      location,
      text,
    ];
    const fields = { reason: 'spam' };
    const joins: string[] = [];
    for (const [client, email] of [
      [visitor, 'efua@example.org'],
      [stranger, 'kofi@example.org'],
    ] as const) {
      const sent = await client.post(`/p/${post}/flag`, fields);
      joins.push(sent.location ?? '');
      const handle = email.split('@')[0] === 'kofi' ? 'not-kofi' : 'efua';
      const done = await client.post(sent.location ?? '', { email, handle });
      expect(said(done)).toEqual([303, '/signup/sent', '']);
    }
    const [one, other] = await Promise.all(joins.map((join) => causeway.client().get(join)));
    expect(one && said(one).map((part) => `${part}`.replaceAll(joins[0] ?? '', ''))).toEqual(
      other && said(other).map((part) => `${part}`.replaceAll(joins[1] ?? '', '')),
    );
    expect(one?.status).toBe(404);
    const mail = await newest('kofi@example.org', /flag/);
    expect(mail.subject).toBe('Send your flag on Causeway');
    const way = new URL(mail.path, causeway.url).searchParams.get('redirectTo') ?? '';
    expect(way).toMatch(/^\/join\//);
    expect(joins).not.toContain(way);
    expect(await flagged()).toEqual([]);
    await kofi.client.post(way);
    expect(await flagged()).toMatchObject([{ userId: kofi.id }]);
  });

  it('is dropped if the post is gone, and deleted if nobody confirms', async () => {
    await fresh();
    const visitor = causeway.client();
    await flag(visitor, { email: 'esi@example.org' });
    const { path } = await newest('esi@example.org');
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, post)),
    );
    expect((await visitor.get(path)).location).toBe('/you');
    expect(await flagged()).toEqual([]);
    await flag(causeway.client());
    expect(
      await db()
        .select()
        .from(waitingPosts)
        .where(eq(waitingPosts.place, `flag/${post}`)),
    ).toEqual([]);
  });

  it('is limited like texts', async () => {
    await fresh();
    causeway.clock.advance(DAY);
    for (let n = 0; n < 20; n += 1) expect((await flag(causeway.client())).status).toBe(303);
    const more = await flag(causeway.client());
    expect([more.status, more.$('#note').text().trim()]).toEqual([429, 'It sells loans.']);
    causeway.clock.advance(DAY);
  });
});

describe('the email and the page of the link', () => {
  it.each([
    [
      'an answer',
      { body: 'No signal in the valley.' },
      'Post your answer',
      'Post my answer',
      'Your answer to “What stands in the way?” is saved.',
    ],
    ['a flag', { reason: 'spam' }, 'Send your flag', 'Send my flag', 'Your flag is saved.'],
    [
      'a me-too',
      { on: '1', country: 'GH' },
      'Say “I face this too”',
      'I face this too',
      '“I face this too” is saved.',
    ],
    [
      'a thread',
      { title: 'Who repairs it?', body: 'Nobody.' },
      'Start your thread',
      'Start my thread',
      'Your thread is saved.',
    ],
    [
      'a report',
      { body: 'No signal here.', country: 'GH' },
      'Post your report',
      'Post my report',
      'Your report is saved.',
    ],
  ])('name %s that waits, and lead to it', async (what, fields, title, action, saved) => {
    await fresh('A post to answer');
    const paths = {
      'an answer': thread.path,
      'a flag': `/p/${post}/flag`,
      'a me-too': `/p/${post}/face`,
      'a thread': '/threads/new',
      'a report': '/barriers/new',
    };
    if (what === 'a report') {
      const { seedOnce } = await import('~/domain/import-export/seed');
      await seedOnce(causeway.app);
    }
    const email = `${what.replace(/\W/g, '')}@example.org`;
    const path = paths[what as keyof typeof paths];
    const visitor = causeway.client();
    const sent = await visitor.post(path, { ...fields, email } as Record<string, string>);
    expect(sent.location).toBe('/signup/sent');
    const next = (await visitor.get('/signup/sent')).$('#main .lead').text();
    expect(next).toContain(saved);
    expect(next).toContain('a…@example.org');
    // Another browser learns nothing of it.
    const other = (await causeway.client().get('/signup/sent')).$('#main').text();
    expect(other).not.toMatch(/example\.org|saved/);
    const mail = await newest(email);
    expect(mail.subject).toBe(`${title} on Causeway`);
    expect(mail.text).toContain(action);
    const about = {
      'an answer': `/t/${thread.id}`,
      'a flag': `/p/${post}`,
      'a me-too': `/p/${post}`,
    }[what];
    if (about) expect(mail.text).toContain(causeway.config.origin + about);
    // No words that a member typed.
    expect(mail.text).not.toContain('What stands in the way?');
    expect(mail.text).not.toContain('A post to answer');
    const elsewhere = causeway.client();
    const page = await elsewhere.get(mail.path);
    expect(page.$('h1').text()).toBe(title);
    expect(page.$('main form button').text()).toBe(action);
    // What waits has no name of its own to confirm.
    if (!('body' in fields)) expect(page.$('#main').text()).not.toMatch(/account|sign up/i);
    expect(page.$('.preview').text()).toContain(
      'body' in fields ? fields.body : 'A post to answer',
    );
    const done = await elsewhere.post(mail.path);
    expect(done.location).toMatch(/\/(?:t|p)\//);
    expect((await elsewhere.get(done.location ?? '')).status).toBeLessThan(400);
    expect((await elsewhere.get(mail.path)).status).toBe(404);
  });

  it('lead to what to do next if nothing waits', async () => {
    const { seedOnce } = await import('~/domain/import-export/seed');
    await seedOnce(causeway.app);
    const visitor = causeway.client();
    const account = { email: 'yaa@example.org', handle: 'yaa', password: 'a boat on the bay' };
    await visitor.post('/signup', account);
    const mail = await newest('yaa@example.org');
    expect(mail.subject).toBe('Confirm your account on Causeway');
    const done = await visitor.post(mail.path);
    expect(done.location).toBe('/you');
    const page = await visitor.get('/you');
    const heading = page.$('#next');
    expect(heading.text()).toBe('What next?');
    expect(page.$('[aria-labelledby=posts] .rows a[href^="/t/q"]').length).toBe(5);
    const form = page.$('form[action="/following"]');
    expect(form.find('select[name=code] option').length).toBeGreaterThan(20);
    const follow = { action: 'follow', kind: 'region', code: '011', redirectTo: '/you' };
    expect((await visitor.post('/following', follow)).location).toBe('/you');
    // Whoever has written needs no such advice.
    await addPost(causeway, { ...ada }, thread.id, 'Words');
    expect((await ada.client.get('/you')).$('#next').length).toBe(0);
  });
});

describe('what was given once', () => {
  it('is offered in the next form, also after the account was made', async () => {
    await fresh('No card works here');
    const visitor = causeway.client();
    const chosen = async (path: string) => {
      const { $ } = await visitor.get(path);
      return [$('#country').val(), $('#industry option[selected]').val()];
    };
    await visitor.post(thread.path, { body: 'Too dear.', country: 'GH', industry: 'Q' });
    expect(await chosen(`/p/${post}/face`)).toEqual(['Ghana', undefined]);
    // This form does not ask for the work, so what was said of it stays.
    await visitor.post(`/p/${post}/face`, { on: '1', country: 'TG', email: 'abla@example.org' });
    expect(await chosen(thread.path)).toEqual(['Togo', 'Q']);
    const { path } = await newest('abla@example.org');
    await visitor.get(path);
    expect(await db().select().from(meToos).where(eq(meToos.postId, post))).toHaveLength(1);
    expect(await chosen(thread.path)).toEqual(['Togo', 'Q']);
    // In another browser the account knows the country.
    visitor.cookies.delete('causeway_place');
    expect((await chosen(thread.path))[0]).toBe('Togo');
    expect((await visitor.get('/subscribe')).$('#scope option[selected]').val()).toBe('TG');
  });
});
