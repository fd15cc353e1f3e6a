import type { SignalKind } from '~db/schema/prevention';

export type { SignalKind };

/** One thing that automation noticed about a text. */
export interface Signal {
  kind: SignalKind;
  /** What follows: it waits, it is brought before a moderator, or it is only noted. */
  effect: 'hold' | 'flag' | 'none';
  patternId?: string;
  /** The words that were met. */
  matched?: string;
  /** The post with the same words. */
  otherPostId?: string;
}
