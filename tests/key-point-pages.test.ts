import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { exportData } from '~/domain/import-export/export-data';
import { seedOnce } from '~/domain/import-export/seed';
import { sendDueDigests } from '~/jobs/mail';
import { DAY } from '~/platform/clock';
import {
  keyPointPosts,
  keyPointStances,
  keyPoints,
  meToos,
  posts,
  sameBarrierProposals,
  subscriptionScopes,
  subscriptions,
  waitingPosts,
} from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

const SN = { country: 'SN', region: '011' };
const NG = { country: 'NG', region: '011' };

let causeway: TestCauseway;
let mona: Member;
let amina: Member;
let awa: Member;
let kofi: Member;
let thread: { id: string; path: string };
let wolof: string;
let fula: string;

beforeEach(async () => {
  causeway = await useCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  amina = await addMember(causeway, 'amina', { country: 'NG' });
  awa = await addMember(causeway, 'awa', { country: 'SN' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
  thread = await addThread(causeway, amina, 'What is the biggest barrier?');
  wolof = await report(amina, 'Speech tools do not understand Wolof at all.', NG);
  fula = await report(awa, 'No speech tool understands Fula.', SN);
});

const db = () => causeway.app.db.reader;

async function report(who: Member, body: string, facts: object): Promise<string> {
  causeway.clock.advance(1000);
  return addPost(causeway, who, thread.id, body, { barriers: ['language'], ...facts });
}

const make = (postIds: string[], title = 'Speech tools understand neither Wolof nor Fula') =>
  causeway.app.db.write((tx) =>
    makeKeyPoint(tx, causeway.clock, mona.id, {
      ...{ kind: 'language', region: '011', postIds },
      text: title ? { language: 'en', title, sentence: `${title}.` } : undefined,
    }),
  );

/** The page at the end of redirects. */
async function open(client: Client, path: string) {
  const answer = await client.get(path);
  return answer.location ? client.get(answer.location) : answer;
}

const sort = (fields: Record<string, string>) =>
  mona.client.post('/mod/key-points', { act: 'sort', region: '011', ...fields });

describe('the page of a key point', () => {
  it('has one URL, and shows people, places, reports, stances and history', async () => {
    const id = await make([wolof, fula]);
    await kofi.client.post(`/key-points/${id}/stance`, { stance: 'me-too' });
    const reader = causeway.client();
    const path = `/key-points/${id}/speech-tools-understand-neither-wolof`;
    // Pages link to it without the title.
    const short = `/key-points/${id}`;
    for (const other of [`/key-points/${id}/x`, `/barriers/groups/${id}`]) {
      const answer = await reader.get(other);
      expect([answer.status, answer.location], other).toEqual([301, path]);
    }
    const page = await reader.get(short);
    expect(page.$('link[rel=canonical]').attr('href')?.endsWith(path)).toBe(true);
    expect((await reader.get(path)).status).toBe(200);
    const text = page.$('#main').text();
    expect(page.$('h1').text()).toBe('Speech tools understand neither Wolof nor Fula');
    expect(text).toContain(
      '2 people reported it; 1 more faces it too, worldwide · reported from Nigeria and Senegal · since',
    );
    expect(text).toContain('No speech tool understands Fula.');
    expect(text).toContain('Made by a moderator from 2 reports');
    expect(text).not.toContain('Proposed title');
    expect(text).not.toContain('mona');
    expect((await reader.get('/sitemap.xml')).text).toContain(path);
    expect((await reader.get(thread.path)).$(`[id="p-${fula}"] a[href="${short}"]`).length).toBe(1);
    for (const place of ['/regions/011', '/regions/002', '/barriers']) {
      expect((await reader.get(place)).$(`a[href="${short}"]`).length, place).toBeGreaterThan(0);
    }
    const feed = await reader.get(`/key-points/${id}/feed.xml`);
    expect(feed.text).toContain('No speech tool understands Fula.');
    const json = JSON.parse((await reader.get(`/key-points/${id}.json`)).text);
    expect(json).toMatchObject({
      kind: 'language',
      people: { reported: 2, facing: 1, all: 3 },
      countries: ['NG', 'SN'],
      stances: { 'me-too': { people: 1 } },
      texts: [{ language: 'en', proposed: false }],
    });
  });

  it('is named at each of its posts in a thread, replies too, after how many people wrote', async () => {
    const reply = await report(kofi, 'The same in Accra.', {
      ...NG,
      parentId: wolof,
      replyToId: wolof,
    });
    const id = await make([wolof, reply]);
    const { $ } = await causeway.client().get(thread.path);
    for (const post of [wolof, reply]) {
      const note = $(`[id="p-${post}"]`).children('p').children(`a[href^="/key-points/${id}"]`);
      expect(note.length, post).toBe(1);
    }
    const parts = [
      '[id^="p-"] .prose',
      'p:contains("3 people have written here, naming 2 countries.")',
      'section[aria-labelledby=key-points]',
      '#contributions',
      'form.composer',
      '.page-aside',
    ].map((part) => $('*').index($(part).first()));
    expect(parts).toEqual(parts.toSorted((one, other) => one - other));
    expect(parts[0]).toBeGreaterThan(0);
  });

  it('marks a title that nobody has accepted, and is gone without public reports', async () => {
    const id = await make([wolof], '');
    const reader = causeway.client();
    const page = await open(reader, `/key-points/${id}`);
    expect(page.$('#main').text()).toContain('Proposed title: the words of one report.');
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, wolof)),
    );
    for (const path of ['', '.json', '/feed.xml', '/stance']) {
      expect((await reader.get(`/key-points/${id}${path}`)).status, path).toBe(404);
    }
    expect((await reader.get('/sitemap.xml')).text).not.toContain(id);
  });

  it('leads from what was merged into it', async () => {
    const [one, other] = [await make([wolof], 'Wolof'), await make([fula], 'Fula')];
    const sent = await mona.client.post(`/mod/key-points/${one}`, { act: 'merge', into: other });
    expect(sent.location).toBe(`/mod/key-points/${other}`);
    const answer = await causeway.client().get(`/key-points/${one}/wolof`);
    expect([answer.status, answer.location]).toEqual([301, `/key-points/${other}/fula`]);
    for (const format of ['.json', '.json?page=1', '/feed.xml', '/stance']) {
      const { status, location } = await causeway.client().get(`/key-points/${one}${format}`);
      expect([status, location]).toEqual([301, `/key-points/${other}${format}`]);
    }
    const page = await open(causeway.client(), `/key-points/${other}`);
    expect(page.$('#main').text()).toContain('Merged with “Wolof”');
  });
});

describe('a page about a place or a kind', () => {
  it('leads with its key points, before tables and lists', async () => {
    const id = await make([wolof, fula]);
    const cost = await report(kofi, 'The card is refused.', { country: 'GH', region: '011' });
    await causeway.app.db.write((tx) =>
      makeKeyPoint(tx, causeway.clock, mona.id, {
        ...{ kind: 'cost', region: '011', postIds: [cost] },
        text: { language: 'en', title: 'Cards are refused', sentence: 'Cards are refused.' },
      }),
    );
    const reader = causeway.client();
    const [both, own] = [2, 1];
    const pages: [path: string, points: number][] = [
      ['/', both],
      ['/barriers', both],
      ['/barriers?region=011', both],
      ['/barriers?kind=language', own],
      ['/barriers/kinds/language', own],
      ['/regions/011', both],
      ['/countries/SN', own],
      ['/countries/NG', own],
      ['/regions/014', 0],
      ['/countries/KE', 0],
    ];
    for (const [path, points] of pages) {
      const { $ } = await reader.get(path);
      const shown = $('[aria-labelledby=key-points] a[href^="/key-points/"]');
      expect(shown.length, path).toBe(points);
      expect(
        shown.toArray().some((a) => $(a).attr('href')?.includes(id)),
        path,
      ).toBe(points > 0);
      const main = $('.page-main');
      expect(
        main
          .find('table, .excerpt, #questions, [aria-labelledby=key-points]')
          .first()
          .is('section[aria-labelledby=key-points]'),
        path,
      ).toBe(points > 0);
    }
  });
});

describe('a stance', () => {
  it('is taken, changed and taken back with one button each', async () => {
    const id = await make([wolof, fula]);
    const own = async () => {
      const page = await open(kofi.client, `/key-points/${id}`);
      return page.$('.stances strong').text();
    };
    const taken = async () =>
      (await db().select().from(keyPointStances)).map(({ stance, country }) => [stance, country]);
    for (const stance of ['not-here', 'no-longer', 'no-longer']) {
      const sent = await kofi.client.post(`/key-points/${id}/stance`, { stance });
      expect(sent.status).toBe(303);
    }
    expect(await own()).toBe('No longer');
    expect(await taken()).toEqual([['no-longer', 'GH']]);
    await kofi.client.post(`/key-points/${id}/stance`, { stance: 'none' });
    expect(await own()).toBe('');
    expect(await taken()).toEqual([]);
    expect((await kofi.client.post(`/key-points/${id}/stance`, { stance: 'x' })).status).toBe(400);
  });

  it('asks a member for a country who has given none, and no other', async () => {
    const id = await make([wolof, fula]);
    const { client } = await addMember(causeway, 'placeless');
    const fields = async (of: Client) =>
      (await open(of, `/key-points/${id}`))
        .$('form[action$="/stance"] input:not([type=hidden])')
        .toArray()
        .map(({ attribs }) => attribs.name);
    expect(await fields(kofi.client)).toEqual([]);
    expect(await fields(client)).toEqual(['country']);
    await client.post(`/key-points/${id}/stance`, { stance: 'me-too', country: 'Togo' });
    const [stance] = await db().select().from(keyPointStances);
    expect(stance).toMatchObject({ stance: 'me-too', country: 'TG' });
  });

  it('waits for the email address of a visitor without an account', async () => {
    const id = await make([wolof, fula]);
    const visitor = causeway.client();
    const page = await open(visitor, `/key-points/${id}`);
    expect(page.$('form[action$="/stance"] input[name=country]').length).toBe(1);
    const sent = await visitor.post(`/key-points/${id}/stance`, {
      stance: 'not-here',
      country: 'Togo',
    });
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('#main').text()).toContain('Speech tools understand neither Wolof nor Fula');
    const account = { email: 'new@example.org', handle: 'newcomer', password: 'a boat on the bay' };
    await visitor.post(sent.location ?? '', account);
    expect(await db().select().from(keyPointStances)).toEqual([]);
    await runJobs(causeway.app);
    const mail = (await causeway.mails()).at(-1);
    const done = await visitor.post(/\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '');
    expect(done.location).toBe(`/key-points/${id}`);
    const [stance] = await db().select().from(keyPointStances);
    expect(stance).toMatchObject({ stance: 'not-here', country: 'TG' });
    expect(await db().select().from(waitingPosts)).toEqual([]);
  });
});

describe('the desk', () => {
  it('offers likely matches for each report, and sorts twenty in three requests', async () => {
    const point = await make([wolof]);
    const bodies = ['Voice software knows no Wolof.', 'Speech input fails for Wolof.'];
    const likely = [];
    for (let n = 0; n < 20; n++) {
      const who = await addMember(causeway, `person${n}`, { country: 'SN' });
      likely.push(await report(who, `${bodies[n % 2]} Case ${n}.`, SN));
    }
    await kofi.client.post(`/p/${likely[7]}/face`, { on: '1' });
    expect((await kofi.client.get('/mod/key-points')).status).toBe(404);
    const page = await mona.client.get('/mod/key-points?region=011');
    const reports = page.$('fieldset.decide');
    expect(reports.length).toBe(20);
    // Most people first.
    expect(reports.first().text()).toContain('Case 7.');
    const names = page.$('fieldset.decide input[value="new"]').map((_, el) => el.attribs.name);
    const fields: Record<string, string> = {};
    for (const name of names.get()) fields[name] = `point:${point}`;
    const first = reports.first();
    expect(first.find(`input[value="point:${point}"]`).length).toBe(1);
    expect(first.find('input[type=radio]').length).toBe(3 + 3);
    const sent = await sort(fields);
    expect([sent.status, sent.location]).toEqual([303, '/mod/key-points?region=011&sorted=20']);
    const members = await db().select().from(keyPointPosts);
    expect(members.length).toBe(21);
    // The page of the key point has them on two pages, and in one line of its history.
    const first20 = await open(causeway.client(), `/key-points/${point}`);
    expect(first20.$('.newest > li').length).toBe(20);
    expect(first20.$('#history ~ ul').text()).toContain('20 reports added by a moderator');
    const rest = await causeway.client().get(first20.$('.pagination a').last().attr('href') ?? '');
    expect(rest.$('.newest > li').length).toBe(1);
    // Each can be undone on the page that follows.
    const after = await mona.client.get(sent.location ?? '');
    expect(after.$('#main .notice').text()).toContain('20 choices saved.');
    expect(after.$('button[name=undo]').length).toBeGreaterThan(20);
  });

  it('shows what authors say is the same, to be confirmed or dismissed with one press', async () => {
    const own = await report(kofi, 'Wolof is noise to my phone.', { ...SN, barriers: [] });
    const about = `/p/${own}/about`;
    const asked = await kofi.client.get(`${about}?next=mates`);
    expect(asked.$(`input[value="post/${wolof}"]`).length).toBe(1);
    await kofi.client.post(about, { keyPoint: `post/${wolof}` });
    // Its author faces what the other reports; nothing else is told before a moderator confirms it.
    expect(await db().select().from(meToos)).toMatchObject([{ postId: wolof, userId: kofi.id }]);
    expect(await db().select().from(keyPointPosts)).toEqual([]);
    const desk = async () => (await mona.client.get('/mod/key-points?region=011')).$;
    const button = ($: Awaited<ReturnType<typeof desk>>, end: string) =>
      $(`button[name=press][value^="${own} "][value$="${end}"]`).attr('value') ?? '';
    const $ = await desk();
    // Most people first: the two who face the same come before a report of one person.
    expect($('fieldset.sorting').last().text()).toContain('Fula');
    expect($('fieldset.sorting').first().text()).toContain('2 people');

    await sort({ press: button($, 'not-same') });
    expect(button(await desk(), wolof)).toBe('');
    const undo = (await desk())('button[name=undo]').first().attr('value') ?? '';
    await mona.client.post('/mod/key-points', { act: 'undo', undo });
    const kind = { [`kind.${own}`]: 'language', [`choice.${fula}`]: 'new' };
    await sort({ press: button(await desk(), wolof), ...kind, [`kind.${fula}`]: 'language' });
    const members = await db().select().from(keyPointPosts);
    const pointOf = (id: string) => members.find(({ postId }) => postId === id)?.keyPointId;
    expect(pointOf(own)).toBe(pointOf(wolof));
    expect(pointOf(own)).toBeDefined();
    // What else was chosen on the page is saved, too.
    expect(members.length).toBe(3);
    // A post in a key point is proposed as that key point.
    const next = await report(mona, 'My phone hears no Wolof.', { ...SN, barriers: [] });
    await mona.client.post(`/p/${next}/about`, { keyPoint: `post/${own}` });
    await sort({ press: `${next} point:${pointOf(own)}` });
    expect((await db().select().from(keyPointPosts)).length).toBe(4);
  });

  it('names a new key point, and accepts a proposed title with one press', async () => {
    const title = 'No speech tool knows Fula';
    const choice = { [`choice.${fula}`]: 'new', [`kind.${fula}`]: 'language' };
    await sort({ ...choice, [`title.${fula}`]: title });
    await sort({ [`choice.${wolof}`]: 'new', [`kind.${wolof}`]: 'language' });
    const page = await mona.client.get('/mod/key-points?region=011');
    // Those that nobody has named come first.
    const [first, second] = page.$('#points ~ ol > li').toArray();
    expect(page.$(first).text()).toContain('proposed title');
    expect(page.$(second).find('h3').text()).toBe(title);
    const form = page.$(first).find('form');
    const fields = { act: 'accept', language: form.find('[name=language]').attr('value') ?? '' };
    const point = form.find('button[name=point]').attr('value') ?? '';
    await mona.client.post('/mod/key-points', { ...fields, point, region: '011' });
    const after = await mona.client.get('/mod/key-points?region=011');
    expect(after.$('button[name=point]').length).toBe(0);
  });

  it('shows one that nothing names to moderators only, until somebody gives it a title', async () => {
    const named = await make([wolof]);
    const vague = await report(kofi, 'Same here, it is the same for us.', SN);
    await sort({ [`choice.${vague}`]: 'new', [`kind.${vague}`]: 'language' });
    const members = await db().select().from(keyPointPosts);
    const id = members.find(({ postId }) => postId === vague)?.keyPointId ?? '';
    const reader = causeway.client();
    const shownOn = async () => {
      const found = [];
      for (const page of ['/', '/barriers', '/regions/011', '/sitemap.xml', thread.path]) {
        const { text } = await reader.get(page);
        if (text.includes(`/key-points/${id}`)) found.push(page);
      }
      const { status } = await open(reader, `/key-points/${id}`);
      const json = (await reader.get(`/key-points/${id}.json`)).status;
      return { found, status, json };
    };
    expect(await shownOn()).toEqual({ found: [], status: 404, json: 404 });
    expect(
      (await keyPointsOf(db(), causeway.app.community, { limit: 1 })).map((point) => point.id),
    ).toEqual([named]);
    const desk = await mona.client.get('/mod/key-points?region=011');
    const [first] = desk.$('#points ~ ol > li').toArray();
    expect(desk.$(first).text()).toContain('No title yet: not public');
    expect(desk.$(first).find('a').attr('href')).toBe(`/mod/key-points/${id}`);
    const page = await mona.client.get(`/mod/key-points/${id}`);
    expect(page.$('h1').text()).toBe('Language: Western Africa');
    const title = 'No tool reads Wolof handwriting';
    const fields = { act: 'rename', language: 'en', title, sentence: title };
    await mona.client.post(`/mod/key-points/${id}`, fields);
    const { found, status, json } = await shownOn();
    expect([found, status, json]).toEqual([expect.arrayContaining(['/regions/011']), 200, 200]);
  });

  it('takes reports through the form of a key point, which asks nothing again', async () => {
    await seedOnce(causeway.app);
    const id = await make([wolof]);
    const page = await open(awa.client, `/key-points/${id}`);
    const link = page.$('a.button[href^="/barriers/new"]').attr('href') ?? '';
    const form = await awa.client.get(link);
    expect(form.$('#main').text()).toContain('Speech tools understand neither Wolof nor Fula');
    const keyPoint = form.$('input[name=keyPoint]').attr('value') ?? '';
    expect(form.$('form.composer').attr('action')).toBe(link);
    const body = 'Dictation in Wolof gives only noise here.';
    const sent = await awa.client.post(link, { body, country: 'SN', keyPoint });
    expect(sent.location).not.toContain('/about');
    const members = await db().select().from(keyPointPosts);
    expect(members.map(({ saidBy }) => saidBy).sort()).toEqual(['author', 'moderator']);
  });

  it('makes key points, joins reports, marks what is no barrier, and undoes each', async () => {
    const praise = await report(kofi, 'Everything works well here.', { ...NG, barriers: [] });
    const silent = await report(kofi, 'My phone speaks no Fula.', { ...NG, barriers: [] });
    await sort({
      [`choice.${wolof}`]: 'new',
      [`kind.${wolof}`]: 'language',
      [`choice.${fula}`]: `post:${silent}`,
      [`kind.${fula}`]: 'language',
      [`choice.${praise}`]: 'none',
    });
    const points = await db().select().from(keyPoints);
    const members = await db().select().from(keyPointPosts);
    expect(points.length).toBe(2);
    const pointOf = (id: string) => members.find(({ postId }) => postId === id)?.keyPointId;
    expect(pointOf(silent)).toBe(pointOf(fula));
    expect(pointOf(wolof)).not.toBe(pointOf(fula));
    const [marked] = await db().select().from(posts).where(eq(posts.id, praise));
    expect(marked?.notBarrier).toBe('moderator');
    const page = await mona.client.get('/mod/key-points?region=011');
    expect(page.$('fieldset.decide').length).toBe(0);
    const undo = page.$('button[name=undo]').map((_, el) => el.attribs.value);
    for (const id of undo.get()) {
      const sent = await mona.client.post('/mod/key-points', { act: 'undo', undo: id });
      expect(sent.status).toBe(303);
    }
    expect(await db().select().from(keyPointPosts)).toEqual([]);
    const again = await mona.client.post('/mod/key-points', {
      act: 'undo',
      undo: undo.get()[0] ?? '',
    });
    expect(again.status).toBe(422);
  });

  it('says how many choices came too late', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, fula)),
    );
    const sent = await sort({ [`choice.${fula}`]: 'new', [`kind.${fula}`]: 'language' });
    expect(sent.location).toBe('/mod/key-points?region=011&late=1');
    expect((await mona.client.get(sent.location ?? '')).text).toContain('1 choice was not saved');
  });

  it('names a key point in each language, and splits, empties and undoes it', async () => {
    const id = await make([wolof, fula], '');
    const path = `/mod/key-points/${id}`;
    const send = (fields: Record<string, string | string[]>) => mona.client.post(path, fields);
    const french = { language: 'fr', title: 'Pas de wolof', sentence: 'Aucun outil.' };
    expect((await send({ act: 'rename', ...french })).status).toBe(303);
    expect((await send({ act: 'rename', ...french, title: 'x'.repeat(121) })).status).toBe(400);
    const reader = causeway.client();
    reader.cookies.set('causeway_language', 'fr');
    expect((await open(reader, `/key-points/${id}`)).$('h1').text()).toBe('Pas de wolof');
    const said = (await open(causeway.client(), `/key-points/${id}`)).$('#history ~ ul [lang=fr]');
    expect(said.text()).toBe('Pas de wolof');
    const spanish = { language: 'es', title: 'Sin wólof', sentence: 'Ninguna herramienta.' };
    await send({ act: 'rename', ...spanish });
    const { $ } = await open(causeway.client(), `/key-points/${id}`);
    const titles = $('#history ~ ul details');
    expect(titles.find('summary').text()).toContain('Title set by a moderator in 2 languages');
    const each = titles.find('li').toArray();
    expect(each.map((one) => $(one).text())).toEqual([
      'Title set by a moderator (French): “Pas de wolof”',
      'Title set by a moderator (Spanish): “Sin wólof”',
    ]);
    for (const title of ['No Wolof', 'No Fula']) {
      await send({ act: 'rename', language: 'ar', title: 'بلا', sentence: 'بلا.' });
      await send({ act: 'rename', language: 'fr', title, sentence: title });
    }
    const mark = 'The original has changed since this was translated.';
    const asked = (await mona.client.get(path)).$(`form:contains("${mark}")`);
    const languages = asked.find('input[name=language]').toArray();
    expect(languages.map((one) => one.attribs.value)).toEqual(['ar', 'es']);
    expect(asked.text()).toContain('No Fula');
    reader.cookies.set('causeway_language', 'ar');
    expect((await open(reader, `/key-points/${id}`)).$('h1').html()).toContain('No Fula');
    const { texts } = JSON.parse((await reader.get(`/key-points/${id}.json`)).text);
    expect(texts).toMatchObject([{ language: 'fr', title: 'No Fula' }]);
    const original = asked.find('input[name=original]').attr('value') ?? '';
    await send({ act: 'accept', language: 'ar', original });
    expect((await open(reader, `/key-points/${id}`)).$('h1').text()).toBe('بلا');
    const left = (await mona.client.get(path)).$(`form:contains("${mark}")`);
    expect(left.find('input[name=language]').attr('value')).toBe('es');
    const split = await send({ act: 'split', post: [fula] });
    const other = /[^/]+$/.exec(split.location ?? '')?.[0];
    expect((await open(reader, `/key-points/${other}`)).text).toContain('Fula');
    expect((await send({ act: 'split', post: [wolof] })).status).toBe(422);
    expect((await send({ act: 'remove', post: [wolof] })).status).toBe(303);
    expect((await reader.get(`/key-points/${id}`)).status).toBe(404);
    const page = await mona.client.get(path);
    const last = page.$('button[name=undo]').first().attr('value') ?? '';
    expect((await send({ act: 'undo', undo: last })).status).toBe(303);
    expect((await open(reader, `/key-points/${id}`)).status).toBe(200);
    expect((await mona.client.get('/mod/barriers?region=011')).location).toBe(
      '/mod/key-points?region=011',
    );
  });
});

describe('what nobody has confirmed', () => {
  it('is told as the same nowhere, and what reports no barrier is no evidence', async () => {
    const denials = [
      await report(kofi, 'Speech tools understand Wolof very well, no obstacle at all here.', {
        ...NG,
        barriers: [],
        notBarrier: 'author',
      }),
      await report(mona, 'Zqdenied: speech tools do not understand Wolof, they say. Not so.', {
        ...NG,
        notBarrier: 'moderator',
      }),
    ];
    for (const postId of denials) {
      await awa.client.post(`/p/${postId}/face`, { on: '1' });
    }
    for (const body of ['No speech tool knows Wolof.', 'Speech tools fail in Wolof.']) {
      const who = await addMember(causeway, body.split(' ')[0] ?? '', { country: 'SN' });
      const id = await report(who, body, SN);
      // What an author says of another's post is only a proposal.
      await who.client.post(`/p/${id}/about`, { keyPoint: `post/${wolof}` });
    }
    expect((await db().select().from(sameBarrierProposals)).length).toBe(2);
    await causeway.app.db.write(async (tx) => {
      const row = { id: 's', email: 'r@example.org', emailKey: 'r@example.org', language: 'en' };
      const state = { state: 'active', frequency: 'weekly', createdAt: 0 } as const;
      await tx.insert(subscriptions).values({ ...row, ...state });
      await tx.insert(subscriptionScopes).values({ subscriptionId: 's', scope: '011' });
    });
    const month = new Date((await db().select().from(posts))[0]?.createdAt ?? 0);
    const period = month.toISOString().slice(0, 7);
    causeway.clock.advance(31 * DAY);
    const draft = await buildDigest(causeway.app, '011', period);
    await publishDigest(causeway.app, draft.id, null);
    const reader = causeway.client();
    const told: Record<string, string> = {};
    for (const path of [
      ...['/', '/barriers', '/barriers?kind=language', '/regions/011', '/countries/NG'],
      ...['/barriers/kinds/language', thread.path, '/feed.xml', '/regions/011/feed.xml'],
      ...['/digests', '/digests/feed.xml', `/digests/011/${period}`, `/digests/011/${period}.json`],
      ...[`/digests/011/${period}.csv`, '/barriers.json', '/barriers.csv', '/api/v1/barriers'],
      ...['/api/v1/digests', `/api/v1/threads/${thread.id}`, '/sitemap.xml', '/search?q=Wolof'],
      ...['/barriers/contributions.csv', `/embed/t/${thread.id}`, '/embed/regions/011'],
    ]) {
      told[path] = (await reader.get(path)).text;
    }
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    await exportData(causeway.app, folder);
    for (const name of readdirSync(folder).filter((one) => /jsonl|csv/.test(one))) {
      told[name] = readFileSync(join(folder, name), 'utf8');
    }
    rmSync(folder, { recursive: true });
    expect(told['key-points.jsonl']).toBe('');
    expect(told['contributions.jsonl']).not.toMatch(/"keyPoint":"/);
    expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 1 });
    const mail = (await causeway.mails()).at(-1);
    told.mail = `${mail?.text} ${mail?.html}`;
    expect(told.mail).toContain('Wolof');
    for (const [where, text] of Object.entries(told)) {
      expect(text, where).not.toMatch(/report(s|ed)? (this|the) same|\/key-points\/|say\.point/i);
      expect(text, where).not.toMatch(/Easing for|New: /);
    }
    const digest = told[`/digests/011/${period}.json`] ?? '';
    const figures = JSON.parse(told['/barriers.json'] ?? '{}');
    for (const postId of denials) {
      expect(digest).not.toContain(postId);
      expect(told['/barriers?kind=language']).not.toContain(`/p/${postId}`);
      expect(JSON.stringify(figures)).not.toContain(postId);
    }
    expect(JSON.parse(digest).barriers[0].people).toBe(4);
  });
});
