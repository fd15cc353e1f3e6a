import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { publishedDigest } from '~/domain/digests/digests';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { buildDemo } from '~/domain/import-export/demo';
import { writeDigestMail } from '~/domain/subscriptions/write-digest-mail';
import { siteTranslator } from '~/platform/community/site-translator';
import { LOCALE_TAGS, type Locale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { languageNames } from '~/platform/languages/names';
import { COLOURS } from '~/platform/palette';
import { placeName } from '~/platform/places/names';
import demoKeyPoints from '~db/seed/demo/key-points.json';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { readCsv } from './support/csv';

/* What readers of the demo's digests and of the pages beside them meet, in every language. */

let causeway: TestCauseway;

beforeAll(async () => {
  causeway = await startTestCauseway();
  await buildDemo(causeway.app, readFileSync('db/seed/demo/conversation.jsonl', 'utf8'));
});
afterAll(() => causeway.close());

const page = (path: string, language = 'en') =>
  causeway.client().get(path, { 'Accept-Language': language });

const DIGESTS = ['/digests/world/2026-09', '/digests/world/2026-10', '/digests/011/2026-10'];
const PAGES = [
  ...DIGESTS,
  '/barriers',
  '/regions/011',
  '/regions/002',
  '/countries/NG',
  '/countries/SG',
  '/barriers/kinds/language',
  '/barriers/kinds/cost',
  '/',
];

/** Four words of two letters: less is a name, a date or a label. */
const SENTENCE = /(?:\p{L}[\p{L}\p{M}'’]+\P{L}+){3,}\p{L}{2,}/u;

/** The sentences of the running text of a page. Rows of facts, tables and whole paragraphs of quotes are none. */
function sentencesOf({ $ }: Answer, language: string): string[] {
  const main = $('main').clone();
  main.find('table, nav, details, .meta, .source-list, .visually-hidden, sup, select').remove();
  // Excerpts name their threads.
  main.find('.newest a[href^="/t/"]').remove();
  const sentences = new Intl.Segmenter(language, { granularity: 'sentence' });
  return main
    .find('p, li, blockquote, figcaption, h2, h3')
    .toArray()
    .filter((one) => $(one).find('p, li, blockquote, h2, h3').length === 0)
    .flatMap((one) => [...sentences.segment($(one).text())].map(({ segment }) => segment.trim()))
    .filter((sentence) => SENTENCE.test(sentence));
}

describe.each(['en', 'fr', 'ar'])('in %s', (language) => {
  it.each(PAGES)('%s says no sentence twice', async (path) => {
    const answer = await page(path, language);
    expect(answer.status).toBe(200);
    const said = sentencesOf(answer, language);
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  });
});

describe.each(['en', 'fr', 'ar'] as const)('the lead, in %s', (language) => {
  it.each(DIGESTS)('of %s names the first three key points', async (path) => {
    const { $ } = await page(path, language);
    const titles = $('.finding h2 a').toArray().slice(0, 3);
    expect(titles).toHaveLength(3);
    const lead = $('.page-main .lead').clone();
    lead.find('.sources').remove();
    for (const title of titles) expect(lead.text()).toContain($(title).text());
    // Each with its people and where they report from.
    const told = { en: /\breported from/g, fr: / provenance :/g, ar: /البلاغات من/g };
    expect(lead.text().replace(/\s/g, ' ').match(told[language])).toHaveLength(3);
    const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(lead.text());
    expect([...words].filter(({ isWordLike }) => isWordLike).length).toBeLessThanOrEqual(60);
  });
});

describe('what got better', () => {
  it('stands under its own heading, and counts nobody as still facing it who did not report it', async () => {
    const { $ } = await page('/digests/011/2026-10');
    const section = $('section[aria-labelledby=eased]');
    const words = 'the payment thing is better for me since September';
    expect(section.find('blockquote').text()).toContain(words);
    expect(section.find('.context')).toHaveLength(0);
    expect($('blockquote').text().split(words)).toHaveLength(2);
    // That it got better is what its author says: no person confirmed it of the key point.
    expect($('.finding .meta').text()).not.toContain('Getting better');
    // Nobody reports it in this period: it is no finding.
    const title = 'AI services take only foreign cards, not local money';
    expect($('.finding').text()).not.toContain(title);
    const order = $('section')
      .toArray()
      .map((one) => $(one).attr('aria-labelledby'));
    expect(order.indexOf('eased')).toBeGreaterThan(order.indexOf('finding-3'));
    expect(order.indexOf('eased')).toBeLessThan(order.indexOf('compute-title'));
    // Findings, then voices, then figures, then method.
    const after = ['eased', 'voices', 'kinds', 'places', 'missing', 'method'];
    expect(order.filter((one) => after.includes(one ?? ''))).toEqual(after);
  });

  it('is in the JSON and the CSV with the same facts', async () => {
    const client = causeway.client();
    const { eased, findings } = JSON.parse((await client.get('/digests/011/2026-10.json')).text);
    const [first] = eased;
    expect(first.quote.context).toEqual([]);
    const quoted = findings.flatMap((one: { quotes: { postId: string }[] }) => one.quotes);
    expect(quoted.map(({ postId }: { postId: string }) => postId)).not.toContain(
      first.quote.postId,
    );
    expect((await client.get('/digests/011/2026-10.csv')).text).toMatch(/,eased,cost,/);
  });
});

describe('a quote', () => {
  it.each(DIGESTS)('stands under each finding: %s', async (path) => {
    const { findings } = JSON.parse((await page(`${path}.json`)).text);
    expect(findings.length).toBeGreaterThan(0);
    for (const { quotes, title } of findings) expect(quotes, title).toHaveLength(1);
  });

  it('stands under the kind that its words are about, and leans on nothing beside it', async () => {
    const { barriers } = JSON.parse((await page('/digests/world/2026-10.json')).text);
    const trust = barriers.find(({ kind }: { kind: string }) => kind === 'trust');
    expect(trust.quotes.map(({ text }: { text: string }) => text)).toEqual([
      'نرسل الصور إلى الخارج لتُقرأ، وهذا ما لا يريده المرضى.',
    ]);
    const quoted = (await Promise.all(DIGESTS.map((path) => page(path))))
      .map(({ $ }) => $('blockquote').text())
      .join();
    expect(quoted).not.toMatch(
      /That is the role|Customs again|download, run, done|A farmer who asks/,
    );
    expect(quoted).toContain('Write software that survives a dead tower.');
    expect(quoted).toContain(
      '11 days of outage in August. Anything that needs the cloud is a rumour',
    );
  });

  it('of a proposal says what should be done', async () => {
    const { $ } = await page('/digests/world/2026-09');
    expect($('section[aria-labelledby=proposals]').text()).toContain('Shared test labs');
    expect($('blockquote').text()).not.toContain('Gosto do Common Voice');
  });
});

it('says nothing of a key point twice: what changed is about kinds', async () => {
  const { changes, findings } = JSON.parse((await page('/digests/world/2026-10.json')).text);
  expect(changes.length).toBeGreaterThan(0);
  expect(findings.length).toBeGreaterThan(0);
  for (const { text } of changes) {
    for (const { title } of findings) expect(text).not.toContain(title);
  }
});

describe('other experiences', () => {
  it('stand under the kind that their words deny', async () => {
    const { $ } = await page('/digests/world/2026-09');
    const section = $('section[aria-labelledby=disagreements]');
    expect(section.find('h3').text()).toBe('Connectivity and power');
    expect(section.find('blockquote').text()).toContain('connectivity is honestly not our problem');
    // Whom it answers is no part of what it says.
    expect(section.find('blockquote').text()).not.toContain('@');
  });

  it('stand in the newest digest, too', async () => {
    const { $ } = await page('/digests/world/2026-10');
    const section = $('section[aria-labelledby=disagreements]');
    const headings = section.find('h3').toArray();
    expect(headings.map((one) => $(one).text())).toEqual([
      'Cost and payment',
      'Connectivity and power',
    ]);
    expect(section.find('blockquote').text()).toContain('la conexión a internet no es un problema');
    expect(section.find('blockquote').text()).toContain('pagar a assinatura não é um problema');
    expect(section.find('blockquote')).toHaveLength(2);
  });

  it('are none where somebody is fine and reports for others', async () => {
    const { $ } = await page('/digests/world/2026-10');
    expect($('blockquote').text()).not.toContain('Singapore is fine');
  });
});

describe('that people chose to write', () => {
  it.each([
    ...PAGES.filter((path) => path !== '/countries/SG'),
    ...['/digests', '/digests/011', '/embed/regions/011', 'a key point'],
  ])('is said once and links to the method: %s', async (path) => {
    const [point] = await keyPointsOf(causeway.app.db.reader, causeway.app.community, {});
    const { $ } = await page(point && path === 'a key point' ? keyPointPath(point) : path);
    const said = $('body')
      .text()
      .match(/chose to write|not a survey/g);
    expect(said).toEqual(['chose to write', 'not a survey']);
    const link = $('a').filter((_, one) => $(one).text() === 'how we count');
    expect(link).toHaveLength(1);
    const [where, id] = (link.attr('href') ?? '').split('#');
    const method = where ? await page(where) : { $ };
    expect(method.$(`[id="${id}"]`)).toHaveLength(1);
  });
});

interface Facts {
  quotes: string[];
  points: unknown[];
  kinds: unknown[];
  places: unknown[];
  named: string[];
  missing: string[];
  total: number[];
}

const dayOf = (at: string) => at.slice(0, 10);
const wordsOf = (text: string) => text.replace(/[\s*_`\\]+/g, ' ').trim();
const sortedFacts = (facts: Facts) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, list]: [string, unknown[]]) => [
      name,
      list.map((one) => JSON.stringify(one)).sort(),
    ]),
  );

interface JsonQuote {
  text: string;
  name: string;
  createdAt: string;
  url: string;
  context: { values: { people: number } }[];
}

/** What the JSON of a digest says. */
async function factsOfJson(path: string): Promise<Facts> {
  const data = JSON.parse((await page(`${path}.json`)).text);
  const values = (list: { key: string; values: Record<string, number> }[], key: string) =>
    list.find((one) => one.key === key)?.values;
  const quote = (under: string) => (one: JsonQuote) =>
    [
      under,
      wordsOf(one.text),
      dayOf(one.createdAt),
      one.url,
      one.context[0]?.values.people ?? '',
    ].join('|');
  const sections = ['eased', 'disagreements', 'minorities', 'proposals', 'carried'].flatMap(
    (key) => {
      const stored = data[key]?.quotes ?? data[key] ?? [];
      return stored.map((one: { quote?: JsonQuote }) =>
        quote(key)(one.quote ?? (one as JsonQuote)),
      );
    },
  );
  const places = data.missing.flatMap(
    (one: { values: { places?: { places: string[] } } }) => one.values.places?.places ?? [],
  );
  const languages = data.missing.flatMap(
    (one: { values: { languages?: { languages: string[] } } }) =>
      one.values.languages?.languages ?? [],
  );
  return {
    quotes: [
      ...data.findings.flatMap((one: { quotes: JsonQuote[] }) => one.quotes.map(quote('point'))),
      ...data.barriers.flatMap((one: { quotes: JsonQuote[] }) => one.quotes.map(quote('kind'))),
      ...sections,
    ],
    points: data.findings.map((one: Record<string, never>) => [
      ...[one.title, one.kind, one.people, one.reported, one.meToo, one.notHere, one.noLonger],
      ...[dayOf(one.since ?? ''), one.places],
    ]),
    kinds: data.barriers.map((one: Record<string, never>) => [
      ...[
        one.kind,
        one.people,
        one.contributions,
        one.countries,
        one.previousPeople,
        one.trend ?? '',
      ],
      values(one.statements ?? [], 'digests.say.kind.share')?.share ?? '',
    ]),
    places: data.places.map((one: Record<string, never>) => [
      one.place ?? '',
      one.people,
      one.contributions,
      one.countries,
    ]),
    named: Object.entries(data.namedBy).map(([by, n]) => `${by} ${n}`),
    missing: [...places, ...languages],
    total: [data.totals.people, data.totals.contributions, data.totals.countries],
  };
}

/** The same from the CSV. */
async function factsOfCsv(path: string): Promise<Facts> {
  const rows = readCsv((await page(`${path}.csv`)).text);
  const of = (name: string) => rows.filter(({ row }) => row === name);
  const n = (text = '') => (text === '' ? '' : Number(text));
  const under: Record<string, string> = {
    ...{ key_point_quote: 'point', quote: 'kind', eased: 'eased', disagreement: 'disagreements' },
    ...{ minority: 'minorities', proposal: 'proposals', carried: 'carried' },
  };
  return {
    quotes: rows.flatMap(({ row = '', quote = '', date = '', url = '', still_facing }) =>
      under[row] ? [[under[row], wordsOf(quote), dayOf(date), url, still_facing].join('|')] : [],
    ),
    points: of('key_point').map((one) => [
      ...[one.quote, one.kind, n(one.people), n(one.contributions), n(one.me_too)],
      ...[n(one.not_here), n(one.no_longer), dayOf(one.since ?? ''), (one.places ?? '').split(' ')],
    ]),
    kinds: of('barrier').map((one) => [
      ...[one.kind, n(one.people), n(one.contributions), n(one.countries), n(one.previous_people)],
      ...[one.trend, n(one.share)],
    ]),
    places: of('place').map((one) => [
      one.place,
      n(one.people),
      n(one.contributions),
      n(one.countries),
    ]),
    named: rows.flatMap(({ row = '', contributions }) =>
      row.startsWith('named_by_') ? [`${row.slice(9)} ${contributions}`] : [],
    ),
    missing: [
      ...of('missing_place').map(({ place = '' }) => place),
      ...of('missing_language').map(({ language = '' }) => language),
    ],
    total: of('total').flatMap((one) => [
      Number(one.people),
      Number(one.contributions),
      Number(one.countries),
    ]),
  };
}

describe.each(DIGESTS)('the formats of %s', (path) => {
  it('tell the same in the JSON and in the CSV', async () => {
    expect(sortedFacts(await factsOfCsv(path))).toEqual(sortedFacts(await factsOfJson(path)));
  });

  it('tell the same on the page and in the data', async () => {
    const facts = await factsOfJson(path);
    const { $ } = await page(path);
    const text = $('main').text().replace(/\s+/g, ' ');
    const quotes = facts.quotes.map((one) => one.split('|'));
    const onPage = $('main figure .signed a')
      .toArray()
      .map((one) => $(one).attr('href') ?? '');
    expect(onPage.sort()).toEqual(quotes.map(([, , , url = '']) => new URL(url).pathname).sort());
    for (const [, words = '', , url = '', still] of quotes) {
      const said = $('main figure')
        .filter((_, one) => $(one).find(`.signed a[href="${new URL(url).pathname}"]`).length > 0)
        .find('blockquote')
        .toArray();
      const shown = said.find((one) => wordsOf($(one).text()) === words);
      expect(shown, words).toBeDefined();
      const context = shown ? $(shown).parent().find('.context').text() : '';
      expect(/^\d+/.exec(context.trim())?.[0] ?? '', words).toBe(still);
    }
    const points = $('.finding')
      .toArray()
      .map((one) => {
        const said = $(one).find('.meta').text();
        const count = (of: RegExp) => Number(of.exec(said)?.[1] ?? 0);
        return [
          $(one).find('h2 a').text(),
          count(/(\d+) (?:person|people)/),
          count(/(\d+) more (?:person says|people say) they face it too/),
          count(/(\d+) (?:person says|people say) they do not face it/),
          count(/(\d+) (?:person says|people say) they no longer/),
          /reported on ([\d\w ]+\d{4})/.exec(said)?.[1],
        ];
      });
    const day = (at: string) => translator('en').day(Date.parse(at));
    expect(points).toEqual(
      (facts.points as [string, string, ...number[]][]).map(
        ([title, , people, , meToo, notHere, noLonger, since]) => [
          title,
          people,
          meToo,
          notHere,
          noLonger,
          day(String(since)),
        ],
      ),
    );
    const heads = $('.ranking thead th')
      .toArray()
      .map((one) => $(one).text());
    const rows = $('.ranking tbody tr')
      .toArray()
      .map((one) => {
        const cells = $(one)
          .find('td')
          .toArray()
          .map((cell) => $(cell).text().replace('%', '').trim());
        const cell = (head: string) => cells[heads.indexOf(head) - 1];
        const kind = $(one).find('th a[href^="#"]').attr('href')?.slice(1) ?? $(one).attr('id');
        return [kind, cell('People'), cell('Share') ?? ''];
      });
    expect(rows).toEqual(
      (facts.kinds as (string | number)[][]).map(([kind, people, , , , , share]) =>
        [kind, people, share].map(String),
      ),
    );
    for (const [code, people] of facts.places as [string, number][]) {
      if (code === '') continue;
      const named = placeName(code, 'en');
      const row = $('section[aria-labelledby=places] tr').filter(
        (_, one) => $(one).find('th').text() === named,
      );
      if (people === 1)
        expect(text).toMatch(new RegExp(`person reported barriers from [^.]*${named}`));
      else expect(row.find('td').first().text(), named).toBe(String(people));
    }
    for (const one of facts.named) {
      const [by = '', reports = ''] = one.split(' ');
      const words = {
        author: 'by the author',
        moderator: 'by a moderator',
        import: 'in the import',
        machine: 'by a machine',
      }[by];
      expect(text.includes(`${words} for ${reports} report`), one).toBe(reports !== '0');
    }
    for (const code of facts.missing) {
      const named = /^(\d{3}|[A-Z]{2})$/.test(code)
        ? placeName(code, 'en')
        : languageNames('en')(code);
      expect($('section[aria-labelledby=missing]').text()).toContain(named);
    }
    expect(text).toContain(`${facts.total[0]} people`);
  });
});

describe('the newest digests', () => {
  it.each([
    [
      '/digests/011/2026-10',
      'Most reported in Western Africa in October 2026: AI tools do not understand Wolof, Pular or Soussou (8 people; reported from Senegal, Guinea and Mauritania). ' +
        'Data must stay in countries without a certified data centre (6 people; reported from Côte d’Ivoire and Ghana). ' +
        'Also reported: Customs make a GPU far dearer (3 people; reported from Ghana and Nigeria).',
    ],
    [
      '/digests/world/2026-10',
      'Most reported in October 2026: AI tools do not understand Wolof, Pular or Soussou (8 people; reported from Senegal, Guinea and Mauritania). ' +
        'Cloud tools fail where the network is weak or down (7 people; reported from Kenya, Tanzania, Uganda and Ethiopia). ' +
        'Data must stay in countries without a certified data centre (6 people; reported from Côte d’Ivoire and Ghana).',
    ],
    [
      '/digests/world/2026-09',
      'Most reported in September 2026: AI services take only foreign cards, not local money (5 people; reported from Ghana, Benin, Nigeria and Togo). ' +
        'Also reported: AI tools do not understand Wolof, Pular or Soussou (2 people; reported from Guinea and Senegal). ' +
        'Cloud tools fail where the network is weak or down (2 people; reported from Kenya and Rwanda).',
    ],
  ])('say first what most people reported, in at most 60 words: %s', async (path, lead) => {
    const { $ } = await page(path);
    const said = $('p.lead').clone();
    said.find('.sources').remove();
    expect(said.text().replace(/\s+/g, ' ').trim()).toBe(lead);
    expect(lead.split(' ').length).toBeLessThanOrEqual(60);
  });

  it.each([
    ['/digests/011/2026-10', '1.2.'],
    ['/digests/world/2026-10', '1.2.3.'],
    ['/digests/world/2026-09', '1.'],
  ])('rank only what enough people report: %s', async (path, ranks) => {
    const { $ } = await page(path);
    expect($('.finding .rank').text().replace(/\s/g, '')).toBe(ranks);
    const people = JSON.parse((await page(`${path}.json`)).text).findings.map(
      (one: { people: number }) => one.people,
    );
    expect(people.filter((n: number) => n >= 5)).toHaveLength($('.finding .rank').length);
    expect(people.length).toBeGreaterThan($('.finding .rank').length);
  });

  it('count who is not affected, and who is no longer', async () => {
    const { $ } = await page('/digests/world/2026-10');
    const said = $('.finding .meta').text();
    expect(said).toContain('2 people say they do not face it where they are');
    expect(said).toContain('1 person says they no longer face it');
  });

  it('say more or fewer only of what both count and share say', async () => {
    const changed = async (path: string) => {
      const { $ } = await page(path);
      const sentences = $('section[aria-labelledby=changes] :is(p, li)').clone();
      sentences.find('.sources, sup').remove();
      return sentences.toArray().map((one) => $(one).text().replace(/\s+/g, ' ').trim());
    };
    expect(await changed('/digests/world/2026-10')).toEqual([
      'More people, and a larger share of them, reported “Language” than in September 2026.',
      'Fewer people, and a smaller share of them, reported “Cost and payment” than in September 2026.',
    ]);
    expect(await changed('/digests/world/2026-09')).toEqual([
      'More people reported barriers than in August 2026 (24 against 17), so more reported “Cost and payment”. Their share did not grow.',
    ]);
  });
});

describe('a list of places that is cut', () => {
  it.each([
    ['en', 'Nobody wrote from Niger, Benin, Sierra Leone, Togo or 4 more places.'],
    ['fr', 'Niger, Bénin, Sierra Leone, Togo ou 4 autres lieux.'],
    ['ar', 'النيجر أو بنين أو سيراليون أو توغو أو 4 أماكن أخرى.'],
  ])('ends in how many more there are: %s', async (language, said) => {
    const { $ } = await page('/digests/011/2026-10', language);
    expect($('section[aria-labelledby=missing]').text()).toContain(said);
  });
});

it('tells countries with reports from countries that somebody wrote from', async () => {
  const { $ } = await page('/digests/011/2026-10');
  const text = $('main').text().replace(/\s+/g, ' ');
  expect(text).toContain('22 people from 8 countries reported barriers.');
  expect(text).toContain(
    'Counting also people who reported no barrier, posts came from 9 of 17 countries and territories.',
  );
});

describe('the email of a digest', () => {
  async function written(language: Locale, scope = '011') {
    const { app } = causeway;
    const i18n = siteTranslator(app.community, language);
    const digest = await publishedDigest(app.db.reader, scope, '2026-10');
    if (!digest) throw new Error('the demo has this digest');
    const said = presentDigest(digest.content, digest.visible, i18n, editionOf(app, digest));
    const mail = writeDigestMail(i18n, {
      siteName: 'Causeway',
      origin: 'https://causeway.example',
      digests: [{ ...said, note: { text: 'Read the second one first.', by: 'mona' } }],
      earlier: [],
      tooFew: ['X', 'Y'],
      manage: 'https://causeway.example/manage',
      leave: 'https://causeway.example/leave',
    });
    return { mail, said };
  }

  it.each(LOCALE_TAGS)('calls its key points as %s does', async (language) => {
    const { mail, said } = await written(language);
    const titles = demoKeyPoints.map(({ texts }) => texts[language][0]);
    expect(said.findings.length).toBeGreaterThan(2);
    for (const { title } of said.findings) expect(titles).toContain(title);
    for (const { title } of said.findings.slice(0, 3)) expect(mail.text).toContain(title);
  });

  it.each<[Locale, string, string[]]>([
    [
      'en',
      'Western Africa, October 2026: AI tools do not understand Wolof, Pular or Soussou, and 2 more',
      [
        'Most reported in Western Africa in October 2026: AI tools do not understand Wolof, Pular or Soussou (8 people; reported from Senegal, Guinea and Mauritania).',
        '1. AI tools do not understand Wolof, Pular or Soussou',
        '8 people reported it (Senegal, Guinea and Mauritania) · First reported on 6 August 2026 · Worldwide, 5 more people say they face it too (4 of them in this period) · Worldwide, 2 people say they do not face it where they are (in this period)',
        'Customs make a GPU far dearer',
        'Editor’s note by mona',
        'Getting better',
        'Esi, in health or social care, Ghana, 15 October 2026',
        'Read the full digest and its sources',
        'No digest of X and Y this time: too few people wrote. Their posts count in wider regions and longer periods.',
        'The people counted here chose to write: this is not a survey. The numbers show who reported what, not how common it is.',
        'You get this email because you subscribed to digests from Causeway.',
        'Change your subscription',
        'Unsubscribe',
      ],
    ],
    [
      'fr',
      'Afrique occidentale, octobre 2026 : Les outils d’IA ignorent le wolof, le pular et le soussou (et 2 autres)',
      [
        'Note de la rédaction, par mona',
        'Ce qui s’améliore',
        'Lire la synthèse complète et ses sources',
        'Pas de synthèse cette fois : X et Y.',
        'Vous recevez cet e-mail parce que vous êtes abonné aux synthèses de Causeway.',
        'Modifier votre abonnement',
        'Se désabonner',
      ],
    ],
    [
      'ar',
      'غرب أفريقيا',
      [
        'ملاحظة المحرر: mona',
        'ما تحسّن',
        'اقرأ الخلاصة كاملة مع مصادرها',
        'لا خلاصة هذه المرة عن X وY، فمن كتبوا قليلون.',
        'تصلك هذه الرسالة لأنك مشترك في خلاصات Causeway.',
        'تعديل اشتراكك',
        'إلغاء الاشتراك',
      ],
    ],
  ])('says its sentences in %s', async (language, subject, sentences) => {
    const { mail } = await written(language);
    expect(mail.subject).toContain(subject);
    const text = mail.text.replace(/\s+/g, ' ');
    for (const sentence of sentences) expect(text).toContain(sentence);
  });

  it('names the site, then leads with the finding, and shows what changed and what eases', async () => {
    const { mail, said } = await written('en', 'world');
    const text = mail.text.replace(/\s+/g, ' ');
    expect(mail.html.indexOf('Causeway</a></header>')).toBeLessThan(mail.html.indexOf('<h1'));
    expect(mail.html).toContain('Causeway</a></header>');
    expect(mail.html).toContain(`a{color:${COLOURS.accent.light}}`);
    expect(text.startsWith(said.title)).toBe(true);
    const order = [
      said.title,
      said.lead[0]?.text ?? '',
      'What changed',
      said.changes[0]?.text ?? '',
      'Getting better',
      'the payment thing is better for me since September',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('names the kinds of which it quotes nobody', async () => {
    const { mail, said } = await written('en', 'world');
    const text = mail.text.replace(/\s+/g, ' ');
    const kinds = said.barriers.filter(({ quotes }) => quotes.length === 0);
    expect(kinds.length).toBeGreaterThan(0);
    for (const { heading, count } of kinds) expect(text).toContain(`${heading} (${count})`);
  });
});
