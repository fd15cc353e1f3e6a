import { expect, it } from 'vitest';
import { MINUTE } from '~/platform/clock';
import { useCauseway } from './support/causeway';
import { addMember, addThread } from './support/community';
import { runJobs } from './support/jobs';

/*
 * All tests run in a time zone far from UTC (vitest.config.ts): a time that is shown in the zone of the
 * server differs by 14 hours.
 */

it.each([
  ['suspendedUntil', null, 'suspended until 3 August 2027'],
  ['silencedUntil', null, 'until 3 August 2027'],
  ['suspendedUntil', 'Asia/Tokyo', 'suspended until 4 August 2027'],
  ['silencedUntil', 'America/New_York', 'until 3 August 2027'],
])('%s is told in the time zone of its reader, %s', async (column, timeZone, words) => {
  expect(new Date('2027-08-03T00:00:00Z').getHours()).toBe(14);
  const causeway = await useCauseway();
  const until = Date.parse('2027-08-03T23:30:00Z');
  const ada = await addMember(causeway, 'ada', { [column]: until, timeZone });
  const thread = await addThread(causeway, ada, 'A thread');
  const answer = await ada.client.post(thread.path, { body: 'Words that I may not post now.' });
  expect(answer.status).toBe(422);
  expect(answer.$('.error-summary').text()).toContain(words);
});

it('an email about a decision names the same day as the pages of its reader', async () => {
  const causeway = await useCauseway();
  causeway.clock.set('2027-07-31T23:30:00Z');
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const ada = await addMember(causeway, 'ada', { timeZone: 'Asia/Tokyo' });
  const thread = await addThread(causeway, ada, 'A thread');
  const fields = { action: 'silence', days: '3', reason: 'harassment' };
  expect((await mona.client.post('/mod/people/ada', fields)).status).toBe(303);
  const answer = await ada.client.post(thread.path, { body: 'Words that I may not post now.' });
  expect(answer.$('.error-summary').text()).toContain('until 4 August 2027');
  causeway.clock.advance(2 * MINUTE);
  await runJobs(causeway.app);
  expect((await causeway.mails()).at(-1)?.text).toContain('until 4 August 2027');
});
