import { describe, expect, it } from 'vitest';
import { purgeAddressChanges } from '~/domain/accounts/auth/change-address';
import { createUser } from '~/domain/accounts/auth/create-user';
import { DAY, MINUTE, SECOND } from '~/platform/clock';
import { addressChanges, users } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Client } from './support/client';
import { inMail, mailTo } from './support/mail';

const ada = { email: 'ada@example.org', handle: 'ada', password: 'a boat on the causeway' };
const NEW = 'lovelace@example.org';
const CONFIRM = /\/address\/confirm\/[\w-]+/;
const UNDO = /\/address\/undo\/[\w-]+/;

async function useAda(): Promise<{ causeway: TestCauseway; client: Client }> {
  const causeway = await useCauseway();
  await createUser(causeway.app, { ...ada, role: 'member' });
  const client = causeway.client();
  await client.post('/login', ada);
  return { causeway, client };
}

async function emailOf({ app }: TestCauseway, handle = 'ada') {
  const rows = await app.db.reader.select().from(users);
  return rows.find((row) => row.handle === handle)?.email;
}

describe('a change of address', () => {
  it('is sent to both, confirmed by the new one’s button, and shown as done', async () => {
    const { causeway, client } = await useAda();
    const asked = await client.post('/settings/address', { email: ` ${NEW} ` });
    expect([asked.status, asked.location]).toEqual([303, '/settings/security?done=address']);
    expect(await emailOf(causeway)).toBe(ada.email);
    const old = await mailTo(causeway, ada.email, /is about to change/);
    // Neither email contains text that a person has typed.
    expect(`${old.text} ${old.html}`).not.toContain(NEW);
    const link = await inMail(causeway, NEW, CONFIRM);
    const anybody = causeway.client();
    const page = await anybody.get(link);
    expect(page.$('main').text()).toContain(NEW);
    expect(await emailOf(causeway)).toBe(ada.email);
    expect((await anybody.post(link)).location).toBe(link);
    expect((await anybody.get(link)).$('[role=status]').text()).toContain('new email');
    expect(await emailOf(causeway)).toBe(NEW);
    expect((await anybody.post(link)).status).toBe(404);
    expect((await causeway.client().post('/login', ada)).status).toBe(422);
    expect((await causeway.client().post('/login', { ...ada, email: NEW })).status).toBe(303);
  });

  it('is not changed to another spelling of the mailbox of somebody else', async () => {
    const { causeway, client } = await useAda();
    const bo = { ...ada, email: 'bo+1@example.org', handle: 'bob' };
    await createUser(causeway.app, { ...bo, role: 'member' });
    const asked = await client.post('/settings/address', { email: 'bo+2@example.org' });
    expect([asked.status, asked.location]).toEqual([303, '/settings/security?done=address']);
    await mailTo(causeway, ada.email, /is about to change/);
    const mails = (await causeway.mails()).map((mail) => mail.text ?? '');
    expect(mails.filter((text) => CONFIRM.test(text))).toEqual([]);
    // To another spelling of their own it is.
    await client.post('/settings/address', { email: ada.email.replace('@', '+new@') });
    const link = await inMail(causeway, ada.email.replace('@', '+new@'), CONFIRM);
    await causeway.client().post(link);
    expect(await emailOf(causeway)).toBe(ada.email.replace('@', '+new@'));
  });

  it('can be undone by the old address for seven days, with everything a thief has set up', async () => {
    const { causeway, client: thief } = await useAda();
    await thief.post('/settings/address', { email: NEW });
    const confirm = await inMail(causeway, NEW, CONFIRM);
    const undo = await inMail(causeway, ada.email, UNDO);
    causeway.clock.advance(3 * DAY - 1);
    await causeway.client().post(confirm);
    await thief.post('/login', { ...ada, email: NEW });
    await thief.post('/settings/second-factor', { action: 'begin' });
    await thief.post('/settings/password', { password: 'the secret of a thief' });
    // A second change does not take away the owner's ability to undo.
    await thief.post('/settings/address', { email: 'third@example.org' });
    await causeway.client().post(await inMail(causeway, 'third@example.org', CONFIRM));
    const thiefsUndo = await inMail(causeway, NEW, UNDO);
    expect(await emailOf(causeway)).toBe('third@example.org');

    causeway.clock.advance(7 * DAY - 1);
    const owner = causeway.client();
    expect((await owner.get(undo)).$('main').text()).toContain(ada.email);
    expect(await emailOf(causeway)).toBe('third@example.org');
    expect((await owner.post(undo)).location).toBe('/reset');
    expect(await emailOf(causeway)).toBe(ada.email);
    expect((await thief.get('/notifications')).location).toContain('/login');
    for (const password of [ada.password, 'the secret of a thief']) {
      expect((await causeway.client().post('/login', { ...ada, password })).status).toBe(422);
    }
    expect((await causeway.client().post(thiefsUndo)).status).toBe(404);
    expect((await owner.post(undo)).status).toBe(404);
    await owner.post('/reset', { email: ada.email });
    const reset = await inMail(causeway, ada.email, /\/reset\/[\w-]{20,}/);
    expect((await owner.post(reset, { password: 'mine once more' })).status).toBe(303);
    expect((await owner.post('/login', { ...ada, password: 'mine once more' })).location).toBe('/');
  });

  it('is too late after three days for the new address, after seven for the old', async () => {
    const { causeway, client } = await useAda();
    await client.post('/settings/address', { email: NEW });
    const late = await inMail(causeway, NEW, CONFIRM);
    causeway.clock.advance(3 * DAY);
    expect((await client.get(late)).status).toBe(404);
    expect((await client.post(late)).status).toBe(404);
    await client.post('/login', ada);
    await client.post('/settings/address', { email: NEW });
    const undo = await inMail(causeway, ada.email, UNDO);
    await client.post(await inMail(causeway, NEW, CONFIRM));
    causeway.clock.advance(7 * DAY);
    expect((await client.get(undo)).status).toBe(404);
    expect((await client.post(undo)).status).toBe(404);
    expect(await emailOf(causeway)).toBe(NEW);
    causeway.clock.advance(3 * DAY);
    await causeway.app.db.write((tx) => purgeAddressChanges(tx, causeway.clock));
    expect(await causeway.app.db.reader.select().from(addressChanges)).toEqual([]);
  });

  it('reserves the old address for its owner while it can be undone', async () => {
    const { causeway, client } = await useAda();
    await client.post('/settings/address', { email: NEW });
    const undo = await inMail(causeway, ada.email, UNDO);
    await client.post(await inMail(causeway, NEW, CONFIRM));
    const squatter = { ...ada, handle: 'squatter' };
    expect((await causeway.client().post('/signup', squatter)).location).toBe('/signup/sent');
    expect(await emailOf(causeway, 'squatter')).toBeUndefined();
    await expect(createUser(causeway.app, { ...squatter, role: 'member' })).rejects.toThrow(
      'people.error.emailTaken',
    );
    expect((await causeway.client().post(undo)).status).toBe(303);
    expect(await emailOf(causeway)).toBe(ada.email);
  });

  it('gives the same response if another person has the new address, who is told', async () => {
    const { causeway, client } = await useAda();
    await createUser(causeway.app, {
      email: 'bob@example.org',
      handle: 'bob',
      password: 'another long secret',
      role: 'member',
    });
    const free = await client.post('/settings/address', { email: NEW });
    causeway.clock.advance(SECOND);
    const taken = await client.post('/settings/address', { email: 'BOB@example.org' });
    expect([taken.status, taken.location]).toEqual([free.status, free.location]);
    const told = await mailTo(causeway, 'BOB@example.org', /already belongs to an account/);
    expect(told.text).not.toMatch(CONFIRM);
    const rows = await causeway.app.db.reader.select().from(addressChanges);
    expect(rows).toHaveLength(2);
    // The earlier request is cancelled, whatever its response was.
    const first = await inMail(causeway, NEW, CONFIRM);
    expect((await client.post(first)).status).toBe(404);
  });

  it('needs a fresh proof and an address, sends one form once, and stops a flood', async () => {
    const { causeway, client } = await useAda();
    const wrong = await client.post('/settings/address', { email: 'ada at home' });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#email').val()).toBe('ada at home');
    const same = await client.post('/settings/address', { email: 'ADA@example.org' });
    expect(same.status).toBe(400);
    expect(same.$('#email-error').text()).toContain('already your email');
    for (let n = 0; n < 2; n++) await client.post('/settings/address', { email: NEW, key: 'k' });
    expect(await causeway.app.db.reader.select().from(addressChanges)).toHaveLength(1);
    for (let n = 0; n < 3; n++) await client.post('/settings/address', { email: NEW });
    const stopped = await client.post('/settings/address', { email: NEW });
    expect(stopped.status).toBe(429);
    expect(stopped.headers.get('Retry-After')).not.toBeNull();
    causeway.clock.advance(10 * MINUTE);
    expect((await client.get('/settings/address')).location).toContain('/login/again?');
  });
});
