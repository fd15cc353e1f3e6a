import { and, count, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import { postsInAnyState, type Reader } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { postRevisions, posts, users } from '~db/schema';
import { type Change, compareTexts } from './text-diff';

/** Each is compared with the one before, which takes time. */
const REVISIONS_A_PAGE = 10;

/** Milliseconds for all comparisons of a page, and for one of them. */
const TIME = { page: 200, one: 60 };

/** A text that a post has had. */
export interface Revision {
  number: number;
  /** Counted from 1, the text that was posted first. */
  version: number;
  current: boolean;
  createdAt: number;
  reason: string | null;
  editor: string;
  /** The rule for which a moderator withholds it; its text is null to all but moderators. */
  withheld: string | null;
  body: string | null;
  /** Whether the version before is there to be compared with. */
  comparable: boolean;
  /** Against the version before; null where it is not comparable, or differs too much. */
  changes: Change[] | null;
}

/** One page of the texts a post has had, newest first; whether the reader may see the post is asked before. */
export async function revisionsOf(
  db: Db,
  postId: string,
  reader: Reader,
  wantedPage: number,
): Promise<{ revisions: Revision[]; page: number; pages: number }> {
  const [counted] = await db
    .select({ total: count() })
    .from(postRevisions)
    .where(eq(postRevisions.postId, postId));
  const total = counted?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / REVISIONS_A_PAGE));
  const page = Math.min(wantedPage, pages);
  const offset = (page - 1) * REVISIONS_A_PAGE;
  const rows = await db
    .select({ revision: postRevisions, editor: users.handle, current: posts.revision })
    .from(postRevisions)
    .innerJoin(postsInAnyState, eq(posts.id, postRevisions.postId))
    .innerJoin(users, eq(users.id, postRevisions.editorId))
    .where(eq(postRevisions.postId, postId))
    .orderBy(desc(postRevisions.number))
    // One more: the last of the page is compared with it.
    .limit(REVISIONS_A_PAGE + 1)
    .offset(offset);
  const readable = ({ hiddenAt }: { hiddenAt: number | null }) =>
    hiddenAt === null || reader.moderates;
  const started = performance.now();
  const revisions = rows.slice(0, REVISIONS_A_PAGE).map(({ revision, editor, current }, at) => {
    const before = rows[at + 1]?.revision;
    const left = TIME.page - (performance.now() - started);
    const comparable = before !== undefined && readable(before) && readable(revision);
    return {
      number: revision.number,
      version: total - offset - at,
      current: revision.number === current,
      createdAt: revision.createdAt,
      reason: readable(revision) ? revision.reason : null,
      editor,
      withheld: revision.hiddenAt === null ? null : revision.hiddenRule,
      body: readable(revision) ? revision.body : null,
      comparable,
      changes:
        comparable && left > 0
          ? compareTexts(before.body, revision.body, Math.min(left, TIME.one))
          : null,
    };
  });
  return { revisions, page, pages };
}

/**
 * Withholds a text that its author edited away, for a rule, or shows it again. The one in force is
 * a matter for the post's case.
 * @throws DomainError `missing`, or `refused` for one's own post.
 */
export async function withholdRevision(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  moderator: Person,
  { postId, number, rule }: { postId: string; number: number; rule: RuleSlug | null },
): Promise<void> {
  const [row] = await tx
    .select({ authorId: posts.authorId })
    .from(postRevisions)
    .innerJoin(postsInAnyState, eq(posts.id, postRevisions.postId))
    .where(
      and(
        eq(postRevisions.postId, postId),
        eq(postRevisions.number, number),
        lt(postRevisions.number, posts.revision),
      ),
    );
  if (!row) throw new DomainError('missing', 'site.problem.404.title');
  if (row.authorId === moderator.id) throw new DomainError('refused', 'moderation.error.ownPost');
  const hidden = { hiddenAt: clock.now(), hiddenBy: moderator.id, hiddenRule: rule };
  const shown = { hiddenAt: null, hiddenBy: null, hiddenRule: null };
  const one = and(eq(postRevisions.postId, postId), eq(postRevisions.number, number));
  await tx
    .update(postRevisions)
    .set(rule ? hidden : shown)
    // What another moderator withheld meanwhile stays theirs.
    .where(rule ? and(one, isNull(postRevisions.hiddenAt)) : one);
}
