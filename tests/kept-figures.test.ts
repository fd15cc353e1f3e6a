import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { type Person, visitorOf } from '~/domain/accounts/users/visitor';
import { readCrowds } from '~/domain/barriers/count-people';
import { listReports, readAtlas, readNamers, reportedSince } from '~/domain/barriers/explore';
import { atlasOf, countCrowds } from '~/domain/barriers/figures-table';
import { actsOn, undoAct } from '~/domain/barriers/key-points/acts';
import {
  addPosts,
  makeKeyPoint,
  mergeKeyPoints,
  removePost,
  setKeyPointKind,
  splitKeyPoint,
} from '~/domain/barriers/key-points/change';
import { type KeyPoint, keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { countThreads, listThreads } from '~/domain/forum/threads/threads';
import { publicThread } from '~/domain/forum/visibility';
import { decideOn } from '~/domain/moderation/decisions/decide';
import { isUndoable, undo } from '~/domain/moderation/decisions/undo';
import { compareFigures, recount } from '~/domain/ops/kept-figures';
import { deletePost, undeletePost } from '~/domain/publishing/delete-post';
import { editPost } from '~/domain/publishing/edit-post';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { regionOf } from '~/platform/places/places';
import { countOf } from '~db/dialect';
import {
  countedReports,
  decisions,
  keyPointPosts,
  keyPoints,
  meToos,
  postBarriers,
  postPillars,
  posts,
  reportDays,
  staleFigures,
  threadFigures,
  threads,
  users,
} from '~db/schema';
import { chance } from '../tools/random';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/*
 * Everything that changes what is counted, at random and many times: what is kept must then be what
 * follows from the posts. To repeat a run: FIGURES_SEED=… npx vitest run …
 */

const SEED = Number(process.env.FIGURES_SEED ?? Math.floor(Math.random() * 1e6));
/** Number of actions, or the time limit (ms), whichever comes first. */
const ROUNDS = Number(process.env.FIGURES_ROUNDS ?? 4000);
const LONGEST = 12_000;

const KINDS = ['cost', 'skills', 'language', 'data'] as const;
const PILLARS = ['education', 'policy'] as const;
const PLACES = [
  ...['NG', 'GH', 'KE', 'BR'].map((country) => ({ country, region: regionOf(country) })),
  ...['011', '202', '002'].map((region) => ({ country: null, region })),
  { country: null, region: null },
];
const OLD = { createdAt: 0, confirmedAt: 0 };

let causeway: TestCauseway;
let mona: Member;
let people: Member[];

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  causeway.clock.set('2026-08-01T10:00:00Z');
  mona = await addMember(causeway, 'mona', { ...OLD, role: 'moderator' });
  people = [];
  for (let n = 0; n < 8; n++) people.push(await addMember(causeway, `person${n}`, OLD));
  for (let n = 0; n < 4; n++) await addThread(causeway, one(people), `How do you do it, ${n}?`);
});
afterAll(() => causeway?.close());

const random = chance(SEED);
const upTo = (n: number) => Math.floor(random() * n);
const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.4);

const db = () => causeway.app.db.reader;
const write: TestCauseway['app']['db']['write'] = (work) => causeway.app.db.write(work);
const clock = () => causeway.app.clock;

/** Ids of the rows that there are, without reading them again for each action. */
const known = { posts: [] as string[], threads: [] as string[] };

async function lookAround(): Promise<void> {
  known.posts = (await db().select({ id: posts.id }).from(posts)).map(({ id }) => id);
  known.threads = (await db().select({ id: threads.id }).from(threads)).map(({ id }) => id);
}

async function personOf(id: string): Promise<Person> {
  const [row] = await db().select().from(users).where(eq(users.id, id));
  const { person } = visitorOf(row ?? null, clock().now());
  if (!person) throw new Error('nobody');
  return person;
}

async function visitor(id: string) {
  return visitorOf(await personOf(id), clock().now());
}

async function authorOf(postId: string): Promise<string> {
  const [row] = await db().select().from(posts).where(eq(posts.id, postId));
  return row?.authorId ?? '';
}

const details = () => ({
  ...one(PLACES),
  industry: one(['P', 'Q', null] as const),
  language: one(['en', 'fr']),
  barriers: some(KINDS),
  pillars: some(PILLARS),
  notBarrier: null,
});

/** A moderator's decision on a post or its thread. */
async function decide(): Promise<void> {
  const action = one([
    ...(['hide', 'restore', 'hold', 'approve', 'retag', 'move', 'split'] as const),
    ...(['lock', 'unlock', 'pin', 'unpin', 'merge'] as const),
  ]);
  const moderator = await personOf(mona.id);
  const postId = one(known.posts);
  const [row] = await db().select().from(posts).where(eq(posts.id, postId));
  const [last] = await db()
    .select()
    .from(decisions)
    .where(eq(decisions.postId, postId))
    .orderBy(decisions.createdAt, decisions.id);
  await write((tx) =>
    decideOn(
      tx,
      causeway.app,
      moderator,
      { postId },
      {
        action,
        rule: 'off-topic',
        note: '',
        seen: { revision: row?.revision, decision: last?.id ?? '' },
        details: {
          to: one([`/t/${one(known.threads)}`, `/p/${one(known.posts)}`]),
          title: `Another title ${upTo(1000)}`,
          labels: { ...details(), place: null },
        } as never,
      },
    ),
  );
}

const ACTIONS: Record<string, () => Promise<unknown>> = {
  async post() {
    const state = random() < 0.15 ? 'held' : 'visible';
    const facts = { ...details(), state } as const;
    known.posts.push(await addPost(causeway, one(people), one(known.threads), 'Too dear.', facts));
  },
  async thread() {
    const facts = random() < 0.2 ? ({ state: 'held' } as const) : {};
    const { id, openingId } = await addThread(causeway, one(people), 'And here?', facts);
    known.threads.push(id);
    known.posts.push(openingId);
  },
  async edit() {
    const postId = one(known.posts);
    await editPost(causeway.app, await visitor(await authorOf(postId)), {
      postId,
      body: one(['Too dear.', 'The power is cut every day.', 'Cost is not a problem here.']),
      reason: '',
      seen: undefined,
      details: details() as never,
    });
  },
  async delete() {
    const id = one(known.posts);
    await deletePost(causeway.app, await visitor(await authorOf(id)), id);
  },
  async undelete() {
    const deleted = await db().select().from(posts).where(eq(posts.state, 'deleted'));
    const { id, authorId } = one(deleted) ?? {};
    if (id && authorId) await undeletePost(causeway.app, await visitor(authorId), id);
  },
  async face() {
    const by = await visitor(one(people).id);
    await setMeToo(causeway.app, by, one(known.posts), { on: random() < 0.7, country: 'NG' });
  },
  decide,
  async undo() {
    const all = (await db().select().from(decisions)).filter(({ action }) => isUndoable(action));
    const moderator = await personOf(mona.id);
    const decisionId = one(all)?.id ?? '';
    await write((tx) => undo(tx, causeway.app, moderator, { decisionId, note: '' }));
  },
  async keyPoint() {
    const all = await db().select().from(keyPoints);
    const { id: keyPointId = '' } = one(all) ?? {};
    const inside = await db().select().from(keyPointPosts);
    const members = inside.filter((row) => row.keyPointId === keyPointId).map((row) => row.postId);
    const postIds = [one(known.posts), one(known.posts)];
    const kind = one(KINDS);
    const by = mona.id;
    const last = (await actsOn(db(), keyPointId)).at(-1)?.id ?? '';
    await write<unknown>((tx) =>
      one<() => Promise<unknown>>([
        () => makeKeyPoint(tx, clock(), by, { kind, region: one(['011', '014']), postIds }),
        () => addPosts(tx, clock(), by, { keyPointId, postIds }),
        () => removePost(tx, clock(), by, one(members) ?? ''),
        () => mergeKeyPoints(tx, clock(), by, { from: keyPointId, into: one(all)?.id ?? '' }),
        () => splitKeyPoint(tx, clock(), by, { keyPointId, postIds: some(members) }),
        () => setKeyPointKind(tx, clock(), by, { keyPointId, kind }),
        () => undoAct(tx, clock(), by, last),
      ])(),
    );
  },
  async erase() {
    if (random() < 0.8) return;
    const leaver = one(people);
    const words = one(['keep', 'remove'] as const);
    await write((tx) => eraseAccount(tx, causeway.app, leaver.id, words));
    people.splice(people.indexOf(leaver), 1, await addMember(causeway, `new${upTo(1e9)}`, OLD));
  },
  /** What no function of the domain does: statements of another program. */
  async statements() {
    const [id, threadId] = [one(known.posts), one(known.threads)];
    await write(async (tx) =>
      one([
        () =>
          tx
            .update(threads)
            .set({ state: one(['open', 'hidden']) })
            .where(eq(threads.id, threadId)),
        () =>
          tx
            .update(threads)
            .set({ questionNumber: one([1, null]) })
            .where(eq(threads.id, threadId)),
        () =>
          tx
            .update(posts)
            .set({ createdAt: clock().now() - upTo(90) * DAY })
            .where(eq(posts.id, id)),
        () =>
          tx
            .update(posts)
            .set({ ...one(PLACES), notBarrier: one(['author', null]) })
            .where(eq(posts.id, id)),
        () => tx.delete(postBarriers).where(eq(postBarriers.postId, id)),
        () => tx.delete(postPillars).where(eq(postPillars.postId, id)),
        () => tx.delete(meToos).where(eq(meToos.postId, id)),
      ])(),
    );
  },
  async 'taken back'() {
    const work = write(async (tx) => {
      await tx.delete(postBarriers).where(eq(postBarriers.postId, one(known.posts)));
      throw new DomainError('refused', 'site.problem.404.title');
    });
    await work.catch(() => undefined);
  },
  async time() {
    causeway.clock.advance(one([60_000, 3_600_000, DAY / 2]));
  },
};

const OFTEN = ['post', 'post', 'post', 'decide', 'decide', 'keyPoint', 'statements', 'face'];

it(`keeps figures that are those of the posts, whatever is done (FIGURES_SEED=${SEED})`, async () => {
  await lookAround();
  const names = [...Object.keys(ACTIONS), ...OFTEN];
  const until = performance.now() + LONGEST;
  const done: Record<string, number> = {};
  for (let n = 0; n < ROUNDS && performance.now() < until; n++) {
    const name = one(names);
    try {
      await ACTIONS[name]?.();
      done[name] = (done[name] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'DomainError') throw error;
    }
    if (n % 250 === 249) {
      await lookAround();
      expect([SEED, n, await wrong()]).toEqual([SEED, n, []]);
    }
  }
  expect([SEED, await wrong()]).toEqual([SEED, []]);
  expect(Object.keys(ACTIONS).filter((name) => !done[name])).toEqual([]);
  for (const table of [threadFigures, countedReports, reportDays]) {
    expect(await countOf(db(), table)).toBeGreaterThan(0);
  }
}, 60_000);

async function wrong() {
  return (await compareFigures(db())).filter((table) => table.wrong > 0);
}

it('gives the numbers that counting all posts gives', async () => {
  const { community } = causeway.app;
  const end = (Math.floor(clock().now() / DAY) + 1) * DAY;
  for (const pillar of [null, ...PILLARS]) {
    for (const start of [0, end - 10 * DAY]) {
      const filter = { pillar, span: { start, end } };
      const counted = atlasOf(countCrowds(await readCrowds(db(), filter)), community);
      const kept = await readAtlas(causeway.app, filter);
      for (const scope of ['world', '002', '011', 'NG']) {
        expect(kept.table(scope)).toEqual(counted.table(scope));
        expect(kept.table(scope, 'cost')).toEqual(counted.table(scope, 'cost'));
        for (const kind of [null, 'cost']) {
          const asked = { ...filter, scope, kind };
          // The same time with a millisecond more is not kept by days, so it is counted.
          const anew = { ...asked, span: { start, end: end + 1 } };
          expect(await readNamers(db(), asked)).toEqual(await readNamers(db(), anew));
          expect(await reportedSince(db(), asked)).toEqual(await reportedSince(db(), anew));
          for (const page of [1, 2]) {
            const ids = async (of: typeof asked) => {
              const { rows, total } = await listReports(db(), of, page);
              return [total, rows.map(({ id }) => id)];
            };
            expect(await ids(asked)).toEqual(await ids(anew));
          }
        }
      }
    }
  }
});

it('lists the public threads, and ranks key points as all of them together are', async () => {
  const total = await countOf(db(), threads, publicThread());
  expect(await countThreads(db(), {}, 'top')).toBe(total);
  expect((await listThreads(db(), {}, 'latest', 1)).rows.length).toBe(Math.min(20, total));
  const span = { start: clock().now() - 20 * DAY, end: clock().now() + DAY };
  const ids = (points: readonly KeyPoint[]) => points.map(({ id }) => id);
  for (const scope of ['world', '002', '011', 'NG']) {
    for (const period of [undefined, span]) {
      for (const kind of [undefined, ...KINDS]) {
        const query = { scope, ...(period && { period }), ...(kind && { kind }) };
        const all = ids(await keyPointsOf(db(), causeway.app.community, query));
        expect(
          ids(await keyPointsOf(db(), causeway.app.community, { ...query, limit: 3 })),
        ).toEqual(all.slice(0, 3));
      }
    }
  }
});

it('finds and mends what is wrong', async () => {
  expect((await recount(causeway.app.db)).every((table) => table.wrong === 0)).toBe(true);
  await write(async (tx) => {
    await tx.update(threadFigures).set({ voices: 1000 });
    await tx.update(reportDays).set({ people: 1000 }).where(eq(reportDays.place, 'world'));
  });
  expect((await wrong()).map(({ table }) => table)).toEqual(['thread_figures', 'report_days']);
  const found = (await recount(causeway.app.db)).filter((table) => table.wrong > 0);
  expect(found.map(({ table }) => table)).toEqual(['thread_figures', 'report_days']);
  expect(await wrong()).toEqual([]);
  expect(await countOf(db(), staleFigures)).toBe(0);
});
