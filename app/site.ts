import type { Database } from '../db/client';
import type { Cards } from './cards/cards';
import type { Clock } from './clock';
import type { Config } from './config';
import type { MarkdownRenderer } from './markdown/renderer';

/** One running installation: what domain functions are given, and all they may reach. */
export interface Site {
  db: Database;
  clock: Clock;
  config: Config;
  markdown: MarkdownRenderer;
  cards: Cards;
}
