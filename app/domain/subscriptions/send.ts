import { setImmediate as breathe } from 'node:timers/promises';
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull } from 'drizzle-orm';
import { mailableFrom } from '~/domain/digests/announce';
import {
  conversationOf,
  type DigestKey,
  newestOfEach,
  pillarOf,
  scopeOf,
  topicOf,
} from '~/domain/digests/digest-key';
import { type PeriodKind, parsePeriod } from '~/domain/digests/period';
import type { AppContext } from '~/platform/app-context';
import { batchesOf } from '~/platform/batches';
import { DAY } from '~/platform/clock';
import { idsOf } from '~/platform/ids';
import { queueDigestMail } from '~/platform/mail/outbox';
import type { Scope } from '~/platform/places/scope';
import type { Db } from '~db/client';
import { anyRow, noRow } from '~db/dialect';
import {
  deliveries,
  digests,
  mails,
  subscriptionPillars,
  subscriptionScopes,
  subscriptions,
} from '~db/schema';
import type { Frequency } from './choices';

/** Older digests are not emailed, but remain in the archive. */
const NEWS = 35 * DAY;

/** How long an email waits for drafts of the same period that the subscriber also wants. */
const PATIENCE = DAY;

/** Number of subscribers in memory at a time, and number written in one transaction. */
const BATCH = 200;
const TOGETHER = 25;

/** Who gets digests of each kind of period: weekly subscribers get months and quarters too. */
const FREQUENCIES: Record<PeriodKind, Frequency[]> = {
  week: ['weekly'],
  month: ['weekly', 'monthly'],
  quarter: ['weekly', 'monthly'],
};

interface DueDigest {
  scope: DigestKey;
  period: string;
  kind: PeriodKind;
  /** Id of the newest version. */
  id: string;
  /** Ids of all published versions: a subscriber who was sent one is not sent another. */
  versions: string[];
}

/** Digests that can be sent now. */
interface Due {
  digests: DueDigest[];
  /** By period: places whose first draft is not published yet, while emails wait for them. */
  drafts: Map<string, Set<string>>;
  /** As in `Queued`. */
  open: number;
}

export interface Queued {
  /** Number of new emails in the outbox. */
  mails: number;
  /** Number of subscribers whose email waits for drafts of the same period. */
  held: number;
  /** Number of published digests that are not emailed yet, because quoted authors can object. */
  open: number;
}

/**
 * Queues one email for each active subscription that has not been sent the newest digest of one of
 * its places, or of a place combined with one of its pillars. For each topic and kind of period
 * only the latest digest counts, if it was published within the last five weeks: new subscribers
 * get it as a welcome, and nobody gets a backlog.
 *
 * A subscriber gets one email per period with all their places. It waits up to a day for drafts of
 * the same period. Later digests are added to the next email, and further ones are added while an
 * email is still waiting. Digests of too few people are not sent, nor those whose period was not over.
 *
 * Emails and deliveries are written in one transaction, so a crash neither loses nor duplicates
 * any.
 */
export async function queueDueDigests(app: AppContext): Promise<Queued> {
  const { reader } = app.db;
  const due = await findDue(app, app.clock.now());
  const queued = { mails: 0, held: 0, open: due.open };
  const seen = new Set<string>();
  for (const digest of due.digests) {
    let last = '';
    for (;;) {
      const ids = await subscribersWithout(reader, digest, last);
      const fresh = ids.filter((id) => !seen.has(id));
      for (const id of fresh) seen.add(id);
      const plans = await planFor(reader, fresh, due);
      queued.held += plans.filter(({ held }) => held).length;
      const wanting = plans.filter((plan) => plan.digests.length > 0).map(({ id }) => id);
      for (const together of batchesOf(wanting, TOGETHER)) {
        queued.mails += await queueFor(app, together, due);
        // Thousands of small transactions must not block requests.
        await breathe();
      }
      last = ids.at(-1) ?? '';
      if (ids.length < BATCH) break;
    }
  }
  return queued;
}

async function findDue(app: AppContext, now: number): Promise<Due> {
  const db = app.db.reader;
  const fresh = await db
    .select({
      scope: digests.scope,
      period: digests.period,
      publishedAt: digests.publishedAt,
      announcedAt: digests.announcedAt,
      version: digests.version,
      thin: digests.thin,
    })
    .from(digests)
    .where(and(eq(digests.state, 'published'), isFinished(), gte(digests.publishedAt, now - NEWS)))
    .orderBy(desc(digests.periodEnd), desc(digests.version), asc(digests.scope));
  const newest = new Map<string, DueDigest>();
  const begun = new Map<string, number>();
  // Published, but quoted authors can still object: emails of the same period wait for them.
  const pending = new Map<string, Set<string>>();
  // An older version decides nothing: it is not what is sent, and a correction may leave too few people.
  for (const { scope, period, publishedAt, announcedAt, thin } of newestOfEach(fresh)) {
    const from = Math.max(publishedAt ?? now, mailableFrom(app, announcedAt));
    const kind = parsePeriod(period)?.kind;
    if (!kind || thin || conversationOf(scope) !== null || newest.has(`${scope} ${kind}`)) {
      continue;
    }
    if (from > now) {
      pending.set(period, (pending.get(period) ?? new Set()).add(scope));
      continue;
    }
    begun.set(period, Math.min(from, begun.get(period) ?? now));
    const [id, ...older] = await publishedVersions(db, scope, period);
    if (id) newest.set(`${scope} ${kind}`, { scope, period, kind, id, versions: [id, ...older] });
  }
  const awaited = [...begun].filter(([, at]) => now < at + PATIENCE).map(([period]) => period);
  const drafts = await firstDrafts(db, awaited);
  for (const period of awaited) {
    const scopes = [...(drafts.get(period) ?? []), ...(pending.get(period) ?? [])];
    drafts.set(period, new Set(scopes));
  }
  const open = [...pending.values()].reduce((sum, scopes) => sum + scopes.size, 0);
  return { digests: [...newest.values()], drafts, open };
}

/**
 * The period of a digest was over when it was counted. Digests of before 2026-12 that were not are not
 * marked as `thin`.
 */
function isFinished() {
  return gte(digests.builtAt, digests.periodEnd);
}

/** Returns drafts of first versions only: once a digest was published, it has been emailed. */
async function firstDrafts(db: Db, periods: string[]): Promise<Map<string, Set<string>>> {
  const drafts = new Map<string, Set<string>>();
  if (periods.length === 0) return drafts;
  const rows = await db
    .select({ scope: digests.scope, period: digests.period })
    .from(digests)
    .where(
      and(
        eq(digests.state, 'draft'),
        eq(digests.version, 1),
        eq(digests.thin, false),
        isFinished(),
        inArray(digests.period, periods),
      ),
    );
  for (const { scope, period } of rows) {
    drafts.set(period, (drafts.get(period) ?? new Set()).add(scope));
  }
  return drafts;
}

/** The versions that may be emailed, newest first. */
async function publishedVersions(db: Db, scope: string, period: string): Promise<string[]> {
  const of = and(eq(digests.scope, scope), eq(digests.period, period));
  const rows = await db
    .select({ id: digests.id })
    .from(digests)
    .where(and(eq(digests.state, 'published'), of, isFinished()))
    .orderBy(desc(digests.version));
  return idsOf(rows);
}

/** Returns active subscribers of a digest's place (and pillar) who were not sent it. */
async function subscribersWithout(db: Db, digest: DueDigest, after: string): Promise<string[]> {
  const pillar = pillarOf(digest.scope);
  const rows = await db
    .select({ id: subscriptions.id })
    .from(subscriptionScopes)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionScopes.subscriptionId))
    .where(
      and(
        eq(subscriptionScopes.scope, scopeOf(digest.scope)),
        pillar
          ? anyRow(
              subscriptionPillars,
              eq(subscriptionPillars.subscriptionId, subscriptionScopes.subscriptionId),
              eq(subscriptionPillars.pillar, pillar),
            )
          : undefined,
        gt(subscriptionScopes.subscriptionId, after),
        eq(subscriptions.state, 'active'),
        inArray(subscriptions.frequency, FREQUENCIES[digest.kind]),
        noRow(
          deliveries,
          eq(deliveries.subscriptionId, subscriptionScopes.subscriptionId),
          inArray(deliveries.digestId, digest.versions),
        ),
      ),
    )
    .orderBy(asc(subscriptionScopes.subscriptionId))
    .limit(BATCH);
  return idsOf(rows);
}

/** The digests that one subscriber is due now. */
interface Plan {
  id: string;
  email: string;
  digests: DueDigest[];
  /** The subscriber's email that is not being sent yet, to which the digests are added. */
  waiting: string | null;
  /** True if a digest is due but waits for a draft. */
  held: boolean;
}

/** Queues what is due for some subscribers in one transaction; returns the number of emails. */
function queueFor(app: AppContext, ids: string[], due: Due): Promise<number> {
  return app.db.write(async (tx) => {
    let made = 0;
    for (const { id, email, digests: theirs, waiting } of await planFor(tx, ids, due)) {
      if (theirs.length === 0) continue;
      const mailId = waiting ?? (await queueDigestMail(tx, app.clock, email));
      const createdAt = app.clock.now();
      await tx
        .insert(deliveries)
        .values(
          theirs.map((digest) => ({ subscriptionId: id, digestId: digest.id, mailId, createdAt })),
        )
        // Another process may have been faster; an email without deliveries has no content.
        .onConflictDoNothing();
      if (waiting === null) made += 1;
    }
    return made;
  });
}

async function planFor(db: Db, ids: string[], due: Due): Promise<Plan[]> {
  if (ids.length === 0) return [];
  const readers = await db
    .select({
      id: subscriptions.id,
      email: subscriptions.email,
      frequency: subscriptions.frequency,
    })
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.id, ids),
        eq(subscriptions.state, 'active'),
        isNotNull(subscriptions.email),
      ),
    );
  const wanted = await db
    .select({ id: subscriptionScopes.subscriptionId, scope: subscriptionScopes.scope })
    .from(subscriptionScopes)
    .where(inArray(subscriptionScopes.subscriptionId, ids));
  const chosen = await db
    .select({ id: subscriptionPillars.subscriptionId, pillar: subscriptionPillars.pillar })
    .from(subscriptionPillars)
    .where(inArray(subscriptionPillars.subscriptionId, ids));
  const got = await db
    .select({
      id: deliveries.subscriptionId,
      digestId: deliveries.digestId,
      mailId: deliveries.mailId,
      period: digests.period,
    })
    .from(deliveries)
    .innerJoin(digests, eq(digests.id, deliveries.digestId))
    .where(inArray(deliveries.subscriptionId, ids));
  const waiting = await waitingMails(db, ids);
  return readers.map(({ id, email, frequency }) => {
    const places = wanted.filter((row) => row.id === id).map(({ scope }) => scope);
    const pillars = chosen.filter((row) => row.id === id).map(({ pillar }) => pillar);
    const topics = new Set(topicsOf(places, pillars));
    const theirs = got.filter((row) => row.id === id);
    const known = new Set(theirs.map(({ digestId }) => digestId));
    const missing = due.digests.filter(
      ({ scope, kind, versions }) =>
        topics.has(scope) &&
        FREQUENCIES[kind].includes(frequency) &&
        !versions.some((version) => known.has(version)),
    );
    const mail = waiting.get(id) ?? null;
    const sent = new Set(theirs.filter(({ mailId }) => mailId !== mail).map((row) => row.period));
    const isAwaited = ({ period }: DueDigest) =>
      [...(due.drafts.get(period) ?? [])].some((topic) => topics.has(topic));
    const ready = missing.filter((digest) => !isAwaited(digest));
    // There is no second email about a period: late digests are added to the next one.
    const begins = mail !== null || ready.some(({ period }) => !sent.has(period));
    return {
      id,
      email: email ?? '',
      digests: begins ? ready : [],
      waiting: mail,
      held: missing.length > ready.length,
    };
  });
}

/** Returns the topics: each place, and each place combined with each pillar. */
function topicsOf(places: Scope[], pillars: string[]): DigestKey[] {
  return places.flatMap((place) => [
    place,
    ...pillars.map((pillar) => topicOf({ scope: place, pillar })),
  ]);
}

/** Returns the emails to subscribers that are not being sent yet. */
async function waitingMails(db: Db, ids: string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: deliveries.subscriptionId, mailId: mails.id })
    .from(mails)
    .innerJoin(deliveries, eq(deliveries.mailId, mails.id))
    .where(
      and(
        inArray(deliveries.subscriptionId, ids),
        isNull(mails.sentAt),
        isNull(mails.failedAt),
        isNull(mails.leaseUntil),
      ),
    )
    .orderBy(asc(mails.id));
  return new Map(rows.map(({ id, mailId }) => [id, mailId]));
}
