import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '~/platform/clock';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { wireBytes } from './support/weight';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let thread: { id: string; path: string };

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  ada = await addMember(causeway, 'ada');
  kofi = await addMember(causeway, 'kofi');
});
afterAll(() => causeway.close());

beforeEach(async () => {
  causeway.clock.advance(15 * MINUTE);
  thread = await addThread(causeway, kofi, 'A thread to write in on a bad line');
});

describe('the script that keeps a text', () => {
  it('is on the pages where a logged-in person writes, below 1 kB, and allowed there alone', async () => {
    const own = await addPost(causeway, ada, thread.id, 'Mine');
    for (const path of [thread.path, '/threads/new', '/barriers/new', `/p/${own}/edit`]) {
      const page = await ada.client.get(path);
      const source = page.$('script').attr('src') ?? '';
      expect(source, path).toMatch(/^\/assets\/keep-text-/);
      expect(page.$('script').length, path).toBe(1);
      // Text browsers show hidden elements, so it must be empty.
      expect(page.$('[data-keep]').text(), path).toBe('');
      expect(page.headers.get('Content-Security-Policy'), path).toContain("script-src 'self'");
      expect((await wireBytes(causeway.url + source)).bytes).toBeLessThan(1024);
    }
    for (const path of [thread.path, '/threads/new', '/barriers/new']) {
      const page = await causeway.client().get(path);
      expect(page.$('script, [data-keep]').length, path).toBe(0);
      expect(page.headers.get('Content-Security-Policy'), path).not.toContain('script-src');
    }
  });

  it('is told about arrived texts only if it asked, and never by a header that the sender chose', async () => {
    const post = (fields: Record<string, string>) =>
      ada.client.post(`/t/${thread.id}`, { body: `Once ${JSON.stringify(fields)}`, ...fields });
    const cookies = (answer: Awaited<ReturnType<typeof post>>) =>
      answer.headers.getSetCookie().filter((line) => line.startsWith('causeway_got='));
    expect(cookies(await post({ key: 'a-key' }))).toEqual([]);
    expect(cookies(await post({ key: 'b key; Domain=x', tell: '1' }))).toEqual([]);
    expect(cookies(await post({ key: 'c-key', tell: '1' }))).toEqual([
      'causeway_got=c-key; Max-Age=3600; Path=/; SameSite=Lax',
    ]);
    expect(cookies(await post({ key: 'd-key', tell: '1', replyTo: 'nothing' }))).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('in a browser with JavaScript', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    await context?.close();
    context = await openContext(browser, { javaScript: true, width: 390 });
    await context.addCookies(ada.client.cookiesForBrowser());
    page = await context.newPage();
    await page.goto(causeway.url + thread.path);
  });

  const offer = () => page.locator('[data-keep]');
  const records = () => page.evaluate<number>('Object.keys(localStorage).length');
  const posts = () => page.locator('.post', { hasText: 'On a bus' }).count();

  it('a text survives a lost connection, is posted once, and is deleted when the server has it', async () => {
    await page.fill('#body', 'On a bus,\nbetween two hills');
    await context.setOffline(true);
    await page.click('#reply button.primary').catch(() => undefined);
    await page.close();
    await context.setOffline(false);

    page = await context.newPage();
    await page.goto(causeway.url + thread.path);
    expect(await page.inputValue('#body')).toBe('');
    expect(await offer().textContent()).toContain('between two hills');
    await page.click('button[name=put]');
    expect(await page.inputValue('#body')).toBe('On a bus,\nbetween two hills');
    expect(await offer().isVisible()).toBe(false);
    await page.click('#reply button.primary');
    await page.waitForURL(/#p-/);
    // The questions about the post have no form for texts; the device forgets in the thread.
    await page.goto(causeway.url + thread.path);
    expect(await posts()).toBe(1);
    expect(await offer().isVisible()).toBe(false);
    expect(await records()).toBe(0);
    expect(await page.evaluate('document.cookie')).not.toContain('causeway_got');
  });

  it('a text whose response was lost is not posted again, but a changed one is', async () => {
    // The request arrives, but the response and its cookies do not.
    await page.route(`**/t/${thread.id}*`, async (route) => {
      const request = route.request();
      if (request.method() !== 'POST') return route.continue();
      const body = request.postData();
      const headers = await request.allHeaders();
      await fetch(request.url(), { method: 'POST', headers, body, redirect: 'manual' });
      await route.abort();
    });
    await page.fill('#body', 'On a bus, sent blindly');
    await page.click('#reply button.primary').catch(() => undefined);
    await page.unroute(`**/t/${thread.id}*`);
    await page.goto('about:blank');
    await page.goto(causeway.url + thread.path);
    expect(await posts()).toBe(1);
    await page.click('button[name=put]');
    await page.click('#reply button.primary');
    await page.waitForURL(/#p-/);
    // The questions about the post have no form for texts; the device forgets in the thread.
    await page.goto(causeway.url + thread.path);
    expect(await posts()).toBe(1);
    expect(await records()).toBe(0);
  });

  it('a saved draft and a preview need no second copy; another text stays beside', async () => {
    await page.fill('#body', 'On a bus, first thought');
    await page.click('button[name=save]');
    await page.waitForSelector('.draft-line');
    expect(await records()).toBe(0);
    await page.fill('#body', 'On a bus, second thought');
    await page.click('button[name=preview]');
    await page.waitForSelector('.preview');
    expect(await records()).toBe(0);

    // Two tabs, neither sent: both texts are offered elsewhere, newest first.
    const tab = await context.newPage();
    await tab.goto(causeway.url + thread.path);
    await tab.fill('#body', 'From the other tab');
    await tab.close({ runBeforeUnload: false });
    await page.fill('#body', 'On a bus, third thought');
    await page.goto(causeway.url + thread.path);
    expect(await offer().textContent()).toContain('third thought');
    await page.click('button[name=forget]');
    expect(await offer().textContent()).toContain('From the other tab');
    await page.click('button[name=forget]');
    expect(await offer().isVisible()).toBe(false);
    expect(await records()).toBe(0);
    expect(await page.inputValue('#body')).toBe('On a bus, second thought');
  });

  it('other people on the device are not offered it, and logging out removes it', async () => {
    await page.fill('#body', 'On a bus, mine alone');
    await page.goto(`${causeway.url}/about`);
    expect(await records()).toBe(1);
    await context.addCookies(kofi.client.cookiesForBrowser());
    await page.goto(causeway.url + thread.path);
    expect(await offer().isVisible()).toBe(false);
    await page.click('.menu > summary');
    await page.click('.menu form[action="/logout"] button');
    await page.waitForURL(`${causeway.url}/`);
    expect(await records()).toBe(0);
  });
});
