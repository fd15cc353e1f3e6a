import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { requestRun } from '~/jobs/records';
import { runJob } from '~/jobs/run-jobs';
import { JOBS, MAIL } from '~/jobs/schedule';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { queueMail } from '~/platform/mail/outbox';
import { DIALECT } from '~db/dialect';
import { decisions, mails, users } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { addMember } from './support/community';
import { mailTo } from './support/mail';
import { useSmtp } from './support/smtp';

async function useAdmin(env: Record<string, string> = {}) {
  const causeway = await useCauseway(env);
  const root = await addMember(causeway, 'root', { role: 'administrator' });
  return { causeway, root, admin: root.client, db: causeway.app.db.reader };
}

const job = (name: string) => {
  const found = JOBS.find((one) => one.name === name);
  if (!found) throw new Error(`no job ${name}`);
  return found;
};

const roleOf = async ({ app }: TestCauseway, handle: string) =>
  (await app.db.reader.select().from(users).where(eq(users.handle, handle)))[0];

describe('roles', () => {
  it('are found by handle, changed with a public reason, and changed back', async () => {
    const { causeway, admin, root, db } = await useAdmin();
    const ada = await addMember(causeway, 'ada');
    expect((await admin.get('/admin/people')).$('.rows').text()).not.toContain('ada');
    const found = await admin.get('/admin/people?q=ad');
    expect(found.$('.rows a').attr('href')).toBe('/admin/people/ada');
    const page = await admin.get('/admin/people/ada');
    const key = page.$('input[name=key]').first().val() as string;
    expect(page.text).toContain('seven days to set up a second factor');
    const form = { action: 'change', role: 'moderator', key };
    const missing = await admin.post('/admin/people/ada', { ...form, reason: ' ' });
    expect(missing.status).toBe(400);
    expect(missing.$('#reason-error').text()).toBe('Enter the reason.');
    const seen = page.$('input[name=seen]').val() as string;
    const older = { ...form, seen: seen.replace(/[0-9a-f]{12}/, 'another role') };
    const stale = await admin.post('/admin/people/ada', { ...older, reason: 'Helps' });
    expect(stale.$('#role-error').text()).toContain('Changed meanwhile to: Member');
    const reason = 'Moderates posts in French';
    for (let n = 0; n < 2; n++) {
      const changed = await admin.post('/admin/people/ada', { ...form, reason });
      expect(changed).toMatchObject({ status: 303, location: '/admin/people/ada?done=changed' });
    }
    expect((await admin.post('/admin/people/ada', { ...form, key: 'k2', reason })).status).toBe(
      422,
    );
    const made = await db.select().from(decisions).where(eq(decisions.action, 'role'));
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ authorId: ada.id, moderatorId: root.id });
    const account = await roleOf(causeway, 'ada');
    expect(account?.role).toBe('moderator');
    expect(account?.secondFactorFrom).toBe(causeway.clock.now() + 7 * DAY);
    expect((await ada.client.get('/mod')).status).toBe(200);
    expect((await ada.client.get('/admin')).status).toBe(404);

    const log = await causeway.client().get('/moderation');
    expect(log.$('.log').text()).toMatch(/Role changed.*root.*ada: Moderator.*Moderates posts/s);
    const csv = await causeway.client().get('/moderation.csv');
    expect(csv.text).toContain(',ada,moderator,Moderates posts in French');
    expect((await causeway.client().get('/moderation/feed.xml')).text).toContain('ada: Moderator');
    causeway.clock.advance(MINUTE);
    const letter = await mailTo(causeway, 'ada@example.org', /You are now a moderator\./);
    expect(letter.text).toContain(reason);
    const told = await ada.client.get(`/decisions/${made[0]?.id}`);
    expect(told.text).toContain('You are now a moderator.');
    expect(told.$('form[action$="/appeal"]')).toHaveLength(0);

    const undo = { action: 'undo', decision: made[0]?.id ?? '', key: 'undo' };
    expect((await admin.post('/admin/people/ada', undo)).status).toBe(303);
    expect((await roleOf(causeway, 'ada'))?.role).toBe('member');
    expect((await ada.client.get('/mod')).status).toBe(404);
    const again = await admin.post('/admin/people/ada', { ...undo, key: 'undo again' });
    expect(again.status).toBe(422);
    expect(again.$('.error-summary a').attr('href')).toBe('/admin/people/ada#history');
    const history = (await admin.get('/admin/people/ada')).$('.rows > li');
    expect(history).toHaveLength(2);
    expect((await causeway.client().get('/moderation')).text).toContain('Reverses “Role changed”');
  });

  it('always leave an administrator', async () => {
    const { causeway, admin } = await useAdmin();
    const form = { action: 'change', role: 'member', reason: 'Leaves', key: 'a' };
    const last = await admin.post('/admin/people/root', form);
    expect(last.status).toBe(422);
    expect(last.$('#role-error').text()).toContain('only administrator');
    await addMember(causeway, 'other', { role: 'administrator' });
    expect((await admin.post('/admin/people/root', form)).location).toBe('/');
    expect((await admin.get('/admin')).status).toBe(404);
  });

  it('need someone who has just logged in, and nobody deleted', async () => {
    const { causeway, admin } = await useAdmin();
    await addMember(causeway, 'ada');
    await addMember(causeway, 'gone', { erasedAt: 1 });
    expect((await admin.get('/admin/people/gone')).status).toBe(404);
    const form = { action: 'change', role: 'moderator', reason: 'Helps', key: 'a' };
    expect((await admin.post('/admin/people/gone', form)).status).toBe(404);
    causeway.clock.advance(10 * MINUTE);
    expect((await admin.get('/admin/people')).status).toBe(200);
    const answer = await admin.post('/admin/people/ada', form);
    expect(answer.location).toMatch(/^\/login\/again/);
    expect((await roleOf(causeway, 'ada'))?.role).toBe('member');
  });
});

describe('email', () => {
  it('is tested by one to oneself', async () => {
    const { causeway, admin } = await useAdmin();
    const page = await admin.get('/admin/mail');
    expect(page.text).toContain('root@example.org');
    expect(page.text).toContain('No mail server is set');
    const sent = await admin.post('/admin/mail', { action: 'test' });
    expect(sent.location).toBe('/admin/mail?done=test');
    await mailTo(causeway, 'root@example.org', /^Test email from Causeway/);
    for (let n = 0; n < 9; n++) await admin.post('/admin/mail', { action: 'test' });
    expect((await admin.post('/admin/mail', { action: 'test' })).status).toBe(429);
  });

  it('that failed is shown with its reason but no recipient, and sent again', async () => {
    const smtp = await useSmtp();
    const { causeway, admin, db } = await useAdmin({ SMTP_URL: smtp.url });
    const { app, clock } = causeway;
    const send = () => runJob(app, MAIL, { force: true });
    const letter = { subject: 'Hello', text: 'A letter' };
    for (const name of ['gone', 'busy']) {
      await app.db.write((tx) => queueMail(tx, clock, { ...letter, to: `${name}@example.org` }));
    }
    smtp.refuse.set('gone@example.org', 550);
    smtp.refuse.set('busy@example.org', 451);
    await send();
    const page = await admin.get('/admin/mail');
    expect(page.$('.rows').first().text()).toMatch(/@example\.org.*1 attempt.*550/s);
    expect(page.$('.rows').last().text()).toMatch(/@example\.org.*Next attempt.*451/s);
    expect(page.text).not.toMatch(/gone@|busy@/);
    expect((await admin.get('/admin')).$('main a[href="/admin/mail"]').length).toBeGreaterThan(1);
    const [failed] = await db.select().from(mails).where(eq(mails.to, 'gone@example.org'));
    smtp.refuse.clear();
    clock.advance(HOUR);
    const fields = { action: 'resend', mail: failed?.id ?? '' };
    expect((await admin.post('/admin/mail', fields)).location).toBe('/admin/mail?done=resend');
    expect((await admin.post('/admin/mail', fields)).status).toBe(404);
    await admin.post('/admin/mail', { action: 'retry' });
    await send();
    expect(smtp.mails.map(({ subject }) => subject)).toEqual(['Hello', 'Hello']);
    const after = await admin.get('/admin/mail');
    expect(after.text).toContain('No email failed.');
    expect(after.text).toContain('No email waits after an error.');
    const [sent] = await db
      .select()
      .from(mails)
      .where(eq(mails.id, failed?.id ?? ''));
    expect(sent).toMatchObject({ to: '', text: '' });
    expect((await admin.post('/admin/mail', fields)).status).toBe(404);
  });
});

describe('background jobs', () => {
  it('run when an administrator asks', async () => {
    const { causeway, admin } = await useAdmin();
    const { app } = causeway;
    await runJob(app, job('clean-up-posts'), { force: true });
    expect(await runJob(app, job('clean-up-posts'))).toBeNull();
    const asked = await admin.post('/admin/jobs', { job: 'clean-up-posts' });
    expect(asked.location).toBe('/admin/jobs?done=run');
    expect((await admin.get('/admin/jobs?done=run')).$('[role=status]').text()).toContain(
      'ten sec',
    );
    expect(await runJob(app, job('clean-up-posts'))).toMatchObject({ error: null });
    expect((await admin.post('/admin/jobs', { job: 'no-such-job' })).status).toBe(400);
    // One that has never run is due anyway.
    await app.db.write((tx) => requestRun(tx, app.clock, 'search-index'));
    expect(await runJob(app, job('search-index'))).toMatchObject({ error: null });
    expect((await admin.get('/mod/jobs')).location).toBe('/admin/jobs');
  });
});

describe('backups', () => {
  it.runIf(DIALECT === 'sqlite')(
    'are made, downloaded, and deleted by hand or in time',
    async () => {
      const { causeway, admin } = await useAdmin();
      const { app, clock, folder } = causeway;
      const backups = join(folder, 'backups');
      expect((await admin.get('/admin/backups')).text).toContain('No backup was ever made.');
      expect((await admin.get('/admin')).text).toContain('none was made in the last week');
      const made = await admin.post('/admin/backups', { action: 'make' });
      expect(made.location).toBe('/admin/backups?done=make');
      // Twice in a second is once.
      await admin.post('/admin/backups', { action: 'make' });
      expect(readdirSync(backups)).toEqual(['causeway-20261102T090000Z.db']);
      clock.advance(2 * HOUR);
      const page = await admin.get('/admin/backups');
      expect(page.text).toContain('Age of the last backup: 2 hours.');
      expect((await admin.get('/admin')).text).not.toContain('none was made in the last week');
      const link = page.$('.rows a').attr('href') ?? '';
      // The session is no longer fresh.
      expect((await admin.get(link)).location).toMatch(/^\/login\/again/);
      const { client } = await addMember(causeway, 'second', { role: 'administrator' });
      const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const file = await fetch(causeway.url + link, { headers: { Cookie: cookie } });
      expect(file.headers.get('Content-Disposition')).toContain('causeway-20261102T090000Z.db');
      expect(file.headers.get('Cache-Control')).toBe('private, no-store');
      const bytes = Buffer.from(await file.arrayBuffer());
      expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
      expect(bytes.length).toBe(Number(file.headers.get('Content-Length')));
      for (const name of ['../causeway.db', '..%2Fcauseway.db', 'causeway.db']) {
        expect((await client.get(`/admin/backups/${name}`)).status).toBe(404);
      }
      writeFileSync(join(backups, 'other.txt'), 'no backup');
      await client.post('/admin/backups', { action: 'make' });
      const gone = { action: 'delete', file: 'causeway-20261102T090000Z.db' };
      expect((await client.post('/admin/backups', gone)).location).toBe(
        '/admin/backups?done=delete',
      );
      expect((await client.post('/admin/backups', gone)).status).toBe(404);
      expect(readdirSync(backups)).toEqual(['causeway-20261102T110000Z.db', 'other.txt']);
      clock.advance(30 * DAY);
      await runJob(app, job('clean-up-backups'), { force: true });
      expect(readdirSync(backups)).toEqual(['other.txt']);
    },
  );

  it.runIf(DIALECT === 'postgresql')('are left to the server of the database', async () => {
    const { admin } = await useAdmin();
    const page = await admin.get('/admin/backups');
    expect(page.text).toContain('pg_dump');
    expect(page.$('main form')).toHaveLength(0);
    expect(page.text).toMatch(/Size of the database: \d/);
    expect((await admin.post('/admin/backups', { action: 'make' })).status).toBe(422);
    expect((await admin.get('/admin')).text).not.toContain('none was made in the last week');
  });
});

it('shows its pages to administrators only, in the menu too', async () => {
  const { causeway, admin } = await useAdmin();
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  expect((await admin.get('/')).$('.menu a[href="/admin"]')).toHaveLength(1);
  expect((await mona.client.get('/')).$('a[href="/admin"]')).toHaveLength(0);
  await causeway.app.db.write((tx) =>
    tx
      .update(users)
      .set({ secondFactorFrom: causeway.clock.now() + DAY })
      .where(eq(users.handle, 'root')),
  );
  expect((await admin.get('/admin')).$('.notice').text()).toContain('second factor');
});
