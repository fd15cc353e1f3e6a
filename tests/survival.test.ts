import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { deliverMails } from '~/platform/mail/deliver';
import { databaseFile } from '~db/file';
import { admit, start } from '../bench/crash';
import { useCauseway } from './support/causeway';
import { Client } from './support/client';
import { addMember, addThread } from './support/community';
import { useSmtp } from './support/smtp';

/** A program that waits for the database, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const WORDS = 'Half an hour of typing on a telephone.';

/**
 * Checks what must work while nothing can be stored: reading pages, and getting typed text back.
 */
async function expectReadingOnly(reader: Client, writer: Client, path: string): Promise<void> {
  const sent = await writer.post(path, { body: WORDS });
  expect(sent.status).toBe(503);
  expect(sent.headers.get('Retry-After')).not.toBeNull();
  expect(sent.$('textarea[name=body]').text()).toBe(WORDS);
  expect(sent.$('.error-summary').text()).not.toBe('');
  for (const page of ['/', '/threads', path]) {
    const read = await reader.get(page);
    // The URL without its slug redirects.
    expect([200, 301], page).toContain(read.status);
  }
}

async function expectStored(writer: Client, reader: Client, path: string): Promise<void> {
  const sent = await writer.post(path, { body: WORDS });
  expect(sent.status).toBe(303);
  // The writer is asked what the post is about; everybody else reads it in the thread.
  const post = await reader.get((sent.location ?? '').replace(/\/about.*/, ''));
  expect((await reader.get(post.location ?? '')).text).toContain(WORDS);
}

/** Creates a small separate disk; null without the permission. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'causeway-test', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  return folder;
}

const disk = smallDisk();

it.skipIf(!disk)('serves pages when the disk is full, and writes again afterwards', async () => {
  const folder = disk as string;
  onTestFinished(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  const causeway = await useCauseway({
    DATABASE_URL: `file:${join(folder, 'causeway.db')}`,
    HOLD_FIRST_POSTS: '0',
  });
  const ada = await addMember(causeway, 'ada');
  const thread = await addThread(causeway, ada, 'A thread');
  const filler = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));

  await expectReadingOnly(causeway.client(), ada.client, `/t/${thread.id}`);
  rmSync(filler);
  await expectStored(ada.client, causeway.client(), `/t/${thread.id}`);
  expect(await causeway.app.db.problems()).toEqual([]);
});

const canLimit = spawnSync('prlimit', ['--version']).status === 0;

it.skipIf(!canLimit)('serves pages when the file system refuses every write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-refused-'));
  const file = join(folder, 'causeway.db');
  const server = await start(folder, file);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await server.gone;
    rmSync(folder, { recursive: true, force: true });
  });
  const writer = new Client(server.url);
  const [cookie = ''] = admit(file, 1);
  writer.cookies.set('causeway_session', cookie.replace('causeway_session=', ''));
  const limit = (bytes: string) =>
    execFileSync('prlimit', [`--pid=${server.child.pid}`, `--fsize=${bytes}:unlimited`]);

  // From here on as after an error that made the system mount the disk read-only.
  limit('0');
  await expectReadingOnly(new Client(server.url), writer, '/t/q2');
  limit('unlimited');
  await expectStored(writer, new Client(server.url), '/t/q2');
});

it('serves pages while another program locks the database', async () => {
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
  const ada = await addMember(causeway, 'ada');
  const thread = await addThread(causeway, ada, 'A thread');
  const other = new Sqlite(databaseFile(causeway.config.databaseUrl));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  await expectReadingOnly(causeway.client(), ada.client, `/t/${thread.id}`);

  // It is released while a person waits: they notice nothing.
  const waiting = ada.client.post(`/t/${thread.id}`, { body: 'Sent a moment too early.' });
  expect((await causeway.client().get(thread.path)).status).toBe(200);
  other.exec('ROLLBACK');
  expect((await waiting).status).toBe(303);
  await expectStored(ada.client, causeway.client(), `/t/${thread.id}`);
});

it('accepts sign-ups while no email can be sent, and sends later', async () => {
  const smtp = await useSmtp();
  const causeway = await useCauseway({ SMTP_URL: smtp.url });
  await smtp.stop();
  const email = 'ada@example.org';
  const form = { email, handle: 'ada', password: 'a causeway of stones' };
  expect((await causeway.client().post('/signup', form)).status).toBe(303);
  await deliverMails(causeway.app);
  expect((await causeway.client().get('/threads')).status).toBe(200);
  expect(smtp.mails).toHaveLength(0);
  await smtp.start();
  causeway.clock.advance(3_600_000);
  await deliverMails(causeway.app);
  expect(smtp.mails).toHaveLength(1);
});
