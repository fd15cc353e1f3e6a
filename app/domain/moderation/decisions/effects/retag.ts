import { eq } from 'drizzle-orm';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import {
  type NamedBy,
  namedByAuthor,
  namedByModerator,
  readLists,
  setThreadPillars,
  updateDetails,
} from '~/domain/forum/posts/stored-details';
import { NOWHERE, type PostPlace } from '~/domain/forum/posts/typed-place';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { type posts, threadPillars } from '~db/schema';
import type { Effect, EffectArgs, UndoArgs, Undone } from './effect';

type PostRow = typeof posts.$inferSelect;

/** The topics and the place of a post. */
export interface Tags {
  pillars: readonly string[];
  barriers: readonly string[];
  place: PostPlace;
  /** Where its author is, while the place that the post is about is not known. */
  writtenFrom?: string | null;
  /** For an opening post: the thread's own pillars, which an import may have set differently. */
  threadPillars?: readonly string[];
}

/** Changes the topics and place of a post; for an opening post, the thread's pillars too. */
export async function retag(args: EffectArgs): Promise<Effect> {
  const { tx, app, moderatorId, details } = args;
  const { post } = args.subject;
  if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
  const before = { ...(await tagsOf(tx, post)), ...(await threadTags(tx, post)) };
  const { pillars = [], barriers = [], place = NOWHERE } = details;
  const by = namedByModerator(moderatorId);
  const writtenFrom = place.region ? null : post.writtenFrom;
  const after = { pillars, barriers, place, writtenFrom };
  await setTags(tx, post, after, by, app.clock.now());
  return { change: { before, after } };
}

export async function untag(args: UndoArgs): Promise<Undone | null> {
  const { tx, app, change } = args;
  const { post } = args.subject;
  if (!post) return null;
  // What comes back is what was named before the moderator's decision.
  await setTags(tx, post, change.before as Tags, namedByAuthor(post), app.clock.now());
  const { threadPillars: pillars } = change.before as Tags;
  if (pillars) await setThreadPillars(tx, post.threadId, pillars);
  return { action: 'retag', effect: { change: { before: change.after, after: change.before } } };
}

export async function tagsOf(db: Db, post: PostRow): Promise<Tags> {
  const { pillars, barriers } = (await readLists(db, [post.id]))(post.id);
  const { country, region, writtenFrom } = post;
  const place = { country, region };
  return { pillars: pillars.sort(), barriers: barriers.sort(), place, writtenFrom };
}

/** For an opening post, sets the thread's pillars too. */
async function setTags(
  tx: Db,
  post: PostRow,
  { place, writtenFrom = null, pillars, barriers }: Tags,
  by: NamedBy,
  now: number,
): Promise<void> {
  const details = { ...place, writtenFrom, pillars, barriers } as Partial<PostDetails>;
  await updateDetails(tx, post, details, by, now);
}

async function threadTags(db: Db, { isOpening, threadId }: PostRow) {
  if (!isOpening) return {};
  const rows = await db.select().from(threadPillars).where(eq(threadPillars.threadId, threadId));
  return { threadPillars: rows.map(({ pillar }) => pillar) };
}
