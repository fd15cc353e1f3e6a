import { readFileSync } from 'node:fs';
import { desc, eq } from 'drizzle-orm';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildDemo, DEMO_ACCOUNTS, DEMO_PASSWORD } from '~/domain/import-export/demo';
import { MINUTE } from '~/platform/clock';
import { meToos, posts } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { mailTo } from './support/mail';

/*
 * What `/accessibility` says of the keyboard and of screen readers. axe, zoom, forced colours and
 * markup are tested on every page, in every-page.test.ts.
 */

describe.skipIf(!hasBrowser)('without a mouse', () => {
  let causeway: TestCauseway;
  let browser: Browser;
  beforeAll(async () => {
    causeway = await startTestCauseway();
    await buildDemo(causeway.app, readFileSync('db/seed/demo/conversation.jsonl', 'utf8'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await causeway.close();
  });

  /** Opens a page in a new window of a phone's width, without scripts. */
  async function open(path: string): Promise<Page> {
    const context = await openContext(browser, { width: 390 });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(causeway.url + path);
    return page;
  }

  async function logIn(page: Page, { email }: { email: string }): Promise<void> {
    await page.goto(`${causeway.url}/login`);
    await tabTo(page, 'main #email');
    await page.keyboard.type(email);
    await tabTo(page, 'main #password');
    await page.keyboard.type(DEMO_PASSWORD);
    await enter(page);
  }

  /** What a screen reader gets, without addresses: ids are new in each run. */
  async function treeOf(part: Locator): Promise<string> {
    const tree = `${await part.ariaSnapshot()}\n`.replaceAll(/^ *- \/url: .*\n/gm, '');
    // A link of which nothing but the address was told.
    return tree.replaceAll(/^( *)(- .*):\n(?!\1 )/gm, '$1$2\n');
  }

  it('screen readers get the same of a thread, its form, a digest and the desk as before', async () => {
    const page = await open('/t/q1/biggest-barrier');
    const fixture = (name: string) => `fixtures/accessibility/${name}.txt`;
    const thread = [page.locator('header.masthead'), page.locator('#p-d001')];
    const trees = await Promise.all(thread.map(treeOf));
    await expect(trees.join('')).toMatchFileSnapshot(fixture('thread'));
    await expect(await treeOf(page.locator('#reply'))).toMatchFileSnapshot(fixture('composer'));
    await page.goto(`${causeway.url}/digests/011/2026-10`);
    const finding = await treeOf(page.locator('.finding').first());
    await expect(finding).toMatchFileSnapshot(fixture('digest'));
    await logIn(page, DEMO_ACCOUNTS.moderator);
    await page.goto(`${causeway.url}/mod/posts/d035`);
    await expect(await treeOf(page.locator('main'))).toMatchFileSnapshot(fixture('desk'));
  });

  it('a reader skips to the content, changes the language and opens a section', async () => {
    const page = await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.goto(causeway.url);
    await tabTo(page, '.menu > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '.sections a[href="/digests"]');
    await enter(page);
    expect(new URL(page.url()).pathname).toBe('/digests');
    await tabTo(page, '.language button[value=fr]');
    await enter(page);
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    expect(new URL(page.url()).pathname).toBe('/digests');
  });

  it('a visitor answers a question', async () => {
    const page = await open('/t/q1/biggest-barrier');
    await tabTo(page, '#body');
    await page.keyboard.type('Only the keyboard works on this machine.');
    await tabTo(page, '#reply [name=country]');
    await page.keyboard.type('Kenya');
    await tabTo(page, '#reply [name=email]');
    await page.keyboard.type('keys@example.org');
    causeway.clock.advance(MINUTE);
    await tabTo(page, '#reply button.primary[type=submit]');
    await enter(page);
    expect((await mailTo(causeway, 'keys@example.org', /./)).text).toContain('/confirm/');
  });

  it('a visitor reports a barrier', async () => {
    const page = await open('/barriers/new');
    await tabTo(page, '#body');
    await page.keyboard.type('The form of the ministry needs a mouse.');
    await tabTo(page, '#main [name=country]');
    await page.keyboard.type('Kenya');
    await tabTo(page, '#main [name=email]');
    await page.keyboard.type('forms@example.org');
    causeway.clock.advance(MINUTE);
    await tabTo(page, '#main button.primary[type=submit]');
    await enter(page);
    // First it is shown as it will look, with reports of others.
    await tabTo(page, '#main button.primary[type=submit]');
    await enter(page);
    expect((await mailTo(causeway, 'forms@example.org', /./)).text).toContain('/confirm/');
  });

  it('a visitor subscribes from a digest, and unsubscribes', async () => {
    const page = await open('/digests/011/2026-10');
    causeway.clock.advance(MINUTE);
    await tabTo(page, '.subscribe [name=email]');
    await page.keyboard.type('digests@example.org');
    await enter(page);
    const { text } = await mailTo(causeway, 'digests@example.org', /./);
    const link = /http\S+\/subscriptions\/\S+/.exec(text ?? '')?.[0] ?? 'no link';
    await page.goto(link.replace(causeway.config.origin, causeway.url));
    await tabTo(page, 'main [name=scope]');
    expect(await isFocused(page, ':checked')).toBe(true);
    await tabTo(page, '.leave button');
    await enter(page);
    expect(await page.locator('main [name=scope]').count()).toBe(0);
  });

  it('a visitor flags a post', async () => {
    const page = await open('/p/d002/flag');
    causeway.clock.advance(MINUTE);
    await tabTo(page, 'main [name=reason]');
    await page.keyboard.press('Space');
    await tabTo(page, 'main [name=email]');
    await page.keyboard.type('flags@example.org');
    await tabTo(page, 'main button.primary');
    await enter(page);
    expect((await mailTo(causeway, 'flags@example.org', /./)).text).toContain('/confirm/');
  });

  it('a member logs in by a code', async () => {
    const { email } = DEMO_ACCOUNTS.member;
    const page = await open('/login');
    await tabTo(page, 'main [name=email]');
    await page.keyboard.type(email);
    await tabTo(page, 'main button[name=way][value=code]');
    await enter(page);
    const { text } = await mailTo(causeway, email, /code/);
    await tabTo(page, 'main [name=code]');
    await page.keyboard.type(text?.split('\n')[0] ?? '');
    await enter(page);
    expect(await page.locator('.account a[href="/you"]').count()).toBe(1);
  });

  it('a member logs in, says “I face this too” and logs out', async () => {
    const page = await open('/login');
    await logIn(page, DEMO_ACCOUNTS.member);
    await page.goto(`${causeway.url}/t/q1/biggest-barrier?sort=newest`);
    const before = (await causeway.app.db.reader.select().from(meToos)).length;
    await tabTo(page, 'form.me-too button');
    await enter(page);
    expect((await causeway.app.db.reader.select().from(meToos)).length).toBe(before + 1);
    await tabTo(page, '.menu > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '.menu form button');
    await enter(page);
    expect(await page.locator('.account a[href^="/login"]').count()).toBe(1);
  });

  it('a moderator finds a post that waits, and approves it', async () => {
    const { reader } = causeway.app.db;
    const [held] = await reader
      .select()
      .from(posts)
      .where(eq(posts.state, 'held'))
      .orderBy(desc(posts.createdAt))
      .limit(1);
    const page = await open('/login');
    await logIn(page, DEMO_ACCOUNTS.moderator);
    await page.goto(`${causeway.url}/mod/posts/${held?.id}`);
    await tabTo(page, 'main input[name=action]');
    for (let n = 0; n < 20 && !(await isFocused(page, '[value=approve]')); n++) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Space');
    await tabTo(page, 'main form[action^="/mod/cases/"] button.primary[type=submit]');
    await enter(page);
    const [post] = await reader
      .select()
      .from(posts)
      .where(eq(posts.id, held?.id ?? ''));
    expect(post?.state).toBe('visible');
  });
});

/** Presses Tab until an element has the focus; the focus must be visible on the way. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < 300; n++) {
    await page.keyboard.press('Tab');
    const { hit, shown, html } = (await page.evaluate(
      `(${focused})(${JSON.stringify(selector)})`,
    )) as {
      hit: boolean;
      shown: boolean;
      html: string;
    };
    expect(shown, `the focus is visible on ${html}`).toBe(true);
    if (hit) return;
    passed.push(html);
  }
  throw new Error(`Tab does not reach ${selector}: ${passed.slice(-20).join('\n')}`);
}

/** Runs in the page: the element with the focus. */
const focused = `(selector) => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const shown = element === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
  return { hit: element.matches(selector), shown, html: element.outerHTML.slice(0, 100) };
}`;

async function isFocused(page: Page, selector: string): Promise<boolean> {
  return (await page.evaluate(
    `document.activeElement.matches(${JSON.stringify(selector)})`,
  )) as boolean;
}

/** Presses Enter on a link, a button or in a form, and waits for the next page. */
async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}
