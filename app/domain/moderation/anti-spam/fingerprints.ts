import { and, asc, eq, gte, ne, sql } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { postsInAnyState } from '~/domain/forum/visibility';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { lettersSaid } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { posts, textPrints } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { foldWords } from './pattern';
import type { Signal } from './signal';

/** The fingerprint of a text: a hash of its words, ignoring everything between them. */
export type Print = string;

/** In letters of an alphabet (`lettersSaid`). Shorter texts, such as "Thank you, that helped", are repeated in good faith. */
const SHORTEST = 40;

/** Retention of fingerprints. */
const REMEMBERED = 30 * DAY;

/** Returns null for a text that is too short. */
export function printOf(text: string): Print | null {
  const words = foldWords(text);
  return lettersSaid(words) < SHORTEST ? null : digestOf(words);
}

const readTwins = prepared((db) =>
  db
    .select({ id: posts.id, authorId: posts.authorId })
    .from(textPrints)
    .innerJoin(postsInAnyState, eq(posts.id, textPrints.postId))
    .where(
      and(
        eq(textPrints.print, sql.placeholder('print')),
        gte(textPrints.createdAt, sql.placeholder('since')),
        ne(posts.state, 'deleted'),
      ),
    )
    .orderBy(asc(posts.createdAt), asc(posts.id))
    .limit(50),
);

/**
 * Checks whether the same words were posted before. A repetition by the same person is refused with
 * a link to the first post, unless it is `repeated`, the one they repeat on purpose; by another
 * person, the post is held for a moderator.
 * @throws DomainError `refused` for the field `body`.
 */
export async function findTwin(
  tx: Db,
  clock: Clock,
  author: Person,
  print: Print | null,
  repeated: string | null,
): Promise<Signal[]> {
  if (!print) return [];
  const rows = await readTwins(tx, { print, since: clock.now() - REMEMBERED });
  const own = rows.filter(({ authorId }) => authorId === author.id);
  const [first] = own.filter(({ id }) => id !== repeated);
  if (first) {
    throw new DomainError('refused', 'guard.error.duplicate', {
      field: 'body',
      href: pathTo('/p/:id', { id: first.id }),
    });
  }
  const [other] = rows.filter(({ authorId }) => authorId !== author.id);
  return other ? [{ kind: 'duplicate', effect: 'hold', otherPostId: other.id }] : [];
}
