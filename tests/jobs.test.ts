import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import type { Job } from '~/jobs/job';
import { claimJob, LEASE, listRecords, releaseJob, renewClaim } from '~/jobs/records';
import { runAllJobs, runJob } from '~/jobs/run-jobs';
import { startScheduler } from '~/jobs/scheduler';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';
import { newId } from '~/platform/ids';
import { deliverMails } from '~/platform/mail/deliver';
import { queueMail } from '~/platform/mail/outbox';
import { openDatabase } from '~db/client';
import {
  digestErrata,
  digests,
  jobs,
  mails,
  posts,
  subscriptionScopes,
  subscriptions,
} from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread } from './support/community';
import { runJobs } from './support/jobs';
import { useSmtp } from './support/smtp';

/** Programs are started, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const silent = { error() {} };

async function recordOf({ app }: Pick<TestCauseway, 'app'>, name: string) {
  return (await listRecords(app.db.reader)).find((record) => record.name === name);
}

function jobThat(run: Job['run'], facts: Partial<Job> = {}): Job {
  return { name: 'trial', schedule: { every: MINUTE }, run, ...facts };
}

describe('a job', () => {
  it('runs when it is due and not before, and notes how it ended', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    let runs = 0;
    const job = jobThat(async () => {
      runs += 1;
      clock.advance(2 * SECOND);
      return { counts: { done: 3 } };
    });
    const started = clock.now();
    expect(await runJob(app, job)).toEqual({ name: 'trial', error: null, counts: { done: 3 } });
    const ended = clock.now();
    expect(await recordOf(causeway, 'trial')).toMatchObject({
      ok: true,
      startedAt: started,
      endedAt: ended,
      succeededAt: ended,
      attempts: 0,
      failures: 0,
      nextRunAt: ended + MINUTE,
      claim: null,
    });
    clock.advance(MINUTE - 1);
    expect(await runJob(app, job)).toBeNull();
    clock.advance(1);
    await runJob(app, job);
    expect(runs).toBe(2);
  });

  it('that fails is tried again after pauses that double, and its error names no value', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    let broken = true;
    const job = jobThat(async () => {
      if (broken) throw new TypeError('what ada@example.org wrote');
      return {};
    });
    const told: unknown[] = [];
    const onError = (error: unknown) => told.push(error);
    expect((await runJob(app, job, { onError }))?.error).toMatch(/^TypeError at /);
    expect(told).toHaveLength(1);
    expect(await recordOf(causeway, 'trial')).toMatchObject({
      ok: false,
      attempts: 1,
      failures: 1,
      nextRunAt: clock.now() + 30 * SECOND,
    });
    clock.advance(30 * SECOND);
    await runJob(app, job);
    expect(await recordOf(causeway, 'trial')).toMatchObject({
      attempts: 2,
      nextRunAt: clock.now() + MINUTE,
    });
    const failedAt = clock.now();
    expect(JSON.stringify(await recordOf(causeway, 'trial'))).not.toContain('@');
    broken = false;
    clock.advance(MINUTE);
    await runJob(app, job);
    // The time and cause of the last failure can still be seen.
    expect(await recordOf(causeway, 'trial')).toMatchObject({
      ok: true,
      attempts: 0,
      failures: 2,
      failedAt,
      error: expect.stringMatching(/^TypeError/),
    });
  });

  it('with one failed item has failed, and keeps its schedule', async () => {
    const causeway = await useCauseway();
    const job = jobThat(async () => ({ errors: [new RangeError('one'), new Error('two')] }));
    expect((await runJob(causeway.app, job))?.error).toMatch(/^RangeError.*, and 1 more$/);
    expect(await recordOf(causeway, 'trial')).toMatchObject({
      ok: false,
      nextRunAt: causeway.clock.now() + MINUTE,
    });
  });

  it('is run by one of several processes, and no two runs overlap', async () => {
    const causeway = await useCauseway();
    const { app, config } = causeway;
    const db = openDatabase(config.databaseUrl, '');
    onTestFinished(() => db.close());
    const log: string[] = [];
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const job = jobThat(async () => {
      log.push('begin');
      await gate;
      log.push('end');
      return {};
    });
    const first = runJob(app, job);
    await vi.waitUntil(() => log.length > 0, { timeout: 60_000 });
    const other = { ...app, db };
    expect(await runJob(other, job, { force: true })).toBeNull();
    goOn();
    expect(await first).not.toBeNull();
    expect(await runJob(other, job)).toBeNull();
    expect(log).toEqual(['begin', 'end']);
    const both = await Promise.all([app, other].map((one) => runJob(one, job, { force: true })));
    expect(both.filter((result) => result !== null).length).toBeGreaterThan(0);
    expect(log.filter((line, at) => line === log[at - 1])).toEqual([]);
  });

  it('claimed by a killed process is free again when its claim expires', async () => {
    const causeway = await useCauseway();
    const { app, clock } = causeway;
    const job = jobThat(async () => ({}));
    const claim = await claimJob(app, job, false);
    if (!claim) throw new Error('not claimed');
    clock.advance(LEASE - 1);
    await renewClaim(app, claim);
    clock.advance(LEASE - 1);
    expect(await runJob(app, job, { force: true })).toBeNull();
    clock.advance(1);
    expect(await runJob(app, job)).not.toBeNull();
    const record = await recordOf(causeway, 'trial');
    // The slow run finishes later, but does not overwrite the record of the other run.
    await releaseJob(app, claim, { startedAt: 0, error: 'late', nextRunAt: 0 });
    expect(await recordOf(causeway, 'trial')).toEqual(record);
  });

  it('that repeatedly crashes its process is not repeated without a pause', async () => {
    const { app, clock } = await useCauseway();
    const job = jobThat(async () => ({}));
    for (const pause of [30 * SECOND, MINUTE, 2 * MINUTE]) {
      expect(await claimJob(app, job, false)).not.toBeNull();
      clock.advance(pause - 1);
      expect(await claimJob(app, job, false)).toBeNull();
      clock.advance(1);
    }
  });

  it('does not wait for a moment that a wrong clock has set', async () => {
    const { app, clock } = await useCauseway();
    const job = jobThat(async () => ({}));
    const now = clock.now();
    clock.advance(4000 * DAY);
    await runJob(app, job);
    await claimJob(app, job, true);
    clock.set(new Date(now).toISOString());
    expect(await runJob(app, job)).not.toBeNull();
  });
});

/** Two digests with one subscriber each; one has invalid content. */
async function useBrokenDigest(env: Record<string, string> = {}) {
  const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1', ...env });
  const { app, clock } = causeway;
  clock.set('2026-10-12T09:00:00Z');
  const mona = await addMember(causeway, 'mona', { role: 'administrator' });
  const thread = await addThread(causeway, mona, 'What stands in your way?');
  const say = (country: string, region: string) =>
    addPost(causeway, mona, thread.id, `The price of one card in ${country} is a year’s pay.`, {
      ...{ country, region },
      barriers: ['cost'],
    });
  const quoted = await say('KE', '014');
  await say('GH', '011');
  clock.set('2026-11-02T09:00:00Z');
  const ids: string[] = [];
  for (const scope of ['GH', 'KE']) {
    const { id } = await buildDigest(app, scope, '2026-10');
    await publishDigest(app, id, null);
    ids.push(id);
    const email = `reader-${scope.toLowerCase()}@example.org`;
    await app.db.write(async (tx) => {
      const reader = { id: newId(clock.now()), email, emailKey: email, language: 'en' };
      const state = { state: 'active' as const, frequency: 'weekly' as const };
      await tx.insert(subscriptions).values({ ...reader, ...state, createdAt: clock.now() });
      await tx.insert(subscriptionScopes).values({ subscriptionId: reader.id, scope });
    });
  }
  const [broken = ''] = ids;
  await app.db.write(async (tx) => {
    const [row] = await tx.select().from(digests).where(eq(digests.id, broken));
    const content = { ...(row?.content as object), unheardOf: 'ada@example.org' } as never;
    const contentHash = 'of content that was never parsed';
    await tx
      .update(digests)
      .set({ content, contentHash, checkedAt: null })
      .where(eq(digests.id, broken));
  });
  return { causeway, app, clock, mona, broken, quoted };
}

describe('one bad row', () => {
  it('does not block other emails, and is retried later', async () => {
    const smtp = await useSmtp();
    const { causeway, app, clock } = await useBrokenDigest({ SMTP_URL: smtp.url });
    await causeway.client().post('/reset', { email: 'mona@example.org' });
    await runAllJobs(app);
    const reached = smtp.mails.map(({ to }) => [to].flat()[0]?.text).sort();
    expect(reached).toEqual(['mona@example.org', 'reader-ke@example.org']);

    const [left, ...others] = await app.db.reader
      .select()
      .from(mails)
      .where(eq(mails.to, 'reader-gh@example.org'));
    expect(others).toEqual([]);
    expect(left).toMatchObject({
      attempts: 1,
      leaseUntil: null,
      sentAt: null,
      failedAt: null,
      notBefore: clock.now() + MINUTE,
      lastError: expect.stringMatching(/^ZodError/),
    });
    clock.advance(MINUTE);
    await runAllJobs(app);
    clock.advance(2 * MINUTE - 1);
    await runAllJobs(app);
    const again = await app.db.reader
      .select()
      .from(mails)
      .where(eq(mails.id, left?.id ?? ''));
    expect(again).toMatchObject([{ attempts: 2 }]);
    expect(smtp.mails).toHaveLength(2);
  });

  it('does not block the correction of other digests', async () => {
    const { app, clock, broken, quoted } = await useBrokenDigest();
    await app.db.write(async (tx) => {
      await tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, quoted));
      await tx.update(digests).set({ checkedAt: null });
    });
    const results = await runAllJobs(app);
    const failed = results.filter(({ error }) => error !== null);
    expect(failed.map(({ name }) => name).sort()).toEqual([
      'digest-corrections',
      'mail',
      'search-index',
    ]);
    for (const { error } of failed) expect(error).toMatch(/: ZodError/);
    expect(await app.db.reader.select().from(digestErrata)).toMatchObject([{ postId: quoted }]);
    // It is tried again with the next regular check, and does not block the queue until then.
    const [row] = await app.db.reader.select().from(digests).where(eq(digests.id, broken));
    expect(row?.checkedAt).toBe(clock.now());
  });

  it('is reported to the operator: by doctor, work, metrics and the administrators’ page', async () => {
    const { causeway, app, mona } = await useBrokenDigest();
    const work = await runCommand(causeway, ['work', '--json'], '', { DIGEST_MIN_AUTHORS: '1' });
    expect(work.code).toBe(1);
    expect(JSON.parse(work.out).failed.map(({ name }: { name: string }) => name)).toContain('mail');
    const doctor = await runCommand(causeway, ['doctor', '--json']);
    expect(doctor.code).toBe(1);
    const findings: { check: string; ok: boolean; detail: string }[] = JSON.parse(doctor.out);
    expect(findings.find(({ check }) => check === 'job digest-corrections')).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^failed .*ZodError at (app|build)\/.*due /),
    });
    expect(findings.find(({ check }) => check === 'job clean-up-posts')?.ok).toBe(true);

    const { text } = await causeway.client().get('/metrics');
    expect(text).toContain('causeway_job_failures_total{job="digest-corrections"} 1\n');
    expect(text).toContain('causeway_job_failures_total{job="digest-drafts"} 0\n');
    expect(text).toMatch(/causeway_job_last_success_timestamp_seconds\{job="digest-drafts"\} \d+/);
    expect(text).not.toContain('last_success_timestamp_seconds{job="digest-corrections"}');
    expect(text).toMatch(/causeway_job_duration_seconds\{job="mail"\} [\d.]+\n/);

    const page = await mona.client.get('/admin/jobs');
    const row = page.$('.rows li:contains("digest-corrections")').text();
    expect(row).toMatch(/Interval: 1 minute.*Failed: .*Next run: .*ZodError at (app|build)\//s);
    expect(page.$('.rows li:contains("digest-drafts")').text()).toContain('Succeeded: ');
    expect((await mona.client.get('/admin')).$('nav a[href="/admin/jobs"]')).toHaveLength(1);
    const records = JSON.stringify(await listRecords(app.db.reader));
    for (const told of [text, page.text, doctor.out, work.out, records]) {
      expect(told).not.toContain('ada@example.org');
    }
  });

  it('leaves all pages readable except its own', async () => {
    const { causeway, app, mona, broken } = await useBrokenDigest();
    await app.db.write((tx) =>
      tx
        .update(digests)
        .set({ content: {} as never })
        .where(eq(digests.id, broken)),
    );
    await runAllJobs(app);
    const visitor = causeway.client();
    const pages = [
      ...['/', '/barriers', '/countries/GH', '/regions/011', '/search?q=price+card', '/about'],
      ...['/digests', '/digests/GH', '/digests/KE', '/digests/KE/2026-10', '/digests/feed.xml'],
      ...['/feed.xml', '/regions/011/feed.xml', '/sitemap.xml', '/api/v1/digests', '/subscribe'],
    ];
    const desk = ['/mod', '/mod/digests', '/admin', '/admin/jobs'];
    const statusOf = async (path: string) =>
      [path, (await (desk.includes(path) ? mona.client : visitor).get(path)).status] as const;
    const found = await Promise.all([...pages, ...desk].map(statusOf));
    expect(found.filter(([, status]) => status !== 200)).toEqual([]);
    expect(await statusOf('/digests/GH/2026-10')).toEqual(['/digests/GH/2026-10', 500]);
  });

  it('can be an email without a recipient', async () => {
    const smtp = await useSmtp();
    const { app } = await useCauseway({ SMTP_URL: smtp.url });
    const mail = { subject: 'Good news', text: 'Grüße' };
    await app.db.write(async (tx) => {
      await queueMail(tx, app.clock, { ...mail, to: '' });
      await queueMail(tx, app.clock, { ...mail, to: 'ada@example.org' });
    });
    expect(await deliverMails(app)).toEqual({ sent: 1, failed: 0, waiting: 1 });
  });
});

it('an email that could not be sent for an hour is reported by doctor', async () => {
  const { causeway, clock } = await useBrokenDigest();
  await runAllJobs(causeway.app);
  // Commands use the machine's clock.
  expect(Date.now() - clock.now()).not.toBe(0);
  await causeway.app.db.write((tx) => tx.update(mails).set({ createdAt: Date.now() - 2 * HOUR }));
  const { out } = await runCommand(causeway, ['doctor', '--json']);
  expect(JSON.parse(out)).toContainEqual({
    check: 'outbox',
    ok: false,
    detail: expect.stringMatching(/: 1; the oldest: ZodError at (app|build)\//),
  });
});

/** Starts the scheduler without its timer, so that only a commit can start the mail job. */
function startWithoutTicks({ app }: TestCauseway): void {
  const timer = vi.spyOn(globalThis, 'setInterval').mockReturnValueOnce(setTimeout(() => {}, 0));
  const scheduler = startScheduler(app, silent);
  timer.mockRestore();
  onTestFinished(() => scheduler.stop());
}

describe('the scheduler', () => {
  it('sends an email as soon as the transaction that queued it is committed', async () => {
    const smtp = await useSmtp();
    const causeway = await useCauseway({ SMTP_URL: smtp.url });
    await addMember(causeway, 'ada');
    // The clock stands still, so no job is due any more.
    await runJobs(causeway.app);
    startWithoutTicks(causeway);
    await causeway.client().post('/reset', { email: 'ada@example.org' });
    await vi.waitUntil(() => smtp.mails.length > 0, { timeout: 60_000 });
    await causeway.client().post('/reset', { email: 'ada@example.org' });
    await vi.waitUntil(() => smtp.mails.length > 1, { timeout: 60_000 });
  });

  const handle = 'newcomer';
  it.each([
    ['an account', '/signup', { handle, password: 'a boat on the bay' }, /^Confirm your account/],
    ['a text without an account', '/t/ID', { body: 'No signal here.' }, /^Post your answer on/],
    [
      'a subscription',
      '/subscribe',
      { scope: 'world', frequency: 'monthly', language: 'en' },
      /^Confirm/,
    ],
    ['a code', '/login/code', { email: 'ada@example.org' }, /^\d{4}\s\d{4} is your Causeway code$/],
  ])('sends the email that confirms %s at once, a code in its subject', async (...given) => {
    const [, path, fields, subject] = given;
    const smtp = await useSmtp();
    const causeway = await useCauseway({ SMTP_URL: smtp.url });
    const ada = await addMember(causeway, 'ada');
    const thread = await addThread(causeway, ada, 'A thread');
    await runJobs(causeway.app);
    startWithoutTicks(causeway);
    const form = { email: 'new@example.org', ...fields };
    const sent = await causeway.client().post(path.replace('ID', thread.id), form);
    expect(sent.status, sent.$('.error-summary').text()).toBe(303);
    await vi.waitUntil(() => smtp.mails.length > 0, { timeout: 60_000 });
    const [mail] = smtp.mails;
    expect(mail?.subject).toMatch(subject);
    const code = /^\d{4}\s\d{4}/.exec(mail?.subject ?? '')?.[0];
    if (code) expect(mail?.text).toContain(code);
  });

  it('sends it even while another process runs the mail job', async () => {
    const smtp = await useSmtp();
    const causeway = await useCauseway({ SMTP_URL: smtp.url });
    await addMember(causeway, 'ada');
    await runJobs(causeway.app);
    expect(await claimJob(causeway.app, { name: 'mail' }, true)).not.toBeNull();
    startWithoutTicks(causeway);
    await causeway.client().post('/reset', { email: 'ada@example.org' });
    await vi.waitUntil(() => smtp.mails.length > 0, { timeout: 60_000 });
  });

  it('finishes the current email when stopped, and starts no other', async () => {
    const smtp = await useSmtp();
    const { app } = await useCauseway({ SMTP_URL: smtp.url, MAIL_PER_SECOND: '0' });
    await app.db.write(async (tx) => {
      for (let n = 0; n < 50; n += 1) {
        const mail = { subject: 'Good news', text: 'Grüße' };
        await queueMail(tx, app.clock, { ...mail, to: `reader${n}@example.org` });
      }
    });
    const scheduler = startScheduler(app, silent);
    await vi.waitUntil(() => smtp.mails.length > 0, { interval: 1, timeout: 60_000 });
    await scheduler.stop();
    const rows = await app.db.reader.select().from(mails);
    const sent = rows.filter(({ sentAt }) => sentAt !== null);
    expect(sent).toHaveLength(smtp.mails.length);
    expect(sent.length).toBeLessThan(50);
    expect(rows.filter(({ leaseUntil }) => leaseUntil !== null)).toEqual([]);
    expect(await app.db.reader.select().from(jobs)).toMatchObject([{ name: 'mail', claim: null }]);
  });
});
