import type { SignalKind } from '~db/schema/prevention';

export type { SignalKind };

/** One result of the automatic checks. */
export interface Signal {
  kind: SignalKind;
  /** `hold`: held for a moderator; `flag`: published and a case opened; `none`: only recorded. */
  effect: 'hold' | 'flag' | 'none';
  patternId?: string;
  /** The matching words. */
  matched?: string;
  /** The post with the same words. */
  otherPostId?: string;
}
