import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '~/platform/clock';
import { ownThread, threadTime } from '~/platform/markdown/thread-cpu-time';
import { decisions, patterns, posts, signals, waitingPosts } from '~db/schema';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { addMember, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let kofi: Member;
let thread: { id: string; slug: string; path: string };

/** No posts are held except by what is tested. */
beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  kofi = await addMember(causeway, 'kofi');
  thread = await addThread(causeway, kofi, 'What keeps us from it?');
});
afterAll(() => causeway.close());

async function post(who: Member, body: string, at = thread.id): Promise<string> {
  const answer = await who.client.post(`/t/${at}`, { body });
  expect(answer.status, answer.$('.error-summary').text()).toBe(303);
  return /#p-(.+)$/.exec(answer.location ?? '')?.[1] ?? '';
}

async function stateOf(id: string) {
  const [row] = await causeway.app.db.reader.select().from(posts).where(eq(posts.id, id));
  return row?.state;
}

async function addPattern(fields: Record<string, string>) {
  return mona.client.post('/mod/patterns', { action: 'add', effect: 'hold', ...fields });
}

/** Returns the path of the case with a post's words in the queue. */
async function caseSaying(words: string): Promise<string> {
  const desk = await mona.client.get('/mod');
  const link = desk.$('.queue a').filter((_, a) => desk.$(a).text().includes(words));
  return link.attr('href') ?? '';
}

describe('patterns', () => {
  it('hold a text with a word, tell its author why, and show moderators the match', async () => {
    expect((await addPattern({ kind: 'word', text: 'Casinò*', note: 'Ads' })).status).toBe(303);
    const ada = await addMember(causeway, 'ada');
    const held = await post(ada, 'Our CASINOS pay for it, every night of the week');
    expect(await stateOf(held)).toBe('held');
    const own = await ada.client.get(thread.path);
    expect(own.$(`#p-${held} .notice`).text()).toContain('a word or link that we check first');
    expect((await causeway.client().get(thread.path)).text).not.toContain('CASINOS');

    const matter = await mona.client.get(await caseSaying('CASINOS'));
    const evidence = matter.$('.evidence').text();
    expect(evidence).toContain('Casinò*');
    expect(evidence).toContain('Ads');
    await mona.client.post(matter.$('.decide form').attr('action') ?? '', { action: 'approve' });
    expect(await stateOf(held)).toBe('visible');
    const [decision] = await causeway.app.db.reader
      .select()
      .from(decisions)
      .where(eq(decisions.postId, held));
    expect(decision).toMatchObject({ foundByMachine: true, moderatorId: mona.id });
    expect(await post(ada, 'Occasional casinoless evenings').then(stateOf)).toBe('held');
    expect(await post(ada, 'Occasinos of another kind').then(stateOf)).toBe('visible');
  });

  it('flag a post that is already public', async () => {
    await addPattern({ kind: 'link', text: 'https://www.shop.example/x', effect: 'flag' });
    const shown = await post(kofi, 'Look at [this](https://deep.shop.example/offer?a=1&b=2) thing');
    expect(await stateOf(shown)).toBe('visible');
    expect(await caseSaying('this thing')).toMatch(/^\/mod\/cases\//);
    await post(kofi, 'Look at [that](https://notshop.example/) instead');
    expect(await caseSaying('that instead')).toBe('');
  });

  it('check later edits, and leave the post public', async () => {
    await addPattern({ kind: 'expression', text: String.raw`call\s+\+?\d{4,}` });
    const shown = await post(kofi, 'An innocent remark about prices');
    const body = 'An innocent remark. CALL  +22501 now';
    await kofi.client.post(`/p/${shown}/edit`, { body });
    expect(await stateOf(shown)).toBe('visible');
    expect(await caseSaying('CALL')).toMatch(/^\/mod\/cases\//);
  });

  it('do not hold moderators’ posts, nor anything after they are retired', async () => {
    await addPattern({ kind: 'word', text: 'lottery' });
    expect(await post(mona, 'The lottery of life').then(stateOf)).toBe('visible');
    const page = await mona.client.get('/mod/patterns');
    const row = page.$('.rows li').filter((_, li) => page.$(li).text().includes('lottery'));
    await mona.client.post('/mod/patterns', {
      action: 'retire',
      id: row.find('[name=id]').attr('value') ?? '',
    });
    expect((await mona.client.get('/mod/patterns')).text).not.toContain('lottery');
    expect(await post(kofi, 'The lottery of life is long').then(stateOf)).toBe('visible');
  });

  it('are saved once for one form, and another one with its key is not taken for saved', async () => {
    const key = (await mona.client.get('/mod/patterns')).$('input[name=key]').attr('value') ?? '';
    const raffle = { kind: 'word', text: 'raffle', key };
    for (const _ of [1, 2]) expect((await addPattern(raffle)).status).toBe(303);
    const other = await addPattern({ ...raffle, text: 'tombola' });
    expect(other.status).toBe(422);
    expect(other.$('#text').attr('value')).toBe('tombola');
    expect(other.$('.rows code').text()).not.toContain('tombola');
    const fresh = other.$('input[name=key]').attr('value') ?? '';
    expect((await addPattern({ ...raffle, text: 'tombola', key: fresh })).status).toBe(303);
    const saved = (await mona.client.get('/mod/patterns')).$('.rows code').text();
    expect(saved.match(/raffle|tombola/g)?.sort()).toEqual(['raffle', 'tombola']);
  });

  it.each([
    ['expression', '(a', 'RE2 cannot read this expression'],
    ['expression', '(?<=a)b', 'RE2 cannot read this expression'],
    ['expression', 'x*', 'even an empty one'],
    ['expression', '[a-z]{1000}', 'too large'],
    ['word', 'a', 'single letter'],
    ['link', 'localhost', 'not a domain name'],
    ['word', 'x'.repeat(201), 'at most 200'],
    ['word', ' ', 'Fill this in'],
  ])('refuse %s %s when it is saved, and keep it in the form', async (kind, text, reason) => {
    const answer = await addPattern({ kind, text });
    expect(answer.status).toBe(400);
    expect(answer.$('#text-error').text()).toContain(reason);
    expect(answer.$('#text').attr('value')).toBe(text);
  });

  it('delay no post for long, whatever the expression', async () => {
    expect((await addPattern({ kind: 'expression', text: '(a+)+$' })).status).toBe(303);
    const body = `${'a'.repeat(19_000)}!`;
    expect(await post(kofi, body).then(stateOf)).toBe('visible');
  });

  it('are not found for members', async () => {
    expect((await kofi.client.get('/mod/patterns')).status).toBe(404);
    const sent = await kofi.client.post('/mod/patterns', {
      action: 'add',
      kind: 'word',
      text: 'x',
    });
    expect(sent.status).toBe(404);
  });
});

describe('the same words', () => {
  const words = 'There is one transformer for the whole valley and it hums when it rains.';

  it('are refused to the same person, with a link to the first post, and the text is kept', async () => {
    const first = await post(kofi, words);
    const again = await kofi.client.post(`/t/${thread.id}`, {
      body: `there is ONE transformer, for the whole valley; and it hums when it rains!`,
    });
    expect(again.status).toBe(422);
    expect(again.$('.error-summary a').attr('href')).toBe(`/p/${first}`);
    expect(again.$('#body').text()).toContain('ONE transformer');
    expect(await post(kofi, 'Thanks!')).not.toBe(await post(kofi, 'Thanks!'));
  });

  it('are held if another person posts them, and the case links to the first post', async () => {
    const bilal = await addMember(causeway, 'bilal');
    const second = await post(bilal, `${words} Yes`);
    expect(await stateOf(second)).toBe('visible');
    const third = await post(bilal, words);
    expect(await stateOf(third)).toBe('held');
    const own = await bilal.client.get(thread.path);
    expect(own.$(`#p-${third} .notice`).text()).toContain(
      'Another member has already posted the same',
    );
    const matter = await mona.client.get(await caseSaying('one transformer'));
    expect(matter.$('.evidence').text()).toContain('Same text as a post by another member');
  });
});

describe('how long a first post waits', () => {
  it('is estimated from earlier waits, or not shown', async () => {
    const app = await useCauseway();
    const moderator = await addMember(app, 'mona', { role: 'moderator' });
    const { id, path } = await addThread(app, moderator, 'A place to begin in');
    const email = 'We will email you when a moderator has decided';
    for (const [handle, hours] of [
      ['ada', 1],
      ['bilal', 3],
      ['chen', 8],
    ] as const) {
      const newcomer = await addMember(app, handle);
      expect((await newcomer.client.get(path)).$('.composer .next').text()).toContain(email);
      await newcomer.client.post(`/t/${id}`, { body: `Hello from ${handle}` });
      app.clock.advance(hours * HOUR);
      const desk = await moderator.client.get('/mod');
      const matter = desk.$('.queue a').attr('href') ?? '';
      await moderator.client.post(matter, { action: 'approve' });
    }
    const dora = await addMember(app, 'dora');
    const form = await dora.client.get(path);
    expect(form.$('.composer .next').text()).toContain('half of such posts waited 3 hours');
    const sent = await dora.client.post(`/t/${id}`, { body: 'And another' });
    const shown = await dora.client.get((sent.location ?? '').replace(/#.*/, ''));
    const notice = shown.$('.post .notice').text();
    expect(notice).toContain('every new member’s first posts');
    expect(notice).toContain('half of such posts waited 3 hours or less');
    expect(notice).toContain(email);
  });

  it('is a minute if approvals were quicker, and rounded up', async () => {
    const app = await useCauseway();
    const moderator = await addMember(app, 'mona', { role: 'moderator' });
    const { id, path } = await addThread(app, moderator, 'A place to begin in');
    /** Approves the posts of two newcomers after these minutes, and returns what the next reads. */
    const readAfter = async (minutes: number, handles: string[], language: string) => {
      for (const handle of handles) {
        const newcomer = await addMember(app, handle);
        await newcomer.client.post(`/t/${id}`, { body: `Hello from ${handle}` });
        app.clock.advance(minutes * MINUTE);
        const desk = await moderator.client.get('/mod');
        const matter = desk.$('.queue a').attr('href') ?? '';
        await moderator.client.post(matter, { action: 'approve' });
      }
      const reader = await addMember(app, `after-${handles[0] ?? language}`);
      const form = await reader.client.get(path, { 'Accept-Language': language });
      return form.$('.composer .next').text();
    };
    expect(await readAfter(0.5, ['ada', 'bilal', 'chen'], 'en')).toMatch(
      / 1 minute or less.*email/,
    );
    expect(await readAfter(0, [], 'fr')).toMatch(/ 1 minute ou moins.*e-mail/);
    expect(await readAfter(0, [], 'ar')).toContain('المشاركات دقيقة أو أقل. سنراسلك');
    expect(await readAfter(90, ['dora', 'efua', 'femi', 'gita'], 'en')).toContain(
      '2 hours or less',
    );
  });
});

describe('limits', () => {
  it('are stricter for new members, and keep the text', async () => {
    const app = await useCauseway();
    const eager = await addMember(app, 'eager');
    const { id } = await addThread(app, await addMember(app, 'host'), 'A place to write in');
    for (let n = 0; n < 20; n += 1) {
      expect((await eager.client.post(`/t/${id}`, { body: `No ${n}` })).status).toBe(303);
    }
    const sent = await eager.client.post(`/t/${id}`, { body: 'One more' });
    expect(sent.status).toBe(429);
    expect(sent.$('#body').text().trim()).toBe('One more');
    expect(Number(sent.headers.get('Retry-After'))).toBeGreaterThan(30 * 60);
    app.clock.advance(HOUR);
    expect((await eager.client.post(`/t/${id}`, { body: 'One more' })).status).toBe(303);
  });
});

describe('forms that programs fill in', () => {
  const account = { email: 'x@example.org', handle: 'xavier', password: 'a boat on the causeway' };
  const trapped = [
    ['/signup', account],
    ['/subscribe', { email: 'x@example.org', scope: 'world', frequency: 'weekly', language: 'en' }],
  ] as const;

  it.each(trapped)('%s refuses a filled hidden field', async (path, fields) => {
    const sent = await causeway.client().post(path, { ...fields, homepage: 'http://spam.example' });
    expect(sent.status).toBe(422);
    expect(sent.$('.error-summary').text()).toContain('A hidden field was filled in');
    expect(sent.$('#email').attr('value')).toBe('x@example.org');
    // Of type `hidden`: a text browser shows everything else.
    expect(sent.$('input[type=hidden][name=homepage]').attr('value')).toBe('');
  });

  it.each(trapped)('%s refuses a form sent too fast, then accepts it', async (path, fields) => {
    const visitor = causeway.client();
    const form = await visitor.get(path);
    const started = form.$('[name=started]').attr('value') ?? '';
    causeway.clock.advance(SECOND);
    const fast = await visitor.post(path, { ...fields, started });
    expect(fast.status).toBe(422);
    expect(fast.$('[name=started]').attr('value')).toBe(started);
    causeway.clock.advance(SECOND);
    expect((await visitor.post(path, { ...fields, started })).status).toBe(303);
  });

  it('keep the text of a visitor who writes first', async () => {
    const visitor = causeway.client();
    const body = 'Words of somebody without an account';
    const sent = await visitor.post(`/t/${thread.id}`, { body, homepage: 'x' });
    expect(sent.status).toBe(422);
    expect(sent.$('#body').text()).toContain(body);
    const waiting = await causeway.app.db.reader.select().from(waitingPosts);
    expect(waiting).toEqual([]);
    const again = await visitor.post(`/t/${thread.id}`, { body, homepage: '' });
    expect(again.location).toMatch(/^\/join\//);
  });
});

describe('the spam check', () => {
  let service: Server;
  let answer: (body: URLSearchParams) => string | null;
  let asked: URLSearchParams[];
  let app: TestCauseway;
  let author: Member;
  let place: { id: string; path: string };

  beforeAll(async () => {
    asked = [];
    service = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const body = new URLSearchParams(text);
      asked.push(body);
      const said = answer(body);
      // Null: the service never responds.
      if (said !== null) response.end(said);
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const { port } = service.address() as AddressInfo;
    app = await startTestCauseway({
      HOLD_FIRST_POSTS: '0',
      AKISMET_URL: `http://127.0.0.1:${port}/1.1/comment-check`,
      AKISMET_KEY: 'key-of-ours',
      AKISMET_TIMEOUT: '300',
    });
    author = await addMember(app, 'ada');
    place = await addThread(app, author, 'Where the check is made');
  });
  afterAll(async () => {
    service.closeAllConnections();
    service.close();
    await app.close();
  });

  async function write(body: string) {
    const sent = await author.client.post(`/t/${place.id}`, { body });
    expect(sent.status).toBe(303);
    const id = /#p-(.+)$/.exec(sent.location ?? '')?.[1] ?? '';
    const db = app.app.db.reader;
    const [row] = await db.select().from(posts).where(eq(posts.id, id));
    return {
      state: row?.state,
      signals: await db.select().from(signals).where(eq(signals.postId, id)),
    };
  }

  it('sends the service the text and its author, but no email address', async () => {
    answer = () => 'false';
    expect(await write('A plain remark')).toMatchObject({ state: 'visible', signals: [] });
    expect(Object.fromEntries(asked.at(-1) ?? [])).toMatchObject({
      api_key: 'key-of-ours',
      comment_author: 'ada',
      comment_content: 'A plain remark',
      comment_type: 'reply',
      user_ip: '127.0.0.1',
    });
    expect(asked.at(-1)?.toString()).not.toContain('example.org');
  });

  it('holds a text that the service considers spam, and tells the author', async () => {
    answer = () => 'true';
    const { state, signals: noticed } = await write('Buy now');
    expect(state).toBe('held');
    expect(noticed).toMatchObject([{ kind: 'spam-check', effect: 'hold' }]);
    const own = await author.client.get(place.path);
    expect(own.$('.post .notice').text()).toContain('A spam filter stopped it');
  });

  it.each([
    ['is not one', () => '<html>Bad gateway'],
    ['is endless', () => 'true'.repeat(100_000)],
    ['is a complaint', () => 'invalid'],
    ['never comes', () => null],
  ])('publishes a post if the response %s, and records it', async (name, say) => {
    answer = say;
    const { state, signals: noticed } = await write(`Remark made when it ${name}`);
    expect(state).toBe('visible');
    expect(noticed).toMatchObject([{ kind: 'spam-check-failed', effect: 'none' }]);
  });

  it('publishes a post if the service cannot be reached', async () => {
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
    expect((await write('Said into the void')).state).toBe('visible');
  });
});

describe('two hundred expressions', () => {
  const EXPRESSIONS = Array.from(
    { length: 199 },
    (_, n) => `(?:[a-z]+\\s+){1,6}zq${n}\\s+(now|here)`,
  );

  async function useExpressions(effect: 'hold' | 'flag') {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const ada = await addMember(causeway, 'ada');
    const { path } = await addThread(causeway, mona, 'A thread');
    await causeway.app.db.write(async (tx) => {
      for (const [n, text] of EXPRESSIONS.entries()) {
        const about = { kind: 'expression' as const, effect, addedById: mona.id, createdAt: n };
        await tx.insert(patterns).values({ id: `p${n}`, text, ...about });
      }
    });
    const write = async (body: string) => {
      const answer = await ada.client.post(path, { body });
      expect(answer.status).toBe(303);
      const id = /#p-(.+)$/.exec(answer.location ?? '')?.[1] ?? '';
      const { reader } = causeway.app.db;
      const [row] = await reader.select().from(posts).where(eq(posts.id, id));
      const noticed = await reader.select().from(signals).where(eq(signals.postId, id));
      const page = await ada.client.get(path);
      return { state: row?.state, noticed, said: page.$(`#p-${id} .notice`).text() };
    };
    return { causeway, write };
  }

  it('are looked for in another thread, and the last of them is found', async () => {
    const { write } = await useExpressions('hold');
    const own = threadTime(ownThread() ?? '') ?? 0;
    const all = process.cpuUsage();
    const text = 'what people say about it here '.repeat(100);
    expect((await write(text)).state).toBe('visible');
    const { state, noticed } = await write(`${text} the price of zq198 now`);
    expect([state, noticed.map(({ patternId }) => patternId)]).toEqual(['held', ['p198']]);
    const { user, system } = process.cpuUsage(all);
    const here = (threadTime(ownThread() ?? '') ?? 0) - own;
    const elsewhere = (user + system) / 1000 - here;
    // Most of the work, and none of the expressions, is done where everybody's requests are.
    expect(here).toBeLessThan(elsewhere);
  });

  it.each(['hold', 'flag'] as const)(
    'that take too long on a text have a moderator look at it: %s',
    async (effect) => {
      const { write } = await useExpressions(effect);
      const { state, noticed, said } = await write('a b c d e f '.repeat(1600));
      expect(noticed.map(({ kind }) => kind)).toEqual(['pattern-unchecked']);
      expect(state).toBe(effect === 'hold' ? 'held' : 'visible');
      if (effect === 'hold') expect(said).toContain('took too long');
    },
  );
});
