import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { readLists, updateDetails } from '~/domain/forum/posts/stored-details';
import { NOWHERE, type PostPlace } from '~/domain/forum/posts/typed-place';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import type { posts } from '~db/schema';
import type { Effect, EffectArgs, UndoArgs, Undone } from './effect';

type PostRow = typeof posts.$inferSelect;

/** The topics and the place of a post. */
export interface Tags {
  pillars: readonly string[];
  barriers: readonly string[];
  place: PostPlace;
}

/** Changes the topics and place of a post; for an opening post, the thread's pillars too. */
export async function retag({ tx, matter: { post }, details }: EffectArgs): Promise<Effect> {
  if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
  const before = await tagsOf(tx, post);
  const { pillars = [], barriers = [], place = NOWHERE } = details;
  await setTags(tx, post, { pillars, barriers, place });
  return { change: { before, after: { pillars, barriers, place } } };
}

export async function untag({ tx, matter: { post }, change }: UndoArgs): Promise<Undone | null> {
  if (!post) return null;
  await setTags(tx, post, change.before as Tags);
  return { action: 'retag', effect: { change: { before: change.after, after: change.before } } };
}

export async function tagsOf(db: Db, post: PostRow): Promise<Tags> {
  const { pillars, barriers } = (await readLists(db, [post.id]))(post.id);
  const { country, region } = post;
  return { pillars: pillars.sort(), barriers: barriers.sort(), place: { country, region } };
}

/** For an opening post, sets the thread's pillars too. */
async function setTags(tx: Db, post: PostRow, { place, ...lists }: Tags): Promise<void> {
  await updateDetails(tx, post, { ...place, ...lists } as Partial<PostDetails>);
}
