import { and, asc, countDistinct, desc, eq, inArray, ne, notExists, sql } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { countriesNamed } from '~/domain/barriers/barrier-region';
import { kindsDenied } from '~/domain/barriers/denials';
import { kindsInTexts } from '~/domain/barriers/kinds-in-texts';
import { publicReports } from '~/domain/barriers/public-reports';
import { readText } from '~/domain/barriers/quoting/quote-rules';
import { kindsByExample } from '~/domain/barriers/ranking/kinds-by-example';
import type { LikeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { mayBeMate, type PossibleMate } from '~/domain/barriers/ranking/likeliest-mates';
import { rankerFor } from '~/domain/barriers/ranking/ranker';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { findOwnPost, type PostRow } from '~/domain/forum/posts/own-posts';
import { requireWriter } from '~/domain/forum/posts/permission';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { type PostInThread, type PostsOf, postOf, publicPostsOf } from '~/domain/forum/posts/posts';
import { namedByAuthor, readLists, updateDetails } from '~/domain/forum/posts/stored-details';
import type { PostPlace } from '~/domain/forum/posts/typed-place';
import { postsInAnyState, publicPost, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { isRegion, type PlaceCode, type RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { keyPointPosts, postBarriers, posts, threads } from '~db/schema';
import { isForModerators } from './acts';
import { addOwnPost, afterEdit, proposeSame } from './change';
import { type KeyPoint, keyPointsOf } from './key-points';

/*
 * The questions to the author of a new post: where it happened, if the text speaks of another place
 * than the author's; what it is about; and whether an earlier report is about the same barrier. All can
 * be skipped. Nothing is chosen in advance: the ranking decides only what is offered.
 */

/** Number of earlier reports offered if the author named a kind, and if not. */
const OFFERED = { kinds: 3, noKinds: 5 };
/** Number of the region's newest posts, and of its key points with most people, that are compared. */
const COMPARED = 100;
/** Number of posts of a key point whose texts are compared. */
const TEXTS_OF_POINT = 5;

/** A post names few places. */
const MOST_PLACES = 4;

/** An earlier report that may be about the same barrier. */
export type OfferedMate = { keyPoint: KeyPoint } | { post: PostInThread };

/** The answer about an earlier report: a key point, a post, or neither of those offered. */
export type MateAnswer = { keyPointId: string } | { postId: string } | null;

/** Returns the author's own post that the questions are about; null for thread openings. */
export async function findAskedPost(
  db: Db,
  visitor: Visitor,
  postId: string,
): Promise<{ post: PostRow; kinds: BarrierKind[] } | null> {
  const post = await findOwnPost(db, postId, readerOf(visitor));
  if (!post || post.isOpening || (post.state !== 'visible' && post.state !== 'held')) return null;
  const lists = (await readLists(db, [post.id]))(post.id);
  return { post, kinds: lists.barriers as BarrierKind[] };
}

/**
 * Returns the kinds to offer for a post. Those without cue words are offered where people gave them
 * to posts like this one: in the places that are left, and the likest at least in the last.
 */
export async function offeredKinds(
  app: AppContext,
  post: Pick<PostRow, 'body' | 'language'> & { html?: string },
): Promise<LikeliestKinds> {
  const said = { text: post.body, language: post.language };
  const ranked = await rankerFor(app).kinds(said, OFFERED.kinds);
  const others = await kindsByExample(app, said);
  const told = ranked.kinds.filter((kind) => !others.includes(kind));
  const first = told.slice(0, others.length > 0 ? OFFERED.kinds - 1 : OFFERED.kinds);
  const { html } = post;
  const denies =
    html !== undefined &&
    kindsDenied(readText({ ...post, html }, kindsInTexts(app.community))).size > 0;
  const noBarrier = ranked.noBarrier || denies;
  return { noBarrier, kinds: [...first, ...others].slice(0, OFFERED.kinds) };
}

/**
 * Returns the kinds to offer before a text is written: those that most people named in the thread or
 * conversation, then the first ones of the community.
 */
export async function kindsNamedIn(
  { db, community }: AppContext,
  of: PostsOf,
): Promise<LikeliestKinds> {
  const rows = await db.reader
    .select({ kind: postBarriers.kind })
    .from(postBarriers)
    .innerJoin(posts, eq(posts.id, postBarriers.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), postOf(of)))
    .groupBy(postBarriers.kind)
    .orderBy(desc(countDistinct(posts.authorId)), asc(postBarriers.kind));
  const named = rows.map(({ kind }) => kind).filter((kind) => community.kinds.includes(kind));
  const kinds = [...new Set([...named, ...community.kinds])].slice(0, OFFERED.kinds);
  return { kinds, noBarrier: false };
}

/**
 * Returns the key points and other people's public posts in the post's region that are most likely
 * about the same barrier. Empty if the post has no region, reports no barrier, or is or was in a key point.
 */
export async function offeredMates(
  app: AppContext,
  visitor: Visitor,
  { post, kinds }: { post: PostRow; kinds: readonly BarrierKind[] },
): Promise<OfferedMate[]> {
  const db = app.db.reader;
  const { region } = post;
  if (!region || !isRegion(region) || post.notBarrier) return [];
  if ((await isInKeyPoint(db, post.id)) || (await isForModerators(db, post.id))) return [];
  const candidates = [
    ...(await keyPointCandidates(db, app.community, region)),
    ...(await postCandidates(db, region, post.authorId)),
  ];
  const { body: text, language } = post;
  const n = kinds.length > 0 ? OFFERED.kinds : OFFERED.noKinds;
  const report = { text, language, region, kinds };
  const chosen = await rankerFor(app).mates(report, candidates, n);
  const ids = chosen.flatMap((one) => ('postId' in one ? [one.postId] : []));
  const shown = await publicPostsOf(db, ids, readerOf(visitor));
  return chosen.flatMap((one): OfferedMate[] => {
    if ('keyPoint' in one) return [{ keyPoint: one.keyPoint }];
    const found = shown.find(({ id }) => id === one.postId);
    return found ? [{ post: found }] : [];
  });
}

/**
 * Returns the places to offer for a post that speaks of another one than its author's: the countries
 * that it names, then the author's own place. Null if its place is known.
 */
export function offeredPlaces({ body, writtenFrom }: PostRow): PlaceCode[] | null {
  if (!writtenFrom) return null;
  const named = [...countriesNamed(body)].filter((code) => code !== writtenFrom);
  return [...named.slice(0, MOST_PLACES), writtenFrom];
}

/**
 * Stores the place that the author's post is about.
 * @throws DomainError `missing` if it is not the visitor's, `refused` if they may not post.
 */
export function answerPlace(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  place: PostPlace,
): Promise<void> {
  return answer(app, visitor, postId, { ...place, writtenFrom: null });
}

/**
 * Stores what the author says that the post is about.
 * @throws DomainError `missing` if it is not the visitor's, `refused` if they may not post.
 */
export function answerKinds(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  { barriers, notBarrier }: Pick<PostDetails, 'barriers' | 'notBarrier'>,
): Promise<void> {
  return answer(app, visitor, postId, { barriers, notBarrier });
}

async function answer(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  details: Partial<PostDetails>,
): Promise<void> {
  requireWriter(visitor);
  await app.db.write(async (tx) => {
    const asked = await findAskedPost(tx, visitor, postId);
    if (!asked) throw new DomainError('missing', 'site.problem.404.title');
    const by = namedByAuthor({ importedAt: null });
    await updateDetails(tx, asked.post, details, by, app.clock.now());
    await afterEdit(tx, app.clock, asked.post);
  });
}

/**
 * Stores that the author's post is about the same barrier as a key point, which it then belongs to,
 * or as another person's post: that is proposed to moderators, because only they make a key point of
 * two posts, and the author says "I face this too" of the other one. Does nothing if that is no
 * longer possible.
 * @throws DomainError `missing` if the post is not the visitor's, `refused` if they may not post.
 */
export async function answerMate(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  mate: MateAnswer,
): Promise<void> {
  const { id: authorId } = requireWriter(visitor);
  const asked = await findAskedPost(app.db.reader, visitor, postId);
  if (!asked) throw new DomainError('missing', 'site.problem.404.title');
  if (!mate) return;
  try {
    if ('keyPointId' in mate) {
      const { keyPointId } = mate;
      await app.db.write((tx) => addOwnPost(tx, app.clock, authorId, { keyPointId, postId }));
    } else {
      const { postId: otherId } = mate;
      const { country } = asked.post;
      await app.db.write((tx) => proposeSame(tx, app.clock, authorId, { postId, otherId }));
      await setMeToo(app, visitor, otherId, { on: true, country });
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

async function isInKeyPoint(db: Db, postId: string): Promise<boolean> {
  const found = await db
    .select({ id: keyPointPosts.keyPointId })
    .from(keyPointPosts)
    .where(eq(keyPointPosts.postId, postId));
  return found.length > 0;
}

/** Returns the key points of a region, with the texts to compare. */
export async function keyPointCandidates(
  db: Db,
  community: Community,
  region: RegionCode,
  { unnamed = false }: { unnamed?: boolean } = {},
): Promise<(PossibleMate & { keyPoint: KeyPoint })[]> {
  const points = (
    await keyPointsOf(db, community, { scope: region, limit: COMPARED, unnamed })
  ).filter((point) => point.region === region);
  const compared = points.flatMap((point) => point.posts.slice(0, TEXTS_OF_POINT));
  const texts = await textsOf(
    db,
    compared.map(({ id }) => id),
  );
  return points.map((keyPoint) => ({
    keyPoint,
    region: keyPoint.region,
    kinds: [keyPoint.kind],
    texts: [
      ...Object.values(keyPoint.texts).map(({ title, sentence, language }) => ({
        text: `${title}. ${sentence}`,
        language,
      })),
      ...keyPoint.posts.flatMap(({ id }) => texts.get(id) ?? []),
    ],
  }));
}

async function textsOf(db: Db, postIds: readonly string[]) {
  if (postIds.length === 0) return new Map<string, { text: string; language: string }>();
  const rows = await db
    .select({ id: posts.id, text: posts.body, language: posts.language })
    .from(postsInAnyState)
    .where(inArray(posts.id, [...postIds]));
  return new Map(rows.map(({ id, ...said }) => [id, said]));
}

/** Of the newest public posts of other people in the region, those in no key point that may be a mate. */
async function postCandidates(
  db: Db,
  region: RegionCode,
  authorId: string,
): Promise<(PossibleMate & { postId: string })[]> {
  const isGrouped = db
    .select({ one: sql`1` })
    .from(keyPointPosts)
    .where(eq(keyPointPosts.postId, posts.id));
  const rows = await publicReports(db, {
    where: and(eq(posts.region, region), ne(posts.authorId, authorId), notExists(isGrouped)),
    limit: COMPARED,
  });
  const lists = await readLists(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, parentId, text, language }) => {
    const kinds = lists(id).barriers as BarrierKind[];
    const said = { text, language };
    return mayBeMate(said, { kinds, isReply: parentId !== null })
      ? [{ postId: id, region, kinds, texts: [said] }]
      : [];
  });
}
