import type { Database } from '~db/client';
import type { Clock } from './clock';
import type { Config } from './config';
import type { Pace } from './mail/pace';
import type { MarkdownRenderer } from './markdown/renderer';
import type { Cards } from './og-images/og-images';

/** One running installation: what domain functions are given, and all they may reach. */
export interface AppContext {
  db: Database;
  clock: Clock;
  config: Config;
  markdown: MarkdownRenderer;
  cards: Cards;
  /** One for the whole process, however many senders are at work in it. */
  mailPace: Pace;
}
