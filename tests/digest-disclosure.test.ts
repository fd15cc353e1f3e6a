import { eq, inArray } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { type DigestContent, quotesOf } from '~/domain/digests/content';
import { tendPublished } from '~/domain/digests/corrections';
import { buildDigest, publishDigest, readDigest } from '~/domain/digests/digests';
import { type DraftEdit, editDraft, readForEdit } from '~/domain/digests/edit-draft';
import { pressId } from '~/domain/digests/presses';
import { refOf } from '~/domain/digests/quote-slots';
import { DAY } from '~/platform/clock';
import type { CountryCode } from '~/platform/places/places';
import { digests, posts as postRows } from '~db/schema';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';

const FACTS = { country: 'KE', region: '014', barriers: ['cost' as const] };
/** About a hundred thousand people live there. */
const SMALL = { ...FACTS, country: 'SC' };
const PHONE = 'Call Dr Okafor on +254 712 345 678, because no bank card of ours is taken abroad.';
const POSTS = [
  'Every month the bill for one card eats the seed money of our whole cooperative.',
  `Our clinic cannot pay for the licence, which costs more than a nurse earns here. ${PHONE}`,
  'My sister Amina cannot pay for the marigold transformer, since its price doubled in May.',
];

/** What names the authors of sources: their list, and what stands beside sentences on a wide screen. */
const SOURCES = /<ol class="quiet source-list.*?<\/ol>| data-by="[^"]*"/gs;

describe('the disclosure check', () => {
  let causeway: TestCauseway;
  let mona: Member;
  let id: string;
  let desk: string;
  let shortened: string;

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '2' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    for (const [at, body] of POSTS.entries()) {
      causeway.clock.set(`2026-10-1${at}T09:00:00Z`);
      const author = await addMember(causeway, `author${at}`);
      const industry = (['A', 'Q', null] as const)[at] ?? null;
      const facts = { ...(at === 0 ? SMALL : FACTS), industry };
      const post = await addPost(causeway, author, thread.id, body, facts);
      if (at === 1) shortened = post;
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    ({ id } = await buildDigest(causeway.app, '014', '2026-10'));
    desk = `/mod/digests/${id}`;
    return () => causeway.close();
  }, 180_000);

  const open = () => mona.client.get(desk);
  /** The tools below the quote that has these words. */
  const toolsOf = (page: Answer, words: string) =>
    page
      .$('figure')
      .filter((_, one) => page.$(one).text().includes(words))
      .find('.tools')
      .first();
  const send = async (fields: Record<string, string>) => {
    const page = await open();
    const value = (name: string) => String(page.$(`input[name=${name}]`).first().val());
    return mona.client.post(desk, { ...fields, seen: value('seen'), key: value('key') });
  };
  const press = async (words: string, how: string) => {
    const tools = toolsOf(await open(), words);
    expect(tools.find(`button[value="protect:${how}"]`).length).toBe(1);
    const quote = String(tools.find('input[name=quote]').val());
    expect((await send({ action: `protect:${how}`, quote })).status).toBe(303);
  };
  const undo = async (at: number) => {
    const press = String((await open()).$('input[name=press]').eq(at).val());
    expect((await send({ action: 'unprotect', press })).status).toBe(303);
  };
  const captions = async () => (await open()).$('figcaption').text();
  const words = async () => (await open()).$('blockquote').text();

  it('shows the draft as it will be published, and flags what could identify a person', async () => {
    const page = await open();
    expect(page.$('.page-main .lead').length).toBe(1);
    expect(page.$('#check').parent().text()).toContain('have details that could identify a person');
    expect(toolsOf(page, 'seed money').find('.flags').text()).toContain('Only 1 person wrote');
    expect(toolsOf(page, 'marigold').find('.flags').text()).toContain('My sister Amina');
    const licence = toolsOf(page, 'licence').find('.flags').text();
    expect(licence).toContain('+254 712 345 678');
    // One health worker of a large country is one of very many.
    expect(licence).not.toContain('Only 1 person wrote');
  });

  it('coarsens place and work, and undoes it', async () => {
    expect(await captions()).toContain('author0, in farming or fishing, Seychelles');
    await press('seed money', 'coarsen-place');
    expect(await captions()).toContain('author0, in farming or fishing, Eastern Africa');
    await undo(0);
    expect(await captions()).toContain('author0, in farming or fishing, Seychelles');
    await press('seed money', 'coarsen-place');
    expect(await captions()).toContain('author0, in farming or fishing, Eastern Africa');
    // Many people live in the region, so nothing is left to flag.
    expect(toolsOf(await open(), 'seed money').find('.flags').length).toBe(0);
    await undo(0);
    await press('seed money', 'coarsen-work');
    expect(await captions()).toContain('author0, Seychelles');
    expect(toolsOf(await open(), 'seed money').find('.flags').length).toBe(0);
    await press('licence', 'coarsen-place');
    await press('licence', 'coarsen-work');
    expect(await captions()).toContain('author1, Eastern Africa');
  });

  it('tells a coarsened place nowhere more exactly', async () => {
    const page = await open();
    const sourceOf = (name: string) => page.$(`.source-list li:contains(${name})`).text();
    expect(sourceOf('author1')).toContain('author1, Eastern Africa');
    expect(sourceOf('author2')).toContain('author2, Kenya');
    expect(page.$('[data-by*=author1]').length).toBeGreaterThan(0);
    expect(page.$('[data-by*=author1][data-by*=Kenya]').length).toBe(0);
    // The paragraph may name the country.
    const quote = page.$('figure').filter((_, one) => page.$(one).text().includes('licence'));
    expect(quote.find('details').length).toBe(0);
  });

  it('leaves out the paragraph, or other words, where these have the fault', async () => {
    await press('licence', 'shorten');
    const page = await open();
    expect(page.$('.page-main').text()).not.toContain('+254');
    expect(page.$('.page-main').text()).not.toContain('Okafor');
    expect(await words()).toContain('licence');
  });

  it('drops a quote, and puts it back where it stood', async () => {
    const before = await words();
    await press('marigold', 'drop');
    expect(await words()).not.toContain('marigold');
    await undo(4);
    expect(await words()).toBe(before);
    await press('marigold', 'drop');
  });

  it('is kept when the draft is built again, and is published in every format', async () => {
    await buildDigest(causeway.app, '014', '2026-10');
    expect(await captions()).toContain('author0, Seychelles');
    expect(await captions()).toContain('author1, Eastern Africa');
    expect(await words()).not.toContain('marigold');
    await publishDigest(causeway.app, id, null);
    const reader = causeway.client();
    for (const ending of ['', '.json', '.csv']) {
      const { text } = await reader.get(`/digests/014/2026-10${ending}`);
      expect(text).toContain('seed money');
      for (const gone of ['marigold', 'Okafor', '+254', 'farming', 'health', 'author2']) {
        expect(text.replace(SOURCES, ''), ending).not.toContain(gone);
      }
      expect(text).not.toMatch(/protect:|presses|could identify/);
    }
    const json = JSON.parse((await reader.get('/digests/014/2026-10.json')).text);
    const told = json.barriers.flatMap((barrier: { quotes: object[] }) => barrier.quotes);
    const coarse = told.find(({ postId }: { postId: string }) => postId === shortened);
    // Each quote has its selector; the words beside this one may name the country.
    expect(coarse.selector).toEqual({ type: 'TextQuoteSelector', exact: coarse.text });
    expect(coarse).not.toHaveProperty('paragraph');
    const whole = told.find(({ postId }: { postId: string }) => postId !== shortened);
    expect(whole.selector).toMatchObject({ prefix: '', suffix: '' });
    const quotes = JSON.stringify(json.barriers);
    expect(quotes).toContain('"country":null');
  });

  it('is kept in the next version', async () => {
    const next = await buildDigest(causeway.app, '014', '2026-10');
    expect(next.version).toBe(2);
    const draft = await readDigest(causeway.app.db.reader, next.id);
    expect(JSON.stringify(draft?.content)).not.toContain('marigold');
    expect(JSON.stringify(draft?.content)).not.toMatch(/"industry":"[AQ]"/);
  });

  it('is for moderators only', async () => {
    expect((await causeway.client().get(desk)).status).toBe(404);
  });
});

describe('a quote that could point to a person', () => {
  const NAMED = 'Dr Okafor cannot pay for the marigold licence, since its price doubled in May.';
  const FOUND = 'Our clinic cannot pay for the seed licence; call +254 712 345 678 to hear why.';
  const PLAIN = 'Every month the bill for one card eats the money of our whole cooperative.';
  const HERE = '/digests/014/2026-10';
  let causeway: TestCauseway;
  let mona: Member;
  let authors: Member[];
  let posts: string[];
  let id: string;

  beforeEach(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    authors = [];
    posts = [];
    for (const [at, body] of [NAMED, FOUND, PLAIN, `${PLAIN} No bank helps.`].entries()) {
      causeway.clock.set(`2026-10-1${at}T09:00:00Z`);
      const author = await addMember(causeway, `author${at}`);
      authors.push(author);
      posts.push(await addPost(causeway, author, thread.id, body, FACTS));
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    ({ id } = await buildDigest(causeway.app, '014', '2026-10'));
    return () => causeway.close();
  });

  const send = async (fields: Record<string, string>) => {
    const page = await mona.client.get(`/mod/digests/${id}`);
    const value = (name: string) => String(page.$(`input[name=${name}]`).first().val());
    const sent = { ...fields, seen: value('seen'), key: value('key') };
    return mona.client.post(`/mod/digests/${id}`, sent);
  };
  /** The quotes that the check lists as undecided, as `POST:START`. */
  const open = async () => {
    const page = await mona.client.get(`/mod/digests/${id}`);
    const links = page.$('section:has(#check) ul:not(.presses) a').get();
    return links.map((link) => {
      const tools = page.$(page.$(link).attr('href') ?? '');
      return String(tools.find('input[name=quote]').first().val());
    });
  };
  const keep = async (quote: string) => send({ action: 'protect:keep', quote });
  /** What the buttons send that undo what was decided, in its order. */
  const undos = async () => {
    const page = await mona.client.get(`/mod/digests/${id}`);
    const inputs = page.$('.presses input[name=press]').get();
    return inputs.map((input) => String(page.$(input).val()));
  };

  it('holds up publishing until somebody decided, by form and by command', async () => {
    expect(await open()).toHaveLength(2);
    const refused = await send({ action: 'publish' });
    expect(refused.status).toBe(422);
    const alert = refused.$('[role=alert]');
    expect(alert.text()).toContain('Not published');
    expect(alert.text()).toContain('Dr Okafor');
    const links = alert.find('a').get();
    expect(links).toHaveLength(2);
    for (const link of links) {
      const tools = refused.$(refused.$(link).attr('href') ?? '');
      expect(tools.find('button[value="protect:keep"]').length).toBe(1);
    }
    const command = await runCommand(causeway, ['digest', 'publish', id]);
    expect(command.code).toBe(1);
    expect(command.err.trim().split('\n')).toHaveLength(1);
    for (const quote of await open()) {
      const anchor = `#q-${quote.replace(':', '-')}`;
      expect(command.err).toContain(`/mod/digests/${id}${anchor}`);
    }
    expect((await causeway.client().get(HERE)).status).toBe(404);

    const [first = '', second = ''] = await open();
    expect((await keep(first)).status).toBe(303);
    expect(await open()).toEqual([second]);
    expect((await send({ action: 'publish' })).status).toBe(422);
    expect((await send({ action: 'protect:drop', quote: second })).status).toBe(303);
    expect(await open()).toEqual([]);
    expect((await send({ action: 'publish' })).status).toBe(303);
    expect((await causeway.client().get(HERE)).text).toContain('Dr Okafor');
  });

  it('is decided in private, and the decision can be undone', async () => {
    for (const quote of await open()) await keep(quote);
    expect((await send({ action: 'unprotect', press: (await undos())[0] ?? '' })).status).toBe(303);
    expect(await open()).toHaveLength(1);
    for (const quote of await open()) await keep(quote);
    expect((await send({ action: 'publish' })).status).toBe(303);
    const visitor = causeway.client();
    for (const path of [HERE, `${HERE}.json`, `${HERE}.csv`, '/moderation', '/api/v1/digests']) {
      const { text, status } = await visitor.get(path);
      expect(status).toBe(200);
      expect(text, path).not.toMatch(/protect:|presses|as it is|could identify/);
    }
  });

  it('is the one that is undone, though others were undone since the page was opened', async () => {
    const [first = '', second = ''] = await open();
    await keep(first);
    await keep(second);
    const [press = ''] = await undos();
    await send({ action: 'unprotect', press });
    await keep(first);
    expect((await send({ action: 'unprotect', press })).status).toBe(303);
    expect(await open()).toEqual([first]);
  });

  it('is checked anew when its words change', async () => {
    for (const quote of await open()) await keep(quote);
    expect(await open()).toEqual([]);
    await buildDigest(causeway.app, '014', '2026-10');
    expect(await open()).toEqual([]);
    const body = NAMED.replace('Okafor', 'Bello');
    const edited = await authors[0]?.client.post(`/p/${posts[0]}/edit`, { body, reason: 'name' });
    expect(edited?.status).toBe(303);
    await buildDigest(causeway.app, '014', '2026-10');
    const [changed, ...others] = await open();
    expect(changed).toMatch(new RegExp(`^${posts[0]}:`));
    expect(others).toEqual([]);
    expect((await send({ action: 'publish' })).status).toBe(422);
  });

  it('is not asked about again at another digest that flags the same', async () => {
    const { id: world } = await buildDigest(causeway.app, '001', '2026-10');
    for (const quote of await open()) await keep(quote);
    const region = id;
    id = world;
    // Decided at a draft; the other one says by whom and where.
    expect(await open()).toEqual([]);
    const page = await mona.client.get(`/mod/digests/${world}`);
    const kept = page.$('.presses li').first();
    expect(kept.text()).toContain('Kept as it is by mona in another digest');
    expect(kept.find(`a[href="/mod/digests/${region}"]`).text()).toContain('Eastern Africa');
    const tools = page.$(kept.find('a').first().attr('href') ?? '');
    const quote = String(tools.find('input[name=quote]').first().val());
    expect((await send({ action: 'protect:ask', quote })).status).toBe(303);
    expect(await open()).toEqual([quote]);
    expect((await send({ action: 'publish' })).status).toBe(422);
    expect((await send({ action: 'unprotect', press: `ask ${quote}` })).status).toBe(303);
    expect(await open()).toEqual([]);
    // The newest decision about it counts, wherever it was made.
    causeway.clock.advance(DAY);
    id = region;
    expect((await send({ action: 'protect:drop', quote })).status).toBe(303);
    id = world;
    expect(await open()).toEqual([quote]);
    expect((await keep(quote)).status).toBe(303);
    expect((await send({ action: 'publish' })).status).toBe(303);
    // Also once the draft is a published digest, and not for another kind of work or place.
    causeway.clock.advance(DAY);
    ({ id } = await buildDigest(causeway.app, '002', '2026-10'));
    expect(await open()).toEqual([]);
    const [post = ''] = quote.split(':');
    await causeway.app.db.write((tx) =>
      tx.update(postRows).set({ industry: 'Q' }).where(eq(postRows.id, post)),
    );
    await buildDigest(causeway.app, '002', '2026-10');
    expect(await open()).toEqual([quote]);
  });

  it('is told by its region in other digests too, until a moderator decides otherwise', async () => {
    const region = id;
    const { id: world } = await buildDigest(causeway.app, '001', '2026-10');
    const contentOf = async () => (await readDigest(causeway.app.db.reader, id))?.content;
    const quoteOf = async () => {
      const content = await contentOf();
      return content && quotesOf(content).find(({ postId }) => postId === posts[2]);
    };
    const quote = await quoteOf();
    if (!quote) throw new Error('not quoted');
    const ref = refOf(quote);
    expect(await open()).not.toContain(ref);
    expect((await send({ action: 'protect:coarsen-place', quote: ref })).status).toBe(303);
    // A draft from before asks.
    id = world;
    expect(await open()).toContain(ref);
    const before = await mona.client.get(`/mod/digests/${id}`);
    const asking = before.$('.flags:contains("only this author’s region")').first();
    expect(asking.find(`a[href="/mod/digests/${region}"]`).text()).toContain('Eastern Africa');
    expect((await quoteOf())?.country).toBe('KE');
    // What is composed later has it, also the next period that takes it in, and says from where.
    for (const [scope, period] of [
      ['001', '2026-10'],
      ['002', '2026-Q4'],
    ] as const) {
      ({ id } = await buildDigest(causeway.app, scope, period));
      expect((await quoteOf())?.country).toBeNull();
      expect(await open()).not.toContain(ref);
      const page = await mona.client.get(`/mod/digests/${id}`);
      const press = page.$('.presses li:contains("As decided in another digest")');
      expect(press.find(`a[href="/mod/digests/${region}"]`).length).toBe(1);
    }
    // In the country itself the region would hide nothing.
    ({ id } = await buildDigest(causeway.app, 'KE', '2026-10'));
    expect(await open()).toContain(ref);
    // Decided otherwise at one digest, it is asked there, and stays so when that is built again.
    id = world;
    causeway.clock.advance(DAY);
    const undone = await send({ action: 'unprotect', press: `coarsen-place ${ref}` });
    expect(undone.status).toBe(303);
    for (const rebuilt of [false, true]) {
      if (rebuilt) await buildDigest(causeway.app, '001', '2026-10');
      expect((await quoteOf())?.country).toBe('KE');
      expect(await open()).toContain(ref);
    }
    expect((await keep(ref)).status).toBe(303);
    expect(await open()).not.toContain(ref);
    // The newest decision holds everywhere else.
    ({ id } = await buildDigest(causeway.app, '002', '2026-Q4'));
    expect((await quoteOf())?.country).toBe('KE');
    expect(await open()).not.toContain(ref);
  });

  it('is asked about where only the region is shown and the words name the country', async () => {
    const body = 'Here in Nairobi the bill for one card eats the savings of our whole shop.';
    causeway.clock.set('2026-10-20T09:00:00Z');
    const author = await addMember(causeway, 'wanjiru');
    const [root] = await causeway.app.db.reader
      .select({ threadId: postRows.threadId })
      .from(postRows)
      .where(eq(postRows.id, posts[0] ?? ''));
    const post = await addPost(causeway, author, root?.threadId ?? '', body, {
      ...{ country: 'KE', region: '014', barriers: ['data' as const] },
    });
    causeway.clock.set('2026-11-03T09:00:00Z');
    await buildDigest(causeway.app, '014', '2026-10');
    const quote = `${post}:0`;
    expect(await open()).not.toContain(quote);
    expect((await send({ action: 'protect:coarsen-place', quote })).status).toBe(303);
    expect(await open()).toContain(quote);
    const page = await mona.client.get(`/mod/digests/${id}`);
    const tools = page.$(`#q-${post}-0`);
    expect(tools.find('.flags').text()).toMatch(/Names the country that is not shown: +Nairobi/);
    expect(tools.find('button[value="protect:drop"]').length).toBe(1);
    expect((await send({ action: 'publish' })).status).toBe(422);
    expect((await send({ action: 'protect:drop', quote })).status).toBe(303);
    expect(await open()).not.toContain(quote);
  });

  it('is in a corrected version only if somebody decided so', async () => {
    for (const quote of await open()) await keep(quote);
    expect((await send({ action: 'publish' })).status).toBe(303);
    const correct = async (post: number) => {
      const { status } = (await authors[post]?.client.post(`/p/${posts[post]}/delete`)) ?? {};
      expect(status).toBe(303);
      causeway.clock.advance(2 * DAY);
      await tendPublished(causeway.app);
    };
    await correct(3);
    const kept = await causeway.client().get(`${HERE}/v/2`);
    expect(kept.status).toBe(200);
    expect(kept.text).toContain('Dr Okafor');
    // As it was published before the check asked for a decision.
    await causeway.app.db.write((tx) => tx.update(digests).set({ presses: null }));
    await correct(2);
    const corrected = await causeway.client().get(`${HERE}/v/3`);
    expect(corrected.status).toBe(200);
    expect(corrected.text).not.toContain('Okafor');
    expect(corrected.text).not.toContain('+254');
    // Nobody edited it.
    expect(corrected.text).not.toContain('An editor');
  });
});

describe('a country that is told by its region', () => {
  let causeway: TestCauseway;
  let mona: Member;
  let id: string;
  const posts: string[] = [];
  const REPORTS = [
    [
      'TG',
      'No speech tool understands Ewe, so our farmers cannot use the weather line.',
      'language',
    ],
    ['TG', 'The licence costs more than our cooperative earns in a whole season.', 'cost'],
    ['NG', 'No speech tool understands Tiv, so our traders cannot use the price line.', 'language'],
    ['GH', 'No bank card of ours is accepted for the licence, whatever we try.', 'cost'],
    ['GH', 'The licence costs more than our clinic spends on medicine in a month.', 'cost'],
  ] as const;

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '2' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    const authors = new Map<string, Member>();
    for (const [at, [country, body, kind]] of REPORTS.entries()) {
      causeway.clock.set(`2026-10-1${at}T09:00:00Z`);
      const handle = country === 'TG' ? 'afi' : `author${at}`;
      const author = authors.get(handle) ?? (await addMember(causeway, handle));
      authors.set(handle, author);
      const facts = { country, region: '011' as const, barriers: [kind], industry: 'A' as const };
      posts.push(await addPost(causeway, author, thread.id, body, facts));
    }
    const [ewe = '', , tiv = ''] = posts;
    const title = 'No speech tool understands Ewe or Tiv';
    await causeway.app.db.write((tx) =>
      makeKeyPoint(tx, causeway.clock, mona.id, {
        ...{ kind: 'language', region: '011', postIds: [ewe, tiv] },
        text: { language: 'en', title, sentence: REPORTS[0][1] },
      }),
    );
    causeway.clock.set('2026-11-02T09:00:00Z');
    ({ id } = await buildDigest(causeway.app, '011', '2026-10'));
    return () => causeway.close();
  }, 180_000);

  const contentOf = async () => (await readDigest(causeway.app.db.reader, id))?.content;
  const edit = async (change: DraftEdit) => {
    const digest = await readDigest(causeway.app.db.reader, id);
    const at = causeway.clock.now();
    const editor = { personId: mona.id, seen: digest?.contentHash ?? '', at };
    const prepared = await readForEdit(causeway.app, id, change);
    await causeway.app.db.write((tx) => editDraft(tx, id, editor, change, prepared));
  };
  /** What a digest says if the author wrote both posts from this country. */
  const saidFrom = async (country: CountryCode) => {
    await causeway.app.db.write((tx) =>
      tx
        .update(postRows)
        .set({ country })
        .where(inArray(postRows.id, posts.slice(0, 2))),
    );
    await buildDigest(causeway.app, '011', '2026-10');
    const preview = await mona.client.get(`/mod/digests/${id}/preview`);
    expect(preview.status).toBe(200);
    const text = preview
      .$('main')
      .html()
      ?.replace(/value="[^"]*"/g, '');
    return { content: JSON.stringify(await contentOf()), preview: text };
  };

  it('follows from nothing in the digest, and comes back', async () => {
    const before = await contentOf();
    expect(JSON.stringify(before)).toContain('"TG"');
    const quote = quotesOf(before as DigestContent).find(({ postId }) => postId === posts[0]);
    if (!quote) throw new Error('not quoted');
    await edit({ action: 'protect', quote: refOf(quote), how: 'coarsen-place' });
    const pressed = await contentOf();
    expect(JSON.stringify(pressed)).not.toContain('"TG"');
    const totals = { people: 4, countries: 2, contributions: 5, placed: 3 };
    expect(pressed?.totals).toEqual(totals);
    const tables = pressed?.places.map(({ place, people }) => [place, people]);
    expect(tables).toEqual([
      ['GH', 2],
      ['NG', 1],
      [null, 1],
    ]);
    expect(pressed?.findings[0]?.places.toSorted()).toEqual(['011', 'NG']);
    // Whatever the country, alone there or not: the same digest.
    const said = await saidFrom('TG');
    expect(said.content).toBe(JSON.stringify(pressed));
    expect(await saidFrom('BJ')).toEqual(said);
    expect(await saidFrom('GH')).toEqual(said);
    await saidFrom('TG');
    await edit({ action: 'unprotect', press: pressId({ action: 'coarsen-place', quote }) });
    expect(await contentOf()).toEqual(before);
    await edit({ action: 'protect', quote: refOf(quote), how: 'coarsen-place' });
  });

  it('is told by no format, also after the quote is left out', async () => {
    const quote = quotesOf((await contentOf()) as DigestContent).find(
      ({ postId }) => postId === posts[0],
    );
    const asked = 'named in the words of a person whose quote was left out';
    expect((await mona.client.get(`/mod/digests/${id}`)).text).not.toContain(asked);
    await edit({ action: 'drop-quote', quote: quote ? refOf(quote) : '' });
    // Their words still stand there as what the key point says.
    const after = await mona.client.get(`/mod/digests/${id}`);
    const flagged = after.$(`li:contains("${asked}") a[href^="/mod/key-points/"]`);
    expect(flagged.text()).toBe('No speech tool understands Ewe or Tiv');
    await publishDigest(causeway.app, id, null);
    for (const language of ['en', 'fr', 'ar']) {
      for (const ending of ['', '.json', '.csv']) {
        const reader = causeway.client();
        const path = `/digests/011/2026-10${ending}`;
        const { text, status } = await reader.get(path, { 'Accept-Language': language });
        expect(status).toBe(200);
        expect(text, `${language} ${ending}`).not.toMatch(/Togo|توغو|\bTG\b/);
        expect(text).toMatch(/Ghana|غانا|GH/);
      }
    }
    for (const path of ['/digests/feed.xml', '/digests/011/feed.xml', '/digests']) {
      const { text } = await causeway.client().get(path);
      expect(text, path).toContain('2026-10');
      expect(text, path).not.toContain('Togo');
    }
  });
});

describe('shortening', () => {
  it.each([
    [
      'a proposal, whose post names no kind of barrier',
      'Dr Okafor should be asked to open the price list of every licence to us. ' +
        'Every district should publish what a month of data costs, so that clinics can plan.',
      'Every district should publish',
    ],
    [
      'words of which two sentences together have the fault',
      'My daughter cannot pay for the marigold course any longer, since its price doubled. ' +
        'Her diabetes costs us what the licence costs, and no card of ours is taken there. ' +
        'Every month the bill for one card eats the seed money of our whole cooperative here, ' +
        'and the price of the licence has doubled twice since May, so that nobody can pay for it.',
      '',
    ],
    [
      'a denial, also of a kind that nobody reported',
      'Dr Okafor and I say that connectivity is not a problem for us in our village. ' +
        'Honestly, our internet is not a problem for us here.',
      'Honestly, our internet',
    ],
    [
      'nothing, and says so',
      'Dr Okafor cannot pay for the marigold licence, since its price doubled in May.',
      null,
    ],
  ])('is offered for %s', async (_, body, instead) => {
    const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    causeway.clock.set('2026-10-10T09:00:00Z');
    const [one, two] = [await addMember(causeway, 'one'), await addMember(causeway, 'two')];
    await addPost(causeway, one, thread.id, POSTS[0] ?? '', FACTS);
    const barriers = /should|not a problem/.test(body) ? [] : FACTS.barriers;
    await addPost(causeway, two, thread.id, body, { ...FACTS, barriers });
    causeway.clock.set('2026-11-02T09:00:00Z');
    const { id } = await buildDigest(causeway.app, '014', '2026-10');
    const page = await mona.client.get(`/mod/digests/${id}`);
    const figure = page.$('figure:has(.flags)');
    expect(figure.length).toBe(1);
    const shorten = figure.find('button[value="protect:shorten"]');
    expect(shorten.length).toBe(instead === null ? 0 : 1);
    expect(figure.find('.tools').text().includes('no other sentence')).toBe(instead === null);
    if (instead === null) return;
    const value = (name: string) => String(page.$(`input[name=${name}]`).first().val());
    const quote = String(figure.find('input[name=quote]').first().val());
    const fields = { action: 'protect:shorten', quote, seen: value('seen'), key: value('key') };
    expect((await mona.client.post(`/mod/digests/${id}`, fields)).status).toBe(303);
    const after = await mona.client.get(`/mod/digests/${id}`);
    expect(after.$('.flags').length).toBe(0);
    expect(after.$('blockquote').text()).toContain(instead);
  });
});

describe('the list of drafts', () => {
  it('offers places and periods to pick', async () => {
    const causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
    try {
      const mona = await addMember(causeway, 'mona', { role: 'moderator' });
      const page = await mona.client.get('/mod/digests');
      expect(page.$('select[name=scope] option[value="011"]').text()).toBe('Western Africa');
      expect(page.$('select[name=scope] option[value="KE"]').text()).toBe('Kenya');
      expect(page.$('select[name=period] option[selected]').text()).toBe('October 2026');
      expect(page.$('select[name=period] option[value="2026-Q3"]').length).toBe(1);
      expect(page.$('select[name=period] option[value="2026-W44"]').length).toBe(1);
      const thread = await addThread(causeway, mona, 'What stands in your way?');
      causeway.clock.set('2026-10-10T09:00:00Z');
      const facts = { ...FACTS, pillars: ['education' as const] };
      await addPost(causeway, mona, thread.id, POSTS[0] ?? '', facts);
      causeway.clock.set('2026-11-02T09:00:00Z');
      const picked = { scope: 'KE', about: 'education', period: '2026-10' };
      const made = await mona.client.post('/mod/digests', picked);
      expect(made.status).toBe(303);
      expect((await mona.client.get(made.location ?? '')).$('h1').text()).toContain('Education');
    } finally {
      await causeway.close();
    }
  });
});
