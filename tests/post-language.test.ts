import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { threads } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let ama: Member;
let kofi: Member;
let moderator: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  ama = await addMember(causeway, 'ama');
  kofi = await addMember(causeway, 'kofi');
  moderator = await addMember(causeway, 'mod', { role: 'moderator' });
});
afterAll(() => causeway.close());

/** Adds a contribution and returns its id. */
async function say(threadId: string, body: string, language = 'en'): Promise<string> {
  const sent = await kofi.client.post(`/t/${threadId}`, { body }, { 'Accept-Language': language });
  expect(sent.status).toBe(303);
  return sent.location?.split('#p-')[1] ?? '';
}

describe('the language of a post', () => {
  test('is detected from its text, and set on it with its direction', async () => {
    const thread = await addThread(causeway, ama, 'Which languages are missing?');
    const ids = {
      fr: await say(thread.id, 'Chez nous, aucun modèle ne comprend les éleveurs du fleuve.'),
      ar: await say(
        thread.id,
        '> our models speak no Arabic\n\nلا يفهم أي نموذج لهجتنا في السوق هنا.',
      ),
      hi: await say(
        thread.id,
        'हमारी बोली कोई मॉडल नहीं समझता।\n\n```python\nprint("hello", model)\n```',
      ),
      en: await say(thread.id, 'Agreed.', 'en'),
    };
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    for (const [language, id] of Object.entries(ids)) {
      const words = $(`#p-${id} .prose`);
      expect(words.attr('lang'), language).toBe(language);
      expect(words.find('p').last().attr('dir')).toBe('auto');
    }
  });

  test('of a short one is that of the page it was written on', async () => {
    const thread = await addThread(causeway, ama, 'Short answers');
    const id = await say(thread.id, 'Merci !', 'fr');
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect($(`#p-${id} .prose`).attr('lang')).toBe('fr');
  });

  test('of a short one is that of the thread where the page has another script', async () => {
    const thread = await addThread(causeway, ama, 'Majibu mafupi');
    await causeway.app.db.write((tx) =>
      tx.update(threads).set({ language: 'sw' }).where(eq(threads.id, thread.id)),
    );
    const id = await say(thread.id, 'Sawa kabisa', 'ar');
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect($(`#p-${id} .prose`).attr('lang')).toBe('sw');
  });

  test('of a thread is that of its title and opening', async () => {
    const sent = await kofi.client.post('/threads/new', {
      title: 'Pas de connexion à l’école du village',
      body: 'La connexion ne suffit pas pour ouvrir un seul modèle en ligne, même la nuit.',
      pillar: ['infrastructure'],
    });
    const { $ } = await causeway.client().get(sent.location ?? '');
    expect($('h1').attr('lang')).toBe('fr');
    expect($('.opening .prose').attr('lang')).toBe('fr');
  });
});

describe('correcting it', () => {
  test('is possible for the author and moderators, with a link at the post', async () => {
    const thread = await addThread(causeway, ama, 'Corrections');
    const id = await addPost(causeway, kofi, thread.id, 'Sawa kabisa');
    const link = `#p-${id} a[href="/p/${id}/language"]`;
    const page = `/t/${thread.id}/${thread.slug}`;
    expect((await kofi.client.get(page)).$(link).text()).toBe('Language: English · change');
    expect((await ama.client.get(page)).$(link).length).toBe(0);
    expect((await causeway.client().get(page)).$(link).length).toBe(0);

    const form = await kofi.client.get(`/p/${id}/language`);
    expect(form.$('select[name=language] option[selected]').attr('value')).toBe('en');
    const sent = await kofi.client.post(`/p/${id}/language`, { language: 'sw' });
    expect(sent.status).toBe(303);
    expect(sent.location).toContain(`#p-${id}`);
    expect((await causeway.client().get(page)).$(`#p-${id} .prose`).attr('lang')).toBe('sw');

    await moderator.client.post(`/p/${id}/language`, { language: 'rw' });
    expect((await causeway.client().get(page)).$(`#p-${id} .prose`).attr('lang')).toBe('rw');
  });

  test('of an opening corrects the title', async () => {
    const thread = await addThread(causeway, ama, 'Hakuna umeme');
    await ama.client.post(`/p/${thread.openingId}/language`, { language: 'sw' });
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect($('h1').attr('lang')).toBe('sw');
  });

  test('is refused to others as if the post did not exist', async () => {
    const thread = await addThread(causeway, ama, 'Not yours');
    const id = await addPost(causeway, ama, thread.id, 'Mine');
    expect((await kofi.client.get(`/p/${id}/language`)).status).toBe(404);
    expect((await kofi.client.post(`/p/${id}/language`, { language: 'fr' })).status).toBe(404);
    expect((await ama.client.get('/p/NONE/language')).status).toBe(404);
    const nobody = await causeway.client().post(`/p/${id}/language`, { language: 'fr' });
    expect(nobody.location).toMatch(/^\/login/);
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect($(`#p-${id} .prose`).attr('lang')).toBe('en');
  });

  test.each(['xx', 'english', 'en"><script>', ''])('refuses %j', async (language) => {
    const thread = await addThread(causeway, ama, 'No such language');
    const sent = await ama.client.post(`/p/${thread.openingId}/language`, { language });
    expect(sent.status).toBe(400);
    expect(sent.$('#language-error').length).toBe(1);
  });
});

describe('a filter by language', () => {
  test('folds the other posts of a thread under their language, and says so', async () => {
    const thread = await addThread(causeway, ama, 'Two languages');
    const english = await addPost(causeway, kofi, thread.id, 'An English contribution');
    const french = await addPost(causeway, kofi, thread.id, 'Une contribution', { language: 'fr' });
    const canadian = await addPost(causeway, ama, thread.id, 'Une réponse', {
      language: 'fr-CA',
      parentId: english,
      replyToId: english,
    });
    const page = `/t/${thread.id}/${thread.slug}`;
    const whole = await causeway.client().get(page);
    expect(whole.$('details.folded').length).toBe(0);
    const link = whole.$('nav[aria-label=Languages] a[href$="language=fr"]');
    expect(link.text()).toBe('French (1)');

    const { $, status } = await causeway.client().get(link.attr('href') ?? '');
    expect(status).toBe(200);
    expect($('details.folded').length).toBe(1);
    expect($('details.folded summary').text()).toBe('kofi, in English');
    // All posts are still on the page.
    expect($(`details.folded #p-${english}`).text()).toContain('An English contribution');
    expect($(`#p-${french}`).closest('details').length).toBe(0);
    expect($(`#p-${canadian}`).closest('details').length).toBe(0);
    expect($('.notice').text()).toContain('One post in another language is folded');
    expect($('.notice a').attr('href')).toBe(page);
    expect($('link[rel=canonical]').attr('href')).toBe(causeway.config.origin + page);
  });

  test('that names no language changes nothing', async () => {
    const thread = await addThread(causeway, ama, 'No language at all');
    await addPost(causeway, kofi, thread.id, 'Words');
    const path = `/t/${thread.id}/${thread.slug}?language=%22%3E`;
    const { $, status } = await causeway.client().get(path);
    expect(status).toBe(200);
    expect($('details.folded').length).toBe(0);
  });

  test('of the list of threads shows how many it leaves out', async () => {
    const path = '/threads?language=sw&sort=new';
    const { $ } = await causeway.client().get(path);
    const all = await causeway.client().get('/threads?sort=new');
    const count = (text: string) => Number(/\d+/.exec(text)?.[0] ?? 0);
    const left = count(all.$('#list').text()) - count($('#list').text());
    expect(left).toBeGreaterThan(1);
    const notice = $('.page-main > .quiet');
    expect(notice.text()).toContain(`${left} other threads match`);
    expect(notice.text()).toContain('Swahili');
    expect(notice.find('a').attr('href')).toBe('/threads?sort=new');
  });
});

test('an invalid text is refused with a message and kept', async () => {
  const thread = await addThread(causeway, ama, 'Refusals');
  const bodies = [
    ['***', 400],
    [`${'> '.repeat(30)}deep`, 400],
    ['[a]: https://example.org', 400],
  ] as const;
  for (const [body, status] of bodies) {
    const reply = await kofi.client.post(`/t/${thread.id}`, { body });
    const started = await kofi.client.post('/threads/new', { title: 'A fine title', body });
    for (const answer of [reply, started]) {
      expect(answer.status, body).toBe(status);
      expect(answer.$('textarea[name=body]').val()).toBe(body);
      expect(answer.$('#body-error').text()).not.toBe('');
    }
    expect(started.$('input[name=title]').val()).toBe('A fine title');
  }
});
