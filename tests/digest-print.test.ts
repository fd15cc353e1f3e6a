import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { buildDemo, DEMO_ACCOUNTS } from '~/domain/import-export/demo';
import { demoPerson } from '~/domain/import-export/demo-desk';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { useCauseway } from './support/causeway';

const CONVERSATION = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

describe.skipIf(!hasBrowser)('a digest on paper', () => {
  it('is as wide as the sheet, under three pages if small, with addresses and nothing to press', async () => {
    const causeway = await useCauseway();
    await buildDemo(causeway.app, CONVERSATION);
    // Each digest of the demo counts more than 20 people; this one counts 11.
    const { app } = causeway;
    const moderator = await demoPerson(app, DEMO_ACCOUNTS.moderator.handle);
    const { id } = await buildDigest(app, '014', '2026-10');
    await publishDigest(app, id, moderator.id);
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const context = await openContext(browser, { javaScript: true });
    const page = await context.newPage();
    const sheetsOf = async (paper: Page, path: string, format: string) => {
      await paper.goto(causeway.url + path);
      await paper.evaluate(LONG_ORIGIN);
      const pdf = await paper.pdf({ format, margin: MARGIN });
      return pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    };
    for (const [locale, format] of SHEETS) {
      const paper = await (await openContext(browser, { javaScript: true, locale })).newPage();
      const sheets = await sheetsOf(paper, '/digests/011/2026-10', format);
      expect([1, 2], `${locale} on ${format}`).toContain(sheets);
      await paper.emulateMedia({ media: 'print' });
      expect(await paper.evaluate(CROWDED), `${locale} on ${format}`).toEqual([]);
    }
    expect([1, 2]).toContain(await sheetsOf(page, '/digests/014/2026-10', 'A4'));
    // The longest one, in a language of long words on short sheets.
    const french = await (await openContext(browser, { javaScript: true, locale: 'fr' })).newPage();
    expect(await sheetsOf(french, '/digests/world/2026-10', 'Letter')).toBeLessThanOrEqual(3);
    // What is read on paper is at least 7 points high, but for the numbers of sources.
    await page.emulateMedia({ media: 'print' });
    expect(Number(await page.evaluate(SMALLEST))).toBeGreaterThan((7 / 72) * 96);
    await page.goto(`${causeway.url}/digests/011/2026-10`);

    // A4 without the margins, at 96 pixels an inch.
    await page.setViewportSize({ width: 700, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const boxes = await page.locator('.digest :is(h1, .lead, .finding blockquote)').all();
    const main = (await page.locator('.digest').boundingBox())?.width ?? 0;
    expect(boxes.length).toBeGreaterThan(4);
    expect(main).toBeGreaterThan(600);
    for (const box of boxes) {
      expect((await box.boundingBox())?.width).toBeGreaterThan(main * 0.9);
    }
    // Voices and tables stand in two columns.
    for (const half of await page.locator('.digest :is(.barrier blockquote, table)').all()) {
      expect((await half.boundingBox())?.width).toBeGreaterThan(main * 0.4);
    }
    const pressed = ['button', 'nav', 'input', '.subscribe', '.files'];
    const tried: string[] = [];
    // Not every digest folds something.
    for (const what of [...pressed, 'summary']) {
      for (const one of await page.locator(what).all()) {
        tried.push(what);
        expect(await one.isVisible(), what).toBe(false);
      }
    }
    expect([...new Set(tried)]).toEqual(expect.arrayContaining(pressed));
    const list = page.locator('.source-list');
    expect(await list.getAttribute('data-origin')).toBe(causeway.config.origin);
    const [site, address] = (await page.evaluate(SHOWN)) as string[];
    expect(site).toContain(causeway.config.origin);
    expect(address).toContain(await list.locator('a').first().getAttribute('href'));
  }, 90_000);
});

/** The smallest type that is shown, in CSS pixels. */
const SMALLEST = `Math.min(...[...document.querySelectorAll('.digest *')]
  .filter((one) => one.checkVisibility() && !one.closest('sup'))
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))`;
/** As long as the addresses of real sites. */
const LONG_ORIGIN = `document.querySelector('.source-list').dataset.origin =
  'https://conversation.democratizing-ai-power.example.org'`;
/** What stands at the head of the list of sources, and after its first source. */
const SHOWN = `[['.source-list', '::before'], ['.source-list a', '::after']].map(
  ([what, part]) => getComputedStyle(document.querySelector(what), part).content)`;
/** Sources whose address touches the date, or whose number has no room beside the column before. */
const CROWDED = `(() => {
  const rtl = document.documentElement.dir === 'rtl';
  return [...document.querySelectorAll('.source-list li')].flatMap((source, at, all) => {
    const { fontSize } = getComputedStyle(source);
    const after = getComputedStyle(source.querySelector('a'), '::after');
    const gap = parseFloat(rtl ? after.marginRight : after.marginLeft);
    const before = all[at - 1]?.getBoundingClientRect();
    const box = source.getBoundingClientRect();
    const room = rtl ? before?.left - box.right : box.left - before?.right;
    const first = before && before.top > box.top;
    return gap > 0 && !(first && room < 2 * parseFloat(fontSize)) ? [] : [source.textContent];
  });
})()`;
const SHEETS = [
  ['en', 'Letter'],
  ['fr', 'A4'],
  ['fr', 'Letter'],
  ['ar', 'Letter'],
] as const;
const MARGIN = { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' };
