import { and, eq, inArray, or } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { type NamedBy, namedByAuthor, namedByModerator } from '~/domain/forum/posts/stored-details';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Locale } from '~/platform/i18n/locales';
import { newId } from '~/platform/ids';
import { isRegion, type RegionCode } from '~/platform/places/places';
import { scopeContains } from '~/platform/places/scope';
import { singleLine } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { keyPointPosts, keyPoints, keyPointTexts, postBarriers, posts, threads } from '~db/schema';
import { act, isForModerators } from './acts';
import { bestSentenceOf } from './key-points';
import { LONGEST_SENTENCE, LONGEST_TITLE } from './limits';
import { isOutdated, originalOf, rememberOriginal, textRowsOf, wordsKey } from './original';
import { type KeyPointState, type Membership, putState } from './state';

/*
 * What people say of key points. Each function is one act, in the caller's transaction, recorded
 * with who did it and undone by `undoAct`.
 */

export interface KeyPointWords {
  title: string;
  sentence: string;
}

export interface NewKeyPoint {
  kind: BarrierKind;
  region: RegionCode;
  /** At least one. */
  postIds: readonly string[];
  /** What it is called in an interface language; without it, the best sentence of its posts. */
  text?: (KeyPointWords & { language: Locale }) | undefined;
}

/**
 * Makes a key point of posts, and gives its id. Posts that were in another one leave it.
 * @throws DomainError unless all are public reports.
 */
export async function makeKeyPoint(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { kind, region, postIds, text }: NewKeyPoint,
): Promise<string> {
  if (!isRegion(region)) throw new DomainError('invalid', 'barriers.error.region');
  await requireReports(tx, postIds);
  const id = await insertKeyPoint(tx, clock, moderatorId, { kind, region });
  await act(
    tx,
    clock,
    moderatorId,
    'make',
    { keyPointId: id },
    {
      ...(await joining(tx, clock, id, kind, postIds, moderator(moderatorId))),
      ...(text ? { texts: writtenText(clock, moderatorId, id, text.language, text) } : {}),
    },
  );
  return id;
}

/**
 * A moderator says that posts report this barrier; those in another key point leave it.
 * @throws DomainError `missing`; `refused` unless all are public reports.
 */
export async function addPosts(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { keyPointId, postIds }: { keyPointId: string; postIds: readonly string[] },
): Promise<void> {
  const point = await requireKeyPoint(tx, keyPointId);
  await requireReports(tx, postIds);
  const after = await joining(tx, clock, point.id, point.kind, postIds, moderator(moderatorId));
  await act(tx, clock, moderatorId, 'add', { keyPointId: point.id }, after);
}

/**
 * The author of a post says that it reports this barrier, also while the post waits for a
 * moderator.
 * @throws DomainError `missing` where there is no such key point, or the post is not theirs; `refused`
 * where it was taken out of a key point before.
 */
export async function addOwnPost(
  tx: Db,
  clock: Clock,
  authorId: string,
  { keyPointId, postId }: { keyPointId: string; postId: string },
): Promise<void> {
  const point = await requireKeyPoint(tx, keyPointId);
  const [own] = await tx
    .select({ id: posts.id })
    .from(postsInAnyState)
    .where(and(eq(posts.id, postId), eq(posts.authorId, authorId), mayReportBarrier()));
  if (!own) throw new DomainError('missing', 'site.problem.404.title');
  if (await isForModerators(tx, postId)) throw new DomainError('refused', 'keyPoints.error.gone');
  const said: Said = {
    saidBy: 'author',
    personId: authorId,
    kind: namedByAuthor({ importedAt: null }),
  };
  const after = await joining(tx, clock, point.id, point.kind, [postId], said);
  await act(tx, clock, authorId, 'add', { keyPointId: point.id }, after);
}

/**
 * The author of a post says that it reports the same barrier as another post: a proposal, because
 * only a moderator makes a key point of two posts.
 * @throws DomainError `missing` unless both report barriers, and are of two people.
 */
export async function proposeSame(
  tx: Db,
  clock: Clock,
  authorId: string,
  { postId, otherId }: { postId: string; otherId: string },
): Promise<void> {
  const rows = await tx
    .select({ id: posts.id, authorId: posts.authorId })
    .from(postsInAnyState)
    .where(and(inArray(posts.id, [postId, otherId]), mayReportBarrier()));
  const [own, other] = [postId, otherId].map((id) => rows.find((row) => row.id === id));
  if (own?.authorId !== authorId || !other || other.authorId === authorId) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  await putState(tx, { same: { [postId]: { otherId, createdAt: clock.now() } } });
}

/** A moderator says that a post does not report what its author says is the same barrier. */
export async function dismissSame(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  postId: string,
): Promise<void> {
  await act(tx, clock, moderatorId, 'not-same', { keyPointId: null }, { same: { [postId]: null } });
}

/**
 * Follows a change of a post by its author: what others confirmed was about the post as it was. It
 * leaves its key point, to be sorted again, where its words changed, it no longer reports a barrier or
 * names the kind of the key point, or it was moved out of the region of the key point. Kinds that a
 * moderator or a machine named for the former words lapse, unless the author has named them now (`kinds`).
 * @param before the post before the change.
 */
export async function afterEdit(
  tx: Db,
  clock: Clock,
  before: Pick<typeof posts.$inferSelect, 'id' | 'authorId' | 'revision' | 'region'>,
  kinds: readonly BarrierKind[] = [],
): Promise<void> {
  const { id, authorId } = before;
  const [now] = await tx
    .select({ revision: posts.revision, region: posts.region, notBarrier: posts.notBarrier })
    .from(postsInAnyState)
    .where(eq(posts.id, id));
  if (!now) return;
  const named = await tx.select().from(postBarriers).where(eq(postBarriers.postId, id));
  const edited = now.revision !== before.revision;
  const lapsing = named.filter(
    ({ saidBy }) => edited && (saidBy === 'moderator' || saidBy === 'machine'),
  );
  const [point] = await tx
    .select({ id: keyPoints.id, kind: keyPoints.kind, region: keyPoints.region })
    .from(keyPointPosts)
    .innerJoin(keyPoints, eq(keyPoints.id, keyPointPosts.keyPointId))
    .where(eq(keyPointPosts.postId, id));
  const leaves =
    point !== undefined &&
    (edited ||
      now.notBarrier !== null ||
      (before.region !== now.region && !scopeContains(point.region, null, now.region)) ||
      !named.some(({ kind }) => kind === point.kind));
  const author = namedByAuthor({ importedAt: null });
  await act(
    tx,
    clock,
    authorId,
    'edit',
    { keyPointId: point?.id ?? null },
    {
      ...(leaves && { posts: { [id]: null } }),
      kinds: Object.fromEntries(
        lapsing.map(({ kind }) => [`${id}/${kind}`, kinds.includes(kind) ? author : null]),
      ),
    },
  );
}

/** Says that a post does not report the barrier of the key point that it is in. */
export async function removePost(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  postId: string,
): Promise<void> {
  const keyPointId = await keyPointIdOf(tx, postId);
  if (!keyPointId) return;
  await act(tx, clock, moderatorId, 'remove', { keyPointId }, { posts: { [postId]: null } });
}

/** A moderator says that a post reports no barrier: it counts nowhere, and leaves its key point. */
export async function sayNotBarrier(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  postId: string,
): Promise<void> {
  const [post] = await tx
    .select({ notBarrier: posts.notBarrier })
    .from(postsInAnyState)
    .where(and(eq(posts.id, postId), eq(posts.isOpening, false)));
  if (!post) throw new DomainError('missing', 'site.problem.404.title');
  if (post.notBarrier === 'moderator') return;
  const keyPointId = await keyPointIdOf(tx, postId);
  const notBarrier = { [postId]: { by: 'moderator' as const, at: clock.now() } };
  const after = { notBarrier, posts: { [postId]: null } };
  await act(tx, clock, moderatorId, 'not-a-barrier', { keyPointId }, after);
}

/**
 * Puts all posts of one key point into another; the address of the first leads to the second.
 * @throws DomainError `missing`; `refused` where the two are one.
 */
export async function mergeKeyPoints(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { from, into }: { from: string; into: string },
): Promise<void> {
  const [source, target] = [await requireKeyPoint(tx, from), await requireKeyPoint(tx, into)];
  if (source.id === target.id) throw new DomainError('refused', 'keyPoints.error.same');
  const members = await membersOf(tx, source.id);
  const ids = members.map(({ postId }) => postId);
  const merged = await tx
    .select()
    .from(keyPoints)
    .where(or(eq(keyPoints.id, source.id), eq(keyPoints.mergedIntoId, source.id)));
  await act(
    tx,
    clock,
    moderatorId,
    'merge',
    { keyPointId: target.id, otherId: source.id },
    {
      posts: Object.fromEntries(
        members.map(({ postId, ...row }) => [postId, { ...row, keyPointId: target.id }]),
      ),
      kinds: await namingKind(tx, ids, target.kind, namedByModerator(moderatorId)),
      points: Object.fromEntries(
        merged.map(({ id, kind }) => [id, { kind, mergedIntoId: target.id }]),
      ),
    },
  );
}

/**
 * Makes a new key point of some posts of another one, of the same kind and region, and gives its
 * id.
 * @throws DomainError `missing`; `refused` unless the posts are in it and at least one stays.
 */
export async function splitKeyPoint(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { keyPointId, postIds, text }: Pick<NewKeyPoint, 'postIds' | 'text'> & { keyPointId: string },
): Promise<string> {
  const point = await requireKeyPoint(tx, keyPointId);
  const members = await membersOf(tx, point.id);
  const leaving = members.filter(({ postId }) => postIds.includes(postId));
  if (leaving.length === 0 || leaving.length < new Set(postIds).size) {
    throw new DomainError('refused', 'keyPoints.error.gone');
  }
  if (leaving.length === members.length) throw new DomainError('refused', 'keyPoints.error.all');
  const id = await insertKeyPoint(tx, clock, moderatorId, point);
  await act(
    tx,
    clock,
    moderatorId,
    'split',
    { keyPointId: point.id, otherId: id },
    {
      posts: Object.fromEntries(
        leaving.map(({ postId, ...row }) => [postId, { ...row, keyPointId: id }]),
      ),
      ...(text ? { texts: writtenText(clock, moderatorId, id, text.language, text) } : {}),
    },
  );
  return id;
}

/**
 * Gives a key point its title and sentence in an interface language; two empty ones remove them. The
 * same words confirm a translation of an older original. `original` is the fingerprint of the original
 * that the writer saw.
 * @throws DomainError `missing`; `invalid` where one of the two is missing or too long.
 */
export async function renameKeyPoint(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  {
    keyPointId,
    language,
    original,
    ...words
  }: KeyPointWords & { keyPointId: string; language: Locale; original?: string | undefined },
): Promise<void> {
  const { id } = await requireKeyPoint(tx, keyPointId);
  const rows = await textRowsOf(tx, id);
  const known = rows.find((row) => row.language === language);
  const translated = translatedKey(rows, language, original);
  const texts = writtenText(clock, moderatorId, id, language, words, translated);
  // The same words again are no change, whoever sends them, unless they were of an older original.
  const next = texts[`${id}/${language}`];
  const same = known?.title === next?.title && known?.sentence === next?.sentence;
  const current = originalOf(rows);
  if (same && !known) return;
  if (same && known?.acceptedAt != null && !isOutdated(known, current)) return;
  if (current?.language === language && !same) await rememberOriginal(tx, current);
  const what = same && known?.acceptedAt != null ? 'accept' : 'rename';
  await act(tx, clock, moderatorId, what, { keyPointId: id }, { texts });
}

/**
 * The fingerprint of the original that a text translates: that which its writer saw, else the present
 * one; null for the original itself.
 */
function translatedKey(
  rows: Parameters<typeof originalOf>[0],
  language: Locale,
  seen?: string,
): string | null {
  const original = originalOf(rows);
  if (!original || original.language === language) return null;
  return seen || wordsKey(original);
}

/**
 * Accepts the title that was proposed in a language: by a model, or the best sentence of its posts
 * where that is in this language. Of an accepted one whose original changed since, it says that the
 * title is right for the new original too; `original` is the fingerprint of the one that was seen.
 * @throws DomainError `missing` where none is proposed.
 */
export async function acceptText(
  tx: Db,
  { clock, community }: Pick<AppContext, 'clock' | 'community'>,
  moderatorId: string,
  {
    keyPointId,
    language,
    original,
  }: { keyPointId: string; language: Locale; original?: string | undefined },
): Promise<void> {
  const { id } = await requireKeyPoint(tx, keyPointId);
  const rows = await textRowsOf(tx, id);
  const accepted = {
    acceptedById: moderatorId,
    acceptedAt: clock.now(),
    original: translatedKey(rows, language, original),
  };
  const key = `${id}/${language}`;
  const stored = rows.find((row) => row.language === language);
  if (stored) {
    if (stored.acceptedAt !== null && !isOutdated(stored, originalOf(rows))) return;
    const { keyPointId: _id, language: _language, ...text } = stored;
    await act(
      tx,
      clock,
      moderatorId,
      'accept',
      { keyPointId: id },
      { texts: { [key]: { ...text, ...accepted } } },
    );
    return;
  }
  const best = await bestSentenceOf(tx, community, id);
  if (best?.language !== language) throw new DomainError('missing', 'site.problem.404.title');
  const { title, sentence, postId } = best;
  const text = { title, sentence, proposedBy: 'best-sentence' as const, model: null };
  await act(
    tx,
    clock,
    moderatorId,
    'accept',
    { keyPointId: id },
    { texts: { [key]: { ...text, sourcePostId: postId, ...accepted } } },
  );
}

/** Keeps a language model's title for a key point that has none in that language; it is no act. */
export async function proposeText(
  tx: Db,
  {
    keyPointId,
    language,
    model,
    ...words
  }: KeyPointWords & {
    keyPointId: string;
    language: Locale;
    model: string;
  },
): Promise<void> {
  const { id } = await requireKeyPoint(tx, keyPointId);
  const original = translatedKey(await textRowsOf(tx, id), language);
  const row = { ...checkedWords(words), original, proposedBy: 'model' as const, model };
  await tx
    .insert(keyPointTexts)
    .values({ keyPointId: id, language, ...row })
    .onConflictDoNothing();
}

/** Says of which kind of barrier a key point is, and with it each of its posts. */
export async function setKeyPointKind(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { keyPointId, kind }: { keyPointId: string; kind: BarrierKind },
): Promise<void> {
  const { id } = await requireKeyPoint(tx, keyPointId);
  const points = { [id]: { kind, mergedIntoId: null } };
  const ids = (await membersOf(tx, id)).map(({ postId }) => postId);
  const kinds = await namingKind(tx, ids, kind, namedByModerator(moderatorId));
  await act(tx, clock, moderatorId, 'kind', { keyPointId: id }, { points, kinds });
}

/**
 * The key point with this id, or the one that took over its posts.
 * @throws DomainError `missing`.
 */
export async function requireKeyPoint(
  db: Db,
  keyPointId: string,
): Promise<{ id: string; kind: BarrierKind; region: RegionCode }> {
  const [row] = await db.select().from(keyPoints).where(eq(keyPoints.id, keyPointId));
  if (!row) throw new DomainError('missing', 'site.problem.404.title');
  if (row.mergedIntoId) return requireKeyPoint(db, row.mergedIntoId);
  return { id: row.id, kind: row.kind, region: row.region };
}

async function insertKeyPoint(
  tx: Db,
  clock: Clock,
  createdById: string,
  { kind, region }: Pick<NewKeyPoint, 'kind' | 'region'>,
): Promise<string> {
  const createdAt = clock.now();
  const id = newId(createdAt);
  await tx.insert(keyPoints).values({ id, kind, region, createdAt, createdById });
  return id;
}

/** Who says that posts report a barrier, and how its kind is noted of those that do not name it. */
interface Said {
  saidBy: Membership['saidBy'];
  personId: string;
  kind: NamedBy;
}

function moderator(personId: string): Said {
  return { saidBy: 'moderator', personId, kind: namedByModerator(personId) };
}

/** Posts as members of a key point; those that do not name its kind get it. */
async function joining(
  tx: Db,
  clock: Clock,
  keyPointId: string,
  kind: BarrierKind,
  postIds: readonly string[],
  said: Said,
): Promise<KeyPointState> {
  const ids = [...new Set(postIds)];
  const known = await tx.select().from(keyPointPosts).where(inArray(keyPointPosts.postId, ids));
  const inIt = new Set(
    known.filter((one) => one.keyPointId === keyPointId).map(({ postId }) => postId),
  );
  const membership: Membership = {
    keyPointId,
    saidBy: said.saidBy,
    addedById: said.personId,
    createdAt: clock.now(),
  };
  return {
    posts: Object.fromEntries(ids.filter((id) => !inIt.has(id)).map((id) => [id, membership])),
    kinds: await namingKind(tx, ids, kind, said.kind),
  };
}

/**
 * The kind of a key point for those of its posts that do not name it: a count by kind then never
 * misses people whom a key point of that kind counts.
 */
async function namingKind(
  tx: Db,
  postIds: readonly string[],
  kind: BarrierKind,
  by: NamedBy,
): Promise<NonNullable<KeyPointState['kinds']>> {
  const rows = await tx
    .select({ postId: postBarriers.postId })
    .from(postBarriers)
    .where(and(inArray(postBarriers.postId, [...postIds]), eq(postBarriers.kind, kind)));
  const named = new Set(rows.map(({ postId }) => postId));
  const others = postIds.filter((id) => !named.has(id));
  return Object.fromEntries(others.map((id) => [`${id}/${kind}`, by]));
}

function writtenText(
  clock: Clock,
  personId: string,
  keyPointId: string,
  language: Locale,
  words: KeyPointWords,
  original: string | null = null,
): NonNullable<KeyPointState['texts']> {
  const key = `${keyPointId}/${language}`;
  if (singleLine(words.title) === '' && singleLine(words.sentence) === '') return { [key]: null };
  return {
    [key]: {
      ...checkedWords(words),
      original,
      proposedBy: 'person',
      model: null,
      sourcePostId: null,
      acceptedById: personId,
      acceptedAt: clock.now(),
    },
  };
}

function checkedWords(words: KeyPointWords): KeyPointWords {
  const [title, sentence] = [singleLine(words.title), singleLine(words.sentence)];
  if (title === '' || title.length > LONGEST_TITLE) {
    throw new DomainError('invalid', 'keyPoints.error.title', { field: 'title' });
  }
  if (sentence === '' || sentence.length > LONGEST_SENTENCE) {
    throw new DomainError('invalid', 'keyPoints.error.sentence', { field: 'sentence' });
  }
  return { title, sentence };
}

async function requireReports(tx: Db, postIds: readonly string[]): Promise<void> {
  const ids = [...new Set(postIds)];
  const found = await tx
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(posts.id, ids), publicPost(), mayReportBarrier()));
  if (ids.length === 0 || found.length < ids.length) {
    throw new DomainError('refused', 'keyPoints.error.gone');
  }
}

async function keyPointIdOf(db: Db, postId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: keyPointPosts.keyPointId })
    .from(keyPointPosts)
    .where(eq(keyPointPosts.postId, postId));
  return row?.id ?? null;
}

function membersOf(db: Db, keyPointId: string) {
  return db.select().from(keyPointPosts).where(eq(keyPointPosts.keyPointId, keyPointId));
}
