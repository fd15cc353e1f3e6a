import type { LogEntry } from '~/domain/moderation/decisions/public-log';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { ruleTitle } from './names';

/** Returns the details below a decision in the log: rule, number of posts, appeal or reversal. */
export function logNotes(i18n: SiteTranslator, entry: LogEntry): string[] {
  const { t, day } = i18n;
  const notes: string[] = [];
  if (entry.role) {
    const { handle, to, reason } = entry.role;
    notes.push(
      t('moderation.log.role', {
        person: handle ?? t('moderation.log.deleted'),
        role: t(`guard.people.role.${to}`),
      }),
      reason,
    );
  }
  if (entry.rule) notes.push(ruleTitle(i18n, entry.rule));
  if (entry.posts !== null) notes.push(t('moderation.log.posts', { count: entry.posts }));
  if (entry.until !== null) notes.push(t('moderation.log.until', { day: day(entry.until) }));
  if (entry.undoes) {
    const what = t(`moderation.action.${entry.undoes.action}.done`);
    const values = { action: what, day: day(entry.undoes.createdAt) };
    notes.push(t(entry.onAppeal ? 'moderation.log.answers' : 'moderation.log.undoes', values));
  }
  if (entry.ownAppeal) notes.push(t('moderation.log.ownAppeal'));
  if (entry.foundByMachine) notes.push(t('moderation.log.found'));
  if (entry.appealedAt !== null) notes.push(t('moderation.log.appealed'));
  if (entry.takenBackAt !== null) notes.push(t('moderation.log.takenBack'));
  return notes;
}
