import { ACTIONS } from '~/domain/moderation/actions';
import { type CaseSubject, findCaseSubject } from '~/domain/moderation/cases/case-subject';
import { causesOf } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import type { Db } from '~db/client';
import { type NewDecision, noteOf } from './decide';
import { statementOf } from './statement-of-reasons';

/** Placeholder in the preview's link, because the decision has no id yet. */
const NO_ID = '…';

/** Returns the statement as it would be sent; null if nobody would be told. Stores nothing. */
export async function previewNotice(
  app: AppContext,
  decision: Omit<NewDecision, 'caseId' | 'seen'>,
  about: { caseId: string } | { matter: CaseSubject },
): Promise<string | null> {
  const db: Db = app.db.reader;
  const matter = 'matter' in about ? about.matter : await findCaseSubject(db, about.caseId);
  if (!matter || !ACTIONS[decision.action].tells) return null;
  const { caseId, post, thread, author } = matter;
  const causes = caseId ? ((await causesOf(db, [caseId])).get(caseId) ?? []) : [];
  const { days = 0 } = decision.details ?? {};
  const now = app.clock.now();
  const { rule } = ACTIONS[decision.action];
  const { text } = statementOf(app, {
    decision: {
      id: NO_ID,
      action: decision.action,
      postId: post?.id ?? null,
      rule: decision.rule ?? rule,
      note: noteOf(matter, decision) || null,
      until: days > 0 ? now + days * DAY : null,
      automated: false,
      foundByMachine: causes.includes('rule'),
      change: { from: post?.state },
      createdAt: now,
    },
    author,
    thread,
    causes,
  });
  return text.replaceAll(encodeURIComponent(NO_ID), NO_ID);
}
