import { eq, inArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { MessageKey } from '~/platform/i18n/translator';
import { addressHash } from '~/platform/mail/suppression';
import { type Column, QueryBuilder, type Table } from '~db/dialect';
import {
  addressChanges,
  appeals,
  attempts,
  authenticators,
  bookmarks,
  caseCauses,
  cases,
  decisions,
  deliveries,
  digestAnnouncements,
  digestDisputes,
  digestErrata,
  digestProposals,
  digestSources,
  digests,
  drafts,
  flags,
  follows,
  keyPointActs,
  keyPointPosts,
  keyPointStances,
  keyPoints,
  keyPointTexts,
  legalNotices,
  mailRefusals,
  mails,
  mailTokens,
  meToos,
  modConversations,
  modMessages,
  notifications,
  passkeys,
  patterns,
  personNotes,
  postBarriers,
  postPillars,
  postRevisions,
  posts,
  practiceAnswers,
  readingChoices,
  readMarks,
  recoveryCodes,
  sameBarrierProposals,
  sessions,
  signals,
  subscriptionPillars,
  subscriptionScopes,
  subscriptions,
  suppressions,
  threadPillars,
  threads,
  threadWatches,
  users,
  waitingPosts,
} from '~db/schema';

/*
 * All tables of the database, and what they hold about a person. The export uses this list; a test
 * compares it with the schema and fails for every table or reference to a person that is missing
 * here.
 */

/** The person whose data are exported. */
export interface Owner {
  id: string;
  /** The normalised email address; null if the person has none. */
  emailKey: string | null;
}

/** One file of the export: some columns of some rows of a table. */
export interface InventoryEntry {
  table: Table;
  /** The file's name without `.json`; `account.export.file.*` describes its content. */
  file: ExportFile;
  whose: (owner: Owner) => SQL;
  /** Columns that are not exported: secrets, derived values, and data about other people. */
  omit: readonly string[];
}

type FileOf<Key> = Key extends `account.export.file.${infer File}` ? File : never;
type ExportFile = FileOf<MessageKey>;

const holding = (
  table: Table,
  file: ExportFile,
  whose: InventoryEntry['whose'],
  omit: readonly string[] = [],
): InventoryEntry => ({ table, file, whose, omit });

/** The rows in which a column names the person. */
const own = (column: Column, file: ExportFile, omit?: readonly string[]) =>
  holding(column.table, file, ({ id }) => eq(column, id), omit);

type Ids = (owner: Owner) => SQLWrapper;

/** The rows that belong to other rows of the person. */
const under = (column: Column, file: ExportFile, ids: Ids, omit?: readonly string[]) =>
  holding(column.table, file, (owner) => inArray(column, ids(owner)), omit);

const query = new QueryBuilder();

const ownPosts = ({ id }: Owner) =>
  query.select({ id: posts.id }).from(postsInAnyState).where(eq(posts.authorId, id));

const ownThreads = ({ id }: Owner) =>
  query.select({ id: threads.id }).from(threads).where(eq(threads.authorId, id));

const ownCase = (owner: Owner) =>
  or(
    inArray(cases.postId, ownPosts(owner)),
    inArray(cases.threadId, ownThreads(owner)),
    eq(cases.personId, owner.id),
  ) as SQL;

const ownCases = (owner: Owner) => query.select({ id: cases.id }).from(cases).where(ownCase(owner));

const ownConversations = ({ id }: Owner) =>
  query
    .select({ id: modConversations.id })
    .from(modConversations)
    .where(eq(modConversations.personId, id));

const ownSubscriptions = ({ emailKey }: Owner) =>
  query
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.emailKey, emailKey ?? ''));

/** The data that a person gets. */
export const DATA_INVENTORY: readonly InventoryEntry[] = [
  own(users.id, 'account', [
    // Secrets, and normalised forms of other columns.
    'passwordHash',
    'handleKey',
    'handleSkeleton',
    'handleLook',
    'nameLook',
    'emailKey',
  ]),
  own(sessions.userId, 'sessions', ['id']),
  own(mailTokens.userId, 'links-by-mail', ['id']),
  own(attempts.userId, 'log-ins-begun', ['id', 'codeHash', 'options']),
  own(authenticators.userId, 'authenticator-app', ['secret']),
  own(recoveryCodes.userId, 'recovery-codes', ['id']),
  own(passkeys.userId, 'passkeys'),
  own(addressChanges.userId, 'address-changes', ['id', 'undoId', 'oldKey']),
  own(notifications.userId, 'notices'),
  own(threads.authorId, 'threads'),
  under(threadPillars.threadId, 'thread-pillars', ownThreads),
  own(
    posts.authorId,
    'posts',
    // Generated from the body.
    ['html', 'excerpt'],
  ),
  under(postBarriers.postId, 'post-barriers', ownPosts, ['personId']),
  own(postBarriers.personId, 'kinds-named'),
  under(postPillars.postId, 'post-pillars', ownPosts),
  under(keyPointPosts.postId, 'key-point-posts', ownPosts, ['addedById']),
  own(keyPointPosts.addedById, 'key-point-posts-added'),
  own(keyPointStances.userId, 'stances'),
  own(keyPoints.createdById, 'key-points'),
  own(keyPointTexts.acceptedById, 'key-point-titles'),
  under(keyPointTexts.sourcePostId, 'key-point-titles-quoted', ownPosts, ['acceptedById']),
  own(keyPointActs.personId, 'key-point-acts'),
  under(sameBarrierProposals.postId, 'same-barriers', ownPosts),
  own(meToos.userId, 'affirmations'),
  own(postRevisions.editorId, 'revisions', ['html', 'hiddenBy']),
  own(postRevisions.hiddenBy, 'revisions-withheld', ['body', 'html', 'editorId', 'reason']),
  own(drafts.userId, 'drafts'),
  own(waitingPosts.userId, 'waiting-posts', ['id']),
  own(readingChoices.userId, 'reading-choices'),
  own(readMarks.userId, 'read-marks'),
  own(threadWatches.userId, 'watches'),
  own(follows.userId, 'follows'),
  own(bookmarks.userId, 'bookmarks'),
  holding(suppressions, 'no-mail', (owner) =>
    eq(suppressions.addressHash, addressHash(owner.emailKey ?? '')),
  ),
  holding(mailRefusals, 'refused-mail', ({ emailKey }) =>
    eq(mailRefusals.addressHash, addressHash(emailKey ?? '')),
  ),
  own(flags.userId, 'flags'),
  holding(cases, 'cases', (owner) => ownCase(owner), ['claimedById', 'claimedUntil', 'remindedAt']),
  own(cases.claimedById, 'cases-claimed', ['postId', 'threadId', 'personId']),
  under(
    caseCauses.caseId,
    'case-causes',
    ownCases,
    // Names of patterns, and ids of other people's notices.
    ['detail'],
  ),
  own(appeals.authorId, 'appeals'),
  own(decisions.authorId, 'decisions', ['moderatorId', 'privateNote', 'batchId']),
  own(decisions.moderatorId, 'decisions-made', ['authorId']),
  under(signals.postId, 'signals', ownPosts),
  own(patterns.addedById, 'patterns', ['retiredById']),
  own(patterns.retiredById, 'patterns-ended', ['addedById']),
  holding(
    legalNotices,
    'legal-notices',
    ({ id, emailKey }) =>
      or(eq(legalNotices.userId, id), eq(sql`lower(${legalNotices.email})`, emailKey ?? '')) as SQL,
  ),
  own(modConversations.personId, 'talks-with-moderators'),
  holding(
    modMessages,
    'messages-to-moderators',
    (owner) =>
      or(
        eq(modMessages.authorId, owner.id),
        inArray(modMessages.talkId, ownConversations(owner)),
      ) as SQL,
  ),
  own(personNotes.personId, 'notes-about-you', ['authorId']),
  own(personNotes.authorId, 'notes-written', ['personId']),
  own(practiceAnswers.moderatorId, 'practice'),
  own(digests.publishedById, 'digests-published', ['content', 'drafted', 'presses']),
  own(digests.noteById, 'digests-with-your-note', ['content', 'drafted', 'presses']),
  own(digestProposals.decidedById, 'machine-words-decided', ['original']),
  own(digestDisputes.authorId, 'disputes'),
  under(digestAnnouncements.postId, 'digests-announced', ownPosts),
  under(digestErrata.postId, 'digests-without-your-words', ownPosts),
  under(digestSources.postId, 'digests-with-your-words', ownPosts),
  holding(
    subscriptions,
    'subscriptions',
    ({ emailKey }) => eq(subscriptions.emailKey, emailKey ?? ''),
    ['emailKey'],
  ),
  under(subscriptionScopes.subscriptionId, 'subscription-places', ownSubscriptions),
  under(subscriptionPillars.subscriptionId, 'subscription-pillars', ownSubscriptions),
  under(deliveries.subscriptionId, 'digests-sent', ownSubscriptions),
  holding(mails, 'mails', ({ emailKey }) => eq(sql`lower(${mails.to})`, emailKey ?? ''), [
    'text',
    'html',
    'headers',
  ]),
];

/** Tables that are not exported; `account.export.leftOut.*` gives the reasons. */
export const LEFT_OUT = [
  'digest_key_points',
  'digest_plans',
  'erasures',
  'text_prints',
  'jobs',
  'limits',
  'settings',
  'submissions',
] as const;
