import { globSync, readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { requestAddress } from '~/domain/accounts/auth/change-address';
import { rememberDevice } from '~/domain/accounts/auth/known-devices';
import { beginAttempt } from '~/domain/accounts/auth/login-attempts';
import { requestCode } from '~/domain/accounts/auth/mail-code';
import { issueToken } from '~/domain/accounts/auth/mail-tokens';
import { openSession } from '~/domain/accounts/auth/sessions';
import { issueSetupToken } from '~/domain/accounts/auth/setup-link';
import { invite } from '~/domain/administration/invitations';
import { objectionToken } from '~/domain/digests/objection-token';
import { leaveUrl } from '~/domain/notifications/leave-token';
import { keepForm, keepWaiting } from '~/domain/publishing/pending-submissions';
import { subscriptionToken } from '~/domain/subscriptions/tokens';
import { translator } from '~/platform/i18n/translator';
import { newId } from '~/platform/ids';
import { mailIdIn, messageId } from '~/platform/mail/message-id';
import { addressHash } from '~/platform/mail/suppression';
import { linkSecret } from '~/platform/secrets/link-secret';
import { TABLE } from '~/routes';
import { mails, subscriptionScopes, subscriptions, users } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember } from './support/community';
import { allRows } from './support/stored';

const DECISION = readFileSync('docs/decisions/0052-capabilities-refusals-and-limits.md', 'utf8');

/** The functions that make or sign what cannot be guessed. */
const MAKERS =
  /\b(?:newToken|signToken|createHmac|randomBytes|randomInt|randomUUID|getRandomValues)\(/;

describe('the list of what opens something', () => {
  const inCode = globSync('app/**/*.{ts,tsx}').filter(
    (file) => !file.includes('.test.') && MAKERS.test(readFileSync(file, 'utf8')),
  );

  it('names every file that makes a secret, and no other', () => {
    const named = [...DECISION.matchAll(/`(app\/[\w./-]+\.tsx?)`/g)].map(([, file]) => file);
    for (const file of inCode) expect(named, file).toContain(file);
    const [, table = ''] = DECISION.split('| made in |');
    for (const [, file = ''] of table.split('\n\n')[0]?.matchAll(/`(app\/[\w./-]+)`/g) ?? []) {
      expect(inCode, file).toContain(file);
    }
  });

  it('names every route with a token, and each is tried below', () => {
    const routes = TABLE.map(([pattern]) => pattern).filter((pattern) =>
      pattern.includes(':token'),
    );
    for (const route of routes) expect(DECISION).toContain(`\`${route}\``);
    expect(Object.keys(ROUTES).sort()).toEqual([...routes].sort());
  });

  it('is not made by chance that can be computed', () => {
    for (const file of globSync('app/**/*.{ts,tsx}')) {
      expect(readFileSync(file, 'utf8'), file).not.toContain('Math.random');
    }
  });
});

/** Issues a token for a member with the number `n`, at a moment that does not pass. */
type Issue = (causeway: TestCauseway, userId: string, n: number) => Promise<string>;

const mailToken =
  (purpose: 'confirm' | 'reset' | 'login'): Issue =>
  ({ app }, userId) =>
    app.db.write((tx) => issueToken(tx, app.clock, purpose, { userId }));

const addressToken =
  (path: string): Issue =>
  async ({ app }, userId, n) => {
    const email = `new${n}@example.org`;
    await requestAddress(app, userId, { email, language: 'en', address: `192.0.2.${n}` });
    const rows = await app.db.reader.select().from(mails);
    const found = rows.flatMap(({ text }) => new RegExp(`${path}/([\\w-]+)`).exec(text)?.[1] ?? []);
    return found.at(-1) ?? '';
  };

const subscription: Issue = async ({ app }, _userId, n) => {
  const id = newId(app.clock.now());
  const email = `reader${n}@example.org`;
  const row = { id, email, emailKey: email, language: 'en', frequency: 'weekly' as const };
  await app.db.write(async (tx) => {
    const createdAt = app.clock.now();
    await tx.insert(subscriptions).values({ ...row, state: 'active', createdAt });
    await tx.insert(subscriptionScopes).values({ subscriptionId: id, scope: 'world' });
  });
  return subscriptionToken(await linkSecret(app), id);
};

const leaving: Issue = async ({ app }, _userId, n) => {
  const url = leaveUrl('', await linkSecret(app), addressHash(`ada${n}@example.org`));
  return url.split('/').at(-1) ?? '';
};

const quoting: Issue = async ({ app }, _userId, n) =>
  objectionToken(await linkSecret(app), newId(app.clock.now() + n));

const waiting: Issue = ({ app }, _userId, n) =>
  keepWaiting(app, {
    place: 'new',
    fields: { title: ['A title'], body: [`Text ${n}`] },
    language: 'en',
    address: `192.0.2.${n}`,
  });

const keptForm: Issue = ({ app }, _userId, n) =>
  keepForm(
    app,
    { action: '/threads/new', fields: [['title', `Text ${n}`]] },
    { language: 'en', address: `192.0.2.${n}` },
  );

const invitation: Issue = async ({ app }, userId) => {
  await app.db.write((tx) =>
    tx.update(users).set({ role: 'administrator' }).where(eq(users.id, userId)),
  );
  const given = { role: 'member' as const, uses: 1, days: 1, email: null };
  return invite(app, translator('en'), userId, given);
};

const setup: Issue = async ({ app }) => (await issueSetupToken(app)) ?? '';

/** Routes that need a login besides the token. */
const FOR_MEMBERS = ['/kept/:token'];

const ROUTES: Partial<Record<(typeof TABLE)[number][0], Issue>> = {
  '/confirm/:token': mailToken('confirm'),
  '/reset/:token': mailToken('reset'),
  '/login/link/:token': mailToken('login'),
  '/address/confirm/:token': addressToken('/address/confirm'),
  '/address/undo/:token': addressToken('/address/undo'),
  '/subscriptions/:token': subscription,
  '/subscriptions/:token/unsubscribe': subscription,
  '/quotes/:token': quoting,
  '/mail/:token': leaving,
  '/mail/:token/unsubscribe': leaving,
  '/join/:token': waiting,
  '/kept/:token': keptForm,
  '/invitations/:token': invitation,
  '/setup/:token': setup,
};

/** What a reader could make of their own token, and of the public part of a neighbour's. */
function neighbours(own: string, other: string): string[] {
  const cut = own.lastIndexOf('.');
  const step = (text: string, at: number, by: number) =>
    text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + by) + text.slice(at + 1);
  const tried = [step(own, own.length - 1, 1), step(own, 0, 1), own.slice(0, -1), `${own}A`];
  if (cut < 0) return tried;
  const [text, signature] = [own.slice(0, cut), own.slice(cut + 1)];
  const theirs = other.slice(0, other.lastIndexOf('.'));
  return [
    ...tried,
    ...[step(text, cut - 1, 1), step(text, cut - 1, -1)].map((id) => `${id}.${signature}`),
    ...[theirs, `${theirs}.`, `${theirs}.${signature}`],
  ];
}

/** At least 120 bits that differ at every place: what is left without the public part. */
function expectChance(tokens: string[]): void {
  const secrets = tokens.map((token) => token.slice(token.lastIndexOf('.') + 1));
  expect(new Set(secrets).size).toBe(tokens.length);
  for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(27);
  for (let at = 0; at < 20; at += 1) {
    expect(new Set(secrets.map((secret) => secret[at])).size).toBeGreaterThan(tokens.length / 4);
  }
}

describe.each(Object.entries(ROUTES))('%s', (route, issue) => {
  it('opens to its own token, to no neighbour of it, cannot be computed, and a GET changes nothing', async () => {
    const causeway = await useCauseway();
    const people: string[] = [];
    const member = await addMember(causeway, 'member');
    for (let n = 0; n < 24; n += 1) {
      const { id } = await addMember(causeway, `person${n}`);
      people.push(id);
    }
    const tokens: string[] = [];
    for (const [n, id] of people.entries()) tokens.push(await issue(causeway, id, n + 1));
    expectChance(tokens);
    // A new link to set up the site replaces the former one.
    const own = tokens.at(-1) ?? '';
    const other = tokens[0] ?? '';
    const client = FOR_MEMBERS.includes(route) ? member.client : causeway.client();
    const get = async (token: string) =>
      (await client.get(route.replace(':token', encodeURIComponent(token)))).status;
    const before = await allRows(causeway);
    expect(await get(own)).toBeLessThan(400);
    await fetch(causeway.url + route.replace(':token', encodeURIComponent(own)), {
      method: 'HEAD',
    });
    // Email programs and the servers before them open links to look at them.
    expect(await allRows(causeway)).toBe(before);
    for (const token of neighbours(own, other)) expect(await get(token), token).toBe(404);
  });
});

describe('what opens something elsewhere', () => {
  it.each<[string, Issue]>([
    ['a session', ({ app }, userId) => app.db.write((tx) => openSession(tx, app.clock, userId))],
    [
      'a login step',
      ({ app }, userId) =>
        app.db.write((tx) => beginAttempt(tx, app.clock, 'second-factor', { userId })),
    ],
    [
      'a login step of a form',
      ({ app }, _userId, n) =>
        requestCode(app, {
          email: `person${n}@example.org`,
          key: '6a1c39c2-0b0e-4a55-9d0e-6f5b1c1a7a51',
          language: 'en',
          redirectTo: null,
          device: null,
          address: `192.0.2.${n}`,
        }),
    ],
    [
      'a known browser',
      ({ app }, id) => rememberDevice(app, { id, passwordHash: 'the same for all' }),
    ],
    [
      'a Message-ID',
      async ({ app }) => {
        const id = messageId(await linkSecret(app), app.config.origin, newId(app.clock.now()));
        return id.split('@')[0] ?? '';
      },
    ],
  ])('%s cannot be computed', async (_name, issue) => {
    const causeway = await useCauseway();
    const { id } = await addMember(causeway, 'ada');
    const tokens: string[] = [];
    for (let n = 1; n <= 24; n += 1) tokens.push(await issue(causeway, id, n));
    expectChance(tokens);
  });

  it('a Message-ID is ours only with its own signature and host', async () => {
    const { app } = await useCauseway();
    const secret = await linkSecret(app);
    const { origin } = app.config;
    const [id, next] = [newId(app.clock.now()), newId(app.clock.now())];
    const own = messageId(secret, origin, id);
    expect(mailIdIn(secret, origin, `In-Reply-To: ${own}`)).toBe(id);
    const bare = own.replace(/^<|@.*$/g, '');
    const theirs = `${next}.${'A'.repeat(43)}`;
    for (const token of neighbours(bare, theirs)) {
      expect(mailIdIn(secret, origin, own.replace(bare, token)), token).toBeNull();
    }
    expect(mailIdIn(secret, origin, own.replace(/@.*/, '@elsewhere.example>'))).toBeNull();
    expect(mailIdIn(Buffer.alloc(32), origin, own)).toBeNull();
  });
});
