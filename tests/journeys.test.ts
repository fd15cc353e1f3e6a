import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { issueSetupToken } from '~/domain/accounts/auth/setup-link';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { seedOnce } from '~/domain/import-export/seed';
import { MINUTE, SECOND } from '~/platform/clock';
import { flags, meToos, postBarriers, posts, subscriptionScopes, subscriptions } from '~db/schema';
import { Actions } from './support/actions';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember, addPost } from './support/community';
import { runJobs } from './support/jobs';
import { logIn, openWindow, PASSWORD, press } from './support/windows';

let browser: Browser;

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Returns the newest email to an address, after sending the outbox. */
async function newestMail(causeway: TestCauseway, address: string) {
  causeway.clock.advance(SECOND);
  await runJobs(causeway.app);
  const mails = (await causeway.mails()).filter((mail) =>
    [mail.to].flat().some((to) => to?.text === address),
  );
  const mail = mails.at(-1);
  if (!mail) throw new Error(`no mail to ${address}`);
  return mail;
}

function linkIn(text: string | undefined, words: RegExp, { config, url }: TestCauseway): string {
  const link = words.exec(text ?? '')?.[0];
  if (!link) throw new Error(`no link like ${words} in: ${text}`);
  return link.replace(config.origin, url);
}

describe.skipIf(!hasBrowser)('without JavaScript', () => {
  it('a keeper starts a site with an article, and merges two topics and takes it back', async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
    const { app, clock, url } = causeway;
    await seedOnce(app);
    const page = await openWindow(browser);
    await page.goto(`${url}/setup/${await issueSetupToken(app)}`);
    await page.fill('main [name=siteName]', 'Agua del barrio');
    await page.fill('main [name=email]', 'rosa@example.org');
    await page.fill('main [name=handle]', 'rosa');
    await page.fill('main [name=password]', PASSWORD);
    clock.advance(MINUTE);
    await press(page, 'main button[type=submit]');
    await press(page, 'form:has([name=beginning][value=own]) button');

    await page.fill('[name=article]', readFileSync('tests/fixtures/posts/water-es.md', 'utf8'));
    await press(page, 'form:has([name=article]) button');
    expect(await page.inputValue('#pillar-0')).toBe('+');
    await page.selectOption('#pillar-3', '-');
    await press(page, 'form:has([name=questions]) button[type=submit]');
    await press(page, 'form:has([name=action][value=publish]) button');
    expect(await page.textContent('main [role=status]')).toBe('Published.');
    const [kept = '', gone = '', ...others] = app.community.pillars;
    expect(others).toHaveLength(1);
    await page.goto(`${url}/admin/vocabulary/pillar/${kept}`);
    await page.fill('[name="name.en"]', 'Clear tariffs');
    await page.fill('#reason-words', 'Also in English.');
    await press(page, 'form:has([name=act][value=words]) button[type=submit]');

    const visitor = await openWindow(browser);
    await visitor.goto(url);
    await press(visitor, '.questions a >> nth=0');
    const words = 'We pay the truck three times what the tap costs, and it never comes on time.';
    await visitor.fill('[name=body]', words);
    await visitor.fill('[name=country]', 'Peru');
    await visitor.fill('[name=email]', 'elvira@example.org');
    await press(visitor, '#reply button.primary[type=submit]');
    const { text } = await newestMail(causeway, 'elvira@example.org');
    await visitor.goto(linkIn(text, /http\S+\/confirm\/\S+/, causeway));
    await visitor.check('main input[name=barrier][value=cost]');
    await press(visitor, 'main button.primary[type=submit]');

    await page.goto(`${url}/mod/digests`);
    await page.selectOption('main [name=scope]', 'PE');
    await page.selectOption('main [name=period]', '2026-W45');
    await press(page, 'main form:has([name=period]) button[type=submit]');
    await press(page, 'main button[value=publish]');
    await visitor.goto(`${url}/digests/PE/2026-W45`);
    expect(await visitor.textContent('main')).toContain('three times what the tap');

    const merge = 'form:has([name=act][value=merge])';
    await page.goto(`${url}/admin/vocabulary/pillar/${gone}`);
    await page.selectOption(`${merge} [name=into]`, kept);
    await page.fill(`${merge} [name=reason]`, 'They are one.');
    await press(page, `${merge} button[type=submit]`);
    await visitor.goto(`${url}/pillars/${gone}`);
    expect(new URL(visitor.url()).pathname).toBe(`/pillars/${kept}`);
    expect(await visitor.textContent('h1')).toContain('Clear tariffs');
    await press(page, 'form:has([name=undo]) >> nth=0 >> button');
    await visitor.goto(`${url}/pillars/${gone}`);
    expect(new URL(visitor.url()).pathname).toBe(`/pillars/${gone}`);
    expect(await visitor.locator('main a[href^="/t/"]').count()).toBeGreaterThan(0);
  }, 120_000);

  it('a practitioner signs up, confirms, and replies with a place and a barrier', async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    await seedOnce(causeway.app);
    const page = await openWindow(browser);
    await page.goto(`${causeway.url}/`);
    await page.click('header >> a[href^="/signup"]');
    await page.fill('[name=email]', 'nurse@example.org');
    await page.fill('[name=handle]', 'nurse_wanjiru');
    await page.fill('[name=password]', PASSWORD);
    causeway.clock.advance(MINUTE);
    await press(page, 'main form[action="/signup"] button[type=submit]');

    const { text } = await newestMail(causeway, 'nurse@example.org');
    await page.goto(linkIn(text, /http\S+\/confirm\/\S+/, causeway));
    await press(page, 'main form button[type=submit]');

    await page.goto(`${causeway.url}/t/q1`);
    await page.fill('[name=body]', 'The clinic has **one** phone and no signal.');
    await page.fill('[name=country]', 'Kenya');
    await page.click('#reply summary >> text=Add more');
    await page.check('[name=barrier][value=connectivity]');
    await press(page, '#reply button.primary[type=submit]');

    expect(new URL(page.url()).hash).toMatch(/^#p-/);
    const post = page.locator('[id^="p-"]', { hasText: 'The clinic has one phone' });
    expect(await post.locator('strong').textContent()).toBe('one');
    const said = await post.textContent();
    expect(said).toContain('Kenya');
    expect(said).toContain('nurse_wanjiru');
    expect(said).toContain('Connectivity');
  });

  const answers: { settings: Record<string, string>; kind: string; state: string }[] = [
    { settings: { HOLD_FIRST_POSTS: '0' }, kind: 'likely', state: 'visible' },
    // By default a moderator reads first posts.
    { settings: {}, kind: 'likely', state: 'held' },
    { settings: {}, kind: 'unlikely', state: 'held' },
  ];
  it.each(answers)(
    'a visitor’s answer is stored with a kind of barrier in 7 actions ($kind, $state)',
    async ({ settings, kind, state }) => {
      const causeway = await useCauseway(settings);
      await seedOnce(causeway.app);
      const page = await openWindow(browser);
      await page.goto(`${causeway.url}/t/q1`);
      const visitor = new Actions(page);
      await visitor.fill('[name=body]', 'The clinic has one phone and no signal.');
      await visitor.fill('[name=country]', 'Kenya');
      await visitor.fill('[name=email]', 'nurse@example.org');
      await visitor.send('#reply button.primary[type=submit]');
      const { text } = await newestMail(causeway, 'nurse@example.org');
      await visitor.open(linkIn(text, /http\S+\/confirm\/\S+/, causeway));
      expect(await page.locator('#main input:checked').count()).toBe(0);
      if (state === 'held') expect(await page.textContent('main .notice')).toContain('moderator');
      const others = page.locator('main select[name=barrier] option');
      const slug = kind === 'likely' ? 'connectivity' : await others.last().getAttribute('value');
      if (kind === 'likely') await visitor.tap(`main input[name=barrier][value=${slug}]`);
      else await visitor.choose('main select[name=barrier]', slug ?? '');
      await visitor.send('main button.primary[type=submit]');
      expect(visitor.taken).toBe(7);

      const { reader } = causeway.app.db;
      const [post] = await reader.select().from(posts).where(eq(posts.country, 'KE'));
      expect(post?.state).toBe(state);
      const kinds = await reader.select().from(postBarriers);
      expect(kinds).toMatchObject([{ postId: post?.id, kind: slug, saidBy: 'author' }]);
    },
  );

  it('a visitor’s “I face this too” is stored in 5 actions', async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    await seedOnce(causeway.app);
    const amara = await addMember(causeway, 'amara');
    const post = await addPost(causeway, amara, 'q1', 'No signal in the whole valley.');
    const page = await openWindow(browser);
    await page.goto(`${causeway.url}/t/q1`);
    const visitor = new Actions(page);
    await visitor.send(`[id="p-${post}"] .me-too a`);
    await visitor.fill('[name=country]', 'Kenya');
    await visitor.fill('[name=email]', 'nurse@example.org');
    await visitor.send('main button.primary[type=submit]');
    const { text } = await newestMail(causeway, 'nurse@example.org');
    await visitor.open(linkIn(text, /http\S+\/confirm\/\S+/, causeway));
    expect(visitor.taken).toBe(5);
    const stored = await causeway.app.db.reader.select().from(meToos);
    expect(stored).toMatchObject([{ postId: post, country: 'KE' }]);
    expect(await page.textContent(`[id="p-${post}"]`)).toContain('You face this too');
  });

  it('a visitor flags a post in 5 actions', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const amara = await addMember(causeway, 'amara');
    const post = await addPost(causeway, amara, 'q1', 'Buy cheap cards from me.');
    const visitor = new Actions(await openWindow(browser));
    await visitor.page.goto(`${causeway.url}/t/q1`);
    await visitor.send(`[id="p-${post}"] a[href$="/flag"]`);
    await visitor.tap('[name=reason][value=spam]');
    await visitor.fill('[name=email]', 'nurse@example.org');
    await visitor.send('main button.primary[type=submit]');
    const { text } = await newestMail(causeway, 'nurse@example.org');
    await visitor.open(linkIn(text, /http\S+\/confirm\/\S+/, causeway));
    expect(visitor.taken).toBe(5);
    expect(new URL(visitor.page.url()).hash).toBe(`#p-${post}`);
    expect(await visitor.page.textContent(`[id="p-${post}"]`)).toContain('You flagged this post');
    expect(await causeway.app.db.reader.select().from(flags)).toMatchObject([{ postId: post }]);
  });

  it('a person finds a waiting post in 1 action, and changes the language in 1', async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '1' });
    await seedOnce(causeway.app);
    const page = await openWindow(browser);
    const email = 'ada@example.org';
    await createUser(causeway.app, { email, handle: 'ada', password: PASSWORD, role: 'member' });
    await logIn(page, causeway, email);
    await page.goto(`${causeway.url}/t/q1`);
    await page.fill('#reply [name=body]', 'The clinic has one phone and no signal.');
    await press(page, '#reply button.primary[type=submit]');
    await page.goto(causeway.url);
    const person = new Actions(page);
    await person.send('header a[href="/you"]');
    expect(person.taken).toBe(1);
    const waiting = page.locator('.written > li', { hasText: 'one phone and no signal' });
    expect(await waiting.textContent()).toContain('Waiting for a moderator');
    // One's own profile says so, too.
    await page.goto(`${causeway.url}/u/ada`);
    expect(await page.textContent('main .notice')).toContain('your posts');

    const readerPage = await openWindow(browser);
    for (const [width, language] of [
      [1280, 'fr'],
      [390, 'ar'],
    ] as const) {
      await readerPage.setViewportSize({ width, height: 844 });
      await readerPage.goto(`${causeway.url}/threads?sort=top`);
      const reader = new Actions(readerPage);
      await reader.send(`header button[name=language][value=${language}]`);
      expect(reader.taken).toBe(1);
      expect(readerPage.url()).toBe(`${causeway.url}/threads?sort=top`);
      expect(await readerPage.getAttribute('html', 'lang')).toBe(language);
      await readerPage.goto(`${causeway.url}/digests`);
      expect(await readerPage.getAttribute('html', 'lang')).toBe(language);
    }
  });

  it.each(['the same browser', 'the browser of an email app'])(
    'a reader subscribes from a digest in 3 actions with %s, and unsubscribes in 2',
    async (browserOf) => {
      const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
      await seedOnce(causeway.app);
      causeway.clock.set('2026-10-12T08:00:00Z');
      const amara = await addMember(causeway, 'amara');
      const words = 'The bill for one card is our whole budget.';
      await addPost(causeway, amara, 'q1', words, {
        country: 'KE',
        region: '014',
        barriers: ['cost'],
      });
      causeway.clock.set('2026-11-02T09:00:00Z');
      await publishDigest(
        causeway.app,
        (await buildDigest(causeway.app, 'KE', '2026-10')).id,
        null,
      );
      const page = await openWindow(browser);
      await page.goto(`${causeway.url}/digests/KE/2026-10`);
      // After the lead and at the end: one field each.
      expect(await page.locator('.subscribe').count()).toBe(2);
      expect(await page.locator('.subscribe >> nth=0 >> [name]:visible').count()).toBe(1);
      const asker = new Actions(page);
      await asker.fill('.subscribe >> nth=0 >> [name=email]', 'desk@example.org');
      await asker.send('.subscribe >> nth=0 >> button');
      const asked = await newestMail(causeway, 'desk@example.org');
      const inApp = browserOf === 'the browser of an email app';
      const opener = inApp ? new Actions(await openWindow(browser)) : asker;
      await opener.open(linkIn(asked.text, /http\S+\/subscriptions\/\S+/, causeway));
      expect(asker.taken + (inApp ? opener.taken : 0)).toBe(3);
      const { reader: db } = causeway.app.db;
      const [row] = await db.select().from(subscriptions);
      expect(row?.state).toBe('active');
      expect(await db.select().from(subscriptionScopes)).toMatchObject([{ scope: 'KE' }]);
      // The choices come now: Kenya ticked, another place from a list, the rest folded.
      expect(await opener.page.locator('main [name=scope]:checked').count()).toBe(1);
      expect(await opener.page.locator('main select:visible').count()).toBe(1);

      await publishDigest(
        causeway.app,
        (await buildDigest(causeway.app, 'KE', '2026-10')).id,
        null,
      );
      const digest = await newestMail(causeway, 'desk@example.org');
      const leaver = new Actions(await openWindow(browser));
      const link = /http\S+\/subscriptions\/\S+\/unsubscribe/;
      await leaver.open(linkIn(digest.text, link, causeway));
      expect(await leaver.page.locator('main :is(button, input, select)').count()).toBe(1);
      await leaver.send('main button');
      expect(leaver.taken).toBe(2);
      expect((await db.select().from(subscriptions))[0]?.state).toBe('left');
    },
  );

  it('the form to subscribe fits on one screen of a phone', async () => {
    const causeway = await useCauseway();
    const context = await openContext(browser, { width: 390 });
    const page = await context.newPage();
    await page.goto(`${causeway.url}/subscribe`);
    const height = (await page.locator('main').boundingBox())?.height;
    expect(height).toBeLessThan(900);
    expect(await page.locator('main input[type=checkbox]:visible').count()).toBe(0);
    await context.close();
  });

  it('a person logs in by code in 4 actions, and from home by its link in 4', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const email = 'ada@example.org';
    await createUser(causeway.app, { email, handle: 'ada', password: PASSWORD, role: 'member' });
    const byCode = new Actions(await openWindow(browser));
    await byCode.page.goto(`${causeway.url}/login?redirectTo=/t/q1`);
    await byCode.fill('main [name=email]', email);
    await byCode.send('main button[name=way][value=code]');
    const { subject, text } = await newestMail(causeway, email);
    const code =
      /^\d{4} \d{4}$/.exec(text?.split('\n')[0] ?? '')?.[0] ?? 'no code on the first line';
    expect(subject).toBe(`${code} is your Causeway code`);
    await byCode.fill('main [name=code]', code);
    await byCode.send('main button[type=submit]');
    expect(byCode.taken).toBe(4);
    expect(new URL(byCode.page.url()).pathname).toMatch(/^\/t\/q1/);
    expect(await byCode.page.textContent('header')).toContain('ada');

    const byLink = new Actions(await openWindow(browser));
    await byLink.page.goto(causeway.url);
    await byLink.send('header a[href^="/login"]');
    await byLink.fill('main [name=email]', email);
    await byLink.send('main button[name=way][value=code]');
    const sent = await newestMail(causeway, email);
    await byLink.open(linkIn(sent.text, /http\S+\/login\/link\/\S+/, causeway));
    expect(byLink.taken).toBe(4);
    expect(await byLink.page.textContent('header')).toContain('ada');
  });

  it('a person who forgot their password sets a new one, by email', async () => {
    const causeway = await useCauseway();
    const email = 'ada@example.org';
    await createUser(causeway.app, { email, handle: 'ada', password: PASSWORD, role: 'member' });
    const page = await openWindow(browser);
    await page.goto(`${causeway.url}/login`);
    await page.click('main a[href^="/reset"]');
    await page.fill('main [name=email]', email);
    await press(page, 'main form[action="/reset"] button[type=submit]');
    await page.waitForURL('**/reset/sent');

    const { text } = await newestMail(causeway, email);
    await page.goto(linkIn(text, /http\S+\/reset\/\S+/, causeway));
    await page.fill('main [name=password]', 'too short');
    await press(page, 'main form[action^="/reset/"] button[type=submit]');
    expect(await page.textContent('.error-summary')).toContain('10 to 200 characters');
    await page.fill('main [name=password]', 'another boat, another tide');
    await press(page, 'main form[action^="/reset/"] button[type=submit]');

    await logIn(page, causeway, email);
    expect(await page.textContent('.error-summary')).toContain('Wrong email or password');
    await page.fill('main [name=password]', 'another boat, another tide');
    await press(page, 'main form[action="/login"] button[type=submit]');
    expect(await page.textContent('header')).toContain('ada');
    expect((await newestMail(causeway, email)).text).toMatch(/password/i);
  });

  it('a moderator hides a flagged post, and the log shows it', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    for (const [handle, role] of [
      ['mona', 'moderator'],
      ['bilal', 'member'],
    ] as const) {
      const email = `${handle}@example.org`;
      await createUser(causeway.app, { email, handle, password: PASSWORD, role });
    }
    const amara = await addMember(causeway, 'amara');
    const spam = await addPost(causeway, amara, 'q1', 'Buy cheap cards from me');

    const member = await openWindow(browser);
    await logIn(member, causeway, 'bilal@example.org');
    await member.goto(`${causeway.url}/p/${spam}/flag`);
    await member.check('[name=reason][value=spam]');
    await press(member, `main form[action="/p/${spam}/flag"] button[type=submit]`);

    const desk = await openWindow(browser);
    await logIn(desk, causeway, 'mona@example.org');
    await desk.goto(`${causeway.url}/mod`);
    await desk.click('main a[href^="/mod/cases/"]');
    expect(await desk.textContent('main')).toContain('Buy cheap cards from me');
    await desk.check('[name=action][value=hide]');
    await desk.check('[name=reason][value=spam]');
    await press(desk, 'main form[action^="/mod/cases/"] button.primary[type=submit]');

    const visitor = await openWindow(browser);
    await visitor.goto(`${causeway.url}/t/q1`);
    expect(await visitor.textContent('main')).not.toContain('Buy cheap cards');
    await visitor.goto(`${causeway.url}/moderation`);
    const log = await visitor.textContent('main');
    expect(log).toContain('mona');
    expect(log).not.toContain('amara');
    expect(log).not.toContain('Buy cheap cards');
  });

  it('a reader subscribes, confirms, gets the digest, follows a quote, and leaves with one click', async () => {
    const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    await seedOnce(causeway.app);
    causeway.clock.set('2026-10-12T08:00:00Z');
    const amara = await addMember(causeway, 'amara');
    const quoted = await addPost(
      causeway,
      amara,
      'q1',
      'The bill for one card is our whole budget.',
      {
        country: 'KE',
        region: '014',
        barriers: ['cost'],
      },
    );
    causeway.clock.set('2026-11-02T09:00:00Z');

    const page = await openWindow(browser);
    await page.goto(`${causeway.url}/subscribe?scope=KE`);
    await page.fill('main [name=email]', 'desk@example.org');
    causeway.clock.advance(MINUTE);
    await press(page, 'main form[action="/subscribe"] button[type=submit]');
    const asked = await newestMail(causeway, 'desk@example.org');
    // In another browser and network than asked for it the link shows a button: here without its network.
    const phone = await openWindow(browser);
    await phone.goto(linkIn(asked.text, /http\S+\/subscriptions\/[^\s?]+/, causeway));
    await press(phone, 'main button[name=action][value=confirm]');

    const { id } = await buildDigest(causeway.app, 'KE', '2026-10');
    await publishDigest(causeway.app, id, null);
    const digest = await newestMail(causeway, 'desk@example.org');
    expect(digest.subject).toBe('Kenya, October 2026: Cost and payment');
    expect(digest.html).toContain('whole budget');
    await page.goto(linkIn(digest.text, new RegExp(`http\\S+/p/${quoted}`), causeway));
    expect(new URL(page.url()).hash).toBe(`#p-${quoted}`);
    expect(await page.textContent(`#p-${quoted}`)).toContain('whole budget');

    // The unsubscribe button of the email program: a POST without cookies (RFC 8058).
    const leave = linkIn(
      digest.headers.get('list')
        ? JSON.stringify(digest.headers.get('list'))
        : String(digest.headers.get('list-unsubscribe')),
      /http[^">]+\/unsubscribe/,
      causeway,
    );
    const left = await fetch(leave, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(left.status).toBe(200);
    const before = (await causeway.mails()).length;
    await publishDigest(causeway.app, (await buildDigest(causeway.app, 'KE', '2026-10')).id, null);
    await runJobs(causeway.app);
    expect((await causeway.mails()).length).toBe(before);
    await page.goto(linkIn(digest.text, /http\S+\/subscriptions\/[^\s/]+/, causeway));
    expect(await page.locator('main button[value=unsubscribe]').count()).toBe(0);
  });

  it('an editor swaps a quote and publishes, a reader opens a source, and a hidden post leaves an erratum', async () => {
    const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    await seedOnce(causeway.app);
    const email = 'mona@example.org';
    const account = { email, handle: 'mona', password: PASSWORD, role: 'moderator' as const };
    await createUser(causeway.app, account);
    const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
    const said = [
      'Every month the bill for one card eats the seed money of our whole cooperative.',
      'We cannot pay for the marigold transformer any longer, since the price doubled.',
      'The licence costs more than a teacher earns here in half a year of work.',
      'Our clinic has no way to pay, because no bank card of ours is taken abroad.',
    ];
    for (const [at, body] of said.entries()) {
      causeway.clock.set(`2026-10-1${at}T08:00:00Z`);
      await addPost(causeway, await addMember(causeway, `author${at}`), 'q1', body, facts);
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    const page = await openWindow(browser);
    await page.goto(`${causeway.url}/subscribe?scope=KE`);
    await page.fill('main [name=email]', 'desk@example.org');
    causeway.clock.advance(MINUTE);
    await press(page, 'main form[action="/subscribe"] button[type=submit]');
    const asked = await newestMail(causeway, 'desk@example.org');
    // In another browser and network than asked for it the link shows a button: here without its network.
    const phone = await openWindow(browser);
    await phone.goto(linkIn(asked.text, /http\S+\/subscriptions\/[^\s?]+/, causeway));
    await press(phone, 'main button[name=action][value=confirm]');

    const desk = await openWindow(browser);
    await logIn(desk, causeway, email);
    await desk.waitForURL((url) => !url.pathname.startsWith('/login'));
    await desk.goto(`${causeway.url}/mod/digests`);
    await desk.selectOption('main [name=scope]', 'KE');
    await desk.selectOption('main [name=period]', '2026-10');
    await press(desk, 'main form button.primary[type=submit]');
    const out = (await desk.textContent('main figure >> nth=0 >> blockquote')) ?? '';
    await press(desk, 'main figure >> nth=0 >> a[href*="swap="]');
    const put = (await desk.textContent('.swap bdi >> nth=0')) ?? '';
    await press(desk, '.swap button[value=swap-quote]');
    expect(await desk.textContent('main .digest')).toContain(put);
    await press(desk, 'main button[value=publish]');

    const mail = await newestMail(causeway, 'desk@example.org');
    expect(mail.text).not.toContain(out);
    await page.goto(linkIn(mail.text, /http\S+\/digests\/KE\/2026-10/, causeway));
    expect(await page.textContent('main')).toContain(put);
    // Opens the source of a statement by its small number.
    await press(page, 'main sup.sources a[href^="/p/"] >> nth=0');
    expect(new URL(page.url()).hash).toMatch(/^#p-/);
    await page.goto(`${causeway.url}/digests/KE/2026-10`);
    await press(page, `main figure:has-text("${put}") figcaption a`);
    const postId = new URL(page.url()).hash.replace('#p-', '');
    expect(await page.textContent(`#p-${postId}`)).toContain(put);

    const member = await addMember(causeway, 'amara');
    await member.client.post(`/p/${postId}/flag`, { reason: 'spam', note: '' });
    await desk.goto(`${causeway.url}/mod/posts/${postId}`);
    await desk.check('[name=action][value=hide]');
    await desk.check('[name=reason][value=spam]');
    await press(desk, 'main form[action^="/mod/cases/"] button.primary[type=submit]');

    await page.goto(`${causeway.url}/digests/KE/2026-10/v/1`);
    expect(await page.textContent('main')).not.toContain(put);
    const erratum = await page.textContent('section.errata');
    expect(erratum).toContain('One quote was withdrawn');
    expect(erratum).toContain('2 November 2026');
  }, 120_000);
});
