import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { DAY } from '~/platform/clock';
import {
  digests,
  keyPointActs,
  keyPointPosts,
  keyPoints,
  meToos,
  posts,
  postTranslations,
  threads,
} from '~db/schema';
import { chance } from '../tools/random';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';
import { withoutKept } from './support/queries';

/*
 * Checks that a page from the cache, and a member's page from what was kept, is always the same as a
 * newly made one. Two programs on one
 * database, people who submit random forms, and visitors who open random pages in between. To
 * repeat a run: CACHE_SEED=… npx vitest run …
 */

const SEED = Number(process.env.CACHE_SEED ?? Math.floor(Math.random() * 1e6));
/** Number of actions, or the time limit (ms), whichever comes first. */
const ROUNDS = Number(process.env.CACHE_ROUNDS ?? 100);
const LONGEST = 25_000;
/** Number of pages opened before and after each action. */
const PAGES = 4;

const OLD = { createdAt: 0, confirmedAt: 0 };
const PLACES = [
  { country: 'NG', region: '011' },
  { country: 'GH', region: '011' },
  { country: 'KE', region: '014' },
] as const;
const WORDS = [
  'The vendor takes only dollar cards, and my naira card was declined.',
  'Nobody trained our nurses to use the tool.',
  'The power is cut every day, so nothing is online after noon.',
  'The model answers in English, whatever we ask it in Hausa.',
];

let causeway: TestCauseway;
/** The same installation, served by a second program. */
let neighbour: TestCauseway;
let mona: Member;
let people: Member[];

beforeAll(async () => {
  const env = { HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '2', TRUST_PROXY: '1' };
  causeway = await startTestCauseway(env);
  const databaseUrl = causeway.config.databaseUrl;
  neighbour = await startTestCauseway({ ...env, DATABASE_URL: databaseUrl }, causeway.clock);
  mona = await addMember(causeway, 'mona', { ...OLD, role: 'moderator' });
  people = [];
  for (const [n, { country }] of [...PLACES, ...PLACES].entries()) {
    people.push(await addMember(causeway, `person${n}`, { ...OLD, country }));
  }
});
afterAll(async () => {
  await neighbour?.close();
  await causeway?.close();
});

const db = () => causeway.app.db.reader;

const random = chance(SEED);
const upTo = (n: number) => Math.floor(random() * n);
const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.4);

/** Submits a form of the site as a person, to either program and from any network. */
function post(who: Member, path: string, fields: Record<string, string | string[]> = {}) {
  const client = one([causeway, neighbour]).client();
  for (const [name, value] of who.client.cookies) client.cookies.set(name, value);
  return client.post(path, fields, { 'X-Forwarded-For': `10.${upTo(250)}.${upTo(250)}.7` });
}

const allPosts = () => db().select().from(posts);
const allThreads = () => db().select().from(threads);
const grouped = async () => (await db().select().from(keyPointPosts)).map((row) => row.postId);
/** Returns any post; every other time one that is in a group. */
async function anyPost() {
  const rows = await allPosts();
  const among = random() < 0.5 ? await grouped() : [];
  return rows.find(({ id }) => id === one(among)) ?? one(rows);
}
const anyThread = async () => one(await allThreads());

const said = () => ({
  body: `${one(WORDS)} ${upTo(1000)}`,
  country: one(PLACES).country,
  barrier: some(['cost', 'skills', 'language', 'none']),
  pillar: some(['education', 'policy']),
});

/** Submits the decision form of a post with any of its choices. */
async function moderate(): Promise<string> {
  const { id } = await anyPost();
  let path = `/mod/posts/${id}`;
  let page = await mona.client.get(path);
  if (page.status === 303) {
    path = page.location ?? '';
    page = await mona.client.get(path);
  }
  const undoable = page.$('input[name=undoes]');
  const values = (name: string) =>
    page
      .$(`input[name=${name}]`)
      .map((_, input) => page.$(input).attr('value'))
      .get();
  if (undoable.length > 0 && random() < 0.4) {
    const { status } = await post(mona, path, { action: 'undo', undoes: one(values('undoes')) });
    return `undo at ${path}: ${status}`;
  }
  const actions = values('action');
  if (actions.length === 0) return `nothing to decide at ${path}`;
  const action = one(actions);
  const other = await anyThread();
  const { status } = await post(mona, path, {
    action,
    reason: 'off-topic',
    revision: values('revision')[0] ?? '',
    decision: values('decision')[0] ?? '',
    to: random() < 0.5 ? `/t/${other.id}` : `/p/${(await anyPost()).id}`,
    title: `A better title ${upTo(1000)}`,
    days: '7',
    minutes: '10',
    ...said(),
  });
  return `${action} at ${path}: ${status}`;
}

/** Puts two reports together, changes a key point, or undoes a change. */
async function keyPoint(): Promise<string> {
  const points = await db().select().from(keyPoints);
  const acts = await db().select().from(keyPointActs);
  if (acts.length > 0 && random() < 0.2) {
    const fields = { act: 'undo', undo: one(acts).id };
    return `undo: ${(await post(mona, '/mod/key-points', fields)).status}`;
  }
  if (points.length > 1 && random() < 0.4) {
    const { id } = one(points);
    const members = (await db().select().from(keyPointPosts)).filter(
      ({ keyPointId }) => keyPointId === id,
    );
    const fields = {
      act: one(['rename', 'merge', 'split', 'remove', 'kind', 'accept']),
      language: one(['en', 'fr']),
      title: `A title ${upTo(1000)}`,
      sentence: 'A sentence.',
      kind: one(['cost', 'skills']),
      into: one(points).id,
      post: some(members).map(({ postId }) => postId),
    };
    return `${fields.act} ${id}: ${(await post(mona, `/mod/key-points/${id}`, fields)).status}`;
  }
  const taken = await grouped();
  const free = (await allPosts()).filter(
    ({ id, region, isOpening }) => region === '011' && !isOpening && !taken.includes(id),
  );
  const [first, second] = [one(free)?.id ?? '', one(free)?.id ?? ''];
  const choice = one([`post:${second}`, `post:${second}`, `point:${one(points)?.id}`, 'none']);
  const fields = { [`choice.${first}`]: choice, [`kind.${first}`]: 'cost' };
  const { status } = await post(mona, '/mod/key-points', { act: 'sort', region: '011', ...fields });
  return `${choice} for ${first}: ${status}`;
}

async function digest(): Promise<string> {
  const [draft] = await db().select().from(digests).where(eq(digests.state, 'draft'));
  if (!draft) {
    await runJobs(causeway.app);
    return 'background work';
  }
  const page = await mona.client.get(`/mod/digests/${draft.id}`);
  const value = (name: string) => String(page.$(`input[name=${name}]`).first().val() ?? '');
  const action = one(['publish', 'build', 'note']);
  const fields = { action, seen: value('seen'), key: value('key'), text: `A note ${upTo(99)}` };
  const { status } = await post(mona, `/mod/digests/${draft.id}`, fields);
  return `${action} digest ${draft.scope} ${draft.period}: ${status}`;
}

/** All actions by name; each returns its result. */
const WRITES: Record<string, () => Promise<string>> = {
  async reply() {
    const thread = await anyThread();
    const replyTo = random() < 0.5 ? (await anyPost()).id : '';
    return `${(await post(one(people), `/t/${thread.id}`, { ...said(), replyTo })).status}`;
  },
  async thread() {
    const fields = { ...said(), title: `How do you do it, ${upTo(1000)}?` };
    return `${(await post(one(people), '/threads/new', fields)).status}`;
  },
  async edit() {
    const { id, authorId } = await anyPost();
    const author = people.find((person) => person.id === authorId) ?? one(people);
    const fields = random() < 0.5 ? { body: one(WORDS) } : { ...said(), details: '1' };
    return `${id}: ${(await post(author, `/p/${id}/edit`, fields)).status}`;
  },
  async delete() {
    const { id, authorId } = await anyPost();
    const author = people.find((person) => person.id === authorId) ?? one(people);
    const fields: Record<string, string> = random() < 0.6 ? { restore: '1' } : {};
    return `${id}: ${(await post(author, `/p/${id}/delete`, fields)).status}`;
  },
  async 'me too'() {
    const { id } = await anyPost();
    const fields = { on: one(['1', '1', '0']), country: one(PLACES).country };
    return `${id}: ${(await post(one(people), `/p/${id}/face`, fields)).status}`;
  },
  async 'not me any more'() {
    const marks = await db().select().from(meToos);
    const among = await grouped();
    const mark = marks.find(({ postId }) => among.includes(postId)) ?? one(marks);
    const whose = people.find(({ id }) => id === mark?.userId);
    if (!mark || !whose) return 'nobody';
    return `${mark.postId}: ${(await post(whose, `/p/${mark.postId}/face`, { on: '0' })).status}`;
  },
  async flag() {
    const { id } = await anyPost();
    return `${id}: ${(await post(one(people), `/p/${id}/flag`, { reason: 'spam' })).status}`;
  },
  async language() {
    const { id } = await anyPost();
    return `${(await post(mona, `/p/${id}/language`, { language: one(['en', 'fr']) })).status}`;
  },
  async translate() {
    const { id } = await anyPost();
    const fields = { language: one(['fr', 'sw']), body: `Une phrase ${upTo(1000)}.` };
    return `${id}: ${(await post(one(people), `/p/${id}/translate`, fields)).status}`;
  },
  async 'remove a translation'() {
    const rows = await db().select().from(postTranslations);
    const { id = '', postId = 'none', personId = '' } = one(rows) ?? {};
    const whose = people.find((person) => person.id === personId) ?? one(people);
    const fields = { translation: id };
    return `${id}: ${(await post(whose, `/p/${postId}/translations`, fields)).status}`;
  },
  moderate,
  keyPoint,
  async stance() {
    const { id = 'none' } = one(await db().select().from(keyPoints)) ?? {};
    const stance = one(['me-too', 'not-here', 'no-longer', 'none']);
    const fields = { stance, country: one(PLACES).country };
    const { status } = await post(one(people), `/key-points/${id}/stance`, fields);
    return `${stance} on ${id}: ${status}`;
  },
  digest,
  async person() {
    const { handle } = one(people);
    const action = one(['silence', 'suspend', 'lift', 'warn', 'spam-clean']);
    const fields = { action, reason: 'spam', days: '1' };
    return `${action} ${handle}: ${(await post(mona, `/mod/people/${handle}`, fields)).status}`;
  },
  async settings() {
    const fields = { name: `Name ${upTo(1000)}`, country: one(PLACES).country };
    return `${(await post(one(people), '/settings', fields)).status}`;
  },
  async leave() {
    const leaver = one(people);
    const { status } = await post(leaver, '/settings/delete', { words: one(['keep', 'remove']) });
    if (status !== 303) return `${leaver.handle}: ${status}`;
    people.splice(people.indexOf(leaver), 1, await addMember(causeway, `new${upTo(1e9)}`, OLD));
    return `${leaver.handle}: gone`;
  },
  async bookmark() {
    const { id } = await anyPost();
    return `${(await post(one(people), `/p/${id}/bookmark`, { on: '1' })).status}`;
  },
  async time() {
    causeway.clock.advance(one([60_000, 3_600_000, DAY]));
    return new Date(causeway.clock.now()).toISOString();
  },
};

/** Actions that are done more often. */
const OFTEN = ['me too', 'me too', 'not me any more', 'reply', 'moderate', 'keyPoint', 'stance'];

/** Returns the URL of any shared page, of all kinds. */
async function anyPage(): Promise<string> {
  const thread = await anyThread();
  const path = `/t/${thread.id}/${thread.slug}`;
  const somePoint = one(await db().select().from(keyPoints));
  const pointPath = `/key-points/${somePoint?.id ?? 'none'}`;
  const [issue] = await db().select().from(digests).where(eq(digests.state, 'published'));
  const digestPath = `/digests/${issue?.scope ?? 'world'}/${issue?.period ?? '2026-10'}`;
  if (random() < 0.4) return path;
  return one([
    ...[
      `${path}?sort=most-faced`,
      `${path}?sort=newest`,
      `${path}?replyTo=${(await anyPost()).id}`,
      `${path}?read=fr`,
      `/p/${(await anyPost()).id}/whole?read=fr`,
    ],
    ...[`/t/${thread.id}/feed.xml`, `/api/v1/threads/${thread.id}`],
    ...[
      '/',
      '/threads',
      '/threads?country=NG',
      '/threads?sort=top',
      '/search?q=nurses',
      '/search?q=phrase',
    ],
    ...['/barriers', '/barriers?kind=cost', '/barriers.json', '/barriers.csv'],
    '/barriers?from=2026-10&to=2026-10',
    ...['/barriers/kinds/cost', pointPath, pointPath, `${pointPath}.json`, `${pointPath}/feed.xml`],
    ...['/countries/NG', '/regions/011', '/regions/002', '/regions/011/feed.xml'],
    ...['/pillars/education', `/u/${one(people).handle}`, '/moderation'],
    ...['/digests', '/digests/feed.xml', digestPath, `${digestPath}.json`],
    ...['/feed.xml', '/sitemap.xml', '/api/v1/threads', '/api/v1/barriers', '/api/v1/digests'],
  ]);
}

async function shown(client: Client, path: string) {
  const { status, headers, text } = await client.get(path);
  if (status === 200 && !client.cookies.has(SESSION_COOKIE)) {
    expect(headers.get('Cache-Control'), path).toBe('public, no-cache');
  }
  // Each form has a key of its own.
  return { status, text: text.replaceAll(/(name="key" value=)"[^"]*"/g, '$1') };
}

it(`shared pages are never stale, after any action (CACHE_SEED=${SEED})`, async () => {
  const made = [];
  for (const title of ['What is the biggest barrier?', 'Who pays?', 'Who trains people?']) {
    made.push(await addThread(causeway, one(people), title));
  }
  // The first one is a question of the blog post.
  const [question] = made;
  await causeway.app.db.write((tx) =>
    tx
      .update(threads)
      .set({ questionNumber: 1 })
      .where(eq(threads.id, question?.id ?? '')),
  );
  for (const { id } of made) {
    for (const [n, body] of WORDS.entries()) {
      causeway.clock.advance(1000);
      await addPost(causeway, people[n] as Member, id, body, {
        ...one(PLACES),
        barriers: some(['cost', 'skills']),
      });
    }
  }
  for (let n = 0; n < 3; n++) await keyPoint();
  // The month of the posts has ended, so digests of it are due.
  causeway.clock.set('2026-12-01T08:00:00Z');
  const story: string[] = [];
  const started = performance.now();
  for (let round = 0; round < ROUNDS && performance.now() - started < LONGEST; round++) {
    const looks = [];
    for (let n = 0; n < PAGES; n++)
      looks.push({ at: one([causeway, neighbour]), path: await anyPage() });
    for (const { at, path } of looks) await at.client().get(path);
    const name = one([...Object.keys(WRITES), ...OFTEN, ...OFTEN]);
    // A page made during the action may or may not show it; but a stored page must not miss it.
    const meanwhile = looks.map(({ at, path }) => at.client().get(path));
    story.push(`${name} ${await WRITES[name]?.()}`);
    await Promise.all(meanwhile);
    for (const { at, path } of looks) {
      const anew = at.client();
      anew.cookies.set(SESSION_COOKIE, 'opens-nothing');
      const told = `CACHE_SEED=${SEED}, ${path}, after\n${story.slice(-15).join('\n')}`;
      const kept = await shown(at.client(), path);
      expect(kept, told).toEqual(await withoutKept(at, () => shown(anew, path)));
      const { client: theirs } = one(people);
      const member = at.client();
      for (const [name, value] of theirs.cookies) member.cookies.set(name, value);
      const own = await shown(member, path);
      expect(own, told).toEqual(await withoutKept(at, () => shown(member, path)));
    }
    causeway.clock.advance(20_000);
  }
  if (process.env.CACHE_STORY) console.log(story.join('\n'));
}, 120_000);
