import { describe, expect, it } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { setRole } from '~/domain/accounts/users/accounts';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';
import { attempts, recoveryCodes, sessions, users } from '~db/schema';
import { useCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { runCommand } from './support/command';
import { addMember, addThread } from './support/community';
import { ada, CODE, isIn, loggedIn, makeAda, setUpApp } from './support/log-in';
import { inMail, mailTo } from './support/mail';

const LINK = /\/login\/link\/[\w-]+/;

/** Returns the visible part of a response, without form keys and cookie secrets. */
function face({ status, location, text, headers }: Answer) {
  const cookies = headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '='));
  return { status, location, text: text.replace(/[\da-f-]{36}/g, ''), cookies };
}

describe('an emailed code', () => {
  it('logs in the requesting browser, once, and redirects', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = causeway.client();
    const form = await client.get('/login/code?redirectTo=%2Fthreads');
    const redirectTo = form.$('main input[name=redirectTo]').val() as string;
    const asked = await client.post('/login/code', { email: ada.email, redirectTo });
    expect([asked.status, asked.location]).toEqual([303, '/login/code/enter']);
    const enter = await client.get('/login/code/enter');
    expect(enter.$('.lead').text()).toContain('We sent a code to a…@example.org.');
    const code = await inMail(causeway, ada.email, CODE);

    const stranger = causeway.client();
    expect((await stranger.post('/login/code/enter', { code })).status).toBe(404);
    expect(await isIn(stranger)).toBe(false);

    const arabic = code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    const done = await client.post('/login/code/enter', { code: arabic });
    expect([done.status, done.location]).toEqual([303, '/threads']);
    expect(await isIn(client)).toBe(true);
    expect((await client.post('/login/code/enter', { code })).status).toBe(404);
    // The link of the same email becomes invalid too.
    const link = await inMail(causeway, ada.email, LINK);
    expect((await causeway.client().get(link)).status).toBe(404);
  });

  it('allows five wrong attempts, and is valid for 15 minutes', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = causeway.client();
    await client.post('/login/code', { email: ada.email });
    const code = await inMail(causeway, ada.email, CODE);
    for (let n = 0; n < 5; n++) {
      const wrong = await client.post('/login/code/enter', { code: '0000 000' });
      expect(wrong.status).toBe(422);
      expect(wrong.$('#code-error').length).toBe(n < 4 ? 1 : 0);
    }
    expect((await client.post('/login/code/enter', { code })).status).toBe(404);
    expect(await isIn(client)).toBe(false);

    causeway.clock.advance(SECOND);
    await client.post('/login/code', { email: ada.email });
    const late = await inMail(causeway, ada.email, CODE);
    causeway.clock.advance(15 * MINUTE);
    expect((await client.post('/login/code/enter', { code: late })).status).toBe(404);
    expect((await client.get('/login/code/enter')).$('h1').text()).toContain('no longer works');
  });

  it('gives the same responses for a known and an unknown address', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const [one, other] = [causeway.client(), causeway.client()];
    const known = await one.post('/login/code', { email: ada.email });
    const unknown = await other.post('/login/code', { email: 'any@example.org' });
    expect(face(known)).toEqual(face(unknown));
    expect(face(await one.get('/login/code/enter'))).toEqual(
      face(await other.get('/login/code/enter')),
    );
    for (let n = 0; n < 6; n++) {
      const wrong = { code: '12345' };
      expect(face(await one.post('/login/code/enter', wrong))).toEqual(
        face(await other.post('/login/code/enter', wrong)),
      );
    }
    await mailTo(causeway, 'any@example.org', /No account on Causeway with this email/);
  });

  it('is sent once for a form sent twice, and is rate limited', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = causeway.client();
    const key = '6a1c39c2-0b0e-4a55-9d0e-6f5b1c1a7a51';
    const wish = { email: ada.email, key };
    await Promise.all([client.post('/login/code', wish), client.post('/login/code', wish)]);
    expect(await causeway.app.db.reader.select().from(attempts)).toHaveLength(1);
    const code = await inMail(causeway, ada.email, CODE);
    expect((await client.post('/login/code/enter', { code })).status).toBe(303);

    for (let n = 0; n < 3; n++) {
      await causeway.client().post('/login/code', { email: ada.email });
    }
    const stopped = await causeway.client().post('/login/code', { email: ada.email });
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('Retry-After'))).toBe(HOUR / SECOND);
    expect(stopped.$('#email').val()).toBe(ada.email);
  });

  it('confirms no account whose password a stranger may have chosen', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/signup', ada);
    const client = causeway.client();
    await client.post('/login/code', { email: ada.email });
    expect((await client.post('/login/code/enter', { code: '1' })).status).toBe(422);
    await inMail(causeway, ada.email, /\/confirm\/[\w-]+/);
    const [row] = await causeway.app.db.reader.select().from(users);
    expect(row?.confirmedAt).toBeNull();
  });

  it('has a link that logs in the requesting browser when a person opens it', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = causeway.client();
    await client.post('/login/code', { email: ada.email, redirectTo: '/threads' });
    const link = await inMail(causeway, ada.email, LINK);
    for (const purpose of ['Sec-Purpose', 'Purpose']) {
      expect((await client.get(link, { [purpose]: 'prefetch' })).status).toBe(200);
    }
    await fetch(causeway.url + link, {
      method: 'HEAD',
      headers: { Cookie: [...client.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    // In another account's attempt it is another browser.
    await createUser(causeway.app, {
      ...ada,
      email: 'kofi@example.org',
      handle: 'kofi',
      role: 'member',
    });
    const other = causeway.client();
    await other.post('/login/code', { email: 'kofi@example.org' });
    expect((await other.get(link)).status).toBe(200);
    expect(await isIn(client)).toBe(false);
    const opened = await client.get(link);
    expect([opened.status, opened.location]).toEqual([303, '/threads']);
    expect(await isIn(client)).toBe(true);
    expect((await client.get(link)).status).toBe(404);
  });

  it('is sent by a button of the login form, which needs no password', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = causeway.client();
    const page = await client.get('/login?redirectTo=%2Fthreads');
    expect(page.$('form[action="/login"] button[name=way]').length).toBe(1);
    const wish = { email: ada.email, password: '', way: 'code', redirectTo: '/threads' };
    const wrong = await client.post('/login', { ...wish, email: 'ada' });
    expect([wrong.status, wrong.$('#email').val()]).toEqual([400, 'ada']);
    expect((await client.post('/login', wish)).location).toBe('/login/code/enter');
    const code = await inMail(causeway, ada.email, CODE);
    expect((await client.post('/login/code/enter', { code })).location).toBe('/threads');
  });

  it('has a link that logs in by its button only, in any browser', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    await causeway.client().post('/login/code', { email: ada.email, redirectTo: '/threads' });
    const link = await inMail(causeway, ada.email, LINK);
    const phone = causeway.client();
    expect((await phone.get(link)).$('main form').attr('action')).toBe(link);
    expect(await isIn(phone)).toBe(false);
    expect((await phone.post(link)).location).toBe('/threads');
    expect(await isIn(phone)).toBe(true);
    expect((await causeway.client().post(link)).status).toBe(404);
  });
});

describe('a second factor', () => {
  it('is set up with a picture or a secret, and asked for from then on', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = await loggedIn(causeway);
    await client.post('/settings/second-factor', { action: 'begin' });
    const wrong = await client.post('/settings/second-factor', { action: 'confirm', code: '1' });
    expect(wrong.status).toBe(422);
    expect(await isIn(await loggedIn(causeway))).toBe(true);
    const { code, recovery, page } = await setUpApp(causeway, client);
    expect(page.$('svg.qr path').length).toBe(2);
    expect(recovery).toHaveLength(10);
    // Shown once; only their digests are stored.
    expect((await client.get('/settings/second-factor/codes')).location).toBe(
      '/settings/second-factor',
    );
    const rows = await causeway.app.db.reader.select().from(recoveryCodes);
    expect(JSON.stringify(rows)).not.toContain(recovery[0]);
    await mailTo(causeway, ada.email, /authenticator app was set up/);

    const phone = causeway.client();
    const first = await phone.post('/login', { ...ada, redirectTo: '/threads' });
    expect(first.location).toBe('/login/second');
    expect(await isIn(phone)).toBe(false);
    // The code used for activation is used up, so nobody who saw it can use it again.
    const replay = await phone.post('/login/second', { code: code() });
    expect(replay.status).toBe(422);
    causeway.clock.advance(30 * SECOND);
    const done = await phone.post('/login/second', { code: code() });
    expect([done.status, done.location]).toEqual([303, '/threads']);
    expect(await isIn(phone)).toBe(true);

    // Two simultaneous logins with the same code: only one succeeds.
    causeway.clock.advance(30 * SECOND);
    const twins = [causeway.client(), causeway.client()];
    for (const twin of twins) await twin.post('/login', ada);
    const same = code();
    const answers = await Promise.all(twins.map((t) => t.post('/login/second', { code: same })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
  });

  it('is asked for after a mailed code and a mailed link as well', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    await setUpApp(causeway, await loggedIn(causeway));
    const client = causeway.client();
    await client.post('/login/code', { email: ada.email });
    const code = await inMail(causeway, ada.email, CODE);
    expect((await client.post('/login/code/enter', { code })).location).toBe('/login/second');
    causeway.clock.advance(SECOND);
    await client.post('/login/code', { email: ada.email });
    const link = await inMail(causeway, ada.email, LINK);
    expect((await client.post(link)).location).toBe('/login/second');
    expect(await isIn(client)).toBe(false);
    expect((await causeway.client().get('/login/second')).location).toBe('/login');
  });

  it('can be a recovery code, once each, however it is typed', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const { recovery } = await setUpApp(causeway, await loggedIn(causeway));
    const [code = ''] = recovery;
    const client = causeway.client();
    await client.post('/login', ada);
    const typed = code.toUpperCase().replaceAll('-', ' ');
    expect((await client.post('/login/second', { code: typed })).status).toBe(303);
    await mailTo(causeway, ada.email, /recovery code was used/);
    expect((await client.get('/settings/security')).$('main').text()).toContain('9 recovery codes');
    await client.post('/logout');
    await client.post('/login', ada);
    expect((await client.post('/login/second', { code })).status).toBe(422);
    // New codes make the old ones invalid.
    const other = recovery[1] ?? '';
    await client.post('/login/second', { code: other });
    await client.post('/settings/second-factor', { action: 'codes' });
    await client.post('/logout');
    await client.post('/login', ada);
    const old = await client.post('/login/second', { code: recovery[2] ?? '' });
    expect(old.status).toBe(422);
  });

  it('allows ten attempts from one network, without locking out other networks', async () => {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    await makeAda(causeway);
    const { code } = await setUpApp(causeway, await loggedIn(causeway));
    causeway.clock.advance(MINUTE);
    const thief = causeway.client();
    const from = { 'X-Forwarded-For': '192.0.2.66' };
    await thief.post('/login', ada, from);
    for (let n = 0; n < 10; n++) {
      expect((await thief.post('/login/second', { code: '000000' }, from)).status).toBe(422);
    }
    const stopped = await thief.post('/login/second', { code: code() }, from);
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
    const owner = causeway.client();
    await owner.post('/login', ada);
    expect((await owner.post('/login/second', { code: code() })).status).toBe(303);
  });

  it('is refused after a login with a password that was changed meanwhile', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const owner = await loggedIn(causeway);
    const { code } = await setUpApp(causeway, owner);
    const thief = causeway.client();
    await thief.post('/login', ada);
    await owner.post('/settings/password', { password: 'quite another secret' });
    causeway.clock.advance(30 * SECOND);
    expect((await thief.post('/login/second', { code: code() })).location).toBe('/login');
  });
});

describe('a role', () => {
  it('needs a second factor seven days after it was given, and has no effect without one', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway, 'moderator');
    const author = await addMember(causeway, 'kofi');
    const thread = await addThread(causeway, author, 'Power cuts', { state: 'held' });
    const held = `/p/${thread.openingId}`;
    const client = await loggedIn(causeway);
    const desk = await client.get('/mod');
    expect(desk.status).toBe(200);
    expect(desk.$('main .notice').text()).toContain('From 9 November 2026');
    expect((await client.get(held)).status).toBe(303);

    causeway.clock.advance(7 * DAY);
    expect((await client.get('/mod')).location).toBe('/settings/second-factor');
    expect((await client.get(held)).status).toBe(404);
    const front = await client.get('/');
    expect(front.$('.notice.warning').text()).toContain(
      'You cannot moderate without a second factor',
    );
    expect(front.$('a[href="/mod"]').length).toBe(0);

    const again = causeway.client();
    expect((await again.post('/login', { ...ada, redirectTo: '/mod' })).location).toBe(
      '/settings/second-factor',
    );
    expect((await again.get('/settings/second-factor')).text).toContain('until you set up');
    const { code } = await setUpApp(causeway, again);
    expect((await again.get('/mod')).status).toBe(200);
    // The other session has not given it.
    expect((await client.get('/mod')).status).toBe(303);
    causeway.clock.advance(MINUTE);
    await client.post('/login', ada);
    await client.post('/login/second', { code: code() });
    expect((await client.get('/mod')).status).toBe(200);
    expect((await client.get('/mod')).$('main .notice').length).toBe(0);

    // Without the app, the role has no effect in any session.
    await client.post('/settings/second-factor', { action: 'remove' });
    for (const session of [client, again]) expect((await session.get('/mod')).status).toBe(303);
  });

  it('needs it also if given later, but members do not', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    await makeAda(causeway);
    const client = await loggedIn(causeway);
    clock.advance(30 * DAY);
    expect((await client.get('/')).$('.notice').length).toBe(0);
    expect((await client.get('/mod')).status).toBe(404);
    await app.db.write((tx) => setRole(tx, clock, 'ada', 'moderator'));
    expect((await client.get('/mod')).status).toBe(200);
    clock.advance(5 * DAY);
    // A higher role does not restart the grace period.
    await app.db.write((tx) => setRole(tx, clock, 'ada', 'administrator'));
    clock.advance(2 * DAY);
    expect((await client.get('/mod')).status).toBe(303);
  });
});

describe('a person who has lost phone and codes', () => {
  it('gets access by the operator', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway, 'moderator');
    await setUpApp(causeway, await loggedIn(causeway));
    expect((await causeway.client().post('/login', ada)).location).toBe('/login/second');
    const done = await runCommand(causeway, ['user', 'forget-factors', 'ada']);
    expect([done.code, done.out]).toEqual([0, 'ada now logs in without a second factor.\n']);
    expect((await causeway.client().post('/login', ada)).location).toBe('/');
    const nobody = await runCommand(causeway, ['user', 'forget-factors', 'nobody']);
    expect(nobody.code).not.toBe(0);
  });
});

describe('security settings', () => {
  it('can be changed only after a recent authentication', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = await loggedIn(causeway);
    causeway.clock.advance(10 * MINUTE);
    for (const path of ['/settings/password', '/settings/second-factor']) {
      const again = `/login/again?redirectTo=${encodeURIComponent(path)}`;
      expect((await client.get(path)).location, path).toBe(again);
      expect((await client.post(path, { password: 'quite another secret' })).location).toBe(again);
    }
    const page = await client.get('/login/again?redirectTo=%2Fsettings%2Fpassword');
    const redirectTo = page.$('main input[name=redirectTo]').val() as string;
    const wrong = await client.post('/login/again', { password: 'not this one', redirectTo });
    expect(wrong.status).toBe(422);
    expect(wrong.$('main input[name=redirectTo]').val()).toBe('/settings/password');
    const right = await client.post('/login/again', { password: ada.password, redirectTo });
    expect(right.location).toBe('/settings/password');
    expect((await client.get('/settings/password')).status).toBe(200);
    expect((await causeway.client().get('/login/again')).location).toContain('/login?');
  });

  it('allow ten password attempts', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = await loggedIn(causeway);
    for (let n = 0; n < 10; n++) {
      expect((await client.post('/login/again', { password: 'not this one' })).status).toBe(422);
    }
    const stopped = await client.post('/login/again', { password: ada.password });
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
  });

  it('end every other session after a new password, and keep this one', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const [phone, laptop] = [await loggedIn(causeway), await loggedIn(causeway)];
    expect((await phone.post('/settings/password', { password: 'short' })).status).toBe(400);
    const obvious = await phone.post('/settings/password', { password: ada.email });
    expect(obvious.status).toBe(422);
    expect(await isIn(laptop)).toBe(true);
    const done = await phone.post('/settings/password', { password: 'quite another secret' });
    expect(done.location).toBe('/settings/security?done=password');
    expect([await isIn(phone), await isIn(laptop)]).toEqual([true, false]);
    expect((await causeway.client().post('/login', ada)).status).toBe(422);
    await mailTo(causeway, ada.email, /password on Causeway was changed/);
  });
});

describe('sessions', () => {
  it('get a new token with every change of security settings', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const client = await loggedIn(causeway);
    const renewed = async (change: () => Promise<unknown>) => {
      const thief = causeway.client();
      for (const [name, value] of client.cookies) thief.cookies.set(name, value);
      expect(await isIn(thief)).toBe(true);
      const before = client.cookies.get('causeway_session');
      await change();
      expect(client.cookies.get('causeway_session')).not.toBe(before);
      expect([await isIn(client), await isIn(thief)]).toEqual([true, false]);
    };
    await renewed(() => client.post('/login/again', { password: ada.password }));
    await renewed(() => client.post('/settings/password', { password: 'quite another secret' }));
    await renewed(() => setUpApp(causeway, client));
    await renewed(() => client.post('/settings/second-factor', { action: 'codes' }));
    await renewed(() => client.post('/settings/second-factor', { action: 'remove' }));
    await renewed(() => client.post('/settings/passkeys', { action: 'remove', passkey: 'none' }));
    const all = await causeway.app.db.reader.select().from(sessions);
    expect(all).toHaveLength(1);
  });

  it('are listed by browser and day, ended one by one and everywhere', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const phone = causeway.client();
    const agent = 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0';
    await phone.post('/login', ada, { 'User-Agent': agent });
    const laptop = await loggedIn(causeway);
    const page = await laptop.get('/settings/security');
    expect(page.$('.rows').text()).toContain('Firefox, Android');
    expect(page.$('.rows').text()).toContain('2 November 2026');
    expect(page.$('.rows li').length).toBe(2);
    const session = page.$('.rows input[name=session]').val() as string;

    const eve = await addMember(causeway, 'eve');
    await eve.client.post('/settings/security', { action: 'revoke', session });
    expect(await isIn(phone)).toBe(true);
    await laptop.post('/settings/security', { action: 'revoke', session });
    expect([await isIn(phone), await isIn(laptop)]).toEqual([false, true]);

    const third = await loggedIn(causeway);
    expect((await laptop.post('/settings/security', { action: 'everywhere' })).location).toBe(
      '/login',
    );
    expect([await isIn(third), await isIn(laptop)]).toEqual([false, false]);
    expect(await isIn(eve.client)).toBe(true);
    expect((await causeway.client().get('/settings/security')).location).toContain('/login?');
  });
});
