import { and, asc, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { z } from 'zod';
import { type Overview, overview, reportsAfter } from '~/domain/barriers/explore';
import type { BarrierFilter } from '~/domain/barriers/query';
import { LICENCE } from '~/domain/community/licence';
import { versionPath } from '~/domain/digests/present-edition';
import { postPath, threadPath } from '~/domain/forum/paths';
import { type After, isAfter, publicPostsAfter } from '~/domain/forum/posts/cursor';
import type { PostInThread } from '~/domain/forum/posts/posts';
import { publicThreadsByIds, type ThreadRow } from '~/domain/forum/threads/threads';
import { publicThread } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { digests, posts, threads } from '~db/schema';
import {
  barriersAnswer,
  type contributionSchema,
  digestsAnswer,
  threadAnswer,
  threadsAnswer,
} from './schemas';

/** A page of an answer: how much is wanted, after what, and how to address the rest. */
export interface Wanted {
  after: After | null;
  limit: number;
  next: (after: After) => string;
}

/** The public threads, oldest first. */
export async function threadsFor({ db, config }: AppContext, { after, limit, next }: Wanted) {
  const found = await db.reader
    .select({ id: threads.id, createdAt: threads.createdAt })
    .from(threads)
    .where(and(publicThread(), isAfter(after, threads)))
    .orderBy(asc(threads.createdAt), asc(threads.id))
    .limit(limit + 1);
  const { page, rest } = cut(found, limit);
  const rows = await publicThreadsByIds(
    db.reader,
    page.map(({ id }) => id),
  );
  return threadsAnswer.parse({
    license: LICENCE,
    threads: rows.map((row) => threadItem(row, config.origin)),
    next: rest && next(rest),
  });
}

/** A public thread with its contributions, oldest first; null if it is not there. */
export async function threadFor(
  { db, config }: AppContext,
  id: string,
  { after, limit, next }: Wanted,
) {
  const [thread] = await publicThreadsByIds(db.reader, [id]);
  if (!thread) return null;
  const inThread = eq(posts.threadId, id);
  const opening = and(inThread, eq(posts.isOpening, true));
  const [first] = await publicPostsAfter(db.reader, opening, null, 1);
  const answers = and(inThread, eq(posts.isOpening, false));
  const found = await publicPostsAfter(db.reader, answers, after, limit + 1);
  const { page, rest } = cut(found, limit);
  const items = await contributionItems(
    db.reader,
    [...(first ? [first] : []), ...page],
    config.origin,
  );
  const [openingItem = null] = first ? items : [];
  return threadAnswer.parse({
    license: LICENCE,
    thread: { ...threadItem(thread, config.origin), opening: openingItem },
    contributions: first ? items.slice(1) : items,
    next: rest && next(rest),
  });
}

/** What is counted under a filter, and the contributions that are, oldest first. */
export async function barriersFor(
  { db, config }: AppContext,
  filter: BarrierFilter,
  { after, limit, next }: Wanted,
) {
  const found = await reportsAfter(db.reader, filter, after, limit + 1);
  const { page, rest } = cut(found, limit);
  return barriersAnswer.parse({
    license: LICENCE,
    scope: filter.scope,
    period: { from: iso(filter.span.start), until: iso(filter.span.end) },
    figures: figuresItem(await overview(db.reader, filter, config.digestMinAuthors)),
    contributions: await contributionItems(db.reader, page, config.origin),
    next: rest && next(rest),
  });
}

/** The published digests, the newest first. */
export async function digestsFor({ db, config }: AppContext, { after, limit, next }: Wanted) {
  const before = after
    ? or(
        lt(digests.publishedAt, after.createdAt),
        and(eq(digests.publishedAt, after.createdAt), lt(digests.id, after.id)),
      )
    : undefined;
  const found = await db.reader
    .select({
      id: digests.id,
      scope: digests.scope,
      period: digests.period,
      version: digests.version,
      publishedAt: digests.publishedAt,
    })
    .from(digests)
    .where(and(eq(digests.state, 'published'), before))
    .orderBy(desc(digests.publishedAt), desc(digests.id))
    .limit(limit + 1);
  const { page, rest } = cut(
    found.map((row) => ({ ...row, createdAt: row.publishedAt ?? 0 })),
    limit,
  );
  return digestsAnswer.parse({
    license: LICENCE,
    digests: page.map(({ scope, period, version, createdAt }) => {
      const path = config.origin + versionPath(scope, period, version);
      return {
        scope,
        period,
        version,
        publishedAt: iso(createdAt),
        url: path,
        json: `${path}.json`,
        csv: `${path}.csv`,
      };
    }),
    next: rest && next(rest),
  });
}

export function figuresItem(found: Overview) {
  const { least, withheld, people, change, kinds, places } = found;
  return { note: FIGURES_NOTE, least, withheld, people, change, kinds, places };
}

/** Goes with every figure, wherever it is taken. */
export const FIGURES_NOTE =
  'Distinct people who wrote or said "I face this too": self-selected, not representative.';

/** Posts as data, with their text as it was written. */
export async function contributionItems(
  db: Db,
  found: readonly PostInThread[],
  origin: string,
): Promise<z.input<typeof contributionSchema>[]> {
  const ids = found.map(({ id }) => id);
  const rows = await db
    .select({ id: posts.id, body: posts.body })
    .from(posts)
    .where(inArray(posts.id, ids));
  const bodyOf = new Map(rows.map(({ id, body }) => [id, body]));
  return found.map((post) => ({
    id: post.id,
    url: origin + postPath(post.id),
    thread: {
      id: post.thread.id,
      title: post.thread.title,
      url: origin + threadPath(post.thread),
    },
    replyTo: post.replyToId,
    author: authorItem(post.author, origin),
    country: post.country,
    region: post.region,
    industry: post.industry,
    language: post.language,
    createdAt: iso(post.createdAt),
    editedAt: post.editedAt === null ? null : iso(post.editedAt),
    body: bodyOf.get(post.id) ?? '',
    html: post.html,
    barriers: post.barriers,
    pillars: post.pillars,
    impact: post.impact,
    faces: { people: post.faces.people, countries: post.faces.countries },
  }));
}

function threadItem(thread: ThreadRow, origin: string) {
  return {
    id: thread.id,
    url: origin + threadPath(thread),
    title: thread.title,
    language: thread.language,
    author: authorItem(thread.author, origin),
    pillars: thread.pillars,
    questionNumber: thread.questionNumber,
    createdAt: iso(thread.createdAt),
    activeAt: iso(thread.activeAt),
    answers: thread.answers,
    people: thread.people,
  };
}

function authorItem({ handle, name }: { handle: string; name: string | null }, origin: string) {
  return { handle, name, url: `${origin}/u/${encodeURIComponent(handle)}` };
}

/** A page of what was found, and where it ends if there is more. */
function cut<T extends After>(found: readonly T[], limit: number) {
  const page = found.slice(0, limit);
  return { page, rest: found.length > limit ? (page.at(-1) ?? null) : null };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
