import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { count, eq, isNull } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { seedOnce } from '~/domain/import-export/seed';
import { sendDueDigests } from '~/jobs/mail';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { newId } from '~/platform/ids';
import { digests, mails, subscriptionScopes, subscriptions } from '~db/schema';
import { type TestCauseway, TestClock, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread } from './support/community';
import { runJobs } from './support/jobs';
import { type SmtpCatcher, useSmtp } from './support/smtp';

/** Programs are started, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const READERS = 40;

/** Posts from October, a digest of them, and subscribers who are waiting for it. */
async function useDigest(smtp: SmtpCatcher): Promise<TestCauseway> {
  const env = { SMTP_URL: smtp.url, DIGEST_MIN_AUTHORS: '1' };
  // Commands use the machine's clock.
  const causeway = await useCauseway(env, new TestClock(Date.now() - 30 * DAY));
  const { app, clock } = causeway;
  await seedOnce(app);
  const ada = await addMember(causeway, 'ada');
  await addPost(causeway, ada, 'q1', 'The price of one card is a year’s pay.', {
    country: 'KE',
    region: '014',
    barriers: ['cost'],
  });
  const month = new Date(clock.now()).toISOString().slice(0, 7);
  clock.set(new Date().toISOString());
  const { id } = await buildDigest(app, 'world', month);
  await publishDigest(app, id, null);
  await app.db.write(async (tx) => {
    for (let n = 0; n < READERS; n++) {
      const email = `reader${n}@example.org`;
      const row = { id: newId(clock.now()), email, emailKey: email, language: 'en' };
      const state = { state: 'active' as const, frequency: 'weekly' as const };
      await tx.insert(subscriptions).values({ ...row, ...state, createdAt: clock.now() });
      await tx.insert(subscriptionScopes).values({ subscriptionId: row.id, scope: 'world' });
    }
  });
  return causeway;
}

function startCommand({ config }: TestCauseway, smtp: SmtpCatcher, args: string[]) {
  const child = spawn(process.execPath, [join(process.cwd(), 'build/causeway.js'), ...args], {
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      SMTP_URL: smtp.url,
      DIGEST_MIN_AUTHORS: '1',
      DIGEST_OBJECTION_HOURS: '0',
      MAIL_PER_SECOND: '0',
    },
    stdio: 'ignore',
  });
  return { child, gone: new Promise<void>((resolve) => child.once('close', () => resolve())) };
}

/** Counts copies of each email by Message-ID, and the Message-IDs that each subscriber got. */
function arrived({ mails: caught }: SmtpCatcher) {
  const copies = new Map<string, number>();
  const perReader = new Map<string, Set<string>>();
  for (const mail of caught) {
    const id = mail.messageId ?? '';
    const to = [mail.to].flat()[0]?.text ?? '';
    copies.set(id, (copies.get(id) ?? 0) + 1);
    perReader.set(to, (perReader.get(to) ?? new Set()).add(id));
  }
  return { copies: [...copies.values()], perReader };
}

it('loses no email and repeats at most the one being sent when one of two processes is killed', async () => {
  const smtp = await useSmtp();
  const causeway = await useDigest(smtp);
  const { app, clock } = causeway;
  const killed = startCommand(causeway, smtp, ['digest', 'send']);
  const other = startCommand(causeway, smtp, ['work']);
  // In the middle: neither before the first email nor after the last.
  await vi.waitUntil(() => smtp.mails.length >= 8, { timeout: 60_000, interval: 2 });
  killed.child.kill('SIGKILL');
  await Promise.all([killed.gone, other.gone]);
  expect(killed.child.signalCode as ChildProcess['signalCode']).toBe('SIGKILL');
  expect(other.child.exitCode).toBe(0);

  // Emails claimed by the killed process can be claimed again after a while.
  clock.set(new Date().toISOString());
  clock.advance(11 * MINUTE);
  await sendDueDigests(app);
  const { copies, perReader } = arrived(smtp);
  expect(perReader.size).toBe(READERS);
  expect([...perReader.values()].filter((ids) => ids.size !== 1)).toEqual([]);
  expect(copies.length).toBe(READERS);
  expect(copies.reduce((sum, n) => sum + n, 0) - READERS).toBeLessThanOrEqual(1);
  const [waiting] = await app.db.reader
    .select({ n: count() })
    .from(mails)
    .where(isNull(mails.sentAt));
  expect(waiting?.n).toBe(0);
});

it('does all due work once when several processes run at the same time', async () => {
  const smtp = await useSmtp();
  const causeway = await useDigest(smtp);
  const { app, clock } = causeway;
  // Besides the digest: a reply to notify of, a waiting case, and drafts of past periods.
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const bo = await addMember(causeway, 'bo');
  clock.set(new Date(Date.now() - 2 * DAY).toISOString());
  const thread = await addThread(causeway, bo, 'A thread');
  await bo.client.post('/settings/notices', { mail: 'now' });
  await mona.client.post(thread.path, { body: 'An answer to @bo', replyTo: thread.openingId });
  const bad = await addPost(causeway, bo, thread.id, 'Buy from me');
  expect((await mona.client.post(`/p/${bad}/flag`, { reason: 'spam' })).status).toBe(303);
  clock.set(new Date(Date.now() - HOUR).toISOString());

  const runs = Array.from({ length: 3 }, () =>
    runCommand(causeway, ['work', '--json'], '', {
      SMTP_URL: smtp.url,
      DIGEST_MIN_AUTHORS: '1',
      MAIL_PER_SECOND: '0',
    }),
  );
  for (const { code, err } of await Promise.all(runs))
    expect({ code, err }).toEqual({ code: 0, err: '' });

  const { copies, perReader } = arrived(smtp);
  expect(copies.filter((n) => n > 1)).toEqual([]);
  expect([...perReader].filter(([, ids]) => ids.size > 1)).toEqual([]);
  const readers = Array.from({ length: READERS }, (_, n) => `reader${n}@example.org`);
  expect([...perReader.keys()].sort()).toEqual(
    [...readers, 'bo@example.org', 'mona@example.org'].sort(),
  );
  const drafts = await app.db.reader
    .select({ scope: digests.scope, period: digests.period })
    .from(digests)
    .where(eq(digests.state, 'draft'));
  const names = drafts.map(({ scope, period }) => `${scope} ${period}`);
  expect(new Set(names).size).toBe(names.length);

  // Nothing is left to do.
  clock.set(new Date().toISOString());
  expect(await runJobs(app)).toMatchObject({ sent: 0, waiting: 0 });
});
