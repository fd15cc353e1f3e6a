import { purgeAddressChanges } from '~/domain/accounts/auth/change-address';
import { purgeAttempts } from '~/domain/accounts/auth/login-attempts';
import { purgeTokens } from '~/domain/accounts/auth/mail-tokens';
import { purgeSessions } from '~/domain/accounts/auth/sessions';
import { fillMailboxKeys, fillSkeletons, purgeUnconfirmed } from '~/domain/accounts/users/accounts';
import { forgetInvited } from '~/domain/administration/invitations';
import { countStances } from '~/domain/barriers/key-points/stance-places';
import { tendPublished } from '~/domain/digests/corrections';
import { draftDueDigests } from '~/domain/digests/schedule';
import { tendWindows } from '~/domain/forum/conversations/tend';
import { purgeDrafts } from '~/domain/forum/drafts/drafts';
import { queueCaseReminders } from '~/domain/moderation/cases/remind';
import { forgetSenders } from '~/domain/moderation/dsa/notice';
import { purgeConversations } from '~/domain/moderation/modmail/modmail';
import { queueDueNotices } from '~/domain/notifications/send';
import { rebuildStaleIndex } from '~/domain/ops/rebuild-search-index';
import { purgeBackups } from '~/domain/ops/stored-backups';
import { tellRefusedMail } from '~/domain/ops/tell-refused-mail';
import { purgeDeleted } from '~/domain/publishing/delete-post';
import { tendWaiting } from '~/domain/publishing/pending-submissions';
import { purgeRefusals } from '~/domain/subscriptions/refusals';
import { queueDueDigests } from '~/domain/subscriptions/send';
import { purgeRequests } from '~/domain/subscriptions/subscriptions';
import type { AppContext } from '~/platform/app-context';
import { type Clock, HOUR, MINUTE, SECOND } from '~/platform/clock';
import { forEachApart } from '~/platform/errors';
import { purgeMails } from '~/platform/mail/deliver';
import { purgeLimits } from '~/platform/rate-limits/limiter';
import { purgeSubmissions } from '~/platform/submissions';
import type { Db } from '~db/client';
import type { Job } from './job';
import { sendMails } from './mail';

/** Sends the emails in the outbox. It also runs whenever an email is queued: see `scheduler.ts`. */
export const MAIL = {
  name: 'mail',
  schedule: { every: 30 * SECOND },
  longestPause: MINUTE,
  async run(app, signal) {
    const errors: unknown[] = [];
    const { sent, failed, waiting } = await sendMails(app, {
      signal,
      onError: (error) => errors.push(error),
    });
    return { errors, counts: { sent, failed, waiting } };
  },
} as const satisfies Job;

/** All background jobs, in the order in which they run when all are due. */
export const JOBS = [
  MAIL,

  // Delete expired data.
  {
    name: 'clean-up-accounts',
    schedule: { every: HOUR },
    run: each({
      purgeSessions,
      purgeTokens,
      purgeAttempts,
      purgeAddressChanges,
      purgeUnconfirmed,
      purgeLimits,
      forgetInvited,
    }),
  },
  {
    name: 'clean-up-posts',
    schedule: { every: HOUR },
    run: each({ purgeSubmissions, purgeDrafts, purgeDeleted }),
  },
  {
    name: 'clean-up-mail',
    schedule: { every: HOUR },
    run: each({ purgeMails, purgeRefusals, purgeRequests }),
  },
  {
    name: 'clean-up-moderation',
    schedule: { dailyAt: '03:00' },
    run: each({ forgetSenders, purgeConversations }),
  },
  { name: 'clean-up-backups', schedule: { dailyAt: '03:30' }, run: plain(purgeBackups) },

  // Process recent changes, and migrate data of older versions.
  { name: 'conversation-windows', schedule: { every: MINUTE }, run: each({ tendWindows }) },
  { name: 'digest-corrections', schedule: { every: MINUTE }, run: tendPublished },
  { name: 'digest-drafts', schedule: { every: 30 * SECOND }, run: draftDueDigests },
  { name: 'stances-by-country', schedule: { every: HOUR }, run: plain(countStances) },
  { name: 'pending-posts', schedule: { every: 5 * MINUTE }, run: tendWaiting },
  { name: 'search-index', schedule: { every: 5 * MINUTE }, run: rebuildStaleIndex },
  {
    name: 'planner-statistics',
    schedule: { every: 5 * MINUTE },
    run: plain(({ db }) => db.analyze()),
  },
  {
    name: 'handle-skeletons',
    schedule: { every: 10 * MINUTE },
    run: each({ fillSkeletons, fillMailboxKeys }),
  },

  // Queue emails.
  { name: 'notification-mail', schedule: { every: 30 * SECOND }, run: queueDueNotices },
  { name: 'case-reminders', schedule: { every: 10 * MINUTE }, run: plain(queueCaseReminders) },
  { name: 'refused-mail', schedule: { every: 10 * MINUTE }, run: plain(tellRefusedMail) },
  { name: 'digest-mail', schedule: { every: MINUTE }, run: plain(queueDueDigests) },
] as const satisfies readonly Job[];

/** Returns a job of several small transactions; a failing one does not stop the others. */
function each(steps: Record<string, (tx: Db, clock: Clock) => Promise<unknown>>): Job['run'] {
  return ({ db, clock }) =>
    forEachApart(
      Object.entries(steps),
      ([name]) => name,
      async ([, step]) => {
        await db.write((tx) => step(tx, clock));
      },
    );
}

/** Returns a job that reports nothing except failure. */
function plain(work: (app: AppContext) => Promise<unknown>): Job['run'] {
  return async (app) => {
    await work(app);
    return {};
  };
}
