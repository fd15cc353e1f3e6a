import { and, asc, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { countMail } from '~/domain/accounts/auth/mail-limits';
import type { Person } from '~/domain/accounts/users/visitor';
import { openCase } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf, newId } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';
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
  /** As `readEmail` gave it; empty only where the law lets it be. */
  email: string;
  language: string;
  key?: string | undefined;
  /** The network address it comes from. */
  address: string;
  /** Whoever is logged in, and whether the address is proven to be theirs. */
  person: (Person & { ownAddress: boolean }) | null;
}

/**
 * Takes a notice of illegal content (DSA, Article 16): opens the case about the post or joins it,
 * and mails a receipt. Gives the notice's reference. No word of the notice is in the mail, so that
 * nobody is sent a message through it, and mails to strangers are counted.
 * @throws DomainError `refused` of the field `location` for what is not public here; `too-many`.
 */
export async function sendLegalNotice(app: AppContext, given: NewLegalNotice): Promise<string> {
  const { location, explanation, name, email, language, person } = given;
  if (!(await postAt(app.db.reader, app.config.origin, location))) throw notThere();
  await countUse(app, 'report-network', networkOf(given.address));
  if (email && !person?.ownAddress) await countMail(app, email, given.address);
  const sender = `report:${digestOf(`${emailKey(email)} ${given.address}`)}`;
  return app.db.write((tx) =>
    once(tx, app.clock, sender, given.key, async () => {
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
    }),
  );
}

/**
 * Tells everybody who sent a notice about a post what came of it, in the transaction in which it
 * is decided. Each is told once.
 */
export async function settleNotices(
  tx: Db,
  app: AppContext,
  caseId: string,
  outcome: NoticeOutcome,
): Promise<void> {
  const open = and(eq(legalNotices.caseId, caseId), isNull(legalNotices.decidedAt));
  const notices = await tx.select().from(legalNotices).where(open);
  if (notices.length === 0) return;
  for (const { id, email, language, postId } of notices) {
    if (email) await mailOutcome(tx, app, { id, email, language, postId }, outcome);
  }
  const ids = notices.map(({ id }) => id);
  await tx
    .update(legalNotices)
    .set({ decidedAt: app.clock.now() })
    .where(inArray(legalNotices.id, ids));
}

/** How long after its outcome it is known who sent a notice: as long as they may come back to it. */
const SENDER_KEPT = 365 * DAY;

/** Forgets who sent the notices that were decided long ago; what they said stays with the case. */
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

/** What a decision about the post means for those who sent a notice about it. */
export function outcomeForNotices(action: DecisionAction): NoticeOutcome {
  if (['hide', 'spam-clean'].includes(action)) return 'removed';
  return ['dismiss', 'approve', 'restore'].includes(action) ? 'stays' : 'changed';
}

/** The notices about a post, oldest first; for moderators. */
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
