import { ACTIONS } from '~/domain/moderation/actions';
import type { Translator, Values } from '~/platform/i18n/translator';
import type { Outcome } from './outcome';

/** The sentences of a notification about a decision. */
export interface DecisionMessage {
  /** Subject of the email. */
  subject: string;
  /** The action taken: in the email, and on the page, which also gives the date. */
  mail: string;
  title: string;
  page: string;
  /** The person's options now. */
  next: string;
  /** The text of the link in the email. */
  action: string;
}

/** Outcomes with their own messages for email and page. */
const OWN_WORDS = ['hide', 'refuse', 'restore', 'approve'] as const;
type Own = (typeof OWN_WORDS)[number];

/**
 * Returns the sentences about a decision. `thread` is the title of the thread concerned, null for a
 * decision about a person; `until` and `day` are in UTC milliseconds.
 */
export function messagesOf(
  { t, day }: Translator,
  outcome: Outcome,
  about: { thread: string | null; until: number | null; day: number },
): DecisionMessage {
  const values: Values = {
    thread: about.thread ?? '',
    about: about.thread === null ? 'person' : 'thread',
    until: about.until === null ? '' : day(about.until),
    day: day(about.day),
  };
  if (hasOwnWords(outcome)) {
    return {
      subject: t(`moderation.mail.${outcome}.subject`, values),
      mail: t(`moderation.mail.${outcome}.what`, values),
      title: t(`moderation.decision.${outcome}.title`),
      page: t(`moderation.decision.${outcome}.what`, values),
      next: t(`moderation.mail.${outcome}.next`),
      action: t(`moderation.mail.${outcome}.action`),
    };
  }
  if (outcome === 'dismiss') {
    const page = t('moderation.decision.dismiss.what', values);
    const title = t('moderation.decision.dismiss.title');
    return { subject: title, mail: page, title, page, next: '', action: '' };
  }
  const subject = t(`moderation.told.${outcome}.title`, values);
  const what = t(`moderation.told.${outcome}.what`, values);
  return {
    subject,
    mail: what,
    title: subject,
    page: what,
    next: t(asksNothing(outcome) ? 'moderation.told.nothing' : 'moderation.told.next'),
    action: t('moderation.told.read'),
  };
}

/** True if the decision restricts nothing. After a failed appeal, people are told what is left. */
function asksNothing(outcome: Exclude<Outcome, Own>): boolean {
  return outcome !== 'uphold' && !ACTIONS[outcome].limits;
}

function hasOwnWords(outcome: Outcome): outcome is Own {
  return (OWN_WORDS as readonly Outcome[]).includes(outcome);
}
