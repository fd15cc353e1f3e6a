import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { MINUTE } from '~/platform/clock';
import { hasBrowser, launchBrowser } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, type Member } from './support/community';
import { runJobs } from './support/jobs';
import { openWindow, press } from './support/windows';

let browser: Browser;
let causeway: TestCauseway;
const people = new Map<string, Member>();

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '1' });
  await seedOnce(causeway.app);
  for (const handle of ['mona', 'musa', 'amara', 'bilal']) {
    const role = handle.startsWith('m') ? 'moderator' : 'member';
    people.set(handle, await addMember(causeway, handle, { role }));
  }
});
afterAll(async () => {
  await browser?.close();
  await causeway?.close();
});

/** Opens a window and logs in. */
async function windowOf(handle: string): Promise<Page> {
  const page = await openWindow(browser);
  const cookies = [...(people.get(handle)?.client.cookies ?? [])];
  await page
    .context()
    .addCookies(cookies.map(([name, value]) => ({ name, value, url: causeway.url })));
  return page;
}

const goTo = (page: Page, path: string) => page.goto(causeway.url + path);
const wordsOf = async (page: Page, path: string) => {
  await goTo(page, path);
  return (await page.textContent('main')) ?? '';
};

/** Posts in the first thread, and returns the URL of the post. */
async function say(page: Page, words: string): Promise<string> {
  causeway.clock.advance(MINUTE);
  await goTo(page, '/t/q1');
  await page.fill('#reply [name=body]', words);
  await press(page, '#reply button.primary[type=submit]');
  return new URL(page.url()).hash;
}

/** Opens a case from the queue by its words. */
async function openMatter(desk: Page, words: string): Promise<void> {
  await goTo(desk, '/mod');
  await press(desk, `.queue a.queue-link:has-text("${words}")`);
}

/** Returns the emails to a person, after sending the outbox. */
async function mailsTo(handle: string) {
  causeway.clock.advance(MINUTE);
  await runJobs(causeway.app);
  return (await causeway.mails()).filter((mail) =>
    [mail.to].flat().some((to) => to?.text === `${handle}@example.org`),
  );
}

describe.skipIf(!hasBrowser)('without JavaScript', () => {
  it('a first post is held and approved, and its author is notified', async () => {
    const words = 'The clinic has one phone and no signal';
    const author = await windowOf('amara');
    const place = await say(author, words);
    expect(await author.textContent(place)).toContain('first post');

    const visitor = await openWindow(browser);
    expect(await wordsOf(visitor, '/t/q1')).not.toContain(words);

    const desk = await windowOf('mona');
    await openMatter(desk, words);
    await desk.check('[name=action][value=approve]');
    await press(desk, 'main form[action^="/mod/cases/"] button.primary');

    expect(await wordsOf(visitor, '/t/q1')).toContain(words);
    expect(await wordsOf(author, '/notifications')).toContain('approved your post');
    expect(await wordsOf(visitor, '/moderation')).toContain('mona');
  }, 60_000);

  it('a flag is claimed and decided, appealed against, and reversed by another moderator', async () => {
    const words = 'Our cooperative lends its own money to its own members';
    const author = await windowOf('amara');
    const place = await say(author, words);
    const visitor = await openWindow(browser);
    expect(await wordsOf(visitor, '/t/q1')).toContain(words);

    const reader = await windowOf('bilal');
    await goTo(reader, '/t/q1');
    await press(reader, `${place} a[href*="/flag"]`);
    await reader.check('[name=reason][value=spam]');
    await press(reader, 'main form[action$="/flag"] button[type=submit]');

    const first = await windowOf('mona');
    await openMatter(first, words);
    await press(first, 'button[value=claim]');
    const matter = new URL(first.url()).pathname;
    const second = await windowOf('musa');
    expect(await wordsOf(second, matter)).toContain('mona');
    expect(await wordsOf(second, '/mod')).toContain('mona');

    await goTo(first, matter);
    await first.check('[name=action][value=hide]');
    await first.check('[name=reason][value=spam]');
    await first.fill('[name=note]', 'This offers loans.');
    // The statement is previewed before it is sent.
    await press(first, 'button[name=preview]');
    expect(await first.textContent('#notice')).toContain('This offers loans.');
    await press(first, 'main form[action^="/mod/cases/"] button.primary');
    expect(await wordsOf(visitor, '/t/q1')).not.toContain(words);

    expect((await mailsTo('amara')).at(-1)?.text).toContain('This offers loans.');
    await goTo(author, '/notifications');
    await press(author, 'main a[href^="/decisions/"] >> nth=0');
    const statement = (await author.textContent('main')) ?? '';
    for (const part of ['This offers loans.', words, 'Spam', 'No automation was involved']) {
      expect(statement).toContain(part);
    }
    await author.fill('[name=body]', 'We lend to members and look for nobody else.');
    await press(author, 'form[action$="/appeal"] button[type=submit]');
    expect(await author.textContent('main')).toContain('look for nobody else');
    expect(await author.locator('form[action$="/appeal"]').count()).toBe(0);

    await openMatter(first, words);
    expect(await first.locator('button[value=reverse]').count()).toBe(0);
    await openMatter(second, words);
    await second.fill('form:has(button[value=reverse]) [name=note]', 'It tells of a barrier.');
    await press(second, 'button[value=reverse]');

    expect(await wordsOf(visitor, '/t/q1')).toContain(words);
    expect((await mailsTo('amara')).at(-1)?.text).toContain('It tells of a barrier.');
    expect(await wordsOf(author, '/notifications')).toContain('appeal');

    const log = await wordsOf(visitor, '/moderation');
    for (const part of ['mona', 'musa', 'Spam']) expect(log).toContain(part);
    for (const secret of ['amara', 'bilal', words, 'This offers loans.', 'look for nobody else']) {
      expect(log).not.toContain(secret);
    }
    const rows = await visitor.locator('main tr[id]').allTextContents();
    const [reversal, hiding, approval] = rows;
    expect(rows.length).toBe(3);
    expect(reversal).toMatch(/appeal/i);
    expect(reversal).toContain('musa');
    expect(hiding).toContain('mona');
    expect(approval).toContain('mona');
  }, 120_000);
});
