import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { exportData } from '~/domain/import-export/export-data';
import { postBarriers, posts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { readCsv } from './support/csv';

/* Who named a kind (author, moderator, import) is told wherever the kind is shown or counted. */

let causeway: TestCauseway;
let mona: Member;
let thread: { id: string; path: string };
const ids: Record<string, string> = {};

const OCTOBER = Date.UTC(2026, 9, 5);

beforeAll(async () => {
  causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
  const { app } = causeway;
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  thread = await addThread(causeway, mona, 'What stands in the way?');
  const report = async (name: string, facts = {}) => {
    const author = await addMember(causeway, name);
    const place = { country: 'KE', region: '014' } as const;
    const about = { ...place, barriers: ['cost' as const], createdAt: OCTOBER, ...facts };
    ids[name] = await addPost(causeway, author, thread.id, 'A card costs a month of pay.', about);
  };
  await report('amina');
  await report('badu');
  await report('chidi', { barriers: ['cost', 'data'] });
  await report('dede', { importedAt: OCTOBER });
  await report('hidden', { state: 'hidden' });
  await report('denies', { notBarrier: 'moderator' });
  const named = { saidBy: 'moderator' as const, personId: mona.id };
  await app.db.write((tx) =>
    tx
      .update(postBarriers)
      .set(named)
      .where(and(eq(postBarriers.postId, ids.chidi ?? ''), eq(postBarriers.kind, 'data'))),
  );
  await app.db.write((tx) =>
    tx
      .update(postBarriers)
      .set(named)
      .where(eq(postBarriers.postId, ids.badu ?? '')),
  );
  const draft = await buildDigest(app, 'KE', '2026-10');
  await publishDigest(app, draft.id, null);
});
afterAll(() => causeway?.close());

const get = (path: string, language = 'en') =>
  causeway.client().get(path, { 'Accept-Language': language });
const flat = (text: string) => text.replace(/\s+/g, ' ');

const OF_ALL =
  'Kinds were named by the author for 2 reports, by a moderator for 2 reports and in the import for 1 report.';
const COUNTS = { author: 2, moderator: 2, import: 1, machine: 0 };
const IN_COLUMNS = {
  named_by_author: '2',
  named_by_moderator: '2',
  named_by_import: '1',
  named_by_machine: '0',
};

describe('who named a kind', () => {
  it('stands beside the kind of a post, if it was a moderator', async () => {
    const { $ } = await get(thread.path);
    const topics = (name: string) => flat($(`[id="p-${ids[name]}"] .topics`).text()).trim();
    expect(topics('amina')).toBe('Cost and payment');
    expect(topics('badu')).toBe('Cost and payment (named by a moderator)');
    expect(topics('chidi')).toMatch(/^Data.* \(named by a moderator\).*Cost and payment$/);
    expect(topics('dede')).toBe('Cost and payment');
    expect((await get(thread.path, 'fr')).text).toContain('nommé par un modérateur');
    expect((await get(thread.path, 'ar')).text).toContain('حدّده مشرف');
  });

  it.each([
    '/barriers',
    '/countries/KE',
    '/regions/014',
    '/embed/regions/014',
    '/digests/KE/2026-10',
  ])('is counted beside the figures: %s', async (path) => {
    const { status, $ } = await get(path);
    expect(status).toBe(200);
    expect(flat($('body').text()).split(OF_ALL)).toHaveLength(2);
  });

  it('is counted of one kind where one is asked for', async () => {
    for (const path of ['/barriers/kinds/data', '/barriers?kind=data']) {
      const said = 'Kinds were named by a moderator for 1 report.';
      expect(flat((await get(path)).$('body').text()), path).toContain(said);
    }
  });

  it('is in the data', async () => {
    const api = JSON.parse((await get('/api/v1/barriers')).text);
    expect(api.figures.namedBy).toEqual(COUNTS);
    expect(JSON.parse((await get('/barriers.json')).text).figures.namedBy).toEqual(COUNTS);
    expect(JSON.parse((await get('/digests/KE/2026-10.json')).text).namedBy).toEqual(COUNTS);
    const [total] = readCsv((await get('/barriers.csv')).text);
    expect(total).toMatchObject(IN_COLUMNS);
    const digest = readCsv((await get('/digests/KE/2026-10.csv')).text);
    const rows = digest.filter(({ row }) => row?.startsWith('named_by_'));
    expect(Object.fromEntries(rows.map((row) => [row.row, row.contributions]))).toEqual(IN_COLUMNS);
    const each = readCsv((await get('/barriers/contributions.csv')).text);
    const kinds = (list: Record<string, string>[], name: string) => {
      const { barriers, barriersNamedBy } = list.find(({ id }) => id === ids[name]) ?? {};
      return `${barriers}: ${barriersNamedBy}`;
    };
    const ofChidi = api.contributions.find(({ id }: { id: string }) => id === ids.chidi);
    expect(ofChidi).toMatchObject({
      barriers: ['data', 'cost'],
      barriersNamedBy: ['moderator', 'author'],
    });
    expect(kinds(each, 'chidi')).toBe('data cost: moderator author');
    expect(kinds(each, 'dede')).toBe('cost: import');
    const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    try {
      await exportData(causeway.app, folder);
      const exported = readCsv(readFileSync(join(folder, 'contributions.csv'), 'utf8'));
      expect(kinds(exported, 'chidi')).toBe('cost data: author moderator');
      expect(kinds(exported, 'denies')).toBe(': ');
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('barriersNamedBy');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is said by the method, and never that authors chose every kind', async () => {
    const { $ } = await get('/digests/KE/2026-10');
    const method = $('.method').text();
    expect(method).toContain('Its author, a moderator or an import named the kind.');
    expect(method).not.toContain('whose authors chose');
    expect((await get('/about')).text).toContain('If a moderator named the kind');
  });

  it('follows what is public', async () => {
    const set = (state: 'hidden' | 'visible') =>
      causeway.app.db.write((tx) =>
        tx
          .update(posts)
          .set({ state })
          .where(eq(posts.id, ids.dede ?? '')),
      );
    await set('hidden');
    expect(flat((await get('/countries/KE')).$('body').text())).toContain(
      'Kinds were named by the author for 2 reports and by a moderator for 2 reports.',
    );
    await set('visible');
  });
});
