/** @jsxImportSource hono/jsx */

import type { RuleSlug } from '~/domain/community/vocabularies';
import { ACTIONS } from '~/domain/moderation/actions';
import {
  type NotificationKind,
  notify,
  withdrawNotifications,
} from '~/domain/notifications/notify';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import type { Titled } from '~/platform/community/community';
import { type SiteTranslator, siteTranslator } from '~/platform/community/site-translator';
import type { Translator } from '~/platform/i18n/translator';
import { type Mail, writeMail } from '~/platform/mail/layout';
import { queueMail, withdrawMails } from '~/platform/mail/outbox';
import { Action, P, Quote } from '~/platform/mail/parts';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import type { CaseCause, DecisionAction } from '~db/schema/moderation';
import { messagesOf } from './decision-messages';
import { outcomeOfRecord, roleIn } from './outcome';

/** Six months from the decision (DSA, Art. 20). */
export const APPEAL_DAYS = 183;

/** The data of a decision that its author is told. */
export interface ToldDecision {
  id: string;
  action: DecisionAction;
  postId: string | null;
  rule: string | null;
  note: string | null;
  until: number | null;
  automated: boolean;
  foundByMachine: boolean;
  change?: Record<string, unknown> | null | undefined;
  createdAt: number;
}

interface StatementFacts {
  decision: ToldDecision;
  author: {
    id: string;
    email: string | null;
    language: string | null;
    /** Days are in this zone, as on the person's pages; null for UTC. */
    timeZone: string | null;
  };
  thread: Titled | null;
  causes: readonly CaseCause[];
}

export interface Statement {
  subject: string;
  text: string;
  html: string;
}

/**
 * Returns the statement of reasons in the person's language: what happened, the rule, the note and,
 * for a restriction, the facts, the role of automation and the possibilities of redress (DSA, Art.
 * 17).
 */
export function statementOf(
  app: Pick<AppContext, 'config' | 'community'>,
  told: StatementFacts,
): Statement {
  const i18n = siteTranslator(app.community, told.author.language, told.author.timeZone);
  return writeMail(i18n, app.config, mailOf(i18n, app, told));
}

/** Sends it as a notification and, if there is an email address, by email. */
export async function tell(
  tx: Db,
  app: AppContext,
  { decision, author, letter }: Pick<StatementFacts, 'decision' | 'author'> & { letter: Statement },
): Promise<void> {
  await notify(tx, app.clock, {
    userId: author.id,
    kind: NOTIFICATIONS[decision.action] ?? 'decided',
    ...(decision.postId && { postId: decision.postId }),
    decisionId: decision.id,
  });
  if (author.email)
    await queueMail(tx, app.clock, { to: author.email, ...letter, decisionId: decision.id });
}

/**
 * Withdraws the messages about a decision: unsent emails, and the notification. Returns true if the
 * author already knows of the decision, from a sent email or a read notification.
 */
export async function withdraw(
  tx: Db,
  app: AppContext,
  { id, told }: { id: string; told: string | null },
  author: { email: string | null },
): Promise<boolean> {
  const unsent = await withdrawMails(tx, app.clock, id);
  const read = await withdrawNotifications(tx, id);
  if (told === null) return false;
  return read || (author.email !== null && !unsent.includes(author.email));
}

const NOTIFICATIONS: Partial<Record<DecisionAction, NotificationKind>> = {
  hide: 'hidden',
  restore: 'restored',
  approve: 'approved',
  uphold: 'upheld',
  reverse: 'reversed',
};

function valuesOf({ decision, thread }: Pick<StatementFacts, 'decision' | 'thread'>) {
  return {
    thread,
    until: decision.until,
    day: decision.createdAt,
    role: roleIn(decision.change ?? null, 'to'),
  };
}

/** The sentences of a statement, in the order in which the author reads them. */
export interface StatementParts {
  subject: string;
  what: string;
  /** The words of the rule; null if none is named. */
  rule: string | null;
  /** What led to the decision; null unless it restricts something. */
  facts: string | null;
  next: string;
  redress: string | null;
  /** The text of the link. */
  action: string;
}

/** Returns the sentences of a statement, without the moderator's note. */
export function statementParts(
  i18n: SiteTranslator,
  told: Pick<StatementFacts, 'decision' | 'thread' | 'causes'>,
): StatementParts {
  const { decision } = told;
  const { limits } = ACTIONS[decision.action];
  const said = messagesOf(i18n, outcomeOfRecord(decision), valuesOf(told));
  return {
    subject: said.subject,
    what: said.mail,
    rule: decision.rule ? ruleWords(i18n, decision.rule) : null,
    facts: limits ? factsOf(i18n, decision, told.causes) : null,
    next: said.next,
    redress: limits ? redressOf(i18n, decision) : null,
    action: said.action,
  };
}

/** Returns a rule as a statement quotes it. */
export function ruleWords({ t, name, describe }: SiteTranslator, rule: RuleSlug): string {
  const words = t('site.pair', { of: name('rule', rule), what: describe('rule', rule) });
  return `${t('moderation.mail.rule')}\n${words}`;
}

function mailOf(
  i18n: SiteTranslator,
  { config }: Pick<AppContext, 'config'>,
  told: StatementFacts,
): Mail {
  const { t } = i18n;
  const { decision } = told;
  const { limits } = ACTIONS[decision.action];
  const said = statementParts(i18n, told);
  const path =
    limits || !decision.postId || decision.action === 'uphold'
      ? pathTo('/decisions/:id', { id: decision.id })
      : pathTo('/p/:id', { id: decision.postId });
  return {
    subject: said.subject,
    why: t('moderation.mail.why', { site: config.siteName }),
    children: (
      <>
        <P>{said.what}</P>
        {said.rule && <P>{said.rule}</P>}
        {decision.note && (
          <>
            <P>{t('moderation.mail.note')}</P>
            <Quote words={decision.note} />
          </>
        )}
        {said.facts && <P>{said.facts}</P>}
        <P>{said.next}</P>
        {said.redress && <P>{said.redress}</P>}
        <Action href={config.origin + path}>{said.action}</Action>
      </>
    ),
  };
}

/** Returns what led to the decision, and the role of automation. */
export function factsOf(
  { t, gap }: Translator,
  { automated, foundByMachine }: Pick<ToldDecision, 'automated' | 'foundByMachine'>,
  causes: readonly CaseCause[],
): string {
  const [cause = 'moderator'] = causes.filter((one) => one !== 'appeal');
  const machine = automated ? 'alone' : foundByMachine ? 'found' : 'none';
  return `${t(`moderation.how.${cause}`)}${gap}${t(`moderation.machine.${machine}`)}`;
}

/** Returns what a person can do against a decision. */
export function redressOf(
  { t, day }: Translator,
  { createdAt }: Pick<ToldDecision, 'createdAt'>,
): string {
  return t('moderation.redress', { day: day(createdAt + APPEAL_DAYS * DAY) });
}
