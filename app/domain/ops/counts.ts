import { and, count, eq, isNull } from 'drizzle-orm';
import { publicPost, publicThread } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { cases, mails, posts, threads, users } from '~db/schema';

/** Returns the numbers that an operator monitors: posts and people, open cases, waiting emails. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const [people] = await db.select({ n: count() }).from(users);
  const [talk] = await db.select({ n: count() }).from(threads).where(publicThread());
  const [words] = await db
    .select({ n: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(publicPost());
  const [open] = await db.select({ n: count() }).from(cases).where(isNull(cases.closedAt));
  const [waiting] = await db
    .select({ n: count() })
    .from(mails)
    .where(and(isNull(mails.sentAt), isNull(mails.failedAt)));
  return {
    people: people?.n ?? 0,
    threads: talk?.n ?? 0,
    posts: words?.n ?? 0,
    open_cases: open?.n ?? 0,
    mails_waiting: waiting?.n ?? 0,
  };
}
