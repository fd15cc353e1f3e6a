import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { MINUTE } from '~/platform/clock';
import { Actions } from './support/actions';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member, type PostFacts } from './support/community';
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

/** The link to a case in the queue. */
const caseOf = (words: string) => `.queue a.queue-link:has-text("${words}")`;

/** Opens a case from the queue by its words. */
async function openMatter(desk: Page, words: string): Promise<void> {
  await goTo(desk, '/mod');
  await press(desk, caseOf(words));
}

/** Flags a post in the first thread. */
async function flag(handle: string, place: string): Promise<void> {
  const reader = await windowOf(handle);
  await goTo(reader, '/t/q1');
  await reader.click(`${place} .more > summary`);
  await press(reader, `${place} a[href*="/flag"]`);
  await reader.check('[name=reason][value=spam]');
  await press(reader, 'main form[action$="/flag"] button[type=submit]');
}

/** Returns what is not wholly within the window, scrolled as the page now is. */
async function outOfView(page: Page, selectors: string[]): Promise<string[]> {
  const out: string[] = [];
  for (const selector of selectors) {
    for (const part of await page.locator(selector).all()) {
      const box = await part.boundingBox();
      if (!box || box.y < 0 || box.y + box.height > 900) out.push(`${selector} ${box?.y}`);
    }
  }
  return out;
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
    await goTo(desk, '/mod');
    const actions = new Actions(desk);
    await actions.send(caseOf(words));
    await actions.send('.case-head button[value=approve]');
    expect(actions.taken).toBe(2);

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

    await flag('bilal', place);

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

  it('a post is hidden with a full statement of reasons in five actions, on one screen', async () => {
    const words = 'Our shop has the cheapest cards of the whole town';
    const place = await say(await windowOf('amara'), words);
    await flag('bilal', place);
    const desk = await windowOf('mona');
    await goTo(desk, '/mod');
    const actions = new Actions(desk);
    await actions.send(caseOf(words));
    await actions.send('.case-head a:has-text("Hide")');
    await actions.tap('[name=reason][value=spam]');
    await actions.fill('[name=note]', 'This sells cards.');
    const needed = ['#evidence-words + *', '.case-evidence .quoted', '.decide-form .choice'];
    const shown = [...needed, '[name=note]', '.letter', '.decide-form button.primary'];
    expect(await outOfView(desk, shown)).toEqual([]);
    const letter = (await desk.locator('.letter').innerText()).replaceAll(/\s+/g, ' ');
    await actions.send('.decide-form button.primary');
    expect(actions.taken).toBe(5);

    // What stood beside the button is what is sent.
    const sent = (await mailsTo('amara')).at(-1);
    expect(sent?.text).toContain('This sells cards.');
    expect(letter).toContain(sent?.subject);
    const paragraphs = sent?.text?.split('\n\n').map((one) => one.replaceAll(/\s+/g, ' ')) ?? [];
    const ownWords = paragraphs.filter((one) => /broke|rule|appeal|automation/i.test(one));
    expect(ownWords.length).toBeGreaterThan(2);
    for (const paragraph of ownWords.slice(0, -1)) expect(letter).toContain(paragraph);
  }, 60_000);

  it('the form shows what the chosen action needs, and no more', async () => {
    const place = await say(await windowOf('amara'), 'We sort the mail of three villages');
    const desk = await windowOf('mona');
    await goTo(desk, `/mod/posts/${place.replace('#p-', '')}`);
    const others = await desk
      .locator('.other-actions a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const seen: Record<string, string> = {};
    for (const path of ['', ...others]) {
      if (path) await goTo(desk, path);
      const radios = await desk.locator('.decide-form [name=action]').all();
      for (const radio of path ? [desk.locator('.decide-form [name=action]:checked')] : radios) {
        await radio.check();
        const parts = desk.locator('.decide-form [data-field]:visible');
        const fields = await parts.evaluateAll((all) =>
          all.map((part) => part.getAttribute('data-field')),
        );
        const letters = await desk.locator('.letter-subject:visible').count();
        const action = (await radio.getAttribute('value')) ?? '';
        seen[action] = [...new Set(fields)].join(' ') + (letters ? `, ${letters} letter` : '');
      }
    }
    expect(seen).toEqual({
      hide: 'rule notice, 1 letter',
      hold: 'rule notice, 1 letter',
      warn: 'rule notice, 1 letter',
      'spam-clean': 'days rule notice, 1 letter',
      silence: 'days rule notice, 1 letter',
      suspend: 'days rule notice, 1 letter',
      retag: 'labels rule notice, 1 letter',
      move: 'to rule notice, 1 letter',
      split: 'title rule notice, 1 letter',
      duplicate: 'to rule notice, 1 letter',
    });
    for (const rule of causeway.app.community.rules) {
      await desk.check(`[name=reason][value=${rule}]`);
      expect(await desk.locator('.letter [data-rule]:visible').count(), rule).toBe(1);
    }
  }, 60_000);

  it('a draft of a digest is built by picking its place, topic and period', async () => {
    const author = people.get('amara') as Member;
    const { id } = await addThread(causeway, author, 'Teachers without a course');
    const said = { country: 'NG', barriers: ['skills'], pillars: ['education'] } as PostFacts;
    await addPost(causeway, author, id, 'Nobody here teaches the teachers', said);
    const desk = await windowOf('mona');
    await goTo(desk, '/mod/digests');
    expect(await desk.locator('form:has([name=scope]) input:not([type=hidden])').count()).toBe(0);
    const actions = new Actions(desk);
    await actions.choose('[name=scope]', '011');
    await actions.choose('[name=about]', 'education');
    await actions.choose('[name=period]', '2026-11');
    await actions.send('form:has([name=scope]) button[type=submit]');
    expect(actions.taken).toBe(4);
    const title = await desk.textContent('h1');
    for (const part of ['Western Africa', 'November 2026', 'Education']) {
      expect(title).toContain(part);
    }
  }, 60_000);
});

describe.skipIf(!hasBrowser)('with JavaScript', () => {
  it('cases are opened and decided by single keys once they are switched on', async () => {
    const author = await windowOf('amara');
    for (const words of ['The bus brings the parcels', 'The boat brings the letters']) {
      await flag('bilal', await say(author, words));
    }
    const context = await openContext(browser, { javaScript: true });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await context.addCookies(await (await windowOf('mona')).context().cookies());
    await goTo(page, '/mod');
    const focused = () => page.locator('.queue-link:focus').allTextContents();
    await page.keyboard.press('j');
    expect(await focused()).toEqual([]);
    await page.click('[data-keys] button');

    const rows = await page.locator('.queue-link').allTextContents();
    const at = rows.findIndex((text) => text.includes('The bus'));
    for (let n = 0; n <= at + 1; n += 1) await page.keyboard.press('j');
    expect(await focused()).toEqual([expect.stringContaining('The boat')]);
    await page.keyboard.press('k');
    expect(await focused()).toEqual([expect.stringContaining('The bus')]);
    const goes = (key: string) =>
      Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
    await goes('Enter');
    await goes('j');
    expect(await page.textContent('.case-evidence .quoted')).toContain('The boat');
    await goes('k');
    await goes('h');
    expect(await page.locator('[name=action][value=hide]').isChecked()).toBe(true);
    await page.focus('[name=note]');
    await page.keyboard.type('a h j k');
    expect(await page.inputValue('[name=note]')).toBe('a h j k');
    await page.locator('[name=note]').blur();
    await goes('a');
    expect(await page.textContent('.case-head .meta')).toContain('closed');
    await page.click('[data-keys] button');
    await page.keyboard.press('q');
    expect(new URL(page.url()).pathname).toContain('/mod/cases/');
  }, 60_000);
});
