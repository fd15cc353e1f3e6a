import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, getTableName, is, sql, Table } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENDED_SINCE } from '~/domain/ops/ended-since';
import { followUp, readFormer } from '~/domain/ops/restore';
import { RULES } from '~db/cache-tags';
import type { Database, Db } from '~db/client';
import { openDatabase } from '~db/client';
import { DIALECT, runStatement } from '~db/dialect';
import * as schema from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';
import { copyDatabase, createDatabase, rowsOf, type TestDatabase } from './support/database';

/*
 * What people ended since a backup was made stays ended when it is restored: a test for each kind, on
 * both databases.
 */

const MIGRATIONS = `db/migrations/${DIALECT}`;

let causeway: TestCauseway;
let folder: string;
/** What was made for a site, and is dropped after it. */
const made: TestDatabase[] = [];
beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
});
afterAll(() => causeway?.close());

/** A site that nothing has open unless a test opens it. */
interface Site {
  database: TestDatabase;
  ada: Member;
  thread: { id: string; path: string };
  postId: string;
}

/** Opens a database for the length of `work`. */
async function within<T>({ url }: TestDatabase, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, MIGRATIONS);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function keep(database: TestDatabase): TestDatabase {
  made.push(database);
  return database;
}

async function dropSite(): Promise<void> {
  for (const database of made.splice(0)) await database.drop();
  rmSync(folder, { recursive: true, force: true });
}

/** Makes a site, which the caller drops. */
async function makeSite(): Promise<Site> {
  folder = mkdtempSync(join(tmpdir(), 'causeway-restore-'));
  const database = keep(await createDatabase(folder));
  return within(database, async (db) => {
    const site = { ...causeway, app: { ...causeway.app, db } };
    const ada = await addMember(site, 'ada', { country: 'NG', passwordHash: 'old' });
    const thread = await addThread(site, ada, 'A thread');
    const postId = await addPost(site, ada, thread.id, 'zqbefore words', {
      country: 'NG',
      region: '011',
      barriers: ['cost', 'language'],
    });
    return { database, ada, thread, postId };
  });
}

const change = (database: TestDatabase, work: (tx: Db) => Promise<unknown>) =>
  within(database, (db) => db.write(async (tx) => void (await work(tx))));

/**
 * Lets `since` happen in a copy of the site, which is the backup, and restores the backup beside the
 * copy.
 */
async function restored(
  { database: backup }: Site,
  since: (tx: Db) => Promise<unknown>,
  options: { onlyDeletions?: boolean } = {},
): Promise<{ what: string[]; all(query: string): Promise<unknown[]> }> {
  const former = keep(await copyDatabase(backup));
  await change(former, since);
  const found = await readFormer({ url: backup.url, former: former.url }, options);
  await within(backup, (db) => followUp({ ...causeway.app, db }, found));
  return {
    what: found.carried?.counts.map(({ what }) => what) ?? [],
    all: (query) => within(backup, (db) => rowsOf(db.reader, query)),
  };
}

const NOW = Date.parse('2026-11-02T09:00:00Z');
const row = { createdAt: NOW };
const { users, posts, sessions } = schema;

type Kind = [
  kind: string,
  /** What is there when the backup is made. */
  before: (tx: Db, site: Site) => Promise<unknown>,
  /** What ends it. */
  end: (tx: Db, site: Site) => Promise<unknown>,
  /** A query for what must be the same as in the former database. */
  query: string,
  expected: unknown[],
];

const nothing = async () => undefined;
const subscription = {
  ...{ id: 's', email: 'x@example.org', emailKey: 'x@example.org', language: 'en' },
  ...{ frequency: 'weekly' as const, state: 'active' as const, ...row },
};
const digest = {
  ...{ id: 'd', scope: 'NG', period: '2026-10', periodStart: 0, periodEnd: 1, version: 1 },
  ...{ state: 'published' as const, content: {}, contentHash: '', builtAt: NOW, publishedAt: NOW },
};
const mail = {
  ...{ id: 'm', to: 'x@example.org', subject: 's', text: 't', headers: {}, notBefore: NOW },
  ...row,
};

const passkey = {
  ...{ name: 'n', publicKey: 'k', counter: 1, transports: [], synced: false },
  ...row,
};
const addressChange = {
  ...{ id: 'c', undoId: 'u', oldEmail: 'o', oldKey: 'o', expiresAt: NOW, undoUntil: NOW },
  ...row,
};
const waiting = { id: 'w', place: 'new', fields: { body: ['b'] }, language: 'en', ...row };

const refusal = { mailId: 'one', cause: 'no-such-user', domain: 'x.org', reply: '550', ...row };

/** How often search finds a word. */
const found = (word: string) =>
  `(select count(*) from search_text where ${
    DIALECT === 'sqlite' ? `search_text match '${word}'` : `words @@ '${word}'::tsquery`
  })`;

const invitation = (createdById: string) => ({
  ...{ tokenHash: 'i', role: 'moderator' as const, maxUses: 1, createdById },
  ...{ createdAt: 1, expiresAt: 2 },
});

const KINDS: Kind[] = [
  [
    'a session',
    nothing,
    (tx) => tx.delete(sessions),
    'select count(*) as n from sessions',
    [{ n: 0 }],
  ],
  [
    'a password',
    nothing,
    (tx) => tx.update(users).set({ passwordHash: 'new' }),
    'select password_hash as p from users',
    [{ p: 'new' }],
  ],
  [
    'an address, also exchanged with somebody',
    (tx) =>
      tx.insert(users).values({
        ...{ id: 'bo', handle: 'bo', handleKey: 'bo', email: 'bo@example.org' },
        ...{ emailKey: 'bo@example.org', createdAt: NOW, confirmedAt: NOW },
      }),
    async (tx) => {
      await tx.update(users).set({ emailKey: null });
      await tx.update(users).set({ emailKey: 'bo@example.org' }).where(eq(users.handle, 'ada'));
      await tx.update(users).set({ emailKey: 'ada@example.org' }).where(eq(users.handle, 'bo'));
    },
    'select handle, email_key as e from users order by handle',
    [
      { handle: 'ada', e: 'bo@example.org' },
      { handle: 'bo', e: 'ada@example.org' },
    ],
  ],
  [
    'a role, and what a profile told',
    (tx) => tx.update(users).set({ role: 'moderator' }),
    (tx) => tx.update(users).set({ role: 'member', country: null }),
    'select role, country from users',
    [{ role: 'member', country: null }],
  ],
  [
    'a role that was given is not',
    nothing,
    (tx) => tx.update(users).set({ role: 'administrator' }),
    'select role from users',
    [{ role: 'member' }],
  ],
  [
    'a role that was lowered',
    (tx) => tx.update(users).set({ role: 'administrator' }),
    (tx) => tx.update(users).set({ role: 'moderator' }),
    'select role from users',
    [{ role: 'moderator' }],
  ],
  [
    'a sign-up that ran out',
    (tx) =>
      tx.insert(users).values({
        ...{ id: 'bo', handle: 'bo', handleKey: 'bo', email: 'bo@example.org', createdAt: NOW },
      }),
    (tx) => tx.delete(users).where(eq(users.id, 'bo')),
    'select count(*) as n from users',
    [{ n: 1 }],
  ],
  [
    'a link by email',
    (tx, { ada }) =>
      tx.insert(schema.mailTokens).values([
        { id: 'gone', userId: ada.id, purpose: 'login', expiresAt: NOW, ...row },
        { id: 'used', userId: ada.id, purpose: 'login', expiresAt: NOW, ...row },
      ]),
    async (tx) => {
      await tx.delete(schema.mailTokens).where(eq(schema.mailTokens.id, 'gone'));
      await tx.update(schema.mailTokens).set({ usedAt: 7 });
    },
    'select id, used_at as u from mail_tokens',
    [{ id: 'used', u: 7 }],
  ],
  [
    'a log-in begun',
    (tx) => tx.insert(schema.attempts).values({ id: 'a', purpose: 'code', expiresAt: NOW, ...row }),
    (tx) => tx.delete(schema.attempts),
    'select count(*) as n from attempts',
    [{ n: 0 }],
  ],
  [
    'an authenticator app and its codes',
    async (tx, { ada }) => {
      await tx.insert(schema.authenticators).values({ userId: ada.id, secret: 'old', ...row });
      await tx.insert(schema.recoveryCodes).values({ id: 'old', userId: ada.id, ...row });
    },
    async (tx, { ada }) => {
      await tx.update(schema.authenticators).set({ secret: 'new', lastStep: 9 });
      await tx.delete(schema.recoveryCodes);
      await tx.insert(schema.recoveryCodes).values({ id: 'new', userId: ada.id, ...row });
    },
    'select secret, last_step as s, c.id from authenticators join recovery_codes c using (user_id)',
    [{ secret: 'new', s: 9, id: 'new' }],
  ],
  [
    'an authenticator app that was removed',
    (tx, { ada }) =>
      tx.insert(schema.authenticators).values({ userId: ada.id, secret: 'old', ...row }),
    (tx) => tx.delete(schema.authenticators),
    'select count(*) as n from authenticators',
    [{ n: 0 }],
  ],
  [
    'a recovery code that was used',
    (tx, { ada }) => tx.insert(schema.recoveryCodes).values({ id: 'c', userId: ada.id, ...row }),
    (tx) => tx.update(schema.recoveryCodes).set({ usedAt: 7 }),
    'select used_at as u from recovery_codes',
    [{ u: 7 }],
  ],
  [
    'logging in without a second factor',
    nothing,
    (tx, { ada }) =>
      tx.insert(schema.authenticators).values({ userId: ada.id, secret: 'new', ...row }),
    'select secret from authenticators',
    [{ secret: 'new' }],
  ],
  [
    'a passkey',
    (tx, { ada }) => tx.insert(schema.passkeys).values({ ...passkey, id: 'p', userId: ada.id }),
    (tx) => tx.delete(schema.passkeys),
    'select count(*) as n from passkeys',
    [{ n: 0 }],
  ],
  [
    'a passkey that was used, and one that was set up',
    (tx, { ada }) => tx.insert(schema.passkeys).values({ ...passkey, id: 'p', userId: ada.id }),
    async (tx, { ada }) => {
      await tx.update(schema.passkeys).set({ counter: 5 });
      await tx.insert(schema.passkeys).values({ ...passkey, id: 'q', userId: ada.id });
    },
    'select id, counter as c from passkeys order by id',
    [
      { id: 'p', c: 5 },
      { id: 'q', c: 1 },
    ],
  ],
  [
    'a change of address that was undone',
    (tx, { ada }) => tx.insert(schema.addressChanges).values({ ...addressChange, userId: ada.id }),
    (tx) => tx.update(schema.addressChanges).set({ undoneAt: 5 }),
    'select undone_at as u from address_changes',
    [{ u: 5 }],
  ],
  [
    'a change of address that ran out, and one that was begun',
    (tx, { ada }) => tx.insert(schema.addressChanges).values({ ...addressChange, userId: ada.id }),
    async (tx, { ada }) => {
      await tx.delete(schema.addressChanges);
      const begun = { ...addressChange, id: 'begun', userId: ada.id };
      await tx.insert(schema.addressChanges).values(begun);
    },
    'select id from address_changes',
    [{ id: 'begun' }],
  ],
  [
    'a post that its author deleted',
    nothing,
    (tx, { postId }) =>
      tx
        .update(posts)
        .set({ state: 'deleted', deletedAt: 5, deletedFrom: 'visible' })
        .where(eq(posts.id, postId)),
    "select state, deleted_at as d from posts where body = 'zqbefore words'",
    [{ state: 'deleted', d: 5 }],
  ],
  [
    'words that were edited away, with kinds, pillars and a place',
    (tx, { postId }) => tx.insert(schema.postPillars).values({ postId, pillar: 'policy' }),
    async (tx, { postId }) => {
      const words = { body: 'zqafter', html: '<p>zqafter</p>', excerpt: 'zqafter', revision: 2 };
      await tx
        .update(posts)
        .set({ ...words, country: null })
        .where(eq(posts.id, postId));
      await tx.delete(schema.postBarriers).where(eq(schema.postBarriers.kind, 'cost'));
      await tx.delete(schema.postPillars);
    },
    `select p.html, p.country, k.kind, ${found('zqafter')} as found, ${found('zqbefore')} as old,
       (select count(*) from post_pillars) as pillars
       from posts p join post_barriers k on k.post_id = p.id`,
    [{ html: '<p>zqafter</p>', country: null, kind: 'language', found: 1, old: 0, pillars: 0 }],
  ],
  [
    'a post that moderators hid',
    nothing,
    (tx, { postId }) => tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, postId)),
    "select state from posts where body = 'zqbefore words'",
    [{ state: 'hidden' }],
  ],
  [
    'a post that moderators hold is in the queue again',
    nothing,
    (tx, { postId }) => tx.update(posts).set({ state: 'held' }).where(eq(posts.id, postId)),
    'select p.state, c.closed_at as c from posts p join cases c on c.post_id = p.id',
    [{ state: 'held', c: null }],
  ],
  [
    'a thread that moderators hid',
    nothing,
    (tx) => tx.update(schema.threads).set({ state: 'hidden' }),
    'select state from threads',
    [{ state: 'hidden' }],
  ],
  [
    'a conversation that was closed',
    (tx) =>
      tx.insert(schema.conversations).values({
        ...{ id: 'c', slug: 'c', sourceKey: 'c', title: 'c', language: 'en', state: 'open' },
        ...{ summaryPoints: [], pillars: [], glossary: [], createdAt: 0 },
      }),
    (tx) => tx.update(schema.conversations).set({ state: 'closed', closedAt: 5 }),
    'select state from conversations where closed_at = 5',
    [{ state: 'closed' }],
  ],
  [
    'a thread that moderators locked',
    nothing,
    (tx) => tx.update(schema.threads).set({ state: 'locked' }),
    'select state from threads',
    [{ state: 'locked' }],
  ],
  [
    'former versions that were purged or hidden',
    (tx, { ada, postId }) =>
      tx.insert(schema.postRevisions).values(
        [1, 2].map((number) => ({
          ...{ postId, number, body: 'b', html: 'h', editorId: ada.id, ...row },
        })),
      ),
    async (tx, { ada }) => {
      await tx.delete(schema.postRevisions).where(eq(schema.postRevisions.number, 1));
      await tx.update(schema.postRevisions).set({ hiddenAt: 5, hiddenBy: ada.id });
    },
    'select number, hidden_at as h from post_revisions',
    [{ number: 2, h: 5 }],
  ],
  [
    'translations of posts that were erased or removed',
    (tx, { ada, postId }) =>
      tx.insert(schema.postTranslations).values(
        ['t1', 't2'].map((id) => ({
          ...{ id, postId, revision: 1, language: 'fr', body: 'b', html: 'h', personId: ada.id },
          ...row,
        })),
      ),
    async (tx, { ada }) => {
      await tx.delete(schema.postTranslations).where(eq(schema.postTranslations.id, 't1'));
      await tx.update(schema.postTranslations).set({ removedAt: 5, removedById: ada.id });
    },
    'select id, removed_at as r from post_translations',
    [{ id: 't2', r: 5 }],
  ],
  [
    'what was kept of a purged post',
    async (tx, { postId }) => {
      await tx.insert(schema.textPrints).values({ postId, print: 'p', ...row });
      await tx
        .insert(schema.signals)
        .values({ id: 's', postId, kind: 'pattern', effect: 'none', ...row });
    },
    async (tx) => {
      await tx.delete(schema.textPrints);
      await tx.delete(schema.signals);
    },
    'select (select count(*) from text_prints) + (select count(*) from signals) as n',
    [{ n: 0 }],
  ],
  [
    '"I face this too"',
    (tx, { ada, postId }) => tx.insert(schema.meToos).values({ postId, userId: ada.id, ...row }),
    (tx) => tx.delete(schema.meToos),
    'select count(*) as n from me_toos',
    [{ n: 0 }],
  ],
  [
    'what people and moderators said of key points',
    async (tx, { ada, postId }) => {
      const point = { keyPointId: 'k' };
      await tx.insert(schema.keyPoints).values({ id: 'k', kind: 'cost', region: '011', ...row });
      await tx.insert(schema.keyPointPosts).values({ ...point, postId, saidBy: 'author', ...row });
      await tx
        .insert(schema.keyPointStances)
        .values({ ...point, userId: ada.id, stance: 'me-too', ...row });
      await tx
        .insert(schema.keyPointTexts)
        .values({ ...point, language: 'en', title: 't', sentence: 's', proposedBy: 'person' });
      await tx.insert(schema.sameBarrierProposals).values({ postId, otherId: postId, ...row });
    },
    async (tx) => {
      await tx.update(schema.keyPointStances).set({ stance: 'no-longer' });
      await tx.delete(schema.keyPointPosts);
      await tx.delete(schema.keyPointTexts);
      await tx.delete(schema.sameBarrierProposals);
    },
    `select stance, (select count(*) from key_point_posts) + (select count(*) from key_point_texts)
         + (select count(*) from same_barrier_proposals) as n
       from key_point_stances`,
    [{ stance: 'no-longer', n: 0 }],
  ],
  [
    'a stance on a key point',
    async (tx, { ada }) => {
      await tx.insert(schema.keyPoints).values({ id: 'k', kind: 'cost', region: '011', ...row });
      await tx
        .insert(schema.keyPointStances)
        .values({ keyPointId: 'k', userId: ada.id, stance: 'me-too', ...row });
    },
    (tx) => tx.delete(schema.keyPointStances),
    'select count(*) as n from key_point_stances',
    [{ n: 0 }],
  ],
  [
    'refused emails of an address, and whose it was',
    (tx) => tx.insert(schema.mailRefusals).values({ ...refusal, addressHash: 'h' }),
    async (tx) => {
      await tx.update(schema.mailRefusals).set({ addressHash: null });
      await tx.insert(schema.mailRefusals).values({ ...refusal, mailId: 'two', addressHash: 'i' });
    },
    'select address_hash as h from mail_refusals order by mail_id',
    [{ h: null }, { h: 'i' }],
  ],
  [
    'drafts and posts without an account',
    async (tx, { ada }) => {
      const fields = { body: ['b'] };
      await tx
        .insert(schema.drafts)
        .values({ userId: ada.id, place: 'new', fields, earlier: [], savedAt: NOW });
      await tx.insert(schema.waitingPosts).values(waiting);
    },
    async (tx) => {
      await tx.delete(schema.drafts);
      await tx.delete(schema.waitingPosts);
    },
    'select (select count(*) from drafts) + (select count(*) from waiting_posts) as n',
    [{ n: 0 }],
  ],
  [
    'a post without an account whose writer gave an address',
    (tx) => tx.insert(schema.waitingPosts).values(waiting),
    (tx) => tx.update(schema.waitingPosts).set({ takenAt: 7 }),
    'select taken_at as t from waiting_posts',
    [{ t: 7 }],
  ],
  [
    'bookmarks, follows and watched threads',
    async (tx, { ada, postId, thread }) => {
      const mine = { userId: ada.id, ...row };
      await tx.insert(schema.bookmarks).values({ ...mine, postId });
      await tx.insert(schema.follows).values({ ...mine, kind: 'region', code: '011' });
      await tx
        .insert(schema.threadWatches)
        .values({ ...mine, threadId: thread.id, state: 'watching' });
    },
    async (tx) => {
      await tx.delete(schema.bookmarks);
      await tx.delete(schema.follows);
      await tx.update(schema.threadWatches).set({ state: 'muted' });
    },
    'select state, (select count(*) from bookmarks) + (select count(*) from follows) as n from thread_watches',
    [{ state: 'muted', n: 0 }],
  ],
  [
    'a thread that is watched no more',
    (tx, { ada, thread }) =>
      tx
        .insert(schema.threadWatches)
        .values({ userId: ada.id, threadId: thread.id, state: 'watching', ...row }),
    (tx) => tx.delete(schema.threadWatches),
    'select count(*) as n from thread_watches',
    [{ n: 0 }],
  ],
  [
    'a thread that was muted',
    nothing,
    (tx, { ada, thread }) =>
      tx
        .insert(schema.threadWatches)
        .values({ userId: ada.id, threadId: thread.id, state: 'muted', ...row }),
    'select state from thread_watches',
    [{ state: 'muted' }],
  ],
  [
    'notifications by email',
    nothing,
    (tx, { ada }) => tx.insert(schema.readingChoices).values({ userId: ada.id, mail: 'none' }),
    'select mail from reading_choices',
    [{ mail: 'none' }],
  ],
  [
    'other notifications by email than before',
    (tx, { ada }) => tx.insert(schema.readingChoices).values({ userId: ada.id, mail: 'now' }),
    (tx) => tx.update(schema.readingChoices).set({ mail: 'none' }),
    'select mail from reading_choices',
    [{ mail: 'none' }],
  ],
  [
    'notifications that were deleted, or emailed already',
    (tx, { ada }) =>
      tx.insert(schema.notifications).values([
        { id: 'gone', userId: ada.id, kind: 'reply', ...row },
        { id: 'told', userId: ada.id, kind: 'reply', ...row },
      ]),
    async (tx) => {
      await tx.delete(schema.notifications).where(eq(schema.notifications.id, 'gone'));
      await tx.update(schema.notifications).set({ mailId: 'm', readAt: 5 });
    },
    'select id, mail_id as m, read_at as r from notifications',
    [{ id: 'told', m: 'm', r: 5 }],
  ],
  [
    'a subscription',
    (tx) => tx.insert(schema.subscriptions).values(subscription),
    (tx) =>
      tx
        .update(schema.subscriptions)
        .set({ state: 'left', email: null, emailKey: null, leftAt: 5 }),
    'select state, email, email_key as k, left_at as l from subscriptions',
    [{ state: 'left', email: null, k: null, l: 5 }],
  ],
  [
    'a subscription is not, if its address was subscribed again',
    (tx) => tx.insert(schema.subscriptions).values(subscription),
    async (tx) => {
      await tx.update(schema.subscriptions).set({ state: 'left', email: null, emailKey: null });
      await tx.insert(schema.subscriptions).values({ ...subscription, id: 'again' });
    },
    'select id, state, email from subscriptions',
    [{ id: 's', state: 'active', email: subscription.email }],
  ],
  [
    'a subscription that was not confirmed',
    (tx) => tx.insert(schema.subscriptions).values({ ...subscription, state: 'pending' }),
    (tx) => tx.delete(schema.subscriptions),
    'select count(*) as n from subscriptions',
    [{ n: 0 }],
  ],
  [
    'places and pillars of a subscription, and how often',
    async (tx) => {
      await tx.insert(schema.subscriptions).values(subscription);
      await tx.insert(schema.subscriptionScopes).values({ subscriptionId: 's', scope: 'NG' });
      await tx.insert(schema.subscriptionPillars).values({ subscriptionId: 's', pillar: 'policy' });
    },
    async (tx) => {
      await tx.update(schema.subscriptions).set({ frequency: 'monthly' });
      await tx.update(schema.subscriptionPillars).set({ pillar: 'education' });
      await tx.update(schema.subscriptionScopes).set({ scope: 'GH' });
    },
    `select frequency, scope, pillar from subscriptions
       join subscription_scopes s on s.subscription_id = id
       join subscription_pillars p on p.subscription_id = id`,
    [{ frequency: 'monthly', scope: 'GH', pillar: 'education' }],
  ],
  [
    'emails to an address that wants none, and denied requests',
    nothing,
    (tx) =>
      tx.insert(schema.suppressions).values([
        { addressHash: 'h', kind: 'notice', ...row },
        { addressHash: 'h', kind: 'request', ...row },
      ]),
    'select kind from suppressions order by kind',
    [{ kind: 'notice' }, { kind: 'request' }],
  ],
  [
    'emails that have left',
    (tx) => tx.insert(schema.mails).values(mail),
    (tx) => tx.update(schema.mails).set({ sentAt: 5, to: '', text: '' }),
    'select count(*) as n from mails',
    [{ n: 0 }],
  ],
  [
    'digests that were sent',
    async (tx) => {
      await tx.insert(schema.subscriptions).values(subscription);
      await tx.insert(schema.digests).values(digest);
    },
    (tx) =>
      tx
        .insert(schema.deliveries)
        .values({ subscriptionId: 's', digestId: 'd', mailId: 'm', ...row }),
    'select mail_id as m from deliveries',
    [{ m: 'm' }],
  ],
  [
    'quotes that were withdrawn or objected to',
    (tx) => tx.insert(schema.digests).values(digest),
    async (tx, { ada, postId }) => {
      const quote = { digestId: 'd', postId };
      await tx.insert(schema.digestErrata).values({ ...quote, cause: 'disputed', withdrawnAt: 5 });
      await tx
        .insert(schema.digestDisputes)
        .values({ ...quote, id: 'o', authorId: ada.id, body: 'Not so.', state: 'open', ...row });
    },
    'select e.withdrawn_at as w, d.body from digest_errata e join digest_disputes d using (post_id)',
    [{ w: 5, body: 'Not so.' }],
  ],
  [
    'quotes that their authors were told of',
    (tx) => tx.insert(schema.digests).values(digest),
    (tx, { postId }) =>
      tx
        .insert(schema.digestAnnouncements)
        .values({ digestId: 'd', quote: `${postId}:0-5`, postId, toldAt: 5 }),
    'select told_at as at from digest_announcements',
    [{ at: 5 }],
  ],
  [
    'an objection that was decided',
    async (tx, { ada, postId }) => {
      await tx.insert(schema.digests).values(digest);
      await tx.insert(schema.digestDisputes).values({
        ...{ digestId: 'd', postId, id: 'o', authorId: ada.id, body: 'Not so.', state: 'open' },
        ...row,
      });
    },
    (tx) => tx.update(schema.digestDisputes).set({ state: 'accepted', decidedAt: 5 }),
    'select state from digest_disputes',
    [{ state: 'accepted' }],
  ],
  [
    'who sent a legal notice, and talks with moderators',
    async (tx, { ada, postId }) => {
      await tx.insert(schema.cases).values({ id: 'c', postId, openedAt: NOW });
      await tx.insert(schema.legalNotices).values({
        ...{ id: 'n', postId, caseId: 'c', location: 'l', explanation: 'e', name: 'N' },
        ...{ email: 'n@example.org', language: 'en', goodFaith: true, ...row },
      });
      await tx.insert(schema.modConversations).values({
        ...{ id: 't', personId: ada.id, subject: 's', activeAt: NOW, awaitsModerators: false },
        ...row,
      });
      await tx.insert(schema.modMessages).values({
        id: 'm',
        talkId: 't',
        authorId: ada.id,
        fromModerators: false,
        body: 'b',
        ...row,
      });
    },
    async (tx) => {
      await tx.update(schema.legalNotices).set({ name: null, email: null });
      await tx.delete(schema.modConversations);
    },
    'select name, email, (select count(*) from mod_messages) as n from legal_notices',
    [{ name: null, email: null, n: 0 }],
  ],
  [
    'a pattern',
    (tx, { ada }) =>
      tx
        .insert(schema.patterns)
        .values({ id: 'p', kind: 'word', text: 'x', effect: 'hold', addedById: ada.id, ...row }),
    (tx, { ada }) => tx.update(schema.patterns).set({ retiredAt: 5, retiredById: ada.id }),
    'select retired_at as r from patterns',
    [{ r: 5 }],
  ],
  [
    'an invitation that was revoked, made or used',
    (tx, { ada }) => tx.insert(schema.invitations).values({ ...invitation(ada.id), id: 'i' }),
    async (tx, { ada }) => {
      await tx.update(schema.invitations).set({ revokedAt: 5 });
      await tx
        .insert(schema.invitations)
        .values({ ...invitation(ada.id), id: 'j', tokenHash: 'j' });
      const use = { invitationId: 'j', userId: ada.id, createdAt: 5 };
      await tx.insert(schema.invitationUses).values(use);
    },
    `select i.id, i.revoked_at as r, u.created_at as u from invitations i
     left join invitation_uses u on u.invitation_id = i.id order by i.id`,
    [
      { id: 'i', r: 5, u: null },
      { id: 'j', r: null, u: 5 },
    ],
  ],
  [
    'the secret of links in emails that were sent since',
    nothing,
    (tx) => tx.insert(schema.settings).values({ name: 'link-secret', value: 'x' }),
    "select value from settings where name = 'link-secret'",
    [{ value: 'x' }],
  ],
];

const TABLES = Object.entries(schema).flatMap(([name, table]) =>
  is(table, Table) ? [{ name, named: new RegExp(`\\b(${name}|${getTableName(table)})\\b`) }] : [],
);

/** Returns the tables that a test of a kind names. */
function tablesOf([, before, end, query]: Kind): string[] {
  const text = [before, end, query].join();
  return TABLES.filter(({ named }) => named.test(text)).map(({ name }) => name);
}

/** Puts kinds together that have no table in common, so that they can share a site. */
function groupsOf(kinds: Kind[]): Kind[][] {
  const groups: { kinds: Kind[]; tables: Set<string> }[] = [];
  for (const kind of kinds) {
    const tables = tablesOf(kind);
    const free = groups.find((group) => !tables.some((table) => group.tables.has(table)));
    const group = free ?? { kinds: [], tables: new Set() };
    if (!free) groups.push(group);
    group.kinds.push(kind);
    for (const table of tables) group.tables.add(table);
  }
  return groups.map((group) => group.kinds);
}

describe('stays as it was left', () => {
  const carried = new Set<string>();

  describe.each(groupsOf(KINDS).map((kinds) => ({ kinds })))('site %#', ({ kinds }) => {
    let result: Awaited<ReturnType<typeof restored>>;
    beforeAll(async () => {
      const site = await makeSite();
      for (const [, before] of kinds) await change(site.database, (tx) => before(tx, site));
      result = await restored(site, async (tx) => {
        for (const [, , end] of kinds) await end(tx, site);
      });
      for (const one of result.what) carried.add(one);
      return dropSite;
    });

    it.each(kinds)('%s', async (_kind, _before, _end, query, expected) => {
      expect(await result.all(query), result.what.join()).toEqual(expected);
    });

    // PostgreSQL checks references by itself.
    it.runIf(DIALECT === 'sqlite')('has no reference to nothing', async () => {
      expect(await result.all('pragma foreign_key_check')).toEqual([]);
    });
  });

  it('every kind that is listed', () => {
    const rules = Object.values(ENDED_SINCE).flatMap((rule) =>
      typeof rule === 'string' ? [] : rule,
    );
    const listed = rules.map(({ what }) => what).filter(Boolean);
    expect(listed.filter((what) => !carried.has(what))).toEqual([]);
  });

  it('and no table is left out of the list', () => {
    expect(Object.keys(ENDED_SINCE).sort()).toEqual(Object.keys(RULES).sort());
  });
});

describe('a restore', () => {
  afterEach(dropSite);

  it('gives back what was lost: nobody ended it', async () => {
    const { what, all } = await restored(await makeSite(), async (tx) => {
      await tx.update(schema.threads).set({ title: 'broken' });
      await tx.delete(schema.searchEntries);
    });
    expect(what).toEqual([]);
    expect(await all('select title from threads')).toEqual([{ title: 'A thread' }]);
    expect(await all('select count(*) as n from search_entries')).toEqual([{ n: 2 }]);
  });

  it('carries nothing over when the former database is itself wrong', async () => {
    const options = { onlyDeletions: true };
    const { what, all } = await restored(await makeSite(), (tx) => tx.delete(sessions), options);
    expect(what).toEqual([]);
    expect(await all('select count(*) as n from sessions')).toEqual([{ n: 1 }]);
  });

  it('says what it ended again, and leaves nothing behind', async () => {
    const { database } = await makeSite();
    const former = keep(await copyDatabase(database));
    await change(former, (tx) => tx.delete(sessions));
    const file = database.url.replace(/^file:/, '');
    const env = { DATABASE_URL: former.url };
    const { code, out, err } = await runCommand(causeway, ['restore', file], '', env);
    expect([code, out, err]).toEqual([
      0,
      expect.stringMatching(/Ended since that backup, and now ended again:\n {2}1 sessions\n/),
      '',
    ]);
    // The file takes the place of the former one; on a server the address is changed by hand.
    const result = DIALECT === 'sqlite' ? former : database;
    const all = (query: string) => within(result, (db) => rowsOf(db.reader, query));
    expect(await all('select count(*) as n from sessions')).toEqual([{ n: 0 }]);
    if (DIALECT === 'sqlite') return;
    expect(out).toContain('set DATABASE_URL to its URL');
    const spaces = "select 1 from information_schema.schemata where schema_name = 'former'";
    expect(await all(spaces)).toEqual([]);
  });

  it('takes nothing from the database of another site, such as a new one', async () => {
    const { database } = await makeSite();
    const other = keep(await createDatabase(mkdtempSync(join(folder, 'other-'))));
    const env = { DATABASE_URL: other.url };
    const file = database.url.replace(/^file:/, '');
    const { code, out } = await runCommand(causeway, ['restore', file], '', env);
    expect([code, out]).toEqual([0, expect.stringContaining('does not continue that backup')]);
    const result = DIALECT === 'sqlite' ? other : database;
    const all = (query: string) => within(result, (db) => rowsOf(db.reader, query));
    expect(await all('select count(*) as n from sessions')).toEqual([{ n: 1 }]);
  });
});

describe.runIf(DIALECT === 'postgresql')('a restore on a server', () => {
  afterEach(dropSite);

  const restore = (backup: string, former: string) =>
    runCommand(causeway, ['restore', backup], '', { DATABASE_URL: former });

  it('needs another database that nobody uses', async () => {
    const { database } = await makeSite();
    const former = keep(await copyDatabase(database));
    expect((await restore('backup.dump', former.url)).err).toContain('pg_restore the backup');
    expect((await restore(former.url, former.url)).err).toContain('restore into a new one');
    await within(former, async (db) => {
      await db.reader.select().from(users);
      const { code, err } = await restore(database.url, former.url);
      expect([code, err]).toEqual([1, expect.stringContaining('stop the server first')]);
    });
  });

  it('says so when the server of the former database does not answer', async () => {
    const { database } = await makeSite();
    const { code, out } = await restore(database.url, 'postgres://127.0.0.1:1/nothing');
    expect([code, out]).toEqual([1, '']);
  });

  it('reads a former database at an older schema', async () => {
    const { database } = await makeSite();
    const former = keep(await copyDatabase(database));
    await change(former, async (tx) => {
      await tx.delete(sessions);
      await runStatement(tx, sql.raw('alter table posts drop column edited_at'));
      await runStatement(tx, sql.raw('drop table key_point_stances'));
    });
    const { carried } = await readFormer({ url: database.url, former: former.url });
    expect(carried?.counts).toEqual([{ what: 'sessions', rows: 1 }]);
  });
});
