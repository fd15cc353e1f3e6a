import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  barrierActs,
  barrierGroupPosts,
  meToos,
  postBarriers,
  posts,
  waitingPosts,
} from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let moderator: Member;
let amina: Member;
let kofi: Member;
let awa: Member;
let thread: { id: string; path: string };
let card: string;
let carte: string;
let unsaid: string;

const NG = { country: 'NG', region: '011' };
const SN = { country: 'SN', region: '011' };

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '3' });
  // Without a second factor a moderator's role has no effect in production; in tests `role` alone
  // is enough.
  moderator = await addMember(causeway, 'mona', { role: 'moderator' });
  amina = await addMember(causeway, 'amina', { country: 'NG' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
  awa = await addMember(causeway, 'awa', { country: 'SN' });
  thread = await addThread(causeway, amina, 'What is the biggest barrier?');
  const said = async (who: Member, body: string, facts: object) => {
    causeway.clock.advance(1000);
    return addPost(causeway, who, thread.id, body, facts);
  };
  card = await said(amina, 'The vendor takes only dollar cards, and my naira card was declined.', {
    ...NG,
    barriers: ['cost'],
  });
  carte = await said(awa, 'Ma carte bancaire est refusée, le paiement se fait en dollars.', {
    ...SN,
    barriers: ['cost'],
    language: 'fr',
  });
  await said(kofi, 'Nobody trained our nurses to use the tool.', {
    country: 'GH',
    region: '011',
    barriers: ['skills'],
  });
  unsaid = await said(kofi, 'The power is cut every day, so nothing is online after noon.', {
    country: 'GH',
    region: '011',
  });
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;
const DESK = '/mod/barriers?region=011';
const send = (who: Member, fields: Record<string, string | string[]>) =>
  who.client.post('/mod/barriers', { region: '011', ...fields });
const acts = async () =>
  (await db().select().from(barrierActs)).map(({ act, personId }) => [act, personId]);

describe('contributions that report the same barrier', () => {
  it('are proposed to moderators only', async () => {
    const page = await moderator.client.get(DESK);
    const boxes = page.$('section[aria-labelledby=proposed] input[name=post]');
    expect(boxes.map((_, box) => page.$(box).attr('value')).get()).toEqual([card, carte]);
    expect((await kofi.client.get(DESK)).status).toBe(404);
    expect((await send(kofi, { act: 'confirm', post: [card, carte] })).status).toBe(404);
    expect(await db().select().from(barrierGroupPosts)).toEqual([]);
  });

  it('are grouped by a moderator with one click', async () => {
    const sent = await send(moderator, { act: 'confirm', post: [card, carte] });
    expect([sent.status, sent.location]).toEqual([303, DESK]);
    expect(await acts()).toEqual([['group', moderator.id]]);
    const page = await causeway.client().get(thread.path);
    const link = page.$(`[id="p-${card}"] a[href^="/barriers/groups/"]`);
    expect(link.text()).toBe('Fewer than 3 people report this same barrier');

    await kofi.client.post(`/p/${carte}/face`, { on: '1', country: 'GH' });
    const group = await causeway.client().get(link.attr('href') ?? '');
    expect(group.$('#main').text()).toContain('3 people in 3 countries report this same barrier');
    expect(group.$('#main').text()).toContain('naira card');
    expect(group.$('#main').text()).toContain('Ma carte bancaire');
    for (const path of ['/regions/011', '/regions/002', '/barriers']) {
      expect((await causeway.client().get(path)).text, path).toContain('3 people in 3 countries');
    }
    expect((await causeway.client().get('/regions/019')).text).not.toContain('same barrier');
    const again = await moderator.client.get(DESK);
    expect(again.$('section[aria-labelledby=proposed] input[name=post]').length).toBe(0);
    expect(again.$('#confirmed + ol').text()).toContain('by mona');
  });

  it('do not count hidden posts, and are not a group if only one is left', async () => {
    const hide = (state: 'hidden' | 'visible') =>
      causeway.app.db.write((tx) => tx.update(posts).set({ state }).where(eq(posts.id, carte)));
    const path = (await causeway.client().get(thread.path))
      .$('a[href^="/barriers/groups/"]')
      .attr('href');
    await hide('hidden');
    expect((await causeway.client().get(path ?? '')).status).toBe(404);
    expect((await causeway.client().get('/regions/011')).text).not.toContain('same barrier');
    await hide('visible');
    expect((await causeway.client().get(path ?? '')).status).toBe(200);
  });

  it('can be ungrouped as easily, and are proposed again', async () => {
    const [row] = await db().select().from(barrierGroupPosts);
    const sent = await send(moderator, { act: 'undo', group: row?.groupId ?? '' });
    expect(sent.status).toBe(303);
    expect(await db().select().from(barrierGroupPosts)).toEqual([]);
    expect((await acts()).at(-1)).toEqual(['undo', moderator.id]);
    const page = await moderator.client.get(DESK);
    expect(page.$('input[name=post]').length).toBe(2);
    await send(moderator, { act: 'undo', group: row?.groupId ?? '' });
    expect((await acts()).length).toBe(2);
  });

  it('can be dismissed, and proposed again', async () => {
    await send(moderator, { act: 'aside', all: [card, carte] });
    const page = await moderator.client.get(DESK);
    expect(page.$('input[name=post]').length).toBe(0);
    const key = page.$('input[name=aside]').attr('value') ?? '';
    await send(moderator, { act: 'again', aside: key });
    expect((await moderator.client.get(DESK)).$('input[name=post]').length).toBe(2);
  });

  it.each([
    ['one alone', () => [card]],
    ['two by the same person', () => [unsaid, unsaid]],
    ['one that is not there', () => [card, 'nothing']],
  ])('are not %s', async (_, post) => {
    const answer = await send(moderator, { act: 'confirm', post: post() });
    expect(answer.status).toBe(422);
    expect(answer.$('.error-summary').length).toBe(1);
  });
});

describe('a suggestion', () => {
  const kinds = async (postId: string) =>
    (await db().select().from(postBarriers).where(eq(postBarriers.postId, postId))).map(
      ({ kind }) => kind,
    );

  it('is offered at the desk, unticked, and shown at no post', async () => {
    const desk = await moderator.client.get(DESK);
    const offered = desk.$(`form[action="/p/${unsaid}/kinds"] input[value=connectivity]`);
    expect(offered.length).toBe(1);
    expect(desk.$('section[aria-labelledby=unsaid] input:checked').length).toBe(0);
    for (const client of [causeway.client(), amina.client, moderator.client, kofi.client]) {
      const { $ } = await client.get(thread.path);
      expect($(`[id="p-${unsaid}"] .topics`).text()).toBe('');
      expect($(`form[action="/p/${unsaid}/kinds"]`).length).toBe(0);
    }
    expect(await kinds(unsaid)).toEqual([]);
    expect((await causeway.client().get('/barriers?kind=connectivity')).text).not.toContain(
      'The power is cut',
    );
  });

  it('counts once it is accepted, and no longer after undoing that', async () => {
    const accept = { act: 'accept', barrier: 'connectivity', redirectTo: DESK };
    expect((await amina.client.post(`/p/${unsaid}/kinds`, accept)).status).toBe(404);
    expect((await moderator.client.post(`/p/${unsaid}/kinds`, accept)).location).toBe(DESK);
    expect(await kinds(unsaid)).toEqual(['connectivity']);
    expect((await causeway.client().get('/barriers?kind=connectivity')).text).toContain(
      'The power is cut',
    );
    const page = await moderator.client.get(DESK);
    expect(page.$('section[aria-labelledby=accepted]').text()).toContain('by mona');
    await moderator.client.post(`/p/${unsaid}/kinds`, { act: 'take-back', redirectTo: DESK });
    expect(await kinds(unsaid)).toEqual([]);
    expect((await kofi.client.post(`/p/${unsaid}/kinds`, { act: 'accept' })).status).toBe(422);
    await kofi.client.post(`/p/${unsaid}/kinds`, accept);
    expect(await kinds(unsaid)).toEqual(['connectivity']);
    await kofi.client.post(`/p/${unsaid}/kinds`, { act: 'take-back' });
    expect(await kinds(unsaid)).toEqual([]);
  });

  it('is not shown again once a moderator dismissed it', async () => {
    expect((await kofi.client.post(`/p/${unsaid}/kinds`, { act: 'aside' })).status).toBe(404);
    await moderator.client.post(`/p/${unsaid}/kinds`, { act: 'aside', redirectTo: DESK });
    const page = await moderator.client.get(DESK);
    expect(page.$('section[aria-labelledby=unsaid]').text()).not.toContain('The power is cut');
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
    expect(form.$('form[method=post] select[name=country]').length).toBe(1);
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
