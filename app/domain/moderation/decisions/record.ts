import { ACTIONS } from '~/domain/moderation/actions';
import { foundByMachine } from '~/domain/moderation/anti-spam/signals-on';
import type { CaseSubject } from '~/domain/moderation/cases/case-subject';
import { causesOf } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { decisions } from '~db/schema';
import type { CaseCause, DecisionAction } from '~db/schema/moderation';
import { statementOf, tell } from './statement-of-reasons';

export interface NewRecord {
  id?: string | undefined;
  subject: CaseSubject;
  /** Why its case was opened, if that is known already. */
  causes?: readonly CaseCause[];
  moderatorId: string | null;
  action: DecisionAction;
  rule: string | null;
  note: string;
  privateNote: string;
  until?: number | undefined;
  change?: Record<string, unknown> | undefined;
  undoesId?: string | undefined;
  appealId?: string | undefined;
  /** False if the person was never told of the decision that this one undoes. */
  tells?: boolean;
  batchId?: string | undefined;
}

/** Records a decision, and notifies the person with the statement stored in it. */
export async function record(
  tx: Db,
  app: AppContext,
  { subject, note, privateNote, causes: known, tells = true, ...given }: NewRecord,
): Promise<{ id: string; createdAt: number }> {
  const createdAt = app.clock.now();
  const { caseId, post, thread, author } = subject;
  const about = ACTIONS[given.action].about;
  const causes = known ?? (caseId ? ((await causesOf(tx, [caseId])).get(caseId) ?? []) : []);
  const decision = {
    ...given,
    id: given.id ?? newId(createdAt),
    caseId,
    postId: about === 'thread' ? null : (post?.id ?? null),
    threadId: thread?.id ?? null,
    authorId: author.id,
    note: note || null,
    privateNote: privateNote || null,
    automated: given.moderatorId === null,
    foundByMachine:
      causes.includes('rule') || (post !== null && (await foundByMachine(tx, post.id))),
    change: Object.keys(given.change ?? {}).length > 0 ? given.change : undefined,
    until: given.until ?? null,
    createdAt,
  };
  const told =
    tells && ACTIONS[given.action].tells
      ? statementOf(app, { decision, author, thread, causes })
      : null;
  await tx.insert(decisions).values({ ...decision, told: told?.text ?? null });
  if (told) await tell(tx, app, { decision, author, letter: told });
  return { id: decision.id, createdAt };
}
