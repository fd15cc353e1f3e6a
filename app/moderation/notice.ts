import type { Db } from '../../db/client';
import type { DecisionAction } from '../../db/schema/moderation';
import { DEFAULT_LOCALE, isLocale } from '../i18n/locales';
import { type Translator, translator } from '../i18n/translator';
import { type Letter, writeLetter } from '../mail/letter';
import { queueMail } from '../mail/outbox';
import { type NotificationKind, notify } from '../notifications/notify';
import type { Site } from '../site';
import { isRule } from '../vocabularies/vocabularies';
import { type Outcome, outcomeOf } from './outcome';

/** Of a dismissed flag, which changed nothing, the author hears nothing. */
type Told = Exclude<Outcome, 'dismiss'>;

const NOTIFICATIONS: Record<Told, NotificationKind> = {
  hide: 'hidden',
  refuse: 'hidden',
  restore: 'restored',
  approve: 'approved',
};

export interface DecidedMatter {
  decision: {
    id: string;
    postId: string;
    action: DecisionAction;
    rule: string | null;
    note: string | null;
  };
  author: { id: string; email: string | null; language: string | null };
  thread: { title: string };
  /** The post was not public yet when it was decided on. */
  wasHeld: boolean;
}

/** Tells the author inside Causeway and, if they have an address, by mail in their language. */
export async function tellAuthor(tx: Db, site: Site, matter: DecidedMatter): Promise<void> {
  const { decision, author } = matter;
  const outcome = outcomeOf(decision.action, matter.wasHeld);
  if (outcome === 'dismiss') return;
  await notify(tx, site.clock, {
    userId: author.id,
    kind: NOTIFICATIONS[outcome],
    postId: decision.postId,
    decisionId: decision.id,
  });
  if (!author.email) return;
  const i18n = translator(isLocale(author.language) ? author.language : DEFAULT_LOCALE);
  const subject = i18n.t(`moderation.mail.${outcome}.subject`, { thread: matter.thread.title });
  await queueMail(tx, site.clock, {
    to: author.email,
    subject,
    ...writeLetter(i18n, letterOf(i18n, site, matter, outcome)),
  });
}

function letterOf(
  i18n: Translator,
  { config }: Site,
  { decision, thread }: DecidedMatter,
  outcome: Told,
): Letter {
  const { t } = i18n;
  const paragraphs = [t(`moderation.mail.${outcome}.what`, { thread: thread.title })];
  if (decision.rule && isRule(decision.rule)) {
    const title = t(`vocabulary.rule.${decision.rule}.title`);
    const text = t(`vocabulary.rule.${decision.rule}.text`);
    paragraphs.push(`${t('moderation.mail.rule')}\n${title}. ${text}`);
  }
  if (decision.note) paragraphs.push(`${t('moderation.mail.note')}\n${decision.note}`);
  paragraphs.push(t(`moderation.mail.${outcome}.next`));
  const path = decision.action === 'hide' ? `/decisions/${decision.id}` : `/p/${decision.postId}`;
  return {
    paragraphs,
    action: { label: t(`moderation.mail.${outcome}.action`), url: config.origin + path },
    footer: t('moderation.mail.why', { site: config.siteName }),
  };
}
