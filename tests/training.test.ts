import { count } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { fillPractice } from '~/domain/moderation/training/training';
import { cases, decisions, notifications, posts, users } from '~db/schema';
import seeded from '~db/seed/practice.json';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember } from './support/community';

let causeway: TestCauseway;
beforeAll(async () => {
  causeway = await startTestCauseway();
});
afterAll(() => causeway.close());

it('is filled by a command, decided on, and then shows the recommended decision', async () => {
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const kofi = await addMember(causeway, 'kofi');
  const tables = [posts, users, cases, decisions, notifications];
  const counts = () =>
    Promise.all(
      tables.map(async (table) => {
        const [row] = await causeway.app.db.reader.select({ n: count() }).from(table);
        return row?.n;
      }),
    );
  const before = await counts();
  expect((await mona.client.get('/mod/practice')).text).toContain('npm run causeway -- practice');

  const { code, out } = await runCommand(causeway, ['practice', '--json']);
  expect([code, JSON.parse(out)]).toEqual([0, { cases: seeded.length }]);
  await causeway.app.db.write(fillPractice);

  const list = await mona.client.get('/mod/practice');
  expect(list.$('.rows li').length).toBe(seeded.length);
  const path = '/mod/practice/practice-04';
  const open = await mona.client.get(path);
  expect(open.text).toContain('too stupid');
  expect(open.text).not.toContain('attacks the person');

  const unruled = await mona.client.post(path, { action: 'hide' });
  expect(unruled.status).toBe(400);
  expect(unruled.$('#reason-error').text()).not.toBe('');
  expect((await mona.client.post(path, { action: 'approve' })).status).toBe(422);
  expect((await mona.client.post(path, { action: 'dismiss' })).location).toBe(path);
  expect((await mona.client.get(path)).text).toContain('attacks the person');
  expect((await mona.client.get('/mod/practice')).text).toContain(
    '0 of them as experienced moderators',
  );
  await mona.client.post(path, { action: 'hide', reason: 'harassment' });
  expect((await mona.client.get('/mod/practice')).text).toContain(
    '1 of them as experienced moderators',
  );

  expect(await counts()).toEqual(before);
  expect((await causeway.client().get('/search?q=stupid')).text).not.toContain('hill_teacher');
  for (const address of ['/mod/practice', path]) {
    expect((await kofi.client.get(address)).status).toBe(404);
    expect((await kofi.client.post(address, { action: 'hide' })).status).not.toBe(303);
  }
  expect((await mona.client.get('/mod/practice/none')).status).toBe(404);
});

it('has a recommendation for every case, by a rule of the list where one is broken', () => {
  const { rules } = defaultCommunity();
  for (const { id, action, rule, why, matter } of seeded) {
    expect(why.length, id).toBeGreaterThan(60);
    expect(matter.cause === 'held' ? ['approve', 'hide'] : ['dismiss', 'hide'], id).toContain(
      action,
    );
    expect(rule === null ? action !== 'hide' : rules.includes(rule), id).toBe(true);
  }
});
