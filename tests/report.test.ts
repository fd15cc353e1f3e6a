import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { deliverMails } from '~/platform/mail/deliver';
import { DECISION_MAIL_WAIT } from '~/platform/mail/outbox';
import { legalNotices } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let mona: Member;
let ada: Member;
let thread: { id: string; path: string };

beforeAll(async () => {
  causeway = await startTestCauseway({ TRUST_PROXY: '1' });
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  ada = await addMember(causeway, 'ada');
  thread = await addThread(causeway, ada, 'Where things are said');
});
afterAll(() => causeway.close());

const NOTICE = {
  explanation: 'It gives the address of a witness, § 201 of our penal code. Zqexplained.',
  name: 'Chidi Anozie',
  email: 'chidi@example.org',
  goodFaith: '1',
};

function report(fields: Record<string, string>, from = '192.0.2.1') {
  return causeway.client().post('/report', { ...NOTICE, ...fields }, { 'X-Forwarded-For': from });
}

async function mailsTo(address: string) {
  await deliverMails(causeway.app);
  return (await causeway.mails()).filter((mail) =>
    [mail.to].flat().some((to) => to?.text === address),
  );
}

const notices = () => causeway.app.db.reader.select().from(legalNotices);

describe('a notice of illegal content', () => {
  it('opens a case, is confirmed, and its outcome is emailed, without its text', async () => {
    const post = await addPost(causeway, ada, thread.id, 'She lives in the blue house.');
    const location = `${causeway.config.origin}${thread.path}#p-${post}`;
    const key = crypto.randomUUID();
    const sent = await report({ location, key });
    expect(sent.location).toMatch(/^\/report\/sent\?reference=[0-9a-z]{26}$/);
    expect((await report({ location, key })).location).toBe(sent.location);
    const reference = (sent.location ?? '').slice(-26).toUpperCase();
    expect((await causeway.client().get(sent.location ?? '')).text).toContain(reference);

    const receipts = await mailsTo('chidi@example.org');
    expect(receipts.length).toBe(1);
    expect(receipts[0]?.text).toContain(reference);
    expect(receipts[0]?.text).toContain(`${causeway.config.origin}/p/${post}`);
    expect(`${receipts[0]?.text}${receipts[0]?.subject}`).not.toMatch(/Zqexplained|Chidi/);

    const desk = await mona.client.get('/mod');
    const matter = await mona.client.get(desk.$('.queue a').first().attr('href') ?? '');
    expect(matter.text).toContain('Zqexplained');
    expect(matter.text).toContain('Chidi Anozie');
    causeway.clock.advance(3 * HOUR);
    const path = desk.$('.queue a').first().attr('href') ?? '';
    await mona.client.post(path, { action: 'hide', reason: 'private-data' });
    causeway.clock.advance(DECISION_MAIL_WAIT);
    const outcomes = await mailsTo('chidi@example.org');
    expect(outcomes.length).toBe(2);
    expect(outcomes.at(-1)?.subject).toContain('was hidden');
    expect(outcomes.at(-1)?.text).toContain('out-of-court');
    expect(outcomes.at(-1)?.text).not.toMatch(/Zqexplained|blue house/);

    const page = await causeway.client().get('/transparency/2026');
    const linked = page.$('main a[href$=".csv"]').attr('href') ?? 'no link to the figures';
    expect(linked).toBe('/transparency/2026.csv');
    const csv = await causeway.client().get(linked);
    expect(csv.text).toContain('notices_received,,1');
    expect(csv.text).toContain('notices_decided,,1');
    expect(csv.text).toContain(`notices_median_seconds,,${(3 * HOUR) / 1000}`);
    expect(page.$('main').text()).toContain('3 hours');
    expect(page.text).not.toMatch(/Chidi|blue house/);
    expect((await causeway.client().get('/transparency/2019')).status).toBe(404);
    expect((await causeway.client().get('/transparency/2019.csv')).status).toBe(404);
  });

  it('also emails when the content stays', async () => {
    const post = await addPost(causeway, ada, thread.id, 'Prices are too high.');
    await report({ location: `/p/${post}`, email: 'dora@example.org' }, '192.0.2.2');
    const there = await mona.client.get(`/mod/posts/${post}`);
    await mona.client.post(there.location ?? '', { action: 'dismiss' });
    causeway.clock.advance(DECISION_MAIL_WAIT);
    const subjects = (await mailsTo('dora@example.org')).map(({ subject }) => subject);
    expect(
      subjects.some((subject) => subject?.includes('stays')),
      subjects.join(),
    ).toBe(true);
  });

  it.each([
    [{ location: '' }, 400, 'location'],
    [{ location: 'https://elsewhere.example/p/1' }, 422, 'location'],
    [{ location: '/p/none' }, 422, 'location'],
    [{ explanation: ' ' }, 400, 'explanation'],
    [{ name: '' }, 400, 'name'],
    [{ email: '' }, 400, 'email'],
    [{ email: 'nowhere' }, 400, 'email'],
    [{ goodFaith: '' }, 400, 'goodFaith'],
  ])('%j gets %i at its field, and the text is kept', async (wrong, status, field) => {
    const before = (await notices()).length;
    const sent = await report({ location: thread.path, ...wrong }, '192.0.2.3');
    expect(sent.status).toBe(status);
    expect(sent.$(`#${field}-error`).text()).not.toBe('');
    if (field !== 'explanation') expect(sent.$('#explanation').text()).toContain('Zqexplained');
    expect((await notices()).length).toBe(before);
  });

  it('gives the same response for hidden and for missing content', async () => {
    const held = await addPost(causeway, ada, thread.id, 'Waits.', { state: 'held' });
    const [one, other] = await Promise.all(
      [`/p/${held}`, '/p/never-was'].map((location) => report({ location }, '192.0.2.4')),
    );
    expect(one?.status).toBe(422);
    expect(one?.$('#location-error').text()).toBe(other?.$('#location-error').text());
  });

  it('needs no name where children are abused', async () => {
    const nameless = { location: thread.path, name: '', email: '', exception: '1' };
    expect((await report(nameless, '192.0.2.5')).status).toBe(303);
  });

  it('is rate limited', async () => {
    const location = thread.path;
    for (let n = 0; n < 5; n += 1) {
      const from = `198.51.100.${n}`;
      expect((await report({ location, email: 'victim@example.org' }, from)).status).toBe(303);
    }
    const sixth = await report({ location, email: 'victim@example.org' }, '198.51.100.9');
    expect(sixth.status).toBe(429);
    expect(sixth.$('#explanation').text()).toContain('Zqexplained');
    for (let n = 0; n < 10; n += 1) {
      await report({ location, email: `someone${n}@example.org` }, '203.0.113.7');
    }
    const flood = await report({ location, email: 'someone@example.org' }, '203.0.113.7');
    expect(flood.status).toBe(429);
  });

  it('deletes the sender’s data with their account', async () => {
    causeway.clock.advance(MINUTE);
    const own = { location: thread.path, email: 'ada@example.org', name: 'Ada' };
    await ada.client.post('/report', { ...NOTICE, ...own }, { 'X-Forwarded-For': '192.0.2.8' });
    await causeway.app.db.write((tx) => eraseAccount(tx, causeway.app, ada.id, 'keep'));
    const rows = await causeway.app.db.reader
      .select()
      .from(legalNotices)
      .where(eq(legalNotices.userId, ada.id));
    expect(rows).toMatchObject([{ name: null, email: null }]);
  });

  it('deletes the sender’s data a year after its outcome, and keeps the text', async () => {
    const post = await addPost(causeway, ada, thread.id, 'Reported long ago');
    await report({ location: `/p/${post}`, email: 'eze@example.org' }, '192.0.2.77');
    const [open] = (await notices()).filter(({ postId }) => postId === post);
    const matter = `/mod/cases/${open?.caseId}`;
    const kept = async () =>
      (await notices())
        .filter(({ postId }) => postId === post)
        .map(({ name, email }) => [name, email]);
    causeway.clock.advance(366 * DAY);
    await runJobs(causeway.app);
    expect(await kept(), 'undecided').toEqual([['Chidi Anozie', 'eze@example.org']]);
    const now = await addMember(causeway, 'later_mod', { role: 'moderator' });
    expect((await now.client.post(matter, { action: 'dismiss' })).status).toBe(303);
    causeway.clock.advance(364 * DAY);
    await runJobs(causeway.app);
    expect(await kept(), 'decided not long ago').toEqual([['Chidi Anozie', 'eze@example.org']]);
    causeway.clock.advance(2 * DAY);
    await runJobs(causeway.app);
    expect(await kept()).toEqual([[null, null]]);
    const [notice] = (await notices()).filter(({ postId }) => postId === post);
    expect(notice?.explanation).toContain('Zqexplained');
  });
});
