import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { runJob } from '~/jobs/run-jobs';
import { JOBS } from '~/jobs/schedule';
import { DAY } from '~/platform/clock';
import { decisions, invitations, users } from '~db/schema';
import { useCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember } from './support/community';
import { inMail } from './support/mail';

const PASSWORD = 'a boat on the causeway';
const account = (handle: string) => ({
  handle,
  email: `${handle}@example.org`,
  password: PASSWORD,
});

async function useAdmin() {
  const causeway = await useCauseway();
  const { client: admin } = await addMember(causeway, 'root', { role: 'administrator' });
  const { reader } = causeway.app.db;
  const person = async (handle: string) =>
    (await reader.select().from(users).where(eq(users.handle, handle)))[0];
  return { causeway, admin, person, reader };
}

/** Makes an invitation and returns the path that its page shows, once. */
async function link(admin: Client, fields: Record<string, string>): Promise<string> {
  const defaults = { action: 'invite', email: '', uses: '1', days: '7' };
  const made = await admin.post('/admin/invitations', { ...defaults, ...fields });
  expect(made.location).toBe('/admin/invitations?done=made');
  const shown = (await admin.get(made.location ?? '')).text.match(/\/invitations\/[\w-]{20,}/g);
  expect(shown).toHaveLength(1);
  expect((await admin.get('/admin/invitations')).text).not.toMatch(/\/invitations\/[\w-]{20,}/);
  return shown?.[0] ?? '';
}

describe('a link', () => {
  it('gives a member the role it was made for, as often as it says, and publicly', async () => {
    const { causeway, admin, person, reader } = await useAdmin();
    const path = await link(admin, { role: 'moderator', uses: '2' });
    const [stored] = await reader.select().from(invitations);
    expect(JSON.stringify(stored)).not.toContain(path.split('/')[2]);
    const [ada, bo, cy] = await Promise.all(
      ['ada', 'bo', 'cy'].map((handle) => addMember(causeway, handle)),
    );
    const page = await ada?.client.get(path);
    expect(page?.text).toContain('You become a moderator');
    expect(page?.headers.get('Cache-Control')).toBe('private, no-store');
    const both = await Promise.all([ada, bo, cy].map((one) => one?.client.post(path)));
    expect(both.map((answer) => answer?.status).sort()).toEqual([303, 303, 404]);
    const roles = await reader.select().from(users).where(eq(users.role, 'moderator'));
    expect(roles).toHaveLength(2);
    for (const one of roles) expect(one.secondFactorFrom).toBe(causeway.clock.now() + 7 * DAY);
    const made = await reader.select().from(decisions);
    expect(made).toHaveLength(2);
    expect(made[0]?.moderatorId).toBe((await person('root'))?.id);
    const row = (await admin.get('/admin/invitations')).$('.rows li').text();
    expect(row).toContain('Used 2 of 2 times.');
    for (const { handle } of roles) expect(row).toContain(handle);
    expect(row).not.toContain('Revoke');
    expect((await causeway.client().get('/moderation')).text).toContain('Accepted an invitation.');
    expect((await causeway.client().get(path)).status).toBe(404);
  });

  it('lets a visitor sign up, confirm the email, and then have the role', async () => {
    const { causeway, admin, person } = await useAdmin();
    const path = await link(admin, { role: 'moderator' });
    const visitor = causeway.client();
    const form = account('ada');
    const short = await visitor.post(path, { ...form, password: 'short' });
    expect(short.status).toBe(400);
    expect((await visitor.post(path, form)).location).toBe('/signup/sent');
    expect((await person('ada'))?.role).toBe('member');
    // An account that is not confirmed, or suspended, gets no role.
    const confirm = await inMail(causeway, form.email, /\/confirm\/\S+/);
    const confirmed = await visitor.post(confirm);
    expect(confirmed.location).toBe('/invitations');
    expect((await visitor.get('/invitations')).location).toBe(path);
    const accepted = await visitor.post(path);
    expect(accepted.location).toBe('/settings/second-factor');
    expect((await person('ada'))?.role).toBe('moderator');
    expect((await visitor.get('/mod')).status).toBe(200);
  });

  it('counts a member who signs up with it, and takes nothing from a higher role', async () => {
    const { causeway, admin, person } = await useAdmin();
    const path = await link(admin, { role: 'member', uses: '1' });
    expect((await causeway.client().post(path, account('ada'))).location).toBe('/signup/sent');
    expect(await person('ada')).toMatchObject({ role: 'member', confirmedAt: null });
    expect((await causeway.client().post(path, account('bo'))).status).toBe(404);
    expect((await admin.get('/admin/invitations')).$('.rows').text()).toContain('ada');
    const moderate = await link(admin, { role: 'moderator' });
    expect((await admin.get(moderate)).text).toContain('You have this role already.');
    await admin.post(moderate);
    expect((await person('root'))?.role).toBe('administrator');
  });

  it('lets everyone who was invited accept in one room', async () => {
    const { causeway, admin } = await useAdmin();
    for (let n = 0; n < 21; n++) {
      const { email, ...form } = account(`librarian_${n}`);
      const fields = { action: 'invite', role: 'member', uses: '1', days: '7', email };
      await admin.post('/admin/invitations', fields);
      const path = await inMail(causeway, email, /\/invitations\/\S+/);
      const accepted = await causeway.client().post(path, { ...form, email });
      expect([accepted.status, accepted.location], `${n}`).toEqual([303, '/you']);
    }
  });

  it('gives nothing to accounts that are not confirmed or are suspended', async () => {
    const { causeway, admin, person } = await useAdmin();
    const path = await link(admin, { role: 'administrator' });
    const new_ = await addMember(causeway, 'ada', { confirmedAt: null });
    const out = await addMember(causeway, 'bo', { suspendedUntil: causeway.clock.now() + DAY });
    for (const { client, handle } of [new_, out]) {
      expect((await client.get(path)).text).toContain('Confirm your email first');
      expect((await client.post(path)).status).toBe(404);
      expect((await person(handle))?.role).toBe('member');
    }
  });

  it('ends in time, when it is revoked, and with the role of who made it', async () => {
    const { causeway, admin, reader } = await useAdmin();
    const statuses = async (path: string) => {
      const one = (await causeway.client().get(path)).status;
      const sent = await causeway.client().post(path, account('ada'));
      return [one, sent.status];
    };
    const late = await link(admin, { role: 'moderator', days: '1' });
    const revoked = await link(admin, { role: 'moderator', days: '90' });
    const orphan = await link(admin, { role: 'moderator', days: '90' });
    const list = await admin.get('/admin/invitations');
    const id = list.$('.rows li').eq(1).find('input[name=invitation]').val() as string;
    const revoke = { action: 'revoke', invitation: id };
    expect((await admin.post('/admin/invitations', revoke)).status).toBe(303);
    expect((await admin.post('/admin/invitations', revoke)).status).toBe(422);
    expect(await statuses(revoked)).toEqual([404, 404]);
    expect((await causeway.client().get(orphan)).status).toBe(200);
    causeway.clock.advance(DAY);
    expect(await statuses(late)).toEqual([404, 404]);
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ role: 'member' }).where(eq(users.handle, 'root')),
    );
    expect(await statuses(orphan)).toEqual([404, 404]);
    expect(await statuses('/invitations/none')).toEqual([404, 404]);
    expect(await reader.select().from(users)).toHaveLength(1);
  });

  it('is made for numbers and roles that exist only', async () => {
    const { admin, reader } = await useAdmin();
    const good = { action: 'invite', role: 'member', email: '', uses: '1', days: '7' };
    for (const wrong of [
      { role: 'king' },
      { uses: '0' },
      { uses: '1001' },
      { days: '91' },
      { days: 'x' },
      { email: 'ada' },
    ]) {
      const answer = await admin.post('/admin/invitations', { ...good, ...wrong });
      expect(answer.status, JSON.stringify(wrong)).toBe(400);
      expect(answer.$(`#${Object.keys(wrong)[0]}-error`).text()).not.toBe('');
    }
    expect(await reader.select().from(invitations)).toEqual([]);
  });
});

describe('an emailed invitation', () => {
  const fields = { action: 'invite', role: 'administrator', uses: '9', days: '7' };

  it('makes an account without another email, for that address', async () => {
    const { causeway, admin, person, reader } = await useAdmin();
    const form = account('ada');
    const made = await admin.post('/admin/invitations', { ...fields, email: form.email });
    expect(made.location).toBe('/admin/invitations?done=emailed');
    const path = await inMail(causeway, form.email, /\/invitations\/\S+/);
    const visitor = causeway.client();
    expect((await visitor.get(path)).$('#email').attr('value')).toBe(form.email);
    for (const handle of ['moderator', ' former-0123456789 ']) {
      expect((await visitor.post(path, { ...form, handle })).status, handle).toBe(422);
    }
    const joined = await visitor.post(path, { ...form, email: 'ADA@example.org' });
    expect(joined.location).toBe('/settings/second-factor');
    expect(await person('ada')).toMatchObject({ role: 'administrator' });
    expect((await person('ada'))?.confirmedAt).not.toBeNull();
    expect((await visitor.get('/admin')).status).toBe(200);
    expect((await causeway.client().get(path)).status).toBe(404);
    causeway.clock.advance(7 * DAY);
    const job = JOBS.find(({ name }) => name === 'clean-up-accounts');
    if (!job) throw new Error('no job');
    await runJob(causeway.app, job, { force: true });
    expect((await reader.select().from(invitations))[0]?.email).toBeNull();
  });

  it('asks for a confirmation of another address, and a known one to log in', async () => {
    const { causeway, admin, person } = await useAdmin();
    await admin.post('/admin/invitations', { ...fields, email: 'bo@example.org' });
    const path = await inMail(causeway, 'bo@example.org', /\/invitations\/\S+/);
    expect((await causeway.client().post(path, account('ada'))).location).toBe('/signup/sent');
    expect(await person('ada')).toMatchObject({ role: 'member', confirmedAt: null });
    const bo = await addMember(causeway, 'bo');
    const known = await causeway
      .client()
      .post(path, { ...account('bo2'), email: 'bo@example.org' });
    expect(known.status).toBe(422);
    expect(known.$('#email-error').text()).toContain('already an account');
    expect((await bo.client.post(path)).status).toBe(303);
    expect((await person('bo'))?.role).toBe('administrator');
  });
});
