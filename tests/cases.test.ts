import { and, desc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queueCaseReminders } from '~/domain/moderation/cases/remind';
import { transparencyOf } from '~/domain/moderation/dsa/figures';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { appeals, cases, decisions, mails, posts, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let musa: Member;
let n = 0;
let amara: Member;
let bilal: Member;
let thread: { id: string; slug: string; openingId: string; path: string };
let postId: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  musa = await addMember(causeway, 'musa', { role: 'moderator' });
});
afterAll(() => causeway.close());

beforeEach(async () => {
  n += 1;
  amara = await addMember(causeway, `amara${n}`);
  bilal = await addMember(causeway, `bilal${n}`);
  thread = await addThread(causeway, bilal, `Question ${n} of the evening`);
  causeway.clock.advance(MINUTE);
  postId = await addPost(causeway, amara, thread.id, `Words number ${n}`);
  causeway.clock.advance(MINUTE);
});

const db = () => causeway.app.db.reader;
const desk = (id = postId) => `/mod/posts/${id}`;

async function stateOf(id = postId) {
  const [row] = await db().select().from(posts).where(eq(posts.id, id));
  return row?.state;
}

async function newestDecision(personId = amara.id) {
  const [row] = await db()
    .select()
    .from(decisions)
    .where(and(eq(decisions.authorId, personId), isNull(decisions.partOfId)))
    .orderBy(desc(decisions.createdAt), desc(decisions.id));
  if (!row) throw new Error('nothing was decided');
  return row;
}

/** Acts on a post as a moderator, and returns the resulting decision. */
async function act(fields: Record<string, string | string[]>, id = postId, by = mona) {
  causeway.clock.advance(MINUTE);
  const answer = await by.client.post(desk(id), { reason: 'off-topic', ...fields });
  expect(answer.status, answer.$('.error-summary').text()).toBe(303);
  const [row] = await db().select().from(posts).where(eq(posts.id, id));
  return newestDecision(row?.authorId);
}

async function undo(decision: { id: string; caseId: string | null }, by = mona): Promise<Answer> {
  causeway.clock.advance(MINUTE);
  const fields = { action: 'undo', undoes: decision.id };
  return by.client.post(`/mod/cases/${decision.caseId}`, fields);
}

const replies = async (client: Client, path = thread.path) =>
  (await client.post(path, { body: 'My carefully typed answer' })) as Answer;

describe('the record', () => {
  it('cannot be changed or removed by anything', async () => {
    const { id } = await act({ action: 'hide' });
    for (const change of [
      (tx: typeof causeway.app.db.reader) =>
        tx.update(decisions).set({ rule: 'spam' }).where(eq(decisions.id, id)),
      (tx: typeof causeway.app.db.reader) => tx.delete(decisions).where(eq(decisions.id, id)),
    ]) {
      await expect(causeway.app.db.write(async (tx) => change(tx))).rejects.toThrow();
    }
    expect((await newestDecision()).rule).toBe('off-topic');
  });

  it('keeps the statement to the author, the private note and the case', async () => {
    const decision = await act({
      action: 'hide',
      reason: 'harassment',
      note: 'The second half.',
      privateNote: 'Third time this week.',
      canned: 'tone',
    });
    const [mail] = await db()
      .select()
      .from(mails)
      .where(eq(mails.to, `amara${n}@example.org`));
    expect(decision.told).toBe(mail?.text);
    expect(decision.told).toContain('The second half.');
    expect(decision.told).toContain('the remark about a person is not');
    expect(decision.told).toContain('No automation was involved');
    expect(decision.told).not.toContain('Third time');
    expect(decision.privateNote).toBe('Third time this week.');
    const page = await amara.client.get(`/decisions/${decision.id}`);
    expect(page.text).toContain('The second half.');
    expect(page.text).not.toContain('Third time');
  });

  it('shows the notice before it is sent, and then stores nothing', async () => {
    const answer = await mona.client.post(desk(), {
      action: 'hide',
      reason: 'misinformation',
      note: 'Where is this from?',
      preview: '1',
    });
    expect(answer.status).toBe(200);
    const notice = answer.$('#notice').text();
    expect(notice).toContain('Misleading claims');
    expect(notice).toContain('Where is this from?');
    expect(notice).toContain('you can appeal once');
    expect(notice).toContain('/decisions/…');
    expect(answer.$('textarea[name=note]').val()).toBe('Where is this from?');
    expect(await stateOf()).toBe('visible');
    expect(await db().select().from(cases).where(eq(cases.postId, postId))).toEqual([]);
  });
});

describe('number of requests', () => {
  it('hides 20 spam posts of one member in two, and restores them in one', async () => {
    const spam = [postId];
    for (let at = 1; at < 20; at++) {
      spam.push(await addPost(causeway, amara, thread.id, `Cheap loans ${at}`));
    }
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    causeway.clock.advance(MINUTE);
    const page = await mona.client.get(desk());
    const answer = await mona.client.post(page.location ?? '', {
      action: 'spam-clean',
      days: '30',
    });
    expect(answer.status).toBe(303);
    for (const id of spam) expect(await stateOf(id)).toBe('hidden');
    expect((await causeway.client().get(thread.path)).text).not.toContain('Cheap loans');
    expect((await replies(amara.client)).status).toBe(422);
    const whole = await newestDecision();
    expect(whole).toMatchObject({ action: 'spam-clean', rule: 'spam', change: { posts: 20 } });
    const told = await db()
      .select()
      .from(mails)
      .where(eq(mails.to, `amara${n}@example.org`));
    expect(told.length).toBe(1);

    expect((await undo(whole)).status).toBe(303);
    for (const id of spam) expect(await stateOf(id)).toBe('visible');
    expect((await replies(amara.client)).status).toBe(303);
    expect((await undo(whole)).status).toBe(422);
  });

  it('settles a typical flag in two', async () => {
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'harassment' });
    const thePage = await mona.client.get(thread.path);
    const form = thePage.$(`form[action="${desk()}"]`);
    expect(form.find('[name=reason] option').length).toBeGreaterThan(10);
    const answer = await mona.client.post(desk(), {
      action: 'hide',
      reason: 'harassment',
      back: `/p/${postId}`,
    });
    expect(answer.location).toBe(`/p/${postId}`);
    expect(await stateOf()).toBe('hidden');
    const open = await db()
      .select()
      .from(cases)
      .where(and(eq(cases.postId, postId), isNull(cases.closedAt)));
    expect(open).toEqual([]);
    for (const { client } of [bilal, amara]) {
      expect((await client.get(thread.path)).$('.in-place').length).toBe(0);
    }
  });

  it('decides all that was ticked in the queue in one', async () => {
    const other = await addPost(causeway, bilal, thread.id, 'More of the same');
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    await amara.client.post(`/p/${other}/flag`, { reason: 'spam' });
    const page = await mona.client.get('/mod');
    const ids = page
      .$('.queue input[name=case]')
      .map((_, box) => page.$(box).val())
      .get();
    const wanted = [...ids, 'nothing'].map(String);
    const answer = await mona.client.post('/mod', { bulk: 'hide', case: wanted });
    expect(answer.location).toBe(`/mod?done=${ids.length}&left=1`);
    expect([await stateOf(), await stateOf(other)]).toEqual(['hidden', 'hidden']);
    const batch = new Set([
      (await newestDecision()).batchId,
      (await newestDecision(bilal.id)).batchId,
    ]);
    expect(batch.size).toBe(1);
    expect((await mona.client.get(answer.location ?? '')).text).toContain('1 could not be decided');
    expect((await mona.client.post('/mod', { bulk: 'hide' })).status).toBe(400);
    // Gone back to the desk, whose form still has its key.
    const key = page.$('input[name=key]').attr('value') ?? '';
    const first = { key, bulk: 'dismiss', case: wanted };
    const sent = await mona.client.post('/mod', first);
    expect((await mona.client.post('/mod', first)).location).toBe(sent.location);
    for (const other of [{ bulk: 'hide' }, { case: wanted.slice(1) }]) {
      const refused = await mona.client.post('/mod', { ...first, ...other });
      expect(refused.status).toBe(422);
      expect(refused.$('.error-summary a').attr('href')).toBe(sent.location);
    }
    expect((await bilal.client.post('/mod', { bulk: 'hide', case: wanted })).status).toBe(404);
  });
});

describe('the queue', () => {
  it('shows who has claimed a case, for an hour, and only that moderator releases it', async () => {
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    const [matter] = await db().select().from(cases).where(eq(cases.postId, postId));
    const path = `/mod/cases/${matter?.id}`;
    expect((await mona.client.post(path, { action: 'claim' })).status).toBe(303);
    expect((await mona.client.get('/mod?claimed=mine')).text).toContain(`Words number ${n}`);
    const seen = await musa.client.get(path);
    expect(seen.text).toContain('Assigned to mona');
    expect(seen.$('button[value=claim]').length).toBe(0);
    expect((await musa.client.post(path, { action: 'claim' })).status).toBe(422);
    await musa.client.post(path, { action: 'release' });
    expect((await musa.client.get('/mod?claimed=free')).text).not.toContain(`Words number ${n}`);
    causeway.clock.advance(HOUR + MINUTE);
    expect((await musa.client.get('/mod?claimed=free')).text).toContain(`Words number ${n}`);
    expect((await musa.client.post(path, { action: 'claim' })).status).toBe(303);
    await musa.client.post(path, { action: 'release' });
    expect((await mona.client.get(path)).text).not.toMatch(/Assigned to (mona|musa|you)/);
  });

  it('is filtered by cause, reason, place, language and age, and sorted', async () => {
    await causeway.app.db.write((tx) =>
      tx
        .update(posts)
        .set({ country: 'KE', region: '014', language: 'sw' })
        .where(eq(posts.id, postId)),
    );
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'private-data' });
    const held = await addPost(causeway, amara, thread.id, `Held number ${n}`, { state: 'held' });
    const rows = async (query: string) => (await mona.client.get(`/mod?${query}`)).text;
    const words = `Words number ${n}`;
    for (const query of [
      ...['cause=flag', 'reason=private-data', 'region=002', 'language=sw', 'claimed=free'],
      ...['sort=flags', 'cause=flag&reason=private-data&region=014'],
    ]) {
      expect(await rows(query), query).toContain(words);
    }
    for (const query of ['cause=held', 'reason=illegal', 'region=142', 'language=fr', 'age=24']) {
      expect(await rows(query), query).not.toContain(words);
    }
    expect(await rows('cause=held')).toContain(`Held number ${n}`);
    causeway.clock.advance(25 * HOUR);
    expect(await rows('age=24')).toContain(words);
    await act({ action: 'approve' }, held);
  });

  it('emails moderators a summary of cases that wait too long, once', async () => {
    await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    await queueCaseReminders(causeway.app);
    const before = await db().select().from(mails).where(eq(mails.to, 'mona@example.org'));
    causeway.clock.advance(25 * HOUR);
    expect(await queueCaseReminders(causeway.app)).toEqual({ mails: 2 });
    expect(await queueCaseReminders(causeway.app)).toEqual({ mails: 0 });
    const after = await db().select().from(mails).where(eq(mails.to, 'mona@example.org'));
    expect(after.length).toBe(before.length + 1);
    expect(after.at(-1)?.text).toContain('/mod/cases/');
    expect(after.at(-1)?.text).not.toContain(`Words number ${n}`);
  });
});

describe('restrictions on posting', () => {
  it('by a silence: with a clear message and the text kept, until it ends', async () => {
    const decision = await act({ action: 'silence', days: '3', reason: 'harassment' });
    expect(decision.until).toBe(decision.createdAt + 3 * DAY);
    const answer = await replies(amara.client);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('You cannot post until');
    expect(answer.$('textarea[name=body]').val()).toBe('My carefully typed answer');
    const flag = await amara.client.post(`/p/${thread.openingId}/flag`, { reason: 'spam' });
    expect(flag.status).toBe(303);
    causeway.clock.advance(3 * DAY + MINUTE);
    expect((await replies(amara.client)).status).toBe(303);
  });

  it('by a suspension, which can be lifted and suspends the role too', async () => {
    const decision = await act({ action: 'suspend', days: '30', reason: 'harassment' });
    expect((await replies(amara.client)).status).toBe(422);
    expect((await amara.client.post(`/p/${thread.openingId}/flag`)).status).toBe(404);
    expect((await amara.client.get(`/decisions/${decision.id}`)).status).toBe(200);
    await act({ action: 'lift' });
    expect((await replies(amara.client)).status).toBe(303);
    expect((await mona.client.post(desk(), { action: 'suspend', reason: 'spam' })).status).toBe(
      400,
    );
  });

  it('by a closed thread, and by slow mode', async () => {
    const closed = await act({ action: 'lock' }, thread.openingId);
    const answer = await replies(amara.client);
    expect(answer.status).toBe(422);
    expect(answer.$('textarea[name=body]').val()).toBe('My carefully typed answer');
    await undo(closed);
    await act({ action: 'slow', minutes: '30', days: '1' }, thread.openingId);
    expect((await replies(amara.client)).status).toBe(429);
    causeway.clock.advance(31 * MINUTE);
    expect((await replies(amara.client)).status).toBe(303);
    const second = await replies(amara.client);
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('Retry-After'))).toBe(30 * 60);
    expect(second.$('textarea[name=body]').val()).toBe('My carefully typed answer');
    expect((await replies(mona.client)).status).toBe(303);
    expect((await replies(mona.client)).status).toBe(303);
    await act({ action: 'unslow' }, thread.openingId);
    expect((await replies(amara.client)).status).toBe(303);
  });
});

describe('organising threads', () => {
  it('moves a post with its replies and permalinks, and back', async () => {
    const answer = await addPost(causeway, bilal, thread.id, 'An answer to it', {
      parentId: postId,
      replyToId: postId,
    });
    const other = await addThread(causeway, bilal, `Another question ${n}`);
    const moved = await act({ action: 'move', to: `${causeway.url}${other.path}?page=1#x` });
    expect((await causeway.client().get(other.path)).text).toContain(`Words number ${n}`);
    expect((await causeway.client().get(thread.path)).text).not.toContain(`Words number ${n}`);
    for (const id of [postId, answer]) {
      const { location } = await causeway.client().get(`/p/${id}`);
      expect(location).toBe(`${other.path}#p-${id}`);
    }
    const later = await amara.client.post(other.path, { body: 'Written since', replyTo: answer });
    expect(later.status).toBe(303);
    expect((await undo(moved)).status).toBe(303);
    const back = await causeway.client().get(thread.path);
    for (const text of [`Words number ${n}`, 'An answer to it', 'Written since']) {
      expect(back.text).toContain(text);
    }
    expect((await causeway.client().get(other.path)).text).not.toContain('Written since');
  });

  it('refuses to move to a missing thread, and keeps the typed values', async () => {
    const answer = await mona.client.post(desk(), { action: 'move', to: '/t/nowhere' });
    expect(answer.status).toBe(422);
    expect(answer.$('#to-error').text()).toContain('no public thread');
    expect(answer.$('input[name=to]').val()).toBe('/t/nowhere');
  });

  it('splits a thread, and undoes it', async () => {
    const answer = await addPost(causeway, bilal, thread.id, 'An answer to it', {
      parentId: postId,
      replyToId: postId,
    });
    const split = await act({ action: 'split', title: `Its own matter ${n}` });
    const { location } = await causeway.client().get(`/p/${postId}`);
    const page = await causeway.client().get(location ?? '');
    expect(page.$('h1').text()).toBe(`Its own matter ${n}`);
    expect(page.$('.contributions').text()).toContain('An answer to it');
    const found = await causeway.client().get(`/search?q=own+matter+${n}`);
    expect(found.$('main').text()).toContain(`Its own matter ${n}`);
    expect((await undo(split)).status).toBe(303);
    const old = await causeway.client().get(location?.split('#')[0] ?? '');
    expect([old.status, old.location]).toEqual([301, thread.path]);
    expect((await causeway.client().get(`/p/${answer}`)).location).toBe(
      `${thread.path}#p-${answer}`,
    );
    expect((await causeway.client().get('/threads')).text).not.toContain(`Its own matter ${n}`);
  });

  it('merges two threads, redirects the old URL, and undoes it', async () => {
    const other = await addThread(causeway, amara, `The same question ${n}`);
    const merged = await act({ action: 'merge', to: thread.path }, other.openingId);
    const old = await causeway.client().get(other.path);
    expect([old.status, old.location]).toEqual([301, thread.path]);
    expect((await causeway.client().get(thread.path)).text).toContain(`The same question ${n}`);
    const late = await bilal.client.post(other.path, { body: 'Typed before it was joined' });
    expect(late.status).toBe(303);
    // What it is about is asked next; the reply stands in the other thread.
    expect(late.location).toContain('/about');
    const joined = await bilal.client.get(thread.path);
    expect(joined.text).toContain('Typed before it was joined');
    const feed = await causeway.client().get(`/t/${other.id}/feed.xml`);
    expect([feed.status, feed.location]).toEqual([301, `/t/${thread.id}/feed.xml`]);
    expect((await undo(merged)).status).toBe(303);
    expect((await causeway.client().get(other.path)).status).toBe(200);
    expect((await causeway.client().get(thread.path)).text).not.toContain(`The same question ${n}`);
  });

  it('leads every representation of a merged thread to the other', async () => {
    const other = thread;
    const { id, openingId } = await addThread(causeway, amara, `Asked twice ${n}`);
    await act({ action: 'merge', to: other.path }, openingId);
    const client = causeway.client();
    const origin = causeway.config.origin;
    for (const path of ['', '/feed.xml', '/card.png']) {
      const found = await client.get(`/t/${id}${path}`);
      expect(found.status, path).toBe(301);
      expect(found.location).toContain(`/t/${other.id}/`);
      expect((await client.get(found.location ?? '')).status).toBe(200);
    }
    const embedded = await client.get(`/embed/t/${id}`);
    expect([embedded.status, embedded.location]).toEqual([301, `/embed/t/${other.id}`]);
    const oembed = await client.get(`/oembed?url=${encodeURIComponent(`${origin}/t/${id}`)}`);
    expect(JSON.parse(oembed.text).html).toContain(`/embed/t/${other.id}"`);
    const api = await client.get(`/api/v1/threads/${id}`);
    expect(JSON.parse(api.text).thread.id).toBe(other.id);
    const reported = await client.post('/report', {
      location: `${origin}/t/${id}`,
      explanation: 'It says where a person lives.',
      name: 'A. Reader',
      email: 'reader@example.org',
      goodFaith: '1',
    });
    expect(reported.status).toBe(303);
    const unread = await bilal.client.get(`/reading/${id}`);
    const followed = await bilal.client.get(unread.location ?? '');
    expect(followed.location).toContain(`/t/${other.id}/`);
  });

  it('redirects through two merges', async () => {
    const [middle, last] = [
      await addThread(causeway, amara, `The middle ${n}`),
      await addThread(causeway, amara, `The last ${n}`),
    ];
    await act({ action: 'merge', to: middle.path }, thread.openingId);
    await act({ action: 'merge', to: last.path }, middle.openingId);
    const old = await causeway.client().get(thread.path);
    expect([old.status, old.location]).toEqual([301, last.path]);
  });

  it('changes title and labels, pins, and marks a known barrier; all can be undone', async () => {
    const opening = thread.openingId;
    const title = await act({ action: 'title', title: `A clearer title ${n}` }, opening);
    expect((await causeway.client().get(thread.path)).$('h1').text()).toBe(`A clearer title ${n}`);
    await undo(title);
    expect((await causeway.client().get(thread.path)).$('h1').text()).toContain('of the evening');

    const tags = await act({ action: 'retag', pillar: 'policy', barrier: 'cost', country: 'KE' });
    const tagged = (await causeway.client().get(thread.path)).$(`#p-${postId}`).text();
    expect(tagged).toContain('Kenya');
    expect(tagged).toContain('Policy');
    await undo(tags);
    expect((await causeway.client().get(thread.path)).$(`#p-${postId}`).text()).not.toContain(
      'Kenya',
    );

    await act({ action: 'pin' }, opening);
    await addThread(causeway, amara, `A newer thread ${n}`);
    const first = (await causeway.client().get('/threads')).$('main .rows li, main ol li').first();
    expect(first.text()).toContain('Pinned');
    await act({ action: 'unpin' }, opening);

    const again = await addPost(causeway, bilal, thread.id, 'The same barrier again');
    const known = await act({ action: 'duplicate', to: `/p/${postId}` }, again);
    const link = (await causeway.client().get(thread.path)).$(`#p-${again} a[href="/p/${postId}"]`);
    expect(link.length).toBe(1);
    await undo(known);
    expect((await causeway.client().get(thread.path)).text).not.toContain('the same barrier as');
  });
});

describe('an appeal', () => {
  it('is made once, by the author only, and keeps the form if it is empty', async () => {
    const { id } = await act({ action: 'hide' });
    const path = `/decisions/${id}/appeal`;
    expect((await amara.client.get(`/decisions/${id}`)).$(`form[action="${path}"]`).length).toBe(1);
    for (const { client } of [bilal, mona]) {
      expect((await client.post(path, { body: 'Not mine' })).status).toBe(404);
    }
    expect((await amara.client.post(path, { body: ' ' })).status).toBe(400);
    const long = await amara.client.post(path, { body: 'x'.repeat(4001) });
    expect(long.status).toBe(400);
    expect(long.$('textarea[name=body]').val()).toHaveLength(4001);
    const fields = { body: 'It answers the question.', key: `appeal-${n}` };
    expect((await amara.client.post(path, fields)).status).toBe(303);
    expect((await amara.client.post(path, fields)).status).toBe(303);
    expect((await amara.client.post(path, { body: 'Again' })).status).toBe(422);
    const made = await db().select().from(appeals).where(eq(appeals.decisionId, id));
    expect(made.map(({ body }) => body)).toEqual(['It answers the question.']);
  });

  it('is not possible against a decision without restrictions, nor after six months', async () => {
    const hidden = await act({ action: 'hide' });
    await undo(hidden);
    const restored = await newestDecision();
    const late = `late-${n}`;
    await causeway.app.db.write((tx) =>
      tx.insert(decisions).values({
        id: late,
        authorId: amara.id,
        moderatorId: mona.id,
        action: 'warn',
        rule: 'spam',
        createdAt: causeway.clock.now() - 184 * DAY,
      }),
    );
    for (const { id } of [restored, { id: late }, hidden]) {
      const answer = await amara.client.post(`/decisions/${id}/appeal`, { body: 'But' });
      expect(answer.status).toBe(422);
      expect(answer.$('textarea[name=body]').val()).toBe('But');
    }
  });

  it('is decided by another moderator, reported to the author, and listed in the log', async () => {
    const { id } = await act({ action: 'hide', note: 'A private remark' });
    await amara.client.post(`/decisions/${id}/appeal`, { body: 'My secret grounds' });
    const [appeal] = await db().select().from(appeals).where(eq(appeals.decisionId, id));
    const path = `/mod/cases/${appeal?.caseId}`;
    const fields = { action: 'reverse', appeal: appeal?.id ?? '', note: 'You are right.' };
    expect((await mona.client.get(path)).text).toContain('another moderator has to decide');
    expect((await mona.client.post(path, fields)).status).toBe(422);
    expect(await stateOf()).toBe('hidden');
    const page = await musa.client.get(path);
    expect(page.text).toContain('My secret grounds');
    causeway.clock.advance(MINUTE);
    expect((await musa.client.post(path, fields)).status).toBe(303);
    expect((await musa.client.post(path, fields)).status).toBe(422);
    expect(await stateOf()).toBe('visible');
    const outcome = await newestDecision();
    expect(outcome).toMatchObject({ action: 'reverse', appealId: appeal?.id, undoesId: id });
    expect(outcome.told).toContain('You are right.');
    expect((await amara.client.get('/notifications')).text).toContain('Your appeal succeeded');
    const statement = await amara.client.get(`/decisions/${id}`);
    expect(statement.text).toContain('This decision was reversed.');
    const [matter] = await db()
      .select()
      .from(cases)
      .where(eq(cases.id, appeal?.caseId ?? ''));
    expect(matter?.closedAt).not.toBeNull();

    const log = await causeway.client().get('/moderation');
    expect(log.$(`tr[id="${outcome.id}"]`).text()).toContain('Appeal against “Hidden”');
    expect(log.$(`tr[id="${id}"]`).text()).toContain('Reversed later');
    const table = await causeway.client().get('/moderation.csv');
    expect(table.text).toContain(`${outcome.id},`);
    const feed = await causeway.client().get('/moderation/feed.xml');
    expect(feed.text).toContain('Appeal granted');
    for (const { text } of [log, table, feed]) {
      for (const secret of [
        'A private remark',
        'My secret grounds',
        'You are right',
        amara.handle,
      ]) {
        expect(text).not.toContain(secret);
      }
    }
  });

  it('that is refused leaves everything as it was, and its outcome is final', async () => {
    const { id } = await act({ action: 'hide' });
    await amara.client.post(`/decisions/${id}/appeal`, { body: 'Please' });
    const [appeal] = await db().select().from(appeals).where(eq(appeals.decisionId, id));
    causeway.clock.advance(MINUTE);
    const fields = { action: 'uphold', appeal: appeal?.id ?? '' };
    await musa.client.post(`/mod/cases/${appeal?.caseId}`, fields);
    expect(await stateOf()).toBe('hidden');
    const outcome = await newestDecision();
    expect(outcome.action).toBe('uphold');
    const again = await amara.client.post(`/decisions/${outcome.id}/appeal`, { body: 'Again' });
    expect(again.status).toBe(422);
  });

  it('is decided by the same moderator if there is no other, and the log says so', async () => {
    const { id } = await act({ action: 'hide' });
    await amara.client.post(`/decisions/${id}/appeal`, { body: 'Please' });
    const [appeal] = await db().select().from(appeals).where(eq(appeals.decisionId, id));
    const away = { suspendedUntil: causeway.clock.now() + HOUR };
    await causeway.app.db.write((tx) => tx.update(users).set(away).where(eq(users.id, musa.id)));
    causeway.clock.advance(MINUTE);
    const fields = { action: 'reverse', appeal: appeal?.id ?? '' };
    const answer = await mona.client.post(`/mod/cases/${appeal?.caseId}`, fields);
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ suspendedUntil: null }).where(eq(users.id, musa.id)),
    );
    expect(answer.status).toBe(303);
    const { id: outcome } = await newestDecision();
    const log = await causeway.client().get('/moderation');
    expect(log.$(`tr[id="${outcome}"]`).text()).toContain('there is no other');
  });

  it('is granted when a moderator takes the decision back', async () => {
    const hidden = await act({ action: 'hide' });
    await amara.client.post(`/decisions/${hidden.id}/appeal`, { body: 'Please' });
    await undo(hidden);
    const [appeal] = await db().select().from(appeals).where(eq(appeals.decisionId, hidden.id));
    expect(await newestDecision()).toMatchObject({ action: 'restore', appealId: appeal?.id });
    expect((await amara.client.get(`/decisions/${hidden.id}`)).text).toContain('Answered on');
  });
});

describe('powers', () => {
  it('end at administrators and at oneself', async () => {
    const ada = await addMember(causeway, `ada${n}`, { role: 'administrator' });
    const word = await addPost(causeway, ada, thread.id, 'An order');
    const own = await addPost(causeway, mona, thread.id, 'A note of mine');
    for (const [id, action] of [
      [word, 'hide'],
      [word, 'spam-clean'],
      [own, 'hide'],
      [own, 'lift'],
    ] as const) {
      const answer = await mona.client.post(desk(id), { action, reason: 'spam' });
      expect(answer.status, action).toBe(422);
    }
    expect((await mona.client.get(desk(word))).$('form.decide, .decide form').length).toBe(0);
    expect(await stateOf(word)).toBe('visible');
    await act({ action: 'hide' }, own, ada);
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ role: 'member' }).where(eq(users.id, ada.id)),
    );
    expect((await ada.client.post(desk(), { action: 'hide', reason: 'spam' })).status).toBe(404);
  });

  it('reach people without a post of theirs at hand', async () => {
    const path = `/mod/people/${amara.handle}`;
    expect((await mona.client.get(path)).$('h1').text()).toContain(amara.handle);
    expect((await bilal.client.get(path)).status).toBe(404);
    expect((await mona.client.get('/mod/people/nobody-here')).status).toBe(404);
    const answer = await mona.client.post(path, { action: 'warn', reason: 'evasion' });
    expect(answer.status).toBe(303);
    expect(await newestDecision()).toMatchObject({ action: 'warn', postId: null });
    expect((await mona.client.post(path, { action: 'hide', reason: 'spam' })).status).toBe(422);
  });
});

describe('the figures of a year', () => {
  it('count decisions by action and rule, with appeals and reversals', async () => {
    const year = new Date(causeway.clock.now()).getUTCFullYear();
    const of = async () =>
      (await transparencyOf(db(), year)).find(
        ({ action, rule }) => action === 'hide' && rule === 'graphic',
      ) ?? { decisions: 0, appealed: 0, reversed: 0 };
    const before = await of();
    const { id } = await act({ action: 'hide', reason: 'graphic' });
    await amara.client.post(`/decisions/${id}/appeal`, { body: 'Please' });
    const [appeal] = await db().select().from(appeals).where(eq(appeals.decisionId, id));
    causeway.clock.advance(MINUTE);
    await musa.client.post(`/mod/cases/${appeal?.caseId}`, {
      action: 'reverse',
      appeal: appeal?.id ?? '',
    });
    expect(await of()).toMatchObject({
      decisions: before.decisions + 1,
      appealed: before.appealed + 1,
      reversed: before.reversed + 1,
    });
  });
});
