import { hasCommunity, seedCommunity } from '~/domain/community/seed-community';
import { fillFigures, withKeptFigures } from '~/domain/ops/kept-figures';
import type { AppContext } from '~/platform/app-context';
import { type Clock, steadyClock } from '~/platform/clock';
import { followCommunity } from '~/platform/community/current-community';
import { type Config, settingsIn, withSettings } from '~/platform/config';
import { Pace } from '~/platform/mail/pace';
import { createMarkdownRenderer, type MarkdownRenderer } from '~/platform/markdown/renderer';
import { createCards } from '~/platform/og-images/og-images';
import { EVERYTHING } from '~db/cache-tags';
import { migrateDatabase, openDatabase } from '~db/client';
import { newestVersion } from '~db/tracked-reads';
import { MARKDOWN_WORKER, MIGRATIONS } from './paths';

export interface OpenApp extends AppContext {
  close(): Promise<void>;
}

/** Prepares the threads that render Markdown; they start when there is something to render. */
export function openMarkdown(): MarkdownRenderer {
  return createMarkdownRenderer({ workerUrl: MARKDOWN_WORKER });
}

/**
 * Opens an installation: migrates its database, and fills its vocabularies and kept figures. Closing it
 * closes its Markdown renderer too, unless that is `shared` by several installations of a process.
 */
export async function openApp(
  config: Config,
  clock: Clock,
  shared?: MarkdownRenderer,
): Promise<OpenApp> {
  await migrateDatabase(config.databaseUrl, MIGRATIONS);
  const opened = openDatabase(config.databaseUrl, MIGRATIONS);
  await fillFigures(opened);
  const db = withKeptFigures(opened);
  // Versions are microseconds since 1970 that only grow: this is when something last changed.
  const lastChange = (await newestVersion(db.reader, [EVERYTHING])) / 1000;
  const steady = steadyClock(clock, lastChange);
  if (!(await hasCommunity(db.reader))) await db.write((tx) => seedCommunity(tx, steady.now()));
  const community = await followCommunity(db, settingsIn(config));
  const markdown = shared ?? openMarkdown();
  return {
    db,
    clock: steady,
    config: withSettings(config, () => community.value.settings),
    get community() {
      return community.value;
    },
    refreshCommunity: () => community.refresh(),
    markdown,
    cards: createCards(),
    mailPace: new Pace(config.smtpUrl ? config.mailPerSecond : 0),
    async close() {
      if (!shared) await markdown.close();
      await db.close();
    },
  };
}
