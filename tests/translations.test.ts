import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPost } from '~/domain/import-export/import-post';
import { seedOnce } from '~/domain/import-export/seed';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { posts, settings, threads, translations } from '~db/schema';
import seedTranslations from '~db/seed/question-translations.json';
import seed from '~db/seed/questions.json';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let keeper: Member;
let english: Pick<Client, 'get'>;
let french: Pick<Client, 'get'>;

/** A visitor whose browser asks for pages in a language. */
function reader(language: string): Pick<Client, 'get'> {
  const client = causeway.client();
  return { get: (path) => client.get(path, { 'Accept-Language': language }) };
}

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  await seedOnce(causeway.app);
  keeper = await addMember(causeway, 'keeper', { role: 'administrator' });
  english = reader('en');
  french = reader('fr');
});
afterAll(() => causeway.close());

const [ENGLISH] = seed.questions.map(({ title }) => title);
const titleIn = (language: keyof typeof seedTranslations, at = 0) =>
  seedTranslations[language].questions[at]?.title ?? '';
const QUESTION = '/t/q1/biggest-barrier';
const ADMIN = '/admin/conversations/c1/translations';

/** The texts of elements, each with its language. */
function said({ $ }: { $: Awaited<ReturnType<Client['get']>>['$'] }, selector: string) {
  return $(selector)
    .map((_, one) => [[$(one).closest('[lang]').attr('lang'), $(one).text().trim()]])
    .get() as unknown as [string, string][];
}

describe('a question in the language of its reader', () => {
  it.each([
    ['/', '#questions h3'],
    ['/threads', '.thread-row h3'],
    ['/c/democratizing-ai-power', '.questions h3'],
    ['/pillars/policy', '.thread-row h3'],
  ])('is listed on %s, with the language of its words', async (path, selector) => {
    const list = said(await french.get(path), selector);
    expect(list.map(([language]) => language)).not.toContain('en');
    expect(list).toContainEqual(['fr', titleIn('fr')]);
    const arabic = said(await reader('ar').get(path), selector);
    expect(arabic).toContainEqual(['ar', titleIn('ar')]);
    expect(said(await english.get(path), selector)).toContainEqual(['en', ENGLISH]);
  });

  it('heads its page, with prompt, tags and title, and the original one press away', async () => {
    const page = await french.get(QUESTION);
    const { $ } = page;
    expect(said(page, 'h1')).toEqual([['fr', titleIn('fr')]]);
    expect($('title').text()).toContain(titleIn('fr'));
    expect($('meta[property="og:title"]').attr('content')).toBe(titleIn('fr'));
    expect($('meta[property="og:description"]').attr('content')).toMatch(/^Dites-nous/);
    expect($('.opening .prose').attr('lang')).toBe('fr');
    expect($('.opening .prose strong').text()).toBe('Nommez le lieu et le secteur');
    const original = $('.opening ~ nav a');
    expect(original.text()).toBe('Texte original en anglais');
    const page2 = await french.get(original.attr('href') ?? '');
    expect(said(page2, 'h1')).toEqual([['en', ENGLISH]]);
    expect(page2.$('.opening .prose').text()).toContain('Name the place and the industry');
    expect(page2.$('html').attr('lang')).toBe('fr');
    const back = page2.$('.opening ~ nav a');
    expect([back.text(), back.attr('lang')]).toEqual(['français', 'fr']);
  });

  it.each(['fr', 'ar'] as const)(
    'names its article as every other part of the page does, in %s',
    async (language) => {
      const { title } = seedTranslations[language];
      const { $ } = await reader(language).get(QUESTION);
      for (const link of [$('a[href^="/c/"]', 'aside'), $('a[href="/about#the-post"]', 'footer')]) {
        expect(link.text()).toContain(title);
      }
      const about = await reader(language).get('/about');
      expect(
        about
          .$('cite')
          .get()
          .map((one) => about.$(one).text()),
      ).toEqual([title, title]);
    },
  );

  it('can be read in every language it has, whatever the language of the page', async () => {
    const { $ } = await english.get('/c/democratizing-ai-power');
    const links = $('main nav a[hreflang]').toArray();
    expect(links.map((one) => $(one).attr('hreflang'))).toEqual(
      Object.keys(seedTranslations).sort(),
    );
    const hindi = links.find((one) => $(one).attr('lang') === 'hi');
    expect($(hindi).text()).toBe('हिन्दी');
    const conversation = await english.get($(hindi).attr('href') ?? '');
    expect(said(conversation, 'h1')).toEqual([['hi', seedTranslations.hi.title]]);
    const question = conversation.$('.questions a').first().attr('href') ?? '';
    const page = await english.get(question);
    expect(said(page, 'h1')).toEqual([['hi', titleIn('hi')]]);
    expect(page.$('html').attr('lang')).toBe('en');
    expect(page.$('link[rel=canonical]').attr('href')).not.toContain('in=');
  });

  it('is found by its words in any language', async () => {
    const found = await french.get('/search?q=d%C3%A9mocratisation+obstacle');
    expect(said(found, '.rows h3').map(([, text]) => text)).toContain(titleIn('fr'));
    const russian = await english.get(`/search?q=${encodeURIComponent('отрасли')}`);
    expect(said(russian, '.rows h3')).toContainEqual(['en', ENGLISH]);
    // So is its prompt, which stands under the title in the same language.
    const prompt = seedTranslations.fr.questions[0]?.introduction ?? '';
    const words = prompt.split(' ').slice(0, 4).join(' ');
    const asked = await french.get(`/search?q=${encodeURIComponent(`"${words}"`)}`);
    expect(said(asked, '.rows .prose').map(([language]) => language)).toEqual(['fr']);
    expect(asked.$('.rows .prose').text()).toContain(words);
  });

  it('keeps its title in feeds and data, which add the translations', async () => {
    const feed = await french.get('/t/q1/feed.xml');
    expect(feed.text).not.toContain(titleIn('fr'));
    const { thread } = JSON.parse((await french.get('/api/v1/threads/q1')).text);
    expect([thread.title, thread.language]).toEqual([ENGLISH, 'en']);
    expect(thread.translations).toContainEqual({ language: 'sw', title: titleIn('sw') });
    expect(thread.translations.length).toBe(9);
  });
});

it.each(['/', '/barriers', '/about', '/privacy', '/digests'])(
  'sentences of %s follow each other without a space in Chinese',
  async (path) => {
    const { $ } = await reader('zh').get(path);
    const text = $('p')
      .map((_, one) => $(one).text())
      .get()
      .join('\n');
    expect(text).toMatch(/[。？！]\p{Script=Han}/u);
    expect(text.match(/.*[。？！][^\S\n]+\p{Script=Han}.*/gu) ?? []).toEqual([]);
  },
);

describe('moderation', () => {
  it('names a question in the language of each reader, and keeps its title to be changed', async () => {
    const mona = await addMember(causeway, 'mona', { role: 'moderator', language: 'fr' });
    const author = await addMember(causeway, 'salma', { language: 'ar' });
    const postId = await addPost(causeway, author, 'q1', 'Buy cheap cards from me.');
    await keeper.client.post(`/p/${postId}/flag`, { reason: 'spam' });
    const path = (await mona.client.get(`/mod/posts/${postId}`)).location ?? '';
    const { $ } = await mona.client.get(path);
    expect($('.evidence bdi[lang=fr]').text()).toBe(titleIn('fr'));
    expect((await mona.client.get('/mod')).$(`bdi[lang=fr]`).text()).toContain(titleIn('fr'));
    // The letter is in the language of its author, as the moderator sees beforehand.
    const plain = (text = '') => text.replace(/[\s\u2068\u2069]+/g, ' ');
    expect(plain($('.letter').text())).toContain(plain(titleIn('ar')));
    const [opening] = await causeway.app.db.reader
      .select()
      .from(posts)
      .where(and(eq(posts.threadId, 'q1'), eq(posts.isOpening, true)));
    const form = (await mona.client.get(`/mod/posts/${opening?.id}?action=title`)).$;
    expect(form('input[name=title]').val()).toBe(ENGLISH);

    const decided = { action: 'hide', reason: 'spam', key: 'hide-it' };
    expect((await mona.client.post(path, decided)).status).toBe(303);
    // Letters leave once a decision can no longer be taken back unseen.
    causeway.clock.advance(3_600_000);
    await runJobs(causeway.app);
    const letter = (await causeway.mails()).at(-1);
    expect(plain(letter?.subject + (letter?.text ?? ''))).toContain(plain(titleIn('ar')));
    const told = (await author.client.get('/you')).$('.page-aside a[href^="/decisions/"]');
    const decision = await author.client.get(told.attr('href') ?? '');
    expect(plain(decision.$('.lead').text())).toContain(plain(titleIn('ar')));
    for (const log of ['/moderation', '/moderation/feed.xml']) {
      expect((await french.get(log)).text).toContain(titleIn('fr'));
      expect((await english.get(log)).text).toContain(ENGLISH);
    }
  });
});

describe('a preview image', () => {
  it('has the title that its page has', async () => {
    const image = async (language: string) => {
      const { $ } = await reader(language).get(QUESTION);
      const url = $('meta[property="og:image"]').attr('content') ?? '';
      return {
        query: new URL(url).search,
        drawn: (await reader('en').get(new URL(url).pathname + new URL(url).search)).headers.get(
          'ETag',
        ),
      };
    };
    const [own, arabic, german] = [await image('en'), await image('ar'), await image('de')];
    expect([own.query, arabic.query]).toEqual(['', '?in=ar']);
    expect(arabic.drawn).not.toBe(own.drawn);
    expect(german).toEqual(own);
  });
});

describe('a translation', () => {
  const form = (changes: Record<string, string>) => ({
    action: 'save',
    language: 'fr',
    ...changes,
  });
  const current = async () => {
    const { $ } = await keeper.client.get(`${ADMIN}?language=fr`);
    const fields: Record<string, string> = {};
    for (const one of $('main form[method=post]').first().find('input[name], textarea').toArray()) {
      const control = $(one);
      if (control.is('[type=hidden], [type=checkbox]')) continue;
      fields[control.attr('name') ?? ''] = String(control.val() ?? '');
    }
    return { $, fields };
  };
  const heading = async (client = french) => said(await client.get(QUESTION), 'h1')[0];
  const found = async (words: string) =>
    said(await english.get(`/search?q=${encodeURIComponent(`"${words}"`)}`), '.rows h3').map(
      ([, text]) => text,
    );
  const save = async (changes: Record<string, string>) =>
    keeper.client.post(`${ADMIN}?language=fr`, form({ ...(await current()).fields, ...changes }));

  it('is edited beside its original by administrators only', async () => {
    const member = await addMember(causeway, 'member');
    expect((await member.client.get(ADMIN)).status).toBe(404);
    expect((await member.client.post(ADMIN, form({}))).status).toBe(404);
    const { $, fields } = await current();
    expect(Object.keys(fields).length).toBe(11);
    expect(fields['thread.q1.title']).toBe(titleIn('fr'));
    expect($('.beside').first().find('[lang=en]').text()).toBe(seed.title);
    expect($('.beside').first().find('input[lang=fr]').val()).toBe(seedTranslations.fr.title);
  });

  it('names conversations and questions on the pages of administrators', async () => {
    const get = (path: string) => keeper.client.get(path, { 'Accept-Language': 'fr' });
    const { title } = seedTranslations.fr;
    expect(said(await get('/admin/conversations'), 'main ul a')).toContainEqual(['fr', title]);
    expect(said(await get('/admin/conversations/c1'), 'h1')).toEqual([['fr', title]]);
    const { $ } = await get('/admin/embed');
    const offered = $('select[name=of] option').map((_, one) => $(one).text());
    expect(offered.get()).toEqual(expect.arrayContaining([title, `– ${titleIn('fr')}`]));
  });

  it('can be changed, with its author, and taken back', async () => {
    causeway.clock.advance(60_000);
    const saved = await save({ 'thread.q1.title': 'Qu’est-ce qui vous bloque ?' });
    expect(saved.headers.get('location')).toContain('done=saved');
    expect(await heading()).toEqual(['fr', 'Qu’est-ce qui vous bloque ?']);
    const same = await save({});
    expect(same.headers.get('location')).toContain('done=same');
    const { $ } = await current();
    const change = $('[aria-labelledby=changes] li').first();
    expect(change.text()).toContain('keeper');
    expect(change.find('time').length).toBe(1);
    const undo = {
      action: 'undo',
      language: 'fr',
      change: String(change.find('[name=change]').val()),
    };
    expect((await keeper.client.post(`${ADMIN}?language=fr`, undo)).status).toBe(303);
    expect(await heading()).toEqual(['fr', titleIn('fr')]);
    const again = await keeper.client.post(`${ADMIN}?language=fr`, undo);
    expect(again.status).toBe(422);
    expect(again.$('.error-summary a').attr('href')).toContain('?language=fr#changes');
  });

  it('are not overwritten by a page that is out of date', async () => {
    const { $, fields } = await current();
    const seen = String($('[name=seen]').val());
    const [title, other] = ['thread.q1.title', 'thread.q2.title'];
    await save({ [title]: 'Le leur' });
    const send = (typed: Record<string, string>) =>
      keeper.client.post(`${ADMIN}?language=fr`, form({ ...fields, seen, ...typed }));
    const refused = await send({ [title]: 'Le mien', [other]: 'Autre' });
    expect(refused.status).toBe(422);
    expect(refused.$('.field-error').text()).toContain('Changed meanwhile to: Le leur');
    expect(refused.$(`input[name="${title}"]`).val()).toBe('Le mien');
    expect((await send({ [other]: 'Autre' })).status).toBe(303);
    const now = (await current()).fields;
    expect([now[title], now[other]]).toEqual(['Le leur', 'Autre']);
  });

  it('can be taken away, and cannot be undone under a later one', async () => {
    causeway.clock.advance(60_000);
    await save({ 'thread.q1.title': '' });
    expect(await heading()).toEqual(['en', ENGLISH]);
    causeway.clock.advance(60_000);
    await save({ 'thread.q1.title': titleIn('fr') });
    const { $ } = await current();
    const older = $('[aria-labelledby=changes] li').eq(1).find('[name=change]').val();
    const undone = await keeper.client.post(`${ADMIN}?language=fr`, {
      ...{ action: 'undo', language: 'fr', change: String(older) },
    });
    expect(undone.status).toBe(422);
    expect(await heading()).toEqual(['fr', titleIn('fr')]);
  });

  it('of an older text gives way to the original, until someone says that it still holds', async () => {
    const { app } = causeway;
    const retitle = (title: string) =>
      app.db.write((tx) => retitleThread(tx, app.clock, 'q1', title));
    await retitle('What is the biggest barrier?');
    expect(await heading()).toEqual(['en', 'What is the biggest barrier?']);
    expect((await french.get('/api/v1/threads/q1')).text).not.toContain(titleIn('sw'));
    expect(await found(titleIn('sw'))).not.toContain('What is the biggest barrier?');
    const { $ } = await current();
    expect($('.notice.warning').length).toBe(1);
    expect($('main .single > ul').first().text()).toContain('1 is out of date.');
    causeway.clock.advance(60_000);
    // Saved as it is, it stays marked, and the page says what is asked for.
    expect((await save({})).location).toContain('done=older');
    await save({ keep: 'thread.q1.title' });
    expect(await heading()).toEqual(['fr', titleIn('fr')]);
    await retitle(ENGLISH ?? '');
    expect(await heading()).toEqual(['en', ENGLISH]);
    expect(await found(titleIn('sw'))).toContain(ENGLISH);
    causeway.clock.advance(60_000);
    await save({ keep: 'thread.q1.title' });
  });

  it('is not stored for a text that its editor has not seen', async () => {
    const { $, fields } = await current();
    const seen = String($('[name=originals]').val());
    const { app } = causeway;
    const retitle = (title: string) =>
      app.db.write((tx) => retitleThread(tx, app.clock, 'q5', title));
    await retitle('What would you make?');
    const changed = { ...fields, originals: seen, 'thread.q5.title': 'Et vous ?' };
    const answer = await keeper.client.post(`${ADMIN}?language=fr`, form(changed));
    expect(answer.status).toBe(422);
    expect(answer.$('[name="thread.q5.title"]').val()).toBe('Et vous ?');
    expect(answer.$('[name=originals]').val()).not.toBe(seen);
    await retitle(seed.questions[4]?.title ?? '');
  });

  it('of a prompt follows the text of the opening post', async () => {
    const { app } = causeway;
    const opening = and(eq(posts.threadId, 'q2'), eq(posts.isOpening, true));
    const [was] = await app.db.reader.select().from(posts).where(opening);
    await app.db.write((tx) => tx.update(posts).set({ body: 'Shorter.' }).where(opening));
    const path = '/t/q2/open-source-initiatives';
    expect((await french.get(path)).$('.opening .prose').attr('lang')).toBe('en');
    await app.db.write((tx) => tx.update(posts).set({ body: was?.body }).where(opening));
    expect((await french.get(path)).$('.opening .prose').attr('lang')).toBe('fr');
  });

  it('is as hidden as its original', async () => {
    const { app } = causeway;
    const state = (state: 'hidden' | 'open') =>
      app.db.write((tx) => tx.update(threads).set({ state }).where(eq(threads.id, 'q1')));
    await state('hidden');
    const word = titleIn('fr').split(' ').at(-1) ?? '';
    const paths = ['/', '/threads', '/c/democratizing-ai-power', '/api/v1/threads', '/feed.xml'];
    for (const path of [...paths, QUESTION, `${QUESTION}?in=ar`, '/api/v1/threads/q1']) {
      const { text } = await french.get(path);
      for (const language of ['fr', 'ar'] as const) expect(text).not.toContain(titleIn(language));
    }
    const found = await french.get(`/search?q=${encodeURIComponent(`"${word}"`)}+biggest`);
    expect(found.text).not.toContain(titleIn('fr'));
    await state('open');
    expect(await heading()).toEqual(['fr', titleIn('fr')]);
  });
});

describe('an email', () => {
  const newest = async () => {
    await runJobs(causeway.app);
    return (await causeway.mails()).at(-1);
  };

  it('about an answer that waits names the question in the language of its reader', async () => {
    const fields = { body: 'Pas de signal dans la vallée.', email: 'awa@example.org' };
    const visitor = causeway.client();
    const sent = await visitor.post('/t/q1', fields, { 'Accept-Language': 'fr' });
    expect(sent.location).toBe('/signup/sent');
    const mail = await newest();
    expect(mail?.text?.replace(/\s+/g, ' ')).toContain(titleIn('fr').replace(/\s+/g, ' '));
    expect(mail?.text).not.toContain('vallée');
    const next = await visitor.get('/signup/sent', { 'Accept-Language': 'fr' });
    expect(next.$('#main').text()).toContain(titleIn('fr'));
  });

  it('about a reply names it too', async () => {
    const [bo, ada] = [
      await addMember(causeway, 'bo', { language: 'ar' }),
      await addMember(causeway, 'ada'),
    ];
    const replyTo = await addPost(causeway, bo, 'q2', 'Masakhane serves us.');
    await bo.client.post('/settings/notices', { mail: 'now', watchOwn: '1' });
    causeway.clock.advance(1000);
    await ada.client.post('/t/q2', { body: 'And us.', replyTo });
    expect((await newest())?.subject).toContain(titleIn('ar', 1));
  });
});

it('translates title, introduction and points of a conversation', async () => {
  const article = [
    '# Water in the north',
    'We walked along the pipes of the valley for a week and asked who has water, and when.',
    '## Key points\n\n- Pipes run dry at noon.\n- Nobody repairs them.',
    '## Join the Conversation\n\n- When did you have water last week?',
  ].join('\n\n');
  const { conversation } = await importPost(causeway.app, article, { publish: true });
  const { id, slug } = conversation;
  const path = `/admin/conversations/${id}/translations?language=fr`;
  const saved = await keeper.client.post(path, {
    action: 'save',
    language: 'fr',
    [`conversation.${id}.title`]: 'L’eau dans le nord',
    [`conversation.${id}.introduction`]: 'Nous avons suivi les conduites.',
    [`conversation.${id}.summary`]: 'À midi, plus d’eau.\nPersonne ne répare.',
  });
  expect(saved.status).toBe(303);
  const page = await french.get(`/c/${slug}`);
  expect(said(page, 'h1')).toEqual([['fr', 'L’eau dans le nord']]);
  expect(said(page, '.page-main > [lang=fr] p')).toContainEqual([
    'fr',
    'Nous avons suivi les conduites.',
  ]);
  expect(said(page, '.page-main > ul li')).toEqual([
    ['fr', 'À midi, plus d’eau.'],
    ['fr', 'Personne ne répare.'],
  ]);
  const original = await french.get(page.$('main nav a[hreflang=en]').attr('href') ?? '');
  expect(said(original, 'h1')).toEqual([['en', 'Water in the north']]);
  expect(original.$('main').text()).toContain('Nobody repairs them.');
  expect(said(await french.get('/'), '#questions-title a')).toEqual([['fr', 'L’eau dans le nord']]);
});

it('gives a site from before the translations of what it has not changed, once', async () => {
  const older = await startTestCauseway();
  const { app } = older;
  await seedOnce(app);
  const count = async () => (await app.db.reader.select().from(translations)).length;
  const all = await count();
  const languages = Object.keys(seedTranslations).length;
  expect(all).toBe(11 * languages);
  await app.db.write(async (tx) => {
    await tx.delete(translations);
    await tx.delete(settings).where(eq(settings.name, 'questions-translated'));
    await tx.update(threads).set({ title: 'Another question?' }).where(eq(threads.id, 'q3'));
  });
  await seedOnce(app);
  expect(await count()).toBe(all - languages);
  await app.db.write((tx) => tx.delete(translations));
  await seedOnce(app);
  expect(await count()).toBe(0);
  await older.close();
});
