import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, type Member } from './support/community';
import { press } from './support/windows';

/* The Back button: after logging out it shows nothing private, and it loses no typed text. */

let browser: Browser;
let causeway: TestCauseway;
let ada: Member;
let own: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  causeway = await startTestCauseway();
  await seedOnce(causeway.app);
  ada = await addMember(causeway, 'ada');
  own = await addPost(causeway, ada, 'q1', 'Mine');
});
afterAll(async () => {
  await browser?.close();
  await causeway?.close();
});

/** Opens a window, logged in as a person or as a visitor. */
async function windowOf(person: Member | null, javaScript: boolean): Promise<Page> {
  const context = await openContext(browser, { javaScript });
  onTestFinished(() => context.close());
  const cookies = [...(person?.client.cookies ?? [])];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: causeway.url })));
  return context.newPage();
}

describe.skipIf(!hasBrowser).each([
  ['without scripts', false],
  ['with scripts', true],
])('%s', (_, javaScript) => {
  const privatePages = {
    member: [
      ['/', '/t/q1/biggest-barrier', '/threads/new', '/settings', '/settings/security'],
      ['/notifications', '/drafts', '/bookmarks', '/following', '/modmail'],
    ].flat(),
    moderator: ['/mod', '/mod/people', '/mod/patterns', '/mod/key-points', '/threads'],
  };

  it.each(Object.entries(privatePages))(
    'after a %s logs out, Back shows nothing private',
    async (role, paths) => {
      const handle = `mona-${role}-${javaScript}`;
      const mona = await addMember(causeway, handle, { role: role as 'member' | 'moderator' });
      await addPost(causeway, mona, 'q1', 'Only its author sees this yet', { state: 'held' });
      const page = await windowOf(mona, javaScript);
      for (const path of paths) {
        const answer = await page.goto(causeway.url + path);
        expect(answer?.status(), path).toBe(200);
        expect(await page.content(), path).toContain(handle);
      }
      await page.goto(`${causeway.url}/logout`);
      await press(page, 'main form[action="/logout"] button');
      // The page with the button to log out, and those before it.
      for (const path of [...paths, '/logout'].toReversed()) {
        await page.goBack();
        const html = await page.content();
        expect(html, path).not.toContain(handle);
        expect(html, path).not.toContain('Only its author sees');
      }
    },
  );

  const forms: [string, () => Member | null, () => string][] = [
    ['a reply', () => ada, () => '/t/q1/biggest-barrier'],
    ['a new thread', () => ada, () => '/threads/new'],
    ['a barrier report', () => ada, () => '/barriers/new'],
    ['a change', () => ada, () => `/p/${own}/edit`],
    ['a visitor’s reply', () => null, () => '/t/q1/biggest-barrier'],
    ['a visitor’s report', () => null, () => '/barriers/new'],
    ['a visitor’s thread', () => null, () => '/threads/new'],
    ['a legal report', () => null, () => '/report'],
  ];

  it.each(forms)('Back puts the words of %s into the form again', async (_name, who, path) => {
    const page = await windowOf(who(), javaScript);
    await page.goto(causeway.url + path());
    const field = (await page.locator('#body').count()) ? '#body' : '#explanation';
    const words = 'Typed for an hour,\nand not sent yet';
    await page.fill(field, words);
    await press(page, 'footer a[href="/rules"]');
    expect(new URL(page.url()).pathname).toBe('/rules');
    await page.goBack();
    expect(await page.inputValue(field)).toBe(words);
    if (javaScript) expect(await page.locator('[data-keep]:visible').count()).toBe(0);
  });
});
