import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { exportData } from '~/domain/import-export/export-data';
import { indexPost } from '~/domain/search/index-post';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { decisions, postTranslations, threads, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import {
  hasApertium,
  startTranslator,
  type Translator,
  translateWithApertium,
} from './support/translator';

let causeway: TestCauseway;
let machine: Translator;
let wanjiru: Member;
let luc: Member;
let visitor: Client;
let french: Client;
/** A thread with a post in Swahili by Wanjiru. */
let thread: { id: string; path: string };
let postId: string;

beforeAll(async () => {
  machine = await startTranslator();
  const { url: TRANSLATE_URL } = machine;
  const key = {
    TRANSLATE_KEY: 'zqkey',
    TRANSLATE_TIMEOUT: '300',
    TRANSLATE_PER_DAY: '3',
    DIGEST_MIN_AUTHORS: '1',
  };
  causeway = await startTestCauseway({ TRANSLATE_URL, ...key });
  wanjiru = await addMember(causeway, 'wanjiru', { createdAt: 0 });
  luc = await addMember(causeway, 'luc', { name: 'Luc Adjovi', createdAt: 0 });
  visitor = causeway.client();
  french = causeway.client();
  await french.post('/language', { language: 'fr' });
});
afterAll(async () => {
  await causeway.close();
  await machine.close();
});

beforeEach(async () => {
  causeway.clock.advance(HOUR);
  thread = await addThread(causeway, luc, 'What keeps you from AI?');
  causeway.clock.advance(MINUTE);
  postId = await addPost(causeway, wanjiru, thread.id, SWAHILI, { language: 'sw' });
  await causeway.app.db.write((tx) => indexPost(tx, postId));
});

const SWAHILI = 'Umeme unakatika kila siku, kwa hiyo hatuwezi kufundisha.';
const FRENCH = 'Le courant est coupé chaque jour, donc nous ne pouvons pas enseigner.';

const translate = (who: Member, body: string, more: Record<string, string> = {}) =>
  who.client.post(`/p/${postId}/translate?to=fr`, { language: 'fr', body, ...more });

/** The post on a page. */
const postIn = ({ $ }: Answer) => $(`article[id="p-${postId}"]`);
const rows = () =>
  causeway.app.db.reader
    .select()
    .from(postTranslations)
    .where(eq(postTranslations.postId, postId))
    .orderBy(asc(postTranslations.id));

/** Edits the post as its author, after the time in which edits leave no trace. */
async function edit(body: string) {
  causeway.clock.advance(HOUR);
  const sent = await wanjiru.client.post(`/p/${postId}/edit`, { body, reason: 'Clearer' });
  expect(sent.status).toBe(303);
}

describe('a translation', () => {
  it('is one press away for readers of its language, above its original', async () => {
    expect(postIn(await french.get(thread.path)).text()).not.toContain('Lire en français');
    const sent = await translate(luc, `${FRENCH}\n\n> **Vraiment** <script>`);
    expect(sent.status).toBe(303);
    expect(sent.location).toBe(`${thread.path}?read=fr#p-${postId}`);

    const before = await french.get(thread.path);
    expect(postIn(before).find('.prose').attr('lang')).toBe('sw');
    const link = postIn(before).find('a:contains("Lire en français")').attr('href') ?? '';
    expect(postIn(await visitor.get(thread.path)).text()).not.toContain('Read in');

    const read = await french.get(link);
    const [translation, original] = postIn(read).find('.prose').toArray();
    expect(read.$(translation).attr('lang')).toBe('fr');
    expect(read.$(translation).text()).toContain(FRENCH);
    expect(read.$(translation).find('script').length).toBe(0);
    expect(read.$(original).attr('lang')).toBe('sw');
    expect(read.$(original).closest('details').find('summary').text()).toContain('swahili');
    expect(postIn(read).text()).toContain('Traduit par Luc Adjovi');
    // Visitors share the page as it was asked for.
    for (const [path, shown] of [
      [thread.path, false],
      [`${thread.path}?read=fr`, true],
      [`${thread.path}?read=fr-CA`, true],
      [`${thread.path}?read=original`, false],
      [`${thread.path}?read=pt`, false],
    ] as const) {
      for (const _again of [1, 2]) {
        const page = await visitor.get(path);
        expect(postIn(page).text().includes(FRENCH), path).toBe(shown);
        expect(postIn(page).text(), path).toContain(SWAHILI);
      }
    }
    const alone = await visitor.get(`/p/${postId}/whole?read=fr`);
    expect(postIn(alone).text()).toContain(FRENCH);
  });

  it('is corrected by another member, and both stay in the list', async () => {
    await translate(luc, FRENCH);
    const form = await wanjiru.client.get(`/p/${postId}/translate?to=fr`);
    expect(form.$('textarea[name=body]').text()).toBe(FRENCH);
    expect(form.$('.beside .prose').text()).toContain(SWAHILI);
    const better = 'L’électricité est coupée tous les jours.';
    expect((await translate(wanjiru, better)).status).toBe(303);
    const page = postIn(await visitor.get(`${thread.path}?read=fr`)).text();
    expect(page).toContain(better);
    expect(page).not.toContain(FRENCH);
    const list = (await visitor.get(`/p/${postId}/translations`)).$('main').text();
    expect(list).toContain(better);
    expect(list).toContain(FRENCH);
    expect(list).toContain('A newer translation replaces it.');
  });

  it('never replaces what its writer has not seen, and gives the text back', async () => {
    const form = await luc.client.get(`/p/${postId}/translate?to=fr`);
    const seen = {
      translation: form.$('[name=translation]').attr('value') ?? '',
      revision: form.$('form.composer [name=revision]').attr('value') ?? '',
    };
    await translate(wanjiru, 'Entre-temps.');
    const overtaken = await translate(luc, FRENCH, seen);
    expect(overtaken.status).toBe(422);
    expect(overtaken.$('textarea[name=body]').text()).toBe(FRENCH);
    expect(overtaken.$('section.preview').text()).toContain('Entre-temps.');
    await edit('Umeme haukatiki tena.');
    const changed = await translate(luc, FRENCH, seen);
    expect(changed.status).toBe(422);
    expect(changed.$('textarea[name=body]').text()).toBe(FRENCH);
    expect(changed.$('.beside .prose').text()).toContain('haukatiki');
    expect(await rows()).toHaveLength(1);
  });

  it('is refused in the language of the post, in none, empty, too early and twice', async () => {
    const newcomer = await addMember(causeway, `newcomer${causeway.clock.now()}`);
    for (const [who, fields, status] of [
      [luc, { language: 'sw', body: FRENCH }, 422],
      [luc, { language: 'xx', body: FRENCH }, 400],
      [luc, { language: 'fr', body: ' ' }, 400],
      [newcomer, { language: 'fr', body: FRENCH }, 422],
    ] as const) {
      const sent = await who.client.post(`/p/${postId}/translate`, fields);
      expect(sent.status, JSON.stringify(fields)).toBe(status);
      expect(sent.$('textarea[name=body]').text().trim()).toBe(fields.body.trim());
      expect(sent.$('.error-summary').length).toBe(1);
    }
    expect(await rows()).toHaveLength(0);
    const key = 'twice-sent-key';
    await translate(luc, FRENCH, { key });
    await translate(luc, FRENCH, { key });
    expect(await rows()).toHaveLength(1);
  });

  it('keeps the text of a person whose session has ended', async () => {
    const sent = await visitor.post(`/p/${postId}/translate`, { language: 'fr', body: FRENCH });
    expect(sent.status).toBe(422);
    expect(sent.$('textarea[name=body]').text()).toBe(FRENCH);
    expect((await visitor.get(`/p/${postId}/translate`)).location).toContain('/login');
  });

  it('of an older text says so, and goes with that text', async () => {
    await translate(luc, FRENCH);
    await edit('Umeme haukatiki tena.');
    const page = () => visitor.get(`${thread.path}?read=fr`);
    expect(postIn(await page()).text()).toContain('This translates an older text of the post.');
    const mona = await addMember(causeway, `mona${causeway.clock.now()}`, { role: 'moderator' });
    await mona.client.post(`/p/${postId}/revisions`, { number: '1', reason: 'private-data' });
    expect(postIn(await page()).text()).not.toContain(FRENCH);
    expect((await visitor.get(`/p/${postId}/translations`)).text).not.toContain(FRENCH);
  });

  it('goes with a text that was changed before it had a history', async () => {
    await translate(luc, FRENCH);
    const body = 'Umeme haukatiki.';
    expect((await wanjiru.client.post(`/p/${postId}/edit`, { body })).status).toBe(303);
    expect((await visitor.get(`${thread.path}?read=fr`)).text).not.toContain(FRENCH);
    expect((await visitor.get(`/p/${postId}/translations`)).text).not.toContain(FRENCH);
  });

  it('is removed by its translator or by the author of the post, and by no other', async () => {
    const other = await addMember(causeway, `other${causeway.clock.now()}`);
    for (const who of [luc, wanjiru]) {
      await translate(luc, FRENCH);
      const id = (await rows()).at(-1)?.id ?? '';
      const path = `/p/${postId}/translations`;
      expect((await other.client.post(path, { translation: id })).status).toBe(404);
      expect((await visitor.get(`${thread.path}?read=fr`)).text).toContain(FRENCH);
      expect((await who.client.post(path, { translation: id })).status).toBe(303);
      expect((await visitor.get(`${thread.path}?read=fr`)).text).not.toContain(FRENCH);
      const list = await visitor.get(path);
      expect(list.text).not.toContain(FRENCH);
      expect(list.$('main').text()).toContain('Removed by');
      causeway.clock.advance(MINUTE);
    }
  });

  it('is refused to silenced and suspended people, who keep their text, and possible in a locked thread', async () => {
    const set = (change: Partial<typeof users.$inferInsert>) =>
      causeway.app.db.write((tx) => tx.update(users).set(change).where(eq(users.id, luc.id)));
    const until = causeway.clock.now() + HOUR;
    for (const name of ['silencedUntil', 'suspendedUntil'] as const) {
      await set({ [name]: until });
      const sent = await translate(luc, FRENCH);
      expect([name, sent.status]).toEqual([name, 422]);
      expect(sent.$('textarea[name=body]').text()).toBe(FRENCH);
      await set({ [name]: null });
    }
    expect(await rows()).toHaveLength(0);
    const lock = (state: 'locked' | 'hidden') =>
      causeway.app.db.write((tx) =>
        tx.update(threads).set({ state }).where(eq(threads.id, thread.id)),
      );
    await lock('locked');
    expect((await translate(luc, FRENCH)).status).toBe(303);
    await lock('hidden');
    const other = await addMember(causeway, `other${causeway.clock.now()}`, { createdAt: 0 });
    const again = await translate(other, 'Le courant saute.');
    expect(again.status).toBe(404);
    expect(again.text).toContain('Le courant saute.');
    for (const end of ['', '/translations', '/whole?read=fr', '/revisions']) {
      expect((await visitor.get(`/p/${postId}${end}`)).text, end).not.toContain(FRENCH);
    }
    expect((await visitor.get('/api/v1/contributions?limit=100')).text).not.toContain(FRENCH);
  });

  it('asks no words of people whose first post waits for a moderator, and tells why', async () => {
    const newcomer = await addMember(causeway, 'newcomer', { createdAt: 0 });
    const why = 'once a moderator has approved your first post';
    const page = await newcomer.client.get(`/p/${postId}/translate?to=fr`);
    expect(page.$('main').text()).toContain(why);
    expect(page.$('main textarea')).toHaveLength(0);
    const sent = await translate(newcomer, FRENCH);
    expect([sent.status, sent.$('textarea[name=body]').text()]).toEqual([422, FRENCH]);
    expect(sent.$('[role=alert]').text()).toContain(why);
    const known = await luc.client.get(`/p/${postId}/translate?to=fr`);
    expect(known.$('main textarea')).toHaveLength(1);
  });

  it('is not offered for the questions of an article, which administrators translate', async () => {
    expect((await luc.client.get(`/p/${postId}/translate`)).status).toBe(200);
    const found = await luc.client.get('/c/democratizing-ai-power');
    const question = found.$('a[href^="/t/"]').attr('href') ?? '';
    const page = await luc.client.get(question);
    expect(page.status).toBe(200);
    const opening = page.$('article.opening').attr('id')?.replace('p-', '') ?? '';
    expect(page.$('article.opening a[href$="/translate"]').length).toBe(0);
    expect((await luc.client.get(`/p/${opening}/translate`)).status).toBe(404);
  });
});

describe('a machine', () => {
  const ENGLISH =
    'In Nairobi the power is cut 3 times a day, says Wanjiru. See https://x.example/a';
  const GOOD =
    'À Nairobi le courant est coupé 3 fois par jour, dit Wanjiru. Voir https://x.example/a';
  const ask = (body = '') =>
    luc.client.post(`/p/${postId}/translate?to=fr`, { language: 'fr', body, machine: '1' });
  beforeEach(async () => {
    postId = await addPost(causeway, wanjiru, thread.id, ENGLISH, { language: 'en' });
    machine.languages = [{ code: 'en', targets: ['en', 'fr'] }, { code: 'fr' }];
    machine.answer = () => GOOD;
    machine.asked.length = 0;
  });

  it('translates when a member presses the button, once, and a person can correct it', async () => {
    const form = await luc.client.get(`/p/${postId}/translate?to=fr`);
    expect(form.$('button[name=machine]').text()).toBe('Translate by machine');
    await french.get(`${thread.path}?read=fr`);
    expect(machine.asked).toEqual([]);
    expect((await ask()).location).toBe(`${thread.path}?read=fr#p-${postId}`);
    const page = postIn(await visitor.get(`${thread.path}?read=fr`)).text();
    expect(page).toContain(GOOD);
    expect(page).toContain('Machine translation by LibreTranslate');
    expect(machine.asked.map(({ path }) => path)).toEqual(['/languages', '/translate']);
    const sent = { q: ENGLISH, source: 'en', target: 'fr', format: 'text', api_key: 'zqkey' };
    expect(machine.asked[1]?.data).toEqual(sent);
    expect((await ask()).status).toBe(303);
    expect(machine.asked).toHaveLength(2);
    await translate(luc, `${GOOD} Corrigé.`);
    expect(postIn(await visitor.get(`${thread.path}?read=fr`)).text()).toContain('Luc Adjovi');
    await causeway.app.db.write((tx) => tx.delete(postTranslations));
  });

  it.each([
    ['hangs', { does: 'hangs' }, 'gave no translation'],
    ['never ends', { does: 'never ends' }, 'gave no translation'],
    ['is no JSON', { does: 'is no JSON' }, 'gave no translation'],
    ['has no text', { does: 'has no text' }, 'gave no translation'],
    ['fails', { does: 'fails' }, 'gave no translation'],
    ['redirects', { does: 'redirects' }, 'gave no translation'],
    ['changes a number', GOOD.replace('3', '4'), 'changed a number'],
    ['changes a place', GOOD.replace('Nairobi', 'Lagos'), 'changed a name'],
    ['drops a name', GOOD.replace('Wanjiru', 'elle'), 'changed a name'],
    ['adds a link', `${GOOD} https://evil.example`, 'changed a name'],
    ['says nothing', 'Oui.', 'no translation of this post'],
    ['repeats the post', ENGLISH, 'no translation of this post'],
    ['writes a book', GOOD.repeat(9), 'no translation of this post'],
  ] as const)('that %s is not believed, and costs nothing', async (_how, answer, says) => {
    machine.answer = () => answer;
    const sent = await ask();
    expect(sent.status).toBe(422);
    expect(sent.$('.error-summary').text()).toContain(says);
    expect(await rows()).toHaveLength(0);
    machine.answer = () => GOOD;
    expect((await ask()).status).toBe(303);
    await causeway.app.db.write((tx) => tx.delete(postTranslations));
  });

  it('is asked for what it can, and asks itself what a text is', async () => {
    machine.languages = [{ code: 'en', targets: ['sw'] }];
    expect((await ask()).status).toBe(422);
    machine.languages = [{ code: 'zz' }, { code: 'fr' }];
    machine.detects = 'zz';
    expect((await ask()).status).toBe(303);
    expect(machine.asked.at(-1)?.data.source).toBe('zz');
    await causeway.app.db.write((tx) => tx.delete(postTranslations));
  });

  it('never takes the place of a typed text, and stops at the limit of the day', async () => {
    const typed = await ask('Ma propre traduction');
    expect(typed.status).toBe(422);
    expect(typed.$('textarea[name=body]').text()).toBe('Ma propre traduction');
    for (const n of [1, 2, 3, 4]) {
      postId = await addPost(causeway, wanjiru, thread.id, ENGLISH, { language: 'en' });
      const { status, $ } = await ask();
      expect(status, `press ${n}`).toBe(n < 4 ? 303 : 422);
      if (n === 4) expect($('.error-summary').text()).toContain('used up');
    }
    await causeway.app.db.write((tx) => tx.delete(postTranslations));
  });

  it('is named on the privacy page', async () => {
    expect((await visitor.get('/privacy')).$('main').text()).toContain('is sent to 127.0.0.1');
  });

  it.skipIf(!hasApertium())('can be Apertium: it translates Spanish into Portuguese', async () => {
    const spanish = 'En Lima pagamos 40 soles por el internet, y la luz se va cada semana.';
    translateWithApertium(machine, spanish);
    postId = await addPost(causeway, wanjiru, thread.id, spanish, { language: 'es' });
    const fields = { language: 'pt', machine: '1' };
    const sent = await luc.client.post(`/p/${postId}/translate?to=pt`, fields);
    expect(sent.status, sent.$('.error-summary').text()).toBe(303);
    const page = postIn(await visitor.get(`${thread.path}?read=pt`));
    expect(page.find('.prose[lang=pt]').text()).toMatch(/Em Lima pagamos 40 .* semana/);
  });
});

describe('moderators', () => {
  let mona: Member;
  beforeAll(async () => {
    mona = await addMember(causeway, 'moderator', { role: 'moderator', createdAt: 0 });
  });
  const page = async () => (await visitor.get(`${thread.path}?read=fr`)).text;

  it('remove a translation with a reason, in public, and undo it on appeal', async () => {
    await translate(luc, FRENCH);
    const id = (await rows()).at(-1)?.id ?? '';
    const path = `/p/${postId}/translations`;
    const decide = { translation: id, decide: '1' };
    expect((await luc.client.post(path, { ...decide, reason: 'spam' })).status).toBe(404);
    expect((await mona.client.post(path, decide)).status).toBe(400);
    const removed = await mona.client.post(path, { ...decide, reason: 'spam', note: 'See why.' });
    expect(removed.status).toBe(303);
    expect(await page()).not.toContain(FRENCH);
    expect((await visitor.get('/moderation')).$('main').text()).toContain('Translation removed');

    const notice = await luc.client.get('/notifications');
    const letter = notice.$('a[href^="/decisions/"]').first().attr('href') ?? '';
    const statement = await luc.client.get(letter);
    expect(statement.$('main').text()).toContain('See why.');
    expect(statement.$('main').text()).not.toContain(SWAHILI);
    const key = statement.$('form [name=key]').attr('value') ?? '';
    const appeal = await luc.client.post(`${letter}/appeal`, { body: 'It is faithful.', key });
    expect(appeal.status).toBe(303);
    const case_ = (await mona.client.get('/mod')).$('a[href^="/mod/cases/"]').last().attr('href');
    const undone = await mona.client.post(case_ ?? '', {
      action: 'undo',
      undoes: letter.replace('/decisions/', ''),
      note: 'You are right.',
    });
    expect(undone.status, undone.$('.error-summary').text()).toBe(303);
    expect(await page()).toContain(FRENCH);
  });

  it('see flags of a translation in the case of its post', async () => {
    await translate(luc, FRENCH);
    const id = (await rows()).at(-1)?.id ?? '';
    const list = await wanjiru.client.get(`/p/${postId}/translations`);
    const link = list.$('a:contains("Flag this translation")').attr('href') ?? '';
    const form = await wanjiru.client.get(link);
    expect(form.$('main').text()).toContain(FRENCH);
    const fields = { reason: 'misinformation', translation: id };
    expect((await luc.client.post(`/p/${postId}/flag`, fields)).status).toBe(422);
    for (const _twice of [1, 2]) {
      expect((await wanjiru.client.post(`/p/${postId}/flag`, fields)).status).toBe(303);
    }
    const other = { ...fields, translation: 'none' };
    expect((await wanjiru.client.post(`/p/${postId}/flag`, other)).status).toBe(404);
    const there = await mona.client.get(`/mod/posts/${postId}`);
    const evidence = (await mona.client.get(there.location ?? '')).$('main');
    expect(evidence.text().match(/About a translation of the post/g)).toHaveLength(1);
    expect(evidence.find(`a[href="/p/${postId}/translations#${id}"]`).length).toBe(1);
  });

  it('remove a spammer’s translations with the posts, and put them back', async () => {
    const spammer = await addMember(causeway, 'spammer', { createdAt: 0 });
    await addPost(causeway, spammer, thread.id, 'A first post that is public.');
    await translate(spammer, FRENCH);
    const desk = `/mod/people/${spammer.handle}`;
    await mona.client.post(desk, { action: 'spam-clean', reason: 'spam' });
    expect(await page()).not.toContain(FRENCH);
    const [made] = await causeway.app.db.reader
      .select()
      .from(decisions)
      .where(eq(decisions.action, 'spam-clean'));
    const undo = { action: 'undo', undoes: made?.id ?? '' };
    expect((await mona.client.post(`/mod/cases/${made?.caseId}`, undo)).status).toBe(303);
    expect(await page()).toContain(FRENCH);
  });
});

describe('the search', () => {
  it('finds translated words, says whose they are, and forgets them with the translation', async () => {
    await translate(luc, 'Le réseau tombe : zqmatongé.');
    const search = (q: string) => visitor.get(`/search?q=${q}`);
    const found = await search('zqmatongé');
    expect(found.$('ol.rows > li').length).toBe(1);
    const text = found.$('ol.rows > li').text();
    expect(text).toContain('Found in the French translation by Luc Adjovi (@luc)');
    expect(found.$('ol.rows .prose').attr('lang')).toBe('fr');
    expect(found.$('ol.rows mark').text()).toBe('zqmatongé');
    const link = found.$('ol.rows h3 a').attr('href') ?? '';
    expect((await visitor.get(link)).location).toBe(`${thread.path}?read=fr#p-${postId}`);
    const inOriginal = await search('umeme kufundisha');
    expect(inOriginal.$('ol.rows > li').text()).not.toContain('Found in');
    // One word of the original and one of the translation: it is one post.
    expect((await search('umeme zqmatongé')).$('ol.rows > li').length).toBe(1);

    await edit('Umeme haukatiki tena.');
    expect((await search('zqmatongé')).$('ol.rows > li').length).toBe(0);
    await translate(luc, 'Le réseau tient : zqmatongé.');
    expect((await search('zqmatongé')).$('ol.rows > li').length).toBe(1);
    // Said to be in French, the post has no French translation any more.
    await wanjiru.client.post(`/p/${postId}/language`, { language: 'fr' });
    expect((await search('zqmatongé')).$('ol.rows > li').length).toBe(0);
    await wanjiru.client.post(`/p/${postId}/language`, { language: 'sw' });
    expect((await search('zqmatongé')).$('ol.rows > li').length).toBe(1);
    const id = (await rows()).at(-1)?.id ?? '';
    await luc.client.post(`/p/${postId}/translations`, { translation: id });
    expect((await search('zqmatongé')).$('ol.rows > li').length).toBe(0);
  });
});

describe('a quote of a digest', () => {
  const SENTENCE =
    'Kadi ya benki inagharimu mshahara wa mwaka mzima, kwa hiyo hatuwezi kulipia zana hizi.';
  const SAID = 'Une carte bancaire coûte un an de salaire : nous ne pouvons pas payer ces outils.';

  /** Publishes a digest of Kenya about a post, and returns its path. */
  async function digestOf(body: string): Promise<string> {
    const { app, clock } = causeway;
    const facts = { country: 'KE', region: '014', language: 'sw' } as const;
    postId = await addPost(causeway, wanjiru, thread.id, body, { ...facts, barriers: ['cost'] });
    const month = new Date(clock.now()).toISOString().slice(0, 7);
    clock.advance(31 * DAY);
    const { id } = await buildDigest(app, 'KE', month);
    await publishDigest(app, id, null);
    return `/digests/KE/${month}`;
  }
  const figure = async (who: Client, path: string) => {
    const { $ } = await who.get(path);
    return $(`figure:has(.signed a[href="/p/${postId}"])`);
  };
  const inJson = async (path: string) => {
    const { text } = await french.get(`${path}.json`);
    type Quote = { postId: string; translations: Record<string, string>[] };
    const digest: { barriers: { quotes: Quote[] }[]; findings: { quotes: Quote[] }[] } =
      JSON.parse(text);
    const quotes = [...digest.barriers, ...digest.findings].flatMap((one) => one.quotes);
    return quotes.find((one) => one.postId === postId)?.translations;
  };

  it('of a whole post stands beside what a person made of it, and beside no machine’s', async () => {
    const path = await digestOf(SENTENCE);
    expect((await figure(french, path)).find('.translated').length).toBe(0);
    await translate(luc, SAID);
    const shown = await figure(french, path);
    expect(shown.find('blockquote').text()).toBe(SENTENCE);
    expect(shown.find('.translated [lang=fr]').text()).toBe(SAID);
    expect(shown.find('.translated .quiet').text()).toMatch(
      /^Traduit par Luc Adjovi \(@luc\) le \d/,
    );
    expect(shown.find(`a[href="/p/${postId}?read=fr"]`).length).toBe(1);
    expect((await figure(visitor, path)).find('.translated').length).toBe(0);
    expect(await inJson(path)).toEqual([
      expect.objectContaining({ text: SAID, language: 'fr', translatedBy: 'Luc Adjovi (@luc)' }),
    ]);

    const [{ id = '' } = {}] = await rows();
    await luc.client.post(`/p/${postId}/translations`, { translation: id });
    expect((await figure(french, path)).find('.translated').length).toBe(0);
    expect(await inJson(path)).toEqual([]);
    await translate(luc, `${SAID} Oui.`);
    expect((await figure(french, path)).find('.translated').text()).toContain('Oui.');
    const byMachine = { personId: null, machine: 'LibreTranslate' };
    await causeway.app.db.write((tx) => tx.update(postTranslations).set(byMachine));
    expect((await figure(french, path)).find('.translated').length).toBe(0);
  });

  it('of a part of a post stands beside the words that a person picked, never beside a guess', async () => {
    const further =
      'Nilijaribu mara tatu mwezi uliopita kabla ya kukata tamaa. Rafiki yangu alinisaidia kujaza fomu, na bado haikufaulu. ' +
      'Sasa tunasubiri jibu kutoka kwa benki. Labda watajibu wiki ijayo, labda hawatajibu kabisa hata mwaka huu.';
    const path = await digestOf(`${further} ${SENTENCE}`);
    const words = (await figure(visitor, path)).find('blockquote').text();
    expect(words).not.toBe(`${further} ${SENTENCE}`);
    const form = await luc.client.get(`/p/${postId}/translate?to=fr`);
    const name = form.$('textarea[name^="quote-"]').attr('name') ?? '';
    expect(form.$(`label[for="${name}"]`).text()).toContain(words);

    const whole = `J’ai essayé trois fois. ${SAID} Nous attendons.`;
    const wrong = await translate(luc, whole, { [name]: 'Autre chose.' });
    expect(wrong.status).toBe(400);
    expect(wrong.$(`[name="${name}"]`).text()).toBe('Autre chose.');
    expect(wrong.$('.error-summary').text()).toContain('Copy them from it word for word');
    expect(await rows()).toEqual([]);

    await translate(luc, whole);
    const linked = await figure(french, path);
    expect(linked.find('.translated').length).toBe(0);
    expect(linked.find(`a[href="/p/${postId}?read=fr"]`).length).toBe(1);

    // Luc only picks words: it stays his one translation.
    expect((await translate(luc, whole, { [name]: ` ${SAID}\n` })).status).toBe(303);
    expect((await rows()).length).toBe(1);
    expect((await figure(french, path)).find('.translated [lang=fr]').text()).toBe(SAID);
    const again = await luc.client.get(`/p/${postId}/translate?to=fr`);
    expect(again.$(`[name="${name}"]`).text()).toBe(SAID);

    // Another member who picks others answers for them.
    const amina = await addMember(causeway, `picks${causeway.clock.now()}`, { createdAt: 0 });
    await addPost(causeway, amina, thread.id, 'So that her next words need no moderator.');
    expect((await translate(amina, whole, { [name]: 'Nous attendons.' })).status).toBe(303);
    expect((await rows()).length).toBe(2);
    const corrected = (await figure(french, path)).find('.translated').text();
    expect(corrected).toContain('Nous attendons.');
    expect(corrected).toContain(`Traduit par ${amina.handle}`);
    // A correction without picked words takes them away.
    await translate(luc, `${whole} Toujours.`);
    expect((await figure(french, path)).find('.translated').length).toBe(0);
  });
});

it('programs get translations with their originals, labelled', async () => {
  await translate(luc, FRENCH);
  const answer = await visitor.get(`/api/v1/threads/${thread.id}`);
  const { contributions } = JSON.parse(answer.text);
  expect(contributions).toMatchObject([
    {
      id: postId,
      body: SWAHILI,
      translations: [
        { language: 'fr', body: FRENCH, translator: { handle: 'luc' }, machine: null },
      ],
    },
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  const exported = async () => {
    await exportData(causeway.app, folder);
    const lines = readFileSync(join(folder, 'translations.jsonl'), 'utf8').split('\n');
    return lines.filter((line) => line.includes(postId)).map((line) => JSON.parse(line));
  };
  const row = { contribution: postId, language: 'fr', body: FRENCH };
  expect(await exported()).toMatchObject([{ ...row, translator: 'luc', machine: null }]);
  const byMachine = { machine: 'LibreTranslate' };
  const ofPost = eq(postTranslations.postId, postId);
  const set = (values: object) =>
    causeway.app.db.write((tx) => tx.update(postTranslations).set(values).where(ofPost));
  await set({ ...byMachine, personId: null });
  expect(await exported()).toMatchObject([{ ...row, translator: null, ...byMachine }]);
  await set({ language: 'sw' });
  expect(await exported()).toEqual([]);
  const corrected = await visitor.get(`/api/v1/threads/${thread.id}`);
  expect(JSON.parse(corrected.text).contributions[0].translations).toEqual([]);
  await set({ language: 'fr', removedAt: causeway.clock.now() });
  expect(await exported()).toEqual([]);
  rmSync(folder, { recursive: true });
});

it('a member reads threads in their languages, and the originals where they want', async () => {
  await translate(luc, FRENCH);
  const amina = await addMember(causeway, `amina${causeway.clock.now()}`);
  const settings = (reads: string[]) => amina.client.post('/settings', { reads });
  const shown = async (query = '') => postIn(await amina.client.get(thread.path + query)).text();
  expect(await shown()).not.toContain(FRENCH);
  expect((await settings(['fr', 'en'])).status).toBe(303);
  const page = await amina.client.get(thread.path);
  expect(postIn(page).find('.prose').first().text()).toContain(FRENCH);
  expect(postIn(page).find('details.original').text()).toContain(SWAHILI);
  expect(page.$('main').text()).toContain('1 post is shown in translation');
  const originals = page.$('a:contains("Show originals")').attr('href') ?? '';
  expect(await shown(originals.slice(originals.indexOf('?')))).not.toContain(FRENCH);
  expect((await amina.client.get('/settings')).$('[name=reads][checked]').length).toBe(2);
  expect((await settings(['sw', 'fr'])).status).toBe(303);
  expect(await shown()).not.toContain(FRENCH);
  const wrong = await settings(['sw', 'x-nothing']);
  expect(wrong.status).toBe(400);
  expect(wrong.$('[name=reads][checked]').length).toBe(1);
});

it('a deleted account leaves its translations without a name, or takes them along', async () => {
  for (const words of ['keep', 'remove'] as const) {
    const password = 'a long enough password';
    const ines = await addMember(causeway, `ines${words}`, { createdAt: 0, name: 'Inès Bakary' });
    await addPost(causeway, ines, thread.id, 'So that her first post is public.');
    await translate(ines, `${FRENCH} ${words}`);
    expect((await visitor.get(`${thread.path}?read=fr`)).text).toContain('Inès Bakary');
    const { eraseAccount } = await import('~/domain/accounts/privacy/erase-account');
    await causeway.app.db.write((tx) => eraseAccount(tx, causeway.app, ines.id, words));
    const page = await visitor.get(`${thread.path}?read=fr`);
    expect(page.text.includes(`${FRENCH} ${words}`), password).toBe(words === 'keep');
    expect(page.text).not.toContain('Inès');
    await causeway.app.db.write((tx) => tx.delete(postTranslations));
  }
});
