import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { VOCABULARIES } from '~/platform/community/community';
import { type Db, openDatabase } from '~db/client';
import { digests, settings, terms, termTexts } from '~db/schema';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';

describe('the vocabularies of a site', () => {
  it('are those of the seed on a new site', async () => {
    const { app } = await useCauseway();
    const seed = defaultCommunity();
    for (const vocabulary of VOCABULARIES) {
      expect(app.community.all(vocabulary)).toEqual(seed.all(vocabulary));
    }
  });

  it('are filled once on a site from before, and never again', async () => {
    const causeway = await useCauseway();
    const { app } = causeway;
    await app.db.write(async (tx) => {
      await tx.delete(termTexts);
      await tx.delete(terms);
      await tx.delete(settings).where(like(settings.name, 'community-%seeded'));
    });
    // Any command fills them, as the next start does.
    expect((await runCommand(causeway, ['seed'])).code).toBe(0);
    const upgraded = await app.refreshCommunity();
    expect(upgraded.kinds).toEqual(defaultCommunity().kinds);
    expect(upgraded.name('barrier', 'cost', 'fr')).toBe('Coût et paiement');
    await app.db.write((tx) => tx.delete(terms));
    await runCommand(causeway, ['seed']);
    expect((await app.refreshCommunity()).kinds).toEqual([]);
  });
});

describe('a change of the vocabularies', () => {
  let causeway: TestCauseway;
  let ada: Member;
  let thread: Awaited<ReturnType<typeof addThread>>;
  beforeAll(async () => {
    causeway = await startTestCauseway();
    ada = await addMember(causeway, 'ada');
    thread = await addThread(causeway, ada, 'A thread', { pillars: ['education'] });
    await addPost(causeway, ada, thread.id, 'Prices.', { barriers: ['cost'], country: 'NG' });
    return () => causeway.close();
  });

  /** Changes the database as another process would. */
  async function elsewhere(work: (tx: Db) => Promise<unknown>) {
    const other = openDatabase(causeway.config.databaseUrl, '');
    await other.write(work);
    await other.close();
  }

  const change = (slug: string, facts: Partial<typeof terms.$inferInsert>) =>
    elsewhere((tx) => tx.update(terms).set(facts).where(eq(terms.slug, slug)));

  const textOf = async (path: string) => (await causeway.client().get(path)).$('body').text();

  it('is on every page with the next request, whichever process made it', async () => {
    const paths = ['/pillars/education', '/about', thread.path, '/subscribe'];
    for (const path of paths) expect(await textOf(path), path).toContain('Education');
    await elsewhere((tx) =>
      tx
        .update(termTexts)
        .set({ name: 'Learning together', short: 'Learning' })
        .where(and(eq(termTexts.slug, 'education'), eq(termTexts.language, 'en'))),
    );
    for (const path of paths) {
      const text = await textOf(path);
      expect(text, path).toContain('Learning');
      expect(text, path).not.toContain('Accessible Education');
    }
    // Another language keeps its own name.
    const french = await causeway.client().get('/pillars/education', { 'Accept-Language': 'fr' });
    expect(french.$('h1').text()).toBe('Éducation accessible et développement des compétences');
  });

  it('keeps a retired kind on posts and pages, and offers it no more', async () => {
    await change('cost', { state: 'retired' });
    const offered = (await ada.client.get('/barriers/new')).$('input[name=barrier]');
    expect(offered.length).toBe(10);
    expect(offered.filter('[value=cost]').length).toBe(0);
    expect(await textOf(thread.path)).toContain('Cost and payment');
    expect((await causeway.client().get('/barriers/kinds/cost')).$('h1').text()).toBe(
      'Cost and payment',
    );
    expect((await causeway.client().get('/barriers?kind=cost')).status).toBe(200);
    await change('cost', { state: 'active' });
  });

  it('leads from a merged pillar or kind to the one that took it over', async () => {
    await change('trust', { state: 'merged', mergedInto: 'skills' });
    await change('infrastructure', { state: 'merged', mergedInto: 'education' });
    const visitor = causeway.client();
    const kind = await visitor.get('/barriers/kinds/trust');
    expect([kind.status, kind.location]).toEqual([301, '/barriers/kinds/skills']);
    const pillar = await visitor.get('/pillars/infrastructure');
    expect([pillar.status, pillar.location]).toEqual([301, '/pillars/education']);
    const filtered = await visitor.get('/threads?pillar=infrastructure');
    expect(filtered.$('select[name=pillar] option[selected]').attr('value')).toBe('education');
    expect((await visitor.get('/pillars/nothing')).status).toBe(404);
  });
});

describe('a published digest', () => {
  let causeway: TestCauseway;
  beforeAll(async () => {
    causeway = await startTestCauseway();
  });
  afterAll(() => causeway.close());

  it('keeps the names that it was published with', async () => {
    const { app, client } = causeway;
    const ada = await addMember(causeway, 'ada');
    const thread = await addThread(causeway, ada, 'A thread');
    for (let n = 0; n < 6; n += 1) {
      const author = await addMember(causeway, `person-${n}`);
      const body = 'A licence costs more than a month of wages here, so nobody can pay for it.';
      await addPost(causeway, author, thread.id, body, { barriers: ['cost'], country: 'NG' });
    }
    const { id } = await buildDigest(app, 'NG', '2026-11');
    await publishDigest(app, id, null);
    await app.db.write((tx) => tx.update(termTexts).set({ name: 'Money' }));
    const digest = await client().get('/digests/NG/2026-11');
    expect(digest.text).toContain('Cost and payment');
    expect(digest.text).not.toContain('Money');
    expect((await client().get('/digests/NG/2026-11.json')).text).not.toContain('Money');
    // One from before names were kept says what its kinds are called now.
    await app.db.write((tx) => tx.update(digests).set({ termNames: null }));
    expect((await client().get('/digests/NG/2026-11')).text).toContain('Money');
  });
});
