import { ACTIONS } from '~/domain/moderation/actions';
import type { Titled } from '~/platform/community/community';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { Translator, Values } from '~/platform/i18n/translator';
import type { Role } from '~db/schema/people';
import type { Outcome } from './outcome';

/** The sentences of a notification about a decision. */
export interface DecisionMessage {
  /** Subject of the email. */
  subject: string;
  /** The action taken: in the email, and on the page, which also gives the date. */
  mail: string;
  title: string;
  page: string;
  /** The person's options now: in the email, which links to the page for more. */
  next: string;
  /** The same on the page; null for a restriction, where the page says how to appeal. */
  options: string | null;
  /** The text of the link in the email. */
  action: string;
}

/** Outcomes with their own messages for email and page. */
const OWN_WORDS = ['hide', 'refuse', 'restore', 'approve'] as const;
type Own = (typeof OWN_WORDS)[number];

/**
 * Returns the sentences about a decision. `thread` is the thread concerned, named in the language of
 * the reader if its title is translated; null for a decision about a person; `until` and `day` are in UTC milliseconds; `until` is null if the decision
 * has no end, or before it is chosen.
 */
export function messagesOf(
  { t, day, titled }: SiteTranslator,
  outcome: Outcome,
  about: {
    thread: Titled | null;
    until: number | null;
    day: number;
    /** The new role, after a change of role. */
    role?: Role;
  },
): DecisionMessage {
  const values: Values = {
    thread: about.thread ? titled('thread', about.thread).title : '',
    about: about.thread === null ? 'person' : 'thread',
    until: about.until === null ? '…' : day(about.until),
    day: day(about.day),
    role: about.role ?? 'member',
  };
  if (hasOwnWords(outcome)) {
    return {
      subject: t(`moderation.mail.${outcome}.subject`, values),
      mail: t(`moderation.mail.${outcome}.what`, values),
      title: t(`moderation.decision.${outcome}.title`),
      page: t(`moderation.decision.${outcome}.what`, values),
      next: t(`moderation.mail.${outcome}.next`),
      options: t(`moderation.decision.${outcome}.can`),
      action: t(`moderation.mail.${outcome}.action`),
    };
  }
  if (outcome === 'dismiss') {
    const page = t('moderation.decision.dismiss.what', values);
    const title = t('moderation.decision.dismiss.title');
    const options = t('moderation.decision.dismiss.can');
    return { subject: title, mail: page, title, page, next: '', options, action: '' };
  }
  const subject = t(`moderation.told.${outcome}.title`, values);
  const what = t(`moderation.told.${outcome}.what`, values);
  const options = optionsAfter(t, outcome);
  return {
    subject,
    mail: what,
    title: subject,
    page: what,
    next: options ?? t('moderation.told.next'),
    options,
    action: t('moderation.told.read'),
  };
}

/** After a failed appeal, only redress outside the site is left (DSA, Art. 20, 5). */
function optionsAfter(t: Translator['t'], outcome: Exclude<Outcome, Own>): string | null {
  if (outcome === 'uphold') return t('moderation.told.uphold.next');
  return ACTIONS[outcome].limits ? null : t('moderation.told.nothing');
}

function hasOwnWords(outcome: Outcome): outcome is Own {
  return (OWN_WORDS as readonly Outcome[]).includes(outcome);
}
