import { and, desc, eq, getTableName, inArray, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { type Visitor, visitorOf } from '~/domain/accounts/users/visitor';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { markRead } from '~/domain/forum/read-state/mark-read';
import { publicPost } from '~/domain/forum/visibility';
import { flagPost } from '~/domain/moderation/cases/flag';
import { decideOn } from '~/domain/moderation/decisions/decide';
import { compareFigures } from '~/domain/ops/kept-figures';
import { deletePost } from '~/domain/publishing/delete-post';
import { reply } from '~/domain/publishing/reply';
import { startThread } from '~/domain/publishing/start-thread';
import { regionOf } from '~/platform/places/places';
import { countUse } from '~/platform/rate-limits/limiter';
import { type Db, openDatabase, type WriteSubject } from '~db/client';
import { DIALECT, type Table } from '~db/dialect';
import {
  cases,
  decisions,
  flags,
  limits,
  notifications,
  posts,
  signals,
  staleFigures,
  submissions,
  textPrints,
  threadFigures,
  threads,
  users,
} from '~db/schema';
import { narrowReads } from '~db/tracked-reads';
import { chance } from '../tools/random';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { rowsOf } from './support/database';

/*
 * Writes about different threads and people on PostgreSQL, through two servers with connections of their
 * own (decision 36). SQLite has one writer whatever they are about. To repeat a run: WRITES_SEED=… npm
 * test -- --project postgres tests/writes-at-once.test.ts
 */

const SEED = Number(process.env.WRITES_SEED ?? Math.floor(Math.random() * 1e6));
const WRITES = Number(process.env.WRITES ?? 150);
/** Writes that are begun before the first of them has been answered. */
const AT_ONCE = 16;
/** So many that nobody reaches the limit on posts. */
const PEOPLE = Math.max(16, WRITES / 15);

const OLD = { createdAt: 0, confirmedAt: 0 };

describe.runIf(DIALECT === 'postgresql')('writes at once', () => {
  let causeway: TestCauseway;
  /** The same installation, served by a second program. */
  let neighbour: TestCauseway;
  let [ada, bo, mona] = [] as unknown as [Member, Member, Member];

  beforeAll(async () => {
    const env = { HOLD_FIRST_POSTS: '1', DIGEST_MIN_AUTHORS: '2', TRUST_PROXY: '1' };
    causeway = await startTestCauseway(env);
    const databaseUrl = causeway.config.databaseUrl;
    neighbour = await startTestCauseway({ ...env, DATABASE_URL: databaseUrl }, causeway.clock);
    ada = await addMember(causeway, 'ada', OLD);
    bo = await addMember(causeway, 'bo', OLD);
    mona = await addMember(causeway, 'mona', { ...OLD, role: 'moderator' });
    for (const one of [ada, bo]) await addThread(causeway, one, `The first words of ${one.handle}`);
  });
  afterAll(async () => {
    await neighbour?.close();
    await causeway?.close();
  });

  const db = () => causeway.app.db.reader;
  const both = () => [causeway.app, neighbour.app] as const;

  async function visitor({ id }: { id: string }): Promise<Visitor> {
    const [row] = await db().select().from(users).where(eq(users.id, id));
    return visitorOf(row ?? null, causeway.app.clock.now());
  }

  /** Begins a write, and returns once it has its locks and has done `work`; `end` commits it. */
  async function begin(about: readonly WriteSubject[], work: (tx: Db) => Promise<unknown>) {
    const [inside, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const done = causeway.app.db.write(
      async (tx) => {
        await work(tx);
        inside.resolve();
        await ending.promise;
      },
      { about },
    );
    await Promise.race([inside.promise, done]);
    return async () => {
      ending.resolve();
      await done;
    };
  }

  /** Returns once so many connections to this database wait for a lock. */
  const untilWaiting = (wanted: number) =>
    vi.waitUntil(
      async () => {
        const waiting = `select count(*) as n from pg_locks where not granted
          and database = (select oid from pg_database where datname = current_database())`;
        const [row] = (await rowsOf(db(), waiting)) as { n: number }[];
        return Number(row?.n) === wanted;
      },
      { timeout: 10_000, interval: 20 },
    );

  /**
   * Runs writes of which none goes on, from its first look at a table or from its beginning, before all have
   * come so far.
   */
  async function together<T>(table: Table, ...writes: (() => Promise<T>)[]) {
    const lock = `lock table ${getTableName(table)} in access exclusive mode`;
    const end = await begin(['limit:nothing'], (tx) => rowsOf(tx, lock));
    const done = Promise.allSettled(writes.map((write) => write()));
    await untilWaiting(writes.length);
    await end();
    return done;
  }

  const touch = (id: string) => (tx: Db) =>
    tx.update(threads).set({ title: 'Another title' }).where(eq(threads.id, id));

  const wrong = async () => (await compareFigures(db())).filter((table) => table.wrong > 0);

  const say = async (who: Member, threadId: string, body: string, app = causeway.app) =>
    reply(app, await visitor(who), { threadId, replyTo: null, body, details: {}, language: 'en' });

  const startAs = async (who: Member, title: string, body: string, app = causeway.app) =>
    startThread(app, await visitor(who), { title, body, details: {}, language: 'en' });

  const postsSaying = (body: string) => db().select().from(posts).where(eq(posts.body, body));

  it('wait for those about their thread or person, and not for those about others', async () => {
    const [here, there] = [
      await addThread(causeway, ada, 'Here'),
      await addThread(causeway, bo, 'There'),
    ];
    const end = await begin([`thread:${here.id}`, `person:${ada.id}`], touch(here.id));
    const sent = async (who: Member, path: string, body: string) =>
      (await who.client.post(path, { body })).status;
    expect(await sent(bo, there.path, 'Answered at once.')).toBe(303);
    const answers = [
      sent(bo, here.path, 'About the same thread.'),
      sent(ada, there.path, 'By the same person.'),
    ];
    await untilWaiting(2);
    expect(await postsSaying('About the same thread.')).toEqual([]);
    await end();
    expect(await Promise.all(answers)).toEqual([303, 303]);
  });

  it('wait for those that do not say what they are about, and these wait for all', async () => {
    const here = await addThread(causeway, ada, 'Here again');
    const end = await begin([`thread:${here.id}`], touch(here.id));
    const [whole, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    const all = neighbour.app.db.write(async () => {
      order.push('all');
      whole.resolve();
      await held.promise;
    });
    await untilWaiting(1);
    order.push('one');
    await end();
    await whole.promise;
    const last = say(bo, here.id, 'After all of that.').then(() => order.push('reply'));
    await untilWaiting(1);
    order.push('still alone');
    held.resolve();
    await Promise.all([all, last]);
    expect(order).toEqual(['one', 'all', 'still alone', 'reply']);
  });

  it('fail alone when the server ends their connection', async () => {
    const here = await addThread(causeway, ada, 'Cut off');
    let process = 0;
    const end = await begin([`thread:${here.id}`], async (tx) => {
      const [own] = (await rowsOf(tx, 'select pg_backend_pid() as process')) as {
        process: number;
      }[];
      process = own?.process ?? 0;
      await touch(here.id)(tx);
    });
    await rowsOf(db(), `select pg_terminate_backend(${process}, 5000)`);
    await expect(end()).rejects.toThrow();
    await say(bo, here.id, 'Nothing is locked.');
    const [thread] = await db().select().from(threads).where(eq(threads.id, here.id));
    expect(thread?.title).toBe('Cut off');
  });

  it('leave no page stored that was made between two of them and is out of date', async () => {
    const here = await addThread(causeway, ada, 'One of two');
    const there = await addThread(causeway, bo, 'Two of two');
    const entitle = (id: string, title: string) => (tx: Db) =>
      tx.update(threads).set({ title }).where(eq(threads.id, id));
    const readers = [causeway, neighbour];
    const paths = ['/threads', here.path, there.path];
    const open = async () => {
      for (const reader of readers) for (const path of paths) await reader.client().get(path);
    };
    const own = openDatabase(causeway.config.databaseUrl, '');
    const titleOf = (id: string) =>
      own.reader.select({ title: threads.title }).from(threads).where(eq(threads.id, id));
    // Depends on the two threads, and on no other row of the table.
    const titles = () =>
      own.kept('titles', () =>
        narrowReads([`thread:${here.id}`, `thread:${there.id}`], async () =>
          [...(await titleOf(here.id)), ...(await titleOf(there.id))].map(({ title }) => title),
        ),
      );
    for (const [n, [first, second]] of [[here, there] as const, [there, here] as const].entries()) {
      // Each changes its rows before the other ends; the first to change is the last to end.
      const endFirst = await begin([`thread:${first.id}`], entitle(first.id, `First ${n}`));
      const endSecond = await begin([`thread:${second.id}`], entitle(second.id, `Second ${n}`));
      await open();
      await endSecond();
      for (let times = 0; times < 2; times++) {
        await open();
        expect(await titles()).toContain(`Second ${n}`);
      }
      await endFirst();
      expect((await titles()).toSorted()).toEqual([`First ${n}`, `Second ${n}`]);
      for (const reader of readers) {
        const { text } = await reader.client().get('/threads');
        expect(text).toContain(`First ${n}`);
        expect(text).toContain(`Second ${n}`);
        expect((await reader.client().get(first.path)).text).toContain(`First ${n}`);
      }
    }
    await own.close();
  });

  it('leave what other programs changed to the next that is alone', async () => {
    const here = await addThread(causeway, ada, 'Changed from elsewhere');
    const id = await addPost(causeway, bo, here.id, 'Too dear.', { barriers: ['cost'] });
    await rowsOf(db(), `update posts set state = 'hidden' where id = '${id}'`);
    const marks = async () => (await db().select().from(staleFigures)).map((row) => row.id).sort();
    expect(await marks()).toEqual([here.id, bo.id].sort());
    // Counts its own thread and no other; what it counts as well stays right.
    await say(ada, here.id, 'One more.');
    expect(await marks()).toEqual([bo.id]);
    await causeway.app.db.write(async () => undefined);
    expect(await marks()).toEqual([]);
    expect(await wrong()).toEqual([]);
  });

  describe('of two people, or of one twice', () => {
    it('hold the first posts of a member, each with one case', async () => {
      const here = await addThread(causeway, ada, 'Who is new?');
      const cy = await addMember(causeway, 'cy');
      const there = await addThread(causeway, bo, 'And here?');
      await together(
        cases,
        () => say(cy, here.id, 'My first words.', causeway.app),
        () => say(cy, there.id, 'My other first words.', neighbour.app),
      );
      const own = await db().select().from(posts).where(eq(posts.authorId, cy.id));
      expect(own.map(({ state }) => state)).toEqual(['held', 'held']);
      const ids = own.map(({ id }) => id);
      expect(await db().select().from(cases).where(inArray(cases.postId, ids))).toHaveLength(2);
    });

    it('hold a post when the only approved one is being hidden', async () => {
      const here = await addThread(causeway, ada, 'Approved once');
      const di = await addMember(causeway, 'di');
      const approved = await addPost(causeway, di, here.id, 'Approved.');
      const end = await begin([], (tx) =>
        tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, approved)),
      );
      const second = say(di, here.id, 'Once more.', neighbour.app);
      await untilWaiting(1);
      await end();
      await second;
      expect((await postsSaying('Once more.')).map(({ state }) => state)).toEqual(['held']);
    });

    it('open one case for a post that two people flag', async () => {
      const here = await addThread(causeway, ada, 'To be flagged');
      const eve = await addMember(causeway, 'eve', OLD);
      const flag = { postId: here.openingId, reason: 'spam', note: '' } as const;
      const [byBo, byEve] = [(await visitor(bo)).person, (await visitor(eve)).person];
      if (!byBo || !byEve) throw new Error('nobody');
      const done = await together(
        cases,
        () => flagPost(causeway.app, byBo, flag),
        () => flagPost(neighbour.app, byEve, flag),
      );
      expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      const open = and(eq(cases.postId, here.openingId), isNull(cases.closedAt));
      const [one, ...others] = await db().select().from(cases).where(open);
      expect(others).toEqual([]);
      const all = await db().select().from(flags).where(eq(flags.postId, here.openingId));
      expect(all.map((flag) => [flag.caseId, flag.userId]).sort()).toEqual(
        [bo.id, eve.id].map((id) => [one?.id, id]).sort(),
      );
    });

    it('keep the last administrator', async () => {
      const role = 'administrator';
      const one = await addMember(causeway, 'root', { ...OLD, role });
      const other = await addMember(causeway, 'toor', { ...OLD, role });
      const leave = ({ app }: TestCauseway, { id }: Member) =>
        app.db.write((tx) => eraseAccount(tx, app, id, 'keep'));
      const left = await together(
        users,
        () => leave(causeway, one),
        () => leave(neighbour, other),
      );
      expect(left.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const still = and(eq(users.role, role), isNull(users.erasedAt));
      expect(await db().select().from(users).where(still)).toHaveLength(1);
    });

    it('publish one post for a form that is sent twice', async () => {
      const here = await addThread(causeway, ada, 'Sent twice');
      const by = await visitor(bo);
      const form = { threadId: here.id, replyTo: null, body: 'Pressed twice.', details: {} };
      const send = (app: typeof causeway.app) =>
        reply(app, by, { ...form, key: 'one key', language: 'en' });
      const [one, other] = await together(
        submissions,
        () => send(causeway.app),
        () => send(neighbour.app),
      );
      expect(one).toEqual({ status: 'fulfilled', value: expect.stringContaining('#p-') });
      expect(other).toEqual(one);
      expect(await postsSaying('Pressed twice.')).toHaveLength(1);
    });

    it('hold the second of two equal texts, whatever their threads', async () => {
      const here = await addThread(causeway, ada, 'Equal one');
      const there = await addThread(causeway, bo, 'Equal two');
      const body = 'Buy our cheap generators now, they run day and night without any fuel at all.';
      await together(
        textPrints,
        () => say(ada, here.id, body, causeway.app),
        () => say(bo, there.id, body, neighbour.app),
      );
      const twins = await postsSaying(body);
      expect(twins.map(({ state }) => state).sort()).toEqual(['held', 'visible']);
      const held = twins.find(({ state }) => state === 'held')?.id ?? '';
      const noticed = await db().select().from(signals).where(eq(signals.postId, held));
      expect(noticed.map(({ kind }) => kind)).toEqual(['duplicate']);
    });

    it('give two threads of one title two addresses', async () => {
      await together(
        threads,
        () => startAs(ada, 'Same title', 'The opening.', causeway.app),
        () => startAs(bo, 'Same title', 'Another opening.', neighbour.app),
      );
      const two = await db().select().from(threads).where(eq(threads.title, 'Same title'));
      expect(two.map(({ slug }) => slug).sort()).toEqual(['same-title', 'same-title-2']);
    });

    it('count every use of a limit', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          countUse(both()[n % 2] as typeof causeway.app, 'draft', ada.id),
        ),
      );
      const [row] = await db()
        .select()
        .from(limits)
        .where(eq(limits.key, `draft:${ada.id}`));
      expect(row?.points).toBe(20);
    });
  });

  it(`are all stored and counted, however many there are (WRITES_SEED=${SEED})`, async () => {
    const random = chance(SEED);
    const upTo = (n: number) => Math.floor(random() * n);
    const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
    const people: Member[] = [];
    for (let n = 0; n < PEOPLE; n++) people.push(await addMember(causeway, `writer${n}`, OLD));
    const talks: string[] = [];
    for (const n of [0, 1, 2, 3]) talks.push((await addThread(causeway, ada, `Talk ${n}`)).id);
    for (const who of people) await addPost(causeway, who, one(talks), 'Good morning.');
    const visitors = new Map<string, Visitor>();
    for (const who of people) visitors.set(who.id, await visitor(who));
    const moderator = (await visitor(mona)).person;
    if (!moderator) throw new Error('nobody');
    // Not the openings: without them their threads would take no more posts.
    const answered = await db().select().from(posts).where(eq(posts.isOpening, false));
    const known = answered.map(({ id }) => id);

    const paths = ['/threads', '/', ...talks.map((id) => `/t/${id}`)];
    let [replies, begun] = [0, 0];
    const details = () => {
      const country = one(['NG', 'GH', 'KE', 'BR', null] as const);
      const barriers = [one(['cost', 'skills'] as const), one(['cost', 'data'] as const)];
      return { country, region: country && regionOf(country), barriers: [...new Set(barriers)] };
    };
    const write = async (n: number): Promise<unknown> => {
      const app = one(both());
      const [who, threadId, postId] = [one(people), one(talks), one(known)];
      const by = visitors.get(who.id) as Visitor;
      const text = { body: `What I write, number ${n}`, details: details(), language: 'en' };
      causeway.clock.advance(upTo(3));
      const kind = random();
      if (kind < 0.55) {
        await reply(app, by, { ...text, threadId, replyTo: null });
        replies += 1;
        return;
      }
      if (kind < 0.65) return startThread(app, by, { ...text, title: one(['One', 'Two']) });
      if (kind < 0.75) return setMeToo(app, by, postId, { on: random() < 0.8, country: 'NG' });
      if (kind < 0.85) {
        const seen = { threadId, throughId: null, seenAt: app.clock.now() };
        const about = [`thread:${threadId}`, `person:${who.id}`] as const;
        return app.db.write((tx) => markRead(tx, app.clock, who.id, seen), { about });
      }
      const [post] = await db().select().from(posts).where(eq(posts.id, postId));
      const author = visitors.get(post?.authorId ?? '');
      if (kind < 0.9) return author && deletePost(app, author, postId);
      const [last] = await db()
        .select()
        .from(decisions)
        .where(eq(decisions.postId, postId))
        .orderBy(desc(decisions.createdAt), desc(decisions.id));
      const choice = {
        action: post?.state === 'hidden' ? 'restore' : 'hide',
        rule: 'off-topic',
        note: '',
        seen: { revision: post?.revision, decision: last?.id ?? '' },
      };
      return app.db.write((tx) => decideOn(tx, app, moderator, { postId }, choice as never));
    };
    const writer = async () => {
      while (begun < WRITES) {
        begun += 1;
        await write(begun).catch((error: Error) => {
          if (error.name !== 'DomainError') throw error;
        });
        if (begun % 8 === 0) await one([causeway, neighbour]).client().get(one(paths));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, writer));

    expect([SEED, await wrong()]).toEqual([SEED, []]);
    expect(await db().select().from(staleFigures)).toEqual([]);
    const own = inArray(
      posts.authorId,
      people.map(({ id }) => id),
    );
    const stored = await db().select().from(posts).where(own);
    const answers = stored.filter(({ body, isOpening }) => !isOpening && body.startsWith('What I'));
    expect(answers.length).toBe(replies);
    expect(replies).toBeGreaterThan(WRITES / 3);
    // A thread was last active with its newest public answer, if there is one, and lists know it.
    for (const threadId of talks) {
      const [newest] = await db()
        .select({ at: sql<number>`max(${posts.createdAt})`.mapWith(Number) })
        .from(posts)
        .innerJoin(threads, eq(threads.id, posts.threadId))
        .where(and(eq(posts.threadId, threadId), eq(posts.isOpening, false), publicPost()));
      const [thread] = await db().select().from(threads).where(eq(threads.id, threadId));
      const at = newest?.at ?? thread?.createdAt;
      const [figures] = await db()
        .select()
        .from(threadFigures)
        .where(eq(threadFigures.threadId, threadId));
      expect([thread?.activeAt, figures?.activeAt]).toEqual([at, at]);
    }
    // Whoever watches a thread is told once until they have read it.
    const told = await db()
      .select({ n: sql<number>`count(*)`.mapWith(Number) })
      .from(notifications)
      .innerJoin(posts, eq(posts.id, notifications.postId))
      .where(and(eq(notifications.kind, 'watched'), isNull(notifications.readAt)))
      .groupBy(notifications.userId, posts.threadId);
    expect(new Set(told.map(({ n }) => n))).toEqual(new Set([1]));
    // What is stored for visitors is what a page made anew says.
    for (const path of paths) {
      const unshared = causeway.client();
      unshared.cookies.set('causeway_session', 'opens-nothing');
      const { text } = await unshared.get(path);
      for (const server of [causeway, neighbour]) {
        expect((await server.client().get(path)).text).toBe(text);
      }
    }
  }, 120_000);
});
