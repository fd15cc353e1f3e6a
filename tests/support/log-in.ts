import { TOTP } from 'otpauth';
import { expect } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import type { TestCauseway } from './causeway';
import type { Client } from './client';

/** The code in an email. */
export const CODE = /^(\d{4} \d{4})$/m;

/** A person who logs in, and what they log in with. */
export const ada = { email: 'ada@example.org', handle: 'ada', password: 'a boat on the causeway' };

/** Creates her confirmed account. */
export function makeAda({ app }: TestCauseway, role: 'member' | 'moderator' = 'member') {
  return createUser(app, { ...ada, role });
}

/** True if the client is logged in. */
export async function isIn(client: Client): Promise<boolean> {
  return (await client.get('/notifications')).status === 200;
}

/** Returns a new client, logged in with her password. */
export async function loggedIn(causeway: TestCauseway): Promise<Client> {
  const client = causeway.client();
  expect((await client.post('/login', ada)).status).toBe(303);
  return client;
}

/**
 * Sets up an authenticator app in the settings; returns a function for its codes by the test's
 * clock.
 */
export async function setUpApp(causeway: TestCauseway, client: Client) {
  await client.post('/settings/second-factor', { action: 'begin' });
  const page = await client.get('/settings/second-factor');
  const secret = page.$('code').text().replaceAll(' ', '');
  const totp = new TOTP({ secret });
  const code = () => totp.generate({ timestamp: causeway.clock.now() });
  const done = await client.post('/settings/second-factor', { action: 'confirm', code: code() });
  expect(done.location).toBe('/settings/second-factor/codes');
  const shown = await client.get('/settings/second-factor/codes');
  const recovery = shown
    .$('.codes code')
    .map((_, element) => shown.$(element).text())
    .get();
  return { code, recovery, page };
}
