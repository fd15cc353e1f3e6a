import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '~/platform/clock';
import { notifications, threads } from '~db/schema';
import { useCauseway } from './support/causeway';
import { addMember, addThread } from './support/community';

/* The machine's clock is set back: what comes later still stands later, everywhere. */

it('posts, threads, notifications, messages and decisions keep their order', async () => {
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
  const ada = await addMember(causeway, 'ada');
  const bo = await addMember(causeway, 'bo');
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const thread = await addThread(causeway, ada, 'Alpha');
  const other = await addThread(causeway, ada, 'Beta');
  const ids: string[] = [];
  const steps = ['first', 'second', 'third'];
  for (const [n, word] of steps.entries()) {
    const body = `@ada this is the ${word} thing that I have to say`;
    const answer = await bo.client.post(n === 2 ? other.path : thread.path, { body });
    expect(answer.status).toBe(303);
    ids.push(/#p-(.+)$/.exec(answer.location ?? '')?.[1] ?? '');
    const started = await bo.client.post('/threads/new', {
      title: `The ${word} of three threads`,
      body: `What I ask for in the ${word} of these threads is my own`,
    });
    expect(started.status).toBe(303);
    await bo.client.post('/modmail', { subject: `My ${word} message`, body: `About the ${word}` });
    await mona.client.post('/mod/people/ada/record', { body: `Note ${word}` });
    causeway.clock.advance(n === 0 ? -HOUR : -20 * MINUTE);
  }
  const orderOf = (text: string) =>
    [...text.matchAll(/\b(first|second|third)\b/g)].map(([word]) => word);
  const newestFirst = [...steps].reverse();

  const page = await causeway.client().get(thread.path);
  const shown = page.$('article[id^=p-], .post[id^=p-]').toArray();
  expect(
    shown.map((post) => page.$(post).attr('id')).filter((id) => ids.includes(id?.slice(2) ?? '')),
  ).toEqual([`p-${ids[0]}`, `p-${ids[1]}`]);
  const list = await causeway.client().get('/threads');
  expect(orderOf(list.$('main a').text()).filter((_, at) => at < 3)).toEqual(newestFirst);
  // The thread that was answered last stands above the one that was answered before.
  expect(list.text.indexOf('Beta')).toBeLessThan(list.text.indexOf('Alpha'));

  const { reader } = causeway.app.db;
  const told = await reader.select().from(notifications).where(eq(notifications.userId, ada.id));
  const newest = told.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const mentions = newest.filter(({ postId }) => ids.includes(postId ?? ''));
  expect([...new Set(mentions.map(({ postId }) => postId))]).toEqual([...ids].reverse());
  // Who has waited longest comes first.
  const messages = orderOf((await mona.client.get('/mod/modmail')).$('main').text());
  expect([...new Set(messages)]).toEqual(steps);
});

it('a process whose clock is behind writes below what is there', async () => {
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
  const ada = await addMember(causeway, 'ada');
  const thread = await addThread(causeway, ada, 'A thread');
  const { app, clock } = causeway;
  const ahead = clock.now() + 5 * MINUTE;
  // As another machine has left it.
  await app.db.write((tx) => tx.update(threads).set({ activeAt: ahead }));
  expect((await ada.client.post(thread.path, { body: 'Words that come last here' })).status).toBe(
    303,
  );
  const [row] = await app.db.reader.select().from(threads).where(eq(threads.id, thread.id));
  expect(row?.activeAt).toBe(ahead + 1);
});
