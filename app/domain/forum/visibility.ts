import {
  type AnyColumn,
  and,
  eq,
  inArray,
  isNull,
  ne,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import type { Db } from '~db/client';
import { alias, anyRow, noRow } from '~db/dialect';
import { postRevisions, posts, postTranslations, threads } from '~db/schema';
import { prepared } from '~db/statement-cache';

/*
 * The only rules for what is shown. Pages, feeds, search, counts, emails, exports and digests all
 * use them. Queries with these conditions must join `threads`.
 */

/**
 * Posts in any state, for queries that show no text to readers: for moderators, for authors of
 * their own posts, for ids, positions and counts. `visibility.test.ts` checks that every query that
 * reads `posts` itself uses one of the conditions below.
 */
export const postsInAnyState = posts;

/** The reader's data that decide what they may see. */
export interface Reader {
  personId: string | null;
  moderates: boolean;
}

/** A logged-out reader; also used for content that is the same for all, such as feeds. */
export const EVERYBODY: Reader = { personId: null, moderates: false };

/** A reader, or in a prepared query any reader of a kind. */
export type AnyReader = Omit<Reader, 'personId'> & { personId: string | Placeholder | null };

const readerId = sql.placeholder('readerId');

/**
 * A query with a condition for its reader that is built once for each kind of reader: for everybody,
 * for members and for moderators. See `prepared`.
 */
export function preparedForReader<Rows>(
  build: (db: Db, reader: AnyReader) => ReturnType<Parameters<typeof prepared<Rows>>[0]>,
): (db: Db, reader: Reader, values: Record<string, unknown>) => Promise<Rows> {
  const forEverybody = prepared((db) => build(db, EVERYBODY));
  const forMember = prepared((db) => build(db, { personId: readerId, moderates: false }));
  const forModerator = prepared((db) => build(db, { personId: readerId, moderates: true }));
  return (db, { personId, moderates }, values) => {
    const forMembers = moderates ? forModerator : forMember;
    const query = personId === null && !moderates ? forEverybody : forMembers;
    return query(db, { ...values, readerId: personId });
  };
}

export function readerOf(visitor: Visitor): Reader {
  return { personId: visitor.person?.id ?? null, moderates: mayModerate(visitor) };
}

/**
 * Condition for public threads. A title is published with the opening post: while that post is held
 * or hidden, the thread is not public. If it is deleted, the thread stays public as long as it has
 * replies.
 */
export function publicThread(): SQL {
  return all(
    inArray(threads.state, ['open', 'locked']),
    noRow(
      opening,
      eq(opening.threadId, threads.id),
      eq(opening.isOpening, true),
      any(
        inArray(opening.state, ['held', 'hidden']),
        all(eq(opening.state, 'deleted'), noVisibleAnswer()),
      ),
    ),
  );
}

/** Condition for visible posts in threads that the reader may open; `of` aliases `posts`. */
export function visiblePost(of: { state: AnyColumn } = posts): SQL {
  return eq(of.state, 'visible');
}

/** Condition for public posts: visible, in a public thread. */
export function publicPost(): SQL {
  return all(visiblePost(), publicThread());
}

/** Condition for threads that a reader may open: public or their own; moderators: all. */
export function readableThread(reader: AnyReader): SQL {
  if (reader.moderates) return sql`true`;
  if (!reader.personId) return publicThread();
  const own = all(eq(threads.authorId, reader.personId), ne(threads.state, 'draft'));
  return any(publicThread(), own);
}

/**
 * Condition for posts that a reader may see in a thread that they may open: visible posts, and
 * their own held or hidden ones; moderators see all held and hidden posts. `of` is an alias of
 * `posts`.
 */
export function readablePost(
  reader: AnyReader,
  of: { state: AnyColumn; authorId: AnyColumn } = posts,
): SQL {
  const visible = visiblePost(of);
  const withheld = inArray(of.state, ['held', 'hidden']);
  if (reader.moderates) return any(visible, withheld);
  if (!reader.personId) return visible;
  return any(visible, all(withheld, eq(of.authorId, reader.personId)));
}

/** Condition for posts that appear in a thread: readable ones, and deleted ones without text. */
export function placedPost(
  reader: AnyReader,
  of: { state: AnyColumn; authorId: AnyColumn; deletedFrom: AnyColumn } = posts,
): SQL {
  return any(readablePost(reader, of), all(eq(of.state, 'deleted'), eq(of.deletedFrom, 'visible')));
}

/**
 * Condition for translations of posts that the reader may see: nobody removed them, and what they
 * translate can be read, as the present text or as a former one that no moderator hid. Join `posts`
 * under one of the conditions above.
 */
export function shownTranslation(): SQL {
  return all(
    isNull(postTranslations.removedAt),
    intoAnotherLanguage(),
    any(
      ofPresentText(),
      anyRow(
        postRevisions,
        eq(postRevisions.postId, postTranslations.postId),
        eq(postRevisions.number, postTranslations.revision),
        isNull(postRevisions.hiddenAt),
      ),
    ),
  );
}

/** Condition for translations of what a post says now. Search and digests use no others. */
export function ofPresentText(): SQL {
  return all(
    isNull(postTranslations.removedAt),
    intoAnotherLanguage(),
    eq(postTranslations.revision, posts.revision),
  );
}

/** Whoever corrects the language of a post may find a translation into it: `isInLanguage`, in SQL. */
function intoAnotherLanguage(): SQL {
  const { language } = postTranslations;
  return sql`${posts.language} || '-' not like ${language} || '-%'`;
}

function noVisibleAnswer(): SQL {
  const inThread = eq(answer.threadId, threads.id);
  return noRow(answer, inThread, eq(answer.isOpening, false), visiblePost(answer));
}

const opening = alias(posts, 'opening');
const answer = alias(posts, 'answer');

// `and` and `or` return undefined only for no arguments.
function all(...conditions: SQL[]): SQL {
  return and(...conditions) as SQL;
}

function any(...conditions: SQL[]): SQL {
  return or(...conditions) as SQL;
}
