import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import type { PostPlace } from '~/domain/forum/posts/typed-place';
import type { CaseSubject } from '~/domain/moderation/cases/case-subject';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import type { decisions } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';

/** Additional input of an action; each action reads only the fields it needs. */
export interface ActionDetails {
  /** A thread's title: the new one, or that of the thread that is split off. */
  title?: string | undefined;
  pillars?: readonly Pillar[] | undefined;
  barriers?: readonly BarrierKind[] | undefined;
  place?: PostPlace | undefined;
  /** The URL or id of the target thread or post. */
  to?: string | undefined;
  /** Duration in days. */
  days?: number | undefined;
  /** Slow mode: minutes between two posts of a person. */
  minutes?: number | undefined;
}

export interface EffectArgs {
  tx: Db;
  app: AppContext;
  moderatorId: string;
  subject: CaseSubject;
  details: ActionDetails;
  /** The id that the decision will have. */
  decisionId: string;
}

/** The result of applying an action. */
export interface Effect {
  /** The data for undoing it; stored with the decision, never public. */
  change?: Record<string, unknown>;
  /** End of the restriction, in UTC milliseconds. */
  until?: number;
  /** Further changes that need the recorded decision. */
  after?: (decision: { id: string; createdAt: number }) => Promise<void>;
}

export type Decision = typeof decisions.$inferSelect;

export interface UndoArgs {
  tx: Db;
  app: AppContext;
  /** The subject of the decision in its current state. */
  subject: CaseSubject;
  decision: Decision;
  /** The decision's `change`, or an empty object. */
  change: Record<string, unknown>;
}

/** A reversal, as recorded in its own decision. */
export interface Undone {
  action: DecisionAction;
  effect: Effect;
}

/** Functions that apply and undo an action. */
export interface ActionEffect {
  apply(args: EffectArgs): Promise<Effect>;
  /** Null if it can no longer be undone. Omitted for actions that have an opposite. */
  undo?(args: UndoArgs): Promise<Undone | null>;
}
