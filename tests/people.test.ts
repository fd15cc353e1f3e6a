import { eq, inArray } from 'drizzle-orm';
import type { ParsedMail } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { fillMailboxKeys, fillSkeletons, purgeUnconfirmed } from '~/domain/accounts/users/accounts';
import { notify } from '~/domain/notifications/notify';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { deliverMails } from '~/platform/mail/deliver';
import {
  limits,
  mails,
  mailTokens,
  notifications,
  posts,
  sessions,
  submissions,
  users,
} from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread } from './support/community';
import { everythingStored } from './support/stored';

const SESSION = 'causeway_session';
const ada = { email: 'ada@example.org', handle: 'ada', password: 'a boat on the causeway' };

/** Sends due emails and returns the newest one to an address that contains the words. */
async function mailTo(causeway: TestCauseway, address: string, words: RegExp): Promise<ParsedMail> {
  await deliverMails(causeway.app);
  const found = (await causeway.mails()).filter(
    (mail) =>
      [mail.to].flat().some((to) => to?.text === address) &&
      words.test(`${mail.subject}\n${mail.text}`),
  );
  const newest = found.at(-1);
  if (!newest) throw new Error(`no mail to ${address} says ${words}`);
  return newest;
}

/** Returns the path of the link in the newest email of a kind. */
async function linkIn(causeway: TestCauseway, address: string, kind: 'confirm' | 'reset') {
  const link = new RegExp(`/${kind}/[\\w-]+`);
  const mail = await mailTo(causeway, address, link);
  return link.exec(mail.text ?? '')?.[0] ?? '';
}

/** Creates an account as the operator: confirmed, by default with Ada's credentials. */
function makeAccount({ app }: TestCauseway, facts: Partial<typeof ada> = {}) {
  return createUser(app, { ...ada, role: 'member', ...facts });
}

async function isLoggedIn(client: Client): Promise<boolean> {
  return (await client.get('/settings')).status === 200;
}

/** Returns the visible part of a response. */
function face({ status, location, text, headers }: Answer) {
  return { status, location, text, cookies: headers.getSetCookie() };
}

describe('signing up', () => {
  it('leads from the form and the email to a logged-in account', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    const form = await client.get('/signup?redirectTo=%2Fthreads%2Fnew');
    expect(form.status).toBe(200);
    const redirectTo = form.$('form[action="/signup"] input[name=redirectTo]').val() as string;
    const key = form.$('form[action="/signup"] input[name=key]').val() as string;
    const sent = await client.post('/signup', { ...ada, redirectTo, key });
    expect([sent.status, sent.location]).toEqual([303, '/signup/sent']);
    const next = await client.get('/signup/sent');
    expect(next.$('h1').text()).toBe('Check your email');
    expect(next.$('.lead').text()).toContain('We sent an email to a…@example.org.');
    expect(client.cookies.has(SESSION)).toBe(false);

    const link = await linkIn(causeway, ada.email, 'confirm');
    const page = await client.get(link);
    expect(page.status).toBe(200);
    expect(page.$('main').text()).toContain('ada');
    const done = await client.post(page.$('main form').attr('action') ?? '');
    expect([done.status, done.location]).toEqual([303, '/threads/new']);
    expect(await isLoggedIn(client)).toBe(true);
    expect((await client.get('/')).text).not.toContain('Confirm your email to post');
  });

  it('does not confirm by a GET of the link', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada);
    const link = await linkIn(causeway, ada.email, 'confirm');
    const before = await causeway.app.db.reader.select().from(users);
    await causeway.client().get(link);
    const { $ } = await causeway.client().get(link);
    // A text browser sends a form without fields as a GET.
    expect($('main form[method=post] input').length).toBe(1);
    expect(await causeway.app.db.reader.select().from(users)).toEqual(before);
    expect(before[0]?.confirmedAt).toBeNull();
    expect((await causeway.client().post(link)).status).toBe(303);
  });

  it('gives the same response for a known and an unknown address, and tells only its owner', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const fields = { password: 'another long secret' };
    const one = causeway.client();
    const other = causeway.client();
    const known = await one.post('/signup', { ...fields, email: 'ADA@Example.org', handle: 'bob' });
    const unknown = await other.post('/signup', {
      ...fields,
      email: 'Alma@Example.org',
      handle: 'cem',
    });
    expect(face(known)).toEqual(face(unknown));
    expect(known.location).toBe('/signup/sent');
    expect(face(await one.get('/signup/sent'))).toEqual(face(await other.get('/signup/sent')));

    const mail = await mailTo(causeway, ada.email, /You already have an account on Causeway/);
    expect(mail.text).toContain(`${causeway.config.origin}/login`);
    expect(mail.text).toContain(`${causeway.config.origin}/reset`);
    // The account still has its old password, and nobody has the handle bob.
    expect((await causeway.client().post('/login', ada)).status).toBe(303);
    expect((await causeway.client().get('/u/bob')).status).toBe(404);
    expect(await linkIn(causeway, 'Alma@example.org', 'confirm')).toMatch(/^\/confirm\//);
  });

  it('makes one person of the spellings of a mailbox, and tells only its owner', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway, { ...ada, email: 'ada+1@example.org' });
    await makeAccount(causeway, { ...ada, email: 'a.lma@gmail.com', handle: 'alma' });
    const password = 'another long secret';
    const signUp = async (email: string, handle: string) => {
      const client = causeway.client();
      const sent = face(await client.post('/signup', { password, email, handle }));
      return { sent, next: face(await client.get('/signup/sent')).text.replaceAll(email, 'EMAIL') };
    };
    for (const [typed, own, unknown, at] of [
      ['ada+2@example.org', 'ada+1@example.org', 'anna@example.org', 1],
      ['Ada@example.org', 'ada+1@example.org', 'Abel@example.org', 2],
      ['al.ma+x@googlemail.com', 'a.lma@gmail.com', 'asta@googlemail.com', 3],
    ] as const) {
      expect(await signUp(typed, `bob${at}`)).toEqual(await signUp(unknown, `cem${at}`));
      const mail = await mailTo(causeway, own, /You already have an account on Causeway/);
      expect(mail.text).toContain(`The email of your account is ${own}`);
      expect(mail.text).not.toContain(typed);
      expect((await causeway.mails()).map(({ to }) => [to].flat()[0]?.text)).not.toContain(typed);
      expect((await causeway.client().get(`/u/bob${at}`)).status).toBe(404);
    }
    // Where a provider ignores nothing else, other spellings are other people.
    await signUp('a.da@example.org', 'dot');
    expect(await linkIn(causeway, 'a.da@example.org', 'confirm')).not.toBe('');
  });

  it('confirms one account of a mailbox, whichever way, and leaves those there are', async () => {
    const causeway = await useCauseway();
    const { db } = causeway.app;
    const password = 'another long secret';
    const emails = ['ben+1@example.org', 'ben+2@example.org', 'ben@example.org'];
    for (const [at, email] of emails.entries()) {
      await causeway.client().post('/signup', { password, email, handle: `ben${at}` });
    }
    const [first = '', second = '', third = ''] = emails;
    // The link goes to the address as it was typed.
    const link = await linkIn(causeway, second, 'confirm');
    expect((await causeway.client().post(await linkIn(causeway, first, 'confirm'))).status).toBe(
      303,
    );
    expect((await causeway.client().post(link)).status).toBe(404);
    expect((await mailTo(causeway, first, /You already have an account/)).text).toContain(first);
    await causeway.client().post('/reset', { email: third });
    const reset = await linkIn(causeway, third, 'reset');
    const words = { password: 'a third long secret' };
    expect((await causeway.client().post(reset, words)).location).toBe(reset);
    const confirmed = async () =>
      (await db.reader.select().from(users)).filter(
        ({ email, confirmedAt }) => email?.startsWith('ben') && confirmedAt !== null,
      );
    expect((await confirmed()).map(({ email }) => email)).toEqual([first]);
    // Accounts from before the rule stay, and their mailboxes are computed.
    const now = causeway.clock.now();
    await db.write((tx) => tx.update(users).set({ mailboxKey: null, confirmedAt: now }));
    await db.write((tx) => fillMailboxKeys(tx));
    expect((await confirmed()).map(({ mailboxKey }) => mailboxKey)).toEqual(
      emails.map(() => third),
    );
    for (const email of emails) {
      expect((await causeway.client().post('/login', { email, password })).status).toBe(303);
    }
  });

  it('puts no typed text into an email to an unconfirmed address', async () => {
    const causeway = await useCauseway();
    const typed = { ...ada, handle: 'buy-gold-now', redirectTo: '/buy-gold-now' };
    await causeway.client().post('/signup', typed);
    const mail = await mailTo(causeway, ada.email, /Confirm your account/);
    expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain('gold');
  });

  it('shows at the field that a handle is taken, in any case, or reserved', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    for (const [handle, words] of [
      ['ADA', 'This handle is taken'],
      ['Moderator', 'sounds like the site itself'],
    ] as const) {
      const answer = await client.post('/signup', { ...ada, email: 'x@example.org', handle });
      expect(answer.status).toBe(422);
      expect(answer.$('#handle-error').text()).toContain(words);
      expect(answer.$('#handle').val()).toBe(handle);
      expect(answer.$('#email').val()).toBe('x@example.org');
      expect(answer.text).not.toContain(ada.password);
    }
  });

  it('shows all errors at once, keeps the typed values and never returns the password', async () => {
    const causeway = await useCauseway();
    const typed = { email: 'ada@', handle: 'a', password: 'short', redirectTo: '/threads' };
    const answer = await causeway.client().post('/signup', typed);
    expect(answer.status).toBe(400);
    for (const name of ['email', 'handle', 'password']) {
      expect(answer.$(`#${name}-error`).text(), name).not.toBe('');
      expect(answer.$(`#${name}`).attr('aria-invalid'), name).toBe('true');
      expect(answer.$(`#${name}`).attr('aria-describedby'), name).toContain(`${name}-error`);
    }
    expect(answer.$('#email').val()).toBe('ada@');
    expect(answer.$('#handle').val()).toBe('a');
    expect(answer.$('main input[name=redirectTo]').val()).toBe('/threads');
    expect(answer.text).not.toContain('short');
    expect((await causeway.client().post('/signup', {})).status).toBe(400);
  });

  it('refuses a password that is easy to guess from the handle or the site', async () => {
    const causeway = await useCauseway();
    for (const password of ['Password123!', 'causeway123', 'admin12345', 'nkechi2024']) {
      const wish = { email: 'n@example.org', handle: 'nkechi', password };
      const answer = await causeway.client().post('/signup', wish);
      expect([answer.status, answer.$('#password-error').text()], password).toEqual([
        422,
        'This password is too easy to guess. Three random words work well.',
      ]);
    }
    expect(await causeway.app.db.reader.select().from(users)).toEqual([]);
  });

  it('makes one account of a form that was sent twice, also at the same time', async () => {
    const causeway = await useCauseway();
    const key = '6a1c39c2-0b0e-4a55-9d0e-6f5b1c1a7a51';
    const client = causeway.client();
    const answers = await Promise.all([1, 2].map(() => client.post('/signup', { ...ada, key })));
    // The second press may also come when the account is there, and its handle with it.
    answers.push(await client.post('/signup', { ...ada, key }));
    for (const answer of answers) expect(face(answer)).toEqual(face(answers[0] as Answer));
    expect(await causeway.app.db.reader.select().from(users)).toHaveLength(1);
    expect(await causeway.app.db.reader.select().from(mails)).toHaveLength(1);
  });

  it.each([
    ['the same handle', 'kofi_dev', 'kofi_dev'],
    ['handles that look alike', 'kofi_dev', 'K0fi-Dev'],
  ])('gives one of two simultaneous sign-ups %s', async (_, ...handles) => {
    const causeway = await useCauseway();
    const wishes = handles.map((handle, n) => ({ ...ada, handle, email: `${n}@example.org` }));
    const answers = await Promise.all(
      wishes.map((wish) => causeway.client().post('/signup', wish)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
    const refused = answers.find((answer) => answer.status === 422);
    expect(refused?.$('#handle-error').text()).toContain('taken');
  });

  it('creates one account for two simultaneous sign-ups with the same address', async () => {
    const causeway = await useCauseway();
    const wishes = ['one', 'two'].map((handle) => ({ ...ada, handle }));
    const answers = await Promise.all(
      wishes.map((wish) => causeway.client().post('/signup', wish)),
    );
    expect(answers.map((answer) => answer.location)).toEqual(['/signup/sent', '/signup/sent']);
    expect(await causeway.app.db.reader.select().from(users)).toHaveLength(1);
  });

  it('writes in the language of the page', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada, { 'Accept-Language': 'ar' });
    const mail = await mailTo(causeway, ada.email, /أكّد حسابك/);
    expect(mail.html).toContain('dir="rtl"');
  });

  it('limits emails to an address, and keeps the typed values', async () => {
    const causeway = await useCauseway();
    const attempt = (n: number) =>
      causeway.client().post('/signup', { ...ada, handle: `ada_${n}`, key: `key-${n}` });
    for (const n of [1, 2, 3, 4, 5]) expect((await attempt(n)).status).toBe(303);
    const stopped = await attempt(6);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('Retry-After'))).toBe(HOUR / 1000);
    expect(stopped.$('#email').val()).toBe(ada.email);
    expect(stopped.$('#handle').val()).toBe('ada_6');
    causeway.clock.advance(DAY);
    expect((await attempt(6)).status).toBe(303);
  });
});

describe('the confirmation link', () => {
  it('works once', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada);
    const link = await linkIn(causeway, ada.email, 'confirm');
    const twice = await Promise.all([1, 2].map(() => causeway.client().post(link)));
    expect(twice.map((answer) => answer.status).sort()).toEqual([303, 404]);
    const again = await causeway.client().get(link);
    expect(again.status).toBe(404);
    expect(again.$('h1').text()).toBe('This link no longer works');
    expect(again.$('main a[href="/confirm"]').length).toBe(1);
    expect(again.$('main form').length).toBe(0);
  });

  it('works for three days, and not a moment longer', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada);
    const link = await linkIn(causeway, ada.email, 'confirm');
    causeway.clock.advance(3 * DAY - 1);
    expect((await causeway.client().get(link)).status).toBe(200);
    causeway.clock.advance(1);
    expect((await causeway.client().get(link)).status).toBe(404);
    expect((await causeway.client().post(link)).status).toBe(404);
    const [row] = await causeway.app.db.reader.select().from(users);
    expect(row?.confirmedAt).toBeNull();
  });

  it('is not to be guessed, nor used for another purpose', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada);
    const link = await linkIn(causeway, ada.email, 'confirm');
    expect((await causeway.client().post('/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    for (const token of ['%D8%B3%D8%B1', 'a%0D%0Ab']) {
      const wrong = await causeway.client().post(`/reset/${token}`, { password: ada.password });
      expect([wrong.status, wrong.location]).toEqual([303, `/reset/${token}`]);
    }
    const asReset = link.replace('/confirm/', '/reset/');
    expect((await causeway.client().get(asReset)).status).toBe(404);
    await causeway.client().post(asReset, { password: 'taken over by a link' });
    expect((await causeway.client().post('/login', ada)).status).toBe(303);
  });

  it('can be asked for again by the person, within limits, but not once it is confirmed', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    expect((await client.post('/confirm')).location).toContain('/login');
    await client.post('/signup', ada);
    const first = await linkIn(causeway, ada.email, 'confirm');
    await client.post('/login', ada);
    const front = await client.get('/');
    expect(front.$('main .notice a[href="/confirm"]').length).toBe(1);
    expect((await client.get('/confirm')).$('main').text()).toContain(ada.email);
    for (const n of [1, 2, 3, 4]) {
      expect((await client.post('/confirm', { key: `k${n}` })).location).toBe('/signup/sent');
    }
    const stopped = await client.post('/confirm', { key: 'k5' });
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
    expect(stopped.$('main form[action="/confirm"]').length).toBe(1);
    // The link of an older email works as well.
    expect((await client.post(first)).status).toBe(303);
    expect((await client.post('/confirm')).location).toBe('/');
    expect((await client.get('/confirm')).location).toBe('/');
  });

  it('deletes unconfirmed accounts', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    await makeAccount(causeway, { email: 'kept@example.org', handle: 'kept' });
    await causeway.client().post('/signup', ada);
    const handles = async () =>
      (await app.db.reader.select().from(users)).map((user) => user.handle).sort();
    clock.advance(30 * DAY - 1);
    await app.db.write((tx) => purgeUnconfirmed(tx, clock));
    expect(await handles()).toEqual(['ada', 'kept']);
    clock.advance(1);
    await app.db.write((tx) => purgeUnconfirmed(tx, clock));
    expect(await handles()).toEqual(['kept']);
  });
});

describe('logging in', () => {
  it('creates a session with a cookie that scripts cannot read', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const answer = await causeway.client().post('/login', ada);
    expect([answer.status, answer.location]).toEqual([303, '/']);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^causeway_session=[\w-]{20,};/);
    expect(cookie).toContain('; HttpOnly');
    expect(cookie).toContain('; SameSite=Lax');
    expect(cookie).toContain('; Path=/');
    expect(cookie).not.toContain('Secure');
  });

  it('restricts the cookie to https if the site uses it', async () => {
    const causeway = await useCauseway({ ORIGIN: 'https://causeway.example' });
    await makeAccount(causeway);
    const answer = await causeway.client().post('/login', ada);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-causeway_session=[\w-]{20,};/);
    expect(cookie?.split('; ')).toContain('Path=/');
    expect(cookie).toContain('; Secure');
    expect(cookie).not.toContain('Domain');
  });

  it('replaces the cookie that https sites had before, while such sessions last', async () => {
    const causeway = await useCauseway({ ORIGIN: 'https://causeway.example' });
    await makeAccount(causeway);
    const origin = { Origin: 'https://causeway.example' };
    const first = causeway.client();
    await first.post('/login', ada, origin);
    const token = first.cookies.get(`__Host-${SESSION}`) ?? '';

    const old = causeway.client();
    old.cookies.set(SESSION, token);
    expect((await old.get('/settings')).status).toBe(200);
    expect([...old.cookies.keys()].filter((name) => name.endsWith(SESSION))).toEqual([
      `__Host-${SESSION}`,
    ]);
    expect(old.cookies.get(`__Host-${SESSION}`)).toBe(token);

    const leaving = causeway.client();
    leaving.cookies.set(SESSION, token);
    await leaving.post('/logout', {}, origin);
    expect(leaving.cookies.has(`__Host-${SESSION}`)).toBe(false);
    expect(await isLoggedIn(first)).toBe(false);

    // A neighbouring subdomain can set a cookie with the old name, with a session of its own.
    causeway.clock.set('2027-01-02T09:00:00Z');
    const neighbour = causeway.client();
    await neighbour.post('/login', ada, origin);
    const planted = causeway.client();
    planted.cookies.set(SESSION, neighbour.cookies.get(`__Host-${SESSION}`) ?? '');
    expect(await isLoggedIn(planted)).toBe(false);
  });

  it('stores neither the session nor the password nor the link so that a copy could be used', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    await client.post('/signup', ada);
    const link = await linkIn(causeway, ada.email, 'confirm');
    await client.post('/login', ada);
    const session = client.cookies.get(SESSION) ?? '';
    const token = link.split('/').at(-1) ?? '';
    expect(session.length).toBeGreaterThan(20);
    expect(token.length).toBeGreaterThan(20);
    const bytes = await everythingStored(causeway);
    const [row] = await causeway.app.db.reader.select().from(sessions);
    expect(bytes.includes(row?.id ?? 'nothing')).toBe(true);
    expect(bytes.includes(session)).toBe(false);
    expect(bytes.includes(ada.password)).toBe(false);
    const [user] = await causeway.app.db.reader.select().from(users);
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    const rows = await causeway.app.db.reader.select().from(mailTokens);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('refuses a wrong password and an unknown account with the same message', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    await addMember(causeway, 'imported', { email: null, emailKey: null, passwordHash: null });
    const email = 'somebody@example.org';
    const guess = { password: 'not the password', key: 'of the form' };
    const wrong = await causeway.client().post('/login', { ...ada, ...guess });
    expect(wrong.status).toBe(422);
    expect(wrong.$('.error-summary').text()).toContain('Wrong email or password');
    expect(wrong.$('.field-error').length).toBe(0);
    expect(wrong.$('#email').val()).toBe(ada.email);
    expect(wrong.text).not.toContain('not the password');
    const unknown = await causeway.client().post('/login', { email, ...guess });
    expect(unknown.status).toBe(422);
    expect(unknown.text.replaceAll(email, ada.email)).toBe(wrong.text);
    // An imported author has neither an email address nor a password.
    for (const who of ['imported', 'null', '@']) {
      const answer = await causeway.client().post('/login', { email: who, password: 'null' });
      expect(answer.status, who).toBe(422);
    }
  });

  it('shows errors for empty fields', async () => {
    const causeway = await useCauseway();
    const answer = await causeway.client().post('/login', { email: '', password: '' });
    expect(answer.status).toBe(400);
    expect(answer.$('#email-error').text()).toBe('Enter your email.');
    expect(answer.$('#password-error').text()).toBe('Enter a password.');
  });

  it('takes the address in any case', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const answer = await causeway.client().post('/login', { ...ada, email: ' ADA@EXAMPLE.org ' });
    expect(answer.status).toBe(303);
  });

  it('redirects to the requested page, and never to another site', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const sent = await causeway.client().get('/notifications?page=1');
    expect([sent.status, sent.location]).toEqual([
      303,
      '/login?redirectTo=%2Fnotifications%3Fpage%3D1',
    ]);
    const form = await causeway.client().get(sent.location ?? '');
    const redirectTo = form.$('main input[name=redirectTo]').val() as string;
    const back = await causeway.client().post('/login', { ...ada, redirectTo });
    expect(back.location).toBe('/notifications?page=1');
    const away = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/.//evil.example',
      'x',
    ];
    for (const target of away) {
      const form = await causeway.client().get(`/login?redirectTo=${encodeURIComponent(target)}`);
      expect(form.$('main input[name=redirectTo]').length, target).toBe(0);
      const client = causeway.client();
      const answer = await client.post('/login', { ...ada, redirectTo: target });
      expect(answer.location, target).toBe('/');
      // A logged-in person is redirected immediately.
      for (const page of ['/login', '/signup']) {
        const sent = await client.get(`${page}?redirectTo=${encodeURIComponent(target)}`);
        expect([sent.status, sent.location], `${page} ${target}`).toEqual([303, '/']);
      }
      const spoken = await client.post('/language', { language: 'en', redirectTo: target });
      expect(spoken.location, target).toBe('/');
    }
  });

  it('opens a new session each time and ends the one before', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    client.cookies.set(SESSION, 'chosen-by-somebody-else');
    await client.post('/login', ada);
    const first = client.cookies.get(SESSION) ?? '';
    expect(first).not.toBe('chosen-by-somebody-else');
    await client.post('/login', ada);
    expect(client.cookies.get(SESSION)).not.toBe(first);
    const stale = causeway.client();
    stale.cookies.set(SESSION, first);
    expect(await isLoggedIn(stale)).toBe(false);
    expect(await isLoggedIn(client)).toBe(true);
  });

  it('needs an emailed code after ten wrong attempts at one account, whatever follows, until time has passed', async () => {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    await makeAccount(causeway);
    const wrong = { ...ada, password: 'not the password' };
    for (let n = 1; n <= 10; n++) {
      const from = { 'X-Forwarded-For': `192.0.2.${n}` };
      expect((await causeway.client().post('/login', wrong, from)).status).toBe(422);
    }
    const from = { 'X-Forwarded-For': '192.0.2.99' };
    for (const entry of [ada, wrong, { ...ada, email: 'who@example.org' }]) {
      const client = causeway.client();
      if (entry.email !== ada.email) {
        for (let n = 1; n <= 10; n++) await causeway.client().post('/login', entry);
      }
      const stopped = await client.post('/login', entry, from);
      expect([stopped.status, stopped.location]).toEqual([303, '/login/code/enter?why=guesses']);
      expect([...client.cookies.keys()]).toEqual(['causeway_attempt', 'causeway_sent']);
      expect((await client.get('/notifications')).location).toContain('/login');
    }
    causeway.clock.advance(15 * MINUTE);
    expect((await causeway.client().post('/login', ada, from)).status).toBe(303);
  });

  it('is stopped for a network that tries one account after the other', async () => {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    const attempt = (n: number, address: string) =>
      causeway
        .client()
        .post(
          '/login',
          { email: `person${n}@example.org`, password: 'summer in the city' },
          { 'X-Forwarded-For': address },
        );
    // IPv6 gives every subscriber more addresses than there are people, so a network is 64 bits.
    for (let n = 0; n < 60; n++) {
      expect((await attempt(n, `2001:db8:0:1::${n.toString(16)}`)).status).toBe(422);
    }
    expect((await attempt(60, '2001:db8:0:1:ffff::1')).status).toBe(429);
    expect((await attempt(60, '2001:db8:0:2::1')).status).toBe(422);
  });

  it('lasts sixty days', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    await client.post('/login', ada);
    causeway.clock.advance(60 * DAY - 1);
    expect(await isLoggedIn(client)).toBe(true);
    causeway.clock.advance(1);
    expect(await isLoggedIn(client)).toBe(false);
  });

  it('is extended by a form sent in its second half, not by reading, to 180 days at most', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    const start = causeway.clock.now();
    const onDay = (day: number) => causeway.clock.advance(start + day * DAY - causeway.clock.now());
    await client.post('/login', ada);
    const [before] = await causeway.app.db.reader.select().from(sessions);
    const lastsUntil = async () =>
      ((await causeway.app.db.reader.select().from(sessions))[0]?.expiresAt ?? 0) - start;
    for (const [day, still, until] of [
      [29, 60, 60],
      [31, 60, 91],
      [75, 91, 135],
      [119, 135, 179],
      [178, 179, 179],
    ] as const) {
      onDay(day);
      await client.get('/settings');
      expect(await lastsUntil(), `day ${day}`).toBe(still * DAY);
      await client.post('/language', { language: 'fr' });
      expect(await lastsUntil(), `day ${day}`).toBe(until * DAY);
    }
    expect(await isLoggedIn(client)).toBe(true);
    onDay(179);
    expect(await isLoggedIn(client)).toBe(false);
    const [after] = await causeway.app.db.reader.select().from(sessions);
    expect(after).toEqual({ ...before, expiresAt: start + 179 * DAY });
  });
});

describe('logging out', () => {
  it('leaves no private pages in the browser for the Back button', async () => {
    const causeway = await useCauseway();
    const { client } = await addMember(causeway, 'mod', { role: 'moderator' });
    const pages = ['/settings', '/settings/security', '/notifications', '/drafts', '/bookmarks'];
    for (const path of [...pages, '/following', '/modmail', '/mod', '/mod/people', '/logout']) {
      const { headers, status } = await client.get(path);
      expect([status, headers.get('Cache-Control')], path).toEqual([200, 'private, no-store']);
    }
    // What people write for others is put back when they return to the page.
    for (const path of ['/threads/new', '/barriers/new']) {
      const { headers } = await client.get(path);
      expect(headers.get('Cache-Control'), path).toBe('private, no-cache');
    }
    const everywhere = await client.post('/settings/security', { action: 'everywhere' });
    expect(everywhere.headers.get('Clear-Site-Data')).toBe('"cache", "storage"');
  });

  it('as another person logs in leaves nothing of the former one either', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const { client } = await addMember(causeway, 'kofi');
    const other = await client.post('/login', ada);
    expect(other.status).toBe(303);
    expect(other.headers.get('Clear-Site-Data')).toBe('"cache", "storage"');
    const same = await client.post('/login', ada);
    expect([same.status, same.headers.get('Clear-Site-Data')]).toEqual([303, null]);
  });

  it('ends the session on the server, not only in the browser', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    await client.post('/login', ada);
    const token = client.cookies.get(SESSION) ?? '';
    const page = await client.get('/logout');
    expect(page.$('main form[action="/logout"] button').length).toBe(1);
    expect(await isLoggedIn(client)).toBe(true);
    const answer = await client.post('/logout');
    expect([answer.status, answer.location]).toEqual([303, '/']);
    expect(answer.headers.get('Clear-Site-Data')).toBe('"cache", "storage"');
    expect(client.cookies.has(SESSION)).toBe(false);
    client.cookies.set(SESSION, token);
    expect(await isLoggedIn(client)).toBe(false);
    expect(await causeway.app.db.reader.select().from(sessions)).toEqual([]);
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link, which ends every session and notifies the owner', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const [phone, laptop] = [causeway.client(), causeway.client()];
    for (const client of [phone, laptop]) await client.post('/login', ada);
    const asked = await phone.post('/reset', { email: ada.email });
    expect([asked.status, asked.location]).toEqual([303, '/reset/sent']);
    expect((await phone.get('/reset/sent')).$('.lead').text()).toContain('a…@example.org');
    const link = await linkIn(causeway, ada.email, 'reset');
    const form = await phone.get(link);
    expect(form.$('main').text()).toContain('ada');

    const weak = await phone.post(link, { password: 'short' });
    expect(weak.status).toBe(400);
    expect(weak.$('#password-error').text()).toContain('10 to 200');
    const obvious = await phone.post(link, { password: 'password123' });
    expect(obvious.status).toBe(422);
    expect(obvious.text).not.toContain('password123');

    const password = 'quite another secret';
    const done = await phone.post(link, { password });
    expect([done.status, done.location]).toEqual([303, '/login?changed']);
    expect((await phone.get('/login?changed')).$('[role=status]').text()).toContain('was changed');
    for (const client of [phone, laptop]) expect(await isLoggedIn(client)).toBe(false);
    expect((await causeway.client().post('/login', ada)).status).toBe(422);
    expect((await causeway.client().post('/login', { ...ada, password })).status).toBe(303);
    await mailTo(causeway, ada.email, /password on Causeway was changed/);

    const again = await causeway.client().post(link, { password: 'a third long secret' });
    expect((await causeway.client().get(again.location ?? '')).status).toBe(404);
    expect((await causeway.client().post('/login', { ...ada, password })).status).toBe(303);
  });

  it('gives the same response for a known and an unknown address', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const known = await causeway.client().post('/reset', { email: ada.email });
    const unknown = await causeway.client().post('/reset', { email: 'anybody@example.org' });
    expect(face(known)).toEqual(face(unknown));
    await mailTo(causeway, 'anybody@example.org', /No account on Causeway with this email/);
    await linkIn(causeway, ada.email, 'reset');
  });

  it('has a link for one hour; using one makes all others invalid', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    await causeway.client().post('/reset', { email: ada.email });
    const late = await linkIn(causeway, ada.email, 'reset');
    causeway.clock.advance(HOUR);
    expect((await causeway.client().get(late)).status).toBe(404);
    await causeway.client().post('/reset', { email: ada.email });
    const first = await linkIn(causeway, ada.email, 'reset');
    causeway.clock.advance(1000);
    await causeway.client().post('/reset', { email: ada.email });
    const second = await linkIn(causeway, ada.email, 'reset');
    expect(second).not.toBe(first);
    await causeway.client().post(second, { password: 'quite another secret' });
    expect((await causeway.client().get(first)).status).toBe(404);
  });

  it('confirms the address of an account that another person may have created', async () => {
    const causeway = await useCauseway();
    const stranger = causeway.client();
    await stranger.post('/signup', ada);
    await stranger.post('/login', ada);
    await causeway.client().post('/reset', { email: ada.email });
    const link = await linkIn(causeway, ada.email, 'reset');
    await causeway.client().post(link, { password: 'the owner of the address' });
    expect(await isLoggedIn(stranger)).toBe(false);
    expect((await stranger.post('/login', ada)).status).toBe(422);
    const [row] = await causeway.app.db.reader.select().from(users);
    expect(row?.confirmedAt).not.toBeNull();
  });

  it('requires an address, keeps the typed values, and is rate limited', async () => {
    const causeway = await useCauseway();
    const answer = await causeway.client().post('/reset', { email: 'ada at home' });
    expect(answer.status).toBe(400);
    expect(answer.$('#email').val()).toBe('ada at home');
    for (let n = 0; n < 5; n++) {
      expect((await causeway.client().post('/reset', { email: ada.email })).status).toBe(303);
    }
    const stopped = await causeway.client().post('/reset', { email: ada.email });
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
    expect(stopped.$('#email').val()).toBe(ada.email);
  });
});

describe('settings', () => {
  it('change name, country and language', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    await client.post('/login', ada);
    await client.post('/language', { language: 'ar' });
    const saved = await client.post('/settings', {
      name: '  Ada   Lovelace ',
      country: 'KE',
      language: 'fr',
    });
    expect([saved.status, saved.location]).toEqual([303, '/settings?saved']);
    const page = await client.get('/settings?saved');
    expect(page.$('html').attr('lang')).toBe('fr');
    expect(page.$('#name').val()).toBe('Ada Lovelace');
    expect(page.$('#country').val()).toBe('Kenya');
    await client.post('/settings', { name: '', country: '', language: '' });
    const [row] = await causeway.app.db.reader.select().from(users);
    expect(row).toMatchObject({ name: null, country: null, language: null });
  });

  it('refuse a name that imitates the site, a role or another person', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    await addMember(causeway, 'wanjiru', { role: 'moderator', name: 'Grace Wanjiru' });
    await addMember(causeway, 'kofi_dev', { name: 'Amina Diallo' });
    await causeway.app.db.write(fillSkeletons);
    const client = causeway.client();
    await client.post('/login', ada);
    const save = async (name: string) => (await client.post('/settings', { name })).status;
    const wrong = ['wanjiru', 'Wаnjiru', 'GRACE WANJIRU', 'Grace  Wanjiru', 'kofi_dev', 'Kofi-Dev'];
    wrong.push('K0fi Dev', 'Amina Diallo', 'Arnina Diallo', 'Αmina-Diаllo', 'AMINA DlALLO');
    for (const name of [
      ...wrong,
      'Causeway',
      'Moderator',
      'ADMlN',
      'Ada (admin)',
      'Causeway Team',
    ]) {
      expect(await save(name), name).toBe(422);
    }
    for (const name of ['\u3164', '\u2800', '\uffa0', 'Ada @wanjiru', 'Ada ✓']) {
      expect(await save(name), name).toBe(400);
    }
    for (const name of ['Ada Lovelace', 'ada', 'Grace Hopper', 'Amina Diallo of Kano', '']) {
      expect(await save(name), name).toBe(303);
    }
    for (const handle of [
      'ADMlN',
      'adm1n',
      'OFFlClAL',
      'Causeway-Team',
      'gracewanjiru',
      'amina_dia1lo',
    ]) {
      const wish = { ...ada, email: `${handle}@example.org`, handle };
      expect((await causeway.client().post('/signup', wish)).status, handle).toBe(422);
    }
  });

  it('use the time zone and theme chosen by the person, and hide their country', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    await client.post('/login', ada);
    // Late in the evening in UTC is already the next day in Auckland.
    causeway.clock.set('2026-11-02T20:30:00Z');
    await client.post('/threads/new', { title: 'Where the day begins', body: 'Early', save: '1' });
    causeway.clock.set('2026-11-02T22:30:00Z');
    const choices = { country: 'NZ', timeZone: 'Pacific/Auckland', theme: 'dark', regionOnly: '1' };
    expect((await client.post('/settings', choices)).status).toBe(303);

    expect((await client.get('/drafts')).$('main time').text()).toMatch(/3 November 2026.*09:30/);
    const page = await client.get('/settings');
    expect(page.$('#timeZone').val()).toBe('Pacific/Auckland');
    expect(page.$('[name=theme][checked]').val()).toBe('dark');
    expect(page.$('html').attr('data-theme')).toBe('dark');
    expect(page.$('meta[name=color-scheme]').attr('content')).toBe('dark');
    expect((await client.get('/barriers')).text).toContain('2 November 2026 (UTC)');

    expect((await client.get('/threads/new')).$('#country').val()).toBe('Australasia');
    for (const visitor of [client, causeway.client()]) {
      const { text } = await visitor.get('/u/ada');
      expect(text).toContain('Australasia');
      expect(text).not.toContain('<span>New Zealand');
    }

    // A zone that is not offered stays when other settings are saved.
    await client.post('/settings', { ...choices, timeZone: 'Etc/GMT+5' });
    expect((await client.get('/settings')).$('#timeZone').val()).toBe('Etc/GMT+5');
  });

  it('refuse unknown values and keep the typed ones', async () => {
    const causeway = await useCauseway();
    await makeAccount(causeway);
    const client = causeway.client();
    await client.post('/login', ada);
    for (const [field, value] of [
      ['name', 'x'.repeat(61)],
      ['name', 'Ada \u202eevoL'],
      ['country', 'ZZ'],
      ['language', 'tlh'],
      ['timeZone', 'Mars/Olympus'],
      ['theme', 'pink'],
    ] as const) {
      const typed = { name: 'Ada', country: 'KE', language: 'fr', [field]: value };
      const answer = await client.post('/settings', typed);
      expect(answer.status, field).toBe(400);
      expect(answer.$(`#${field}-error`).length, field).toBe(1);
      if (field !== 'name') expect(answer.$('#name').val()).toBe('Ada');
      else expect(answer.$('#country').val()).toBe('KE');
    }
    const [row] = await causeway.app.db.reader.select().from(users);
    expect(row).toMatchObject({ name: null, country: null });
  });

  it('are visible to their owner only', async () => {
    const causeway = await useCauseway();
    for (const path of ['/settings', '/notifications', '/confirm']) {
      const answer = await causeway.client().get(path);
      expect(answer.location, path).toBe(`/login?redirectTo=${encodeURIComponent(path)}`);
    }
    const answer = await causeway.client().post('/settings', { name: 'Eve' });
    // What was typed is kept until its author has logged in.
    expect(answer.location).toMatch(/^\/login\?redirectTo=%2Fkept%2F[\w-]+$/);
  });
});

describe('a profile', () => {
  it('shows public posts, newest first, in numbered pages', async () => {
    const causeway = await useCauseway();
    const kofi = await addMember(causeway, 'kofi', { name: 'Kofi <b>', country: 'GH' });
    const thread = await addThread(causeway, kofi, 'Prices in Accra');
    for (let n = 1; n <= 20; n++) {
      causeway.clock.advance(MINUTE);
      await addPost(causeway, kofi, thread.id, `Post number ${n}.`);
    }
    await addPost(causeway, kofi, thread.id, 'Held back.', { state: 'held' });
    const hidden = await addThread(causeway, kofi, 'Hidden thread', { state: 'held' });
    await addPost(causeway, kofi, hidden.id, 'Not to be seen.');

    const page = await causeway.client().get('/u/KOFI');
    expect(page.status).toBe(200);
    expect(page.$('h1').text()).toBe('Kofi <b>');
    expect(page.$('main').text()).toContain('Ghana');
    expect(page.$('main').text()).toContain('21 posts');
    expect(page.$('link[rel=canonical]').attr('href')).toMatch(/\/u\/kofi$/);
    const excerpts = page
      .$('.written .excerpt')
      .toArray()
      .map((p) => page.$(p).text());
    expect(excerpts).toHaveLength(20);
    expect(excerpts[0]).toBe('Post number 20.');
    expect(page.text).not.toContain('Held back');
    expect(page.text).not.toContain('Not to be seen');
    expect(page.text).not.toContain('Hidden thread');
    const second = await causeway.client().get('/u/kofi?page=2');
    expect(second.$('.written li').length).toBe(1);
    expect(second.$('.written a').attr('href')).toBe(`/p/${thread.openingId}`);
    expect((await causeway.client().get('/u/kofi?page=3')).status).toBe(404);
  });

  it('shows neither email address nor status', async () => {
    const causeway = await useCauseway();
    await addMember(causeway, 'kofi', { suspendedUntil: causeway.clock.now() + DAY });
    const page = await causeway.client().get('/u/kofi');
    expect(page.text).not.toContain('kofi@example.org');
    expect(page.text.toLowerCase()).not.toContain('suspend');
  });

  it('of an unconfirmed person is visible to them only; an unknown one is not found', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    await client.post('/signup', ada);
    expect((await causeway.client().get('/u/ada')).status).toBe(404);
    expect((await causeway.client().get('/u/nobody')).status).toBe(404);
    await client.post('/login', ada);
    expect((await client.get('/u/ada')).status).toBe(200);
  });

  it('of an imported author says that nobody can log in with it', async () => {
    const causeway = await useCauseway();
    const now = causeway.clock.now();
    await addMember(causeway, 'amina', {
      email: null,
      emailKey: null,
      confirmedAt: null,
      importedAt: now,
    });
    const page = await causeway.client().get('/u/amina');
    expect(page.status).toBe(200);
    expect(page.$('main').text()).toContain('imported conversation');
  });
});

describe('notifications', () => {
  it('are counted on every page, link to their subject, and are marked as read by a button', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    const kofi = await addMember(causeway, 'kofi');
    const lerato = await addMember(causeway, 'lerato');
    const thread = await addThread(causeway, kofi, 'Prices in Accra');
    const answer = await addPost(causeway, lerato, thread.id, 'The same here.');
    const gone = await addPost(causeway, lerato, thread.id, 'Rude.');
    const own = await addPost(causeway, kofi, thread.id, 'Mine.');
    await app.db.write((tx) =>
      tx
        .update(posts)
        .set({ state: 'hidden' })
        .where(inArray(posts.id, [gone, own])),
    );
    const tell = async (facts: Parameters<typeof notify>[2]) => {
      clock.advance(MINUTE);
      await app.db.write((tx) => notify(tx, clock, facts));
    };
    await tell({ userId: kofi.id, kind: 'reply', postId: answer });
    await tell({ userId: kofi.id, kind: 'reply', postId: gone });
    await tell({ userId: kofi.id, kind: 'approved', postId: thread.openingId });
    await tell({ userId: kofi.id, kind: 'hidden', postId: own, decisionId: 'd1' });
    await tell({ userId: lerato.id, kind: 'approved', postId: answer });

    expect((await kofi.client.get('/')).$('.account').text()).toContain('4 new');
    expect((await causeway.client().get('/')).$('.account').text()).not.toContain('new');
    const page = await kofi.client.get('/notifications');
    const links = page
      .$('.notices a')
      .toArray()
      .map((a) => page.$(a).attr('href'));
    expect(links).toEqual(['/decisions/d1', `/p/${thread.openingId}`, `/p/${answer}`]);
    expect(page.$('.notices').text()).toContain('lerato replied to you in “Prices in Accra”');
    expect(page.$('.notices strong').length).toBe(4);
    // Viewing does not mark them as read, and later ones stay unread.
    const upTo = page.$('main input[name=upTo]').val() as string;
    await tell({ userId: kofi.id, kind: 'restored', postId: own });
    expect((await kofi.client.get('/')).$('.account').text()).toContain('5 new');
    expect((await lerato.client.post('/notifications', { upTo })).status).toBe(303);
    expect((await kofi.client.get('/')).$('.account').text()).toContain('5 new');
    expect((await kofi.client.post('/notifications', { upTo })).status).toBe(303);
    expect((await kofi.client.get('/')).$('.account').text()).toContain('1 new');
    expect((await kofi.client.get('/notifications')).$('.notices strong').length).toBe(1);
  });
});

describe('reading', () => {
  it('changes nothing, whichever page is opened', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    await client.post('/signup', ada);
    await client.post('/reset', { email: ada.email });
    await client.post('/login', ada);
    const { reader } = causeway.app.db;
    const id = (await reader.select().from(users))[0]?.id ?? '';
    await causeway.app.db.write((tx) =>
      notify(tx, causeway.clock, { userId: id, kind: 'restored' }),
    );
    const state = async () => ({
      users: await reader.select().from(users),
      sessions: await reader.select().from(sessions),
      mails: await reader.select().from(mails),
      notices: await reader.select().from(notifications).where(eq(notifications.userId, id)),
      tokens: await reader.select().from(mailTokens),
      limits: await reader.select().from(limits),
      submissions: await reader.select().from(submissions),
    });
    const links = (await reader.select().from(mails)).map(
      (mail) => /\/(?:confirm|reset)\/[\w-]+/.exec(mail.text)?.[0] ?? '',
    );
    expect(links.every(Boolean)).toBe(true);
    const before = await state();
    const pages = ['/signup', '/signup/sent', '/confirm', '/login', '/logout', '/reset'];
    pages.push('/reset/sent', '/settings', '/u/ada', '/notifications', ...links);
    for (const path of pages) {
      expect((await client.get(path)).status, path).toBeLessThan(400);
      expect((await causeway.client().get(path)).status, path).toBeLessThan(405);
    }
    expect(await state()).toEqual(before);
    expect(await isLoggedIn(client)).toBe(true);
  });
});
