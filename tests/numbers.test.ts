import { expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { DAY, HOUR } from '~/platform/clock';
import { cases, flags, subscriptions } from '~db/schema';
import { useCauseway } from './support/causeway';
import { addMember, addPost, addThread } from './support/community';

it('counts what people did, week by week, as a page and as CSV', async () => {
  const causeway = await useCauseway();
  const { app, clock } = causeway;
  // A Monday at 00:00 UTC: the last moment before it belongs to another week.
  const monday = Date.parse('2026-10-26T00:00:00Z');
  const at = (ms: number) => clock.set(new Date(ms).toISOString());
  at(monday - 1);
  const ada = await addMember(causeway, 'ada');
  const bo = await addMember(causeway, 'bo');
  const thread = await addThread(causeway, ada, 'Which card works?', { country: 'NG' });
  at(monday);
  // Questions of an article are no posts of people.
  await seedOnce(app);
  const reply = await addPost(causeway, bo, thread.id, 'None', { country: 'KE', language: 'sw' });
  await addPost(causeway, bo, thread.id, 'At all', { country: 'KE', language: 'en' });
  await addPost(causeway, bo, thread.id, 'Spam', { state: 'held' });
  const subscribed = { language: 'en', frequency: 'weekly', createdAt: 1 } as const;
  const closing = [1, 4, 9].map((hours) => ({ openedAt: monday, closedAt: monday + hours * HOUR }));
  await app.db.write(async (tx) => {
    await tx.insert(subscriptions).values([
      { id: 's1', ...subscribed, state: 'active', confirmedAt: monday - DAY },
      { id: 's2', ...subscribed, state: 'left', confirmedAt: monday - DAY, leftAt: monday + DAY },
      { id: 's3', ...subscribed, state: 'pending' },
    ]);
    await tx.insert(cases).values(closing.map((times, n) => ({ id: `c${n}`, ...times })));
    await tx.insert(flags).values([
      {
        id: 'f1',
        caseId: 'c0',
        postId: reply,
        userId: ada.id,
        reason: 'spam',
        createdAt: monday - 1,
      },
    ]);
  });
  at(monday + 8 * DAY);
  const { client } = await addMember(causeway, 'root', { role: 'administrator' });
  const answer = await client.get('/admin/numbers.csv');
  expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
  const lines = answer.text.replace('\ufeff', '').trim().split('\r\n');
  const [head, ...rows] = lines.map((line) => line.split(','));
  const weeks = rows.map((row) => Object.fromEntries(row.map((cell, n) => [head?.[n], cell])));
  expect(weeks).toHaveLength(26);
  const zero = { posts: '0', people: '0', countries: '0', languages: '0', flags: '0' };
  const none = { ...zero, digests: '0', bounced: '0', decided: '0', hours: '' };
  expect(weeks.slice(0, 3)).toEqual([
    { ...none, week: '2026-W45', from: '2026-11-02', subscribers: '1' },
    {
      ...{ week: '2026-W44', from: '2026-10-26', posts: '2', people: '1', countries: '1' },
      ...{ languages: '2', subscribers: '1', digests: '0', bounced: '0', flags: '0' },
      ...{ decided: '1', hours: '4' },
    },
    {
      ...{ ...none, week: '2026-W43', from: '2026-10-19', posts: '1', people: '1' },
      ...{ countries: '1', languages: '1', subscribers: '2', flags: '1' },
    },
  ]);
  const page = await client.get('/admin/numbers');
  expect(page.$('tbody tr').eq(1).text()).toMatch(/26 October.–.1 November 2026/);
  expect(page.$('.small-charts svg')).toHaveLength(4);
  expect(page.$('.small-charts svg').first().find('rect')).toHaveLength(26);
  const posts = page
    .$('tbody tr')
    .toArray()
    .map((row) => Number(page.$(row).find('td').first().text()));
  expect(page.$('.small-charts figcaption').first().text()).toBe(
    `Posts${page.$('tbody th').first().text()}: ${posts[0]}. Most in a week: ${Math.max(...posts)}.`,
  );
});
