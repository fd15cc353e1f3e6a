import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { MessageKey } from '~/platform/i18n/translator';
import { addressHash } from '~/platform/mail/suppression';
import { QueryBuilder, type Table } from '~db/dialect';
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
  holding(users, 'account', ({ id }) => eq(users.id, id), [
    // Secrets, and normalised forms of other columns.
    'passwordHash',
    'handleKey',
    'handleSkeleton',
    'handleLook',
    'nameLook',
    'emailKey',
  ]),
  holding(sessions, 'sessions', ({ id }) => eq(sessions.userId, id), ['id']),
  holding(mailTokens, 'links-by-mail', ({ id }) => eq(mailTokens.userId, id), ['id']),
  holding(attempts, 'log-ins-begun', ({ id }) => eq(attempts.userId, id), [
    'id',
    'codeHash',
    'options',
  ]),
  holding(authenticators, 'authenticator-app', ({ id }) => eq(authenticators.userId, id), [
    'secret',
  ]),
  holding(recoveryCodes, 'recovery-codes', ({ id }) => eq(recoveryCodes.userId, id), ['id']),
  holding(passkeys, 'passkeys', ({ id }) => eq(passkeys.userId, id)),
  holding(addressChanges, 'address-changes', ({ id }) => eq(addressChanges.userId, id), [
    'id',
    'undoId',
    'oldKey',
  ]),
  holding(notifications, 'notices', ({ id }) => eq(notifications.userId, id)),
  holding(threads, 'threads', ({ id }) => eq(threads.authorId, id)),
  holding(threadPillars, 'thread-pillars', (owner) =>
    inArray(threadPillars.threadId, ownThreads(owner)),
  ),
  holding(
    posts,
    'posts',
    ({ id }) => eq(posts.authorId, id),
    // Generated from the body.
    ['html', 'excerpt'],
  ),
  holding(postBarriers, 'post-barriers', (owner) => inArray(postBarriers.postId, ownPosts(owner)), [
    'personId',
  ]),
  holding(postBarriers, 'kinds-named', ({ id }) => eq(postBarriers.personId, id)),
  holding(postPillars, 'post-pillars', (owner) => inArray(postPillars.postId, ownPosts(owner))),
  holding(
    keyPointPosts,
    'key-point-posts',
    (owner) => inArray(keyPointPosts.postId, ownPosts(owner)),
    ['addedById'],
  ),
  holding(keyPointPosts, 'key-point-posts-added', ({ id }) => eq(keyPointPosts.addedById, id)),
  holding(keyPointStances, 'stances', ({ id }) => eq(keyPointStances.userId, id)),
  holding(keyPoints, 'key-points', ({ id }) => eq(keyPoints.createdById, id)),
  holding(keyPointTexts, 'key-point-titles', ({ id }) => eq(keyPointTexts.acceptedById, id)),
  holding(
    keyPointTexts,
    'key-point-titles-quoted',
    (owner) => inArray(keyPointTexts.sourcePostId, ownPosts(owner)),
    ['acceptedById'],
  ),
  holding(keyPointActs, 'key-point-acts', ({ id }) => eq(keyPointActs.personId, id)),
  holding(sameBarrierProposals, 'same-barriers', (owner) =>
    inArray(sameBarrierProposals.postId, ownPosts(owner)),
  ),
  holding(meToos, 'affirmations', ({ id }) => eq(meToos.userId, id)),
  holding(postRevisions, 'revisions', ({ id }) => eq(postRevisions.editorId, id), [
    'html',
    'hiddenBy',
  ]),
  holding(postRevisions, 'revisions-withheld', ({ id }) => eq(postRevisions.hiddenBy, id), [
    'body',
    'html',
    'editorId',
    'reason',
  ]),
  holding(drafts, 'drafts', ({ id }) => eq(drafts.userId, id)),
  holding(waitingPosts, 'waiting-posts', ({ id }) => eq(waitingPosts.userId, id), ['id']),
  holding(readingChoices, 'reading-choices', ({ id }) => eq(readingChoices.userId, id)),
  holding(readMarks, 'read-marks', ({ id }) => eq(readMarks.userId, id)),
  holding(threadWatches, 'watches', ({ id }) => eq(threadWatches.userId, id)),
  holding(follows, 'follows', ({ id }) => eq(follows.userId, id)),
  holding(bookmarks, 'bookmarks', ({ id }) => eq(bookmarks.userId, id)),
  holding(suppressions, 'no-mail', (owner) =>
    eq(suppressions.addressHash, addressHash(owner.emailKey ?? '')),
  ),
  holding(mailRefusals, 'refused-mail', ({ emailKey }) =>
    eq(mailRefusals.addressHash, addressHash(emailKey ?? '')),
  ),
  holding(flags, 'flags', ({ id }) => eq(flags.userId, id)),
  holding(cases, 'cases', (owner) => ownCase(owner), ['claimedById', 'claimedUntil', 'remindedAt']),
  holding(cases, 'cases-claimed', ({ id }) => eq(cases.claimedById, id), [
    'postId',
    'threadId',
    'personId',
  ]),
  holding(
    caseCauses,
    'case-causes',
    (owner) => inArray(caseCauses.caseId, ownCases(owner)),
    // Names of patterns, and ids of other people's notices.
    ['detail'],
  ),
  holding(appeals, 'appeals', ({ id }) => eq(appeals.authorId, id)),
  holding(decisions, 'decisions', ({ id }) => eq(decisions.authorId, id), [
    'moderatorId',
    'privateNote',
    'batchId',
  ]),
  holding(decisions, 'decisions-made', ({ id }) => eq(decisions.moderatorId, id), ['authorId']),
  holding(signals, 'signals', (owner) => inArray(signals.postId, ownPosts(owner))),
  holding(patterns, 'patterns', ({ id }) => eq(patterns.addedById, id), ['retiredById']),
  holding(patterns, 'patterns-ended', ({ id }) => eq(patterns.retiredById, id), ['addedById']),
  holding(
    legalNotices,
    'legal-notices',
    ({ id, emailKey }) =>
      or(eq(legalNotices.userId, id), eq(sql`lower(${legalNotices.email})`, emailKey ?? '')) as SQL,
  ),
  holding(modConversations, 'talks-with-moderators', ({ id }) => eq(modConversations.personId, id)),
  holding(
    modMessages,
    'messages-to-moderators',
    (owner) =>
      or(
        eq(modMessages.authorId, owner.id),
        inArray(modMessages.talkId, ownConversations(owner)),
      ) as SQL,
  ),
  holding(personNotes, 'notes-about-you', ({ id }) => eq(personNotes.personId, id), ['authorId']),
  holding(personNotes, 'notes-written', ({ id }) => eq(personNotes.authorId, id), ['personId']),
  holding(practiceAnswers, 'practice', ({ id }) => eq(practiceAnswers.moderatorId, id)),
  holding(digests, 'digests-published', ({ id }) => eq(digests.publishedById, id), [
    'content',
    'drafted',
    'presses',
  ]),
  holding(digests, 'digests-with-your-note', ({ id }) => eq(digests.noteById, id), [
    'content',
    'drafted',
    'presses',
  ]),
  holding(
    digestProposals,
    'machine-words-decided',
    ({ id }) => eq(digestProposals.decidedById, id),
    ['original'],
  ),
  holding(digestDisputes, 'disputes', ({ id }) => eq(digestDisputes.authorId, id)),
  holding(digestAnnouncements, 'digests-announced', (owner) =>
    inArray(digestAnnouncements.postId, ownPosts(owner)),
  ),
  holding(digestErrata, 'digests-without-your-words', (owner) =>
    inArray(digestErrata.postId, ownPosts(owner)),
  ),
  holding(digestSources, 'digests-with-your-words', (owner) =>
    inArray(digestSources.postId, ownPosts(owner)),
  ),
  holding(
    subscriptions,
    'subscriptions',
    ({ emailKey }) => eq(subscriptions.emailKey, emailKey ?? ''),
    ['emailKey'],
  ),
  holding(subscriptionScopes, 'subscription-places', (owner) =>
    inArray(subscriptionScopes.subscriptionId, ownSubscriptions(owner)),
  ),
  holding(subscriptionPillars, 'subscription-pillars', (owner) =>
    inArray(subscriptionPillars.subscriptionId, ownSubscriptions(owner)),
  ),
  holding(deliveries, 'digests-sent', (owner) =>
    inArray(deliveries.subscriptionId, ownSubscriptions(owner)),
  ),
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
