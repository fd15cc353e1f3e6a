import { and, asc, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { countMail } from '~/domain/accounts/auth/mail-limits';
import type { Person } from '~/domain/accounts/users/visitor';
import { openCase } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf, idsOf, newId } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { countNetworkUse } from '~/platform/rate-limits/limiter';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { legalNotices } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';
import { postAt } from './location';
import { mailOutcome, mailReceipt, type NoticeOutcome } from './mails';

export interface NewLegalNotice {
  location: string;
  explanation: string;
  name: string;
  /** The result of `readEmail`; empty only if the law allows it. */
  email: string;
  language: string;
  key?: string | undefined;
  /** The sender's IP address. */
  address: string;
  /** The sender if logged in, and whether the email address is their confirmed one. */
  person: (Person & { ownAddress: boolean }) | null;
}

/**
 * Accepts a notice of illegal content (DSA, Article 16): opens a case about the post or adds to its
 * open one, and emails a receipt. Returns the notice's reference. The email contains no text of the
 * notice, so that it cannot be used to send messages to others, and such emails are rate limited.
 * @throws DomainError `refused` for the field `location` if the content is not public here;
 * `too-many`.
 */
export async function sendLegalNotice(app: AppContext, given: NewLegalNotice): Promise<string> {
  const { location, explanation, name, email, language, person } = given;
  if (!(await postAt(app.db.reader, app.config.origin, location))) throw notThere();
  await countNetworkUse(app, 'report-network', given.address);
  if (email && !person?.ownAddress) await countMail(app, 'report', email, given.address);
  const sender = `report:${digestOf(`${emailKey(email)} ${given.address}`)}`;
  return app.db.write((tx) =>
    once(
      tx,
      app.clock,
      { by: sender, key: given.key, sent: { location, explanation, name } },
      async () => {
        const postId = await postAt(tx, app.config.origin, location);
        if (!postId) throw notThere();
        const createdAt = app.clock.now();
        const id = newId(createdAt);
        const subject = { postId };
        const caseId = await openCase(tx, app.clock, { subject, cause: 'notice', detail: id });
        await tx.insert(legalNotices).values({
          id,
          postId,
          caseId,
          location: location.trim(),
          explanation,
          name: name || null,
          email: email || null,
          userId: person?.id ?? null,
          language,
          goodFaith: true,
          createdAt,
        });
        if (email) await mailReceipt(tx, app, { id, email, language, postId });
        return id;
      },
    ),
  );
}

/** Emails the outcome, once, to everyone who sent a notice about a post. */
export async function settleNotices(
  tx: Db,
  app: AppContext,
  caseId: string,
  decision: { id: string; action: DecisionAction },
): Promise<void> {
  const open = and(eq(legalNotices.caseId, caseId), isNull(legalNotices.decidedAt));
  const notices = await tx.select().from(legalNotices).where(open);
  if (notices.length === 0) return;
  for (const { id, email, language, postId } of notices) {
    if (!email) continue;
    await mailOutcome(
      tx,
      app,
      { id, email, language, postId, decisionId: decision.id },
      outcomeForNotices(decision.action),
    );
  }
  const ids = idsOf(notices);
  await tx
    .update(legalNotices)
    .set({ decidedAt: app.clock.now() })
    .where(inArray(legalNotices.id, ids));
}

/** Retention of the sender's data after the outcome: as long as they may contest it. */
const SENDER_KEPT = 365 * DAY;

/** Deletes the senders' data of notices decided long ago; the notice itself stays with the case. */
export async function forgetSenders(tx: Db, clock: Clock): Promise<void> {
  await tx
    .update(legalNotices)
    .set({ name: null, email: null, userId: null })
    .where(
      and(
        lte(legalNotices.decidedAt, clock.now() - SENDER_KEPT),
        or(
          isNotNull(legalNotices.name),
          isNotNull(legalNotices.email),
          isNotNull(legalNotices.userId),
        ),
      ),
    );
}

/** Returns what a decision about the post means for the senders of notices. */
function outcomeForNotices(action: DecisionAction): NoticeOutcome {
  if (['hide', 'spam-clean'].includes(action)) return 'removed';
  return ['dismiss', 'approve', 'restore'].includes(action) ? 'stays' : 'changed';
}

/** Returns the notices about a post, oldest first; for moderators. */
export async function noticesOn(db: Db, postId: string) {
  return db
    .select()
    .from(legalNotices)
    .where(eq(legalNotices.postId, postId))
    .orderBy(asc(legalNotices.createdAt), asc(legalNotices.id));
}

function notThere(): DomainError {
  return new DomainError('refused', 'guard.error.location', { field: 'location' });
}
