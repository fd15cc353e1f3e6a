import { and, desc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitorOf } from '~/domain/accounts/users/visitor';
import { CHOSEN_ACTIONS, type ChosenAction } from '~/domain/moderation/actions';
import { openCase } from '~/domain/moderation/cases/open-case';
import { decide } from '~/domain/moderation/decisions/decide';
import { isUndoable } from '~/domain/moderation/decisions/undo';
import { DAY, MINUTE } from '~/platform/clock';
import { newId } from '~/platform/ids';
import { deliverMails } from '~/platform/mail/deliver';
import { DIALECT } from '~db/dialect';
import {
  bookmarks,
  caseCauses,
  cases,
  decisions,
  flags,
  follows,
  keyPointPosts,
  legalNotices,
  mails,
  meToos,
  notifications,
  postBarriers,
  postPillars,
  posts,
  readMarks,
  searchEntries,
  signals,
  threadPillars,
  threads,
  threadWatches,
  users,
} from '~db/schema';

import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let musa: Member;
let bilal: Member;
let n = 0;

/** All rows are compared again and again, so a site with many of them is replaced. */
const MOST_SCENES = 25;

beforeAll(startSite);
beforeEach(async () => {
  if (n < MOST_SCENES) return;
  await causeway.close();
  await startSite();
});
afterAll(() => causeway.close());

async function startSite(): Promise<void> {
  n = 0;
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  musa = await addMember(causeway, 'musa', { role: 'moderator' });
  bilal = await addMember(causeway, 'bilal');
}

const db = () => causeway.app.db.reader;

interface Scene {
  amara: Member;
  thread: Awaited<ReturnType<typeof addThread>>;
  other: Awaited<ReturnType<typeof addThread>>;
  postId: string;
  /** The post that the decision is about. */
  subjectId: string;
}

interface Way {
  /** True for the opening post of the thread instead of a contribution. */
  opening?: true;
  /** Prepares the scene before the decision. */
  before?: (scene: Scene) => Promise<unknown>;
  fields?: (scene: Scene) => Record<string, string>;
  /** True if the action is only possible while a case is open. */
  needsCase?: true;
}

const TABLES = { posts, threads, users };

function set(name: keyof typeof TABLES, values: Record<string, unknown>, id: string) {
  const table = TABLES[name];
  return causeway.app.db.write((tx) => tx.update(table).set(values).where(eq(table.id, id)));
}

const soon = () => causeway.clock.now() + DAY;

/** The test case for each action; a new action does not compile until it is added here. */
const WAYS: Record<ChosenAction, Way> = {
  hide: {},
  restore: { before: ({ postId }) => set('posts', { state: 'hidden' }, postId) },
  approve: {
    needsCase: true,
    before: async ({ postId }) => {
      await set('posts', { state: 'held', shownAt: null }, postId);
      const subject = { postId };
      await causeway.app.db.write((tx) => openCase(tx, causeway.clock, { subject, cause: 'held' }));
    },
  },
  hold: {},
  dismiss: { needsCase: true },
  warn: {},
  'spam-clean': {
    fields: () => ({ days: '7' }),
    before: ({ amara }) => set('users', { suspendedUntil: soon() }, amara.id),
  },
  silence: { fields: () => ({ days: '7' }) },
  suspend: { fields: () => ({ days: '7' }) },
  lift: {
    before: ({ amara }) =>
      set('users', { silencedUntil: soon() + DAY, suspendedUntil: soon() }, amara.id),
  },
  retag: { opening: true, fields: () => ({ pillar: 'policy', barrier: 'cost', country: 'KE' }) },
  move: { fields: ({ other }) => ({ to: other.path }) },
  split: { fields: () => ({ title: 'A matter for itself' }) },
  duplicate: { fields: ({ thread }) => ({ to: `/p/${thread.openingId}` }) },
  unduplicate: {
    before: ({ postId, thread }) => set('posts', { duplicateOf: thread.openingId }, postId),
  },
  title: { opening: true, fields: () => ({ title: 'A title that is clearer' }) },
  lock: { opening: true },
  unlock: { opening: true, before: ({ thread }) => set('threads', { state: 'locked' }, thread.id) },
  pin: { opening: true },
  unpin: {
    opening: true,
    before: ({ thread }) => set('threads', { pinnedAt: causeway.clock.now() - DAY }, thread.id),
  },
  slow: {
    opening: true,
    fields: () => ({ minutes: '20', days: '2' }),
    before: ({ thread }) =>
      set('threads', { slowMinutes: 5, slowUntil: causeway.clock.now() - DAY }, thread.id),
  },
  unslow: {
    opening: true,
    before: ({ thread }) => set('threads', { slowMinutes: 5, slowUntil: soon() }, thread.id),
  },
  merge: { opening: true, fields: ({ other }) => ({ to: other.path }) },
};

/** A thread of amara's with a flagged, reported post that a moderator works on, and another one. */
async function makeScene({ opening, before }: Way, withCase: boolean): Promise<Scene> {
  n += 1;
  const amara = await addMember(causeway, `amara${n}`);
  const thread = await addThread(causeway, amara, `What stands in the way, part ${n}`);
  const other = await addThread(causeway, bilal, `What else stands in the way, part ${n}`);
  causeway.clock.advance(MINUTE);
  const postId = await addPost(causeway, amara, thread.id, `Words @bilal number ${n}`, {
    html: `<p>Words <a href="/u/bilal">@bilal</a> number ${n}</p>`,
    country: 'NG',
    region: '011',
    barriers: ['compute'],
  });
  await addPost(causeway, bilal, thread.id, `An answer, number ${n}`, {
    parentId: postId,
    replyToId: postId,
  });
  await causeway.app.db.write((tx) =>
    tx.insert(threadWatches).values({
      ...{ userId: bilal.id, threadId: thread.id, state: 'watching' as const },
      createdAt: causeway.clock.now(),
    }),
  );
  const scene = { amara, thread, other, postId, subjectId: opening ? thread.openingId : postId };
  const subject = { postId: scene.subjectId };
  if (withCase) {
    await bilal.client.post(`/p/${scene.subjectId}/flag`, { reason: 'spam' });
    await causeway.app.db.write(async (tx) => {
      const id = newId(causeway.clock.now());
      const caseId = await openCase(tx, causeway.clock, { subject, cause: 'notice', detail: id });
      await tx.insert(legalNotices).values({
        ...{ id, caseId, postId: subject.postId, location: `/p/${subject.postId}` },
        ...{ explanation: 'Why', name: 'Chidi', email: `chidi${n}@example.org`, language: 'en' },
        ...{ goodFaith: true, createdAt: causeway.clock.now() },
      });
    });
  }
  await before?.(scene);
  if (withCase) {
    const caseId = await caseOf(scene);
    await mona.client.post(`/mod/cases/${caseId}`, { action: 'claim' });
  }
  return scene;
}

async function caseOf({ subjectId }: Scene): Promise<string | undefined> {
  const about = and(eq(cases.postId, subjectId), isNull(cases.closedAt));
  const [row] = await db().select().from(cases).where(about);
  return row?.id;
}

/** Tables that must not contain anything of an undone decision. */
const STATE = {
  ...{ posts, postBarriers, postPillars, threads, threadPillars, threadWatches, users },
  ...{ notifications, mails, legalNotices, flags, searchEntries, meToos, bookmarks, follows },
  ...{ readMarks, signals, keyPointPosts },
};

/** Returns the stored rows. */
async function stored({ thread, other }: Scene) {
  const tables: Record<string, unknown[]> = {};
  for (const [name, table] of Object.entries(STATE)) {
    tables[name] = await db().select().from(table);
  }
  // The URL of a split thread still redirects.
  tables.threads = (tables.threads as (typeof threads.$inferSelect)[]).filter(
    ({ state, mergedInto }) =>
      !(state === 'hidden' && [thread.id, other.id].includes(mergedInto ?? '')),
  );
  tables.cases = await db().select().from(cases).where(isNull(cases.closedAt));
  const open = new Set((tables.cases as { id: string }[]).map(({ id }) => id));
  const causes = await db().select().from(caseCauses);
  tables.causes = causes.filter(({ caseId }) => open.has(caseId));
  const sorted = Object.entries(tables).map(([name, rows]): [string, string[]] => [
    name,
    rows.map((row) => JSON.stringify(row)).toSorted(),
  ]);
  return Object.fromEntries(sorted);
}

/** Returns everything visible to people and programs, and the stored rows. */
async function everything(scene: Scene) {
  const { amara, thread, other, postId } = scene;
  const tables = await stored(scene);
  const pages: Record<string, string> = {};
  const visitor = causeway.client();
  for (const path of [
    ...[thread.path, other.path, '/threads', '/barriers', '/', '/search?q=words', '/feed.xml'],
    ...['/api/v1/threads', '/api/v1/barriers', `/api/v1/threads/${thread.id}`, '/regions/011'],
  ]) {
    pages[path] = same((await visitor.get(path)).text);
  }
  pages.queue = same((await musa.client.get('/mod')).$('main').html() ?? '');
  pages.inbox = same((await amara.client.get('/notifications')).$('main').html() ?? '');
  pages.own = same((await amara.client.get(`/p/${postId}`)).location ?? '');
  return { tables, pages };
}

/** Removes the new key of each form. */
function same(text: string): string {
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'KEY');
}

async function newest(scene: Scene) {
  const [row] = await db()
    .select()
    .from(decisions)
    .where(and(eq(decisions.authorId, scene.amara.id), isNull(decisions.partOfId)))
    .orderBy(desc(decisions.createdAt), desc(decisions.id));
  if (!row) throw new Error('nothing was decided');
  return row;
}

async function decideOn(scene: Scene, action: ChosenAction) {
  const answer = await tryAction(scene, action);
  expect(answer.status, answer.$('.error-summary').text()).toBe(303);
  return newest(scene);
}

async function tryAction(scene: Scene, action: ChosenAction) {
  const caseId = await caseOf(scene);
  const path = caseId ? `/mod/cases/${caseId}` : `/mod/posts/${scene.subjectId}`;
  const fields = { action, reason: 'off-topic', ...WAYS[action].fields?.(scene) };
  return mona.client.post(path, fields);
}

function tryUndo({ id, caseId }: { id: string; caseId: string | null }) {
  return mona.client.post(`/mod/cases/${caseId}`, { action: 'undo', undoes: id });
}

async function decideThen(scene: Scene, action: ChosenAction) {
  await decideOn(scene, action);
  return everything(scene);
}

async function undo(scene: Scene, decision: { id: string; caseId: string | null }) {
  const answer = await tryUndo(decision);
  expect(answer.status, answer.$('.error-summary').text()).toBe(303);
  return newest(scene);
}

describe('every action', () => {
  it.each(CHOSEN_ACTIONS)('%s can be taken back', (action) => {
    expect(isUndoable(action)).toBe(true);
  });

  it.each(CHOSEN_ACTIONS)('%s, undone on an open case, leaves all as it was', async (action) => {
    const scene = await makeScene(WAYS[action], true);
    const before = await everything(scene);
    const decision = await decideOn(scene, action);
    expect(await everything(scene)).not.toEqual(before);
    await undo(scene, decision);
    expect(await everything(scene)).toEqual(before);
  });

  it.each(CHOSEN_ACTIONS.filter((action) => !WAYS[action].needsCase))(
    '%s, undone where there was no case, leaves all as it was',
    async (action) => {
      const scene = await makeScene(WAYS[action], false);
      const before = await everything(scene);
      const decision = await decideOn(scene, action);
      const { posts: decided } = await stored(scene);
      const reversal = await undo(scene, decision);
      expect(await everything(scene)).toEqual(before);
      // What undid it can be undone too, if it is such an action itself and something is left to undo.
      const again = await tryUndo(reversal);
      const undoes = isUndoable(reversal.action) && action !== 'slow';
      expect(again.status).toBe(undoes ? 303 : 422);
      if (undoes) expect((await stored(scene)).posts).toEqual(decided);
    },
  );

  // Each split creates a new thread.
  const repeatable = CHOSEN_ACTIONS.filter((action) => action !== 'split');
  it.each(repeatable)('%s, undone and decided again, is as if decided once', async (action) => {
    const scene = await makeScene(WAYS[action], true);
    const once = async () => {
      const { tables, pages } = await decideThen(scene, action);
      return { posts: tables.posts, users: tables.users, thread: pages[scene.thread.path] };
    };
    const first = await once();
    await undo(scene, await newest(scene));
    expect(await once()).toEqual(first);
  });
});

describe('two actions one after the other', () => {
  // Each of the three changes and closes something else; all first ones with ALL_PAIRS=1. What a
  // second decision does to the first is the same on both databases, so it is asked on one.
  const some: ChosenAction[] = DIALECT === 'sqlite' ? ['hide', 'move', 'lock'] : [];
  const firsts: ChosenAction[] = process.env.ALL_PAIRS ? [...CHOSEN_ACTIONS] : some;
  const pairs = firsts.flatMap((first) =>
    CHOSEN_ACTIONS.filter((second) => second !== first).map((second) => [first, second] as const),
  );

  /** Pairs by what became of them, so that none is passed over unnoticed. */
  const ends = new Map<string, string[]>();
  const end = (how: string, first: ChosenAction, second: ChosenAction): void => {
    ends.set(how, [...(ends.get(how) ?? []), `${first} ${second}`]);
  };

  it.each(pairs)(
    '%s and %s: each is taken back as if the other were not',
    async (first, second) => {
      const scene = await makeScene(WAYS[first], true);
      const before = await stored(scene);
      const one = await decideOn(scene, first);
      const between = await stored(scene);
      causeway.clock.advance(1);
      // What a second decision can be is decided by the first.
      if ((await tryAction(scene, second)).status !== 303) return end('refused', first, second);
      const two = await newest(scene);
      if (two.id === one.id) return end('changes nothing', first, second);
      end('newest first', first, second);
      await undo(scene, two);
      expect(await stored(scene)).toEqual(between);
      await undo(scene, one);
      expect(await stored(scene)).toEqual(before);
    },
  );

  it.each(pairs)('%s and %s, the first taken back first', async (first, second) => {
    const scene = await makeScene(WAYS[first], true);
    const before = await stored(scene);
    const one = await decideOn(scene, first);
    causeway.clock.advance(1);
    if ((await tryAction(scene, second)).status !== 303) return;
    const two = await newest(scene);
    if (two.id === one.id) return;
    // It may be refused: the second has changed the same thing.
    if ((await tryUndo(one)).status !== 303) return end('overtaken', first, second);
    if ((await tryUndo(two)).status !== 303) return end('gone with the first', first, second);
    end('oldest first', first, second);
    expect(whatever(await stored(scene))).toEqual(whatever(before));
  });

  it.skipIf(firsts.length !== 3)('are tried wherever the first allows the second', () => {
    const { overtaken, ...others } = Object.fromEntries(ends);
    const counts = Object.entries(others).map(([how, found]) => [how, found.length]);
    expect(Object.fromEntries(counts)).toEqual({
      refused: 35,
      'newest first': 31,
      'oldest first': 27,
    });
    expect(overtaken).toEqual(['hide restore', 'move split', 'lock unlock', 'lock merge']);
  });

  it.each<ChosenAction[]>([
    ['hide', 'restore', 'hide'],
    ['title', 'title'],
    ['retag', 'retag'],
    ['lock', 'unlock', 'lock'],
    ['pin', 'unpin', 'pin'],
    ['slow', 'unslow', 'slow'],
  ])('%s and later %s: the first is taken back only after the last', async (...actions) => {
    const scene = await makeScene({ opening: true }, false);
    const before = await stored(scene);
    const made = [];
    for (const action of actions) {
      made.push(await decideOn(scene, action));
      causeway.clock.advance(1);
    }
    const [first] = made;
    if (!first) throw new Error('nothing was decided');
    expect((await tryUndo(first)).status).toBe(422);
    for (const one of made.toReversed()) await undo(scene, one);
    expect(whatever(await stored(scene))).toEqual(whatever(before));
  });

  it('the first is taken back only after one of another process, whose id may be smaller', async () => {
    const { app, clock } = causeway;
    const scene = await makeScene({ opening: true }, true);
    const caseId = (await caseOf(scene)) ?? '';
    const [account] = await db().select().from(users).where(eq(users.id, mona.id));
    const { person } = visitorOf(account ?? null, clock.now());
    if (!person) throw new Error('nobody decides');
    // Later than any that the program gave in another test: it keeps its last one.
    newId(Date.UTC(2100, 0));
    await app.db.write((tx) =>
      decide(tx, app, person, { caseId, action: 'lock', rule: 'spam', note: '', seen: {} }),
    );
    const first = await newest(scene);
    clock.advance(1);
    const second = await decideOn(scene, 'unlock');
    expect(second.id < first.id).toBe(true);
    expect((await tryUndo(first)).status).toBe(422);
    for (const one of [second, first]) await undo(scene, one);
  });

  /** The same whichever of two cases about a subject is open, and who holds it. */
  function whatever({ cases: open = [], causes = [], ...tables }: Record<string, string[]>) {
    const subjects = new Map(
      open
        .map((row) => JSON.parse(row))
        .map(({ id, postId, threadId, personId }) => [id, postId ?? threadId ?? personId]),
    );
    const waiting = causes
      .map((row) => JSON.parse(row))
      .map(({ caseId, cause, detail }) => `${subjects.get(caseId)} ${cause} ${detail}`);
    const withoutCase = (rows: string[] = []) =>
      rows.map((row) => JSON.stringify({ ...JSON.parse(row), caseId: null })).toSorted();
    const { flags: flagged, legalNotices: notices } = tables;
    return {
      ...tables,
      waiting: waiting.toSorted(),
      flags: withoutCase(flagged),
      legalNotices: withoutCase(notices),
    };
  }
});

describe('an email about a decision', () => {
  const sentTo = async (address: string) => {
    await deliverMails(causeway.app);
    return (await causeway.mails()).filter((mail) =>
      [mail.to].flat().some((to) => to?.text === address),
    );
  };

  it('waits a minute, in which undoing withdraws it, to the author and to reporters', async () => {
    const scene = await makeScene(WAYS.approve, true);
    const author = `amara${n}@example.org`;
    const reporter = `chidi${n}@example.org`;
    const decision = await decideOn(scene, 'approve');
    expect(await sentTo(author)).toEqual([]);
    const undone = await undo(scene, decision);
    causeway.clock.advance(DAY);
    expect(await sentTo(author)).toEqual([]);
    expect(await sentTo(reporter)).toEqual([]);
    expect(undone.told).toBeNull();
    const told = await db()
      .select()
      .from(notifications)
      .where(eq(notifications.userId, scene.amara.id));
    expect(told.filter(({ decisionId }) => decisionId !== null)).toEqual([]);
    const queue = await musa.client.get('/mod?sort=newest');
    expect(queue.text).toContain(`/mod/cases/${decision.caseId}`);
  });

  it('that has been sent is followed by one that it was undone', async () => {
    const scene = await makeScene(WAYS.approve, true);
    const decision = await decideOn(scene, 'approve');
    causeway.clock.advance(MINUTE);
    expect((await sentTo(`amara${n}@example.org`)).length).toBe(1);
    expect((await sentTo(`chidi${n}@example.org`)).length).toBe(1);
    expect((await undo(scene, decision)).told).not.toBeNull();
    causeway.clock.advance(MINUTE);
    expect((await sentTo(`amara${n}@example.org`)).length).toBe(2);
    const inbox = (await scene.amara.client.get('/notifications')).$('main').text();
    expect(inbox).not.toContain('everyone can read');
  });

  it('is withdrawn, but the author is told of the undoing who had read the notification', async () => {
    const scene = await makeScene(WAYS.hide, true);
    const decision = await decideOn(scene, 'hide');
    await causeway.app.db.write((tx) =>
      tx
        .update(notifications)
        .set({ readAt: causeway.clock.now() })
        .where(eq(notifications.decisionId, decision.id)),
    );
    expect((await undo(scene, decision)).told).not.toBeNull();
    const rows = await db()
      .select({ decisionId: mails.decisionId })
      .from(mails)
      .where(eq(mails.to, `amara${n}@example.org`));
    expect(rows.map(({ decisionId }) => decisionId)).not.toContain(decision.id);
  });
});

describe('a case', () => {
  it('stays closed while another decision on it stands, and opens with the last', async () => {
    const scene = await makeScene(WAYS.hide, true);
    const caseId = await caseOf(scene);
    const fields = { reason: 'off-topic', decision: '' };
    const path = `/mod/cases/${caseId}`;
    await mona.client.post(path, { ...fields, action: 'warn' });
    const warned = await newest(scene);
    causeway.clock.advance(MINUTE);
    const seen = { decision: warned.id };
    expect((await mona.client.post(path, { ...fields, ...seen, action: 'hide' })).status).toBe(303);
    const hidden = await newest(scene);
    await undo(scene, warned);
    expect(await caseOf(scene)).toBeUndefined();
    await undo(scene, hidden);
    expect(await caseOf(scene)).toBe(caseId);
  });

  it('joins the one that was opened since', async () => {
    const scene = await makeScene(WAYS.hide, true);
    const decision = await decideOn(scene, 'dismiss');
    causeway.clock.advance(MINUTE);
    await musa.client.post(`/p/${scene.subjectId}/flag`, { reason: 'harassment' });
    const newer = await caseOf(scene);
    expect(newer).not.toBe(decision.caseId);
    await undo(scene, decision);
    expect(await caseOf(scene)).toBe(newer);
    const [notice] = await db()
      .select()
      .from(legalNotices)
      .where(eq(legalNotices.postId, scene.subjectId));
    expect(notice).toMatchObject({ caseId: newer, decidedAt: null });
  });

  it('is open for every post that a moderator leaves waiting', async () => {
    const scene = await makeScene(WAYS.hide, true);
    const { id: decision, caseId } = await decideOn(scene, 'dismiss');
    const fields = { action: 'hold', reason: 'off-topic', decision };
    expect((await mona.client.post(`/mod/cases/${caseId}`, fields)).status).toBe(303);
    expect(await caseOf(scene)).toBeDefined();
    const held = await db().select().from(posts).where(eq(posts.state, 'held'));
    for (const { id } of held) {
      const open = await db()
        .select()
        .from(cases)
        .where(and(eq(cases.postId, id), isNull(cases.closedAt)));
      expect(open.length, id).toBe(1);
    }
  });

  it('of an appeal is closed when the decision is taken back', async () => {
    const scene = await makeScene(WAYS.hide, true);
    const caseId = await caseOf(scene);
    const decision = await decideOn(scene, 'hide');
    await scene.amara.client.post(`/decisions/${decision.id}/appeal`, { body: 'It is on topic.' });
    expect(await caseOf(scene)).not.toBe(caseId);
    await undo(scene, decision);
    expect(await caseOf(scene)).toBe(caseId);
  });
});
