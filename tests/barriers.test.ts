import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affirmations, postBarriers, posts, threads } from '../db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let amina: Member;
let kofi: Member;
let question: { id: string; slug: string };

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  amina = await addMember(causeway, 'amina', { country: 'NG' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
  question = await firstQuestion();
});
afterAll(() => causeway.close());

/** The thread that takes reports; of a fresh installation it is there already. */
async function firstQuestion() {
  const { db } = causeway.site;
  const [known] = await db.reader.select().from(threads).where(eq(threads.questionNumber, 1));
  const thread = known ?? (await addThread(causeway, amina, 'What is the biggest barrier?'));
  await db.write((tx) =>
    tx.update(threads).set({ state: 'open', questionNumber: 1 }).where(eq(threads.id, thread.id)),
  );
  return thread;
}

const REPORT = {
  title: 'Our cards are declined',
  body: 'The cloud takes dollars only, and our bank sells none.',
  country: 'NG',
  industry: 'Q',
  barrier: ['cost', 'concentration'],
  pillar: ['infrastructure'],
  impact: '3',
};

async function stored(location: string | null) {
  const id = decodeURIComponent(location?.split('#p-')[1] ?? '');
  const { reader } = causeway.site.db;
  const [post] = await reader.select().from(posts).where(eq(posts.id, id));
  const kinds = await reader.select().from(postBarriers).where(eq(postBarriers.postId, id));
  return { ...post, kinds: kinds.map(({ kind }) => kind).sort() };
}

describe('a report', () => {
  it('becomes a contribution to the first question, its title the heading', async () => {
    const answer = await amina.client.post('/barriers/new', REPORT);
    expect(answer.status).toBe(303);
    expect(answer.location).toContain(`/t/${question.id}/`);
    expect(await stored(answer.location)).toMatchObject({
      threadId: question.id,
      country: 'NG',
      region: '011',
      industry: 'Q',
      impact: 3,
      kinds: ['concentration', 'cost'],
    });
    const page = await kofi.client.get(answer.location ?? '');
    const post = page.$(`[id="${answer.location?.split('#')[1]}"]`);
    expect(post.find('.prose').text()).toContain('Our cards are declined');
    expect(post.find('.topics').text()).toContain('It stops us altogether');
  });

  it('needs words and a place, and nothing else', async () => {
    const words = 'The line is cut every afternoon, so no model answers.';
    const enough = await kofi.client.post('/barriers/new', { body: words, country: '011' });
    expect(enough.status).toBe(303);
    expect(await stored(enough.location)).toMatchObject({
      country: null,
      region: '011',
      body: words,
    });

    const { status, $ } = await kofi.client.post('/barriers/new', { body: words, impact: '4' });
    expect(status).toBe(400);
    expect($('textarea').text()).toBe(words);
    expect($('#country-error').length).toBe(1);
    expect($('#impact .field-error').length).toBe(1);
  });

  it('sent twice is stored once', async () => {
    const key = 'd9c6f7f2-2f0f-4c4e-9a39-6f2f5a4ff111';
    const first = await kofi.client.post('/barriers/new', { ...REPORT, country: 'GH', key });
    const again = await kofi.client.post('/barriers/new', { ...REPORT, country: 'GH', key });
    expect(again.location).toBe(first.location);
  });

  it('comes back whole to somebody who is not logged in', async () => {
    const { status, $ } = await causeway.client().post('/barriers/new', REPORT);
    expect(status).toBe(422);
    expect($('textarea').text()).toBe(REPORT.body);
    expect($('input[name=barrier][value=cost]').is('[checked]')).toBe(true);
    expect($('a[href^="/login"][target=_blank]').length).toBe(1);
  });

  it('is taken by the form under the first question too, impact and all', async () => {
    const form = await amina.client.get(`/t/${question.id}/${question.slug}`);
    expect(form.$('form.composer input[name=impact]').length).toBe(4);
    const { title: _none, ...fields } = REPORT;
    const answer = await amina.client.post(`/t/${question.id}`, { ...fields, impact: '1' });
    expect(await stored(answer.location)).toMatchObject({ impact: 1 });
  });
});

describe('the preview of a report', () => {
  it('shows what others from there said of the same, to join instead', async () => {
    const others = await addMember(causeway, 'bola', { country: 'NG' });
    const known = await addPost(causeway, others, question.id, 'No dollars, no tokens.', {
      country: 'NG',
      region: '011',
      barriers: ['cost'],
    });
    const elsewhere = await addPost(causeway, others, question.id, 'The fee is too high here.', {
      country: 'KE',
      region: '014',
      barriers: ['cost'],
    });
    const { $, status } = await kofi.client.post('/barriers/new', {
      ...REPORT,
      country: 'GH',
      preview: '1',
    });
    expect(status).toBe(200);
    expect($('#preview + .prose').text()).toContain('dollars only');
    expect($(`form[action="/p/${known}/face"]`).length).toBe(1);
    expect($(`form[action="/p/${elsewhere}/face"]`).length).toBe(0);

    const joined = await kofi.client.post(`/p/${known}/face`, { on: '1', country: 'GH' });
    expect(joined.status).toBe(303);
    const marks = await causeway.site.db.reader
      .select()
      .from(affirmations)
      .where(eq(affirmations.postId, known));
    expect(marks).toMatchObject([{ userId: kofi.id, country: 'GH' }]);
  });
});
