import { isNull } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import { publicPost, publicThread } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { cases, mails, threads, users } from '~db/schema';

/** Returns the numbers that an operator monitors: posts and people, open cases, waiting emails. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  return {
    people: await countOf(db, users),
    threads: await countOf(db, threads, publicThread()),
    posts: await countPosts(db, publicPost()),
    open_cases: await countOf(db, cases, isNull(cases.closedAt)),
    mails_waiting: await countOf(db, mails, isNull(mails.sentAt), isNull(mails.failedAt)),
  };
}
