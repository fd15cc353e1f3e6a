import type { Database } from '~db/client';
import type { Clock } from './clock';
import type { Community } from './community/community';
import type { Config } from './config';
import type { Pace } from './mail/pace';
import type { MarkdownRenderer } from './markdown/renderer';
import type { Cards } from './og-images/og-images';

/** A running installation: the dependencies that are passed to domain functions. */
export interface AppContext {
  db: Database;
  clock: Clock;
  /** Its settings are those of `community`. */
  config: Config;
  /** The newest that this process knows: each request and each job calls `refreshCommunity` first. */
  readonly community: Community;
  /** Reads what has changed in the community since, in whichever process. */
  refreshCommunity(): Promise<Community>;
  markdown: MarkdownRenderer;
  cards: Cards;
  /** One per process, shared by all mail senders in it. */
  mailPace: Pace;
}
