import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

/*
 * One client against all others: what it may make the site do, and that others are served meanwhile.
 * Counted in bytes, pages made, refusals and the order of answers, never in time.
 */

const ATTACKER = { 'X-Forwarded-For': '198.51.100.7' };
const VISITOR = { 'X-Forwarded-For': '203.0.113.9' };

/** Written before there was a limit for them. */
const LINKS = '<a href="http://e.example/xxxx" rel="nofollow ugc noopener">a</a> '.repeat(3_900);
const PROSE = 'It costs a month of pay and the bank declines the card. '.repeat(320);

let causeway: TestCauseway;
let ada: Member;
let links: { id: string; path: string };
let prose: typeof links;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', TRUST_PROXY: '1' });
  ada = await addMember(causeway, 'ada');
  links = await addThread(causeway, ada, 'Links by reference');
  prose = await addThread(causeway, ada, 'Long stories');
  for (let n = 0; n < 20; n++) {
    causeway.clock.advance(1000);
    const facts = (words: string) => ({ html: `<p>${words}</p>`, excerpt: `Begins ${n}` });
    await addPost(causeway, ada, links.id, LINKS, facts(`${LINKS} ends ${n}.`));
    await addPost(causeway, ada, prose.id, PROSE, facts(`${PROSE} ends ${n}.`));
  }
});

afterAll(() => causeway?.close());

function latch(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

async function work(outcome: 'made' | 'refused'): Promise<number> {
  const { text } = await causeway.client().get('/metrics');
  return Number(
    new RegExp(`^causeway_work_total{outcome="${outcome}"} (\\d+)`, 'm').exec(text)?.[1],
  );
}

describe('a text that grows when it is rendered', () => {
  it('is refused with the reason, and stays in the form', async () => {
    const body = `[a]: http://e.example/xxxx\n\n${'[a] '.repeat(3_900)}`;
    const answer = await ada.client.post(`/t/${prose.id}`, { body });
    expect(answer.status).toBe(400);
    expect(answer.$('#body-error').text()).toContain('too large once formatted');
    expect(answer.$('textarea[name=body]').val()).toBe(body);
  });
});

describe('a page of very long posts', () => {
  it('stays small, and folds what does not fit behind a page that has all of it', async () => {
    for (const [{ path }, words] of [
      [links, LINKS],
      [prose, PROSE],
    ] as const) {
      const page = await causeway.client().get(path, { ...VISITOR, 'Accept-Encoding': 'identity' });
      expect(page.status).toBe(200);
      expect(Buffer.byteLength(page.text)).toBeLessThan(300_000);
      const folded = page.$('article.post a[href$="/whole"]').toArray();
      const whole = page.$('article.post').length - folded.length;
      expect(folded.length).toBeGreaterThan(10);
      expect(whole).toBe(words === LINKS ? 1 : 9);
      expect(page.text).toContain('Begins 19');
      const last = page.$(folded.at(-1)).attr('href') ?? '';
      const own = await causeway.client().get(last, VISITOR);
      expect(own.text).toContain('ends 19.');
      expect(own.$('article.post a[href$="/whole"]').length).toBe(0);
    }
  });

  it('is made once for all visitors, whatever they add to its address', async () => {
    await causeway.client().get(links.path, VISITOR);
    const before = await work('made');
    for (let n = 0; n < 40; n++) {
      const page = await causeway.client().get(`${links.path}?x=${n}&utm_source=${n}`, ATTACKER);
      expect(page.status).toBe(200);
    }
    expect(await work('made')).toBe(before);
  });
});

describe('a contribution with very many replies', () => {
  it('shows the first of them, and all on its own page, where their links lead', async () => {
    const thread = await addThread(causeway, ada, 'Everybody answers the same');
    const parentId = await addPost(causeway, ada, thread.id, 'Who else?');
    const ids: string[] = [];
    for (let n = 0; n < 150; n++) {
      causeway.clock.advance(1000);
      const facts = { parentId, replyToId: parentId };
      ids.push(await addPost(causeway, ada, thread.id, `Me, number ${n}.`, facts));
    }
    const page = await causeway.client().get(thread.path, VISITOR);
    expect(page.$('article.post').length).toBe(120);
    expect(page.$('.more-replies').text()).toBe('Show 32 more replies');
    const more = page.$('.more-replies a').attr('href') ?? '';
    const seen = new Set<string>();
    for (let n = 1; n <= 8; n++) {
      const own = await causeway.client().get(more.replace('#', `?page=${n}#`), VISITOR);
      for (const post of own.$('.contributions article').toArray()) {
        seen.add(own.$(post).attr('id') ?? '');
      }
    }
    expect(seen).toEqual(new Set(ids.map((id) => `p-${id}`)));
    for (const [n, where] of [
      [3, thread.path],
      [149, `/p/${parentId}/whole?page=8`],
    ] as const) {
      const { location } = await causeway.client().get(`/p/${ids[n]}`, VISITOR);
      expect(location).toBe(`${where}#p-${ids[n]}`);
      const led = await causeway.client().get(location ?? '', VISITOR);
      expect(led.$(`[id="p-${ids[n]}"]`).text()).toContain(`Me, number ${n}.`);
    }
  });
});

describe('a feed and the API', () => {
  it('have fewer entries when they are long, and a link to the rest', async () => {
    for (const { id } of [links, prose]) {
      const found: string[] = [];
      let url: string | undefined = `/t/${id}/feed.xml`;
      while (url) {
        const feed = await causeway
          .client()
          .get(url, { ...VISITOR, 'Accept-Encoding': 'identity' });
        expect(feed.status).toBe(200);
        expect(Buffer.byteLength(feed.text)).toBeLessThan(250_000);
        found.push(
          ...[...feed.text.matchAll(/Begins (\d+)|ends (\d+)\./g)].map(([, a, b]) => `${a ?? b}`),
        );
        url = /rel="next"[^>]*href="http:\/\/[^/]+([^"]+)"/.exec(feed.text)?.[1];
      }
      expect(found.map(Number)).toEqual(Array.from({ length: 20 }, (_, n) => 19 - n));
    }
  });

  it('page by size as well as by number', async () => {
    const found: string[] = [];
    let url: string | null = `/api/v1/threads/${links.id}?limit=200`;
    while (url) {
      const answer: Answer = await causeway.client().get(url, VISITOR);
      expect(Buffer.byteLength(answer.text)).toBeLessThan(1_500_000);
      const { contributions, next } = JSON.parse(answer.text);
      found.push(...contributions.map(({ id }: { id: string }) => id));
      url = next && new URL(next).pathname + new URL(next).search;
    }
    expect(new Set(found).size).toBe(20);
    expect(found).toHaveLength(20);
  });
});

describe('a form', () => {
  const post = (path: string, type: string, body: string) =>
    fetch(causeway.url + path, {
      method: 'POST',
      headers: { 'Content-Type': type, Origin: causeway.url, ...ATTACKER },
      body,
      redirect: 'manual',
    });

  it('has so many fields and no more, however it is sent', async () => {
    const form = 'application/x-www-form-urlencoded';
    expect((await post('/login', form, 'a=1&'.repeat(62_000))).status).toBe(413);
    expect((await post('/login', form, 'a=1&'.repeat(900))).status).toBe(400);
    const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n';
    const leave = '/subscriptions/none/unsubscribe';
    const multipart = 'multipart/form-data; boundary=b';
    expect((await post(leave, multipart, `${part.repeat(1_200)}--b--\r\n`)).status).toBe(413);
    expect((await post(leave, multipart, `${part.repeat(3)}--b--\r\n`)).status).toBe(404);
  });
});

describe('a client that begins bodies and never ends them', () => {
  it('may make the site hold so many bytes, and others are read', async () => {
    const half = Buffer.alloc(1_000_000, 'a=b+');
    const begin = () => {
      const sent = request(`${causeway.url}/login`, {
        method: 'POST',
        headers: {
          ...ATTACKER,
          Origin: causeway.url,
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': half.length + 1,
        },
      });
      sent.on('error', () => undefined);
      sent.write(half);
      return sent;
    };
    const statuses: number[] = [];
    let refused = () => {};
    const threeRefused = new Promise<void>((resolve) => {
      refused = resolve;
    });
    const sent = Array.from({ length: 11 }, begin);
    for (const one of sent) {
      one.on('response', (answer) => {
        statuses.push(answer.statusCode ?? 0);
        answer.resume();
        if (statuses.length === 3) refused();
      });
    }
    await threeRefused;
    expect(statuses).toEqual([503, 503, 503]);
    expect((await causeway.client().post('/login', {}, VISITOR)).status).toBe(400);
    for (const one of sent) one.destroy();
  });
});

describe('a client that asks without a pause', () => {
  it('is refused in its language, pages and data alike, without the site around it', async () => {
    // All are sent before any is answered.
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(causeway.port, '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      }),
    );
    const answers = sockets.map((socket, n) => {
      const path = n % 2 ? '/api/v1/threads?limit=100' : prose.path;
      socket.write(
        [
          `GET ${path} HTTP/1.1`,
          `Host: 127.0.0.1:${causeway.port}`,
          `X-Forwarded-For: ${ATTACKER['X-Forwarded-For']}`,
          'Cookie: causeway_session=none',
          'Accept-Language: fr',
          'Connection: close',
          '\r\n',
        ].join('\r\n'),
      );
      return text(socket);
    });
    const beside = await causeway.client().get('/about', { ...VISITOR, 'Accept-Language': 'xx' });
    expect(beside.status).toBe(200);
    const refused = (await Promise.all(answers)).filter((answer) => / 503 /.test(answer));
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.length).toBeLessThan(40);
    for (const answer of refused) {
      expect(answer).toMatch(/^Retry-After: 5\r$/im);
      expect(answer).toMatch(/^X-Request-Id: [\da-f-]{36}\r$/im);
      expect(answer).toMatch(/^Content-Security-Policy: default-src 'none';/im);
      expect(answer).toMatch(/<html lang="fr" dir="ltr">|"status":503/);
      expect(answer).not.toContain('stylesheet');
    }
  });

  it('is refused beyond a number that waits, with what was typed; others are not', async () => {
    // Answers no question about spam until it is told to, so that posts stay in their places.
    const held: (() => void)[] = [];
    const fourHeld = latch();
    let isHolding = true;
    const spamCheck = createServer((request, response) => {
      const reply = () => response.end(request.url?.includes('verify') ? 'valid' : 'false');
      if (!isHolding) return reply();
      return held.push(reply) === 4 && fourHeld.open();
    });
    await new Promise<void>((done) => spamCheck.listen(0, '127.0.0.1', done));
    onTestFinished(() => void spamCheck.close());
    const { port } = spamCheck.address() as AddressInfo;
    const slow = await startTestCauseway({
      HOLD_FIRST_POSTS: '0',
      TRUST_PROXY: '1',
      AKISMET_URL: `http://127.0.0.1:${port}`,
      AKISMET_KEY: 'key',
      AKISMET_TIMEOUT: '10000',
    });
    onTestFinished(() => slow.close());
    const bo = await addMember(slow, 'bo');
    const thread = await addThread(slow, bo, 'Which card works?');
    const refused: Answer[] = [];
    const twoRefused = latch();
    // Four in their places, 64 waiting, two too many.
    const flood = Array.from({ length: 70 }, async (_, n) => {
      const form = { body: `None of "ours", number ${n}.`, country: 'NG' };
      const answer = await bo.client.post(`/t/${thread.id}`, form, ATTACKER);
      if (answer.status !== 503) return;
      refused.push(answer);
      if (refused.length === 2) twoRefused.open();
    });
    await Promise.all([twoRefused.opened, fourHeld.opened]);
    expect(held).toHaveLength(4);
    for (const answer of refused) {
      expect(answer.headers.get('Retry-After')).toBe('5');
      expect(answer.$('form').attr('action')).toBe(`/t/${thread.id}`);
      expect(answer.$('input[name=body]').val()).toMatch(/^None of "ours", number \d+\.$/);
      expect(answer.$('input[name=country]').val()).toBe('NG');
    }
    // Another network's forms, and everybody's pages.
    expect((await slow.client().post('/login', {}, VISITOR)).status).toBe(400);
    expect((await slow.client().get(thread.path, ATTACKER)).status).toBe(200);
    isHolding = false;
    for (const reply of held) reply();
    await Promise.all(flood);
    expect(refused).toHaveLength(2);
    const { text } = await slow.client().get('/metrics');
    expect(text).toContain('causeway_work_total{outcome="refused"} 2');
  });
});
