import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { digestOf } from '~/platform/ids';
import { QueryBuilder, type Table } from '~db/dialect';
import {
  addressChanges,
  appeals,
  attempts,
  authenticators,
  barrierActs,
  barrierGroupPosts,
  bookmarks,
  caseCauses,
  cases,
  decisions,
  deliveries,
  digestDisputes,
  digestErrata,
  digestProposals,
  digestSources,
  digests,
  drafts,
  flags,
  follows,
  legalNotices,
  mails,
  mailTokens,
  meToos,
  modMessages,
  modTalks,
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
 * Every table of the database, and what it holds about one person. The export reads this list; a
 * test reads the schema and fails for a table, or a reference to a person, that it does not name.
 */

/** Whose data are meant. */
export interface Owner {
  id: string;
  /** The folded address; null for whoever has none. */
  emailKey: string | null;
}

/** One file of the export: some columns of some rows of a table. */
export interface InventoryEntry {
  table: Table;
  /** The file's name without `.json`. */
  file: string;
  /** What it is, for `schema.json`. */
  about: string;
  whose: (owner: Owner) => SQL;
  /** Columns that are left out: secrets, what is derived, and what is about others. */
  omit: readonly string[];
}

const holding = (
  table: Table,
  file: string,
  about: string,
  whose: InventoryEntry['whose'],
  omit: readonly string[] = [],
): InventoryEntry => ({ table, file, about, whose, omit });

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

const ownTalks = ({ id }: Owner) =>
  query.select({ id: modTalks.id }).from(modTalks).where(eq(modTalks.personId, id));

const ownSubscriptions = ({ emailKey }: Owner) =>
  query
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.emailKey, emailKey ?? ''));

/** What is given to the person whose it is. */
export const DATA_INVENTORY: readonly InventoryEntry[] = [
  holding(users, 'account', 'The account and its settings.', ({ id }) => eq(users.id, id), [
    // Secrets, and folded forms of what is there.
    'passwordHash',
    'handleKey',
    'handleSkeleton',
    'emailKey',
  ]),
  holding(sessions, 'sessions', 'Where you are logged in.', ({ id }) => eq(sessions.userId, id), [
    'id',
  ]),
  holding(
    mailTokens,
    'links-by-mail',
    'Links that were sent to you, without their secret.',
    ({ id }) => eq(mailTokens.userId, id),
    ['id'],
  ),
  holding(
    attempts,
    'log-ins-begun',
    'Log-ins and passkeys that you began, without their secrets.',
    ({ id }) => eq(attempts.userId, id),
    ['id', 'codeHash', 'options'],
  ),
  holding(
    authenticators,
    'authenticator-app',
    'Your app for one-time codes, without its secret.',
    ({ id }) => eq(authenticators.userId, id),
    ['secret'],
  ),
  holding(
    recoveryCodes,
    'recovery-codes',
    'When you got and used recovery codes, without the codes.',
    ({ id }) => eq(recoveryCodes.userId, id),
    ['id'],
  ),
  holding(passkeys, 'passkeys', 'Your passkeys: their public halves.', ({ id }) =>
    eq(passkeys.userId, id),
  ),
  holding(
    addressChanges,
    'address-changes',
    'Changes of your address, without the links that were mailed.',
    ({ id }) => eq(addressChanges.userId, id),
    ['id', 'undoId', 'oldKey'],
  ),
  holding(notifications, 'notices', 'What you were told here.', ({ id }) =>
    eq(notifications.userId, id),
  ),
  holding(threads, 'threads', 'Threads that you started.', ({ id }) => eq(threads.authorId, id)),
  holding(threadPillars, 'thread-pillars', 'The pillars of those threads.', (owner) =>
    inArray(threadPillars.threadId, ownThreads(owner)),
  ),
  holding(
    posts,
    'posts',
    'What you wrote, as Markdown, also where it is held, hidden or deleted.',
    ({ id }) => eq(posts.authorId, id),
    // Made from the body.
    ['html', 'excerpt'],
  ),
  holding(postBarriers, 'post-barriers', 'The kinds of barrier of your posts.', (owner) =>
    inArray(postBarriers.postId, ownPosts(owner)),
  ),
  holding(postPillars, 'post-pillars', 'The pillars of your posts.', (owner) =>
    inArray(postPillars.postId, ownPosts(owner)),
  ),
  holding(
    barrierGroupPosts,
    'barrier-groups',
    'Groups of like reports that your posts are in.',
    (owner) => inArray(barrierGroupPosts.postId, ownPosts(owner)),
  ),
  holding(
    barrierActs,
    'barrier-acts',
    'Suggestions that you accepted, and groups that you made, as a moderator or for your own posts.',
    ({ id }) => eq(barrierActs.personId, id),
  ),
  holding(meToos, 'affirmations', 'Where you said “I face this too”.', ({ id }) =>
    eq(meToos.userId, id),
  ),
  holding(
    postRevisions,
    'revisions',
    'Earlier texts of your posts, also where they are withheld.',
    ({ id }) => eq(postRevisions.editorId, id),
    ['html', 'hiddenBy'],
  ),
  holding(
    postRevisions,
    'revisions-withheld',
    'Earlier texts that you withheld as a moderator.',
    ({ id }) => eq(postRevisions.hiddenBy, id),
    ['body', 'html', 'editorId', 'reason'],
  ),
  holding(drafts, 'drafts', 'Texts that you have not posted yet.', ({ id }) =>
    eq(drafts.userId, id),
  ),
  holding(
    waitingPosts,
    'waiting-posts',
    'What you wrote before you had an account.',
    ({ id }) => eq(waitingPosts.userId, id),
    ['id'],
  ),
  holding(readingChoices, 'reading-choices', 'What you chose about reading and mail.', ({ id }) =>
    eq(readingChoices.userId, id),
  ),
  holding(readMarks, 'read-marks', 'How far you have read.', ({ id }) => eq(readMarks.userId, id)),
  holding(threadWatches, 'watches', 'Threads that you watch or mute.', ({ id }) =>
    eq(threadWatches.userId, id),
  ),
  holding(follows, 'follows', 'Pillars and regions that you follow.', ({ id }) =>
    eq(follows.userId, id),
  ),
  holding(bookmarks, 'bookmarks', 'Posts that you keep.', ({ id }) => eq(bookmarks.userId, id)),
  holding(suppressions, 'no-mail', 'Mails that your address asked not to be sent.', (owner) =>
    eq(suppressions.addressHash, digestOf(owner.emailKey ?? '')),
  ),
  holding(flags, 'flags', 'Posts that you brought before the moderators.', ({ id }) =>
    eq(flags.userId, id),
  ),
  holding(
    cases,
    'cases',
    'Cases about your posts, your threads or you.',
    (owner) => ownCase(owner),
    ['claimedById', 'claimedUntil', 'remindedAt'],
  ),
  holding(
    cases,
    'cases-claimed',
    'Cases that you look at as a moderator.',
    ({ id }) => eq(cases.claimedById, id),
    ['postId', 'threadId', 'personId'],
  ),
  holding(
    caseCauses,
    'case-causes',
    'Why those cases were opened.',
    (owner) => inArray(caseCauses.caseId, ownCases(owner)),
    // Names of patterns, and of notices by others.
    ['detail'],
  ),
  holding(appeals, 'appeals', 'What you wrote when you appealed.', ({ id }) =>
    eq(appeals.authorId, id),
  ),
  holding(
    decisions,
    'decisions',
    'What moderators decided about your posts, your threads or you.',
    ({ id }) => eq(decisions.authorId, id),
    ['moderatorId', 'privateNote', 'batchId'],
  ),
  holding(
    decisions,
    'decisions-made',
    'What you decided as a moderator.',
    ({ id }) => eq(decisions.moderatorId, id),
    ['authorId'],
  ),
  holding(signals, 'signals', 'What automation noticed about your posts.', (owner) =>
    inArray(signals.postId, ownPosts(owner)),
  ),
  holding(
    patterns,
    'patterns',
    'Words and links that you, as a moderator, added to those looked at.',
    ({ id }) => eq(patterns.addedById, id),
    ['retiredById'],
  ),
  holding(
    patterns,
    'patterns-ended',
    'Words and links that you, as a moderator, ended.',
    ({ id }) => eq(patterns.retiredById, id),
    ['addedById'],
  ),
  holding(
    legalNotices,
    'legal-notices',
    'Notices of illegal content that you sent.',
    ({ id, emailKey }) =>
      or(eq(legalNotices.userId, id), eq(sql`lower(${legalNotices.email})`, emailKey ?? '')) as SQL,
  ),
  holding(modTalks, 'talks-with-moderators', 'Your talks with the moderators.', ({ id }) =>
    eq(modTalks.personId, id),
  ),
  holding(
    modMessages,
    'messages-to-moderators',
    'What was written in those talks, and what you wrote in others as a moderator.',
    (owner) =>
      or(eq(modMessages.authorId, owner.id), inArray(modMessages.talkId, ownTalks(owner))) as SQL,
  ),
  holding(
    personNotes,
    'notes-about-you',
    'What moderators noted about you, without who did.',
    ({ id }) => eq(personNotes.personId, id),
    ['authorId'],
  ),
  holding(
    personNotes,
    'notes-written',
    'What you noted about others as a moderator.',
    ({ id }) => eq(personNotes.authorId, id),
    ['personId'],
  ),
  holding(practiceAnswers, 'practice', 'What you decided in practice.', ({ id }) =>
    eq(practiceAnswers.moderatorId, id),
  ),
  holding(
    digests,
    'digests-published',
    'Digests that you published.',
    ({ id }) => eq(digests.publishedById, id),
    ['content', 'drafted'],
  ),
  holding(
    digests,
    'digests-with-your-note',
    'Digests that you signed a note in.',
    ({ id }) => eq(digests.noteById, id),
    ['content', 'drafted'],
  ),
  holding(
    digestProposals,
    'machine-words-decided',
    'Words of a language model that you approved or rejected for a digest.',
    ({ id }) => eq(digestProposals.decidedById, id),
    ['original'],
  ),
  holding(digestDisputes, 'disputes', 'Objections to how digests quote you.', ({ id }) =>
    eq(digestDisputes.authorId, id),
  ),
  holding(
    digestErrata,
    'digests-without-your-words',
    'Digests from which your posts were withdrawn.',
    (owner) => inArray(digestErrata.postId, ownPosts(owner)),
  ),
  holding(digestSources, 'digests-with-your-words', 'Digests that rest on your posts.', (owner) =>
    inArray(digestSources.postId, ownPosts(owner)),
  ),
  holding(
    subscriptions,
    'subscriptions',
    'Digests by mail to your address.',
    ({ emailKey }) => eq(subscriptions.emailKey, emailKey ?? ''),
    ['emailKey'],
  ),
  holding(subscriptionScopes, 'subscription-places', 'The places of those digests.', (owner) =>
    inArray(subscriptionScopes.subscriptionId, ownSubscriptions(owner)),
  ),
  holding(subscriptionPillars, 'subscription-pillars', 'The pillars of those digests.', (owner) =>
    inArray(subscriptionPillars.subscriptionId, ownSubscriptions(owner)),
  ),
  holding(deliveries, 'digests-sent', 'Digests that were sent to you.', (owner) =>
    inArray(deliveries.subscriptionId, ownSubscriptions(owner)),
  ),
  holding(
    mails,
    'mails',
    'Mails to your address, kept for 30 days. Their text, which may hold a secret link, is in your mailbox.',
    ({ emailKey }) => eq(sql`lower(${mails.to})`, emailKey ?? ''),
    ['text', 'html', 'headers'],
  ),
];

/** Tables of which nothing is given out, and why. */
export const LEFT_OUT: Record<string, string> = {
  barrier_groups: 'Which region a group of reports is in; who is in it stands in barrier-groups.',
  barrier_set_aside: 'Which reports a moderator found not to belong together.',
  digest_plans: 'Which digests are drafted when; about nobody.',
  erasures: 'Only about accounts that are deleted.',
  text_prints: 'Fingerprints of texts, made from the posts.',
  jobs: 'What became of each background job; about nobody.',
  limits: 'Counters against floods, by a fingerprint; gone within a day.',
  settings: 'Facts about this installation.',
  submissions: 'Keys of forms that were sent, with the page they led to; gone within a week.',
};
