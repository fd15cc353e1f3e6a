import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import type { PostPlace } from '~/domain/forum/posts/typed-place';
import type { CaseSubject } from '~/domain/moderation/cases/case-subject';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import type { decisions } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';

/** What an action needs besides its rule: only those that it names are read. */
export interface ActionDetails {
  /** A thread's title: the new one, or that of the thread that is split off. */
  title?: string | undefined;
  pillars?: readonly Pillar[] | undefined;
  barriers?: readonly BarrierKind[] | undefined;
  place?: PostPlace | undefined;
  /** The address or id of the thread or post that it leads to. */
  to?: string | undefined;
  /** How long it lasts. */
  days?: number | undefined;
  /** Slow mode: between two posts of one person. */
  minutes?: number | undefined;
}

export interface EffectArgs {
  tx: Db;
  app: AppContext;
  matter: CaseSubject;
  details: ActionDetails;
}

/** What an action has done. */
export interface Effect {
  /** What undoing it needs; kept with the decision, never public. */
  change?: Record<string, unknown>;
  /** Until when it holds, in UTC milliseconds. */
  until?: number;
  /** What can only be done once the decision is recorded. */
  after?: (decision: { id: string; createdAt: number }) => Promise<void>;
}

export type Decision = typeof decisions.$inferSelect;

export interface UndoArgs {
  tx: Db;
  app: AppContext;
  /** What it was about, as it is now. */
  matter: CaseSubject;
  decision: Decision;
  /** What the effect kept for this: the decision's `change`, or nothing. */
  change: Record<string, unknown>;
}

/** What taking a decision back is as a decision of its own. */
export interface Undone {
  action: DecisionAction;
  effect: Effect;
}

/** What an action does, and how that is taken back. */
export interface ActionEffect {
  apply(args: EffectArgs): Promise<Effect>;
  /** Null where things have moved on. Left out for actions that others take back. */
  undo?(args: UndoArgs): Promise<Undone | null>;
}
