import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addPosts, makeKeyPoint } from '~/domain/barriers/key-points/change';
import { findKeyPoint } from '~/domain/barriers/key-points/key-points';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { composeDigest } from '~/domain/digests/compose';
import type { DigestContent } from '~/domain/digests/content';
import { buildDigest, isThin, publishDigest, readDigest } from '~/domain/digests/digests';
import { parsePeriod } from '~/domain/digests/period';
import { keyPointStances, meToos, posts } from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/* What a digest claims rests on what it cites, and on what had been said when its period ended. */

let causeway: TestCauseway;
let mona: Member;
let thread: string;
/** Cards since August, with reports in every month; a tool for vouchers since September. */
let cards: string;
const written: Record<string, string> = {};
const LEAST = 5;

beforeAll(async () => {
  causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: String(LEAST) });
  causeway.clock.set('2026-07-01T08:00:00Z');
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  thread = (await addThread(causeway, mona, 'What is the biggest barrier?')).id;
  await report('ada', '2026-08-03', 'The vendor takes only dollar cards and we have naira.');
  await report('ben', '2026-09-04', 'My cedi card is declined before I even spend anything.');
  await report('gil', '2026-09-06', 'The licence is priced for Europe; our school cannot pay it.');
  await report('ida', '2026-09-07', 'The licence costs more than the teacher who would use it.');
  await report(
    'cyd',
    '2026-10-02',
    'The bank caps dollar cards, so the subscription fails each month.',
  );
  await report(
    'dee',
    '2026-10-05',
    'A shop here sells virtual dollar cards, so paying is better for me since September.',
  );
  await report(
    'eve',
    '2026-10-06',
    'They want a dollar card that nobody here has. The internet connection is better now than before.',
  );
  await report('gus', '2026-10-08', 'The licence is out of reach for a public school.');
  await report('fay', '2026-11-02', 'No card of our bank works for the subscription.');
  const of = (...names: string[]) => names.map((name) => written[name] ?? '');
  cards = await confirm('Only dollar cards', of('ada', 'ben', 'cyd', 'dee', 'eve', 'fay'));
  await confirm('Licences cost too much for schools', of('gil', 'ida', 'gus'));
  await stand('zed', 'no-longer', '2026-09-20');
  await stand('yao', 'no-longer', '2026-10-20');
  await stand('xan', 'not-here', '2026-10-21');
  await stand('wes', 'no-longer', '2026-11-20');
  await stand('val', 'me-too', '2026-11-21');
  const { id: uma } = await addMember(causeway, 'uma');
  await causeway.app.db.write((tx) =>
    tx.insert(meToos).values({
      ...{ postId: written.cyd ?? '', userId: uma, country: null },
      createdAt: Date.parse('2026-11-22T00:00:00Z'),
    }),
  );
  causeway.clock.set('2026-12-01T08:00:00Z');
  return () => causeway.close();
});

async function report(handle: string, day: string, body: string, kind: BarrierKind = 'cost') {
  causeway.clock.set(`${day}T10:00:00Z`);
  const author = await addMember(causeway, handle, { country: 'GH' });
  const facts = { country: 'GH', region: '011', barriers: [kind] };
  written[handle] = await addPost(causeway, author, thread, body, facts);
}

const confirm = (title: string, postIds: string[]) =>
  causeway.app.db.write((tx) =>
    makeKeyPoint(tx, causeway.clock, mona.id, {
      ...{ kind: 'cost', region: '011', postIds },
      text: { language: 'en', title, sentence: `${title}.` },
    }),
  );

async function stand(handle: string, stance: Stance, day: string) {
  const { id: userId } = await addMember(causeway, handle, { country: 'GH' });
  const createdAt = Date.parse(`${day}T00:00:00Z`);
  await causeway.app.db.write((tx) =>
    tx
      .insert(keyPointStances)
      .values({ keyPointId: cards, userId, stance, country: 'GH', createdAt }),
  );
}

async function digestOf(month: string, now = causeway.clock.now()): Promise<DigestContent> {
  const period = parsePeriod(month);
  if (!period) throw new Error(`${month} is no period`);
  const { app } = causeway;
  const rules = { minAuthors: LEAST, now, community: app.community };
  const content = await composeDigest(app.db.reader, '011', period, rules);
  if (!content) throw new Error(`nobody wrote in ${month}`);
  return content;
}

const pointIn = (content: DigestContent) =>
  content.findings.find(({ keyPoint }) => keyPoint === cards) as DigestContent['findings'][number];

function said(content: DigestContent, key: string) {
  const all = [
    ...content.lead,
    ...content.findings.flatMap(({ statements }) => statements),
    ...content.changes,
    ...content.barriers.flatMap(({ statements }) => statements),
    ...(content.carried?.statements ?? []),
  ];
  return all.filter((one) => one.key === key);
}

describe('a stance', () => {
  it('is told in no digest of a time before it was taken', async () => {
    const months = ['2026-09', '2026-10', '2026-11'];
    const points = await Promise.all(months.map(async (month) => pointIn(await digestOf(month))));
    expect(points.map(({ noLonger }) => noLonger)).toEqual([1, 2, 3]);
    expect(points.map(({ notHere }) => notHere)).toEqual([0, 1, 1]);
    expect(points.map(({ meToo }) => meToo)).toEqual([0, 0, 2]);
    // Its own page tells the whole.
    const { reader } = causeway.app.db;
    expect((await findKeyPoint(reader, causeway.app.community, cards))?.stances).toEqual({
      meToo: 2,
      notHere: 1,
      noLonger: 3,
    });
  });

  it('is told at the key point and not in the lead, and cites no post of other people', async () => {
    for (const month of ['2026-09', '2026-10', '2026-11']) {
      const content = await digestOf(month);
      expect(content.lead.filter(({ key }) => /noLonger|notHere|meToo/.test(key))).toEqual([]);
      for (const { key, sources } of [...content.lead, ...pointIn(content).statements]) {
        if (/stance/.test(key)) expect(sources).toEqual([]);
        else expect(sources.length).toBeGreaterThan(0);
      }
    }
    const [line] = said(await digestOf('2026-10'), 'digests.say.stance.noLonger');
    expect(line?.values).toEqual({ people: 2, recent: 1, rest: 1 });
  });

  it('is told in three languages as what people say', async () => {
    const { app } = causeway;
    const { id } = await buildDigest(app, '011', '2026-10');
    await publishDigest(app, id, null);
    const page = async (language: string) =>
      (await causeway.client().get('/digests/011/2026-10', { 'Accept-Language': language })).$(
        'main',
      );
    const english = (await page('en')).text();
    expect(english).toContain(
      'Worldwide, 2 people say they no longer face it (one of them in this period)',
    );
    expect(english).toContain(
      'Worldwide, 1 person says they do not face it where they are (in this period)',
    );
    expect(english).not.toContain('Easing');
    const french = (await page('fr')).text();
    expect(french).toContain('ne plus y être confrontées (dont une pendant cette période)');
    expect(french).toContain('Dans le monde, 1 personne dit ne pas y être confrontée');
    const arabic = (await page('ar')).text();
    expect(arabic).toContain('إنهما لم يعودا يواجهانه (أحدهما في هذه الفترة)');
    expect(arabic).toContain('حول العالم، يقول شخص واحد إنه لا يواجهه');
  });
});

describe('what was first reported', () => {
  it('cites that report, or the first that is still shown', async () => {
    const { app } = causeway;
    const day = Date.parse('2026-08-03T10:00:00Z');
    const since = async () => said(await digestOf('2026-10'), 'digests.say.finding.since')[0];
    expect(await since()).toMatchObject({ values: { day: { day } }, sources: [written.ada] });
    const show = (state: 'visible' | 'hidden') =>
      app.db.write((tx) =>
        tx
          .update(posts)
          .set({ state })
          .where(eq(posts.id, written.ada ?? '')),
      );
    await show('hidden');
    expect(await since()).toMatchObject({
      values: { day: { day: Date.parse('2026-09-04T10:00:00Z') } },
      sources: [written.ben],
    });
    await show('visible');
  });

  it('is new in the period of that report, and in no later one', async () => {
    const september = said(await digestOf('2026-09'), 'digests.say.finding.new');
    expect(september.map(({ sources }) => sources)).toEqual([[written.gil]]);
    expect(said(await digestOf('2026-10'), 'digests.say.finding.new')).toEqual([]);
    expect(said(await digestOf('2026-10'), 'digests.say.lead.new')).toEqual([]);
    // On a new site everything would be.
    expect(said(await digestOf('2026-08'), 'digests.say.finding.new')).toEqual([]);
  });

  it('is that of the place, whatever was reported elsewhere before', async () => {
    const { app } = causeway;
    const told = async () => [
      ...said(await digestOf('2026-10'), 'digests.say.finding.since'),
      ...said(await digestOf('2026-09'), 'digests.say.finding.new'),
    ];
    const before = await told();
    const author = await addMember(causeway, 'kip', { country: 'KE' });
    const body = 'No card from a bank in Nairobi is taken, so nobody here can pay for it.';
    const postId = await addPost(causeway, author, thread, body, {
      ...{ country: 'KE', region: '014', barriers: ['cost' as const] },
      createdAt: Date.parse('2026-07-20T10:00:00Z'),
    });
    const points = (await digestOf('2026-10')).findings.map(({ keyPoint }) => keyPoint);
    expect(points).toHaveLength(2);
    for (const keyPointId of points) {
      await app.db.write((tx) =>
        addPosts(tx, causeway.clock, mona.id, { keyPointId, postIds: [postId] }),
      );
      expect(await told()).toEqual(before);
    }
  });
});

it('says of a barrier how many others face it, whatever else they say got better', async () => {
  const { eased } = await digestOf('2026-10');
  const about = new Map(eased.map(({ about: kind, quote }) => [quote.postId, kind]));
  expect(about.get(written.dee ?? '')).toBe('cost');
  expect(about.get(written.eve ?? '')).toBe('connectivity');
  const told = eased.find(({ quote }) => quote.postId === written.dee)?.quote.context[0];
  // Three reported it: Eve's line got better, and her card is still declined.
  expect(told).toMatchObject({ key: 'digests.say.quote.still', values: { people: 2 } });
});

it('compares a period that is not over with none', async () => {
  const month = ['2026-10', Date.parse('2026-10-20T00:00:00Z')] as const;
  const [running, over] = [await digestOf(...month), await digestOf('2026-10')];
  const of = ({ barriers }: DigestContent) => barriers.map(({ previousPeople }) => previousPeople);
  expect([running.whole, ...of(running)]).toEqual([false, null]);
  expect([over.whole, ...of(over)]).toEqual([true, 3]);
  expect(running.changes).toEqual([]);
});

it('lists every place that nobody wrote from, and names the largest on the page', async () => {
  const content = await digestOf('2026-10');
  const [missing] = content.missing;
  // Everywhere in Western Africa but Ghana.
  expect(missing?.values.places).toMatchObject({ places: expect.arrayContaining(['SH', 'TG']) });
  const { places } = (missing?.values.places ?? { places: [] }) as { places: string[] };
  expect(places).toHaveLength(16);
  const { $ } = await causeway.client().get('/digests/011/2026-10');
  const section = $('section[aria-labelledby=missing]');
  expect(section.find('p').first().text()).toContain('or 12 more places.');
  expect(section.find('details summary').text()).toBe('All 16 places');
  expect(section.find('details').text()).toContain('Togo');
  const csv = (await causeway.client().get('/digests/011/2026-10.csv')).text;
  expect(csv.match(/,missing_place,/g)).toHaveLength(16);
});

describe('fewer people than a claim needs', () => {
  it('have no rank, share or trend in the page and its files', async () => {
    const client = causeway.client();
    const { $ } = await client.get('/digests/011/2026-10');
    expect($('.finding')).toHaveLength(2);
    expect($('.finding .rank')).toHaveLength(0);
    const json = JSON.parse((await client.get('/digests/011/2026-10.json')).text);
    expect(JSON.stringify(json)).not.toContain('"share"');
    expect(json.barriers.map(({ trend }: { trend: string | null }) => trend)).toEqual([null]);
    expect(JSON.stringify(json)).not.toMatch(/Most reported|say\.lead\.most/);
  });

  it('are told with their number where a digest takes over what they wrote', async () => {
    const october = await digestOf('2026-10');
    expect(october.carried?.statements[0]).toMatchObject({
      key: 'digests.say.carriedOver',
      values: { people: 4, min: LEAST },
      sources: ['ada', 'ben', 'gil', 'ida'].map((name) => written[name]),
    });
  });

  it('are no finding: that their digest is not emailed is said under its method', async () => {
    const { app, client } = causeway;
    const { id } = await buildDigest(app, '011', '2026-08');
    await publishDigest(app, id, null);
    const page = await client().get('/digests/011/2026-08');
    expect(page.$('.method').text()).toContain('this digest is not emailed');
    expect(page.$('#changes').length).toBe(0);
    const json = JSON.parse((await client().get('/digests/011/2026-08.json')).text);
    expect([json.changes, json.worthSending]).toEqual([[], false]);
    expect(json.method.join()).toContain('this digest is not emailed');
  });
});

describe('a period that is not over', () => {
  it('is said to be so first, and neither leads the home page nor is emailed', async () => {
    const { app, clock, client } = causeway;
    const home = async () => (await client().get('/')).$('main').html() ?? '';
    await report('hal', '2026-12-02', 'No card of our bank pays for the marigold subscription.');
    clock.set('2026-12-20T08:00:00Z');
    const before = await home();
    const { id } = await buildDigest(app, '011', '2026-12');
    await publishDigest(app, id, null);
    const page = await client().get('/digests/011/2026-12');
    expect(page.$('.page-main > .notice').first().text()).toBe(
      'This period was not over: counted until 20 December 2026.',
    );
    expect((await client().get('/digests/011/feed.xml')).text).toContain(
      'counted until 20 December',
    );
    expect(await home()).not.toContain('/digests/011/2026-12');
    expect(before).toContain('/digests/011/');
    const content = await digestOf('2026-12');
    expect(isThin({ ...content, worthSending: true })).toBe(true);
  });

  it('has no digest before it has begun', async () => {
    await expect(buildDigest(causeway.app, '011', '2027-01')).rejects.toMatchObject({
      kind: 'invalid',
      message: 'digests.error.future',
    });
  });
});

it('compares no period with the one in which the site began', async () => {
  const young = await startTestCauseway({ DIGEST_MIN_AUTHORS: '2' });
  try {
    const { app, clock } = young;
    clock.set('2026-09-12T09:00:00Z');
    const first = await addMember(young, 'first');
    const { id } = await addThread(young, first, 'What stands in your way?');
    const write = async (kind: BarrierKind, day: string, people: number) => {
      clock.set(`${day}T10:00:00Z`);
      for (let n = 0; n < people; n++) {
        const author = await addMember(young, `p${day}${kind}${n}`.replaceAll('-', ''));
        const place = { country: 'GH', region: '011' } as const;
        await addPost(young, author, id, `Number ${n} cannot go on.`, {
          ...place,
          barriers: [kind],
        });
      }
    };
    await write('cost', '2026-09-13', 3);
    await write('skills', '2026-09-14', 5);
    await write('cost', '2026-10-13', 9);
    await write('skills', '2026-10-14', 5);
    clock.set('2026-11-02T09:00:00Z');
    const told = async () => {
      const draft = await buildDigest(app, '011', '2026-10');
      const content = (await readDigest(app.db.reader, draft.id))?.content;
      const [cost] = content?.barriers ?? [];
      const page = await young.client().get('/barriers?region=011&from=2026-10&to=2026-10');
      return [
        content?.whole,
        cost?.previousPeople,
        cost?.trend,
        content?.changes.length,
        page.text.includes('compared with 1 September'),
      ];
    };
    expect(await told()).toEqual([true, null, null, 0, false]);
    // With a post of August, September is whole.
    const facts = { createdAt: Date.parse('2026-08-20T09:00:00Z') };
    await addPost(young, first, id, 'Hello.', facts);
    expect(await told()).toEqual([true, 3, 'more', 1, true]);
  } finally {
    await young.close();
  }
});

it('shows a denial once, also of a kind that nobody reported', async () => {
  const site = await startTestCauseway({ DIGEST_MIN_AUTHORS: '2' });
  try {
    const { app, clock } = site;
    clock.set('2026-10-05T09:00:00Z');
    const author = await addMember(site, 'ama');
    const { id } = await addThread(site, author, 'What stands in your way?');
    const place = { country: 'GH', region: '011' } as const;
    const cost = 'The licence costs more than our clinic spends on medicine in a month.';
    await addPost(site, author, id, cost, { ...place, barriers: ['cost'] });
    const other = await addMember(site, 'kojo');
    const denial = 'Honestly, connectivity is not a problem for us in our village.';
    await addPost(site, other, id, denial, place);
    clock.set('2026-11-02T09:00:00Z');
    const draft = await buildDigest(app, '011', '2026-10');
    await publishDigest(app, draft.id, null);
    const page = await site.client().get('/digests/011/2026-10');
    const section = page.$('section[aria-labelledby=disagreements]');
    expect(section.find('h3').text()).toBe('Connectivity and power');
    expect(section.find('blockquote').text()).toContain(denial);
    expect(section.find('> p').text()).toContain('whether or not others reported it');
    expect(page.$('.page-main').text().split(denial)).toHaveLength(2);
    const json = JSON.parse((await site.client().get('/digests/011/2026-10.json')).text);
    expect(json.disagreements).toMatchObject([{ about: 'connectivity', quote: { text: denial } }]);
    expect(json.barriers.map(({ kind }: { kind: string }) => kind)).toEqual(['cost']);
    expect((await site.client().get('/digests/011/2026-10.csv')).text).toContain(denial);
  } finally {
    await site.close();
  }
});

it('says at the desk that key points changed after the draft was made', async () => {
  causeway.clock.set('2026-12-03T08:00:00Z');
  const draft = async () => (await buildDigest(causeway.app, '011', '2026-09')).id;
  const moderator = await addMember(causeway, 'nia', { role: 'moderator' });
  const notice = async (id: string) => {
    const page = await moderator.client.get(`/mod/digests/${id}`);
    expect(page.$('h1').text()).toContain('September 2026');
    return page.$('[aria-labelledby=changes-since]').text();
  };
  expect(await notice(await draft())).toBe('');
  await report('kim', '2026-09-12', 'Our bank lets no card pay abroad, so the school has no tool.');
  causeway.clock.set('2026-12-04T08:00:00Z');
  const early = await draft();
  causeway.clock.set('2026-12-05T08:00:00Z');
  await confirm('Cards that pay nobody abroad', [written.kim ?? '']);
  expect(await notice(early)).toContain('1 key point was made or changed since. Rebuild the draft');
  expect(await notice(await draft())).toBe('');
});
