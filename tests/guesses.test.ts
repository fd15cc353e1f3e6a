import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '~/platform/clock';
import { deliverMails } from '~/platform/mail/deliver';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { useCauseway } from './support/causeway';
import { ada, CODE, isIn, loggedIn, makeAda, setUpApp } from './support/log-in';
import { inMail, mailTo } from './support/mail';
import { press } from './support/windows';

const LINK = /\/login\/link\/[\w-]+/;

describe('right guesses', () => {
  it('of a password count for no limit, of the account, the network or the browser', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const wrong = { ...ada, password: 'not the password' };
    for (let n = 0; n < 5; n++) await causeway.client().post('/login', wrong);
    for (let n = 0; n < 61; n++) {
      expect((await causeway.client().post('/login', ada)).location, `${n}`).toBe('/');
    }
    const known = await loggedIn(causeway);
    for (let n = 0; n < 11; n++) expect((await known.post('/login', ada)).location).toBe('/');
    for (let n = 0; n < 11; n++) {
      expect((await known.post('/login/again', { password: ada.password })).status).toBe(303);
    }
    // The wrong ones from before still count.
    for (let n = 0; n < 5; n++) {
      expect((await causeway.client().post('/login', wrong)).status).toBe(422);
    }
    const stopped = await causeway.client().post('/login', ada);
    expect(stopped.location).toBe('/login/code/enter?why=guesses');
  }, 60_000);

  it('of an app’s code count for no limit either', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const { code } = await setUpApp(causeway, await loggedIn(causeway));
    for (let n = 0; n < 21; n++) {
      causeway.clock.advance(30 * SECOND);
      const client = causeway.client();
      await client.post('/login', ada);
      const entered = await client.post('/login/second', { code: code() });
      expect([entered.status, entered.location], `${n}`).toEqual([303, '/']);
    }
  });

  it('of an emailed code count for no limit of the network', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    for (let n = 0; n < 59; n++) {
      await causeway.client().post('/login', { email: `p${n}@example.org`, password: 'not it' });
    }
    for (let n = 0; n < 2; n++) {
      const client = causeway.client();
      await client.post('/login/code', { email: ada.email });
      const code = await inMail(causeway, ada.email, CODE);
      expect((await client.post('/login/code/enter', { code })).status, `${n}`).toBe(303);
      causeway.clock.advance(SECOND);
    }
  });
});

describe('a browser that was logged in before', () => {
  it('can log in while strangers use up the attempts for the account', async () => {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    await makeAda(causeway);
    const owner = await loggedIn(causeway);
    await owner.post('/logout');
    for (let n = 1; n <= 11; n++) {
      const from = { 'X-Forwarded-For': `192.0.2.${n}` };
      await causeway.client().post('/login', { ...ada, password: 'not the password' }, from);
    }
    const challenged = '/login/code/enter?why=guesses';
    expect((await causeway.client().post('/login', ada)).location).toBe(challenged);
    expect((await owner.post('/login', ada)).location).toBe('/');

    // An invented token, or one of another account, is not accepted.
    const mark = owner.cookies.get('causeway_device') ?? '';
    expect(mark).toContain('.');
    const forger = causeway.client();
    forger.cookies.set('causeway_device', `x${mark}`);
    expect((await forger.post('/login', ada)).location).toBe(challenged);
    await owner.post('/logout');
    for (let n = 0; n < 10; n++) await owner.post('/login', { ...ada, password: 'not it at all' });
    expect((await owner.post('/login', ada)).location).toBe(challenged);
    expect(await isIn(owner)).toBe(false);
  });

  it('is let in on a shared network whose attempts are used up', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const owner = await loggedIn(causeway);
    await owner.post('/logout');
    for (let n = 0; n < 61; n++) {
      const entry = { email: `person${n}@example.org`, password: 'not the password' };
      await causeway.client().post('/login', entry);
    }
    expect((await causeway.client().post('/login', ada)).status).toBe(429);
    expect((await owner.post('/login', ada)).location).toBe('/');
  });
});

describe('the owner of an account', () => {
  /** What strangers in many networks do to an account and its address. */
  async function useSiege() {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    await makeAda(causeway);
    const at = (n: number) => ({ 'X-Forwarded-For': `198.51.100.${n % 250}` });
    return { causeway, at, from: { 'X-Forwarded-For': '192.0.2.99' } };
  }

  it('with the right password, on a new network, is let in by a code from their mailbox', async () => {
    const { causeway, at, from } = await useSiege();
    const wrong = { ...ada, password: 'not the password' };
    for (let n = 0; n < 40; n++) {
      await causeway.client().post('/login', wrong, at(n));
      await causeway.client().post('/login/code', { email: ada.email }, at(n));
      await causeway.client().post('/reset', { email: 'Ada+x@example.org' }, at(n));
      await causeway.client().post('/signup', { ...ada, handle: `ada_${n}` }, at(n));
    }
    await mailTo(causeway, ada.email, CODE);
    const before = (await causeway.mails()).length;
    const owner = causeway.client();
    const asked = await owner.post('/login', { ...ada, redirectTo: '/settings' }, from);
    expect(asked.location).toBe('/login/code/enter?why=guesses');
    const page = await owner.get(asked.location ?? '', from);
    expect(page.$('.lead').text()).toMatch(
      /many attempts to log in.*just sent it to a…@example.org/,
    );
    const code = await inMail(causeway, ada.email, CODE);
    expect((await causeway.mails()).length).toBe(before + 1);
    const entered = await owner.post('/login/code/enter', { code }, from);
    expect([entered.status, entered.location]).toEqual([303, '/settings']);
    expect(await isIn(owner)).toBe(true);

    // Whoever does not know the password is asked the same, and no email is sent.
    const thief = causeway.client();
    const face = await thief.post('/login', wrong, at(1));
    expect([face.status, face.location]).toEqual([asked.status, asked.location]);
    await deliverMails(causeway.app);
    expect((await causeway.mails()).length).toBe(before + 1);
    expect((await thief.post('/login/code/enter', { code }, at(1))).status).toBe(422);
  });

  it('is not flooded by however many who know the password, and an old link still works', async () => {
    const { causeway, at } = await useSiege();
    const wrong = { ...ada, password: 'not the password' };
    for (let n = 0; n < 10; n++) await causeway.client().post('/login', wrong, at(n));
    for (let n = 0; n < 30; n++) await causeway.client().post('/login', ada, at(n));
    await deliverMails(causeway.app);
    expect(await causeway.mails()).toHaveLength(5);
    causeway.clock.advance(59 * MINUTE);
    const link = await inMail(causeway, ada.email, LINK);
    expect((await causeway.client().post(link)).status).toBe(303);
  });

  it('has a working link at any time while strangers use up the emails to their mailbox', async () => {
    const { causeway, at } = await useSiege();
    for (const [path, pattern] of [
      ['/login/code', LINK],
      ['/reset', /\/reset\/[\w-]+/],
    ] as const) {
      const start = (await causeway.mails()).length;
      for (let n = 0; n < 150; n++) {
        const email = n % 2 ? `ADA+${n}@example.org` : ada.email;
        await causeway.client().post(path, { email: n % 5 ? email : ada.email }, at(n));
      }
      await deliverMails(causeway.app);
      expect((await causeway.mails()).length - start).toBe(5);
      // An hour later one more leaves, whoever asks for it.
      causeway.clock.advance(HOUR);
      await causeway.client().post(path, { email: ada.email }, at(1));
      const stopped = await causeway.client().post(path, { email: ada.email }, at(2));
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers.get('Retry-After'))).toBeLessThanOrEqual(HOUR / SECOND);
      expect(stopped.text).toContain('Use the newest email');
      const link = await inMail(causeway, ada.email, pattern);
      expect((await causeway.client().get(link)).status).toBe(200);
    }
  });

  it('is let in with the second factor after a code by email, whoever guessed at it', async () => {
    const { causeway, at, from } = await useSiege();
    const { code } = await setUpApp(causeway, await loggedIn(causeway));
    for (let n = 0; n < 21; n++) {
      const thief = causeway.client();
      await thief.post('/login', ada, at(n));
      await thief.post('/login/second', { code: '000000' }, at(n));
      if (n % 8 === 7) causeway.clock.advance(15 * MINUTE);
    }
    causeway.clock.advance(15 * MINUTE);
    const owner = causeway.client();
    await owner.post('/login', ada, from);
    const stopped = await owner.post('/login/second', { code: code() }, from);
    expect(stopped.status).toBe(429);
    expect(stopped.$('.error-summary a').attr('href')).toBe('/login/code');
    await owner.post('/login/code', { email: ada.email }, from);
    const mailed = await inMail(causeway, ada.email, CODE);
    const step = await owner.post('/login/code/enter', { code: mailed }, from);
    expect(step.location).toBe('/login/second');
    expect((await owner.post('/login/second', { code: code() }, from)).status).toBe(303);
    expect(await isIn(owner)).toBe(true);
  });
});

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('a person logs in with an emailed code, sets up an app, and logs in with it', async () => {
    const causeway = await useCauseway();
    await makeAda(causeway);
    const browser = await launchBrowser();
    try {
      const page = await (await openContext(browser, { width: 390 })).newPage();
      await page.goto(`${causeway.url}/login`);
      await page.fill('#email', ada.email);
      await press(page, 'text=Email me a code');
      await page.fill('#code', await inMail(causeway, ada.email, CODE));
      await press(page, 'main button');
      await page.goto(`${causeway.url}/settings`);
      await page.click('text=Password and security');
      await page.click('text=Change the second factor');
      await page.click('text=Set up an authenticator app');
      const secret = (await page.textContent('main code'))?.replaceAll(' ', '') ?? '';
      const totp = new TOTP({ secret });
      await page.fill('#code', totp.generate({ timestamp: causeway.clock.now() }));
      await page.click('text=Turn it on');
      expect(await page.locator('.codes li').count()).toBe(10);
      await page.click('text=I have saved them');
      await page.click('.menu > summary');
      await page.click('.menu button');
      await page.click('.account >> text=Log in');
      await page.fill('#email', ada.email);
      await page.fill('#password', ada.password);
      await press(page, 'main button');
      causeway.clock.advance(30 * SECOND);
      await page.fill('#code', totp.generate({ timestamp: causeway.clock.now() }));
      await press(page, 'main button');
      expect(await page.textContent('.menu')).toContain('ada');

      await page.goto(`${causeway.url}/reset`);
      await page.fill('#email', ada.email);
      await press(page, 'main button');
      const reset = await inMail(causeway, ada.email, /\/reset\/[\w-]+/);
      await page.goto(causeway.url + reset);
      await page.fill('#password', 'quite another secret');
      await press(page, 'main button');
      expect(await page.textContent('main')).toContain('Your password was changed');
    } finally {
      await browser.close();
    }
  });
});
