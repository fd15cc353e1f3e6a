import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { issueSetupToken } from '~/domain/accounts/auth/setup-link';
import { seedOnce } from '~/domain/import-export/seed';
import { MINUTE } from '~/platform/clock';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { fieldsOf } from './support/form-fields';
import { inMail } from './support/mail';
import { subjectIn } from './support/subject';

/*
 * Three communities of other subjects and languages, from a new site to a published digest, by HTTP
 * alone. No page may say what the seed is about.
 */

interface Community {
  siteName: string;
  languages: string[];
  posts: string[];
  country: string;
  kind: string;
  answers: string[];
}

const COMMUNITIES: Community[] = [
  {
    siteName: 'Agua del barrio',
    languages: ['en'],
    posts: ['water-es.md'],
    country: 'PE',
    kind: 'cost',
    answers: [
      'Pagamos al camión treinta soles por semana y el recibo del vecino es de diez.',
      'El agua del camión cuesta más que la comida de dos días para mis cuatro hijos.',
      'No podemos pagar la conexión porque la empresa pide el dinero de un año entero.',
      'Mi madre paga ocho veces más por cada cilindro que la gente de la parte baja.',
      'El precio del agua subió dos veces este año y nadie nos explicó por qué.',
    ],
  },
  {
    siteName: 'من يسمعك',
    languages: ['ar', 'fr'],
    posts: ['court-interpreting-ar.html', 'court-interpreting-fr.html'],
    country: 'TN',
    kind: 'skills',
    answers: [
      'لم نجد في المحكمة مترجمًا واحدًا يعرف لهجة أبي، فأُجلت الجلسة ثلاث مرات.',
      'لا توجد في مدينتنا مدرسة تعلّم الترجمة أمام القضاء، ومن يتعلّم يسافر.',
      'Mon voisin a traduit pour moi devant le juge, sans jamais avoir appris les mots du droit.',
      'Notre tribunal cherche depuis deux ans un interprète de bambara et n’en trouve pas.',
      'طلبت مترجمًا للغة الإشارة فقالوا إن الوحيد المدرَّب تقاعد في الربيع الماضي.',
    ],
  },
  {
    siteName: 'Mlo wa shule',
    languages: ['en', 'fr'],
    posts: ['school-meals-sw.md', 'school-meals-en.txt'],
    country: 'TZ',
    kind: 'cost',
    answers: [
      'Mtoto wangu hunywa uji tu kwa sababu mchango wa mahindi umepanda bei mara mbili.',
      'Kuni zinagharimu zaidi ya unga, kwa hiyo jiko la shule hufungwa siku mbili kwa wiki.',
      'Our school cannot pay the cook in the last month of each term, so nobody cooks.',
      'A plate of beans costs parents here more than the bus to town and back.',
      'Wazazi wengi hawawezi kulipa mchango wa chakula wakati wa mvua.',
    ],
  },
];

it.each(COMMUNITIES)(
  '$siteName goes from an article to a digest',
  async (community) => {
    const { siteName, languages, posts, country, kind, answers } = community;
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    await seedOnce(causeway.app);
    const keeper = causeway.client();
    const setup = await keeper.post(`/setup/${await issueSetupToken(causeway.app)}`, {
      ...{ siteName, languages, defaultLanguage: languages[0] ?? '' },
      ...{ email: 'keeper@example.org', handle: 'keeper', password: 'a boat on the causeway' },
    });
    expect(setup.location).toBe('/admin/start');
    expect((await keeper.post('/admin/start', { beginning: 'own' })).status).toBe(303);

    expect(causeway.app.community.pillars).toEqual([]);
    const asked: string[] = [];
    for (const post of posts) asked.push(await converse(keeper, post));
    for (const [at, body] of answers.entries()) {
      causeway.clock.advance(MINUTE);
      const thread = asked[at % asked.length] ?? '';
      await answer(causeway, thread, { body, country, barrier: kind }, `person${at}@example.org`);
    }

    const built = await keeper.post('/mod/digests', { scope: country, period: '2026-W45' });
    expect(built.status).toBe(303);
    const draft = await keeper.get(built.location ?? '');
    const seen = String(draft.$('input[name=seen]').first().val());
    const published = await keeper.post(built.location ?? '', { action: 'publish', seen });
    expect(published.status).toBe(303);
    const digest = await causeway.client().get(`/digests/${country}/2026-W45`);
    expect(digest.status).toBe(200);
    expect(digest.$('main blockquote').length).toBeGreaterThan(0);
    expect(digest.$('main').text()).toContain(
      causeway.app.community.name('barrier', kind, languages[0] ?? ''),
    );

    const kinds = new Set<string>();
    for (const language of languages) {
      expect(await saying(causeway.client(), language, kinds)).toEqual([]);
      expect(await saying(keeper, language, kinds)).toEqual([]);
    }
    expect(kinds.size).toBeGreaterThan(60);
  },
  240_000,
);

/** Makes a conversation of an article, with all topics that it names, and returns its first question. */
async function converse(keeper: Client, post: string): Promise<string> {
  const article = readFileSync(`tests/fixtures/posts/${post}`, 'utf8');
  const preview = await keeper.post('/admin/conversations', { action: 'read', article });
  const fields = fieldsOf(preview, 'main form[action="/admin/conversations"]');
  const made = await keeper.post('/admin/conversations', {
    ...fields,
    pillar: (fields.pillar ?? []).map(() => '+'),
  });
  expect(made.status, post).toBe(303);
  const here = made.location ?? '';
  expect((await keeper.post(here, { action: 'publish' })).status).toBe(303);
  return (await keeper.get(here)).$('.questions a').attr('href') ?? '';
}

/** Answers as a visitor: the answer is posted when the address is confirmed. */
async function answer(
  causeway: TestCauseway,
  thread: string,
  fields: Record<string, string>,
  email: string,
): Promise<void> {
  const visitor = causeway.client();
  const sent = await visitor.post(thread, { ...fields, email });
  expect(sent.status).toBe(303);
  causeway.clock.advance(MINUTE);
  const link = await inMail(causeway, email, /\/confirm\/\S+/);
  const confirmed = await visitor.post(link);
  expect(confirmed.status).toBe(303);
  const page = await causeway.client().get(thread);
  expect(page.$('main').text()).toContain(fields.body);
}

/**
 * Follows links through a site, to at most three pages of each kind, and returns where the subject of the
 * seed is named, each with the text around it. `kinds` gets the kinds of pages.
 */
async function saying(client: Client, language: string, kinds: Set<string>): Promise<string[]> {
  const found: string[] = [];
  const taken = new Map<string, number>();
  const waiting = ['/', '/sitemap.xml', '/feed.xml', '/api/v1/openapi.json', '/barriers.csv'];
  const known = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const page = await client.get(path, { 'Accept-Language': language });
    if (page.status !== 200) continue;
    kinds.add(kindOf(path));
    const text = textOf(page);
    for (const at of subjectIn(text)) {
      found.push(`${language} ${path}: ${text.slice(Math.max(0, at - 60), at + 60)}`);
    }
    for (const next of linksOf(page)) {
      const n = taken.get(kindOf(next)) ?? 0;
      if (known.has(next) || n >= 3) continue;
      known.add(next);
      taken.set(kindOf(next), n + 1);
      waiting.push(next);
    }
  }
  return found;
}

/** The path without what is different for each page: ids, codes, periods and names. */
function kindOf(path: string): string {
  const [steps = ''] = path.split('?');
  const [, first, second, ...others] = steps.split('/');
  return [first, first === 'admin' || first === 'settings' ? second : second && ':', ...others]
    .map((step, at) => (at > 2 ? ':' : step))
    .join('/');
}

function linksOf({ $ }: Answer): string[] {
  return $('a[href], link[href]')
    .toArray()
    .map((one) => $(one).attr('href')?.split('#')[0] ?? '')
    .filter((href) => href.startsWith('/') && !href.startsWith('/assets'));
}

/** What a page says, with its names and descriptions; of other files, everything. */
function textOf({ headers, text, $ }: Answer): string {
  const type = headers.get('Content-Type') ?? '';
  if (!type.includes('html')) return /text|xml|json|csv/.test(type) ? text : '';
  $('script, style').remove();
  const said = ['content', 'aria-label', 'title', 'alt', 'placeholder'].flatMap((name) =>
    $(`[${name}]`)
      .toArray()
      .map((one) => $(one).attr(name) ?? ''),
  );
  return [$('html').text(), ...said].join('\n');
}
