import { and, eq } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { CountryCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { meToos, posts, threads } from '~db/schema';
import { requireWriter } from './permission';

/**
 * Sets or removes "I face this too": once per person, on public posts of others; repeating it
 * changes nothing. The country is stored when it is first said: the given one, or the person's own.
 * @throws DomainError if the post does not exist or is their own, or the visitor may not post.
 */
export async function setMeToo(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  { on, country }: { on: boolean; country: CountryCode | null },
): Promise<void> {
  const person = requireWriter(visitor);
  const { threadId } = await publicOne(app.db.reader, postId);
  const about = [`thread:${threadId}`, `person:${person.id}`] as const;
  await app.db.write(
    async (tx) => {
      const post = await publicOne(tx, postId);
      if (post.authorId === person.id)
        throw new DomainError('refused', 'conversation.error.meTooOwn');
      if (!on) {
        await tx.delete(meToos).where(and(eq(meToos.postId, postId), eq(meToos.userId, person.id)));
        return;
      }
      await tx
        .insert(meToos)
        .values({
          postId,
          userId: person.id,
          country: country ?? person.country,
          createdAt: app.clock.now(),
        })
        .onConflictDoNothing();
    },
    { about },
  );
}

async function publicOne(db: Db, postId: string): Promise<{ threadId: string; authorId: string }> {
  const [post] = await db
    .select({ threadId: posts.threadId, authorId: posts.authorId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, postId), publicPost()));
  if (!post) throw new DomainError('missing', 'site.problem.404.title');
  return post;
}
