import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import { findTranslation } from '~/domain/forum/translations/translations';
import { caseSubjectOf } from '~/domain/moderation/cases/case-subject';
import { requirePower } from '~/domain/moderation/permissions';
import { setRemoved } from '~/domain/publishing/translate-post';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { record } from './record';

export interface TranslationRemoval {
  translationId: string;
  rule: RuleSlug | null;
  /** To the translator. */
  note: string;
}

/**
 * Removes a translation by a moderator and records it as a decision about its translator, who is
 * notified and may appeal; of a machine's translation it is about the author of the post.
 * @throws DomainError `missing`; `invalid` without a rule; `refused` if it is removed already, or of
 * the moderator's own
 */
export async function removeTranslation(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { translationId, rule, note }: TranslationRemoval,
): Promise<void> {
  const found = await findTranslation(tx, translationId);
  const personId = found?.personId ?? found?.post.authorId;
  const subject = personId ? await caseSubjectOf(tx, { personId }) : null;
  const about = found && (await caseSubjectOf(tx, { postId: found.post.id }));
  if (!found || !subject || !about) throw new DomainError('missing', 'site.problem.404.title');
  await requirePower(tx, app.clock, moderator, subject.author);
  if (!rule) throw new DomainError('invalid', 'moderation.error.ruleNeeded', { field: 'reason' });
  if (found.removedAt !== null) throw new DomainError('refused', 'moderation.error.takenBack');
  await setRemoved(tx, app, found, moderator.id);
  await record(tx, app, {
    // Not the post: the statement would show its text as the translator's.
    subject: { ...subject, thread: about.thread },
    moderatorId: moderator.id,
    action: 'untranslate',
    rule,
    note,
    privateNote: '',
    change: { translation: translationId },
  });
}
