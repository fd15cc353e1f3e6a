import { z } from 'zod';
import type { Person } from '~/domain/accounts/users/visitor';
import { barriersField, pillarsField, placeField } from '~/domain/forum/posts/post-fields';
import { keyField, optionalTitleField, previewField } from '~/domain/forum/posts/submission-fields';
import {
  CHOSEN_ACTIONS,
  type ChosenAction,
  DECISION_NOTE_LENGTH,
} from '~/domain/moderation/actions';
import { claim, release } from '~/domain/moderation/cases/claim';
import { APPEAL_OUTCOMES, decideAppeal } from '~/domain/moderation/decisions/appeal';
import { decide, type NewDecision } from '~/domain/moderation/decisions/decide';
import { undo } from '~/domain/moderation/decisions/undo';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { visibleText } from '~/platform/text/visible';
import type { Db } from '~db/client';

const note = z
  .string()
  .transform(visibleText)
  .pipe(z.string().max(DECISION_NOTE_LENGTH, 'moderation.error.noteLength'))
  .default('');

/** A whole number, or empty. */
const number = (most: number, error: string) =>
  z
    .string()
    .trim()
    .default('')
    .refine((text) => text === '' || (/^\d{1,5}$/.test(text) && Number(text) <= most), error)
    .transform((text) => (text === '' ? undefined : Number(text)));

const OTHER_ACTIONS = [...APPEAL_OUTCOMES, 'undo', 'claim', 'release'] as const;

/** The rule that a decision names; empty for none. */
export const ruleField = ({ rules }: Community) =>
  z.enum(['', ...rules], { error: 'moderation.error.rule' }).default('');

/** The form with which moderators act on a case, post or person. */
export const moderationForm = (community: Community) =>
  z.object({
    action: z.enum([...CHOSEN_ACTIONS, ...OTHER_ACTIONS], { error: 'moderation.error.action' }),
    reason: ruleField(community),
    note,
    privateNote: note,
    canned: z.enum(['', ...community.replies]).default(''),
    title: optionalTitleField,
    pillar: pillarsField(community),
    barrier: barriersField(community),
    country: placeField,
    to: z.string().trim().max(500).default(''),
    days: number(3650, 'moderation.error.days'),
    minutes: number(1440, 'moderation.error.minutes'),
    revision: z.coerce.number().int().optional(),
    decision: z.string().optional(),
    /** The id of the decision to reverse. */
    undoes: z.string().default(''),
    appeal: z.string().default(''),
    back: z.string().optional(),
    key: keyField,
    preview: previewField,
  });

export type ModerationInput = z.output<ReturnType<typeof moderationForm>>;

/** Fields that may have several values. */
export const MODERATION_LISTS = ['pillar', 'barrier'];

/** True for a new decision, about which the author can be notified; false for other actions. */
export function isChosen(action: ModerationInput['action']): action is ChosenAction {
  return (CHOSEN_ACTIONS as readonly string[]).includes(action);
}

/** Returns the decision in the form, without the case it is about. */
export function decisionIn(
  input: ModerationInput & { action: ChosenAction },
): Omit<NewDecision, 'caseId'> {
  return {
    action: input.action,
    rule: input.reason || null,
    note: input.note,
    privateNote: input.privateNote,
    canned: input.canned || null,
    details: {
      title: input.title,
      pillars: input.pillar,
      barriers: input.barrier,
      place: input.country,
      to: input.to,
      days: input.days,
      minutes: input.minutes,
    },
    seen: { revision: input.revision, decision: input.decision },
  };
}

/**
 * Carries out the action of a moderator's form on a case.
 * @throws DomainError
 */
export async function act(
  tx: Db,
  app: AppContext,
  moderator: Person,
  caseId: string,
  input: ModerationInput,
): Promise<void> {
  const { action, note, privateNote } = input;
  if (action === 'claim') return claim(tx, app.clock, moderator, caseId);
  if (action === 'release') return release(tx, moderator, caseId);
  if (action === 'undo') {
    await undo(tx, app, moderator, { decisionId: input.undoes, note, privateNote });
  } else if (action === 'uphold' || action === 'reverse') {
    const { appeal: appealId } = input;
    await decideAppeal(tx, app, moderator, { caseId, appealId, action, note, privateNote });
  } else if (isChosen(action)) {
    await decide(tx, app, moderator, { caseId, ...decisionIn({ ...input, action }) });
  } else {
    throw new DomainError('invalid', 'moderation.error.action', { field: 'action' });
  }
}
