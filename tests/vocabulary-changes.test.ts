import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { offeredKinds } from '~/domain/barriers/key-points/asking';
import {
  changeVocabulary,
  listChanges,
  undoChange,
  type VocabularyChange,
} from '~/domain/community/change-vocabulary';
import { countUse } from '~/domain/community/term-holders';
import { DAY } from '~/platform/clock';
import type { Vocabulary } from '~/platform/community/community';
import { newId } from '~/platform/ids';
import { follows, keyPoints, postBarriers, postPillars, posts, threadPillars } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { fieldsOf } from './support/form-fields';

let causeway: TestCauseway;
let ada: Member;

beforeAll(async () => {
  causeway = await startTestCauseway();
  ada = await addMember(causeway, 'ada', { role: 'administrator' });
  // As with two processes: ids made here are greater than later ones of the built program.
  newId(causeway.clock.now() + DAY);
  return () => causeway.close();
});

type Said = VocabularyChange extends infer One
  ? One extends unknown
    ? Omit<One, 'reason'>
    : never
  : never;

async function change(one: Said): Promise<{ slug: string; id: string }> {
  const { app, clock } = causeway;
  clock.advance(1000);
  const slug = await app.db.write((tx) =>
    changeVocabulary(tx, app, ada.id, {
      ...one,
      reason: 'For the new season.',
    } as VocabularyChange),
  );
  await app.refreshCommunity();
  const [newest] = await listChanges(app.db.reader, 1);
  return { slug, id: newest?.id ?? '' };
}

async function undo(id: string): Promise<void> {
  const { app, clock } = causeway;
  clock.advance(1000);
  await app.db.write((tx) => undoChange(tx, app, ada.id, id));
  await app.refreshCommunity();
}

const text = (name: string) => ({ name, short: '', description: '', examples: '' });
const words = (name: string) => ({ glyph: null, colour: null, texts: { en: text(name) } });

const log = async () => {
  const page = await causeway.client().get('/moderation');
  return page.$('section[aria-labelledby=vocabulary-changes] li').first().text();
};

describe('an administrator', () => {
  it('adds a kind, which is offered last, and takes it back', async () => {
    const made = await change({
      act: 'add',
      vocabulary: 'barrier',
      words: words('Égouts & water'),
    });
    expect(made.slug).toBe('egouts-water');
    expect(causeway.app.community.kinds.at(-1)).toBe('egouts-water');
    const form = await ada.client.get('/barriers/new');
    expect(form.$('input[name=barrier][value=egouts-water]').length).toBe(1);
    expect(await log()).toContain('ada added the kind of barrier “Égouts & water”.');
    expect(await log()).toContain('For the new season.');
    await undo(made.id);
    expect(causeway.app.community.kinds).not.toContain('egouts-water');
    expect(await log()).toContain('Undone on');
    // A second one of this name gets a slug of its own, because links with the first may exist.
    const again = await change({
      act: 'add',
      vocabulary: 'barrier',
      words: words('Égouts & water'),
    });
    expect(again.slug).toBe('egouts-water-2');
    await undo(again.id);
  });

  it('renames a pillar in some languages, and takes it back', async () => {
    const before = causeway.app.community.find('pillar', 'policy');
    const { glyph = null, colour = null } = before ?? {};
    const { id } = await change({
      ...{ act: 'rename', vocabulary: 'pillar', slug: 'policy' },
      words: { glyph, colour, texts: { en: text('Fair rules'), fr: text('') } },
    });
    const { community } = causeway.app;
    expect(community.name('pillar', 'policy', 'en')).toBe('Fair rules');
    // Without a French name the original stands in, and so it does for the Arabic one, which translates
    // the former original and was not touched.
    expect(community.name('pillar', 'policy', 'fr')).toBe('Fair rules');
    expect(community.name('pillar', 'policy', 'ar')).toBe('Fair rules');
    const arabic = community.find('pillar', 'policy')?.outdated.get('ar')?.name;
    expect(arabic).toBe(before?.texts.get('ar')?.name);
    const line =
      'ada changed the words of the topic “Inclusive Policy and Governance”. Its name is now “Fair rules”.';
    expect(await log()).toContain(line);
    await undo(id);
    expect(await log()).toContain(line);
    expect(causeway.app.community.find('pillar', 'policy')).toEqual(before);
  });

  it('needs a name', async () => {
    await expect(
      change({ act: 'add', vocabulary: 'pillar', words: words('') }),
    ).rejects.toMatchObject({ key: 'community.error.name' });
  });

  it('moves, retires and restores; a later change of the same is undone first', async () => {
    const order = [...causeway.app.community.pillars];
    const moved = await change({
      ...{ act: 'reorder', vocabulary: 'pillar', slug: 'policy', before: 'open-source' },
    });
    expect(causeway.app.community.pillars[0]).toBe('policy');
    await undo(moved.id);
    expect(causeway.app.community.pillars).toEqual(order);

    const retired = await change({ act: 'retire', vocabulary: 'pillar', slug: 'education' });
    expect(causeway.app.community.pillars).not.toContain('education');
    const restored = await change({ act: 'restore', vocabulary: 'pillar', slug: 'education' });
    await expect(undo(retired.id)).rejects.toMatchObject({ key: 'community.error.later' });
    await undo(restored.id);
    await undo(retired.id);
    await expect(undo(retired.id)).rejects.toMatchObject({ key: 'site.error.undone' });
    expect(causeway.app.community.pillars).toEqual(order);
  });
});

describe('a change', () => {
  it('is undone after a later one, also where another process made that', async () => {
    const about = { vocabulary: 'pillar', slug: 'education' } as const;
    const { id } = await change({ act: 'retire', ...about });
    causeway.clock.advance(1000);
    const restored = await ada.client.post('/admin/vocabulary/pillar/education', {
      ...{ act: 'restore', reason: 'It is needed.' },
    });
    expect(restored.status).toBe(303);
    await expect(undo(id)).rejects.toMatchObject({ key: 'community.error.later' });
    const [later] = await listChanges(causeway.app.db.reader, 1);
    await undo(later?.id ?? '');
    await undo(id);
  });
});

describe('a merge', () => {
  const all = async () => {
    const db = causeway.app.db.reader;
    return {
      kinds: await db
        .select({ id: postBarriers.postId, kind: postBarriers.kind, by: postBarriers.saidBy })
        .from(postBarriers)
        .orderBy(asc(postBarriers.postId), asc(postBarriers.kind)),
      pillars: await db
        .select()
        .from(postPillars)
        .orderBy(asc(postPillars.postId), asc(postPillars.pillar)),
      threads: await db
        .select()
        .from(threadPillars)
        .orderBy(asc(threadPillars.threadId), asc(threadPillars.pillar)),
      follows: await db.select().from(follows).orderBy(asc(follows.userId), asc(follows.code)),
      points: await db.select({ id: keyPoints.id, kind: keyPoints.kind }).from(keyPoints),
    };
  };

  const use = (vocabulary: Vocabulary, slug: string) =>
    countUse(causeway.app.db.reader, vocabulary, slug);

  it('counts everything under the other term, and its undo restores every row', async () => {
    const { app } = causeway;
    const bo = await addMember(causeway, 'bo');
    const thread = await addThread(causeway, bo, 'A thread', { pillars: ['infrastructure'] });
    await addPost(causeway, bo, thread.id, 'One.', {
      ...{ barriers: ['trust'], pillars: ['infrastructure'], country: 'NG' },
    });
    await addPost(causeway, ada, thread.id, 'Two.', {
      ...{ barriers: ['skills', 'trust'], pillars: ['education', 'infrastructure'], country: 'NG' },
    });
    const createdAt = app.clock.now();
    const point = { id: 'point', kind: 'trust', region: '011', createdAt };
    await app.db.write(async (tx) => {
      await tx.insert(keyPoints).values(point);
      await tx.insert(threadPillars).values({ threadId: thread.id, pillar: 'infrastructure' });
      const row = { userId: bo.id, kind: 'pillar' as const, createdAt };
      await tx.insert(follows).values({ ...row, code: 'infrastructure' });
      await tx.insert(follows).values({ ...row, userId: ada.id, code: 'infrastructure' });
      await tx.insert(follows).values({ ...row, userId: ada.id, code: 'education' });
    });
    const before = await all();
    expect(await use('barrier', 'trust')).toEqual({ posts: 2, keyPoints: 1 });
    const kinds = await change({
      ...{ act: 'merge', vocabulary: 'barrier', slug: 'trust', into: 'skills' },
    });
    const pillars = await change({
      ...{ act: 'merge', vocabulary: 'pillar', slug: 'infrastructure', into: 'education' },
    });
    expect(await use('barrier', 'trust')).toEqual({ posts: 0, keyPoints: 0 });
    expect(await use('barrier', 'skills')).toEqual({ posts: 2, keyPoints: 1 });
    expect(await use('pillar', 'infrastructure')).toMatchObject({ posts: 0, followers: 0 });
    expect(await use('pillar', 'education')).toMatchObject({ posts: 3, threads: 1, followers: 2 });
    const region = await causeway.client().get('/countries/NG');
    expect(region.text).toContain('Skills and talent');
    expect(region.text).not.toContain('Trust and culture');
    expect((await causeway.client().get('/barriers/kinds/trust')).status).toBe(301);
    expect(await log()).toContain('Its posts count there, and its links lead there.');

    await undo(pillars.id);
    await undo(kinds.id);
    expect(await all()).toEqual(before);
    expect((await causeway.client().get('/barriers/kinds/trust')).status).toBe(200);
  });

  it('leaves alone what its author changed since', async () => {
    const { app } = causeway;
    const cy = await addMember(causeway, 'cy');
    const thread = await addThread(causeway, cy, 'Another');
    const id = await addPost(causeway, cy, thread.id, 'Three.', { barriers: ['trust'] });
    const { id: merge } = await change({
      ...{ act: 'merge', vocabulary: 'barrier', slug: 'trust', into: 'skills' },
    });
    await app.db.write((tx) =>
      tx.update(postBarriers).set({ kind: 'cost' }).where(eq(postBarriers.postId, id)),
    );
    await undo(merge);
    const rows = await app.db.reader
      .select({ kind: postBarriers.kind })
      .from(postBarriers)
      .where(eq(postBarriers.postId, id));
    expect(rows).toEqual([{ kind: 'cost' }]);
  });

  it('is not into itself, nor into what is out of use', async () => {
    const merge = (into: string) =>
      change({ act: 'merge', vocabulary: 'barrier', slug: 'trust', into });
    await expect(merge('trust')).rejects.toMatchObject({ key: 'community.error.into' });
    await expect(merge('nothing')).rejects.toMatchObject({ key: 'community.error.into' });
    const { id } = await change({ act: 'retire', vocabulary: 'barrier', slug: 'cost' });
    await expect(merge('cost')).rejects.toMatchObject({ key: 'community.error.merged' });
    await undo(id);
  });
});

describe('a kind that the community added', () => {
  it('is offered for posts like those that people gave it, and for nothing else', async () => {
    const { app } = causeway;
    const { slug } = await change({ act: 'add', vocabulary: 'barrier', words: words('Pumps') });
    const di = await addMember(causeway, 'di');
    const thread = await addThread(causeway, di, 'Water');
    const offered = async (body: string) => {
      const id = await addPost(causeway, di, thread.id, body, { country: 'KE' });
      const [post] = await app.db.reader.select().from(posts).where(eq(posts.id, id));
      if (!post) throw new Error('it was just added');
      return (await offeredKinds(app, post)).kinds;
    };
    const others = [
      ...['Power cuts every afternoon.', 'Nobody trained us.', 'Rules change every month.'],
      ...['There is no data about our crops.', 'Our internet is slow in the rainy season.'],
      ...['A single vendor decides the price.', 'People do not trust the app.', 'No dollars.'],
    ];
    for (const body of others) await addPost(causeway, ada, thread.id, body);
    const pump = 'The hand pump in our village broke and no spare handle can be found.';
    expect(await offered(pump)).not.toContain(slug);
    const earlier = 'Our village pump is broken again, the handle snapped.';
    await addPost(causeway, ada, thread.id, earlier, { barriers: [slug], country: 'KE' });
    expect(await offered(pump)).toContain(slug);
    expect(await offered('Fees exceed monthly wages.')).not.toContain(slug);
    expect((await offered(pump)).length).toBe(3);
  });
});

describe('the pages of an administrator', () => {
  it('say what a change will do, make it without JavaScript, and undo it', async () => {
    const { app, clock } = causeway;
    const path = '/admin/vocabulary/barrier/cost';
    clock.advance(1000);
    const page = await ada.client.get(path);
    const merge = page.$('section[aria-labelledby=merge-title]').text();
    expect(merge).toContain('In use: 1 post.');
    expect(merge).toContain('links lead there');
    const reason = 'Everyone says money.';
    const words = { act: 'words', 'name.en': 'Money', 'description.en': 'Too dear.' };
    const without = await ada.client.post(path, { ...words, reason: '' });
    expect([without.status, without.$('input[name="name.en"]').attr('value')]).toEqual([
      400,
      'Money',
    ]);
    const saved = await ada.client.post(path, { ...words, reason });
    expect([saved.status, saved.location]).toEqual([303, '/admin/vocabulary?done=saved']);
    expect((await causeway.client().get('/barriers/kinds/cost')).$('h1').text()).toBe('Money');
    expect(await log()).toContain(reason);

    const list = await ada.client.get('/admin/vocabulary');
    const undo = list.$('input[name=undo]').first().attr('value') ?? '';
    expect((await ada.client.post('/admin/vocabulary', { undo })).status).toBe(303);
    expect((await causeway.client().get('/barriers/kinds/cost')).$('h1').text()).toBe(
      'Cost and payment',
    );

    const add = { act: 'words', 'name.en': 'Roads', 'short.en': 'Roads', glyph: 'road', reason };
    await ada.client.post('/admin/vocabulary/pillar', { ...add, colour: 'teal' });
    await app.refreshCommunity();
    expect(app.community.find('pillar', 'roads')).toMatchObject({ glyph: 'road', colour: 'teal' });
    const pillar = await causeway.client().get('/pillars/roads');
    expect(pillar.$('p.pillar.teal svg.glyph path').length).toBe(1);
    expect((await ada.client.get('/admin/vocabulary/pillar/nothing')).status).toBe(404);
    expect((await ada.client.get('/admin/vocabulary/nothing')).status).toBe(404);
  });

  it.each([
    ['/admin/vocabulary/pillar/infrastructure', 'description.en', 'name.fr'],
    ['/admin/vocabulary/rule/spam', 'description.en', 'name.fr'],
    ['/admin/vocabulary/reply/source', 'description.en', 'description.fr'],
    ['/admin/vocabulary/text/barriers', 'description.en', 'description.fr'],
    ['/admin/vocabulary/barrier/cost/cues/fr', 'topic', 'hint'],
  ])('of %s keep what another administrator changed meanwhile', async (path, field, elsewhere) => {
    const other = await addMember(causeway, `other-${path.split('/')[4]}`, {
      role: 'administrator',
    });
    const form = `main form:has([name="${field}"])`;
    const read = async () => fieldsOf(await ada.client.get(path), form);
    const first = await read();
    const theirs = { ...first, [field]: ['Theirs'], reason: ['Clearer.'], key: [`${path}1`] };
    expect((await other.client.post(path, theirs)).status).toBe(303);

    const mine = { ...first, reason: ['Ours.'], [field]: ['Mine'], [elsewhere]: ['Ailleurs'] };
    const refused = await ada.client.post(path, mine);
    expect(refused.status).toBe(422);
    const error = refused.$('.field-error').text().toLowerCase();
    expect(error).toContain('changed meanwhile to: theirs');
    const again = fieldsOf(refused, form);
    expect([again[field], again[elsewhere], again.reason]).toEqual([
      ['Mine'],
      ['Ailleurs'],
      ['Ours.'],
    ]);

    // Who left that field alone does not change it back.
    const beside = { ...first, reason: ['Also.'], [elsewhere]: ['Ailleurs'] };
    expect((await ada.client.post(path, beside)).status).toBe(303);
    const now = await read();
    const lower = [now[field], now[elsewhere]].map((value) => value?.[0]?.toLowerCase());
    expect(lower).toEqual(['theirs', 'ailleurs']);
    expect((await ada.client.post(path, again)).status).toBe(303);
    expect((await read())[field]?.[0]?.toLowerCase()).toBe('mine');
  });

  it('stores no form twice, and says so when another one was sent in its place', async () => {
    const path = '/admin/vocabulary/pillar/education';
    const name = () => causeway.app.community.name('pillar', 'education', 'en');
    const page = await ada.client.get(path);
    const key = page.$('input[name=key]').first().attr('value') ?? '';
    const words = { key, act: 'words', 'name.en': 'Schools', reason: 'Shorter.' };
    for (const _ of [1, 2]) expect((await ada.client.post(path, words)).status).toBe(303);
    await causeway.app.refreshCommunity();
    expect(name()).toBe('Schools');
    // Gone back to the page, whose forms still have their key.
    const changed = { ...words, 'name.en': 'Schools and colleges' };
    const retire = { key, act: 'retire', reason: 'Not ours.' };
    for (const other of [changed, retire]) {
      const answer = await ada.client.post(path, other);
      expect(answer.status).toBe(422);
      expect(answer.$('.error-summary').text()).toContain('You already sent this form');
    }
    const again = await ada.client.post(path, changed);
    expect(again.$('input[name="name.en"]').attr('value')).toBe('Schools and colleges');
    const fresh = again.$('input[name=key]').first().attr('value') ?? '';
    expect((await ada.client.post(path, { ...changed, key: fresh })).status).toBe(303);
    await causeway.app.refreshCommunity();
    expect(name()).toBe('Schools and colleges');
    const cues = { barrier: 'no water', reason: 'Ours.', key: `${key}cues` };
    const cuesPath = '/admin/vocabulary/barrier/data/cues/en';
    expect((await ada.client.post(cuesPath, cues)).status).toBe(303);
    expect((await ada.client.post(cuesPath, { ...cues, topic: 'water' })).status).toBe(422);
  });
});
