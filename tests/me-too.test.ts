import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { meToos, waitingPosts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let amina: Member;
let kofi: Member;
let thread: { id: string; path: string };
let card: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '3' });
  amina = await addMember(causeway, 'amina', { country: 'NG' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
  thread = await addThread(causeway, amina, 'What is the biggest barrier?');
  card = await addPost(
    causeway,
    amina,
    thread.id,
    'The vendor takes only dollar cards, and my naira card was declined.',
    { country: 'NG', region: '011', barriers: ['cost'] },
  );
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;
describe('“I face this too”', () => {
  it('is offered at reports of barriers only', async () => {
    await seedOnce(causeway.app);
    const write = (where: string, facts = {}) =>
      addPost(causeway, amina, where, 'Thank you all for the answers.', facts);
    const posts: [where: string, id: string, offered: number][] = [
      ['/t/q1', await write('q1'), 1],
      ['/t/q1', await write('q1', { notBarrier: 'author' }), 0],
      ['/t/q2', await write('q2'), 0],
      ['/t/q2', await write('q2', { barriers: ['skills'] }), 1],
      [thread.path, await write(thread.id), 0],
      [thread.path, card, 1],
    ];
    for (const [where, id, offered] of posts) {
      for (const client of [causeway.client(), kofi.client]) {
        const first = await client.get(where);
        const { $ } = first.location ? await client.get(first.location) : first;
        const buttons = $(`[id="p-${id}"] .me-too :is(a, button)`);
        expect(buttons.length, `${where} ${id}`).toBe(offered);
      }
    }
    const { $ } = await kofi.client.get(thread.path);
    expect($('.opening .me-too').length).toBe(0);
  });

  it('can be taken back where it is not offered any more', async () => {
    const post = await addPost(causeway, amina, thread.id, 'Thank you all for the answers.');
    await kofi.client.post(`/p/${post}/face`, { on: '1' });
    const { $ } = await kofi.client.get(thread.path);
    expect($(`[id="p-${post}"] .me-too button`).attr('value')).toBe('0');
  });
});

describe('“I face this too” before there is an account', () => {
  const newcomer = { email: 'new@example.org', handle: 'newcomer', password: 'a boat on the bay' };
  const marks = async () =>
    (await db().select().from(meToos).where(eq(meToos.postId, card))).map(({ country }) => country);

  it('waits, and is made on confirmation, once', async () => {
    const visitor = causeway.client();
    const page = await visitor.get(thread.path);
    const link = page.$(`[id="p-${card}"] .me-too a`).attr('href') ?? '';
    const form = await visitor.get(link);
    expect(form.$('form[method=post] input[name=country]').length).toBe(1);
    const sent = await visitor.post(link, { on: '1', country: 'TG' });
    expect(sent.location).toMatch(/^\/join\//);
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('#main').text()).toContain('my naira card was declined');
    await visitor.post(sent.location ?? '', newcomer);
    expect(await marks()).toEqual([]);
    await runJobs(causeway.app);
    const mail = (await causeway.mails()).at(-1);
    const confirm = /\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    const done = await visitor.post(confirm);
    expect(done.location).toContain(`#p-${card}`);
    expect(await marks()).toEqual(['TG']);
    expect(await db().select().from(waitingPosts)).toEqual([]);
    await visitor.post(`/p/${card}/face`, { on: '0' });
    expect(await marks()).toEqual([]);
  });

  it('is made at once if the visitor logs in, and never for another person’s address', async () => {
    const visitor = causeway.client();
    const sent = await visitor.post(`/p/${card}/face`, { on: '1', country: 'BJ' });
    const stranger = { ...newcomer, email: 'kofi@example.org', handle: 'somebody' };
    const other = await visitor.post(`/p/${card}/face`, { on: '1' });
    await visitor.post(other.location ?? '', stranger);
    expect(await marks()).toEqual([]);
    expect((await visitor.get(other.location ?? '')).status).toBe(404);
    const answer = await kofi.client.post(sent.location ?? '');
    expect(answer.location).toContain(`#p-${card}`);
    expect(await marks()).toEqual(['BJ']);
  });

  it('is refused for missing posts', async () => {
    const answer = await causeway.client().post('/p/nothing/face', { on: '1' });
    expect(answer.status).toBe(404);
  });
});
