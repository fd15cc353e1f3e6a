import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { meToos, postBarriers, posts, threads, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member, type PostFacts } from './support/community';

let causeway: TestCauseway;
let amina: Member;
let kofi: Member;
let question: { id: string; slug: string };

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  amina = await addMember(causeway, 'amina', { country: 'NG' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
  question = await firstQuestion();
});
afterAll(() => causeway.close());

/** Returns the thread for reports, which a new installation already has. */
async function firstQuestion() {
  const { db } = causeway.app;
  const [known] = await db.reader.select().from(threads).where(eq(threads.questionNumber, 1));
  const thread = known ?? (await addThread(causeway, amina, 'What is the biggest barrier?'));
  await db.write((tx) =>
    tx.update(threads).set({ state: 'open', questionNumber: 1 }).where(eq(threads.id, thread.id)),
  );
  return thread;
}

const REPORT = {
  title: 'Our cards are declined',
  body: 'The cloud takes dollars only, and our bank sells none.',
  country: 'NG',
  industry: 'Q',
  barrier: ['cost', 'concentration'],
  pillar: ['infrastructure'],
  impact: '3',
};

async function stored(location: string | null) {
  const id = decodeURIComponent(location?.split('#p-')[1] ?? '');
  const { reader } = causeway.app.db;
  const [post] = await reader.select().from(posts).where(eq(posts.id, id));
  const kinds = await reader.select().from(postBarriers).where(eq(postBarriers.postId, id));
  return { ...post, kinds: kinds.map(({ kind }) => kind).sort() };
}

describe('a report', () => {
  it('becomes a contribution to the first question, its title the heading', async () => {
    const answer = await amina.client.post('/barriers/new', REPORT);
    expect(answer.status).toBe(303);
    // No earlier report can be the same as this one, so nothing is asked.
    const { location } = await amina.client.get(answer.location ?? '');
    expect(location).toContain(`/t/${question.id}/`);
    expect(await stored(answer.location)).toMatchObject({
      threadId: question.id,
      country: 'NG',
      region: '011',
      industry: 'Q',
      impact: 3,
      kinds: ['concentration', 'cost'],
    });
    const page = await kofi.client.get(location ?? '');
    const post = page.$(`[id="${location?.split('#')[1]}"]`);
    expect(post.find('.prose').text()).toContain('Our cards are declined');
    expect(post.find('.topics').text()).toContain('It stops us altogether');
  });

  it('requires only a text', async () => {
    const words = 'The line is cut every afternoon, so no model answers.';
    const enough = await kofi.client.post('/barriers/new', { body: words, country: '011' });
    expect(enough.status).toBe(303);
    expect(await stored(enough.location)).toMatchObject({
      country: null,
      region: '011',
      body: words,
    });

    const nowhere = await kofi.client.post('/barriers/new', { body: `Still: ${words}` });
    expect(await stored(nowhere.location)).toMatchObject({ country: null, region: null });

    const { status, $ } = await kofi.client.post('/barriers/new', { body: words, impact: '4' });
    expect(status).toBe(400);
    expect($('textarea').text()).toBe(words);
    expect($('#country-error').length).toBe(0);
    expect($('#impact .field-error').length).toBe(1);
  });

  it('sent twice is stored once', async () => {
    const key = 'd9c6f7f2-2f0f-4c4e-9a39-6f2f5a4ff111';
    const first = await kofi.client.post('/barriers/new', { ...REPORT, country: 'GH', key });
    const again = await kofi.client.post('/barriers/new', { ...REPORT, country: 'GH', key });
    expect(again.location).toBe(first.location);
  });

  it('is kept completely while a visitor signs up or logs in', async () => {
    // Not the words of another report, because repeated text is questioned.
    const words = 'The cloud wants dollars, and we are paid in naira.';
    const report = { ...REPORT, title: 'No way to pay', body: words };
    const { status, location } = await causeway.client().post('/barriers/new', report);
    expect([status, location?.startsWith('/join/')]).toEqual([303, true]);
    const join = await amina.client.get(location ?? '');
    expect(join.$('#main').text()).toContain(words);
    const answer = await amina.client.post(location ?? '');
    expect(await stored(answer.location)).toMatchObject({ country: REPORT.country });
  });

  it('is taken by the form under the first question too, impact and all', async () => {
    const form = await amina.client.get(`/t/${question.id}/${question.slug}`);
    expect(form.$('form.composer input[name=impact]').length).toBe(4);
    const { title: _none, ...fields } = REPORT;
    const answer = await amina.client.post(`/t/${question.id}`, { ...fields, impact: '1' });
    expect(await stored(answer.location)).toMatchObject({ impact: 1 });
  });
});

describe('the preview of a report', () => {
  it('shows similar reports from the same place, to join instead', async () => {
    const others = await addMember(causeway, 'bola', { country: 'NG' });
    // Later than all other reports, because only the newest few are shown.
    causeway.clock.advance(1000);
    const known = await addPost(causeway, others, question.id, 'No dollars, no tokens.', {
      country: 'NG',
      region: '011',
      barriers: ['cost'],
    });
    const elsewhere = await addPost(causeway, others, question.id, 'The fee is too high here.', {
      country: 'KE',
      region: '014',
      barriers: ['cost'],
    });
    const { $, status } = await kofi.client.post('/barriers/new', {
      ...REPORT,
      country: 'GH',
      preview: '1',
    });
    expect(status).toBe(200);
    expect($('#preview + .prose').text()).toContain('dollars only');
    expect($(`form[action="/p/${known}/face"]`).length).toBe(1);
    expect($(`form[action="/p/${elsewhere}/face"]`).length).toBe(0);

    const joined = await kofi.client.post(`/p/${known}/face`, { on: '1', country: 'GH' });
    expect(joined.status).toBe(303);
    const marks = await causeway.app.db.reader
      .select()
      .from(meToos)
      .where(eq(meToos.postId, known));
    expect(marks).toMatchObject([{ userId: kofi.id, country: 'GH' }]);
  });
});

describe('the figures', () => {
  /** Creates one report per name; returns the ids of the posts. */
  async function reports(
    names: string[],
    country: string,
    region: string,
    kind: BarrierKind = 'cost',
    facts: PostFacts = {},
  ) {
    const ids: string[] = [];
    for (const name of names) {
      const member = await addMember(causeway, name, { country });
      const all = { country, region, barriers: [kind], ...facts };
      ids.push(await addPost(causeway, member, question.id, `Reported by ${name}.`, all));
    }
    return ids;
  }
  const SOUTH = '/barriers?region=005';
  let brazil: string[];

  beforeAll(async () => {
    causeway.clock.advance(1000);
    brazil = await reports(['ana', 'bia', 'caio', 'davi', 'edu', 'fabi'], 'BR', '005');
    await reports(['gil', 'hugo'], 'PE', '005');
    // Reports from elsewhere, so that the small number from Africa cannot be computed from the rest
    // of the world.
    await reports(['jide', 'kemi', 'lami', 'musa', 'nkem'], 'NG', '011');
    await reports(['ines'], 'CL', '005');
  });

  const row = (page: { $: import('cheerio').CheerioAPI }, name: string) =>
    page
      .$('tbody tr')
      .filter((_, tr) => page.$(tr).find('th').first().text().startsWith(name))
      .first();

  it('counts people by place and kind, and says that they are not representative', async () => {
    const page = await causeway.client().get(SOUTH);
    expect(page.status).toBe(200);
    expect(page.$('.page-main').text()).toContain('9 people reported barriers');
    expect(row(page, 'Brazil').find('td').first().text()).toBe('6');
    expect(row(page, 'Peru').find('td').first().text()).toBe('2');
    expect(row(page, 'Chile').find('td').first().text()).toBe('1');
    expect(page.$('.page-main').text()).toContain('not a survey');
    expect(page.text).not.toMatch(/fewer than|under 5/);
  });

  it('does not tell where they are who only face it too', async () => {
    const { app } = causeway;
    const faced = await addMember(causeway, 'jorge', { country: 'BR' });
    for (const id of brazil.slice(0, 2)) {
      const [person] = await app.db.reader.select().from(users).where(eq(users.id, faced.id));
      await setMeToo(app, { standing: 'member', person: person as never }, id, {
        on: true,
        country: 'BR',
      });
    }
    const page = await causeway.client().get(SOUTH);
    expect(row(page, 'Brazil').find('td').first().text()).toBe('6');
  });

  it('leaves out hidden and deleted posts', async () => {
    const { db } = causeway.app;
    await db.write((tx) =>
      tx
        .update(posts)
        .set({ state: 'hidden' })
        .where(eq(posts.id, brazil[5] ?? '')),
    );
    const page = await causeway.client().get(SOUTH);
    expect(row(page, 'Brazil').find('td').first().text()).toBe('5');
    expect(page.text).not.toContain('Reported by fabi');
  });

  it('narrows by kind and period, and compares only periods that are over', async () => {
    const none = await causeway.client().get(`${SOUTH}&kind=trust`);
    expect(none.$('.figures-table').length).toBe(0);
    expect(none.$('.empty a[href="/barriers/new"]').length).toBe(1);
    const past = await causeway.client().get(`${SOUTH}&from=2025-01&to=2025-03`);
    expect(past.$('#reports').text()).toBe('No reports');
    // The last 90 days go on: nothing is compared with a period that is not over.
    expect((await causeway.client().get(SOUTH)).text).not.toContain('Against the period before');
    const next = await causeway.client().get(`${SOUTH}&from=2026-11-03&to=2026-11-04`);
    expect(next.$('link[rel=canonical]').attr('href')).toContain('from=2026-11-03');
  });

  it('of a time that is over stand beside those of as many months or days before', async () => {
    const names = (month: number, kind: string, n: number) =>
      Array.from({ length: n }, (_, at) => `jp-${kind}-${month}-${at}`);
    for (const [month, cost, skills] of [
      [0, 6, 4],
      [1, 10, 2],
    ] as const) {
      const facts = { createdAt: Date.UTC(2025, month, 6) };
      await reports(names(month, 'cost', cost), 'JP', '030', 'cost', facts);
      await reports(names(month, 'skills', skills), 'JP', '030', 'skills', facts);
    }
    const client = causeway.client();
    const page = await client.get('/barriers?country=JP&from=2025-02&to=2025-02');
    const meta = page.$('.page-main .meta').first().text();
    expect(meta).toContain('1 February 2025 to 28 February 2025');
    expect(meta).toContain('compared with 1 January 2025 to 31 January 2025');
    const days = await client.get('/barriers?country=JP&from=2025-02-08&to=2025-03-10');
    expect(days.$('.page-main .meta').first().text()).toContain(
      'compared with 8 January 2025 to 7 February 2025',
    );
    const cells = (name: string) =>
      row(page, name)
        .find('td')
        .map((_, cell) => page.$(cell).text().replace(/\s+/g, ' ').trim())
        .get();
    expect(cells('Cost')).toEqual(['10 (83%)', expect.stringMatching(/^6 \(60%\).*more$/)]);
    // Fewer than five, and nobody, are no share.
    expect(cells('Skills')).toEqual(['2', '4']);
    // Months are picked, from the first report on, and a link to a day still works.
    expect(page.$('#from option[selected]').text()).toBe('February 2025');
    expect(page.$('#to option').last().text()).toBe('January 2025');
    const day = await client.get('/barriers?country=JP&from=2025-02-10&to=2025-02');
    expect([day.status, day.$('#from option[selected]').val()]).toEqual([200, '2025-02-10']);
    // Today is not over, so nothing is compared, and nothing says so.
    const now = await client.get('/barriers');
    expect(now.$('.page-main').text()).not.toContain('compared');
    expect(now.$('.figures-table th').text()).not.toContain('Before');
    expect(now.$('.page-main').text()).not.toContain('We say “more”');
    expect(page.$('.page-main').text()).toContain('We say “more”');
    // Of one kind alone, each row would say its number twice.
    expect(now.$('.top-kinds').length).toBeGreaterThan(0);
    const kind = await client.get(now.$('.top-kinds a').attr('href') ?? '');
    expect(kind.$('.figures-table').length).toBe(1);
    expect(kind.$('.top-kinds').length).toBe(0);
  });

  it.each([
    'region=xx',
    'country=Atlantis',
    'kind=magic',
    'from=2026-13',
    'from=2026-10&to=2026-09',
  ])('answers %s clearly', async (query) => {
    const { status, $ } = await causeway.client().get(`/barriers?${query}`);
    expect(status).toBe(400);
    const name = query.includes('&') ? 'to' : (query.split('=')[0] ?? '');
    expect($(`.error-summary a[href="#${name}"]`).length).toBe(1);
    expect($(`#${name}`).length).toBe(1);
  });
});
