import { migrateDatabase, openDatabase } from '../../db/client';
import { createCards } from '../cards/cards';
import type { Clock } from '../clock';
import type { Config } from '../config';
import { createMarkdownRenderer } from '../markdown/renderer';
import type { Site } from '../site';
import { MARKDOWN_WORKER, MIGRATIONS } from './paths';

export interface OpenSite extends Site {
  close(): Promise<void>;
}

/** Puts an installation together: database at the newest schema, renderer, clock. */
export async function openSite(config: Config, clock: Clock): Promise<OpenSite> {
  await migrateDatabase(config.databaseUrl, MIGRATIONS);
  const db = openDatabase(config.databaseUrl, MIGRATIONS);
  const markdown = createMarkdownRenderer({ workerUrl: MARKDOWN_WORKER });
  return {
    db,
    clock,
    config,
    markdown,
    cards: createCards(),
    async close() {
      await markdown.close();
      await db.close();
    },
  };
}
