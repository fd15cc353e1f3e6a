import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
