import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { offeredKinds } from '~/domain/barriers/key-points/asking';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { posts } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';

const reason = 'We are about water.';
const PATH = '/admin/vocabulary/barrier/pumps/cues/en';

let causeway: TestCauseway;
let ada: Member;
let threadId: string;
beforeEach(async () => {
  causeway = await useCauseway();
  ada = await addMember(causeway, 'ada', { role: 'administrator' });
  threadId = (await addThread(causeway, ada, 'Water')).id;
  const words = { act: 'words', 'name.en': 'Pumps', reason };
  await ada.client.post('/admin/vocabulary/barrier', words);
});

/** Returns the kinds that the author of a new post is offered. */
async function offered(body: string): Promise<string[]> {
  await causeway.app.refreshCommunity();
  const id = await addPost(causeway, ada, threadId, body, { country: 'KE' });
  const [post] = await causeway.app.db.reader.select().from(posts).where(eq(posts.id, id));
  if (!post) throw new Error('it was just added');
  return (await offeredKinds(causeway.app, post)).kinds;
}

const save = (path: string, fields: Record<string, string>) => {
  causeway.clock.advance(1000);
  return ada.client.post(path, { reason, ...fields });
};

it('has a kind suggested by the words that administrators give it, until they are taken back', async () => {
  const broken = 'The handle of our borehole pump snapped.';
  const page = await ada.client.get('/admin/vocabulary/barrier/pumps');
  expect(page.$('main').text()).toContain('posts that are like those that people gave it');
  expect(await offered(broken)).not.toContain('pumps');

  const saved = await save(PATH, {
    barrier: ' Borehole  pump*\n…\n\nborehole pump*',
    topic: 'handle',
  });
  expect([saved.status, saved.location]).toEqual([303, '/admin/vocabulary?done=saved']);
  const again = await ada.client.get(PATH);
  expect(again.$('[name=barrier]').text().trim()).toBe('borehole pump*');
  expect((await offered(broken))[0]).toBe('pumps');
  expect(await offered('Power cuts three times a day.')).not.toContain('pumps');
  // Neither does it follow from examples any more.
  await addPost(causeway, ada, threadId, 'The well is dry since May.', { barriers: ['pumps'] });
  expect(await offered('The well is dry since June.')).not.toContain('pumps');
  const log = await causeway.client().get('/moderation');
  expect(log.text).toContain('the words by which “Pumps” is suggested for posts in English');

  const list = await ada.client.get('/admin/vocabulary');
  const undo = list.$('input[name=undo]').first().attr('value') ?? '';
  await ada.client.post('/admin/vocabulary', { undo });
  expect((await ada.client.get(PATH)).$('[name=barrier]').text().trim()).toBe('');
  expect(await offered('The well is dry since July.')).toContain('pumps');
});

it('names a key point by the sentence with these words, on pages that are kept, too', async () => {
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const postIds: string[] = [];
  for (const handle of ['cleo', 'dan']) {
    const author = await addMember(causeway, handle);
    const details = { country: 'KE', region: '014', barriers: ['pumps'] };
    const text = 'Nobody has visited our village this year. The borehole fell dry in May.';
    postIds.push(await addPost(causeway, author, threadId, text, details));
  }
  const point = { kind: 'pumps', region: '014', postIds } as const;
  await causeway.app.db.write((tx) => makeKeyPoint(tx, causeway.clock, mona.id, point));
  const visitor = causeway.client();
  const pages = [`/t/${threadId}/thread-${threadId}`, '/barriers'];
  const titles = async () =>
    (await Promise.all(pages.map((page) => visitor.get(page)))).map(({ $ }) =>
      $('main a[href^="/key-points/"]').first().text().trim(),
    );

  expect(await titles()).toEqual(pages.map(() => 'Nobody has visited our village this year'));
  await save(PATH, { barrier: 'fell dry' });
  expect(await titles()).toEqual(pages.map(() => 'The borehole fell dry in May'));
});

it('shows the words of the default kinds, which can be changed too', async () => {
  const path = '/admin/vocabulary/barrier/connectivity/cues/en';
  const page = await ada.client.get(path);
  const words = page.$('[name=barrier]').text();
  expect(words).toContain('power cut');
  expect((await offered('Power cuts three times a day.'))[0]).toBe('connectivity');
  expect((await ada.client.get('/admin/vocabulary/barrier/cost/cues/xx')).status).toBe(404);
  expect((await ada.client.get('/admin/vocabulary/barrier/no/cues/en')).status).toBe(404);
  const bo = await addMember(causeway, 'bo');
  expect((await bo.client.get(path)).status).toBe(404);
  expect((await bo.client.post(path, { barrier: 'x', reason })).status).toBe(404);
  expect((await save(path, { barrier: 'x', reason: '' })).status).toBe(400);
  const topic = page.$('[name=topic]').text();
  await save(path, { barrier: `${words}\nlamp oil*`, topic, hint: '' });
  expect((await offered('We read by lamp oil.'))[0]).toBe('connectivity');
  expect((await offered('Power cuts three times a day.'))[0]).toBe('connectivity');
});

it('moves the words that a site changed with its file', async () => {
  await save(PATH, { barrier: 'borehole pump*' });
  const file = join(causeway.folder, 'site.json');
  await runCommand(causeway, ['community', 'export', file]);
  const site = JSON.parse(readFileSync(file, 'utf8'));
  const { barriers } = site;
  expect(barriers.at(-1)).toMatchObject({
    slug: 'pumps',
    cues: { en: { barrier: ['borehole pump*'], topic: [], hint: [] } },
  });
  expect(barriers[0]).not.toHaveProperty('cues');
  const other = await useCauseway();
  await runCommand(other, ['community', 'import', file]);
  const there = await other.app.refreshCommunity();
  expect(there.cueWords).toEqual((await causeway.app.refreshCommunity()).cueWords);
  const again = await runCommand(other, ['community', 'import', file, '--json']);
  expect(JSON.parse(again.out)).toEqual({ added: 0, changed: 0, retired: 0 });

  // What is no phrase is passed over where texts are read.
  const odd = { en: { barrier: ['…', '*', 'borehole pump*'], topic: [], hint: [] } };
  const last = { ...barriers.at(-1), cues: odd };
  writeFileSync(file, JSON.stringify({ ...site, barriers: [...barriers.slice(0, -1), last] }));
  expect((await runCommand(causeway, ['community', 'import', file])).code).toBe(0);
  expect((await offered('Our borehole pump snapped.'))[0]).toBe('pumps');
});
