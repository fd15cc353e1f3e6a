import { createServer } from 'node:net';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { MINUTE } from '~/platform/clock';
import { attempts, passkeys } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { addMember } from './support/community';
import { mailTo } from './support/mail';
import { press } from './support/windows';

const ada = { email: 'ada@example.org', handle: 'ada', password: 'a boat on the causeway' };

/** Returns a free port, because passkeys are bound to the site's URL. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** Adds a virtual authenticator with user verification to a browser. */
async function plugIn(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

describe.skipIf(!hasBrowser)('a passkey in a browser', () => {
  let causeway: TestCauseway;
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let context: BrowserContext;
  let page: Page;
  let origin: string;

  beforeAll(async () => {
    causeway = await startTestCauseway({ PORT: String(await freePort()) });
    origin = causeway.config.origin;
    await createUser(causeway.app, { ...ada, role: 'moderator' });
    browser = await launchBrowser();
    context = await openContext(browser, { javaScript: true, width: 390 });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await causeway?.close();
  });

  it('is added, logs in as both factors, stops at a counter that does not grow, and is removed', async () => {
    const { session, authenticatorId } = await plugIn(page);
    const violations: string[] = [];
    page.on('console', (line) => {
      if (/Content Security Policy/.test(line.text())) violations.push(line.text());
    });

    await page.goto(`${origin}/login`);
    await page.fill('#email', ada.email);
    await page.fill('#password', ada.password);
    await page.click('main button.primary');
    await page.goto(`${origin}/settings/passkeys`);
    await page.fill('#name', 'my phone');
    await page.click('text=Add a passkey >> nth=-1');
    expect(await page.textContent('main')).toContain('“my phone”');
    expect(await page.isVisible('text=Passkeys need JavaScript')).toBe(false);
    const token = async () =>
      (await context.cookies()).find(({ name }) => name === 'causeway_session')?.value;
    const before = await token();
    await page.click('text=Create the passkey now');
    await page.waitForURL('**/settings/security?done=passkey');
    expect(await token()).not.toBe(before);
    const [stored] = await causeway.app.db.reader.select().from(passkeys);
    expect(stored?.name).toBe('my phone');
    await mailTo(causeway, ada.email, /passkey was added/);

    // Long after the grace period, in a new session: the passkey counts as the second factor too.
    await page.click('.menu > summary');
    await press(page, '.menu button');
    causeway.clock.advance(8 * 24 * 60 * MINUTE);
    await page.goto(`${origin}/login?redirectTo=%2Fmod`);
    await page.click('text=Log in with a passkey');
    await page.click('text=Use your passkey now');
    await page.waitForURL(`${origin}/mod`);
    expect(await page.textContent('h1')).not.toContain('Second factor');
    const [used] = await causeway.app.db.reader.select().from(passkeys);
    expect(used?.usedAt).toBe(causeway.clock.now());
    expect(used?.counter).toBeGreaterThan(stored?.counter ?? 0);

    // A copy of the key would use a counter value that has been used before.
    await page.click('.menu > summary');
    await press(page, '.menu button');
    const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
    const [credential] = credentials;
    if (!credential) throw new Error('the authenticator holds no credential');
    const putBack = async (signCount: number) => {
      const { credentialId } = credential;
      await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
      await session.send('WebAuthn.addCredential', {
        authenticatorId,
        credential: { ...credential, signCount },
      });
    };
    await putBack(0);
    await page.goto(`${origin}/login`);
    await page.click('text=Log in with a passkey');
    await page.click('text=Use your passkey now');
    await page.waitForSelector('.error-summary');
    expect(await page.textContent('.error-summary')).toContain('could not accept this passkey');
    expect(await causeway.app.db.reader.select().from(attempts)).toEqual([]);

    // A challenge expires by the site's clock.
    await putBack(50);
    await page.goto(`${origin}/login`);
    await page.click('text=Log in with a passkey');
    causeway.clock.advance(15 * MINUTE);
    await page.click('text=Use your passkey now');
    await page.waitForSelector('.error-summary');

    // Renamed and removed by forms without scripts.
    const client = causeway.client();
    await client.post('/login', ada);
    const id = stored?.id ?? '';
    await client.post('/settings/passkeys', { action: 'rename', passkey: id, name: 'old phone' });
    expect((await client.get('/settings/passkeys')).$('.rows strong').text()).toBe('old phone');
    const wrong = { action: 'rename', passkey: id, name: 'x'.repeat(41) };
    expect((await client.post('/settings/passkeys', wrong)).status).toBe(400);
    const eve = await addMember(causeway, 'eve');
    await eve.client.post('/settings/passkeys', { action: 'remove', passkey: id });
    const theirs = { action: 'rename', passkey: id, name: 'mine' };
    expect((await eve.client.post('/settings/passkeys', theirs)).status).toBe(404);
    expect(await causeway.app.db.reader.select().from(passkeys)).toHaveLength(1);
    await client.post('/settings/passkeys', { action: 'remove', passkey: id });
    expect(await causeway.app.db.reader.select().from(passkeys)).toEqual([]);
    expect(violations).toEqual([]);
  });
});

describe('a passkey over HTTP', () => {
  it('has pages that explain the requirements, with a script on those only', async () => {
    const causeway = await useCauseway();
    await createUser(causeway.app, { ...ada, role: 'member' });
    const client = causeway.client();
    const login = await client.get('/login');
    expect(login.$('script').length).toBe(0);
    expect(login.headers.get('Content-Security-Policy')).not.toContain('script-src');
    const begun = await client.post('/login/passkey', { action: 'begin', redirectTo: '/threads' });
    expect([begun.status, begun.location]).toEqual([303, '/login/passkey']);
    const page = await client.get('/login/passkey');
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    expect(page.headers.get('Content-Security-Policy')).not.toContain('unsafe');
    expect(page.$('p[data-without-script]').attr('hidden')).toBeUndefined();
    expect(page.$('[data-with-script]').attr('hidden')).toBeDefined();
    const script = await fetch(causeway.url + page.$('script').attr('src'), {
      headers: { 'Accept-Encoding': 'br' },
    });
    expect(script.status).toBe(200);
    expect(script.headers.get('Cache-Control')).toContain('immutable');
    expect(Number(script.headers.get('Content-Length'))).toBeLessThan(6 * 1024);
  });

  it('refuses a response without a valid signature, and uses up the challenge', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    for (const response of ['', '{', '[]', '{"id":"x","response":{}}']) {
      await client.post('/login/passkey', { action: 'begin' });
      const answer = await client.post('/login/passkey', { action: 'finish', response });
      expect(answer.status, response).toBe(422);
      expect(answer.$('.error-summary').text()).toContain('could not accept this passkey');
      expect(answer.$('form[data-passkey]').length).toBe(0);
    }
    expect(await causeway.app.db.reader.select().from(attempts)).toEqual([]);
    expect((await client.post('/login/passkey', { action: 'other' })).status).toBe(400);
    expect((await client.post('/settings/passkeys', { action: 'begin' })).location).toContain(
      '/login?',
    );
  });

  it('allows thirty attempts from one network', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    for (let n = 0; n < 30; n++) {
      expect((await client.post('/login/passkey', { action: 'begin' })).status).toBe(303);
    }
    const stopped = await client.post('/login/passkey', { action: 'begin' });
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
  });

  it('cannot be added to an account with an unconfirmed address', async () => {
    const causeway = await useCauseway();
    const stranger = causeway.client();
    await stranger.post('/signup', ada);
    await stranger.post('/login', ada);
    for (const path of ['/settings/passkeys', '/settings/second-factor']) {
      expect((await stranger.get(path)).location, path).toBe('/confirm');
      expect((await stranger.post(path, { action: 'begin', name: 'x' })).location).toBe('/confirm');
    }
  });
});
