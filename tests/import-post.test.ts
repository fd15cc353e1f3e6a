import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { importPost } from '~/domain/import-export/import-post';
import { seed } from '~/domain/import-export/seed';
import { threadPillars, threads } from '~db/schema';
import { useCauseway } from './support/causeway';

const post = readFileSync('tests/fixtures/post-own.md', 'utf8');

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

  it("leaves the numbers 1 to 5 to the seed's questions", async () => {
    const { app } = await useCauseway();
    await seed(app);
    const { made } = await importPost(app, post);
    for (const { id } of made) {
      const [thread] = await app.db.reader.select().from(threads).where(eq(threads.id, id));
      expect(thread?.questionNumber).toBeNull();
    }
  });

  it('explains the error for a text that is not such a post', async () => {
    const { app } = await useCauseway();
    await expect(importPost(app, 'Just a line.')).rejects.toThrow();
    expect(await app.db.reader.select().from(threads)).toEqual([]);
  });
});
