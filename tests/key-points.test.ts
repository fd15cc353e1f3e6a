import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitorOf } from '~/domain/accounts/users/visitor';
import { actsOn, lastActs, undoAct } from '~/domain/barriers/key-points/acts';
import {
  acceptText,
  addOwnPost,
  addPosts,
  makeKeyPoint,
  mergeKeyPoints,
  proposeText,
  removePost,
  renameKeyPoint,
  sayNotBarrier,
  splitKeyPoint,
} from '~/domain/barriers/key-points/change';
import { regionsToSort } from '~/domain/barriers/key-points/desk';
import { historyOf } from '~/domain/barriers/key-points/history';
import {
  currentKeyPointId,
  findKeyPoint,
  keyPointsOf,
  keyPointsOnThread,
  keyPointText,
  stanceTables,
} from '~/domain/barriers/key-points/key-points';
import { textRowsOf, wordsKey } from '~/domain/barriers/key-points/original';
import { setStance, stanceOf } from '~/domain/barriers/key-points/stances';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { forgetAuthor } from '~/domain/publishing/forget-author';
import { siteTranslator } from '~/platform/community/site-translator';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import {
  keyPointActs,
  keyPointPosts,
  keyPointStances,
  keyPointTexts,
  postBarriers,
  posts,
  users,
} from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let people: Member[];
let threadId: string;

const PLACES = [
  { country: 'SN', region: '011' },
  { country: 'GN', region: '011' },
  { country: 'NG', region: '011' },
];

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '5' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  people = [];
  for (let n = 0; n < 16; n++) {
    const country = PLACES[n % 3]?.country ?? null;
    people.push(await addMember(causeway, `person${n}`, { country }));
  }
  threadId = (await addThread(causeway, person(0), 'What is the biggest barrier?')).id;
});
afterAll(() => causeway.close());

let made: string[];
beforeEach(async () => {
  causeway.clock.advance(60_000);
  made = [
    await report(0, 'Speech tools do not understand Wolof. We tried three of them.'),
    await report(1, 'La reconnaissance vocale ne comprend pas le soussou.', { language: 'fr' }),
    await report(2, 'No model reads Hausa handwriting.'),
  ];
});

const db = () => causeway.app.db.reader;
const community = () => causeway.app.community;
const person = (n: number) => people[n] as Member;
const write = <T>(work: (tx: Db) => Promise<T>) => causeway.app.db.write(work);
const clock = () => causeway.clock;

function report(who: number, body: string, facts = {}): Promise<string> {
  causeway.clock.advance(1000);
  const place = PLACES[who % 3];
  return addPost(causeway, person(who), threadId, body, {
    ...place,
    barriers: ['language'],
    ...facts,
  });
}

/** A key point of the first two posts. */
const make = (postIds = made.slice(0, 2)) =>
  write((tx) => makeKeyPoint(tx, clock(), mona.id, { kind: 'language', region: '011', postIds }));

async function stand(who: number, id: string, stance: Stance | 'none', country?: string) {
  const [row] = await db()
    .select()
    .from(users)
    .where(eq(users.id, person(who).id));
  const visitor = visitorOf(row ?? null, causeway.clock.now());
  await setStance(causeway.app, visitor, id, { stance, country: country ?? null });
}

async function face(who: number, postId: string) {
  const [row] = await db()
    .select()
    .from(users)
    .where(eq(users.id, person(who).id));
  const visitor = visitorOf(row ?? null, causeway.clock.now());
  await setMeToo(causeway.app, visitor, postId, { on: true, country: null });
}

const undoLast = async (id: string) => {
  const last = (await actsOn(db(), id)).at(-1);
  return write((tx) => undoAct(tx, clock(), mona.id, last?.id ?? ''));
};
const postsOf = async (id: string) =>
  (await findKeyPoint(db(), community(), id))?.posts.map((one) => one.id);
const kindsOf = async (postId: string) =>
  (await db().select().from(postBarriers).where(eq(postBarriers.postId, postId))).map(
    ({ kind, saidBy, personId }) => [kind, saidBy, personId],
  );

describe('a key point', () => {
  it('is what its public posts report, and called by its best sentence until somebody names it', async () => {
    const id = await make();
    const point = await findKeyPoint(db(), community(), id);
    expect(point).toMatchObject({
      kind: 'language',
      region: '011',
      people: { reported: 2, facing: 0 },
      countries: ['GN', 'SN'],
      stances: { meToo: 0, notHere: 0, noLonger: 0 },
    });
    expect(point?.posts.map((one) => one.id)).toEqual(made.slice(0, 2));
    if (!point) throw new Error('not there');
    expect(keyPointText(point, siteTranslator(causeway.app.community, 'ar'))).toMatchObject({
      title: 'Speech tools do not understand Wolof',
      proposed: true,
      proposedBy: 'best-sentence',
    });
  });

  it('shows nothing of posts that are hidden, and is not there without any', async () => {
    const id = await make();
    const set = (state: 'hidden' | 'visible', postId = '') =>
      write((tx) => tx.update(posts).set({ state }).where(eq(posts.id, postId)));
    await set('hidden', made[0]);
    const left = await findKeyPoint(db(), community(), id);
    expect(left?.posts.map((one) => one.id)).toEqual([made[1]]);
    expect(left?.countries).toEqual(['GN']);
    if (left)
      expect(keyPointText(left, siteTranslator(causeway.app.community, 'en')).title).not.toContain(
        'Wolof',
      );
    await set('hidden', made[1]);
    expect(await findKeyPoint(db(), community(), id)).toBeNull();
    expect(await keyPointsOf(db(), community(), { scope: '011' })).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    await set('visible', made[0]);
    await set('visible', made[1]);
    expect(await postsOf(id)).toEqual(made.slice(0, 2));
  });

  it('is made of public reports only', async () => {
    const held = await report(3, 'It waits.', { state: 'held' });
    const none = await report(4, 'All is well.', { barriers: [], notBarrier: 'author' });
    for (const postIds of [[], [held], [none], ['nothing']]) {
      await expect(make(postIds)).rejects.toThrow(DomainError);
    }
  });

  it('names its kind for posts that name none, and takes it back', async () => {
    const silent = await report(5, 'The tool stays silent.', { barriers: [] });
    const id = await make([made[0] ?? '', silent]);
    expect(await kindsOf(silent)).toEqual([['language', 'moderator', mona.id]]);
    expect(await kindsOf(made[0] ?? '')).toEqual([['language', 'author', null]]);
    await undoLast(id);
    expect(await kindsOf(silent)).toEqual([]);
    expect(await findKeyPoint(db(), community(), id)).toBeNull();
  });
});

describe('what moderators do', () => {
  it('adds and removes posts, each undone and done again', async () => {
    const id = await make();
    const third = made[2] ?? '';
    await write((tx) => addPosts(tx, clock(), mona.id, { keyPointId: id, postIds: [third] }));
    expect(await postsOf(id)).toEqual(made);
    await write((tx) => removePost(tx, clock(), mona.id, third));
    expect(await postsOf(id)).toEqual(made.slice(0, 2));
    await undoLast(id);
    expect(await postsOf(id)).toEqual(made);
    await undoLast(id);
    expect(await postsOf(id)).toEqual(made.slice(0, 2));
    const acts = await actsOn(db(), id);
    expect(acts.map(({ act }) => act)).toEqual(['make', 'add', 'remove', 'undo', 'undo']);
  });

  it('cannot undo what was changed since', async () => {
    const id = await make();
    const [first] = await actsOn(db(), id);
    await write((tx) => removePost(tx, clock(), mona.id, made[0] ?? ''));
    const undo = write((tx) => undoAct(tx, clock(), mona.id, first?.id ?? ''));
    await expect(undo).rejects.toThrow('keyPoints.error.changed');
  });

  it('merges two, whose address and stances go along, and takes them apart again', async () => {
    const [one, other] = [await make(made.slice(0, 2)), await make(made.slice(2))];
    await stand(6, one, 'not-here');
    await stand(6, other, 'no-longer');
    await stand(7, one, 'me-too');
    await write((tx) => mergeKeyPoints(tx, clock(), mona.id, { from: one, into: other }));
    expect(await postsOf(other)).toEqual(made);
    expect(await findKeyPoint(db(), community(), one)).toBeNull();
    expect(await currentKeyPointId(db(), one)).toBe(other);
    expect((await findKeyPoint(db(), community(), other))?.stances).toEqual({
      meToo: 1,
      notHere: 0,
      noLonger: 1,
    });
    expect(await stanceOf(db(), other, person(7).id)).toBe('me-too');
    await undoLast(other);
    expect(await postsOf(one)).toEqual(made.slice(0, 2));
    expect((await findKeyPoint(db(), community(), one))?.stances.notHere).toBe(1);
    expect(await currentKeyPointId(db(), one)).toBe(one);
  });

  it('splits some posts off, and puts them back', async () => {
    const id = await make(made);
    const [first, ...rest] = made;
    const off = await write((tx) =>
      splitKeyPoint(tx, clock(), mona.id, {
        keyPointId: id,
        postIds: [first ?? ''],
        text: { language: 'en', title: 'No Wolof', sentence: 'No tool understands Wolof.' },
      }),
    );
    expect([await postsOf(id), await postsOf(off)]).toEqual([rest, [first]]);
    const all = write((tx) =>
      splitKeyPoint(tx, clock(), mona.id, { keyPointId: id, postIds: rest }),
    );
    await expect(all).rejects.toThrow('keyPoints.error.all');
    await undoLast(off);
    expect([await postsOf(id), await postsOf(off)]).toEqual([made, undefined]);
  });

  it('names it in each language, and accepts what was proposed', async () => {
    const id = await make();
    const text = async (locale: 'fr' | 'zh') => {
      const point = await findKeyPoint(db(), community(), id);
      return point && keyPointText(point, siteTranslator(causeway.app.community, locale));
    };
    await write((tx) => acceptText(tx, causeway.app, mona.id, { keyPointId: id, language: 'en' }));
    expect(await text('fr')).toMatchObject({ language: 'en', proposed: false });
    const words = { title: 'Pas de wolof', sentence: 'Aucun outil ne comprend le wolof.' };
    const french = { keyPointId: id, language: 'fr' as const };
    await write((tx) => proposeText(tx, { ...french, ...words, model: 'a-model' }));
    expect(await text('fr')).toMatchObject({ ...words, proposed: true, model: 'a-model' });
    await write((tx) => acceptText(tx, causeway.app, mona.id, french));
    expect(await text('fr')).toMatchObject({ ...words, proposed: false, proposedBy: 'model' });
    await write((tx) => renameKeyPoint(tx, clock(), mona.id, { ...french, ...words, title: 'X' }));
    expect(await text('fr')).toMatchObject({ title: 'X', proposedBy: 'person' });
    await undoLast(id);
    expect(await text('fr')).toMatchObject(words);
    const arabic = {
      keyPointId: id,
      language: 'ar' as const,
      title: 'بلا ولوفية',
      sentence: 'لا.',
    };
    await write((tx) => renameKeyPoint(tx, clock(), mona.id, arabic));
    expect(await text('zh')).toMatchObject({ language: 'en', proposed: false });
    const long = { ...french, title: 'x'.repeat(121), sentence: 'y' };
    const named = write((tx) => renameKeyPoint(tx, clock(), mona.id, long));
    await expect(named).rejects.toThrow('keyPoints.error.title');
  });

  it('mark a translation of an older title, which readers do not see until it is right again', async () => {
    const id = await make();
    const read = async (locale: 'en' | 'fr' | 'ar') => {
      const point = await findKeyPoint(db(), community(), id);
      return point && keyPointText(point, siteTranslator(community(), locale));
    };
    const named = (language: 'en' | 'fr' | 'ar', title: string, seen?: string) =>
      write((tx) =>
        renameKeyPoint(tx, clock(), mona.id, {
          ...{ keyPointId: id, language, title, sentence: `${title}.`, original: seen },
        }),
      );
    await named('en', 'No Wolof');
    const old = (await textRowsOf(db(), id)).map(wordsKey)[0];
    await named('fr', 'Pas de wolof');
    // As it was stored before translations remembered their original.
    await named('ar', 'بلا ولوفية');
    await write((tx) =>
      tx.update(keyPointTexts).set({ original: null }).where(eq(keyPointTexts.language, 'ar')),
    );
    await named('en', 'Wolof costs extra');
    for (const locale of ['fr', 'ar'] as const) {
      expect(await read(locale)).toMatchObject({ language: 'en', title: 'Wolof costs extra' });
    }
    const marked = Object.keys((await findKeyPoint(db(), community(), id))?.outdated ?? {});
    expect(marked.sort()).toEqual(['ar', 'fr']);
    // A title that was back as it was is translated as it was.
    await undoLast(id);
    expect(await read('fr')).toMatchObject({ title: 'Pas de wolof' });
    expect(await read('ar')).toMatchObject({ title: 'بلا ولوفية' });
    await undoLast(id);
    expect(await read('fr')).toMatchObject({ language: 'en' });
    await write((tx) => acceptText(tx, causeway.app, mona.id, { keyPointId: id, language: 'fr' }));
    expect(await read('fr')).toMatchObject({ title: 'Pas de wolof' });
    // Written while someone else changed the original.
    await named('ar', 'بلا لغة', old);
    expect(await read('ar')).toMatchObject({ language: 'en' });
    await named('ar', 'بلا لغة');
    expect(await read('ar')).toMatchObject({ title: 'بلا لغة' });
    // A change of a translation leaves the others as they are.
    await named('fr', 'Le wolof coûte plus');
    expect(await read('ar')).toMatchObject({ title: 'بلا لغة' });
    expect((await historyOf(db(), id)).slice(-4).map(({ act }) => act)).toEqual([
      ...['accept', 'rename', 'accept', 'rename'],
    ]);
  });

  it('say that a post reports no barrier: it counts and stands nowhere', async () => {
    const id = await make();
    const [first = ''] = made;
    await write((tx) => sayNotBarrier(tx, clock(), mona.id, first));
    expect(await postsOf(id)).toEqual(made.slice(1, 2));
    expect(await kindsOf(first)).toEqual([['language', 'author', null]]);
    const page = await person(0).client.get(`/p/${first}`);
    expect(page.status).toBe(303);
    const [last] = await lastActs(db(), 1);
    await write((tx) => undoAct(tx, clock(), mona.id, last?.id ?? ''));
    expect(await postsOf(id)).toEqual(made.slice(0, 2));
  });
});

describe('what people say of a key point', () => {
  it('is theirs to say of their own post, also while it waits', async () => {
    const id = await make();
    const held = await report(8, 'Mine too.', { state: 'held', barriers: [] });
    const own = { keyPointId: id, postId: held };
    await write((tx) => addOwnPost(tx, clock(), person(8).id, own));
    expect(await kindsOf(held)).toEqual([['language', 'author', null]]);
    expect(await postsOf(id)).toEqual(made.slice(0, 2));
    await write((tx) => tx.update(posts).set({ state: 'visible' }).where(eq(posts.id, held)));
    expect(await postsOf(id)).toEqual([...made.slice(0, 2), held]);
    const stolen = write((tx) => addOwnPost(tx, clock(), person(9).id, own));
    await expect(stolen).rejects.toThrow(DomainError);
  });

  it('counts each once: authors, those who face it too, and apart those who do not', async () => {
    const id = await make();
    const [first = '', second = ''] = made;
    await face(3, first);
    await face(3, second);
    await face(4, second);
    await stand(4, id, 'me-too');
    await stand(0, id, 'me-too');
    await stand(5, id, 'me-too');
    await stand(6, id, 'not-here');
    const point = await findKeyPoint(db(), community(), id);
    expect(point?.people).toEqual({ reported: 2, facing: 3 });
    expect(point?.stances).toEqual({ meToo: 3, notHere: 1, noLonger: 0 });
    await stand(3, id, 'no-longer');
    expect((await findKeyPoint(db(), community(), id))?.stances).toEqual({
      meToo: 2,
      notHere: 1,
      noLonger: 1,
    });
    await stand(3, id, 'none');
    await stand(5, id, 'none');
    expect((await findKeyPoint(db(), community(), id))?.people).toEqual({ reported: 2, facing: 2 });
    expect(await stanceOf(db(), id, person(5).id)).toBeNull();
  });

  it('is told by country in steps of enough people, and not where others give it away', async () => {
    const id = await make();
    for (let n = 3; n < 8; n++) await stand(n, id, 'not-here', 'NG');
    await stand(8, id, 'not-here', 'GH');
    const point = await findKeyPoint(db(), community(), id);
    if (!point) throw new Error('not there');
    // Six in all are told, so five from Nigeria would tell of the one from Ghana.
    expect(point.stances.notHere).toBe(6);
    const now = { least: 5, until: causeway.clock.now() + 1 };
    expect((await stanceTables(db(), point, now))['not-here'].size).toBe(0);
    await stand(8, id, 'none');
    expect([...(await stanceTables(db(), point, now))['not-here']]).toEqual([['NG', 5]]);
    // Two more are no more than before: their number would tell whoever gave all but one of them.
    for (let n = 9; n < 11; n++) await stand(n, id, 'not-here', 'NG');
    expect([...(await stanceTables(db(), point, now))['not-here']]).toEqual([['NG', 5]]);
    const before = { least: 5, until: causeway.clock.now() };
    expect((await stanceTables(db(), point, before))['not-here'].size).toBe(0);
  });
});

it('are at the desk of their region, also when nothing is left to sort there', async () => {
  const there = { country: 'KE', region: '014' };
  const postIds = [await report(0, 'No tool reads Dholuo.', there)];
  const region = async () =>
    (await regionsToSort(db())).find((one) => one.region === '014')?.reports;
  expect(await region()).toBe(1);
  const point = { kind: 'language', region: '014', postIds } as const;
  await write((tx) => makeKeyPoint(tx, clock(), mona.id, point));
  expect(await region()).toBe(0);
});

describe('the key points of a place and time', () => {
  it('come by people, with what was said there and then', async () => {
    const start = causeway.clock.now() - 10_000;
    const [small, large] = [await make(made.slice(2)), await make(made.slice(0, 2))];
    const end = causeway.clock.now() + 1000;
    causeway.clock.advance(86_400_000);
    const later = await report(10, 'Wolof again.');
    await write((tx) => addPosts(tx, clock(), mona.id, { keyPointId: large, postIds: [later] }));
    const period = { start, end };
    const all = await keyPointsOf(db(), community(), { scope: '011', period });
    expect(all.map(({ id, people }) => [id, people.reported])).toEqual([
      [large, 2],
      [small, 1],
    ]);
    const [senegal] = await keyPointsOf(db(), community(), { scope: 'SN', period });
    expect(senegal).toMatchObject({ id: large, people: { reported: 1, facing: 0 } });
    expect(await keyPointsOf(db(), community(), { scope: '014', period })).toEqual([]);
    expect(await keyPointsOf(db(), community(), { scope: 'world', period, kind: 'cost' })).toEqual(
      [],
    );
    expect(await keyPointsOf(db(), community(), { scope: 'world', period, limit: 1 })).toHaveLength(
      1,
    );
    const page = { limit: 1, postIds: made };
    const shown = await keyPointsOnThread(db(), community(), threadId, page);
    expect(shown.ofThread).toHaveLength(1);
    const beside = shown.ofPosts;
    expect([...beside].map(([postId, { id }]) => [postId, id]).sort()).toEqual(
      [
        [made[0], large],
        [made[1], large],
        [made[2], small],
      ].sort(),
    );
  });
});

describe('whoever leaves', () => {
  it('takes along their posts, stances and words', async () => {
    const author = await addMember(causeway, 'leaver', { country: 'SN' });
    people.push(author);
    const words = 'Speech tools do not understand Pulaar in our clinic.';
    const postId = await report(people.length - 1, words);
    const id = await make([postId]);
    await stand(people.length - 1, id, 'me-too');
    await write((tx) => acceptText(tx, causeway.app, mona.id, { keyPointId: id, language: 'en' }));
    const rest = { keyPointId: id, postIds: made.slice(2) };
    await write((tx) => addPosts(tx, clock(), mona.id, rest));
    await write((tx) => forgetAuthor(tx, author.id, 'remove', causeway.clock.now()));
    await write((tx) => tx.delete(keyPointStances).where(eq(keyPointStances.userId, author.id)));
    const point = await findKeyPoint(db(), community(), id);
    expect(point?.posts.map((one) => one.id)).toEqual([made[2]]);
    expect(point?.texts).toEqual({});
    expect(await db().select().from(keyPointPosts).where(eq(keyPointPosts.postId, postId))).toEqual(
      [],
    );
    expect(JSON.stringify(await db().select().from(keyPointActs))).not.toContain('Pulaar');
  });
});
