import type { RuleSlug } from '~/domain/community/vocabularies';
import { ACTIONS, type ChosenAction } from '~/domain/moderation/actions';
import { type CaseSubject, findCaseSubject } from '~/domain/moderation/cases/case-subject';
import { causesOf } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { siteTranslator } from '~/platform/community/site-translator';
import type { Db } from '~db/client';
import type { CaseCause } from '~db/schema/moderation';
import { type NewDecision, noteOf } from './decide';
import { ruleWords, statementOf, statementParts, type ToldDecision } from './statement-of-reasons';

/** Placeholder in the preview's link, because the decision has no id yet. */
const NO_ID = '…';

/** Returns the statement as it would be sent; null if nobody would be told. Stores nothing. */
export async function previewNotice(
  app: AppContext,
  decision: Omit<NewDecision, 'caseId' | 'seen'>,
  about: { caseId: string } | { subject: CaseSubject },
): Promise<string | null> {
  const db: Db = app.db.reader;
  const subject = 'subject' in about ? about.subject : await findCaseSubject(db, about.caseId);
  if (!subject || !ACTIONS[decision.action].tells) return null;
  const { caseId, thread, author } = subject;
  const causes = caseId ? ((await causesOf(db, [caseId])).get(caseId) ?? []) : [];
  const { days = 0 } = decision.details ?? {};
  const { text } = statementOf(app, {
    decision: {
      ...undecided(app.clock, subject, causes, decision.action),
      ...(decision.rule && { rule: decision.rule }),
      note: noteOf(app, subject, decision) || null,
      until: days > 0 ? app.clock.now() + days * DAY : null,
    },
    author,
    thread,
    causes,
  });
  return text.replaceAll(encodeURIComponent(NO_ID), NO_ID);
}

/**
 * Returns the sentences from which the author's statement is made, in the author's language: those
 * of each possible decision, with its default rule and no note, and those of rules and saved replies.
 */
export function sentencesFor(
  { clock, community }: Pick<AppContext, 'clock' | 'community'>,
  subject: Pick<CaseSubject, 'post' | 'thread' | 'author'>,
  causes: readonly CaseCause[],
) {
  const i18n = siteTranslator(community, subject.author.language, subject.author.timeZone);
  return {
    locale: i18n.locale,
    dir: i18n.dir,
    /** Null if the author would not be told. */
    of: (action: ChosenAction) =>
      ACTIONS[action].tells
        ? statementParts(i18n, {
            decision: undecided(clock, subject, causes, action),
            thread: subject.thread,
            causes,
          })
        : null,
    rules: community.rules.map((rule) => ({ rule, words: ruleWords(i18n, rule) })),
  };
}

/** A decision as it would be recorded now, without what the moderator still chooses. */
function undecided(
  clock: Clock,
  { post }: Pick<CaseSubject, 'post'>,
  causes: readonly CaseCause[],
  action: ChosenAction,
): ToldDecision & { rule: RuleSlug | null } {
  return {
    id: NO_ID,
    action,
    postId: post?.id ?? null,
    rule: ACTIONS[action].rule,
    note: null,
    until: null,
    automated: false,
    foundByMachine: causes.includes('rule'),
    change: { from: post?.state },
    createdAt: clock.now(),
  };
}
