import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeVocabulary } from '~/domain/community/change-vocabulary';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { storeConversation } from '~/domain/import-export/store-conversation';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { indexPost, removePost } from '~/domain/search/index-post';
import { HOUR } from '~/platform/clock';
import { posts, searchEntries, settings, threadPillars, threads } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let thread: { id: string; slug: string; openingId: string };

/** One text in each of many languages, the searches that must find it, and the marked text. */
const SCRIPTS: [string, string, string, string[], string][] = [
  ['German', 'de', 'Die Straße ist gesperrt.', ['strasse', 'STRASSE', 'Straße'], 'Straße'],
  ['Turkish', 'tr', 'Bu evde ısı yok.', ['ısı', 'isi', 'ISI', 'ISI yok'], 'ısı'],
  ['Arabic', 'ar', 'لا تصل الكهرباء إلى مُسْتَشْفًى هنا.', ['مستشفى', 'مُسْتَشْفى', 'كهرباء الى'], 'مُسْتَشْفًى'],
  ['Hebrew', 'he', 'אין שָׁלוֹם בלי לחם.', ['שלום', 'שָׁלוֹם'], 'שָׁלוֹם'],
  ['Hindi', 'hi', 'गाँव में बिजली नहीं है, ज़मीन सूखी है।', ['जमीन', 'ज़मीन', 'बिजली'], 'ज़मीन'],
  ['Chinese', 'zh', '我们的医院没有人工智能。', ['医院', '医', '智能'], '医院'],
  ['Japanese', 'ja', '田舎の病院でデータが足りない。', ['病院', 'データ', '足'], '病院'],
  ['Korean', 'ko', '우리 마을에는 인터넷이 없습니다.', ['마을', '인터넷', '넷'], '마을'],
  ['Thai', 'th', 'โรงเรียนของเราไม่มีไฟฟ้า', ['ไฟฟ้า', 'เรา', 'โรงเรียน'], 'ไฟฟ้า'],
  ['Khmer', 'km', 'សាលារៀនរបស់យើងគ្មានភ្លើង', ['ភ្លើង', 'សាលារៀន'], 'ភ្លើង'],
  ['Lao', 'lo', 'ໂຮງຮຽນບໍ່ມີໄຟຟ້າ', ['ໄຟຟ້າ'], 'ໄຟຟ້າ'],
  ['Russian', 'ru', 'В деревне нет учёных.', ['ученых', 'УЧЁНЫХ', 'деревне'], 'учёных'],
  ['Greek', 'el', 'Η ΟΔΟΣ είναι κλειστή.', ['οδός', 'κλειστη'], 'ΟΔΟΣ'],
  ['Amharic', 'am', 'መብራት የለም።', ['መብራት'], 'መብራት'],
];
const ids = new Map<string, string>();

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
  ada = await addMember(causeway, 'ada', { name: 'Ada Obi' });
  kofi = await addMember(causeway, 'kofi');
  thread = await addThread(causeway, ada, 'Which languages do the tools speak?', {
    pillars: ['education'],
  });
  for (const [name, language, body] of SCRIPTS) {
    ids.set(name, await addPost(causeway, ada, thread.id, body, { language }));
  }
});
afterAll(() => causeway.close());

function search(query: Record<string, string>): Promise<Answer> {
  return causeway.client().get(`/search?${new URLSearchParams(query)}`);
}

function found({ $ }: Answer): string[] {
  return $('#results')
    .parent()
    .find('ol.rows > li h3 a')
    .map((_, link) => decodeURIComponent($(link).attr('href') ?? '').replace('/p/', ''))
    .get();
}

const total = ({ $ }: Answer) => $('#results').text();

describe('a search', () => {
  it.each(SCRIPTS)('finds %s', async (name, language, _, typed, marked) => {
    for (const q of typed) {
      const answer = await search({ q });
      expect(found(answer), q).toContain(ids.get(name));
    }
    const { $ } = await search({ q: typed[0] ?? '', language });
    const snippet = $('ol.rows p[lang]').first();
    expect(snippet.attr('lang')).toBe(language);
    expect(snippet.attr('dir')).toBe('auto');
    expect(snippet.find('mark').text()).toBe(marked);
  });

  it('marks the matches as written, with author, place, date and language', async () => {
    const id = await addPost(causeway, kofi, thread.id, 'Our clinic is dark at night.', {
      country: 'GH',
      region: '011',
    });
    const { $ } = await search({ q: 'CLINIC' });
    const row = $('#results').parent().find(`a[href="/p/${id}"]`).closest('li');
    expect(row.find('h3').text()).toBe('Which languages do the tools speak?');
    expect(row.find('mark').text()).toBe('clinic');
    expect(row.find('.meta').text()).toMatch(/kofi.*Ghana.*2026.*English/);
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
  });

  it('finds a thread by its title, and marks the words', async () => {
    const answer = await search({ q: '"tools speak"' });
    expect(found(answer)).toEqual([thread.openingId]);
    expect(answer.$('ol.rows h3 mark').text()).toBe('tools speak');
  });

  it('supports quoted phrases and a minus for exclusion', async () => {
    const one = await addPost(causeway, kofi, thread.id, 'zebra crossing and a horse');
    const two = await addPost(causeway, kofi, thread.id, 'crossing with one zebra');
    expect(found(await search({ q: 'zebra crossing' })).sort()).toEqual([one, two].sort());
    expect(found(await search({ q: '"zebra crossing"' }))).toEqual([one]);
    expect(found(await search({ q: 'zebra -horse' }))).toEqual([two]);
    expect(found(await search({ q: 'zebras' })).sort()).toEqual([one, two].sort());
    expect(found(await search({ q: '"zebras"' }))).toEqual([]);
    expect(found(await search({ q: 'zebr' })).length).toBe(2);
  });

  it('finds other forms of a word, however it is joined to others', async () => {
    const text: Record<string, string> = {
      arabic: 'لا كتب في البيت والمدرسة',
      toArabic: 'نسير إلى المدرسة',
      forArabic: 'لا ماء للمدرسة',
      plural: 'The libraries closed, with the buses and the women',
      singular: 'One library, one bus, one woman',
      parts: 'Send an e-mail, we don\u2019t call',
      whole: 'Send an email, we dont call',
    };
    const made = new Map<string, string>();
    for (const [name, body] of Object.entries(text)) {
      made.set(name, await addPost(causeway, kofi, thread.id, `${body} okapi`));
    }
    const named = async (q: string) => {
      const ids = found(await search({ q: `${q} okapi` }));
      return [...made].filter(([, id]) => ids.includes(id)).map(([name]) => name);
    };
    for (const q of ['المدرسة', 'مدرسة', 'والمدرسة', 'بالمدرسة', 'لمدرسة']) {
      expect(await named(q), q).toEqual(['arabic', 'toArabic', 'forArabic']);
    }
    for (const q of ['library', 'libraries', 'bus', 'buses', 'woman', 'women']) {
      expect(await named(q), q).toEqual(['plural', 'singular']);
    }
    for (const q of ['email', 'e-mail', 'e-mails', 'emails', 'dont', 'don\u2019t', "don't"]) {
      expect(await named(q), q).toEqual(['parts', 'whole']);
    }
    expect(await named('"send an e-mail we"')).toEqual(['parts']);
    const { $ } = await search({ q: 'email okapi', author: 'kofi' });
    const marked = $('ol.rows mark')
      .map((_, mark) => $(mark).text())
      .get();
    expect(marked).toEqual(expect.arrayContaining(['e-mail', 'email']));
  });

  it('escapes the snippet, the title and the field', async () => {
    const odd = await addThread(causeway, kofi, '<script>alert(1)</script> xylophone & "more"');
    await addPost(causeway, kofi, odd.id, 'x', {
      html: '<p>&lt;img src=x onerror=alert(1)&gt; xylophone &amp;amp; end</p>',
    });
    const { $, text } = await search({ q: 'xylophone "><img src=x>' });
    expect(text).not.toMatch(/<img|<script/);
    expect($('#q').attr('value')).toBe('xylophone "><img src=x>');
    const plain = await search({ q: 'xylophone' });
    expect(plain.text).not.toMatch(/<img|<script/);
    expect(plain.$('ol.rows').text()).toContain('<img src=x onerror=alert(1)> xylophone &amp; end');
    expect(plain.$('ol.rows mark').length).toBeGreaterThanOrEqual(2);
  });
});

describe('a typed search is never an error', () => {
  it.each([
    '"',
    '""',
    '"""',
    '-',
    '- -',
    '-zebra',
    '*',
    'a*',
    '* *',
    '^a',
    'a:b',
    'title:zebra',
    '{title body}:x',
    '- {title}: x',
    'NEAR(a b, 5)',
    'NEAR(',
    'AND',
    'OR OR',
    'NOT zebra',
    'a AND',
    'AND a',
    '(((((',
    ')',
    'a + b',
    '+',
    "'; drop table posts; --",
    '%',
    '_',
    '\\',
    '\u0000zebra\u0000',
    '\ud800',
    '\ufeff',
    '\u202ezebra',
    '👩🏽‍⚕️',
    'ﷺ',
    '㍿',
    '½',
    'a'.repeat(5000),
    '" '.repeat(500),
    '-"a" '.repeat(50),
    '人'.repeat(500),
    `${'x '.repeat(300)}"`,
    'rowid',
    'search_text',
    'bm25(search_text)',
  ])('%j', async (q) => {
    const answer = await search({ q });
    expect(answer.status).toBe(200);
    expect(answer.$('h1').length).toBe(1);
    expect((await search({ q, page: '9999' })).status).toBe(200);
  });

  it('and asks for a word if there is none', async () => {
    const { $ } = await search({ q: '-zebra' });
    expect($('.empty').text()).toContain('at least one word');
    expect((await causeway.client().get('/search')).$('.empty').length).toBe(0);
    expect((await causeway.client().get('/search?q=a&q=b&page=x')).status).toBe(200);
  });

  it('suggests what to do if nothing was found', async () => {
    const answer = await search({ q: 'unfindable', kind: 'data' });
    expect(total(answer)).toBe('No results');
    expect(answer.$('.empty a[href="/search?q=unfindable"]').length).toBe(1);
    expect(answer.$('.empty a[href="/threads/new"]').length).toBe(1);
  });
});

describe('filters', () => {
  let one: string;
  let two: string;
  beforeAll(async () => {
    causeway.clock.set('2026-11-03T10:00:00Z');
    await causeway.app.db.write((tx) =>
      tx.insert(threadPillars).values({ threadId: thread.id, pillar: 'education' }),
    );
    one = await addPost(causeway, ada, thread.id, 'quokka one', {
      language: 'pt-BR',
      country: 'NG',
      region: '011',
      industry: 'Q',
      barriers: ['cost'],
    });
    causeway.clock.set('2026-11-05T23:59:00Z');
    const other = await addThread(causeway, kofi, 'Another thread on policy');
    two = await addPost(causeway, kofi, other.id, 'quokka two', {
      language: 'fr',
      country: 'FR',
      region: '155',
      industry: 'A',
      barriers: ['data'],
      pillars: ['policy'],
    });
  });

  it.each([
    ['pillar', 'education', 'policy'],
    ['region', '202', '150'],
    ['country', 'Nigeria', 'fr'],
    ['industry', 'Q', 'A'],
    ['kind', 'cost', 'data'],
    ['language', 'pt', 'fr'],
    ['author', 'Ada', '@kofi'],
    ['to', '2026-11-04', ''],
    ['from', '', '2026-11-05'],
  ])('%s', async (name, first, second) => {
    if (first) expect(found(await search({ q: 'quokka', [name]: first }))).toEqual([one]);
    if (second) expect(found(await search({ q: 'quokka', [name]: second }))).toEqual([two]);
  });

  it('can be combined, are shown in the form again, and work without words', async () => {
    const answer = await search({
      q: 'quokka',
      from: '2026-11-05',
      to: '2026-11-05',
      author: 'kofi',
    });
    expect(found(answer)).toEqual([two]);
    expect(answer.$('#to').attr('value')).toBe('2026-11-05');
    expect(answer.$('main summary').text()).toBe('3 filters');
    expect(found(await search({ author: 'kofi', kind: 'data' }))).toEqual([two]);
  });

  it('with unknown values are reported, and the words are searched anyway', async () => {
    const answer = await search({
      q: 'quokka',
      region: '999',
      from: 'yesterday',
      to: '2026-02-30',
      country: 'Narnia',
    });
    expect(answer.status).toBe(400);
    expect(answer.$('#from-error, #to-error, #country-error, #region-error').length).toBe(4);
    expect(found(answer).length).toBe(2);
  });

  it('conversation', async () => {
    const { app } = causeway;
    const question = { number: 1, text: 'Where do axolotls live?' };
    const content = {
      ...{ title: 'Island animals', link: null, author: null, language: 'en', date: null },
      ...{ summaryPoints: [], introduction: null, pillars: [], glossary: [] },
      questions: [question],
    };
    const { made, conversation } = await storeConversation(app, content, { publish: true });
    const ada = await addMember(causeway, 'adaora');
    const post = await addPost(causeway, ada, made[0]?.id ?? '', 'axolotl three');
    const answer = await search({ q: 'axolotl three', conversation: conversation.slug });
    expect(found(answer)).toEqual([post]);
    expect(answer.$('#conversation option[selected]').text()).toBe('Island animals');
    expect((await search({ q: 'quokka', conversation: 'none' })).status).toBe(400);
  });
});

describe('content that is not public', () => {
  const word = 'platypus';

  it.each(['held', 'hidden', 'deleted'] as const)(
    'is not found and not counted while its post is %s',
    async (state) => {
      const id = await addPost(causeway, ada, thread.id, `a ${word} ${state}`);
      const of = (to: typeof state | 'visible') =>
        causeway.app.db.write((tx) => tx.update(posts).set({ state: to }).where(eq(posts.id, id)));
      await of(state);
      for (const client of [causeway.client(), ada.client, kofi.client]) {
        const answer = await client.get(`/search?q=${word}+${state}`);
        expect(total(answer)).toBe('No results');
        expect(answer.text).not.toContain(`/p/${id}`);
      }
      await of('visible');
      expect(total(await search({ q: `${word} ${state}` }))).toBe('1 result');
      await of('hidden');
    },
  );

  it.each([
    ['draft', 'visible'],
    ['hidden', 'visible'],
    ['open', 'held'],
    ['open', 'hidden'],
  ] as const)('is a thread that is %s with an opening that is %s', async (state, opening) => {
    const made = await addThread(causeway, ada, `About the ${word} ${state} ${opening}`);
    await addPost(causeway, kofi, made.id, `another ${word} in ${state} ${opening}`);
    await causeway.app.db.write(async (tx) => {
      await tx.update(threads).set({ state }).where(eq(threads.id, made.id));
      await tx.update(posts).set({ state: opening }).where(eq(posts.id, made.openingId));
    });
    expect(total(await search({ q: `${word} ${state} ${opening}` }))).toBe('No results');
    const form = await kofi.client.post('/threads/new', {
      title: `About the ${word} ${state} ${opening}`,
      body: '',
    });
    expect(form.$('.similar').text()).not.toContain(word);
  });
});

describe('digests', () => {
  const paths = ({ $ }: Answer) =>
    $('#digests')
      .parent()
      .find('h3 a')
      .map((_, link) => $(link).attr('href'))
      .get();

  it('are listed separately once published, and found in every language', async () => {
    const draft = await buildDigest(causeway.app, 'world', '2026-11');
    expect(paths(await search({ q: 'november 2026' }))).toEqual([]);
    await publishDigest(causeway.app, draft.id, null);
    for (const q of ['november 2026', 'novembre', 'نوفمبر', 'العالم']) {
      expect(paths(await search({ q })), q).toEqual(['/digests/world/2026-11']);
    }
    // Only the newest version of a digest is found.
    const next = await buildDigest(causeway.app, 'world', '2026-11');
    await publishDigest(causeway.app, next.id, null);
    expect(paths(await search({ q: 'november 2026' }))).toEqual(['/digests/world/2026-11']);
    // Quotes are not searched in digests, because they may be withdrawn; they are found in their
    // posts.
    expect(paths(await search({ q: 'quokka' }))).toEqual([]);
    expect(found(await search({ q: 'quokka' })).length).toBe(2);
  });

  it('are found by what their kinds of barrier are called now', async () => {
    const { app, clock } = causeway;
    await addPost(causeway, kofi, thread.id, 'Far too dear', { barriers: ['cost'], country: 'NG' });
    const { id } = await buildDigest(app, 'world', '2026-11');
    await publishDigest(app, id, null);
    expect(paths(await search({ q: 'payment' }))).toEqual(['/digests/world/2026-11']);
    await runJobs(app);
    const { glyph = null, colour = null } = app.community.find('barrier', 'cost') ?? {};
    const texts = { en: { name: 'Echidnas', short: '', description: '', examples: '' } };
    const words = { glyph, colour, texts };
    const rename = { act: 'rename', vocabulary: 'barrier', slug: 'cost', words } as const;
    await app.db.write((tx) =>
      changeVocabulary(tx, app, ada.id, { ...rename, reason: 'Shorter.' }),
    );
    await app.refreshCommunity();
    clock.advance(HOUR);
    await runJobs(app);
    expect(paths(await search({ q: 'echidnas' }))).toEqual(['/digests/world/2026-11']);
    expect(paths(await search({ q: 'payment' }))).toEqual([]);
  });
});

describe('pages', () => {
  it('are numbered, have correct counts and show nothing twice', async () => {
    for (let n = 0; n < 45; n += 1) await addPost(causeway, kofi, thread.id, `wombat ${n}`);
    const first = await search({ q: 'wombat' });
    expect(total(first)).toBe('45 results');
    const seen = new Set<string>();
    for (const page of ['1', '2', '3']) {
      for (const id of found(await search({ q: 'wombat', page }))) seen.add(id);
    }
    expect(seen.size).toBe(45);
    expect(first.$('.pagination a[rel=next]').attr('href')).toBe('/search?q=wombat&page=2');
  });

  it('show the newest if very many were found, and say so', async () => {
    const { id: threadId } = await addThread(causeway, ada, 'A word in every post');
    const rows = Array.from({ length: 2001 }, (_, n) => ({
      ...{ id: `many-${n}`, threadId, authorId: ada.id, state: 'visible' as const },
      ...{ body: 'bilby', html: '<p>bilby</p>', excerpt: 'bilby', language: 'en' },
      createdAt: causeway.clock.now() + n,
    }));
    await causeway.app.db.write(async (tx) => {
      for (let at = 0; at < rows.length; at += 100) {
        await tx.insert(posts).values(rows.slice(at, at + 100));
      }
      for (const { id } of rows) await indexPost(tx, id);
    });
    const last = await search({ q: 'bilby', page: '100' });
    expect(total(last)).toMatch(/^More than 2,000 results/);
    expect(found(last)).toHaveLength(20);
    expect(found(last).at(-1)).toBe('many-1');
    expect(last.$('.pagination').text()).not.toContain('101');
    const [newest] = found(await search({ q: 'bilby' }));
    expect(newest).toBe('many-2000');
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, 'many-7')),
    );
    expect(total(await search({ q: 'bilby' }))).toBe('2,000 results');
  });
});

describe('the index', () => {
  it('is rebuilt if it is missing, in the background and by command', async () => {
    const { db } = causeway.app;
    const forget = () =>
      db.write(async (tx) => {
        await tx.delete(searchEntries);
        await tx.delete(settings).where(eq(settings.name, 'search-index'));
      });
    await forget();
    expect(total(await search({ q: 'quokka' }))).toBe('No results');
    await runJobs(causeway.app);
    expect(total(await search({ q: 'quokka' }))).toBe('2 results');
    await forget();
    const done = await runCommand(causeway, ['reindex']);
    expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/^Indexed \d+ posts/) });
    expect(total(await search({ q: 'quokka' }))).toBe('2 results');
    expect(await causeway.app.db.problems()).toEqual([]);
  }, 90_000);

  it('follows an edit', async () => {
    const id = await addPost(causeway, kofi, thread.id, 'a dingo at the gate');
    const edit = { body: 'a kookaburra at the gate' };
    expect((await kofi.client.post(`/p/${id}/edit`, edit)).status).toBe(303);
    expect(total(await search({ q: 'dingo' }))).toBe('No results');
    expect(found(await search({ q: 'kookaburra' }))).toEqual([id]);
  });

  it('follows a new text and a new title, in the transaction that stores them', async () => {
    const { db } = causeway.app;
    const made = await addThread(causeway, ada, 'Of animals in general');
    const change = (after: () => void) =>
      db.write(async (tx) => {
        await tx.update(posts).set({ html: '<p>numbat</p>' }).where(eq(posts.id, made.openingId));
        await indexPost(tx, made.openingId);
        await retitleThread(tx, causeway.clock, made.id, 'Of bilbies');
        after();
      });
    await expect(
      change(() => {
        throw new Error('not stored');
      }),
    ).rejects.toThrow('not stored');
    expect(total(await search({ q: 'numbat' }))).toBe('No results');
    expect(total(await search({ q: 'animals general' }))).toBe('1 result');
    await change(() => {});
    expect(found(await search({ q: 'numbat bilbies' }))).toEqual([made.openingId]);
    expect(total(await search({ q: 'animals general' }))).toBe('No results');
    await db.write((tx) => removePost(tx, made.openingId));
    expect(total(await search({ q: 'numbat' }))).toBe('No results');
  });
});

describe('similar threads', () => {
  it('are shown with the preview and with errors, and delay nothing', async () => {
    const other = await addThread(causeway, ada, 'Hospitals without electricity in the north');
    const title = 'Is there a hospital with no electricity?';
    const preview = await kofi.client.post('/threads/new', { title, body: 'x', preview: '1' });
    const link = preview.$('.similar a').first();
    expect(link.text()).toBe('Hospitals without electricity in the north');
    expect(link.attr('href')).toBe(`/t/${other.id}/${other.slug}`);
    const fault = await kofi.client.post('/threads/new', { title, body: '' });
    expect(fault.status).toBe(400);
    expect(fault.$('.similar a').length).toBe(1);
    const sent = await kofi.client.post('/threads/new', { title, body: 'Here it is so.' });
    expect(sent.status).toBe(303);
  });

  it('are empty for a unique title', async () => {
    const form = await kofi.client.post('/threads/new', {
      title: 'Marmalade sandwiches',
      body: '',
    });
    expect(form.$('.similar').length).toBe(0);
  });
});

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('a person searches in eight scripts', async () => {
    const browser = await launchBrowser();
    const context = await openContext(browser, { width: 390 });
    const page = await context.newPage();
    await page.goto(causeway.url);
    await page.click('.menu > summary');
    await page.getByRole('link', { name: 'Search' }).click();
    const journey: [string, string][] = [
      ['strasse', 'German'],
      ['كهرباء', 'Arabic'],
      ['שלום', 'Hebrew'],
      ['जमीन', 'Hindi'],
      ['医院', 'Chinese'],
      ['病院', 'Japanese'],
      ['마을', 'Korean'],
      ['ไฟฟ้า', 'Thai'],
      ['ученых', 'Russian'],
      ['οδός', 'Greek'],
    ];
    for (const [typed, name] of journey) {
      await page.getByRole('searchbox').fill(typed);
      await page.getByRole('button', { name: 'Search' }).click();
      expect(await page.locator('#results').textContent(), typed).toBe('1 result');
      const link = page.locator(`a[href="/p/${ids.get(name)}"]`);
      expect(await link.count(), typed).toBe(1);
    }
    await page.locator('ol.rows h3 a').click();
    expect(page.url()).toContain(`#p-${ids.get('Greek')}`);
    await browser.close();
  });
});
