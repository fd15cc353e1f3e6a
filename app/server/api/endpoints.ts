import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Overview, overview, reportsAfter } from '~/domain/barriers/explore';
import { type FILTER_NAMES, readBarrierQuery, USUAL_DAYS } from '~/domain/barriers/query';
import { versionPath } from '~/domain/digests/present-edition';
import { postAnchor, postPath, threadPath } from '~/domain/forum/paths';
import { publicPostsAfter } from '~/domain/forum/posts/cursor';
import { detailsOf } from '~/domain/forum/posts/post-fields';
import type { PostInThread } from '~/domain/forum/posts/posts';
import {
  findThread,
  inConversation,
  publicThreadsByIds,
  type ThreadRow,
} from '~/domain/forum/threads/threads';
import { presentTexts, type TranslatedText } from '~/domain/forum/translations/translations';
import { EVERYBODY, publicThread, visiblePost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import { decorateHtml } from '~/platform/markdown/decorate-html';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { isAfter, isBefore, type Position } from '~db/position';
import { digests, posts, threads } from '~db/schema';
import { badParameter } from '../api-guard';
import { readCursor } from './cursor';
import {
  common,
  contributionSchema,
  digestSchema,
  figuresSchema,
  periodSchema,
  threadSchema,
} from './schemas';

/** Number of items in a response: the default and the maximum. */
const USUAL_IN_ANSWER = 50;
const MOST_IN_ANSWER = 200;

/** Position and length of a page of results. */
const page = z.object({
  cursor: z
    .string()
    .transform((text, context) => {
      const after = readCursor(text);
      if (!after) context.addIssue('not a cursor');
      return after;
    })
    .optional()
    .describe('Where to continue: take it from `next`'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_IN_ANSWER)
    .default(USUAL_IN_ANSWER)
    .describe('The largest number of results'),
});

const filter = (description: string) => z.string().optional().describe(description);

const filters = {
  conversation: filter('Only reports in this conversation: the end of its URL, /c/…'),
  region: filter('UN M49 code, such as 011'),
  country: filter('ISO 3166-1 alpha-2, or a name in English'),
  industry: filter('ISIC Rev. 4 section, such as Q'),
  pillar: filter('open-source, education, infrastructure or policy'),
  kind: filter('Kind of barrier, such as compute'),
  from: filter(
    `First day (2026-10-01) or month (2026-10), in UTC; ${USUAL_DAYS} days before the end if left out`,
  ),
  to: filter('Last day or month, included, in UTC; today if left out'),
} satisfies Record<(typeof FILTER_NAMES)[number], z.ZodType>;

type Parameters = z.ZodObject<typeof page.shape>;

interface Asked<P extends Parameters> {
  given: z.output<P>;
  /** The whole query, as sent. */
  searchParams: URLSearchParams;
  /** Returns the URL of the next page, after the last item of this one. */
  next: (last: Position) => string;
}

/** An endpoint of /api/v1: how it is served, and how OpenAPI describes it. */
export interface Endpoint<P extends Parameters = Parameters> {
  /** Below `/api/v1`; parameters are in braces. */
  path: string;
  summary: string;
  /** Parameters in path and query. */
  parameters: P;
  answer: z.ZodObject;
  /** Returns the response without its licence; null if there is nothing public at this URL. */
  load(app: AppContext, asked: Asked<P>): Promise<Record<string, unknown> | null>;
}

const ofThreads = page.extend({
  conversation: filter('Only threads of this conversation: the end of its URL, /c/…'),
});

export const threadsEndpoint: Endpoint<typeof ofThreads> = {
  path: '/threads',
  summary: 'Threads, oldest first',
  parameters: ofThreads,
  answer: z.object({ ...common, threads: z.array(threadSchema) }).meta({ id: 'Threads' }),
  async load({ db, config, community }, { given: { conversation, cursor, limit }, next }) {
    const found = await db.reader
      .select({ id: threads.id, createdAt: threads.createdAt })
      .from(threads)
      .where(
        and(
          publicThread(),
          conversation ? inConversation(conversation) : undefined,
          isAfter(cursor, threads),
        ),
      )
      .orderBy(asc(threads.createdAt), asc(threads.id))
      .limit(limit + 1);
    const { page, rest } = cut(found, limit);
    const ids = idsOf(page);
    const rows = await publicThreadsByIds(db.reader, ids);
    return {
      threads: rows.map((row) => threadItem(row, config.origin, community)),
      next: rest && next(rest),
    };
  },
};

const ofThread = page.extend({ id: z.string().describe('The id of the thread') });

export const threadEndpoint: Endpoint<typeof ofThread> = {
  path: '/threads/{id}',
  summary: 'A thread with its posts',
  parameters: ofThread,
  answer: z
    .object({
      ...common,
      thread: threadSchema.extend({ opening: contributionSchema.nullable() }),
      contributions: z.array(contributionSchema),
    })
    .meta({ id: 'ThreadWithContributions' }),
  async load({ db, config, community }, { given: { id, cursor, limit }, next }) {
    const thread = await findThread(db.reader, id, EVERYBODY);
    if (!thread) return null;
    const inThread = eq(posts.threadId, thread.id);
    const opening = and(inThread, eq(posts.isOpening, true));
    const [first] = (await publicPostsAfter(db.reader, opening, null, 1)).page;
    const answers = and(inThread, eq(posts.isOpening, false));
    const { page, rest } = await publicPostsAfter(db.reader, answers, cursor ?? null, limit);
    const shown = [...(first ? [first] : []), ...page];
    const items = await contributionItems(db.reader, shown, config.origin);
    const [openingItem = null] = first ? items : [];
    return {
      thread: { ...threadItem(thread, config.origin, community), opening: openingItem },
      contributions: first ? items.slice(1) : items,
      next: rest && next(rest),
    };
  },
};

const filtered = z.object({ ...filters, ...page.shape });

/** Also at `/barriers.json`: the content of that page as data. */
export const barriersEndpoint: Endpoint<typeof filtered> = {
  path: '/barriers',
  summary: 'Barriers: figures and posts',
  parameters: filtered,
  answer: z
    .object({
      ...common,
      scope: z.string().describe('world, M49 or alpha-2; with `~pillar` for one topic'),
      period: periodSchema,
      figures: figuresSchema,
      contributions: z.array(contributionSchema).describe('Oldest first'),
    })
    .meta({ id: 'Barriers' }),
  async load(app, { given: { cursor, limit }, searchParams, next }) {
    const { db, config } = app;
    const { filter, unknown, now } = await readBarrierQuery(searchParams, app);
    if (unknown.length > 0) throw badParameter(...unknown);
    const { page, rest } = await reportsAfter(db.reader, filter, cursor ?? null, limit);
    return {
      scope: filter.scope,
      period: { from: iso(filter.span.start), until: iso(filter.span.end) },
      figures: figuresItem(await overview(app, filter, { least: config.digestMinAuthors, now })),
      contributions: await contributionItems(db.reader, page, config.origin),
      next: rest && next(rest),
    };
  },
};

export const digestsEndpoint: Endpoint = {
  path: '/digests',
  summary: 'Published digests, newest first',
  parameters: page,
  answer: z.object({ ...common, digests: z.array(digestSchema) }).meta({ id: 'Digests' }),
  async load({ db, config }, { given: { cursor, limit }, next }) {
    const before = isBefore(cursor, { createdAt: digests.publishedAt, id: digests.id });
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
    return {
      digests: page.map(({ scope, period, version, createdAt }) => {
        const url = config.origin + versionPath(scope, period, version);
        const publishedAt = iso(createdAt);
        return { scope, period, version, publishedAt, url, json: `${url}.json`, csv: `${url}.csv` };
      }),
      next: rest && next(rest),
    };
  },
};

/** All endpoints of /api/v1, in the order of the description. */
export const ENDPOINTS = [
  threadsEndpoint,
  threadEndpoint,
  barriersEndpoint,
  digestsEndpoint,
] as const;

function figuresItem(found: Overview) {
  const { least, people, kinds, places, namedBy } = found;
  return { note: FIGURES_NOTE, least, people, kinds, places, namedBy };
}

/** Included with every figure, so that it is not quoted without it. */
const FIGURES_NOTE =
  'How many people reported it in public. They chose to take part and are not representative.';

/** Returns posts as data, with their text as written. */
export async function contributionItems(
  db: Db,
  found: readonly PostInThread[],
  origin: string,
): Promise<z.input<typeof contributionSchema>[]> {
  const ids = idsOf(found);
  const rows = await db
    .select({ id: posts.id, body: posts.body })
    .from(posts)
    .where(and(inArray(posts.id, ids), visiblePost()));
  const bodyOf = new Map(rows.map(({ id, body }) => [id, body]));
  const translated = Map.groupBy(await presentTexts(db, ids), ({ postId }) => postId);
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
    language: post.language,
    createdAt: iso(post.createdAt),
    editedAt: post.editedAt === null ? null : iso(post.editedAt),
    body: bodyOf.get(post.id) ?? '',
    html: decorateHtml(post.html ?? '', {
      anchor: postAnchor(post.id),
      absolute: { origin, post: origin + postPath(post.id) },
    }),
    translations: (translated.get(post.id) ?? []).map((one) => translationItem(one, origin)),
    ...detailsOf(post),
    barriersNamedBy: post.barriersNamedBy,
    faces: { people: post.meToos.people },
  }));
}

function translationItem(
  { language, text, translator, createdAt }: TranslatedText,
  origin: string,
) {
  const by =
    'person' in translator
      ? { translator: authorItem(translator.person, origin), machine: null }
      : { translator: null, machine: translator.machine };
  return { language, body: text, ...by, createdAt: iso(createdAt) };
}

function threadItem(thread: ThreadRow, origin: string, community: Community) {
  const titles = [...community.translatedTitles('thread', thread)];
  return {
    id: thread.id,
    url: origin + threadPath(thread),
    title: thread.title,
    language: thread.language,
    translations: titles.map(([language, title]) => ({ language, title })),
    author: authorItem(thread.author, origin),
    pillars: thread.pillars,
    conversation: thread.conversation?.slug ?? null,
    questionNumber: thread.questionNumber,
    createdAt: iso(thread.createdAt),
    activeAt: iso(thread.activeAt),
    answers: thread.answers,
    people: thread.people,
  };
}

function authorItem({ handle, name }: { handle: string; name: string | null }, origin: string) {
  return { handle, name, url: origin + pathTo('/u/:handle', { handle }) };
}

/** Returns one page of the items found and, if there are more, where the page ends. */
function cut<T extends Position>(found: readonly T[], limit: number) {
  const page = found.slice(0, limit);
  return { page, rest: found.length > limit ? (page.at(-1) ?? null) : null };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
