import { eq, inArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { MessageKey } from '~/platform/i18n/translator';
import { addressHash } from '~/platform/mail/suppression';
import { type Column, QueryBuilder, type Table } from '~db/dialect';
import * as schema from '~db/schema';

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
  query.select({ id: schema.posts.id }).from(postsInAnyState).where(eq(schema.posts.authorId, id));

const ownThreads = ({ id }: Owner) =>
  query
    .select({ id: schema.threads.id })
    .from(schema.threads)
    .where(eq(schema.threads.authorId, id));

const ownCase = (owner: Owner) =>
  or(
    inArray(schema.cases.postId, ownPosts(owner)),
    inArray(schema.cases.threadId, ownThreads(owner)),
    eq(schema.cases.personId, owner.id),
  ) as SQL;

const ownCases = (owner: Owner) =>
  query.select({ id: schema.cases.id }).from(schema.cases).where(ownCase(owner));

const ownConversations = ({ id }: Owner) =>
  query
    .select({ id: schema.modConversations.id })
    .from(schema.modConversations)
    .where(eq(schema.modConversations.personId, id));

const ownSubscriptions = ({ emailKey }: Owner) =>
  query
    .select({ id: schema.subscriptions.id })
    .from(schema.subscriptions)
    .where(eq(schema.subscriptions.emailKey, emailKey ?? ''));

/** The data that a person gets. */
export const DATA_INVENTORY: readonly InventoryEntry[] = [
  own(schema.users.id, 'account', [
    // Secrets, and normalised forms of other columns.
    'passwordHash',
    'handleKey',
    'handleSkeleton',
    'handleLook',
    'nameLook',
    'emailKey',
    'mailboxKey',
  ]),
  own(schema.sessions.userId, 'sessions', ['id']),
  own(schema.mailTokens.userId, 'links-by-mail', ['id']),
  own(schema.attempts.userId, 'log-ins-begun', ['id', 'codeHash', 'options']),
  own(schema.authenticators.userId, 'authenticator-app', ['secret']),
  own(schema.recoveryCodes.userId, 'recovery-codes', ['id']),
  own(schema.passkeys.userId, 'passkeys'),
  own(schema.addressChanges.userId, 'address-changes', ['id', 'undoId', 'oldKey']),
  holding(
    schema.invitations,
    'invitations',
    ({ id, emailKey }) =>
      or(
        eq(schema.invitations.createdById, id),
        eq(sql`lower(${schema.invitations.email})`, emailKey ?? ''),
      ) as SQL,
    ['tokenHash', 'email', 'createdById'],
  ),
  own(schema.invitationUses.userId, 'invitations-used'),
  own(schema.settingChanges.personId, 'settings-changed'),
  own(schema.notifications.userId, 'notices'),
  own(schema.threads.authorId, 'threads'),
  under(schema.threadPillars.threadId, 'thread-pillars', ownThreads),
  own(
    schema.posts.authorId,
    'posts',
    // Generated from the body.
    ['html', 'excerpt'],
  ),
  under(schema.postBarriers.postId, 'post-barriers', ownPosts, ['personId']),
  own(schema.postBarriers.personId, 'kinds-named'),
  under(schema.postPillars.postId, 'post-pillars', ownPosts),
  under(schema.keyPointPosts.postId, 'key-point-posts', ownPosts, ['addedById']),
  own(schema.keyPointPosts.addedById, 'key-point-posts-added'),
  own(schema.keyPointStances.userId, 'stances'),
  own(schema.keyPoints.createdById, 'key-points'),
  own(schema.keyPointTexts.acceptedById, 'key-point-titles'),
  under(schema.keyPointTexts.sourcePostId, 'key-point-titles-quoted', ownPosts, ['acceptedById']),
  own(schema.keyPointActs.personId, 'key-point-acts'),
  own(schema.communityChanges.personId, 'community-changes', ['undoneById']),
  own(schema.communityChanges.undoneById, 'community-changes-undone', ['personId']),
  own(schema.translations.personId, 'translations', ['html', 'original', 'undoneById']),
  own(schema.translations.undoneById, 'translations-undone', ['html', 'original', 'personId']),
  under(schema.sameBarrierProposals.postId, 'same-barriers', ownPosts),
  own(schema.meToos.userId, 'affirmations'),
  own(schema.postRevisions.editorId, 'revisions', ['html', 'hiddenBy']),
  own(schema.postRevisions.hiddenBy, 'revisions-withheld', ['body', 'html', 'editorId', 'reason']),
  own(schema.postTranslations.personId, 'post-translations', ['html', 'removedById']),
  own(schema.postTranslations.removedById, 'post-translations-removed', [
    'body',
    'html',
    'picked',
    'personId',
  ]),
  own(schema.drafts.userId, 'drafts'),
  own(schema.waitingPosts.userId, 'waiting-posts', ['id']),
  own(schema.readingChoices.userId, 'reading-choices'),
  own(schema.readMarks.userId, 'read-marks'),
  own(schema.threadWatches.userId, 'watches'),
  own(schema.follows.userId, 'follows'),
  own(schema.bookmarks.userId, 'bookmarks'),
  holding(schema.suppressions, 'no-mail', (owner) =>
    eq(schema.suppressions.addressHash, addressHash(owner.emailKey ?? '')),
  ),
  holding(schema.mailRefusals, 'refused-mail', ({ emailKey }) =>
    eq(schema.mailRefusals.addressHash, addressHash(emailKey ?? '')),
  ),
  own(schema.flags.userId, 'flags'),
  holding(schema.cases, 'cases', (owner) => ownCase(owner), [
    'claimedById',
    'claimedUntil',
    'remindedAt',
  ]),
  own(schema.cases.claimedById, 'cases-claimed', ['postId', 'threadId', 'personId']),
  under(
    schema.caseCauses.caseId,
    'case-causes',
    ownCases,
    // Names of patterns, and ids of other people's notices.
    ['detail'],
  ),
  own(schema.appeals.authorId, 'appeals'),
  own(schema.decisions.authorId, 'decisions', ['moderatorId', 'privateNote', 'batchId']),
  own(schema.decisions.moderatorId, 'decisions-made', ['authorId']),
  under(schema.signals.postId, 'signals', ownPosts),
  own(schema.patterns.addedById, 'patterns', ['retiredById']),
  own(schema.patterns.retiredById, 'patterns-ended', ['addedById']),
  holding(
    schema.legalNotices,
    'legal-notices',
    ({ id, emailKey }) =>
      or(
        eq(schema.legalNotices.userId, id),
        eq(sql`lower(${schema.legalNotices.email})`, emailKey ?? ''),
      ) as SQL,
  ),
  own(schema.modConversations.personId, 'talks-with-moderators'),
  holding(
    schema.modMessages,
    'messages-to-moderators',
    (owner) =>
      or(
        eq(schema.modMessages.authorId, owner.id),
        inArray(schema.modMessages.talkId, ownConversations(owner)),
      ) as SQL,
  ),
  own(schema.personNotes.personId, 'notes-about-you', ['authorId']),
  own(schema.personNotes.authorId, 'notes-written', ['personId']),
  own(schema.practiceAnswers.moderatorId, 'practice'),
  own(schema.digests.publishedById, 'digests-published', ['content', 'drafted', 'presses']),
  own(schema.digests.noteById, 'digests-with-your-note', ['content', 'drafted', 'presses']),
  own(schema.digestProposals.decidedById, 'machine-words-decided', ['original']),
  own(schema.digestDisputes.authorId, 'disputes'),
  under(schema.digestAnnouncements.postId, 'digests-announced', ownPosts),
  under(schema.digestErrata.postId, 'digests-without-your-words', ownPosts),
  under(schema.digestSources.postId, 'digests-with-your-words', ownPosts),
  holding(
    schema.subscriptions,
    'subscriptions',
    ({ emailKey }) => eq(schema.subscriptions.emailKey, emailKey ?? ''),
    ['emailKey'],
  ),
  under(schema.subscriptionScopes.subscriptionId, 'subscription-places', ownSubscriptions),
  under(schema.subscriptionPillars.subscriptionId, 'subscription-pillars', ownSubscriptions),
  under(schema.deliveries.subscriptionId, 'digests-sent', ownSubscriptions),
  holding(
    schema.mails,
    'mails',
    ({ emailKey }) => eq(sql`lower(${schema.mails.to})`, emailKey ?? ''),
    ['text', 'html', 'headers'],
  ),
];

/** Tables that are not exported; `account.export.leftOut.*` gives the reasons. */
export const LEFT_OUT = [
  'conversations',
  'digest_key_points',
  'digest_plans',
  'erasures',
  'text_prints',
  'jobs',
  'limits',
  'settings',
  'site_settings',
  'submissions',
] as const;

/** Figures that follow from the posts (db/schema/figures.ts); not exported either. */
export const KEPT_FIGURES = [
  ...(['thread_figures', 'thread_facets', 'counted_reports', 'report_days'] as const),
  ...(['key_point_reports', 'key_point_places', 'stale_figures'] as const),
] as const;
