import { and, eq } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { FlagReason } from '~/domain/community/vocabularies';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { flags, posts, threads, users } from '~db/schema';
import { openCase } from './open-case';

export interface NewFlag {
  postId: string;
  reason: FlagReason;
  /** Only moderators read it. */
  note: string;
}

/**
 * Brings a post before the moderators: opens its case, or joins the one that is open. One flag
 * per person and post: a second one changes nothing and is no error.
 * @throws DomainError `missing` for a post that is not public, `refused` for one's own, `too-many`.
 */
export async function flagPost(app: AppContext, person: Person, flag: NewFlag): Promise<void> {
  await countUse(app, 'flag', person.id);
  await app.db.write(async (tx) => {
    const post = await flaggable(tx, flag.postId);
    if (!post) throw new DomainError('missing', 'site.problem.404.title');
    if (post.author.id === person.id) throw new DomainError('refused', 'moderation.error.ownFlag');
    if (await flaggedAt(tx, person.id, flag.postId)) return;
    const now = app.clock.now();
    await tx.insert(flags).values({
      id: newId(now),
      caseId: await openCase(tx, app.clock, { subject: { postId: flag.postId }, cause: 'flag' }),
      postId: flag.postId,
      userId: person.id,
      reason: flag.reason,
      note: flag.note || null,
      createdAt: now,
    });
  });
}

/** A public post as the page shows it that asks why it is flagged; null when there is none. */
export async function flaggable(db: Db, postId: string) {
  const [post] = await db
    .select({
      id: posts.id,
      html: posts.html,
      language: posts.language,
      createdAt: posts.createdAt,
      author: { id: users.id, handle: users.handle },
      thread: { title: threads.title, language: threads.language },
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(eq(posts.id, postId), publicPost()));
  return post ?? null;
}

/** When a person flagged a post, in UTC milliseconds; null when they did not. */
export async function flaggedAt(db: Db, personId: string, postId: string): Promise<number | null> {
  const [flag] = await db
    .select({ createdAt: flags.createdAt })
    .from(flags)
    .where(and(eq(flags.postId, postId), eq(flags.userId, personId)));
  return flag?.createdAt ?? null;
}
