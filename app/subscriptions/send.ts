import { setImmediate as breathe } from 'node:timers/promises';
import { and, asc, desc, eq, gt, gte, inArray, isNull, notExists } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { deliveries, digests, mails, subscriptionScopes, subscriptions } from '../../db/schema';
import { DAY } from '../clock';
import { type PeriodKind, parsePeriod } from '../digests/period';
import { queueDigestMail } from '../mail/outbox';
import type { Site } from '../site';
import type { Frequency } from './choices';

/** A digest older than this is in the archive for whoever looks for it; nobody is sent it. */
const NEWS = 35 * DAY;

/** How many subscribers are held in memory at a time. */
const BATCH = 200;

/** What brings a digest of each period; a weekly reader is told of months and quarters too. */
const FREQUENCIES: Record<PeriodKind, Frequency[]> = {
  week: ['weekly'],
  month: ['weekly', 'monthly'],
  quarter: ['weekly', 'monthly'],
};

interface DueDigest {
  scope: string;
  kind: PeriodKind;
  /** The newest version. */
  id: string;
  /** Every published version: who was sent one of them is not sent another. */
  versions: string[];
}

/**
 * Puts one mail into the outbox for each active subscription that has not got the newest digest
 * of one of its places. For each place and kind of period that is the latest published one, if
 * it was published within the last five weeks: a new reader gets it as a welcome, and nobody
 * gets a backlog. Mail and deliveries are written together, so a crash neither loses nor doubles;
 * a mail that still waits takes the further digests along.
 */
export async function queueDueDigests(site: Site): Promise<{ mails: number }> {
  const { reader } = site.db;
  const due = await findDueDigests(reader, site.clock.now());
  let queued = 0;
  for (const digest of due) {
    let last = '';
    for (;;) {
      const ids = await subscribersWithout(reader, digest, last);
      for (const id of ids) {
        if (await queueFor(site, id, due)) queued += 1;
        // Thousands of small transactions must not keep others from being served.
        await breathe();
      }
      last = ids.at(-1) ?? '';
      if (ids.length < BATCH) break;
    }
  }
  return { mails: queued };
}

async function findDueDigests(db: Db, now: number): Promise<DueDigest[]> {
  const fresh = await db
    .select({ scope: digests.scope, period: digests.period })
    .from(digests)
    .where(and(eq(digests.state, 'published'), gte(digests.publishedAt, now - NEWS)))
    .orderBy(desc(digests.periodEnd));
  const newest = new Map<string, DueDigest>();
  for (const { scope, period } of fresh) {
    const kind = parsePeriod(period)?.kind;
    if (!kind || newest.has(`${scope} ${kind}`)) continue;
    const [id, ...older] = await publishedVersions(db, scope, period);
    if (id) newest.set(`${scope} ${kind}`, { scope, kind, id, versions: [id, ...older] });
  }
  return [...newest.values()];
}

/** The newest first. */
async function publishedVersions(db: Db, scope: string, period: string): Promise<string[]> {
  const rows = await db
    .select({ id: digests.id })
    .from(digests)
    .where(
      and(eq(digests.state, 'published'), eq(digests.scope, scope), eq(digests.period, period)),
    )
    .orderBy(desc(digests.version));
  return rows.map(({ id }) => id);
}

async function subscribersWithout(db: Db, digest: DueDigest, after: string): Promise<string[]> {
  const rows = await db
    .select({ id: subscriptions.id })
    .from(subscriptionScopes)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionScopes.subscriptionId))
    .where(
      and(
        eq(subscriptionScopes.scope, digest.scope),
        gt(subscriptionScopes.subscriptionId, after),
        eq(subscriptions.state, 'active'),
        inArray(subscriptions.frequency, FREQUENCIES[digest.kind]),
        notExists(
          db
            .select({ one: deliveries.digestId })
            .from(deliveries)
            .where(
              and(
                eq(deliveries.subscriptionId, subscriptionScopes.subscriptionId),
                inArray(deliveries.digestId, digest.versions),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(subscriptionScopes.subscriptionId))
    .limit(BATCH);
  return rows.map(({ id }) => id);
}

/** Gives a subscriber all that is due to them; tells whether that made a mail. */
function queueFor(site: Site, id: string, due: DueDigest[]): Promise<boolean> {
  return site.db.write(async (tx) => {
    const [reader] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id));
    if (!reader?.email || reader.state !== 'active') return false;
    const theirs = await digestsFor(tx, id, reader.frequency, due);
    if (theirs.length === 0) return false;
    const waiting = await waitingMail(tx, id);
    const mailId = waiting ?? (await queueDigestMail(tx, site.clock, reader.email));
    const createdAt = site.clock.now();
    await tx
      .insert(deliveries)
      .values(
        theirs.map((digest) => ({ subscriptionId: id, digestId: digest.id, mailId, createdAt })),
      );
    return waiting === null;
  });
}

async function digestsFor(
  tx: Db,
  id: string,
  frequency: Frequency,
  due: DueDigest[],
): Promise<DueDigest[]> {
  const wanted = await tx
    .select({ scope: subscriptionScopes.scope })
    .from(subscriptionScopes)
    .where(eq(subscriptionScopes.subscriptionId, id));
  const sent = await tx
    .select({ digestId: deliveries.digestId })
    .from(deliveries)
    .where(eq(deliveries.subscriptionId, id));
  const scopes = new Set(wanted.map(({ scope }) => scope));
  const got = new Set(sent.map(({ digestId }) => digestId));
  return due.filter(
    ({ scope, kind, versions }) =>
      scopes.has(scope) &&
      FREQUENCIES[kind].includes(frequency) &&
      !versions.some((version) => got.has(version)),
  );
}

/** The mail to this subscriber that nobody has begun to send. */
async function waitingMail(tx: Db, subscriptionId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: mails.id })
    .from(mails)
    .innerJoin(deliveries, eq(deliveries.mailId, mails.id))
    .where(
      and(
        eq(deliveries.subscriptionId, subscriptionId),
        isNull(mails.sentAt),
        isNull(mails.failedAt),
        isNull(mails.leaseUntil),
      ),
    )
    .limit(1);
  return row?.id ?? null;
}
