import { get } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { LOCALE_TAGS, LOCALES } from '~/platform/i18n/locales';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { CHECKED_LANGUAGES } from './support/languages';

const PAGES = ['/about', '/rules', '/privacy', '/glossary', '/accessibility'];

let causeway: TestCauseway;

beforeAll(async () => {
  causeway = await startTestCauseway({
    MAIL_FROM: 'The Causeway people <hello@causeway.example>',
    DIGEST_MIN_AUTHORS: '7',
    HOLD_FIRST_POSTS: '3',
  });
});
afterAll(() => causeway.close());

describe.each(PAGES)('%s', (path) => {
  it.each(LOCALE_TAGS)('speaks %s', async (lang) => {
    const { status, $, text } = await causeway.client().get(path, { 'Accept-Language': lang });
    expect(status).toBe(200);
    expect($('html').attr('lang')).toBe(lang);
    expect($('html').attr('dir')).toBe(LOCALES[lang].dir);
    expect($('h1').length).toBe(1);
    expect($('title').text()).toBe(`${$('h1').text()} · Causeway`);
    expect($('script').length).toBe(0);
    expect(text).not.toMatch(/pages\.|vocabulary\.|\{[a-z]+[},]/);
  });

  it('has one address and marks itself in the navigation', async () => {
    const { $ } = await causeway.client().get(`${path}?from=mail`);
    expect($('link[rel=canonical]').attr('href')).toBe(causeway.config.origin + path);
    expect($('footer [aria-current=page]').attr('href')).toBe(path);
  });

  it('has no broken links within the page', async () => {
    const { $ } = await causeway.client().get(path);
    const targets = $('a[href^="#"]').map((_, a) => $(a).attr('href')?.slice(1));
    expect(targets.length).toBeGreaterThan(1);
    for (const id of targets) expect($(`[id="${id}"]`).length, id).toBe(1);
    const ids = $('[id]')
      .map((_, one) => $(one).attr('id'))
      .get();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CHECKED_LANGUAGES)('is small for slow connections in %s', async (lang) => {
    const page = await fetchBrotli(path, lang);
    const files = [...page.text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg|png))"/g)];
    const addresses = [...new Set(files.map(([, address = '']) => address))];
    expect(addresses.length + 1).toBeLessThanOrEqual(3);
    const sheets = addresses.filter((address) => address.endsWith('.css'));
    expect(sheets.length).toBe(1);
    let weight = page.bytes;
    for (const sheet of sheets) weight += (await fetchBrotli(sheet, lang)).bytes;
    expect(weight).toBeLessThanOrEqual(14 * 1024);
  });
});

/**
 * Fetches a file compressed, as a browser does: its size on the wire (hidden by `fetch`) and its
 * content.
 */
async function fetchBrotli(path: string, lang: string) {
  const body = await new Promise<Buffer>((resolve, reject) => {
    const headers = { 'Accept-Encoding': 'br', 'Accept-Language': lang };
    get(new URL(path, causeway.url), { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts)));
    }).on('error', reject);
  });
  return { bytes: body.length, text: brotliDecompressSync(body).toString() };
}

describe('the promises of the pages', () => {
  it('follows the configuration', async () => {
    const about = await causeway.client().get('/about');
    expect(about.$('#the-post cite').text()).toContain('Democratizing AI Power');
    expect(about.text).toContain('only from 7 people');
    expect(about.$('a[href="mailto:hello@causeway.example"]').length).toBe(1);
    const rules = await causeway.client().get('/rules');
    expect(rules.text).toContain('A moderator reads the first 3 posts of every new member');
    const privacy = await causeway.client().get('/privacy');
    expect(
      privacy
        .$('code')
        .map((_, one) => privacy.$(one).text())
        .get(),
    ).toEqual([
      'causeway_session',
      'causeway_language',
      'causeway_device',
      'causeway_attempt',
      'causeway_got',
      'causeway_place',
      'causeway_link',
      'causeway_sent',
      'causeway_invitation',
    ]);
  });

  it('has an anchor for every rule and every term', async () => {
    const rules = await causeway.client().get('/rules');
    for (const rule of causeway.app.community.rules)
      expect(rules.$(`section#${rule} h2`).length, rule).toBe(1);
    const glossary = await causeway.client().get('/glossary');
    const terms = causeway.app.community.glossary;
    expect(terms.length).toBeGreaterThanOrEqual(7);
    for (const slug of terms) expect(glossary.$(`dl #${slug} dd`).length, slug).toBe(1);
  });

  it('does not set a cookie for reading', async () => {
    for (const path of PAGES) {
      const { headers } = await causeway.client().get(path);
      expect(headers.getSetCookie(), path).toEqual([]);
    }
  });
});

describe('who runs the site', () => {
  it('stands on About and in the footer, with the article and its link', async () => {
    const named = await useCauseway({
      OPERATOR_NAME: 'Open Bridges <e.V.>',
      OPERATOR_PLACE: 'Dakar, Senegal',
      OPERATOR_PEOPLE: 'Ada Obi, editor; Kofi Mensah, moderator',
      OPERATOR_FUNDING: 'Members pay.',
      ARTICLE_URL: 'https://blog.example/democratizing',
    });
    const { $ } = await named.client().get('/about');
    const who = $('#who + dl').text();
    for (const words of ['Open Bridges <e.V.>', 'Dakar, Senegal', 'Members pay.']) {
      expect(who).toContain(words);
    }
    expect($('#who + dl dd').length).toBe(7);
    expect($('#the-post cite a').attr('href')).toBe('https://blog.example/democratizing');
    expect($('footer').text()).toContain('Run by Open Bridges <e.V.>, Dakar, Senegal.');
    expect($('footer a[href="https://blog.example/democratizing"]').length).toBe(1);
  });

  it('says what to fill in where nothing is', async () => {
    const { $ } = await causeway.client().get('/about');
    const missing = $('#who + dl dd:contains("Not filled in yet")').prev();
    expect(missing.map((_, term) => $(term).text()).get()).toEqual([
      'Organisation',
      'Place',
      'People',
      'Funding',
    ]);
    // The article has a title, but no link yet.
    expect($('#who + dl cite').text()).toBe($('#the-post cite').text());
    expect($('#who + dl cite').text()).not.toBe('');
    expect($('#who + dl dd').last().text()).toBe('The link is not filled in yet.');
    expect($('footer a[href="/about#who"]').text()).toBe('Who runs this site');
  });
});

describe('the home page of a new site', () => {
  it('is one sentence, one button and the questions', async () => {
    const fresh = await useCauseway();
    await seedOnce(fresh.app);
    const { $ } = await fresh.client().get('/');
    expect($('main .lead').text()).toMatch(/^[^.]+\.$/);
    expect($('main a.button').length).toBe(1);
    expect($('main .questions > li').length).toBe(5);
    expect($('main h2').length).toBe(1);
    expect($('main aside, main figure').length).toBe(0);
    expect($('meta[property="og:title"]').attr('content')).toBe($('h1').text());
    expect($('meta[property="og:image"]').length).toBe(0);
  });
});
