import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE } from '~/routes';
import { DIALECT } from '~db/dialect';
import { searchEntries, settings, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread } from './support/community';

/*
 * U+0000, halves of surrogate pairs, bytes that are no UTF-8, numbers without measure and names of
 * properties, in every path, query and form, on both databases: they may be refused or not found, but
 * are never an error of the site.
 */

let causeway: TestCauseway;
let visitor: Client;
let admin: Client;
let thread: { id: string; path: string; openingId: string };

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
  const member = await addMember(causeway, 'admin', { role: 'administrator' });
  thread = await addThread(causeway, member, 'A thread');
  await addPost(causeway, member, thread.id, 'The power is cut at noon.', { country: 'NG' });
  visitor = causeway.client();
  admin = member.client;
});
afterAll(() => causeway.close());

/** A place in a list that is far beyond its end, as `writeCursor` writes it. */
const FAR = Buffer.from('999999999999999 x').toString('base64url');

const IN_ADDRESSES = [
  ...['a%00b', '%00', '%ED%A0%80', '%F0%9F', '%EF%BF%BF', '%'],
  // Numbers and dates that nothing here has, and names that every object has.
  ...['99999999999999999999', '-1', '9999-12', FAR, '__proto__', 'constructor'],
];
const QUERY = [
  ...['q', 'page', 'sort', 'language', 'replyTo', 'quote', 'part', 'cursor', 'limit', 'version'],
  ...['region', 'country', 'scope', 'kind', 'industry', 'pillar', 'impact', 'from', 'until', 'to'],
  ...[
    'redirectTo',
    'url',
    'format',
    'state',
    'cause',
    'month',
    'period',
    'after',
    'thread',
    'email',
  ],
  ...['author', 'place', 'token', 'title', 'body', 'reason', 'posts', 'ids', 'on', 'filter'],
];

/** What PostgreSQL refuses as a text or a number, and SQLite takes. */
const REFUSED_BY_POSTGRES = ['a%00b', '99999999999999999999', FAR];

describe.each(DIALECT === 'sqlite' ? IN_ADDRESSES : REFUSED_BY_POSTGRES)('%s', (odd) => {
  const paths = new Set(TABLE.map(([pattern]) => pattern.replaceAll(/:\w+\??|\*/g, odd)));

  it.each([
    ['a visitor', () => visitor],
    ['an administrator', () => admin],
  ])('in paths and queries is no error for %s', async (_name, client) => {
    const query = QUERY.map((name) => `${name}=${odd}`).join('&');
    for (const path of paths) {
      const asked = [`${path}?${query}`, ...(path.includes(odd) ? [path] : [])];
      for (const one of asked) expect((await client().get(one)).status, one).not.toBe(500);
    }
  });
});

interface Form {
  action: string;
  fields: [name: string, value: string][];
}

/** The forms of a page that are sent by POST, with what is in their fields. */
function formsOn({ $ }: Answer, path: string): Form[] {
  return $('form[method=post]')
    .toArray()
    .map((form) => ({
      action: $(form).attr('action') ?? path,
      fields: $(form)
        .find('input[name], textarea[name], select[name], button[name]')
        .toArray()
        .map((field): [string, string] => [
          $(field).attr('name') ?? '',
          $(field).is('select')
            ? ($(field).find('option').last().attr('value') ?? '')
            : ($(field).attr('value') ?? $(field).text()),
        ]),
    }));
}

it('in any field of any form is no error', async () => {
  const ids = { ':id': thread.id, ':slug?': 'x', ':handle': 'admin' };
  const paths = TABLE.flatMap(([pattern]): string[] => {
    const own = pattern.startsWith('/p/') ? { ...ids, ':id': thread.openingId } : ids;
    const path = Object.entries(own).reduce<string>(
      (text, [name, id]) => text.replace(name, id),
      pattern,
    );
    return path.includes(':') ? [] : [path];
  });
  const sent = new Set<string>();
  for (const [who, client] of [
    ['visitor', visitor],
    ['admin', admin],
  ] as const) {
    for (const path of paths) {
      const page = await client.get(path);
      if (page.status !== 200) continue;
      for (const { action, fields } of formsOn(page, path)) {
        const names = [...new Set(fields.map(([name]) => name))];
        const key = `${who} ${action.split('?')[0]} ${names.join()}`;
        if (sent.has(key) || action.startsWith('/logout')) continue;
        sent.add(key);
        for (const odd of names) {
          const values: Record<string, string> = Object.fromEntries(fields);
          values[odd] = `${values[odd]}a\0b`;
          const { status } = await client.post(action, values);
          expect(status, `${action} ${odd}`).not.toBe(500);
          // No limit may stand before what is tried.
          causeway.clock.advance(60_000);
        }
      }
    }
  }
  expect(sent.size).toBeGreaterThan(20);
});

it('finds a post of which the text has it', async () => {
  const member = await addMember(causeway, 'ada');
  const answer = await member.client.post(thread.path, { body: 'zqodd\0word and \uD800 half' });
  expect(answer.status).toBe(303);
  const page = await visitor.get(thread.path);
  expect(page.$('.post').text()).toMatch(/zqodd\uFFFD?word/);
  expect((await visitor.get('/search?q=zqodd%00word')).status).toBe(200);
});

it('is one character everywhere: in what is stored, compared and searched', async () => {
  const { db } = causeway.app;
  const name = 'odd \0 \uD800 \uDC00 😀';
  await db.write((tx) => tx.insert(settings).values({ name, value: name }));
  const plain = 'odd \uFFFD \uFFFD \uFFFD 😀';
  const expected = [{ name: plain, value: plain }];
  expect(await db.reader.select().from(settings).where(eq(settings.name, name))).toEqual(expected);
  expect(
    await db.reader
      .select()
      .from(settings)
      .where(like(settings.name, `${name.slice(0, -1)}%`)),
  ).toEqual([]);
  expect(await db.reader.select().from(settings).where(sql`${settings.value} = ${name}`)).toEqual(
    expected,
  );
  expect(await db.reader.select().from(users).where(eq(users.name, '\0'))).toEqual([]);
  expect(
    await db.reader.select().from(searchEntries).where(eq(searchEntries.ref, '\uD800')),
  ).toEqual([]);
});

it('in a conversation that is imported is no error', async () => {
  const line = (id: string, body: string) =>
    `{"id":"${id}","thread":"${thread.id}","author":"odd_${id}","body":"${body}","language":"en","createdAt":"2026-10-01T00:00:00Z"}\n`;
  const text = line('one', 'a \\u0000 b \\ud800 c') + line('two', 'plain');
  const { err } = await runCommand(causeway, ['import', '-'], text);
  expect(err).not.toMatch(/Error|invalid byte/);
});
