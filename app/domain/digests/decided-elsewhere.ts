import {
  aliasedTable,
  and,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  max,
  ne,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Db } from '~db/client';
import { digestSources, digests, posts, threads } from '~db/schema';
import { answering } from './contributions';
import { type DigestKey, scopeOf } from './digest-key';
import { periodsLookedAt } from './findings';
import type { Period } from './period';
import { type Press, presses } from './presses';

/** A press at another digest. */
export type PressElsewhere = Press & { digestId: string };

/** A digest by what it is about. */
interface Topic {
  scope: DigestKey;
  period: Period;
}

/**
 * Returns what moderators decided at other digests, drafts included, oldest first. Of a place and period
 * the newest version says it. Decisions from before their time was stored are left out, and those that
 * a digest has from another one.
 */
async function pressesElsewhere(
  db: Db,
  { scope, period }: Topic,
  which: SQL | undefined,
): Promise<PressElsewhere[]> {
  const versions = aliasedTable(digests, 'versions');
  const newest = db
    .select({ version: max(versions.version) })
    .from(versions)
    .where(and(eq(versions.scope, digests.scope), eq(versions.period, digests.period)));
  const rows = await db
    .select({ id: digests.id, presses: digests.presses })
    .from(digests)
    .where(
      and(
        isNotNull(digests.presses),
        or(ne(digests.scope, scope), ne(digests.period, period.id)),
        which,
        eq(digests.version, newest),
      ),
    );
  return rows
    .flatMap((row) => presses.parse(row.presses).map((press) => ({ ...press, digestId: row.id })))
    .filter(({ at, from }) => at !== undefined && from === undefined)
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** Returns what moderators decided about quotes of these posts at other digests. */
export async function decidedElsewhere(
  db: Db,
  topic: Topic,
  postIds: readonly string[],
): Promise<PressElsewhere[]> {
  if (postIds.length === 0) return [];
  const using = db
    .select({ id: digestSources.digestId })
    .from(digestSources)
    .where(inArray(digestSources.postId, [...postIds]));
  const about = or(eq(digests.state, 'draft'), inArray(digests.id, using));
  const found = await pressesElsewhere(db, topic, about);
  return found.filter(({ quote }) => postIds.includes(quote.postId));
}

const COARSENING = ['coarsen-place', 'coarsen-work'] as const;
type Coarsening = (typeof COARSENING)[number];
export type HeldPress = PressElsewhere & { action: Coarsening };

/**
 * Returns the decisions at other digests to tell less of an author's place or work, for the posts that
 * this digest uses and that still show what was to be left out. The newest decision of all digests
 * counts: a later one to keep the quote as it is ends it.
 * @param own what was decided at this digest.
 */
export async function coarsenedElsewhere(
  db: Db,
  topic: Topic,
  own: readonly Press[],
): Promise<HeldPress[]> {
  const { period, scope } = topic;
  const start = periodsLookedAt(period).at(-1)?.start ?? period.start;
  const overlapping = and(lt(digests.periodStart, period.end), gt(digests.periodEnd, start));
  const elsewhere = await pressesElsewhere(db, topic, overlapping);
  const all = [...elsewhere, ...own.filter(({ from }) => from === undefined)];
  const byTime = all.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const newest = new Map<string, Press | PressElsewhere>();
  for (const press of byTime) {
    for (const how of COARSENING) {
      if (isAbout(press, how)) newest.set(`${how} ${press.quote.postId}`, press);
    }
  }
  const standing = [...newest.values()].filter(isHeld);
  if (standing.length === 0) return [];
  const ids = [...new Set(standing.map(({ quote }) => quote.postId))];
  const rows = await db
    .select({ id: posts.id, country: posts.country, industry: posts.industry })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(posts.id, ids), answering(scope, { start, end: period.end })));
  const used = new Map(rows.map((row) => [row.id, row]));
  return standing.filter(({ action, quote }) => {
    const post = used.get(quote.postId);
    if (!post) return false;
    return action === 'coarsen-place'
      ? post.country !== null && post.country === quote.country
      : post.industry !== null && post.industry === quote.industry;
  });
}

/** Whether a press decides if a quote tells its author's place, or work. */
function isAbout({ action, quote }: Press, how: Coarsening): boolean {
  if (action === how) return true;
  return action === 'keep' && (how === 'coarsen-place' ? quote.country : quote.industry) != null;
}

function isHeld(press: Press | PressElsewhere): press is HeldPress {
  return 'digestId' in press && COARSENING.some((how) => how === press.action);
}

/**
 * Returns the presses of a digest with those that it has from other digests: what a moderator decided
 * there about its posts holds here too, until one decides otherwise. In a digest of the country itself the
 * region would hide nothing, so that is asked again.
 * @param stored the presses that are stored with it.
 */
export async function withHeld(db: Db, topic: Topic, stored: readonly Press[]): Promise<Press[]> {
  const own = stored.filter(({ from }) => from === undefined);
  const held = await coarsenedElsewhere(db, topic, own);
  const asked = new Set(
    own.filter(({ action }) => action === 'ask').map(({ quote }) => quote.postId),
  );
  const holding = held.filter(
    ({ action, quote }) =>
      !asked.has(quote.postId) &&
      !(action === 'coarsen-place' && quote.country === scopeOf(topic.scope)),
  );
  return [...holding.map(({ digestId, ...press }) => ({ ...press, from: digestId })), ...own];
}
