import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { and, asc, isNotNull, isNull, lte } from 'drizzle-orm';
import nodemailer from 'nodemailer';
import type { AppContext } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { lineForOperator } from '~/platform/errors';
import { smtpSummary } from '~/platform/mail/transport';
import { DIALECT } from '~db/dialect';
import { databaseFile } from '~db/file';
import { jobs, mails } from '~db/schema';
import { recount } from './kept-figures';
import { isMany, refusedMail } from './refused-mail';

export interface Finding {
  check:
    | 'database'
    | 'integrity'
    | 'mail'
    | 'outbox'
    | 'refused mail'
    | 'disk'
    | 'markdown'
    | 'figures'
    | 'origin'
    | `job ${string}`;
  ok: boolean;
  /** One line for the operator. */
  detail: string;
}

const LEAST_DISK = 500 * 1024 * 1024;

/**
 * Checks everything a site needs to run well. It changes nothing, except that with `recount` kept
 * figures that differ from the posts are mended.
 */
export async function examine(
  app: AppContext,
  options: { recount?: boolean | undefined } = {},
): Promise<Finding[]> {
  return [
    origin(app),
    await database(app),
    await integrity(app),
    await mail(app),
    await outbox(app),
    await refusals(app),
    await disk(app),
    await markdown(app),
    ...(options.recount ? [await figures(app)] : []),
    ...(await backgroundJobs(app)),
  ];
}

function origin({ config }: AppContext): Finding {
  const loopback = /^https?:\/\/(localhost|127\.|\[::1\])/.test(config.origin);
  const ok = config.origin.startsWith('https:') || loopback;
  const detail = ok ? config.origin : `${config.origin} is public, but not https`;
  return { check: 'origin', ok, detail };
}

async function database(app: AppContext): Promise<Finding> {
  const problem = await app.db.notReady();
  return { check: 'database', ok: problem === null, detail: problem ?? 'at the newest schema' };
}

async function integrity(app: AppContext): Promise<Finding> {
  const problems = await app.db.problems();
  const detail = problems.length === 0 ? 'no damage, no dangling rows' : problems.join('; ');
  return { check: 'integrity', ok: problems.length === 0, detail };
}

async function figures({ db }: AppContext): Promise<Finding> {
  const tables = await recount(db);
  const wrong = tables.filter((table) => table.wrong > 0);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const detail =
    wrong.length === 0
      ? `${rows} kept figures are those of the posts`
      : `mended: ${wrong.map((one) => `${one.wrong} rows of ${one.table}`).join(', ')}`;
  return { check: 'figures', ok: wrong.length === 0, detail };
}

async function mail({ config }: AppContext): Promise<Finding> {
  try {
    if (config.smtpUrl) {
      try {
        await nodemailer.createTransport(config.smtpUrl).verify();
        return { check: 'mail', ok: true, detail: 'the mail server answers' };
      } catch (error) {
        return { check: 'mail', ok: false, detail: smtpSummary(error) };
      }
    }
    await mkdir(config.outboxDir, { recursive: true });
    await access(config.outboxDir, constants.W_OK);
    return {
      check: 'mail',
      ok: true,
      detail: `no SMTP_URL: email is written to ${config.outboxDir}`,
    };
  } catch (error) {
    return { check: 'mail', ok: false, detail: lineForOperator(error) };
  }
}

/** Email refused for the moment leaves within the hour; what waits longer needs the operator. */
async function outbox({ db, clock }: AppContext): Promise<Finding> {
  const late = await db.reader
    .select({ error: mails.lastError })
    .from(mails)
    .where(
      and(
        isNull(mails.sentAt),
        isNull(mails.failedAt),
        isNotNull(mails.lastError),
        lte(mails.createdAt, clock.now() - HOUR),
      ),
    )
    .orderBy(asc(mails.createdAt));
  const [oldest] = late;
  const detail = oldest
    ? `emails that could not be sent for an hour: ${late.length}; the oldest: ${oldest.error}`
    : 'no failed email is waiting';
  return { check: 'outbox', ok: !oldest, detail };
}

/** One cause for many refusals is most often a cause on our side: a blocklist, DNS, a policy. */
async function refusals({ db, clock }: AppContext): Promise<Finding> {
  const refused = await refusedMail(db.reader, clock);
  const many = refused.filter(isMany);
  const detail = (many.length > 0 ? many : refused)
    .map(({ cause, emails, domain, reply }) =>
      [`${emails} ${cause}`, domain && `mostly at ${domain}`, `(${reply})`]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ');
  return {
    check: 'refused mail',
    ok: many.length === 0,
    detail: detail
      ? `refused in the last 24 hours: ${detail}`
      : 'no email was refused in the last 24 hours',
  };
}

/** Returns the result of the last run of each background job. */
async function backgroundJobs({ db }: AppContext): Promise<Finding[]> {
  const records = await db.reader.select().from(jobs).orderBy(asc(jobs.name));
  const time = (ms: number | null) =>
    new Date(ms ?? 0).toISOString().slice(0, 19).replace('T', ' ');
  return records.map(({ name, ok, endedAt, error, attempts, nextRunAt }) => {
    const last =
      ok === null
        ? 'has not finished yet'
        : ok
          ? `succeeded ${time(endedAt)}`
          : `failed ${time(endedAt)}, attempt ${attempts}: ${error}`;
    return {
      check: `job ${name}`,
      ok: ok !== false,
      detail: `${last}; due ${time(nextRunAt)} (UTC)`,
    };
  });
}

async function disk({ config }: AppContext): Promise<Finding> {
  if (DIALECT === 'postgresql') {
    return { check: 'disk', ok: true, detail: 'the database is on its own server' };
  }
  const { bavail, bsize } = await statfs(dirname(databaseFile(config.databaseUrl)));
  const free = bavail * bsize;
  const detail = `${Math.round(free / 1024 / 1024)} MB free beside the database`;
  return { check: 'disk', ok: free >= LEAST_DISK, detail };
}

async function markdown(app: AppContext): Promise<Finding> {
  const result = await app.markdown.render('**works**');
  const ok = result.ok && result.html.includes('<strong>works</strong>');
  return { check: 'markdown', ok, detail: ok ? 'posts are rendered' : 'posts cannot be rendered' };
}
