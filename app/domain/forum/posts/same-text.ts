import { and, desc, eq, gt, notInArray, sql } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { postsInAnyState, readerOf } from '~/domain/forum/visibility';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { lettersSaid } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { locatePost } from './posts';

/** Going back in the browser and sending the form again happens within this time. */
const WITHIN = DAY;

/**
 * In letters of an alphabet (`lettersSaid`). A program may say "Thanks!" twice; a form that a person goes back to has a key.
 * Longer texts are compared in any case, as by the check for repeated words.
 */
const SHORTEST_WITHOUT_KEY = 40;

interface Text {
  threadId: string;
  isOpening: boolean;
  replyToId: string | null;
  /** The title of the thread that it opens. */
  title: string | undefined;
  body: string;
  /** UTC ms. */
  now: number;
  /** True if the author wants to post it a second time. */
  again: boolean;
  /** The key of its form; programs send none. */
  key: string | undefined;
}

const readRecent = prepared((db) =>
  db
    .select({
      id: posts.id,
      body: posts.body,
      createdAt: posts.createdAt,
      threadId: posts.threadId,
      isOpening: posts.isOpening,
      replyToId: posts.replyToId,
      title: threads.title,
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        eq(posts.authorId, sql.placeholder('authorId')),
        gt(posts.createdAt, sql.placeholder('since')),
        notInArray(posts.state, ['hidden', 'deleted']),
      ),
    )
    .orderBy(desc(posts.createdAt)),
);

/**
 * Checks whether the author has posted the same text in the same place within a day: as a reply to
 * the same post or thread, or with the same title as the opening of another thread. Returns the id of
 * that post if they want to post it again, and null if there is none.
 * @throws DomainError `refused` of the field `again` if they have not said so.
 */
export async function confirmRepeated(
  db: Db,
  visitor: Visitor,
  text: Text,
): Promise<string | null> {
  const reader = readerOf(visitor);
  if (!reader.personId) return null;
  const wanted = folded(text.body);
  if (text.key === undefined && lettersSaid(wanted) < SHORTEST_WITHOUT_KEY) return null;
  const { personId: authorId } = reader;
  const recent = await readRecent(db, { authorId, since: text.now - WITHIN });
  const same = recent.find((post) => isInPlaceOf(text, post) && folded(post.body) === wanted);
  if (!same) return null;
  if (text.again) return same.id;
  const ago = text.now - same.createdAt;
  throw new DomainError('refused', 'conversation.error.postedAlready', {
    field: 'again',
    values: { hours: Math.floor(ago / HOUR), minutes: Math.floor(ago / MINUTE) },
    href: (await locatePost(db, same.id, reader)) ?? undefined,
  });
}

/** As another opening post with the same title, or as a reply to the same post or thread. */
function isInPlaceOf(
  text: Text,
  post: Pick<Text, 'threadId' | 'isOpening' | 'replyToId' | 'title'>,
) {
  if (post.isOpening !== text.isOpening) return false;
  if (text.isOpening) return folded(post.title ?? '') === folded(text.title ?? '');
  return post.threadId === text.threadId && post.replyToId === text.replyToId;
}

/** Regardless of white space and of how letters with marks are encoded. */
function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
