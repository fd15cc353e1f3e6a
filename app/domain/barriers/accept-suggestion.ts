import { and, desc, eq, inArray } from 'drizzle-orm';
import { mayModerate, mayPost, type Visitor } from '~/domain/accounts/users/visitor';
import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import { findPost, type Post } from '~/domain/forum/posts/posts';
import { namedByAuthor, namedByModerator } from '~/domain/forum/posts/stored-details';
import { postsInAnyState, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { barrierActs, postBarriers, postPillars, posts, users } from '~db/schema';
import { record } from './grouping';
import { suggestBarriers } from './suggest';

/** Suggested kinds and pillars of a post for which none are set. */
export interface Suggested {
  barriers: BarrierKind[];
  pillars: Pillar[];
}

/**
 * Suggests kinds and pillars for posts that have none. A suggestion counts only after a person has
 * accepted it. Posts that have kinds, or seem to report no barrier, get no suggestion.
 */
export async function suggestionsFor(
  db: Db,
  shown: readonly Pick<
    Post,
    'id' | 'barriers' | 'notBarrier' | 'pillars' | 'isOpening' | 'state'
  >[],
): Promise<Map<string, Suggested>> {
  const open = shown.filter(
    ({ barriers, notBarrier, isOpening, state }) =>
      barriers.length === 0 && !notBarrier && !isOpening && state !== 'deleted',
  );
  if (open.length === 0) return new Map();
  const rows = await db
    .select({ id: posts.id, body: posts.body, language: posts.language })
    .from(postsInAnyState)
    .where(
      inArray(
        posts.id,
        open.map(({ id }) => id),
      ),
    );
  return new Map(
    rows.flatMap(({ id, body, language }) => {
      const suggestion = suggestBarriers(body, language);
      if (!suggestion.raises) return [];
      const told = open.find((post) => post.id === id)?.pillars.length ?? 0;
      const barriers = suggestion.kinds.map(({ kind }) => kind);
      const pillars = told > 0 ? [] : suggestion.pillars.map(({ pillar }) => pillar);
      return [[id, { barriers, pillars }] as const];
    }),
  );
}

/** True if the visitor may accept a suggestion: the post's author, or a moderator. */
export function mayAccept(visitor: Visitor, authorId: string): boolean {
  const own = visitor.person?.id === authorId;
  return (own && mayPost(visitor)) || mayModerate(visitor);
}

/**
 * Adds kinds and pillars to a post that has none: from then on they count.
 * @throws DomainError if the post is not visible to the visitor, or nothing was chosen.
 */
export async function acceptKinds(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  { barriers, pillars }: Suggested,
): Promise<void> {
  const { person } = visitor;
  await app.db.write(async (tx) => {
    const found = await findPost(tx, postId, readerOf(visitor));
    if (!found || !person || found.post.isOpening || !mayAccept(visitor, found.post.author.id)) {
      throw new DomainError('missing', 'site.problem.404.title');
    }
    const kinds = barriers.filter((kind) => !found.post.barriers.includes(kind));
    const about = pillars.filter((pillar) => !found.post.pillars.includes(pillar));
    if (barriers.length === 0) throw new DomainError('refused', 'barriers.accept.none');
    if (kinds.length > 0) {
      const own = found.post.author.id === person.id;
      const by = own ? namedByAuthor({ importedAt: null }) : namedByModerator(person.id);
      await tx.insert(postBarriers).values(kinds.map((kind) => ({ postId, kind, ...by })));
    }
    if (about.length > 0) {
      await tx.insert(postPillars).values(about.map((pillar) => ({ postId, pillar })));
    }
    if (kinds.length + about.length === 0) return;
    await record(tx, app.clock, person.id, 'accept', {
      subject: postId,
      postIds: [postId],
      kinds,
      pillars: about,
    });
  });
}

/**
 * Undoes the last acceptance for a post, so that it is a suggestion again.
 * @throws DomainError as `acceptKinds` does.
 */
export async function takeBackKinds(
  app: AppContext,
  visitor: Visitor,
  postId: string,
): Promise<void> {
  const { person } = visitor;
  await app.db.write(async (tx) => {
    const found = await findPost(tx, postId, readerOf(visitor));
    if (!found || !person || !mayAccept(visitor, found.post.author.id)) {
      throw new DomainError('missing', 'site.problem.404.title');
    }
    const accepted = await lastAccepted(tx, postId);
    if (!accepted) return;
    const { kinds, pillars } = accepted;
    await tx
      .delete(postBarriers)
      .where(and(eq(postBarriers.postId, postId), inArray(postBarriers.kind, kinds)));
    await tx
      .delete(postPillars)
      .where(and(eq(postPillars.postId, postId), inArray(postPillars.pillar, pillars)));
    await record(tx, app.clock, person.id, 'take-back', {
      subject: postId,
      postIds: [postId],
      kinds: kinds as BarrierKind[],
      pillars: pillars as Pillar[],
    });
  });
}

/** Returns the last accepted suggestion of a post, if it has not been undone. */
async function lastAccepted(db: Db, postId: string) {
  const [last] = await db
    .select()
    .from(barrierActs)
    .where(and(eq(barrierActs.subject, postId), inArray(barrierActs.act, ['accept', 'take-back'])))
    .orderBy(desc(barrierActs.createdAt), desc(barrierActs.id))
    .limit(1);
  return last?.act === 'accept' ? last : null;
}

/**
 * Returns the posts with the most recently accepted suggestions that are still in effect, newest
 * first.
 */
export async function lastAcceptedPosts(
  db: Db,
  most: number,
): Promise<{ postId: string; kinds: string[]; at: number; handle: string }[]> {
  const rows = await db
    .select({
      act: barrierActs.act,
      postId: barrierActs.subject,
      kinds: barrierActs.kinds,
      at: barrierActs.createdAt,
      handle: users.handle,
    })
    .from(barrierActs)
    .innerJoin(users, eq(users.id, barrierActs.personId))
    .where(inArray(barrierActs.act, ['accept', 'take-back']))
    .orderBy(desc(barrierActs.createdAt), desc(barrierActs.id))
    .limit(most * 3);
  const seen = new Set<string>();
  return rows
    .filter(({ act, postId }) => !seen.has(postId) && seen.add(postId) && act === 'accept')
    .slice(0, most);
}
