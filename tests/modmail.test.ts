import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '~/platform/clock';
import { deliverMails } from '~/platform/mail/deliver';
import { modConversations } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let mona: Member;
let nuru: Member;
let kofi: Member;
let ada: Member;

beforeAll(async () => {
  causeway = await startTestCauseway();
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  nuru = await addMember(causeway, 'nuru', { role: 'administrator' });
  kofi = await addMember(causeway, 'kofi', {
    suspendedUntil: causeway.clock.now() + 1_000_000_000,
  });
  ada = await addMember(causeway, 'ada', { name: 'Ada Byron' });
});
afterAll(() => causeway.close());

describe('conversations with the moderators', () => {
  it('are started by a suspended member, answered by handle, notified by email, closed and reopened', async () => {
    const key = crypto.randomUUID();
    const message = { subject: 'Why was I\tsuspended?', body: 'I would like to know.', key };
    const sent = await kofi.client.post('/modmail', message);
    expect(sent.status).toBe(303);
    const path = sent.location ?? '';
    expect((await kofi.client.post('/modmail', message)).location).toBe(path);
    expect((await kofi.client.get('/modmail')).$('.rows li').length).toBe(1);

    const desk = await mona.client.get('/mod/modmail');
    expect(desk.$('.rows').text()).toContain('Why was I suspended?');
    expect(desk.$('.rows').text()).toContain('Needs a reply');
    const conversation = `/mod${path}`;
    const empty = await mona.client.post(conversation, { action: 'reply', body: ' ' });
    expect(empty.status).toBe(400);
    await mona.client.post(conversation, { action: 'reply', body: 'Because of the rule on spam.' });
    await nuru.client.post(conversation, { action: 'reply', body: 'And only for a week.' });

    const read = await kofi.client.get(path);
    expect(read.$('.said').text()).toContain('Because of the rule on spam.');
    expect(read.$('.meta').text()).toContain('mona');
    expect((await kofi.client.get('/notifications')).$('main').text()).toContain(
      'moderators wrote',
    );
    await deliverMails(causeway.app);
    const mails = (await causeway.mails()).filter((mail) =>
      /wrote to you/.test(mail.subject ?? ''),
    );
    expect(mails.length).toBe(2);
    expect(mails[0]?.text).toContain(`${causeway.config.origin}${path}`);
    expect(mails[0]?.text).not.toContain('rule on spam');

    await mona.client.post(conversation, { action: 'close' });
    expect((await mona.client.get('/mod/modmail')).text).not.toContain('Why was I');
    expect((await mona.client.get('/mod/modmail?closed=1')).text).toContain('Why was I');
    await kofi.client.post(path, { body: 'One more question.' });
    expect((await mona.client.get('/mod/modmail')).text).toContain('Why was I');
  });

  it('belong to one member and the moderators', async () => {
    const sent = await ada.client.post('/modmail', { subject: 'Mine', body: 'A secret of mine' });
    const path = sent.location ?? '';
    expect((await kofi.client.get(path)).status).toBe(404);
    expect((await kofi.client.post(path, { body: 'x' })).status).toBe(404);
    expect((await kofi.client.get(`/mod${path}`)).status).toBe(404);
    expect((await kofi.client.post(`/mod${path}`, { action: 'close' })).status).toBe(404);
    expect((await causeway.client().get(path)).location).toMatch(/^\/login/);
  });

  it('of a moderator are answered by another', async () => {
    const sent = await mona.client.post('/modmail', {
      subject: 'About me',
      body: 'I may be biased.',
    });
    const conversation = `/mod${sent.location}`;
    expect((await mona.client.get(conversation)).$('main form textarea').length).toBe(0);
    expect((await mona.client.post(conversation, { action: 'reply', body: 'Fine!' })).status).toBe(
      404,
    );
    expect((await mona.client.post(conversation, { action: 'close' })).status).toBe(404);
    expect(
      (await nuru.client.post(conversation, { action: 'reply', body: 'Thanks.' })).status,
    ).toBe(303);
  });

  it('are rate limited, with the text kept', async () => {
    const eager = await addMember(causeway, 'eager');
    for (let n = 0; n < 20; n += 1) {
      await eager.client.post('/modmail', { subject: 'Hello', body: `No ${n}` });
    }
    const stopped = await eager.client.post('/modmail', { subject: 'Hello', body: 'Kept words' });
    expect(stopped.status).toBe(429);
    expect(stopped.$('#body').text()).toContain('Kept words');
  });
});

describe('people at the desk', () => {
  it('are found by handle and name, by moderators only', async () => {
    expect((await mona.client.get('/mod/people?q=ada')).$('.rows').text()).toContain('Ada Byron');
    expect((await mona.client.get('/mod/people?q=byron')).$('.rows li').length).toBe(1);
    expect((await mona.client.get('/mod/people?q=%25')).status).toBe(200);
    expect((await mona.client.get('/mod/people?q=nobody')).text).toContain(
      'No one has this handle or name',
    );
    expect((await ada.client.get('/mod/people')).status).toBe(404);
    expect((await ada.client.get('/mod/people/kofi/record')).status).toBe(404);
  });

  it('who came with an import are not said to be members since then', async () => {
    const now = causeway.clock.now();
    const imported = await addMember(causeway, 'amina', { importedAt: now });
    const { openingId } = await addThread(causeway, imported, 'Words from elsewhere');
    for (const path of [
      '/mod/people?q=amina',
      '/mod/people/amina/record',
      `/mod/posts/${openingId}`,
    ]) {
      const said = (await mona.client.get(path)).$('#main').text();
      expect(said, path).toMatch(/Imported on \d/);
      expect(said, path).not.toContain('Member since');
    }
    expect((await mona.client.get('/mod/people?q=ada')).$('.rows').text()).toContain(
      'Member since',
    );
  });

  it('have notes that only other moderators read, and their posts in every state', async () => {
    const held = await addThread(causeway, ada, 'Words that wait at the gate', { state: 'held' });
    const record = '/mod/people/ada/record';
    await mona.client.post(record, { action: 'note', note: 'Means well, writes fast.' });
    const page = await nuru.client.get(record);
    expect(page.$('.said').text()).toContain('Means well');
    expect(page.text).toContain('Words that wait at the gate');
    expect(page.$(`a[href="/mod/posts/${held.openingId}"]`).length).toBe(1);
    for (const path of ['/u/ada', '/settings/data', '/notifications', '/modmail']) {
      expect((await ada.client.get(path)).text, path).not.toContain('Means well');
    }
    const long = await mona.client.post(record, { action: 'note', note: 'x'.repeat(1001) });
    expect(long.status).toBe(400);

    await mona.client.post('/mod/people/nuru/record', {
      action: 'note',
      note: 'Of an administrator',
    });
    expect((await nuru.client.get('/mod/people/nuru/record')).text).not.toContain('Of an admin');
    const self = await mona.client.post('/mod/people/mona/record', { action: 'note', note: 'Me' });
    expect(self.status).toBe(404);
  });

  it('are written to by the moderators', async () => {
    const sent = await mona.client.post('/mod/people/ada/record', {
      action: 'write',
      subject: 'A question',
      body: 'Would you translate this?',
    });
    expect(sent.location).toMatch(/^\/mod\/modmail\//);
    const path = (sent.location ?? '').replace('/mod/', '/');
    expect((await ada.client.get(path)).text).toContain('Would you translate this?');
  });
});

describe('closed conversations', () => {
  it('are kept for a year, and open ones without a limit', async () => {
    const titles = ['Closed for good', 'Still open'];
    for (const subject of titles) {
      const sent = await kofi.client.post('/modmail', { subject, body: 'A word.' });
      if (subject === titles[0]) {
        await mona.client.post(`/mod${sent.location}`, { action: 'close' });
      }
    }
    const left = async () =>
      (await causeway.app.db.reader.select().from(modConversations))
        .map(({ subject }) => subject)
        .filter((subject) => titles.includes(subject));
    causeway.clock.advance(364 * DAY);
    await runJobs(causeway.app);
    expect((await left()).sort()).toEqual(titles);
    causeway.clock.advance(2 * DAY);
    await runJobs(causeway.app);
    expect(await left()).toEqual([titles[1]]);
  });
});
