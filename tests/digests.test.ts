import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { setStance } from '~/domain/barriers/key-points/stances';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { sha256 } from '~/domain/digests/content-parts';
import { announceDraft, buildDigest, listDrafts } from '~/domain/digests/digests';
import { keepAllQuotes } from '~/domain/digests/edit-draft';
import { draftDueDigests } from '~/domain/digests/schedule';
import { importConversation } from '~/domain/import-export/import-conversation';
import { importPost } from '~/domain/import-export/import-post';
import { seedOnce } from '~/domain/import-export/seed';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { queueDueDigests } from '~/domain/subscriptions/send';
import { DAY, SECOND } from '~/platform/clock';
import { translator } from '~/platform/i18n/translator';
import { deliverMails } from '~/platform/mail/deliver';
import { countriesIn } from '~/platform/places/places';
import { DIALECT } from '~db/dialect';
import {
  conversations,
  digestPlans,
  digests,
  posts,
  subscriptionScopes,
  subscriptions,
  users,
} from '~db/schema';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';
import { publishAsItIs } from './support/digests';

const CONVERSATION = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

interface Quote {
  postId: string;
  start: number;
  end: number;
  hash: string;
  text: string;
  author: string;
  url: string;
}

interface Barrier {
  kind: string;
  people: number | null;
  contributions: number | null;
  previousPeople: number | null;
  trend: string | null;
  statements: { key: string; text: string; sources: string[] }[];
  quotes: Quote[];
}

interface Sentence {
  key: string;
  text: string;
  sources: string[];
}

interface DigestJson {
  contentHash: string;
  version: number;
  method: string[];
  totals: { people: number | null; contributions: number | null; countries: number | null };
  lead: { text: string; sources: string[] }[];
  findings: {
    kind: string;
    title: string;
    people: number;
    reported: number;
    meToo: number;
    noLonger: number;
    statements: Sentence[];
  }[];
  changes: Sentence[];
  barriers: Barrier[];
  eased: { about: string; quote: Quote }[];
  carried: { quotes: Quote[] } | null;
  worthSending: boolean;
  places: { place: string | null; people: number | null }[];
  withdrawnQuotes: number;
  sources: { postId: string; url: string }[];
}

async function conversationIn(
  causeway: TestCauseway,
  conversation = CONVERSATION,
): Promise<TestCauseway> {
  await seedOnce(causeway.app);
  await importConversation(causeway.app, conversation);
  return causeway;
}

async function published({ app }: TestCauseway, scope: string, period: string) {
  const draft = await buildDigest(app, scope, period);
  await publishAsItIs(app, draft.id, null);
  return draft;
}

let three: Promise<TestCauseway> | undefined;

/** An installation with three published digests. */
function withThree(): Promise<TestCauseway> {
  three ??= startTestCauseway().then(async (causeway) => {
    await conversationIn(causeway);
    for (const [scope, period] of [
      ['011', '2026-10'],
      ['world', '2026-10'],
      ['world', '2026-Q3'],
    ] as const) {
      await published(causeway, scope, period);
    }
    return causeway;
  });
  return three;
}
afterAll(async () => (await three)?.close());

async function jsonOf(causeway: TestCauseway, path: string): Promise<DigestJson> {
  const answer = await causeway.client().get(`${path}.json`);
  expect(answer.status, path).toBe(200);
  return JSON.parse(answer.text) as DigestJson;
}

describe('a digest that does not exist', () => {
  it.each([
    ['NG/2026-10', ['011/2026-10', 'world/2026-10', 'world/2026-Q3']],
    ['011/2026-11', ['011/2026-10', 'world/2026-10', 'world/2026-Q3']],
    ['011~education/2026-10', ['011/2026-10', 'world/2026-10', 'world/2026-Q3']],
    ['011/2026-10/v/9', ['011/2026-10', 'world/2026-10', 'world/2026-Q3']],
    ['world/2026-Q2', ['world/2026-Q3', 'world/2026-10']],
    ['150/2026-10', ['world/2026-10', 'world/2026-Q3']],
  ])('%s leads to the nearest', async (missing, near) => {
    const causeway = await withThree();
    const page = await causeway.client().get(`/digests/${missing}`);
    expect(page.status).toBe(404);
    expect(page.$('meta[name=robots]').attr('content')).toContain('noindex');
    const links = page
      .$('main li a, #main li a')
      .toArray()
      .map((link) => page.$(link).attr('href'));
    expect(links).toEqual(near.map((one) => `/digests/${one}`));
    for (const link of links) expect((await causeway.client().get(link ?? '')).status).toBe(200);
  });

  it('is a plain 404 where no digest can be, and as data', async () => {
    const causeway = await withThree();
    for (const path of ['NG/2026-13', 'XX/2026-10', 'NG/2026-10.json', 'NG/2026-10.csv']) {
      const answer = await causeway.client().get(`/digests/${path}`);
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('/digests/011/2026-10');
    }
  });
});

describe('the digests of October 2026', () => {
  let causeway: TestCauseway;
  beforeAll(async () => {
    causeway = await conversationIn(await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' }));
  });
  afterAll(() => causeway.close());

  // Which posts a digest is made of is asked of the database in the same words for every place.
  it.each(DIALECT === 'sqlite' ? ['world', '011', 'NG'] : ['011'])(
    'for %s are built by the command line and available in every format',
    async (scope) => {
      const built = await runCommand(causeway, [
        ...['digest', 'build', '--scope', scope, '--period', '2026-10', '--json'],
      ]);
      expect(built.err).toBe('');
      const draft = JSON.parse(built.out) as { id: string; version: number };
      const path = `/digests/${scope}/2026-10`;
      expect((await causeway.client().get(path)).status).toBe(404);

      await keepAllQuotes(causeway.app, draft.id);
      const made = await runCommand(causeway, ['digest', 'publish', draft.id]);
      expect(made.out).toContain(path);
      expect(made.code).toBe(0);
      const again = await runCommand(causeway, ['digest', 'publish', draft.id]);
      expect(again.code).toBe(1);
      expect(again.err.trim().split('\n')).toHaveLength(1);

      const reader = causeway.client();
      const page = await reader.get(path);
      expect(page.status).toBe(200);
      const data = await jsonOf(causeway, path);
      const quotes = data.barriers.flatMap((barrier) => barrier.quotes);
      expect(quotes.length).toBeGreaterThan(0);
      for (const quote of quotes) {
        // The quote is verbatim in the post, and the post's page contains it.
        const [post] = await causeway.app.db.reader
          .select()
          .from(posts)
          .where(eq(posts.id, quote.postId));
        expect(post?.body.slice(quote.start, quote.end)).toBe(quote.text);
        expect(sha256(quote.text)).toBe(quote.hash);
        const figure = page.$(`figure:has(.signed a[href="/p/${quote.postId}"])`);
        expect(figure.find('blockquote').text()).toContain(flat(quote.text));
      }
      // All links work in the same way, so a few are enough.
      for (const quote of quotes.slice(0, 5)) await opensPost(causeway, quote);
      for (const sentence of [...data.lead, ...data.barriers.flatMap((one) => one.statements)]) {
        expect(sentence.sources.length, sentence.text).toBeGreaterThan(0);
      }
      const csv = (await reader.get(`${path}.csv`)).text;
      for (const { postId } of quotes) expect(csv).toContain(`/p/${postId}`);
      const feed = await reader.get(`/digests/${scope}/feed.xml`);
      expect(load(feed.text, { xml: true })('entry').length).toBe(1);
    },
  );

  it('count what an independent query counts', async () => {
    const causeway = await conversationIn(await useCauseway({ DIGEST_MIN_AUTHORS: '1' }));
    for (const [scope, countries] of [
      ['world', null],
      ['011', countriesIn('011')],
    ] as const) {
      for (const period of ['2026-09', '2026-10']) await published(causeway, scope, period);
      const data = await jsonOf(causeway, `/digests/${scope}/2026-10`);
      const now = await peopleByKind(causeway, '2026-10-01', '2026-11-01', countries);
      const then = await peopleByKind(causeway, '2026-09-01', '2026-10-01', countries);
      expect(new Set(data.barriers.map(({ kind }) => kind))).toEqual(new Set(now.keys()));
      for (const barrier of data.barriers) {
        expect(barrier.people, barrier.kind).toBe(now.get(barrier.kind));
        expect(barrier.previousPeople, barrier.kind).toBe(then.get(barrier.kind) ?? 0);
      }
    }
  });

  it('are the same, byte for byte, from the same conversation', async () => {
    const [first, second] = [await useCauseway(), await useCauseway()];
    await conversationIn(first);
    // Imported in another order, which must make no difference.
    await conversationIn(second, CONVERSATION.trim().split('\n').reverse().join('\n'));
    for (const scope of ['world', '011', 'NG']) {
      const one = await published(first, scope, '2026-10');
      const other = await published(second, scope, '2026-10');
      expect(one.contentHash, scope).toBe(other.contentHash);
    }
  });

  it('count reports exactly, and claim nothing of fewer people than the site asks for', async () => {
    const causeway = await conversationIn(await useCauseway({ DIGEST_MIN_AUTHORS: '5' }));
    await published(causeway, 'world', '2026-10');
    const data = await jsonOf(causeway, '/digests/world/2026-10');
    const real = await peopleByKind(causeway, '2026-10-01', '2026-11-01', null);
    const small = data.barriers.filter(({ kind }) => (real.get(kind) ?? 0) < 5);
    expect(small.length).toBeGreaterThan(0);
    for (const barrier of small) {
      expect(barrier.people, barrier.kind).toBe(real.get(barrier.kind));
      expect(barrier.trend, barrier.kind).toBeNull();
      const keys = barrier.statements.map(({ key }) => key);
      expect(keys).toContain('digests.say.kind.reported');
      expect(keys.join()).not.toMatch(/share|trend/);
    }
    for (const { people } of data.places) expect(people).toBeGreaterThan(0);
    const page = await causeway.client().get('/digests/world/2026-10');
    expect(page.text).not.toMatch(/fewer than|under 5/);
  });
});

describe('the digest of Western Africa in October 2026', () => {
  let causeway: TestCauseway;
  let data: DigestJson;
  /** A key point that nobody gave a title. */
  let unnamed: string;
  const TITLES = {
    language: 'Speech tools do not understand Wolof, Fula or Soussou',
    policy: 'Personal data may not leave the country',
    compute: 'Customs and duty double the price of a GPU',
  };

  beforeAll(async () => {
    causeway = await conversationIn(await startTestCauseway());
    const { id: moderator } = await addMember(causeway, 'mona', { role: 'moderator' });
    const make = (kind: BarrierKind, postIds: string[], title?: string) =>
      causeway.app.db.write((tx) => {
        const text = title ? { language: 'en' as const, title, sentence: `${title}.` } : undefined;
        const point = { kind, region: '011', postIds, text };
        return makeKeyPoint(tx, causeway.app.clock, moderator, point);
      });
    const spoken = await make(
      'language',
      ['d003', 'd024', 'd046', 'd047', 'd069'],
      TITLES.language,
    );
    await make('policy', ['d044', 'd045'], TITLES.policy);
    await make('compute', ['d004', 'd026', 'd067'], TITLES.compute);
    unnamed = await make('cost', ['d001', 'd002']);
    // What is said of it later is told by later digests.
    for (const [handle, stance, day] of [
      ['fatou', 'no-longer', '2026-10-30'],
      ['penda', 'me-too', '2026-10-30'],
      ['awa', 'no-longer', '2026-11-01'],
      ['rama', 'me-too', '2026-11-01'],
    ] as const) {
      causeway.clock.set(`${day}T00:00:00Z`);
      const { id } = await addMember(causeway, handle, { country: 'SN' });
      const { reader } = causeway.app.db;
      const [person] = await reader.select().from(users).where(eq(users.id, id));
      const visitor = { standing: 'member', person: person as never } as const;
      await setStance(causeway.app, visitor, spoken, { stance, country: 'SN' });
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    for (const scope of ['011', 'SN']) await published(causeway, scope, '2026-10');
    data = await jsonOf(causeway, '/digests/011/2026-10');
    return () => causeway.close();
  });

  const sourcesOf = (key: string) =>
    data.findings
      .flatMap(({ statements }) => statements)
      .filter((one) => one.key === key)
      .map(({ sources }) => sources);

  it('leads with the key points that most people report, in few words', async () => {
    expect(data.lead.map(({ text }) => text).join(' ')).toContain(TITLES.language);
    expect(data.lead[0]?.text).toMatch(/^(Most r|R)eported in Western Africa in October 2026: /);
    expect(data.lead.length).toBeLessThanOrEqual(3);
    const words = data.lead
      .map(({ text }) => text)
      .join(' ')
      .split(/\s+/).length;
    expect(words).toBeLessThanOrEqual(60);
    for (const { sources } of data.lead) expect(sources.length).toBeGreaterThan(0);
    const page = await causeway.client().get('/digests/011/2026-10');
    expect(page.$('p.lead').text()).toContain(TITLES.language);
    expect(page.$('.finding h2').first().text()).toContain(data.findings[0]?.title ?? 'no finding');
  });

  it('says since when key points are reported, each with its first report', () => {
    // Each cites the report that was the first, whichever month that was in.
    expect(sourcesOf('digests.say.finding.since')).toContainEqual(['d004']);
    expect(sourcesOf('digests.say.finding.since')).toContainEqual(['d044']);
    expect(sourcesOf('digests.say.finding.new')).toEqual([]);
    expect(data.eased.map(({ about, quote }) => [about, quote.postId])).toContainEqual([
      'cost',
      'd063',
    ]);
  });

  it('places the reports, and counts worldwide who faces it too', async () => {
    const at = data.findings.findIndex(({ meToo }) => meToo > 0);
    const { people, reported, meToo, statements } = data.findings[at] ?? {};
    expect(people).toBe(reported);
    expect(data.lead[at]?.text).toMatch(
      new RegExp(` \\(${people} (person|people); reported from [^()]+\\)\\.$`),
    );
    expect(statements?.[0]?.text).toMatch(/^\d+ (person|people) reported it \([^()]+\)$/);
    expect(statements?.map(({ text }) => text).join()).toMatch(
      new RegExp(`Worldwide, ${meToo} more (person says|people say) they face it too`),
    );
    const words = {
      en: '; reported from ',
      fr: '\u00a0; provenance\u00a0: ',
      ar: '؛ البلاغات من ',
    };
    for (const [language, said] of Object.entries(words)) {
      const accept = { 'Accept-Language': language };
      const page = await causeway.client().get('/digests/011/2026-10', accept);
      expect(page.$('p.lead').text(), language).toContain(said);
    }
  });

  it('says in Arabic and French of one person what is said of one', async () => {
    const of = async (language: string) =>
      (await causeway.client().get('/digests/011/2026-10', { 'Accept-Language': language })).text;
    expect(await of('ar')).toContain('يقول شخص واحد إنه لم يعد يواجهه');
    expect(await of('fr')).toContain('1 personne dit ne plus y être confrontée');
    expect(translator('fr').day(Date.UTC(2026, 9, 1))).toBe('1er octobre 2026');
    expect(translator('fr').day(Date.UTC(2026, 9, 11))).toBe('11 octobre 2026');
  });

  it('tells the stances taken until its period was over, everywhere those of the world', async () => {
    const of = ({ findings }: DigestJson) => findings.find(({ kind }) => kind === 'language');
    const { noLonger, meToo } = of(data) ?? {};
    expect(noLonger).toBe(1);
    expect(of(await jsonOf(causeway, '/digests/SN/2026-10'))).toMatchObject({ noLonger, meToo });
    const page = await causeway.client().get('/digests/SN/2026-10');
    expect(page.text).toContain('Worldwide, 1 person says they no longer face it');
  });

  it('names no key point whose title nobody accepted', async () => {
    const page = await causeway.client().get('/digests/011/2026-10');
    expect(data.findings.map(({ kind }) => kind)).not.toContain('cost');
    expect(page.text).not.toContain(unnamed);
  });

  it('can be cited from a reference manager', async () => {
    const reader = causeway.client();
    const cff = await reader.get('/digests/011/2026-10.cff');
    expect(cff.headers.get('Content-Type')).toContain('yaml');
    expect(cff.text).toContain('cff-version: 1.2.0');
    expect(cff.text).toContain(`"sha256:${data.contentHash}"`);
    const bib = await reader.get('/digests/011/2026-10.bib');
    expect(bib.text).toMatch(/^@misc\{causeway-011-2026-10-v1,/);
    expect(bib.text).toContain('/digests/011/2026-10/v/1');
    const page = await reader.get('/digests/011/2026-10');
    for (const ending of ['.cff', '.bib']) {
      expect(page.$(`a[href="/digests/011/2026-10/v/1${ending}"]`).length).toBe(1);
    }
    expect((await reader.get('/digests/GH/2026-10.cff')).status).toBe(404);
  });
});

describe('a place where few people write', () => {
  it('has no digest to send, until the next one includes their posts', async () => {
    const causeway = await conversationIn(await useCauseway({ DIGEST_MIN_AUTHORS: '3' }));
    await published(causeway, 'KE', '2026-09');
    await published(causeway, 'KE', '2026-10');
    const september = await jsonOf(causeway, '/digests/KE/2026-09');
    expect(september.worthSending).toBe(false);
    expect(september.method.join()).toContain('not emailed');
    const october = await jsonOf(causeway, '/digests/KE/2026-10');
    expect(october.worthSending).toBe(true);
    expect(october.carried?.quotes.map(({ postId }) => postId).sort()).toEqual(['d005', 'd023']);
    expect((await causeway.client().get('/digests/KE/2026-10')).$('#carried').length).toBe(1);
  });
});

const ofKenya = () =>
  CONVERSATION.split('\n')
    .filter((line) => line.includes('"country": "KE"'))
    .join('\n');

describe('the schedule', () => {
  it('drafts a digest that has enough people only with carried-over posts, and none with too few', async () => {
    const few = await useCauseway({ DIGEST_MIN_AUTHORS: '3' });
    const causeway = await conversationIn(few, ofKenya());
    causeway.clock.set('2026-10-01T03:00:00Z');
    await draftAllDue(causeway);
    causeway.clock.set('2026-11-02T03:00:00Z');
    await draftAllDue(causeway);
    const rows = await causeway.app.db.reader.select().from(digests).where(eq(digests.scope, 'KE'));
    const months = rows.filter(({ period }) => /-\d\d$/.test(period));
    expect(months.map(({ period }) => period)).toEqual(['2026-10']);
    // October alone has too few: somebody's words had waited since September.
    expect(months[0]?.content).toMatchObject({ totals: { people: 1 }, worthSending: true });
  });
});

describe('a digest of a month that is not over', () => {
  it('says before it is published that it is not emailed, and gives way to one of the whole month', async () => {
    const few = await useCauseway({ DIGEST_MIN_AUTHORS: '3' });
    const causeway = await conversationIn(few, ofKenya());
    const { app, clock } = causeway;
    const moderator = await addMember(causeway, 'desk', { role: 'moderator' });
    const desk = ({ id }: { id: string }) => moderator.client.get(`/mod/digests/${id}`);
    const hint = async (draft: { id: string }) => (await desk(draft)).$('.hint').text();
    clock.set('2026-10-20T09:00:00Z');
    await app.db.write((tx) => tx.update(users).set({ confirmedAt: clock.now() }));
    const early = await buildDigest(app, 'KE', '2026-10');
    expect(await hint(early)).toContain('will not be emailed: its period ends on 31 October 2026');
    const untold = await desk(early);
    expect(untold.text).toContain('not been notified');
    expect(untold.text).not.toContain('before the digest is emailed');
    await app.db.write((tx) => announceDraft(tx, app, early.id));
    expect((await desk(early)).text).toContain('Authors notified');
    expect((await desk(early)).text).not.toContain('Emailed after publication');
    await publishAsItIs(app, early.id, null);
    clock.set('2026-11-02T03:00:00Z');
    await draftAllDue(causeway);
    const drafts = await listDrafts(app.db.reader);
    const whole = drafts.find(({ scope, period }) => scope === 'KE' && period.id === '2026-10');
    expect(whole?.version).toBe(2);
    expect(await hint(whole as { id: string })).toContain('After publication, subscribers');
    await app.db.write((tx) => announceDraft(tx, app, whole?.id ?? ''));
    expect((await desk(whole as { id: string })).text).toContain('Emailed after publication');
  });
});

/** Runs the schedule often enough, because it makes only a few drafts per run. */
async function draftAllDue({ app }: TestCauseway): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await draftDueDigests(app);
    const due = eq(digestPlans.state, 'due');
    const [left] = await app.db.reader.select().from(digestPlans).where(due).limit(1);
    if (!left) return;
  }
  throw new Error('the schedule does not come to an end');
}

describe('the archive', () => {
  it('shows charts of the figures, with the same as text, and only public numbers', async () => {
    const causeway = await conversationIn(await useCauseway({ DIGEST_MIN_AUTHORS: '3' }));
    for (const month of ['2026-08', '2026-09', '2026-10'])
      await published(causeway, 'world', month);
    await published(causeway, 'KE', '2026-09');
    const reader = causeway.client();
    const page = await reader.get('/digests/world');
    const data = await jsonOf(causeway, '/digests/world/2026-10');
    const [first = ''] = page
      .$('.glance')
      .first()
      .find('li')
      .map((_, one) => page.$(one).text())
      .get();
    const [top] = data.barriers;
    expect(first).toMatch(new RegExp(` ${top?.people}$`));
    const share = Math.round((100 * (top?.people ?? 0)) / (data.totals.people ?? 0));
    expect(page.$('.glance .bar rect').first().attr('width')).toBe(String(share));
    const drawing = page.$('.columns svg[role=img]');
    expect(drawing.find('rect').length).toBe(3);
    expect(drawing.attr('aria-label')).toContain(`October 2026: ${data.totals.people}`);
    // Fewer than three people wrote in Kenya in September.
    const kenya = await reader.get('/digests/KE');
    expect(kenya.$('ol.rows > li').length).toBe(1);
    expect(kenya.$('.glance').length).toBe(1);
  });
});

/** Returns distinct authors of visible contributions by kind, from the database in plain SQL. */
async function peopleByKind(
  { app }: TestCauseway,
  from: string,
  to: string,
  countries: readonly string[] | null,
): Promise<Map<string, number>> {
  const within = sql.join(
    (countries ?? []).map((country) => sql`${country}`),
    sql`, `,
  );
  const rows = await app.db.reader
    .select({ kind: sql<string>`b.kind`, people: sql<number>`count(distinct p.author_id)` })
    .from(sql`post_barriers b join posts p on p.id = b.post_id`)
    .where(
      sql`p.state = 'visible' and not p.is_opening
        and p.created_at >= ${Date.parse(from)} and p.created_at < ${Date.parse(to)}
        and ${countries ? sql`p.country in (${within})` : sql`true`}`,
    )
    .groupBy(sql`b.kind`);
  return new Map(rows.map(({ kind, people }) => [kind, people]));
}

/** Follows a quote's link to its post, as a reader would. */
async function opensPost(causeway: TestCauseway, quote: Quote): Promise<void> {
  const reader = causeway.client();
  const link = await reader.get(`/p/${quote.postId}`);
  expect(link.status).toBe(303);
  const [page, fragment] = (link.location ?? '').split('#');
  expect(fragment).toBe(`p-${quote.postId}`);
  const thread = await reader.get(page ?? '');
  expect(thread.status).toBe(200);
  expect(flat(thread.$(`#${fragment}`).text())).toContain(flat(quote.text));
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('a post that is no longer public', () => {
  const CANARY = 'marigold-transformer';
  let causeway: TestCauseway;
  let mona: Member;
  let amara: Member;
  let secret: string;

  beforeEach(async () => {
    causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
    causeway.clock.set('2026-10-10T09:00:00Z');
    amara = await addMember(causeway, 'amara');
    await addPost(causeway, amara, thread.id, 'Every month the bill eats our seed money.', facts);
    causeway.clock.set('2026-10-11T09:00:00Z');
    const bilal = await addMember(causeway, 'bilal');
    const body = `We cannot pay for the ${CANARY} any longer.`;
    secret = await addPost(causeway, bilal, thread.id, body, facts);
    causeway.clock.set('2026-11-02T09:00:00Z');
  });

  async function hide(): Promise<void> {
    await amara.client.post(`/p/${secret}/flag`, { reason: 'spam', note: '' });
    const matter = await mona.client.get(`/mod/posts/${secret}`);
    expect(matter.status).toBe(303);
    const form = await mona.client.get(matter.location ?? '');
    const fields: Record<string, string> = { action: 'hide', reason: 'spam', note: '' };
    form.$('form[action^="/mod/cases/"] input[type=hidden]').each((_, input) => {
      fields[form.$(input).attr('name') ?? ''] = String(form.$(input).val());
    });
    const done = await mona.client.post(matter.location ?? '', fields);
    expect(done.status).toBe(303);
  }

  async function everywhere(): Promise<Answer[]> {
    const reader = causeway.client();
    const paths = ['', '.json', '.csv'].map((ending) => `/digests/KE/2026-10${ending}`);
    const pages = [...paths, '/digests/KE/feed.xml', '/digests/feed.xml', '/digests'];
    return Promise.all(pages.map((path) => reader.get(path)));
  }

  it('is withdrawn from the page, the data and the feeds, and the page says so', async () => {
    await published(causeway, 'KE', '2026-10');
    expect((await everywhere()).some(({ text }) => text.includes(CANARY))).toBe(true);
    await hide();
    for (const { text, status } of await everywhere()) {
      expect(status).toBe(200);
      expect(text).not.toContain(CANARY);
    }
    const page = await causeway.client().get('/digests/KE/2026-10');
    expect(page.$('.notice.warning').text()).toContain('One quote was withdrawn');
    expect(page.$(`a[href="/p/${secret}"]`).length).toBe(0);
    expect((await jsonOf(causeway, '/digests/KE/2026-10')).withdrawnQuotes).toBe(1);
  });

  it('blocks a draft that counts it from being published until it is composed again', async () => {
    const draft = await buildDigest(causeway.app, 'KE', '2026-10');
    await hide();
    const refused = await mona.client.post(`/mod/digests/${draft.id}`, { action: 'publish' });
    expect(refused.status).toBe(422);
    expect(refused.$('[role=alert]').text().length).toBeGreaterThan(0);
    expect((await causeway.client().get('/digests/KE/2026-10')).status).toBe(404);

    const rebuilt = await mona.client.post(`/mod/digests/${draft.id}`, { action: 'build' });
    expect(rebuilt.status).toBe(303);
    await mona.client.post(rebuilt.location ?? '', { action: 'publish' });
    const data = await jsonOf(causeway, '/digests/KE/2026-10');
    expect(data.totals.people).toBe(1);
    expect(data.withdrawnQuotes).toBe(0);
  });

  it('causes a second version; the first keeps its URL, and says so', async () => {
    const first = await published(causeway, 'KE', '2026-10');
    await hide();
    const second = await published(causeway, 'KE', '2026-10');
    expect(second.version).toBe(first.version + 1);
    const reader = causeway.client();
    const newest = await jsonOf(causeway, '/digests/KE/2026-10');
    expect(newest).toMatchObject({ version: 2, contentHash: second.contentHash });
    const cited = await reader.get('/digests/KE/2026-10/v/1');
    expect(cited.status).toBe(200);
    expect(cited.text).not.toContain(CANARY);
    expect(cited.$('.page-head .notice a').attr('href')).toBe('/digests/KE/2026-10');
    const older = await reader.get('/digests/KE/2026-10?version=1');
    expect([older.status, older.location]).toEqual([301, '/digests/KE/2026-10/v/1']);
    expect((await reader.get('/digests/KE/2026-10/v/3')).status).toBe(404);
  });

  it('is not quoted in an email queued before, and none is sent of a version of too few people', async () => {
    await published(causeway, 'KE', '2026-10');
    await subscribe('reader@example.org');
    expect(await queueDueDigests(causeway.app)).toMatchObject({ mails: 1 });
    await hide();
    const [sent, ...more] = await delivered();
    expect(more).toHaveLength(0);
    expect(`${sent?.text}${sent?.html}`).toContain('seed money');
    expect(`${sent?.text}${sent?.html}`).not.toContain(CANARY);

    await subscribe('queued@example.org');
    expect(await queueDueDigests(causeway.app)).toMatchObject({ mails: 1 });
    const config = Object.create(causeway.app.config, { digestMinAuthors: { value: 2 } });
    await published(
      { ...causeway, app: Object.create(causeway.app, { config: { value: config } }) },
      'KE',
      '2026-10',
    );
    const page = await causeway.client().get('/digests/KE/2026-10');
    expect(page.text).toContain('so this digest is not emailed');
    await subscribe('later@example.org');
    expect(await queueDueDigests(causeway.app)).toMatchObject({ mails: 0 });
    expect(await delivered()).toHaveLength(1);
  });

  async function subscribe(email: string): Promise<void> {
    const reader = causeway.client();
    await reader.post('/subscribe', { email, scope: 'KE', frequency: 'monthly', language: 'en' });
    await deliverMails(causeway.app);
    const asked = (await causeway.mails()).at(-1)?.text ?? '';
    const path = /\/subscriptions\/\S+/.exec(asked)?.[0] ?? '';
    await reader.post(path, { action: 'confirm' });
  }

  /** Sends what waits and returns all emails about Kenya so far. */
  async function delivered() {
    causeway.clock.advance(SECOND);
    await deliverMails(causeway.app, {
      composeDigest: (id) => composeDigestMail(causeway.app, id),
    });
    return (await causeway.mails()).filter(({ subject }) => subject?.includes('Kenya'));
  }
});

describe('the desk', () => {
  let causeway: TestCauseway;
  let mona: Member;

  beforeAll(async () => {
    causeway = await startTestCauseway();
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    return () => causeway.close();
  });

  it('is not found for others', async () => {
    const amara = await addMember(causeway, 'amara');
    expect((await amara.client.get('/mod/digests')).status).toBe(404);
    expect((await amara.client.post('/mod/digests', { scope: 'world' })).status).toBe(404);
    expect((await causeway.client().get('/mod/digests')).status).toBe(404);
    expect((await mona.client.get('/mod/digests/nowhere')).status).toBe(404);
  });

  it.each([
    ['atlantis', '2026-10', 'scope'],
    ['world', '2026-13', 'period'],
    ['world', 'last month', 'period'],
  ])('shows the error for %s, %s, and keeps the values', async (scope, period, field) => {
    const answer = await mona.client.post('/mod/digests', { scope, period });
    expect(answer.status).toBe(400);
    expect(answer.$('select[name=scope]').val()).toBe(scope);
    expect(answer.$('select[name=period]').val()).toBe(period);
    expect(answer.$(`select[name=${field}]`).attr('aria-invalid')).toBe('true');
  });

  it('makes no digest without posts', async () => {
    const answer = await mona.client.post('/mod/digests', { scope: 'world', period: '2020-01' });
    expect(answer.status).toBe(422);
    expect(answer.$('select[name=period]').val()).toBe('2020-01');
  });
});

describe('a place crossed with a pillar', () => {
  it('has its own digests, pages and feeds, which count posts with the pillar', async () => {
    const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    causeway.clock.set('2026-10-10T09:00:00Z');
    const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
    const said = ['Every month the bill eats our seed money.', 'A card costs five months of pay.'];
    for (const [at, body] of said.entries()) {
      const author = await addMember(causeway, `author${at}`);
      const pillars = at === 0 ? ['education' as const] : [];
      await addPost(causeway, author, thread.id, body, { ...facts, pillars });
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    const built = await runCommand(causeway, [
      ...['digest', 'build', '--scope', 'ke', '--pillar', 'education', '--period', '2026-10'],
      '--json',
    ]);
    const draft = JSON.parse(built.out) as { id: string };
    await publishAsItIs(causeway.app, draft.id, null);

    const reader = causeway.client();
    const page = await reader.get('/digests/KE~education/2026-10');
    expect(page.$('h1').text()).toContain('Kenya: Education');
    expect(page.text).toContain(said[0]);
    expect(page.text).not.toContain(said[1]);
    const data = await jsonOf(causeway, '/digests/KE~education/2026-10');
    expect(data).toMatchObject({ scope: 'KE', pillar: 'education' });
    expect(data.sources).toHaveLength(1);
    expect((await reader.get('/digests/KE/2026-10')).status).toBe(404);
    expect((await reader.get('/digests/ke~education')).location).toBe('/digests/KE~education');
    expect((await reader.get('/digests/KE~education/feed.xml')).text).toContain('Kenya: Education');
    expect((await reader.get('/digests/KE~gold')).status).toBe(404);

    const unknown = await runCommand(causeway, [
      ...['digest', 'build', '--scope', 'KE', '--pillar', 'gold', '--period', '2026-10'],
    ]);
    expect(unknown.code).toBe(1);
    expect(unknown.err.trim().split('\n')).toHaveLength(1);
  });
});

describe('a place crossed with a conversation', () => {
  it('has its own digests, pages and feeds, which count its posts, and no emails', async () => {
    const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    causeway.clock.set('2026-10-10T09:00:00Z');
    const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
    const said = ['A can of water costs a day of work.', 'The tanker asks for more each week.'];
    const slugs: string[] = [];
    for (const [at, body] of said.entries()) {
      const question = `## Join the Conversation\n\n- What stands in your way to well ${at}?`;
      const { conversation, made } = await importPost(
        causeway.app,
        `# Wells ${at}\n\nWe walked to each of them.\n\n${question}`,
        { publish: true },
      );
      slugs.push(conversation.slug);
      const author = await addMember(causeway, `author${at}`);
      await addPost(causeway, author, made[0]?.id ?? '', body, facts);
    }
    await causeway.app.db.write(async (tx) => {
      const email = 'reader@example.org';
      const reader = { id: 'reader', email, emailKey: email, language: 'en', createdAt: 0 };
      await tx.insert(subscriptions).values({ ...reader, frequency: 'monthly', state: 'active' });
      await tx.insert(subscriptionScopes).values({ subscriptionId: 'reader', scope: 'KE' });
    });
    causeway.clock.set('2026-11-02T09:00:00Z');
    const [slug] = slugs;
    const desk = await mona.client.get('/mod/digests');
    expect(desk.$(`select[name=about] option[value="c~${slug}"]`).text()).toBe('Wells 0');
    const picked = { scope: 'KE', about: `c~${slug}`, period: '2026-10' };
    const made = await mona.client.post('/mod/digests', picked);
    expect(made.status).toBe(303);
    await publishAsItIs(causeway.app, made.location?.split('/').pop() ?? '');

    const reader = causeway.client();
    const path = `/digests/KE~c~${slug}`;
    const page = await reader.get(`${path}/2026-10`);
    expect(page.$('h1').text()).toContain('Kenya: Wells 0');
    expect(page.text).toContain(said[0]);
    expect(page.text).not.toContain(said[1]);
    expect(page.text).toContain('A digest of one conversation is not emailed.');
    const data = await jsonOf(causeway, `${path}/2026-10`);
    expect(data).toMatchObject({ scope: 'KE', conversation: slug });
    expect(data.sources).toHaveLength(1);
    expect((await reader.get(`${path}/feed.xml`)).text).toContain('Kenya: Wells 0');
    expect((await reader.get('/digests/KE~c~no-such')).status).toBe(404);
    causeway.clock.advance(7 * DAY);
    expect(await queueDueDigests(causeway.app)).toMatchObject({ mails: 0 });
    const unknown = await mona.client.post('/mod/digests', { ...picked, about: 'c~no-such' });
    expect(unknown.status).toBe(400);

    // It keeps the title that the conversation had.
    await causeway.app.db.write((tx) =>
      tx
        .update(conversations)
        .set({ title: 'Pumps' })
        .where(eq(conversations.slug, slug ?? '')),
    );
    expect((await reader.get(`${path}/2026-10`)).$('h1').text()).toContain('Kenya: Wells 0');
    expect((await reader.get(path)).$('h1').text()).toContain('Kenya: Pumps');
  });
});

describe('an address of a digest', () => {
  it('has one spelling; unknown places or periods are not found', async () => {
    const causeway = await conversationIn(await useCauseway());
    await published(causeway, 'NG', '2026-10');
    const reader = causeway.client();
    expect((await reader.get('/digests/ng/2026-10')).location).toBe('/digests/NG/2026-10');
    expect((await reader.get('/digests/ng')).location).toBe('/digests/NG');
    for (const path of ['/digests/XX/2026-10', '/digests/NG/2026-13', '/digests/NG/2026-09']) {
      for (const ending of ['', '.json', '.csv']) {
        expect((await reader.get(path + ending)).status, path + ending).toBe(404);
      }
    }
  });

  it('is listed with the others, in a feed that need not be fetched twice', async () => {
    const causeway = await conversationIn(await useCauseway());
    await published(causeway, 'world', '2026-09');
    await published(causeway, 'world', '2026-10');
    const reader = causeway.client();
    const list = await reader.get('/digests');
    const links = list.$('.rows a').map((_, link) => list.$(link).attr('href'));
    expect(links.get()).toEqual(['/digests/world/2026-10', '/digests/world/2026-09']);
    const feed = await reader.get('/digests/feed.xml');
    const etag = feed.headers.get('ETag') ?? '';
    expect(etag).not.toBe('');
    expect((await reader.get('/digests/feed.xml', { 'If-None-Match': etag })).status).toBe(304);
  });
});
