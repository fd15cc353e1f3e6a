import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import { postsInAnyState, type Reader } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { postRevisions, posts, users } from '~db/schema';
import { type Change, compareTexts } from './text-diff';

/** Revisions per page; few, because comparing each with the previous one takes time. */
const REVISIONS_A_PAGE = 10;

/** Time limits in milliseconds for all comparisons of a page, and for one comparison. */
const TIME = { page: 200, one: 60 };

/** A version of a post's text. */
export interface Revision {
  number: number;
  /** From 1, the text that was first posted. */
  version: number;
  current: boolean;
  createdAt: number;
  reason: string | null;
  editor: string;
  /** The rule under which a moderator hid it; its text is null except for moderators. */
  withheld: string | null;
  body: string | null;
  /** True if the previous version can be compared with it. */
  comparable: boolean;
  /** Differences from the previous version; null if it cannot be compared or differs too much. */
  changes: Change[] | null;
}

/** Returns one page of versions, newest first. The caller checks who may see the post. */
export async function revisionsOf(
  db: Db,
  postId: string,
  reader: Reader,
  wantedPage: number,
): Promise<{ revisions: Revision[]; page: number; pages: number }> {
  const total = await countOf(db, postRevisions, eq(postRevisions.postId, postId));
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
    // One more, because the last one on the page is compared with it.
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
 * Hides a former version of a post under a rule, or shows it again. The current version can only be
 * hidden by a decision about the post.
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
    // Does not replace another moderator's decision made meanwhile.
    .where(rule ? and(one, isNull(postRevisions.hiddenAt)) : one);
}
