import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/* Nothing leads to another site, whatever the form or the address says where to go next. */

const SITE = 'https://causeway.example';

const AWAY = [
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/x/..//evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '//evil.example%2f@causeway.example',
  'javascript:alert(1)',
];

let causeway: TestCauseway;
let mona: Member;
let thread: Awaited<ReturnType<typeof addThread>>;
let postId: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const ada = await addMember(causeway, 'ada');
  thread = await addThread(causeway, ada, 'Which card works?', { country: 'NG', region: '011' });
  postId = await addPost(causeway, ada, thread.id, 'None that costs less than a month of pay.', {
    barriers: ['cost'],
  });
  await mona.client.post(`/p/${postId}/bookmark`, { on: '1' });
  await mona.client.post('/following', { action: 'follow', kind: 'pillar', code: 'policy' });
  await mona.client.post(`/t/${thread.id}`, { body: 'A draft of an answer.', save: 'draft' });
});
afterAll(() => causeway?.close());

/** Fails unless a browser on any page of the site stays on the site. */
function expectHere(location: string | null, what: string): void {
  if (location === null) return;
  for (const page of [`${SITE}/`, `${SITE}/t/1/x`]) {
    expect(new URL(location, page).origin, `${what}: ${location}`).toBe(SITE);
  }
}

/** Sends a path as it is; `fetch` would tidy it up. */
function rawRequest(method: string, path: string) {
  return new Promise<{ status: number; location: string | null; text: string }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: causeway.port, method, path }, (answer) => {
        const { location = null } = answer.headers;
        const status = answer.statusCode ?? 0;
        text(answer).then((body) => resolve({ status, location, text: body }), reject);
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

it('every form that says where it leads', async () => {
  const pages = ['/', '/threads', thread.path, `${thread.path}?replyTo=${postId}`, '/bookmarks'];
  pages.push('/following', '/drafts', '/pillars/policy', '/regions/011', '/threads/new');
  pages.push(`/p/${postId}/kinds`, `/mod/posts/${postId}`, '/barriers/new', '/login', '/signup');
  const tried = new Set<string>();
  for (const page of pages) {
    const { $ } = await mona.client.get(page);
    for (const form of $('form[method=post]').toArray()) {
      const name = $(form).find('input[name=redirectTo], input[name=back]').attr('name');
      const action = $(form).attr('action') ?? page;
      const kind = action.replace(/\/[0-9a-z]{26}\b/, '/:id');
      if (!name || tried.has(kind)) continue;
      tried.add(kind);
      const button = $(form).find('button[name]').first();
      const fields: Record<string, string> = Object.fromEntries(
        [...$(form).serializeArray(), { name: button.attr('name'), value: button.attr('value') }]
          .filter((field) => field.name !== undefined)
          .map((field) => [field.name, field.value ?? '']),
      );
      for (const away of AWAY) {
        const answer = await mona.client.post(action, { ...fields, [name]: away });
        expectHere(answer.location, `${kind} ${away}`);
      }
    }
  }
  expect([...tried].toSorted()).toEqual(
    expect.arrayContaining([
      '/drafts',
      '/following',
      '/language',
      '/p/:id/bookmark',
      '/reading/:id',
    ]),
  );
});

it('every page whose address says where it leads', async () => {
  const names = ['redirectTo', 'back', 'next', 'returnTo', 'url', 'to'];
  for (const page of ['/login', '/signup', '/login/code', '/login/again', '/language', '/logout']) {
    for (const away of AWAY) {
      const query = names.map((name) => `${name}=${encodeURIComponent(away)}`).join('&');
      for (const client of [mona.client, causeway.client()]) {
        const answer = await client.get(`${page}?${query}`);
        expectHere(answer.location, `${page} ${away}`);
        for (const link of answer.$('main a[href], main form').toArray()) {
          const { href, action } = link.attribs;
          expectHere(href ?? action ?? null, `a link on ${page} ${away}`);
        }
      }
    }
  }
});

it('every path that begins with slashes of any kind', async () => {
  for (const path of [
    '//evil.example/threads',
    '/\\evil.example/threads',
    '/.//evil.example',
    '//',
  ]) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await rawRequest(method, path);
      expect([400, 404], `${method} ${path}`).toContain(answer.status);
      expectHere(answer.location, `${method} ${path}`);
      expect(answer.text).not.toMatch(/(?:href|action)="[/\\]{2}/);
    }
  }
});
