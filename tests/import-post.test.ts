import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { importPost } from '~/domain/import-export/import-post';
import { seed } from '~/domain/import-export/seed';
import { conversations, posts, threadPillars, threads } from '~db/schema';
import { useCauseway } from './support/causeway';

const post = readFileSync('tests/fixtures/post-own.md', 'utf8');

/** A blog post about water. */
function written({
  title = 'Water in the valley',
  summary = 'Pipes run dry at noon.',
  questions = ['When did you have water last week?', 'What does a litre cost you?'],
} = {}): string {
  const asked = questions.map((question) => `- ${question}`);
  return [
    `# ${title}`,
    'We walked along the pipes of the valley for a week and asked who has water, and when.',
    '## Key points',
    `- ${summary}`,
    '## Join the Conversation',
    asked.join('\n'),
  ].join('\n\n');
}

describe('importing a blog post', () => {
  it('creates a draft thread for each question, which is not public', async () => {
    const { app, client } = await useCauseway();
    const report = await importPost(app, post);
    expect(report.made.length).toBe(report.post.questions.length);
    expect(report.made.length).toBeGreaterThan(0);
    for (const { id } of report.made) {
      const [thread] = await app.db.reader.select().from(threads).where(eq(threads.id, id));
      expect(thread?.state).toBe('draft');
      expect((await client().get(`/t/${id}`)).status).toBe(404);
    }
  });

  it('creates nothing twice, in any format of the post', async () => {
    const { app } = await useCauseway();
    const first = await importPost(app, post);
    for (const form of ['md', 'html', 'txt']) {
      const again = await importPost(app, readFileSync(`tests/fixtures/post-own.${form}`, 'utf8'));
      expect(again.made).toEqual([]);
      expect(again.known.map((one) => one.id)).toEqual(first.made.map((one) => one.id));
    }
  });

  it("names a pillar that is none of the forum's, and files the threads under the others", async () => {
    const { app } = await useCauseway();
    const report = await importPost(app, post);
    expect(report.post.warnings).toContain(
      "The pillar “Volunteer Care” is none of the forum's, or more than one.",
    );
    const filed = await app.db.reader.select().from(threadPillars);
    expect(new Set(filed.map(({ pillar }) => pillar))).toEqual(
      new Set(['open-source', 'education', 'infrastructure']),
    );
  });

  it('adds the pillars that are not there yet with --new-pillars, once', async () => {
    const { app } = await useCauseway();
    await importPost(app, post);
    const report = await importPost(app, post, { newPillars: true });
    expect(report.post.pillars.map(({ slug }) => slug)).toEqual([
      ...['open-source', 'education', 'infrastructure', 'volunteer-care'],
    ]);
    expect(report.post.warnings.filter((one) => one.includes('none of'))).toEqual([]);
    expect(app.community.name('pillar', 'volunteer-care', 'en')).toBe('Volunteer Care');
    const filed = await app.db.reader.select().from(threadPillars);
    expect(new Set(filed.map(({ pillar }) => pillar))).toContain('volunteer-care');
    const before = app.community.pillars;
    await importPost(app, post, { newPillars: true });
    expect((await app.refreshCommunity()).pillars).toEqual(before);
  });

  it('opens the drafts with --publish, and stores the URL of the post', async () => {
    const { app } = await useCauseway();
    await importPost(app, post);
    const report = await importPost(app, post, { publish: true, url: 'https://blog.example/p' });
    expect(report.opened).toBe(report.post.questions.length);
    const rows = await app.db.reader.select().from(threads);
    expect(new Set(rows.map((row) => `${row.state} ${row.sourceUrl}`))).toEqual(
      new Set(['open https://blog.example/p']),
    );
  });

  it('numbers the questions of each conversation from 1', async () => {
    const { app } = await useCauseway();
    await seed(app);
    const { made, conversation } = await importPost(app, post);
    const rows = await app.db.reader
      .select()
      .from(threads)
      .where(eq(threads.conversationId, conversation.id))
      .orderBy(threads.questionNumber);
    expect(rows.map(({ questionNumber, id }) => [questionNumber, id])).toEqual(
      made.map(({ id }, at) => [at + 1, id]),
    );
    expect(made.length).toBeGreaterThan(0);
  });

  it('makes one conversation of a post, as a draft, and opens it with --publish', async () => {
    const { app } = await useCauseway();
    const first = await importPost(app, post);
    expect(first.conversation.state).toBe('draft');
    expect(first.isNew).toBe(true);
    const again = await importPost(app, post, { publish: true });
    expect(again.isNew).toBe(false);
    expect(again.conversation).toEqual({ ...first.conversation, state: 'open' });
    const [row, ...others] = await app.db.reader.select().from(conversations);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ title: first.post.title, openedAt: app.clock.now() });
    expect(row?.summaryPoints).toEqual(first.post.summaryPoints);
    expect(row?.glossary).toEqual(first.post.glossary);
    expect(row?.pillars.map(({ name, slug }) => ({ name, slug }))).toContainEqual({
      name: 'Volunteer Care',
      slug: null,
    });
  });

  it('changes a draft when the post changes', async () => {
    const { app } = await useCauseway();
    await importPost(app, written());
    const report = await importPost(
      app,
      written({
        summary: 'Trucks come on Mondays.',
        questions: ['When did you have water at home last week?', 'Who repairs your pump?'],
      }),
    );
    expect(report.made.map(({ title }) => title)).toEqual(['Who repairs your pump?']);
    expect(report.changed.map(({ title }) => title)).toEqual([
      'When did you have water at home last week?',
    ]);
    expect(report.removed.map(({ title }) => title)).toEqual(['What does a litre cost you?']);
    expect(report.differences).toBeNull();
    const asked = await app.db.reader
      .select({ title: threads.title, slug: threads.slug, number: threads.questionNumber })
      .from(threads)
      .where(eq(threads.conversationId, report.conversation.id))
      .orderBy(threads.questionNumber);
    expect(asked).toEqual([
      {
        title: 'When did you have water at home last week?',
        slug: 'when-did-you-have-water-at-home-last-week',
        number: 1,
      },
      { title: 'Who repairs your pump?', slug: 'who-repairs-your-pump', number: 2 },
    ]);
    const openings = await app.db.reader.select({ body: posts.body }).from(posts);
    expect(openings.filter(({ body }) => body.includes('Mondays')).length).toBe(2);
  });

  it('changes the language of a draft and of its opening posts', async () => {
    const { app } = await useCauseway();
    await importPost(app, written());
    await importPost(app, written(), { language: 'sw' });
    const rows = await app.db.reader.select().from(posts);
    expect(rows.map(({ language }) => language)).toEqual(['sw', 'sw']);
  });

  it('changes nothing that is public, and says what differs', async () => {
    const { app } = await useCauseway();
    await importPost(app, written(), { publish: true });
    const before = await app.db.reader.select().from(threads).orderBy(threads.id);
    const report = await importPost(
      app,
      written({
        summary: 'Trucks come on Mondays.',
        questions: ['When did you have water last week?', 'Who repairs your pump?'],
      }),
      { publish: true, url: 'https://blog.example/water' },
    );
    expect(report.made).toEqual([]);
    expect(report.differences?.summaryPoints).toMatchObject({
      added: ['Trucks come on Mondays.'],
      removed: ['Pipes run dry at noon.'],
    });
    expect(report.differences?.questions.added.map(({ text }) => text)).toEqual([
      'Who repairs your pump?',
    ]);
    expect(report.differences?.questions.removed.map(({ text }) => text)).toEqual([
      'What does a litre cost you?',
    ]);
    // What the conversation did not say yet is no difference, and is filled in.
    const [row] = await app.db.reader.select().from(conversations);
    expect(row).toMatchObject({
      link: 'https://blog.example/water',
      summaryPoints: ['Pipes run dry at noon.'],
    });
    const after = await app.db.reader.select().from(threads).orderBy(threads.id);
    expect(after).toEqual(before.map((thread) => ({ ...thread, sourceUrl: row?.link })));
  });

  it('asks the same question in two conversations', async () => {
    const { app } = await useCauseway();
    const first = await importPost(app, written(), { url: 'https://blog.example/1' });
    const second = await importPost(app, written({ title: 'Water in the hills' }), {
      url: 'https://blog.example/2',
    });
    expect(second.isNew).toBe(true);
    expect(second.made.map(({ title }) => title)).toEqual(first.made.map(({ title }) => title));
    expect(second.made.map(({ id }) => id)).not.toEqual(first.made.map(({ id }) => id));
  });

  it('explains the error for a text that is not such a post', async () => {
    const { app } = await useCauseway();
    await expect(importPost(app, 'Just a line.')).rejects.toThrow();
    expect(await app.db.reader.select().from(threads)).toEqual([]);
  });
});
