import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, getTableName } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { hashPassword } from '~/domain/accounts/auth/passwords';
import { DATA_INVENTORY, KEPT_FIGURES, LEFT_OUT } from '~/domain/accounts/privacy/data-inventory';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { buildDemo } from '~/domain/import-export/demo';
import { notify } from '~/domain/notifications/notify';
import { MINUTE } from '~/platform/clock';
import { messages } from '~/platform/i18n/messages/en';
import { translator } from '~/platform/i18n/translator';
import { newId } from '~/platform/ids';
import { deliverMails } from '~/platform/mail/deliver';
import { queueMail } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { DIALECT, getTableConfig, tablesIn } from '~db/dialect';
import { dependantsOf } from '~db/foreign-keys';
import * as schema from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Client } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';

const PASSWORD = 'a boat on the causeway';
const passwordHash = await hashPassword(PASSWORD);

interface Talk {
  causeway: TestCauseway;
  ada: Member;
  bilal: Member;
  thread: { id: string; slug: string; openingId: string };
  /** Ada's contribution in Bilal's thread, with a reply by Bilal. */
  answered: string;
  held: string;
}

/** Ada, who has data in every table, and Bilal, who talks with her. */
async function useTalk(): Promise<Talk> {
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
  const { app } = causeway;
  const facts = { passwordHash, name: 'Ada Lovelace', country: 'NG', bio: 'Weaves numbers' };
  const ada = await addMember(causeway, 'ada', facts);
  const bilal = await addMember(causeway, 'bilal', { name: 'Bilal' });
  const thread = await addThread(causeway, bilal, 'Who can afford a GPU?');
  causeway.clock.advance(MINUTE);
  const answered = await addPost(causeway, ada, thread.id, 'Weaverbird words in public.', {
    country: 'NG',
    region: '011',
    barriers: ['compute'],
    pillars: ['education'],
  });
  const held = await addPost(causeway, ada, thread.id, 'Weaverbird words held back.', {
    state: 'held',
  });
  causeway.clock.advance(MINUTE);
  const reply = { parentId: answered, replyToId: answered };
  await addPost(causeway, bilal, thread.id, 'An answer to that.', reply);
  await ada.client.post(`/p/${thread.openingId}/face`, { on: '1' });
  await ada.client.post(`/p/${thread.openingId}/flag`, { reason: 'spam', note: 'A private note' });
  await app.db.write(async (tx) => {
    await notify(tx, app.clock, { userId: ada.id, kind: 'reply', postId: answered });
    const subscriptionId = newId(app.clock.now());
    await tx.insert(schema.subscriptions).values({
      id: subscriptionId,
      email: 'ada@example.org',
      emailKey: 'ada@example.org',
      language: 'en',
      frequency: 'monthly',
      state: 'active',
      createdAt: app.clock.now(),
    });
    await tx.insert(schema.subscriptionScopes).values({ subscriptionId, scope: 'world' });
    const secret = { subject: 'Set a new password', text: 'https://here/reset/sesame' };
    await queueMail(tx, app.clock, { to: 'Ada@example.org', ...secret });
  });
  return { causeway, ada, bilal, thread, answered, held };
}

/** Returns the exported ZIP of a person, as text by file name. */
async function download({ url }: TestCauseway, client: Client): Promise<Record<string, string>> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${url}/settings/data/export`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: url, 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('application/zip');
  expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
  expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w-]+\.zip"$/);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([name, data]) => [name, strFromU8(data)]));
}

interface Schema {
  $defs: Record<string, { items: { properties: Record<string, ValueSchema>; required: string[] } }>;
}
interface ValueSchema {
  type?: string | string[];
  format?: string;
}

function fits(value: unknown, { type, format }: ValueSchema): boolean {
  if (type === undefined) return true;
  const actual = value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;
  const moment = format !== 'date-time' || value === null || /^\d{4}-.*Z$/.test(String(value));
  return [type].flat().includes(actual) && moment;
}

/** Columns that identify a person even without a foreign key, and columns with email addresses. */
const PERSON = /^(user|person|member|author|moderator)_id$/;
const ADDRESS = /^email|address/;

describe('the export of personal data', () => {
  it('is a ZIP of files that match its schema, with all data of the person', async () => {
    const { causeway, ada, held, answered } = await useTalk();
    const files = await download(causeway, ada.client);
    expect(files['README.txt']).toContain('What Causeway stores about you');
    const { $defs } = JSON.parse(files['schema.json'] ?? '') as Schema;
    expect(Object.keys(files).sort()).toEqual(
      [...Object.keys($defs), 'README.txt', 'schema.json'].sort(),
    );
    const read = (name: string) =>
      JSON.parse(files[`${name}.json`] ?? '') as Record<string, unknown>[];
    for (const [name, { items }] of Object.entries($defs)) {
      for (const row of JSON.parse(files[name] ?? '') as Record<string, unknown>[]) {
        expect(Object.keys(row).sort(), name).toEqual(Object.keys(items.properties).sort());
        for (const [key, value] of Object.entries(row)) {
          expect(fits(value, items.properties[key] ?? {}), `${name} ${key} ${value}`).toBe(true);
        }
      }
    }
    expect(read('account')).toMatchObject([{ handle: 'ada', email: 'ada@example.org' }]);
    expect(new Map(read('posts').map(({ id, body }) => [id, body]))).toEqual(
      new Map([
        [answered, 'Weaverbird words in public.'],
        [held, 'Weaverbird words held back.'],
      ]),
    );
    expect(read('flags')).toMatchObject([{ reason: 'spam', note: 'A private note' }]);
    for (const name of ['sessions', 'notices', 'affirmations', 'post-barriers', 'cases']) {
      expect(read(name).length, name).toBe(1);
    }
    expect(read('subscriptions')).toMatchObject([{ email: 'ada@example.org', state: 'active' }]);
    expect(read('subscription-places')).toMatchObject([{ scope: 'world' }]);
    expect(read('mails')).toMatchObject([{ subject: 'Set a new password' }]);
  });

  it('contains no secrets and no data of others', async () => {
    const { causeway, ada, bilal } = await useTalk();
    const all = Object.values(await download(causeway, ada.client)).join('\n');
    expect(all).not.toContain('argon2');
    expect(all).not.toContain('sesame');
    const sessions = await causeway.app.db.reader.select().from(schema.sessions);
    for (const { id } of sessions) expect(all).not.toContain(id);
    expect(all).not.toContain('bilal@example.org');
    const others = Object.values(await download(causeway, bilal.client)).join('\n');
    expect(others).not.toContain('Weaverbird');
    expect(others).not.toContain('A private note');
    expect(others).not.toContain('ada@example.org');
  });

  it('contains more rows than one batch, each once', async () => {
    const { causeway, ada, thread } = await useTalk();
    await causeway.app.db.write(async (tx) => {
      const [post] = await tx.select().from(schema.posts).where(eq(schema.posts.authorId, ada.id));
      if (!post) throw new Error('Ada wrote nothing');
      const many = Array.from({ length: 450 }, (_, n) => ({ ...post, id: `many-${n}` }));
      for (let at = 0; at < many.length; at += 50) {
        await tx.insert(schema.posts).values(many.slice(at, at + 50));
      }
    });
    const posts = JSON.parse((await download(causeway, ada.client))['posts.json'] ?? '');
    expect(posts.length).toBe(452);
    expect(new Set(posts.map(({ id }: { id: string }) => id)).size).toBe(452);
    expect(thread.id).toBe(posts[0].threadId);
  });

  it('is given to its owner only, not by GET, not from other sites, and within limits', async () => {
    const { causeway, ada } = await useTalk();
    const path = '/settings/data/export';
    const stranger = await causeway.client().post(path);
    expect([stranger.status, stranger.location?.split('?')[0]]).toEqual([303, '/login']);
    expect((await ada.client.get(path)).status).toBe(404);
    expect((await ada.client.post(path, {}, { Origin: 'https://evil.example' })).status).toBe(403);
    expect(stranger.location).toBe('/login?redirectTo=%2Fsettings%2Fdata');
    for (let n = 0; n < 5; n += 1) expect((await ada.client.post(path)).status).toBe(200);
    const sixth = await ada.client.post(path);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('Retry-After'))).toBeGreaterThan(0);
    // Someone else at an unlocked browser does not know the password.
    causeway.clock.advance(10 * MINUTE);
    const later = await ada.client.post(path);
    expect([later.status, later.location]).toEqual([
      303,
      '/login/again?redirectTo=%2Fsettings%2Fdata',
    ]);
  });

  it('describes each file in the person’s language', async () => {
    const { causeway, ada } = await useTalk();
    await causeway.app.db.write((tx) =>
      tx.update(schema.users).set({ language: 'fr' }).where(eq(schema.users.id, ada.id)),
    );
    const files = await download(causeway, ada.client);
    const described = JSON.parse(files['schema.json'] ?? '');
    const { t } = translator('fr');
    expect(described.title).toBe('Ce que Causeway conserve sur vous');
    expect(described.leftOut.limits).toBe(t('account.export.leftOut.limits'));
    const said = DATA_INVENTORY.map(({ file }) => [
      `${file}.json`,
      t(`account.export.file.${file}`),
    ]);
    expect(
      Object.entries<{ description: string }>(described.$defs).map(([name, { description }]) => [
        name,
        description,
      ]),
    ).toEqual(said);
    const keys = Object.keys(messages).filter((key) => key.startsWith('account.export.file.'));
    expect(keys.sort()).toEqual(
      DATA_INVENTORY.map(({ file }) => `account.export.file.${file}`).sort(),
    );
  });

  it('names every table and every column that refers to a person', () => {
    const tables = tablesIn(schema);
    const dialect = new SQLiteSyncDialect();
    const named = new Map<string, string[]>();
    for (const { table, whose } of DATA_INVENTORY) {
      const { sql } = dialect.sqlToQuery(whose({ id: 'i', emailKey: 'e' }));
      const name = getTableName(table);
      named.set(name, [...(named.get(name) ?? []), sql]);
    }
    const missing: string[] = [];
    for (const table of tables) {
      const { name, columns, foreignKeys } = getTableConfig(table);
      if ([...LEFT_OUT, ...KEPT_FIGURES].some((one) => one === name)) continue;
      const references = foreignKeys.map((key) => key.reference());
      const toPeople = references.filter((one) => getTableName(one.foreignTable) === 'users');
      const personal = [
        ...toPeople.flatMap((one) => one.columns.map((column) => column.name)),
        ...columns.map((column) => column.name).filter((column) => PERSON.test(column)),
      ];
      const about =
        personal.length > 0 ||
        columns.some((column) => ADDRESS.test(column.name)) ||
        references.some((one) => named.has(getTableName(one.foreignTable)));
      if (!about) continue;
      const conditions = named.get(name);
      if (!conditions) missing.push(name);
      for (const column of conditions ? personal : []) {
        if (!conditions?.some((sql) => sql.includes(`"${column}"`)))
          missing.push(`${name}.${column}`);
      }
    }
    // If this fails, add the table to app/domain/accounts/privacy/data-inventory.ts: to
    // DATA_INVENTORY, or to LEFT_OUT with a message that says why.
    expect(missing).toEqual([]);
  });
});

/**
 * Foreign keys to people that remain after deletion; the row they refer to then contains no name.
 */
const KEPT = [
  ...[
    'posts.author_id',
    'invitations.created_by_id',
    'setting_changes.person_id',
    'threads.author_id',
    'flags.user_id',
    'digests.published_by_id',
    'digests.note_by_id',
    'digest_proposals.decided_by_id',
  ],
  ...['decisions.author_id', 'decisions.moderator_id', 'appeals.author_id'],
  ...['cases.person_id', 'cases.claimed_by_id'],
  ...['post_revisions.editor_id', 'post_revisions.hidden_by'],
  ...['patterns.added_by_id', 'patterns.retired_by_id', 'legal_notices.user_id'],
  ...['mod_messages.author_id', 'person_notes.author_id', 'post_barriers.person_id'],
  ...['key_points.created_by_id', 'key_point_posts.added_by_id'],
  ...['key_point_texts.accepted_by_id', 'key_point_acts.person_id'],
  ...['community_changes.person_id', 'community_changes.undone_by_id'],
  ...['translations.person_id', 'translations.undone_by_id'],
  ...['post_translations.person_id', 'post_translations.removed_by_id'],
];

/** Submits the form that deletes an account, by default as its owner. */
function deleteAccount(client: Client, fields: Record<string, string> = {}) {
  return client.post('/settings/delete', { words: 'keep', password: PASSWORD, ...fields });
}

/** Returns everything that is public on the site, and everything that the operator exports. */
async function publicText(causeway: TestCauseway, thread: Talk['thread']): Promise<string> {
  const visitor = causeway.client();
  const paths = ['/', '/feed.xml', '/threads', `/t/${thread.id}/${thread.slug}`];
  paths.push(`/t/${thread.id}/feed.xml`, '/regions/011', '/regions/011/feed.xml', '/sitemap.xml');
  paths.push('/moderation');
  const texts = [];
  for (const path of paths) {
    const answer = await visitor.get(path);
    expect(answer.status, path).toBe(200);
    texts.push(answer.text);
  }
  const folder = join(causeway.folder, `export-${newId(causeway.clock.now())}`);
  expect((await runCommand(causeway, ['export', folder])).code).toBe(0);
  for (const name of ['threads.jsonl', 'contributions.jsonl', 'contributions.csv']) {
    texts.push(readFileSync(join(folder, name), 'utf8'));
  }
  return texts.join('\n');
}

describe('deleting an account', () => {
  it('deletes every row that refers to the person, except listed ones', () => {
    const kept = dependantsOf(schema.users).filter(({ goes }) => !goes);
    const names = kept.map(({ table, column }) => `${getTableName(table)}.${column.name}`);
    // If this fails, use `onDelete: 'cascade'` in the schema, or delete the data in
    // app/domain/accounts/privacy/erase-account.ts.
    expect(names.sort()).toEqual([...KEPT].sort());
  });

  it('keeps the posts without the name, and deletes all personal data', async () => {
    const { causeway, ada, bilal, thread, answered } = await useTalk();
    const db = causeway.app.db.reader;
    const page = await ada.client.get('/settings/delete');
    expect(page.$('main').text()).toContain('You cannot undo it');
    expect(await publicText(causeway, thread)).toContain('Ada Lovelace');

    const done = await deleteAccount(ada.client);
    expect([done.status, done.location]).toEqual([303, '/settings/deleted']);
    expect((await ada.client.get('/settings/deleted')).$('h1').text()).toBe(
      'Your account is deleted',
    );
    expect((await ada.client.get('/settings')).status).toBe(303);
    expect((await causeway.client().get('/u/ada')).status).toBe(404);
    const text = await publicText(causeway, thread);
    expect(text).toContain('Weaverbird words in public.');
    expect(text).toContain('A former member');
    expect(text).not.toMatch(/\bada\b|Ada Lovelace|held back/i);

    const [row] = await db.select().from(schema.users).where(eq(schema.users.id, ada.id));
    expect(JSON.stringify(row)).not.toMatch(/ada|Lovelace|argon2|"NG"|Weaves/i);
    expect((await causeway.client().get(`/u/${row?.handle}`)).status).toBe(404);
    for (const { table, column, goes } of dependantsOf(schema.users)) {
      const rows = await db.select().from(table).where(eq(column, ada.id));
      if (goes) expect(rows, getTableName(table)).toEqual([]);
    }
    expect(await db.select().from(schema.meToos)).toEqual([]);
    const [post] = await db.select().from(schema.posts).where(eq(schema.posts.id, answered));
    expect(post).toMatchObject({ state: 'visible', country: 'NG' });
    // The record stays, with a former member as author.
    expect(await db.select().from(schema.flags)).toMatchObject([
      { userId: ada.id, reason: 'spam' },
    ]);
    const thoughts = await bilal.client.get(`/t/${thread.id}/${thread.slug}`);
    expect(thoughts.$('.post .author').text()).toContain('A former member');
    expect(thoughts.$('a[href*="/u/former"]').length).toBe(0);
    expect(await causeway.app.db.problems()).toEqual([]);
  });

  it('removes the posts if chosen, and leaves a placeholder where others replied', async () => {
    const { causeway, ada, bilal, thread } = await useTalk();
    const lonely = await addThread(causeway, ada, 'Weaverbird question nobody answered');
    const shared = await addThread(causeway, ada, 'A question that was answered');
    await addPost(causeway, bilal, shared.id, 'Here is an answer.');
    await deleteAccount(ada.client, { words: 'remove' });
    const text = await publicText(causeway, thread);
    expect(text).not.toMatch(/Weaverbird|\bada\b|Lovelace/i);
    expect(text).toContain('An answer to that.');
    const visitor = causeway.client();
    expect((await visitor.get(`/t/${lonely.id}`)).status).toBe(404);
    const left = await visitor.get(`/t/${shared.id}/${shared.slug}`);
    expect(left.status).toBe(200);
    expect(left.text).toContain('Here is an answer.');
    const db = causeway.app.db.reader;
    for (const { body, html, excerpt, state } of await db
      .select()
      .from(schema.posts)
      .where(eq(schema.posts.authorId, ada.id))) {
      expect({ body, html, excerpt, state }).toEqual({
        ...{ body: '', html: '', excerpt: '' },
        state: 'deleted',
      });
    }
    const open = (await db.select().from(schema.cases)).filter(({ closedAt }) => closedAt === null);
    // Only Bilal's flagged post still waits for the moderators.
    expect(open.map(({ postId }) => postId)).toEqual([thread.openingId]);
    expect(await causeway.app.db.problems()).toEqual([]);
  });

  it('sends one last email, and no other to that address', async () => {
    const { causeway, ada } = await useTalk();
    await deleteAccount(ada.client);
    await deliverMails(causeway.app);
    const mails = await causeway.mails();
    expect(mails.map(({ subject }) => subject)).toEqual(['Your account on Causeway is deleted']);
    const subscriptions = await causeway.app.db.reader.select().from(schema.subscriptions);
    expect(subscriptions).toMatchObject([{ state: 'left', email: null, emailKey: null }]);
  });

  it('reserves the handle, and those that look like it', async () => {
    const { causeway, ada } = await useTalk();
    await deleteAccount(ada.client);
    for (const handle of ['ada', 'Ada', 'аԁа']) {
      const answer = await causeway
        .client()
        .post('/signup', { email: 'new@example.org', handle, password: PASSWORD });
      expect(answer.status, handle).toBe(422);
      expect(answer.$('#handle-error').text()).toContain('taken');
    }
    const kept = await causeway.app.db.reader.select().from(schema.erasures);
    expect(JSON.stringify(kept)).not.toContain('"ada"');
  });

  it.each([
    [{ password: 'a wrong guess' }, 422, 'password'],
    [{ password: '' }, 400, 'password'],
    [{ words: 'perhaps' }, 400, 'words'],
    [{ words: '' }, 400, 'words'],
  ])('does nothing on %j', async (fields, status, field) => {
    const { causeway, ada } = await useTalk();
    const before = await causeway.app.db.reader.select().from(schema.users);
    const answer = await deleteAccount(ada.client, fields);
    expect(answer.status).toBe(status);
    expect(answer.$(`#${field}-error`).text()).not.toBe('');
    expect(answer.text).not.toContain('a wrong guess');
    expect(await causeway.app.db.reader.select().from(schema.users)).toEqual(before);
  });

  it('asks people without a password for a fresh log-in', async () => {
    const { causeway, bilal } = await useTalk();
    causeway.clock.advance(11 * MINUTE);
    const stale = await deleteAccount(bilal.client, { password: '' });
    expect(stale.location).toMatch(/^\/login\/again/);
    expect((await bilal.client.get('/settings/delete')).location).toMatch(/^\/login\/again/);
    const cem = await addMember(causeway, 'cem');
    const done = await deleteAccount(cem.client, { password: '' });
    expect(done.location).toBe('/settings/deleted');
  });

  it('is refused to the last administrator, and to strangers', async () => {
    const { causeway } = await useTalk();
    const facts = { passwordHash, role: 'administrator' as const };
    const one = await addMember(causeway, 'olga', facts);
    const refused = await deleteAccount(one.client);
    expect(refused.status).toBe(422);
    expect(refused.$('.error-summary').text()).toContain('last administrator');
    await addMember(causeway, 'pavel', facts);
    expect((await deleteAccount(one.client)).status).toBe(303);
    const stranger = await deleteAccount(causeway.client());
    expect([stranger.status, stranger.location?.split('?')[0]]).toEqual([303, '/login']);
  });

  // PostgreSQL has its own backup tools.
  it.skipIf(DIALECT === 'postgresql')('is repeated when an older backup is restored', async () => {
    const { causeway, ada, bilal } = await useTalk();
    const before = join(causeway.folder, 'before.db');
    const backedUp = await runCommand(causeway, ['backup', before]);
    expect(backedUp.out).toContain('30 days at most');
    await deleteAccount(ada.client, { words: 'remove' });
    // A copy of the current database that is not in use; the backup replaces it.
    const now = join(causeway.folder, 'now.db');
    await runCommand(causeway, ['backup', now]);
    const stopped = { ...causeway, config: { ...causeway.config, databaseUrl: `file:${now}` } };
    const restored = await runCommand(stopped, ['restore', before]);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toContain('Accounts deleted since that backup, and now deleted again: 1.');
    const folder = join(causeway.folder, 'export');
    await runCommand(stopped, ['export', folder]);
    const text = readFileSync(join(folder, 'contributions.jsonl'), 'utf8');
    expect(text).not.toMatch(/Weaverbird|"ada"/);
    expect(text).toContain(`"author":"${bilal.handle}"`);
  });

  it.each(['keep', 'remove'] as const)(
    'withdraws quotes of a published digest: %s',
    async (words) => {
      const causeway = await useCauseway();
      const { app } = causeway;
      await buildDemo(app, readFileSync('db/seed/demo/conversation.jsonl', 'utf8'));
      const visitor = causeway.client();
      const path = '/digests/world/2026-10';
      const before = await visitor.get(path);
      const quote = before.$('blockquote').first().text().trim();
      const author = await quotedAuthor(app.db.reader, quote);
      expect((await visitor.get(`${path}.json`)).text).toContain(author.handle);
      await app.db.write((tx) => eraseAccount(tx, app, author.id, words));
      for (const address of [path, `${path}.json`, `${path}.csv`, '/digests/feed.xml']) {
        const after = await visitor.get(address);
        expect(after.status, address).toBe(200);
        expect(after.text, address).not.toContain(author.handle);
        expect(after.$('body').text(), address).not.toContain(quote);
      }
      expect((await visitor.get(path)).text).toContain('withdrawn');
    },
  );
});

async function quotedAuthor(db: Db, quote: string) {
  const rows = await db
    .select({ id: schema.users.id, handle: schema.users.handle, body: schema.posts.body })
    .from(schema.posts)
    .innerJoin(schema.users, eq(schema.users.id, schema.posts.authorId));
  const found = rows.find(({ body }) => body.replace(/\s+/g, ' ').includes(quote));
  if (!found) throw new Error(`nobody wrote ${quote}`);
  return found;
}
