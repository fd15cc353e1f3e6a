import { type AnyColumn, and, eq, inArray, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { alias, QueryBuilder } from '~db/dialect';
import { posts, threads } from '~db/schema';

/*
 * The one rule of what is shown. Pages, feeds, search, counts, mails, exports and digests all
 * ask here; nothing else decides. Queries that use these conditions join `threads`.
 */

/**
 * Posts whatever their state, for queries that show readers no text of them: to moderators, to
 * authors of their own, ids, places and counts. `visibility.test.ts` holds every query that reads
 * `posts` itself to one of the conditions below.
 */
export const postsInAnyState = posts;

/** A reader, as far as it matters for what they may see. */
export interface Reader {
  personId: string | null;
  moderates: boolean;
}

/** Whoever is not logged in; also for what is the same for all, such as feeds. */
export const EVERYBODY: Reader = { personId: null, moderates: false };

export function readerOf(visitor: Visitor): Reader {
  return { personId: visitor.person?.id ?? null, moderates: mayModerate(visitor) };
}

/**
 * Threads that everybody may read. A title is published with the opening post: while that is
 * held or hidden, the thread is not there either; once it is deleted, the thread stays for as
 * long as it has answers.
 */
export function publicThread(): SQL {
  return all(
    inArray(threads.state, ['open', 'locked']),
    notExists(
      new QueryBuilder()
        .select({ one: sql`1` })
        .from(opening)
        .where(
          and(
            eq(opening.threadId, threads.id),
            eq(opening.isOpening, true),
            any(
              inArray(opening.state, ['held', 'hidden']),
              all(eq(opening.state, 'deleted'), notExists(visibleAnswers())),
            ),
          ),
        ),
    ),
  );
}

/**
 * Posts that are shown wherever their thread is; for queries about threads that the reader may
 * open. `of` is an alias of `posts`.
 */
export function visiblePost(of: { state: AnyColumn } = posts): SQL {
  return eq(of.state, 'visible');
}

/** Posts that everybody may read: visible, in a thread that everybody may read. */
export function publicPost(): SQL {
  return all(visiblePost(), publicThread());
}

/**
 * `publicPost` for counting very many: which threads are public is found out once for all of them.
 * Not to be joined with `threads`.
 */
export function publicPostAmongAll(): SQL {
  const { id } = threads;
  const shown = new QueryBuilder().select({ id }).from(threads).where(publicThread());
  return all(visiblePost(), inArray(posts.threadId, shown));
}

/** Threads that one reader may open: besides the public ones their own; moderators open all. */
export function readableThread(reader: Reader): SQL {
  if (reader.moderates) return sql`true`;
  if (!reader.personId) return publicThread();
  const own = all(eq(threads.authorId, reader.personId), ne(threads.state, 'draft'));
  return any(publicThread(), own);
}

/**
 * Posts that one reader may see in a thread that they may open: besides the visible ones their
 * own that are held or hidden; moderators see every one of those. `of` is an alias of `posts`.
 */
export function readablePost(
  reader: Reader,
  of: { state: AnyColumn; authorId: AnyColumn } = posts,
): SQL {
  const visible = visiblePost(of);
  const withheld = inArray(of.state, ['held', 'hidden']);
  if (reader.moderates) return any(visible, withheld);
  if (!reader.personId) return visible;
  return any(visible, all(withheld, eq(of.authorId, reader.personId)));
}

/**
 * Posts that keep their place in a thread: those that the reader may see, and those that their
 * authors deleted, of which nothing is shown but that they were there.
 */
export function placedPost(
  reader: Reader,
  of: { state: AnyColumn; authorId: AnyColumn; deletedFrom: AnyColumn } = posts,
): SQL {
  return any(readablePost(reader, of), all(eq(of.state, 'deleted'), eq(of.deletedFrom, 'visible')));
}

/** The visible posts after the opening of the thread at hand. */
function visibleAnswers() {
  return new QueryBuilder()
    .select({ one: sql`1` })
    .from(answer)
    .where(and(eq(answer.threadId, threads.id), eq(answer.isOpening, false), visiblePost(answer)));
}

const opening = alias(posts, 'opening');
const answer = alias(posts, 'answer');

// `and` and `or` give undefined only when they are given nothing.
function all(...conditions: SQL[]): SQL {
  return and(...conditions) as SQL;
}

function any(...conditions: SQL[]): SQL {
  return or(...conditions) as SQL;
}
