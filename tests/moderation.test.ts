import { and, desc, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { decide } from '~/domain/moderation/decisions/decide';
import { cases, decisions, flags, mails, notifications, posts, threads, users } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/** A word that occurs only in the text that is hidden. */
const CANARY = 'zanzibarquartz';

let causeway: TestCauseway;
let amara: Member;
let bilal: Member;
let mona: Member;
let thread: { id: string; slug: string; openingId: string };
let postId: string;

beforeEach(async () => {
  causeway = await useCauseway();
  amara = await addMember(causeway, 'amara');
  bilal = await addMember(causeway, 'bilal');
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  thread = await addThread(causeway, bilal, 'Who can afford a GPU?');
  causeway.clock.advance(60_000);
  postId = await addPost(causeway, amara, thread.id, `Buy my ${CANARY} now`);
  causeway.clock.advance(60_000);
});

const db = () => causeway.app.db.reader;

async function openCaseOf(id: string): Promise<string> {
  const [row] = await db()
    .select()
    .from(cases)
    .where(and(eq(cases.postId, id), isNull(cases.closedAt)));
  if (!row) throw new Error('no case is open');
  return row.id;
}

async function latestDecision(id = postId) {
  const [row] = await db()
    .select()
    .from(decisions)
    .where(eq(decisions.postId, id))
    .orderBy(desc(decisions.createdAt));
  if (!row) throw new Error('nothing was decided');
  return row;
}

async function stateOf(id: string) {
  const [row] = await db().select().from(posts).where(eq(posts.id, id));
  return row?.state;
}

async function activeAt() {
  const [row] = await db().select().from(threads).where(eq(threads.id, thread.id));
  return row?.activeAt;
}

/** Flags Amara's post as Bilal and returns its case. */
async function flagged(): Promise<string> {
  const answer = await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
  expect(answer.status).toBe(303);
  return openCaseOf(postId);
}

/** Decides as a moderator, with the fields of the form as on the page. */
async function decideOn(caseId: string, fields: Record<string, string>, by = mona) {
  const page = await by.client.get(`/mod/cases/${caseId}`);
  const hidden: Record<string, string> = {};
  for (const input of page.$('form[action^="/mod/cases/"] input[type=hidden]')) {
    hidden[page.$(input).attr('name') ?? ''] = String(page.$(input).val());
  }
  causeway.clock.advance(60_000);
  return by.client.post(`/mod/cases/${caseId}`, { ...hidden, ...fields });
}

async function hidden(): Promise<string> {
  const caseId = await flagged();
  const answer = await decideOn(caseId, {
    action: 'hide',
    reason: 'spam',
    note: 'The first sentence is an advertisement.',
  });
  expect(answer.status).toBe(303);
  return caseId;
}

describe('flagging', () => {
  it('takes every reason there is, each from another person, into one case', async () => {
    const { flagReasons } = causeway.app.community;
    for (const [at, reason] of flagReasons.entries()) {
      const reader = await addMember(causeway, `reader${at}`);
      const answer = await reader.client.post(`/p/${postId}/flag`, { reason, note: 'Look.' });
      expect(answer.status, reason).toBe(303);
      expect(answer.location, reason).toBe(`/p/${postId}`);
    }
    const caseId = await openCaseOf(postId);
    const stored = await db().select().from(flags).where(eq(flags.caseId, caseId));
    expect(stored.map((flag) => flag.reason).sort()).toEqual([...flagReasons].sort());
  });

  it('thanks at the post, where the flag was', async () => {
    const path = `/t/${thread.id}/${thread.slug}`;
    const link = `a[href="/p/${postId}/flag"]`;
    expect((await bilal.client.get(path)).$(link).length).toBe(1);
    await flagged();
    const page = await bilal.client.get(path);
    expect(page.$(link).length).toBe(0);
    expect(page.$(`#p-${postId}`).text()).toContain('You flagged this post. Thank you');
    const other = await mona.client.get(path);
    expect(other.$(link).length).toBe(1);
    expect(other.text).not.toContain('You flagged this post');
  });

  it('counts one flag per person and post', async () => {
    await flagged();
    const again = await bilal.client.post(`/p/${postId}/flag`, { reason: 'illegal' });
    expect(again.status).toBe(303);
    const stored = await db().select().from(flags);
    expect(stored).toMatchObject([{ reason: 'spam', userId: bilal.id }]);
    const page = await bilal.client.get(`/p/${postId}/flag`);
    expect(page.text).toContain('You flagged this post on');
    expect(page.$('form[action$="/flag"]').length).toBe(0);
  });

  it('opens a new case after the last one was closed', async () => {
    const first = await flagged();
    await decideOn(first, { action: 'dismiss' });
    await mona.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    expect(await openCaseOf(postId)).not.toBe(first);
  });

  it('returns an invalid reason with the typed note', async () => {
    for (const reason of ['', 'boring']) {
      const answer = await bilal.client.post(`/p/${postId}/flag`, { reason, note: 'My <note>' });
      expect(answer.status).toBe(400);
      expect(answer.$('textarea[name=note]').val()).toBe('My <note>');
      expect(answer.$('#reason-error').text()).toContain('Choose what is wrong');
      expect(answer.text).toContain(CANARY);
    }
    expect(await db().select().from(flags)).toEqual([]);
  });

  it('refuses a note that is too long, and keeps the text', async () => {
    const note = 'x'.repeat(501);
    const answer = await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam', note });
    expect(answer.status).toBe(400);
    expect(answer.$('textarea[name=note]').val()).toBe(note);
    expect(answer.$('#note-error').length).toBe(1);
  });

  it('refuses a flag on one’s own post', async () => {
    const answer = await amara.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('your own post');
    expect(await db().select().from(cases)).toEqual([]);
  });

  it('does not find posts that are not public', async () => {
    const held = await addPost(causeway, amara, thread.id, 'held', { state: 'held' });
    for (const id of [held, 'nothing']) {
      expect((await bilal.client.get(`/p/${id}/flag`)).status).toBe(404);
      expect((await bilal.client.post(`/p/${id}/flag`, { reason: 'spam' })).status).toBe(404);
    }
    expect(await db().select().from(flags)).toEqual([]);
  });

  it('asks visitors for the reason first, and then who they are', async () => {
    const visitor = causeway.client();
    expect((await visitor.get(`/p/${postId}/flag`)).status).toBe(200);
    const sent = await visitor.post(`/p/${postId}/flag`, { reason: 'spam' });
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/join\//)]);
    expect((await visitor.get(sent.location ?? '')).$('main a[href^="/login?"]').length).toBe(1);
    expect(await db().select().from(flags).where(eq(flags.postId, postId))).toEqual([]);
  });

  it('is for members only', async () => {
    const unconfirmed = await addMember(causeway, 'una', { confirmedAt: null });
    const suspended = await addMember(causeway, 'sus', {
      suspendedUntil: causeway.clock.now() + 1000,
    });
    for (const { client } of [unconfirmed, suspended]) {
      expect((await client.post(`/p/${postId}/flag`, { reason: 'spam' })).status).toBe(404);
    }
    expect(await db().select().from(flags)).toEqual([]);
  });

  it('is rate limited, and keeps the note', async () => {
    for (let n = 0; n < 60; n++) {
      await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    }
    const answer = await bilal.client.post(`/p/${postId}/flag`, { reason: 'spam', note: 'kept' });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });
});

describe('the moderation queue', () => {
  it('does not exist for anybody but moderators', async () => {
    const caseId = await flagged();
    const unconfirmed = await addMember(causeway, 'una', { confirmedAt: null, role: 'moderator' });
    const suspended = await addMember(causeway, 'sus', {
      role: 'moderator',
      suspendedUntil: causeway.clock.now() + 1000,
    });
    const others = [
      causeway.client(),
      amara.client,
      bilal.client,
      unconfirmed.client,
      suspended.client,
    ];
    for (const client of others) {
      expect((await client.get('/mod')).status).toBe(404);
      expect((await client.get(`/mod/cases/${caseId}`)).status).toBe(404);
      const post = await client.post(`/mod/cases/${caseId}`, { action: 'hide', reason: 'spam' });
      expect(post.status).toBe(404);
    }
    expect(await stateOf(postId)).toBe('visible');
  });

  it('knows no case that does not exist', async () => {
    expect((await mona.client.get('/mod/cases/nothing')).status).toBe(404);
    expect((await mona.client.post('/mod/cases/nothing', { action: 'dismiss' })).status).toBe(404);
    expect((await mona.client.get('/mod?page=2')).status).toBe(404);
  });

  it('lists open cases, the longest waiting first, with counts by reason', async () => {
    await flagged();
    const other = await addMember(causeway, 'chidi');
    await other.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    causeway.clock.advance(3 * 60 * 60_000);
    await addPost(causeway, bilal, thread.id, 'A first post', { state: 'held' });
    const page = await mona.client.get('/mod');
    expect(page.status).toBe(200);
    const rows = page.$('.queue > li').map((_, row) => page.$(row).text());
    expect(rows.length).toBe(2);
    expect(rows[0]).toContain('3 hours');
    expect(rows[0]).toContain('Spam or advertising 2');
    expect(rows[0]).toContain(CANARY);
    expect(rows[1]).toContain('Waiting to be published');
  });

  it('lists legal reports first, and goes through the cases in the same order', async () => {
    const first = await flagged();
    causeway.clock.advance(60_000);
    const later = await addPost(causeway, amara, thread.id, 'Something else');
    await bilal.client.post(`/p/${later}/flag`, { reason: 'spam' });
    const second = await openCaseOf(later);
    causeway.clock.advance(60_000);
    const reported = await addPost(causeway, amara, thread.id, 'Against the law');
    const report = { location: `/p/${reported}`, explanation: 'It is forbidden.', goodFaith: '1' };
    await causeway.client().post('/report', { ...report, name: 'A', email: 'a@example.org' });
    const legal = await openCaseOf(reported);
    for (const sort of ['oldest', 'newest', 'flags']) {
      const page = await mona.client.get(`/mod?sort=${sort}`);
      const [path] = page.$('.queue-link').map((_, link) => page.$(link).attr('href'));
      expect(path, sort).toContain(`/mod/cases/${legal}`);
    }
    const next = async (id: string) => {
      const page = await mona.client.get(`/mod/cases/${id}`);
      return page.$('a[accesskey=n]').attr('href');
    };
    expect(await next(legal)).toBe(`/mod/cases/${first}`);
    expect(await next(first)).toBe(`/mod/cases/${second}`);
    expect(await next(second)).toBe(`/mod/cases/${legal}`);
  });

  it('shows the evidence before the controls', async () => {
    await addPost(causeway, bilal, thread.id, 'The neighbour after');
    await addPost(causeway, amara, thread.id, 'Another one by Amara');
    const caseId = await flagged();
    const page = await mona.client.get(`/mod/cases/${caseId}`);
    expect(page.status).toBe(200);
    const places = [
      CANARY,
      '1 flag',
      'Who can afford a GPU?',
      'The neighbour after',
      '1 other public post.',
    ];
    const controls = page.text.indexOf('id="decide-title"');
    for (const text of places) {
      expect(page.text.indexOf(text), text).toBeGreaterThan(-1);
      expect(page.text.indexOf(text), text).toBeLessThan(controls);
    }
    for (const rule of page.$('input[name=reason]')) {
      expect(page.$(rule).closest('label').find('.rule-text').text()).not.toBe('');
    }
  });

  it('has no effect as soon as the role is revoked', async () => {
    const caseId = await flagged();
    expect((await mona.client.get('/mod')).status).toBe(200);
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ role: 'member' }).where(eq(users.id, mona.id)),
    );
    expect((await mona.client.get('/mod')).status).toBe(404);
    const answer = await mona.client.post(`/mod/cases/${caseId}`, {
      action: 'hide',
      reason: 'spam',
    });
    expect(answer.status).toBe(404);
    expect(await stateOf(postId)).toBe('visible');
  });
});

describe('hiding', () => {
  it('hides the post, closes the case and steps the thread back', async () => {
    const before = await activeAt();
    const caseId = await hidden();
    expect(await stateOf(postId)).toBe('hidden');
    expect(await latestDecision()).toMatchObject({
      action: 'hide',
      rule: 'spam',
      caseId,
      authorId: amara.id,
      moderatorId: mona.id,
    });
    expect(await activeAt()).toBeLessThan(before ?? 0);
    await expect(openCaseOf(postId)).rejects.toThrow('no case is open');
    expect((await mona.client.get('/mod')).$('.queue > li').length).toBe(0);
  });

  it('requires a rule, and keeps the note', async () => {
    const caseId = await flagged();
    const answer = await decideOn(caseId, { action: 'hide', note: 'Because.' });
    expect(answer.status).toBe(400);
    expect(answer.$('#reason-error').length).toBe(1);
    expect(answer.$('textarea[name=note]').val()).toBe('Because.');
    expect(answer.$('input[name=action][value=hide]').attr('checked')).toBeDefined();
    expect((await decideOn(caseId, { action: 'burn', reason: 'spam' })).status).toBe(400);
    expect((await decideOn(caseId, { action: 'hide', reason: 'ugly' })).status).toBe(400);
    expect(await stateOf(postId)).toBe('visible');
  });

  it('notifies the author, in the app and by email, in their language', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ language: 'fr' }).where(eq(users.id, amara.id)),
    );
    await hidden();
    const { id } = await latestDecision();
    expect(await db().select().from(notifications)).toMatchObject([
      { userId: amara.id, kind: 'hidden', postId, decisionId: id },
    ]);
    const [mail] = await db().select().from(mails);
    expect(mail?.to).toBe('amara@example.org');
    expect(mail?.subject).toContain('Masqué');
    expect(mail?.text).toContain('The first sentence is an advertisement.');
    expect(mail?.text).toContain(`${causeway.config.origin}/decisions/${id}`);
    expect(mail?.html).toContain('lang="fr"');
    expect(mail?.text).not.toContain(CANARY);
  });

  it('includes the text of the rule in the email', async () => {
    await hidden();
    const [mail] = await db().select().from(mails);
    expect(mail?.text).toContain('Spam and advertising: Do not post advertising');
  });

  it('sends no email without an address', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ email: null, emailKey: null }).where(eq(users.id, amara.id)),
    );
    await hidden();
    expect(await db().select().from(mails)).toEqual([]);
    expect((await db().select().from(notifications)).length).toBe(1);
  });

  it('shows the text and the reason to the author only', async () => {
    await hidden();
    const path = `/decisions/${(await latestDecision()).id}`;
    const inbox = await amara.client.get('/notifications');
    expect(inbox.$(`main a[href="${path}"]`).length).toBe(1);
    const page = await amara.client.get(path);
    expect(page.status).toBe(200);
    expect(page.$('h1').text()).toBe('Your post was hidden');
    expect(page.text).toContain(CANARY);
    expect(page.text).toContain('Spam and advertising');
    expect(page.text).toContain('The first sentence is an advertisement.');
    expect(page.text).not.toContain('mona');
    expect((await mona.client.get(path)).status).toBe(200);
    expect((await bilal.client.get(path)).status).toBe(404);
    expect((await bilal.client.get('/decisions/nothing')).status).toBe(404);
    const login = await causeway.client().get(path);
    expect(login.status).toBe(303);
    expect(login.location).toBe(`/login?redirectTo=${encodeURIComponent(path)}`);
  });

  it('takes the post out of its thread, but for its author and the moderators', async () => {
    const path = `/t/${thread.id}/${thread.slug}`;
    for (const client of [causeway.client(), bilal.client, amara.client, mona.client]) {
      expect((await client.get(path)).text).toContain(CANARY);
      expect((await client.get(`/p/${postId}`)).status).toBe(303);
    }
    await hidden();
    for (const client of [causeway.client(), bilal.client]) {
      const page = await client.get(path);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain(CANARY);
      expect((await client.get(`/p/${postId}`)).status).toBe(404);
    }
    expect((await amara.client.get(path)).text).toContain(CANARY);
    const asModerator = await mona.client.get(path);
    expect(asModerator.text).toContain(CANARY);
    expect(asModerator.$(`#p-${postId} .notice a[href="/mod/posts/${postId}"]`).length).toBe(1);
  });

  it('leaves no word of the text in public', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ country: 'KE', region: '014' }).where(eq(posts.id, postId)),
    );
    const showed = [
      '/feed.xml',
      `/t/${thread.id}/feed.xml`,
      '/regions/014',
      '/regions/014/feed.xml',
    ];
    const others = ['/', '/threads', '/moderation', '/u/amara', '/search?q=buy', '/digests'];
    for (const path of showed) {
      expect((await causeway.client().get(path)).text, path).toContain(CANARY);
    }
    await hidden();
    for (const client of [causeway.client(), bilal.client]) {
      for (const path of [...showed, ...others]) {
        expect((await client.get(path)).text, path).not.toContain(CANARY);
      }
    }
  });

  it('hides the title with the post that opens a thread', async () => {
    await amara.client.post(`/p/${thread.openingId}/flag`, { reason: 'spam' });
    const caseId = await openCaseOf(thread.openingId);
    const page = await mona.client.get(`/mod/cases/${caseId}`);
    expect(page.text).toContain('hides the whole thread');
    await decideOn(caseId, { action: 'hide', reason: 'off-topic' });
    const log = await causeway.client().get('/moderation');
    expect(log.$('table.log:not(.numbers) tbody tr').length).toBe(1);
    expect(log.text).not.toContain('Who can afford a GPU?');
    expect((await amara.client.get(`/p/${postId}/flag`)).status).toBe(404);
  });
});

describe('restoring', () => {
  it('restores a hidden post in its position, and notifies its author', async () => {
    const before = await activeAt();
    const caseId = await hidden();
    const page = await mona.client.get(`/mod/cases/${caseId}`);
    expect(
      page
        .$('input[name=action]')
        .map((_, i) => page.$(i).val())
        .get(),
    ).toContain('restore');
    expect(page.$('input[name=action][value=hide]').length).toBe(0);
    expect((await decideOn(caseId, { action: 'restore' })).status).toBe(303);
    expect(await stateOf(postId)).toBe('visible');
    expect(await activeAt()).toBe(before);
    const told = await db().select().from(notifications).orderBy(desc(notifications.createdAt));
    expect(told.map((notice) => notice.kind)).toEqual(['restored', 'hidden']);
    const sent = await db().select().from(mails).orderBy(desc(mails.createdAt));
    expect(sent[0]?.subject).toContain('Restored');
    expect(sent[0]?.text).toContain(`${causeway.config.origin}/p/${postId}`);
  });

  it('is shown on the earlier statement as well', async () => {
    const caseId = await hidden();
    const { id } = await latestDecision();
    await decideOn(caseId, { action: 'restore' });
    const page = await amara.client.get(`/decisions/${id}`);
    expect(page.text).toContain('Later decisions');
    expect(page.$(`a[href="/p/${postId}"]`).length).toBe(1);
  });

  it('finds its case from the post, for moderators alone', async () => {
    const caseId = await hidden();
    const found = await mona.client.get(`/mod/posts/${postId}`);
    expect(found.status).toBe(303);
    expect(found.location).toBe(`/mod/cases/${caseId}`);
    expect((await mona.client.get(`/mod/posts/${thread.openingId}`)).status).toBe(200);
    expect((await amara.client.get(`/mod/posts/${postId}`)).status).toBe(404);
  });

  it('finds its case from the log, for moderators alone', async () => {
    const caseId = await hidden();
    const link = `a[href="/mod/cases/${caseId}"]`;
    expect((await mona.client.get('/moderation')).$(link).length).toBe(1);
    expect((await bilal.client.get('/moderation')).$(link).length).toBe(0);
  });
});

describe('held posts', () => {
  let heldId: string;
  let caseId: string;

  beforeEach(async () => {
    heldId = await addPost(causeway, amara, thread.id, 'My first words', { state: 'held' });
    caseId = await openCaseOf(heldId);
    causeway.clock.advance(60_000);
  });

  it('are published by approval, under the time at which they were written', async () => {
    const [written] = await db().select().from(posts).where(eq(posts.id, heldId));
    expect((await decideOn(caseId, { action: 'approve' })).status).toBe(303);
    const [published] = await db().select().from(posts).where(eq(posts.id, heldId));
    expect(published).toEqual({ ...written, state: 'visible', shownAt: causeway.clock.now() });
    expect(await activeAt()).toBe(written?.createdAt);
    const told = await db().select().from(notifications).orderBy(notifications.kind);
    expect(told).toMatchObject([
      { userId: amara.id, kind: 'approved', postId: heldId },
      { userId: bilal.id, kind: 'reply', postId: heldId },
    ]);
  });

  it('are refused by hiding, and the author reads that they were not published', async () => {
    await decideOn(caseId, { action: 'hide', reason: 'off-topic' });
    expect(await stateOf(heldId)).toBe('hidden');
    const { id } = await latestDecision(heldId);
    const page = await amara.client.get(`/decisions/${id}`);
    expect(page.$('h1').text()).toBe('Your post was not published');
    const [mail] = await db().select().from(mails);
    expect(mail?.subject).toContain('Not published');
  });

  it('cannot be dismissed, because their author is waiting', async () => {
    const answer = await decideOn(caseId, { action: 'dismiss' });
    expect(answer.status).toBe(422);
    expect(await stateOf(heldId)).toBe('held');
  });

  it('are not published unread: a text that was changed meanwhile is shown again', async () => {
    const page = await mona.client.get(`/mod/cases/${caseId}`);
    const revision = String(page.$('input[name=revision]').val());
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ revision: 2, body: 'Other words' }).where(eq(posts.id, heldId)),
    );
    const answer = await mona.client.post(`/mod/cases/${caseId}`, { action: 'approve', revision });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('edited the post after you opened');
    expect(await stateOf(heldId)).toBe('held');
  });
});

describe('two moderators', () => {
  let otto: Member;

  beforeEach(async () => {
    otto = await addMember(causeway, 'otto', { role: 'administrator' });
  });

  it('at the same time: the second is told about the first decision, and changes nothing', async () => {
    const caseId = await flagged();
    const fields = { action: 'hide', reason: 'spam', note: 'A long note' };
    const [one, two] = await Promise.all([
      mona.client.post(`/mod/cases/${caseId}`, fields),
      otto.client.post(`/mod/cases/${caseId}`, fields),
    ]);
    expect([one?.status, two?.status].sort()).toEqual([303, 422]);
    const refused = one?.status === 422 ? one : two;
    expect(refused?.text).toMatch(/(mona|otto) decided on this post before you and hid it/);
    expect(refused?.$('textarea[name=note]').val()).toBe('A long note');
    expect((await db().select().from(decisions)).length).toBe(1);
    expect((await db().select().from(mails)).length).toBe(1);
  });

  it('with different decisions: the later one has not seen the earlier decision', async () => {
    const caseId = await flagged();
    const page = await otto.client.get(`/mod/cases/${caseId}`);
    const decision = String(page.$('input[name=decision]').val());
    await decideOn(caseId, { action: 'dismiss' });
    const fields = { action: 'hide', reason: 'spam' };
    for (const sent of [{ ...fields, decision }, fields]) {
      const answer = await otto.client.post(`/mod/cases/${caseId}`, sent);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('mona decided on this post before you and left it');
    }
    expect(await stateOf(postId)).toBe('visible');
    // A moderator who has seen the decision may decide differently.
    const again = await decideOn(caseId, { action: 'hide', reason: 'spam' }, otto);
    expect(again.status).toBe(303);
    expect(await stateOf(postId)).toBe('hidden');
  });

  it('sending the same form twice makes one decision', async () => {
    const caseId = await flagged();
    const fields = { action: 'hide', reason: 'spam', key: 'a-key-of-the-form' };
    expect((await mona.client.post(`/mod/cases/${caseId}`, fields)).status).toBe(303);
    expect((await mona.client.post(`/mod/cases/${caseId}`, fields)).status).toBe(303);
    expect((await db().select().from(decisions)).length).toBe(1);
  });

  it('cannot decide on their own posts, nor see who flagged them', async () => {
    const own = await addPost(causeway, mona, thread.id, 'By a moderator');
    await bilal.client.post(`/p/${own}/flag`, { reason: 'off-topic', note: 'She goes astray' });
    const caseId = await openCaseOf(own);
    const page = await mona.client.get(`/mod/cases/${caseId}`);
    expect(page.$('input[name=action]').length).toBe(0);
    expect(page.$('.case').text()).toContain('By a moderator');
    expect(page.$('.case').text()).not.toContain('She goes astray');
    const answer = await mona.client.post(`/mod/cases/${caseId}`, { action: 'dismiss' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('another moderator has to decide');
    expect((await decideOn(caseId, { action: 'dismiss' }, otto)).status).toBe(303);
  });
});

describe('the public log', () => {
  it('shows action, rule and moderator, but neither text nor author', async () => {
    await hidden();
    const page = await causeway.client().get('/moderation');
    expect(page.status).toBe(200);
    const row = page.$('table.log:not(.numbers) tbody tr');
    expect(row.length).toBe(1);
    expect(row.text()).toContain('Hidden');
    expect(row.text()).toContain('Spam and advertising');
    expect(row.text()).toContain('mona');
    expect(row.text()).toContain('Who can afford a GPU?');
    const main = page.$('main').text();
    expect(main).not.toContain('amara');
    expect(main).not.toContain(CANARY);
    expect(main).not.toContain('advertisement');
  });

  it('counts month by month', async () => {
    await hidden();
    const figures = async () => {
      const page = await causeway.client().get('/moderation');
      return page
        .$('.numbers :is(th, td)')
        .map((_, cell) => page.$(cell).text())
        .get();
    };
    const counted = ['Month', 'Flags', 'Hidden or held for review', 'Nov 2026', '1', '1'];
    expect(await figures()).toEqual(counted);
    causeway.clock.advance(31 * 24 * 60 * 60_000);
    expect(await figures()).toEqual(counted);
    causeway.clock.advance(365 * 24 * 60 * 60_000);
    expect(await figures()).toEqual([]);
    const page = await causeway.client().get('/moderation');
    expect(page.$('table.log:not(.numbers) tbody tr').length).toBe(1);
  });

  it('has pages', async () => {
    const [author, moderator] = [amara.id, mona.id];
    await causeway.app.db.write(async (tx) => {
      for (let n = 0; n < 51; n++) {
        await tx.insert(decisions).values({
          id: `d${n}`,
          postId,
          authorId: author,
          moderatorId: moderator,
          action: 'dismiss',
          createdAt: n,
        });
      }
    });
    const client = causeway.client();
    expect((await client.get('/moderation')).$('table.log:not(.numbers) tbody tr').length).toBe(50);
    expect(
      (await client.get('/moderation?page=2')).$('table.log:not(.numbers) tbody tr').length,
    ).toBe(1);
    expect((await client.get('/moderation?page=3')).status).toBe(404);
  });
});

describe('decision records', () => {
  it('cannot be changed or removed', async () => {
    await hidden();
    const { write } = causeway.app.db;
    const refusal = (tried: Promise<unknown>) =>
      tried.then(
        () => 'done',
        // Drizzle wraps PostgreSQL's own message.
        (error: Error) => String(error.cause ?? error),
      );
    const change = write((tx) => tx.update(decisions).set({ rule: 'other' }));
    expect(await refusal(change)).toContain('decisions are append-only');
    const removal = write((tx) => tx.delete(decisions));
    expect(await refusal(removal)).toContain('decisions are append-only');
    expect((await latestDecision()).rule).toBe('spam');
  });

  it('and their effects are stored together or not at all', async () => {
    const caseId = await flagged();
    const [person] = await db().select().from(users).where(eq(users.id, mona.id));
    if (!person) throw new Error('no moderator');
    const power = new Error('power cut');
    const cut = causeway.app.db.write(async (tx) => {
      await decide(tx, causeway.app, person, {
        caseId,
        action: 'hide',
        rule: 'spam',
        note: '',
        seen: {},
      });
      throw power;
    });
    await expect(cut).rejects.toBe(power);
    expect(await stateOf(postId)).toBe('visible');
    expect(await openCaseOf(postId)).toBe(caseId);
    for (const table of [decisions, notifications, mails]) {
      expect(await db().select().from(table)).toEqual([]);
    }
  });
});
