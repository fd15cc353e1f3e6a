import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPost } from '~/domain/import-export/import-post';
import { seedOnce } from '~/domain/import-export/seed';
import { runJob } from '~/jobs/run-jobs';
import { JOBS } from '~/jobs/schedule';
import { DAY } from '~/platform/clock';
import { conversations, posts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, type Member } from './support/community';
import { pageWeight } from './support/weight';

const BUDGET = 14 * 1024;

let causeway: TestCauseway;
let member: Member;
let moderator: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  await seedOnce(causeway.app);
  member = await addMember(causeway, 'member', { country: 'KE' });
  moderator = await addMember(causeway, 'moderator', { role: 'moderator' });
});
afterAll(() => causeway.close());

/** A blog post with its own title and questions. */
function written(title: string, questions: readonly string[]): string {
  return [
    `# ${title}`,
    'We walked along the pipes of the valley for a week and asked who has water, and when.',
    '## Key points\n\n- Pipes run dry at noon.',
    `## Join the Conversation\n\n${questions.map((question) => `- ${question}`).join('\n')}`,
  ].join('\n\n');
}

const WATER = ['When did you have water last week?', 'What does a litre cost you?'];

/** Makes a conversation of a blog post; `window` is set as its keeper would. */
async function converse(
  title: string,
  questions: readonly string[] = WATER.map((question) => `${question.slice(0, -1)} in ${title}?`),
  { publish = true, ...window }: { publish?: boolean; opensAt?: number; closesAt?: number } = {},
) {
  causeway.clock.advance(1000);
  const report = await importPost(causeway.app, written(title, questions), {
    publish,
    url: `https://blog.example/${encodeURIComponent(title)}`,
  });
  const { id, slug } = report.conversation;
  if (window.opensAt || window.closesAt) {
    await causeway.app.db.write((tx) =>
      tx.update(conversations).set(window).where(eq(conversations.id, id)),
    );
  }
  return { id, slug, path: `/c/${slug}`, threads: report.made };
}

async function tend() {
  const job = JOBS.find(({ name }) => name === 'conversation-windows');
  if (!job) throw new Error('there is no such job');
  await runJob(causeway.app, job, { force: true });
}

const dayOf = (ms: number) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(ms);

/** The words of an element, with spaces between its lines. */
const text = (html: { html(): string | null }) =>
  (html.html() ?? '')
    .replace(/<\/(h3|p)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

describe('the home page', () => {
  it('shows the questions of the only conversation without its name', async () => {
    const { $ } = await causeway.client().get('/');
    expect($('#questions h3').length).toBe(5);
    expect($('#questions-title').text()).toBe('Five questions');
    expect($('a[href^="/c/"]').length).toBe(0);
  });

  it('shows the newest of three in full and the others with their questions, and keeps its size with thirty', async () => {
    await converse('Water in the north');
    const newest = await converse('Water in the south', ['Who repairs the pumps in your street?']);
    await converse('A draft that nobody sees yet', undefined, { publish: false });
    const { $ } = await causeway.client().get('/');
    expect($('#questions-title a').attr('href')).toBe(newest.path);
    expect(
      $('#questions h3')
        .map((_, one) => $(one).text())
        .get(),
    ).toEqual(['Who repairs the pumps in your street?']);
    const lines = $('[aria-labelledby="conversations"] ol > li');
    expect(lines.map((_, one) => text($(one).find('h3, .meta'))).get()).toEqual([
      'Water in the north',
      'Democratizing AI Power',
    ]);
    const asked = lines.map((_, one) => $(one).find('li a[href^="/t/"]').length).get();
    expect(asked).toEqual([2, 5]);
    expect(lines.first().text()).toContain('2 questions');
    for (let n = 3; n < 30; n++) await converse(`The post of week ${n}`);
    const many = await causeway.client().get('/');
    const rows = many.$('[aria-labelledby="conversations"] ol > li');
    expect(rows.length).toBe(29);
    const shown = rows.map((_, one) => many.$(one).find('a[href^="/t/"]').length).get();
    expect(shown).toEqual(shown.map((_, at) => (at < 9 ? 2 : 1)));
    expect(many.$('#questions h3').length).toBe(2);
    const weight = await pageWeight(causeway.url, '/');
    expect(weight.html + weight.css).toBeLessThanOrEqual(BUDGET);
  });
});

describe('the page of a conversation', () => {
  it('shows the article, its questions, who answered, and the newest answers', async () => {
    const { path, threads, slug } = await converse('Water in the hills');
    await addPost(causeway, member, threads[0]?.id ?? '', 'On Tuesdays only, before dawn.', {
      country: 'KE',
      region: '014',
    });
    const { $, status } = await causeway.client().get(path);
    expect(status).toBe(200);
    expect($('h1').text()).toBe('Water in the hills');
    expect($('main a[href^="https://blog.example/"]').text()).toBe('Read the article');
    expect($('main').text()).toContain('Pipes run dry at noon.');
    expect($('main').text()).toContain('We walked along the pipes');
    expect(
      $('.questions li')
        .map((_, one) => text($(one)))
        .get(),
    ).toEqual([
      'When did you have water last week in Water in the hills? 1 person, 1 country',
      'What does a litre cost you in Water in the hills? No answers yet',
    ]);
    expect($('.newest').text()).toContain('On Tuesdays only, before dawn.');
    // The thread leads back, and names its place in this conversation only.
    const thread = await causeway.client().get(`/t/${threads[1]?.id}`);
    const shown = await causeway.client().get(thread.location ?? '');
    expect(shown.$('.page-head').text()).toContain('Question 2 of 2');
    expect(shown.$(`.thread-facts a[href="${path}"]`).text()).toBe('“Water in the hills”');
    const list = await causeway.client().get(`/threads?conversation=${slug}`);
    expect(list.$('.thread-row').length).toBe(2);
    expect(list.$('input[name=conversation]').attr('value')).toBe(slug);
    const feed = await causeway.client().get(`${path}/feed.xml`);
    expect(feed.text.match(/<entry\b/g)?.length).toBe(3);
    const api = await causeway.client().get(`/api/v1/threads?conversation=${slug}`);
    const found = JSON.parse(api.text) as { threads: { conversation: string }[] };
    expect(found.threads.map(({ conversation }) => conversation)).toEqual([slug, slug]);
  });

  it('narrows figures and reports of barriers to it, on the page and in all its data', async () => {
    const [here, other] = [await converse('Wells by the road'), await converse('Wells in town')];
    const report = (on: typeof here, body: string, country: string) =>
      addPost(causeway, member, on.threads[0]?.id ?? '', body, { country, barriers: ['cost'] });
    await report(here, 'A can of water costs a day of work.', 'KE');
    await report(other, 'The tanker asks for more each week.', 'UG');
    const query = `?conversation=${here.slug}`;
    const client = causeway.client();
    const page = await client.get(`/barriers${query}`);
    expect(page.$('.newest').text()).toContain('A can of water');
    expect(page.text).not.toContain('The tanker');
    expect(page.$('select[name=conversation] [selected]').text()).toBe('Wells by the road');
    for (const path of ['/barriers.json', '/api/v1/barriers']) {
      const { figures, contributions } = JSON.parse((await client.get(path + query)).text);
      expect(figures.people).toBe(1);
      expect(contributions.length).toBe(1);
    }
    expect((await client.get(`/barriers/contributions.csv${query}`)).text).not.toContain('tanker');
    expect((await client.get(`/barriers.csv${query}`)).text).not.toContain('UG');
    const folder = join(causeway.folder, 'export');
    const written = await runCommand(causeway, ['export', folder, '--conversation', here.slug]);
    expect(written.out).toContain('2 threads, 1 posts and 0 digests');
    const lines = (name: string) =>
      readFileSync(join(folder, `${name}.jsonl`), 'utf8')
        .split('\n')
        .filter(Boolean);
    expect(lines('contributions').map((line) => JSON.parse(line).body)).toEqual([
      'A can of water costs a day of work.',
    ]);
    expect(lines('conversations').map((line) => JSON.parse(line).slug)).toEqual([here.slug]);
    expect(lines('key-points').length).toBe(0);
    const draft = await converse('Wells not yet dug', undefined, { publish: false });
    for (const slug of ['no-such', draft.slug]) {
      const refused = await runCommand(causeway, ['export', folder, '--conversation', slug]);
      expect([refused.code, refused.err]).toEqual([1, `no public conversation /c/${slug}\n`]);
      expect((await client.get(`/barriers?conversation=${slug}`)).status).toBe(400);
      expect((await client.get(`/api/v1/barriers?conversation=${slug}`)).status).toBe(400);
    }
  });

  it('shows a draft to moderators only', async () => {
    const { path, threads } = await converse('Not yet ready', undefined, { publish: false });
    for (const client of [causeway.client(), member.client]) {
      expect((await client.get(path)).status).toBe(404);
      expect((await client.get(`${path}/feed.xml`)).status).toBe(404);
    }
    const seen = await moderator.client.get(path);
    expect(seen.status).toBe(200);
    expect(seen.$('.questions a').length).toBe(threads.length);
  });
});

describe('the window of a conversation', () => {
  it('refuses posts after its end, says since when, and keeps the text', async () => {
    const closesAt = causeway.clock.now() + 3 * DAY;
    const { path, threads } = await converse('Water for three days', undefined, { closesAt });
    const thread = `/t/${threads[0]?.id}`;
    const open = await causeway.client().get(path);
    expect(open.$('.page-head').text()).toContain(`Closes on ${dayOf(closesAt)}.`);
    const calendar = await causeway.client().get(`${path}/calendar.ics`);
    expect(calendar.headers.get('Content-Type')).toContain('text/calendar');
    expect(calendar.text).toContain('SUMMARY:Water for three days\r\n');
    const before = await member.client.post(thread, { body: 'In time, at dawn.', country: 'KE' });
    expect(before.status).toBe(303);

    causeway.clock.advance(3 * DAY);
    const count = async () => (await causeway.app.db.reader.select().from(posts)).length;
    const stored = await count();
    for (const client of [member.client, causeway.client()]) {
      const late = await client.post(thread, { body: 'Too late for this.', country: 'KE' });
      expect(late.status).toBe(422);
      expect(late.$('.error-summary').text()).toContain(`closed since ${dayOf(closesAt)}`);
      expect(late.$('textarea[name=body]').text().trim()).toBe('Too late for this.');
    }
    expect(await count()).toBe(stored);

    await tend();
    const closed = await causeway.client().get(path);
    expect(closed.$('.page-head').text()).toContain(`closed since ${dayOf(closesAt)}`);
    expect(closed.$('.newest').text()).toContain('In time, at dawn.');
    const read = await causeway.client().get((await causeway.client().get(thread)).location ?? '');
    expect(read.$('.write').text()).toContain(`closed since ${dayOf(closesAt)}`);
    expect(read.$('.write textarea').length).toBe(0);
    expect(read.$('a[href*="replyTo"]').length).toBe(0);
    expect(read.$('.page-head .button').length).toBe(0);
    const feed = await causeway.client().get(`${path}/feed.xml`);
    expect(feed.text).toContain(`closed since ${dayOf(closesAt)}`);
    expect((await causeway.client().get('/')).$(`a[href="${path}"]`).length).toBe(0);
  });

  it('refuses posts before its beginning', async () => {
    const opensAt = causeway.clock.now() + 2 * DAY;
    const { path, threads } = await converse('Water the day after', undefined, { opensAt });
    const thread = `/t/${threads[0]?.id}`;
    const early = await member.client.post(thread, { body: 'I could not wait.', country: 'KE' });
    expect(early.status).toBe(422);
    expect((await causeway.client().get(path)).$('.page-head').text()).toContain(
      `takes posts from ${dayOf(opensAt)}`,
    );
    causeway.clock.advance(2 * DAY);
    await tend();
    const shown = await causeway.client().get(path);
    expect(shown.$('.page-head').text()).not.toContain('takes posts from');
    const then = await member.client.post(thread, { body: 'I waited for it.', country: 'KE' });
    expect(then.status).toBe(303);
  });
});
