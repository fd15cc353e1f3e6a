import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { actsOn, undoAct } from '~/domain/barriers/key-points/acts';
import { addPosts, makeKeyPoint, setKeyPointKind } from '~/domain/barriers/key-points/change';
import { findKeyPoint } from '~/domain/barriers/key-points/key-points';
import { countStances } from '~/domain/barriers/key-points/stance-places';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { composeDigest } from '~/domain/digests/compose';
import { parseDigestKey } from '~/domain/digests/digest-key';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { parsePeriod } from '~/domain/digests/period';
import { DAY } from '~/platform/clock';
import { keyPointStances, postBarriers } from '~db/schema';
import { startTestCauseway, type TestCauseway, TestClock } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/* What nobody can do to the numbers with throwaway accounts, or by editing posts of their own. */

const LEAST = 5;
const CARDS = 'Only dollar cards are taken';
const PRICES = 'Prices are those of richer countries';
const VOLTAGE = 'Mains voltage breaks our machines';

let causeway: TestCauseway;
let mona: Member;
let thread: string;
/** The key points, by title: five people reported the first, one each of the others. */
const points: Record<string, string> = {};
const authors: Record<string, Member> = {};
const written: Record<string, string> = {};
/** Accounts that somebody in Germany opened. */
const throwaways: Member[] = [];

beforeAll(async () => {
  causeway = await startTestCauseway(
    { DIGEST_MIN_AUTHORS: String(LEAST), HOLD_FIRST_POSTS: '0' },
    new TestClock(Date.parse('2026-10-05T08:00:00Z')),
  );
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  thread = (await addThread(causeway, mona, 'What is the biggest barrier?')).id;
  await report('ada', 'GH', 'The school pays a price that was made for richer countries.');
  await report('ben', 'NG', 'The vendor takes only dollar cards and we have naira.');
  await report('cyd', 'GH', 'My cedi card is declined, since only dollar cards are taken.');
  await report('dee', 'GH', 'The voltage of the mains breaks our machines every month.');
  await confirm(PRICES, 'ada');
  await report('ife', 'NG', 'They take only dollar cards, so we use nothing.');
  await report('jon', 'NG', 'No dollar card, no subscription: that is our clinic.');
  await report('kay', 'NG', 'My bank stopped giving out the dollar card they ask for.');
  await confirm(CARDS, 'ben', 'cyd', 'ife', 'jon', 'kay');
  await confirm(VOLTAGE, 'dee');
  for (let n = 0; n < 9; n++) {
    const one = await addMember(causeway, `throwaway${n}`, { country: 'DE' });
    throwaways.push(one);
    const stance = { stance: n < 7 ? 'me-too' : 'no-longer' };
    await sent(one.client.post(`/key-points/${points[VOLTAGE]}/stance`, stance));
    if (n < 7) await sent(one.client.post(`/p/${written.dee}/face`, { on: '1' }));
  }
  return () => causeway.close();
}, 60_000);

async function report(handle: string, country: string, body: string, kind: BarrierKind = 'cost') {
  causeway.clock.advance(60_000);
  authors[handle] = await addMember(causeway, handle, { country });
  const facts = { country, region: '011', barriers: [kind] };
  written[handle] = await addPost(causeway, authors[handle], thread, body, facts);
  return written[handle];
}

async function confirm(title: string, ...handles: string[]): Promise<string> {
  const { app, clock } = causeway;
  const postIds = handles.map((handle) => written[handle] ?? '');
  const text = { language: 'en' as const, title, sentence: `${title}.` };
  const made = await app.db.write((tx) =>
    makeKeyPoint(tx, clock, mona.id, { kind: 'cost', region: '011', postIds, text }),
  );
  points[title] = made;
  return made;
}

async function sent(answer: ReturnType<Member['client']['post']>) {
  expect((await answer).status).toBe(303);
}

async function digestOf(scope: string) {
  const { app, clock } = causeway;
  const [key, month] = [parseDigestKey(scope), parsePeriod('2026-10')];
  if (!key || !month) throw new Error(`no digest of ${scope}`);
  const rules = { minAuthors: LEAST, now: clock.now(), community: app.community };
  const content = await composeDigest(app.db.reader, key, month, rules);
  if (!content) throw new Error(`nobody wrote from ${scope}`);
  return content;
}

describe('"I face this too" from any country', () => {
  const ORDER = [CARDS, PRICES, VOLTAGE];

  it.each([
    '/',
    '/regions/011',
    '/regions/002',
    '/countries/GH',
    '/barriers',
    '/embed/regions/011',
  ])('lifts no report over another, and is told as of the whole world: %s', async (path) => {
    const { $ } = await causeway.client().get(path);
    const rows = $('#key-points').parent().find('li');
    // Of Ghana two of the three are equal: the one first reported comes first.
    const order = path === '/countries/GH' ? [PRICES, CARDS, VOLTAGE] : ORDER;
    expect(rows.toArray().map((row) => $(row).find('h3').text())).toEqual(order);
    expect(rows.last().text()).toContain('1 person reported it; 7 more face it too, worldwide');
  });

  it.each(['world', '002', '011', 'GH'])('does so in no digest: %s', async (scope) => {
    const { findings, lead, totals, barriers } = await digestOf(scope);
    const order = scope === 'GH' ? [PRICES, CARDS, VOLTAGE] : ORDER;
    expect(findings.map(({ texts }) => texts[0]?.title)).toEqual(order);
    expect(findings.at(-1)).toMatchObject({ people: 1, reported: 1, meToo: 7, noLonger: 2 });
    const numbers = lead.map(({ values }) => values.people);
    expect(numbers).toEqual(scope === 'GH' ? [1, 1, 1] : [5, 1, 1]);
    // No key point has more people than all who wrote, or than its kind.
    for (const { people } of findings) {
      expect(people).toBeLessThanOrEqual(totals.people ?? 0);
      expect(people).toBeLessThanOrEqual(barriers[0]?.people ?? 0);
    }
    expect(barriers[0]?.people).toBe(totals.people);
    expect(JSON.stringify(barriers)).not.toContain('kind.others');
  });

  it('is the same number on the page of a digest, in its files and its feed', async () => {
    const { app } = causeway;
    causeway.clock.advance(31 * DAY);
    const { id } = await buildDigest(app, '011', '2026-10');
    await publishDigest(app, id, null);
    const client = causeway.client();
    const { $ } = await client.get('/digests/011/2026-10');
    expect($('p.lead').text()).toContain(
      `Most reported in Western Africa in October 2026: ${CARDS}`,
    );
    // One report is too few for a rank, however many stances are beside it.
    expect($('.finding .rank').text()).toBe('1.');
    const last = $('.finding').last();
    expect(last.text()).toContain(VOLTAGE);
    expect(last.text()).toContain('1 person reported it (Ghana)');
    expect(last.text()).toContain('Worldwide, 7 more people say they face it too');
    expect(last.text()).toContain('Worldwide, 2 people say they no longer face it');
    expect($('p.lead').text()).not.toMatch(/\b[79] p|no longer/);
    expect($('#method').parent().text()).toContain('never change that order');
    const csv = (await client.get('/digests/011/2026-10.csv')).text;
    const [head = '', ...lines] = csv.split('\r\n');
    const line = lines.find((one) => one.includes(VOLTAGE))?.split(',') ?? [];
    const cell = (name: string) => line[head.split(',').indexOf(name)];
    expect(['people', 'contributions', 'me_too', 'no_longer'].map(cell)).toEqual([
      ...['1', '1', '7', '2'],
    ]);
    const feed = (await client.get('/digests/011/feed.xml')).text;
    expect(feed.indexOf(CARDS)).toBeGreaterThan(0);
    expect(feed).not.toMatch(/\b9 people/);
  });
});

describe('a key point of a kind that a report does not name', () => {
  it('gives it that kind, so that the kind counts whom the key point counts', async () => {
    const { app, clock } = causeway;
    const other = await report(
      'eli',
      'SN',
      'No voice tool knows Wolof, and none is sold here.',
      'language',
    );
    const costs = async () =>
      (await app.db.reader.select().from(postBarriers).where(eq(postBarriers.postId, other))).map(
        ({ kind, saidBy }) => `${kind} ${saidBy}`,
      );
    const keyPointId = points[PRICES] ?? '';
    await app.db.write((tx) => addPosts(tx, clock, mona.id, { keyPointId, postIds: [other] }));
    expect((await costs()).sort()).toEqual(['cost moderator', 'language author']);
    await app.db.write((tx) => setKeyPointKind(tx, clock, mona.id, { keyPointId, kind: 'skills' }));
    expect(await costs()).toContain('skills moderator');
    const [last, before] = (await actsOn(app.db.reader, keyPointId)).toReversed();
    for (const one of [last, before]) {
      await app.db.write((tx) => undoAct(tx, clock, mona.id, one?.id ?? ''));
    }
    expect(await costs()).toEqual(['language author']);
  });
});

describe('a report that its author edits', () => {
  const inPoint = async (id: string, postId: string) =>
    (await findKeyPoint(causeway.app.db.reader, causeway.app.community, id))?.posts.some(
      (post) => post.id === postId,
    ) ?? false;
  const FIELDS = { country: 'GH', barrier: 'cost' };

  it('leaves its key point with its former words, and is back at the desk', async () => {
    const { app, clock } = causeway;
    const body = 'The licence costs more than our teacher earns in a month.';
    const postId = await report('fay', 'GH', body);
    await report('gus', 'GH', 'Our teachers cannot pay a licence that dear.');
    const id = await confirm('Licences cost more than a wage', 'fay', 'gus');
    const { client } = authors.fay as Member;
    // The same words again are no edit.
    await sent(client.post(`/p/${postId}/edit`, { body, ...FIELDS }));
    expect(await inPoint(id, postId)).toBe(true);
    const denial = 'The licence costs nothing and is no problem for us.';
    await sent(client.post(`/p/${postId}/edit`, { body: denial, ...FIELDS }));
    expect(await inPoint(id, postId)).toBe(false);
    // Nor does its author put it back by saying that it is the same.
    await sent(client.post(`/p/${postId}/about`, { keyPoint: id }));
    expect(await inPoint(id, postId)).toBe(false);
    const desk = await mona.client.get('/mod/key-points?region=011');
    expect(desk.$('main').text()).toContain(denial);
    const page = await causeway.client().get(`/key-points/${id}`);
    expect(page.$('main').text()).toContain('1 person reported it');
    expect(page.$('main').text()).toContain('1 report left: its author edited it');
    // A moderator who reads it may say that it still reports the barrier.
    const last = (await actsOn(app.db.reader, id)).at(-1);
    await app.db.write((tx) => undoAct(tx, clock, mona.id, last?.id ?? ''));
    expect(await inPoint(id, postId)).toBe(true);
  });

  it.each([
    ['moves it to another region', { country: 'FR', barrier: 'cost' }],
    ['takes its kind away', { country: 'GH', barrier: 'language' }],
    ['says that it reports no barrier', { country: 'GH', barrier: 'none' }],
  ])('leaves it too if the author %s', async (what, fields) => {
    const body = `The ${what} card is refused by the shop.`;
    const handle = `h${what.replace(/\W/g, '').slice(0, 12)}`;
    const postId = await report(handle, 'GH', body);
    const id = await confirm(`Refused: ${what}`, handle);
    await sent((authors[handle] as Member).client.post(`/p/${postId}/edit`, { body, ...fields }));
    expect(await inPoint(id, postId)).toBe(false);
    const rows = await causeway.app.db.reader
      .select()
      .from(postBarriers)
      .where(eq(postBarriers.postId, postId));
    expect(rows.filter(({ saidBy }) => saidBy !== 'author')).toEqual([]);
  });

  it('keeps no kind that a moderator named of the former words', async () => {
    const { app } = causeway;
    const postId = await report('hal', 'GH', 'We cannot pay for the model in dollars.');
    const kinds = async () =>
      (await app.db.reader.select().from(postBarriers).where(eq(postBarriers.postId, postId))).map(
        ({ kind, saidBy }) => `${kind} ${saidBy}`,
      );
    const by = { saidBy: 'moderator' as const, personId: mona.id };
    await app.db.write((tx) =>
      tx.insert(postBarriers).values([
        { postId, kind: 'policy', ...by },
        { postId, kind: 'skills', ...by },
      ]),
    );
    const fields = { ...FIELDS, barrier: ['cost', 'skills'] };
    const body = 'We cannot pay for the model in dollars, and nobody taught us.';
    await sent((authors.hal as Member).client.post(`/p/${postId}/edit`, { body, ...fields }));
    expect((await kinds()).sort()).toEqual(['cost author', 'skills author']);
  });
});

describe('stances by country', () => {
  it('stand still within a month, whatever accounts of one’s own say', async () => {
    const { app, clock } = causeway;
    clock.set('2026-12-03T08:00:00Z');
    await countStances(app);
    const id = points[CARDS] ?? '';
    const told = async () => {
      const json = JSON.parse((await causeway.client().get(`/key-points/${id}.json`)).text);
      return json.stances['not-here'];
    };
    // Written as it would be: sessions do not last as long as this test's time.
    const stand = ({ id: userId }: Member, stance: 'not-here' | 'none') =>
      app.db.write(async (tx) => {
        const row = { keyPointId: id, userId, country: 'TG', createdAt: clock.now() };
        const { keyPointId, userId: of } = keyPointStances;
        await tx.delete(keyPointStances).where(and(eq(keyPointId, id), eq(of, userId)));
        if (stance !== 'none') await tx.insert(keyPointStances).values({ ...row, stance });
      });
    const victim = await addMember(causeway, 'victim', { country: 'TG' });
    await stand(victim, 'not-here');
    for (const one of throwaways.slice(0, 4)) await stand(one, 'not-here');
    await countStances(app);
    expect(await told()).toEqual({ people: 5, atLeastByCountry: {} });
    clock.set('2027-01-02T08:00:00Z');
    await countStances(app);
    expect(await told()).toEqual({ people: 5, atLeastByCountry: { TG: 5 } });
    const page = await causeway.client().get(`/key-points/${id}`);
    expect(page.$('.stances').parent().text()).toContain('Togo: at least 5');
    expect(page.$('.stances').parent().text()).toContain('last on 1 January 2027');
    // One account more or fewer changes no number of a country before the next month.
    await stand(throwaways[4] as Member, 'not-here');
    await countStances(app);
    expect((await told()).atLeastByCountry).toEqual({ TG: 5 });
    for (const one of throwaways.slice(0, 5)) await stand(one, 'none');
    await countStances(app);
    expect((await told()).atLeastByCountry).toEqual({ TG: 5 });
    clock.set('2027-02-02T08:00:00Z');
    await countStances(app);
    expect(await told()).toEqual({ people: 1, atLeastByCountry: {} });
  });

  it('are no number of countries beside a post either', async () => {
    const { text } = await causeway.client().get(`/api/v1/threads/${thread}`);
    expect(text).toMatch(/"faces":\{"people":7\}/);
  });
});
