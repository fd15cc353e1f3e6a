import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { openApp } from '~/cli/compose';
import { DEMO, EVALUATION_SETS } from '~/cli/paths';
import { print } from '~/cli/run';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seedOnce } from '~/domain/import-export/seed';
import type { AppContext } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { evaluateCorpusDigests } from '../../../tools/evaluation/corpus-digests';
import { describeDigests } from '../../../tools/evaluation/digests';
import { describe, evaluate } from '../../../tools/evaluation/evaluate';

/** `npm run evaluate`: measures the rules for barriers, and those that make digests. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description(
      'measure the suggestion, placing, grouping and digesting of barriers on labelled text',
    )
    .argument('[folder]', 'holds conversation.jsonl and gold.jsonl', DEMO)
    .option('--json', 'print every figure as JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const evaluations = evaluate(folder, folder === DEMO ? EVALUATION_SETS : undefined);
      const digests = await withConversation(folder, (app) => evaluateCorpusDigests(app, folder));
      const told = Object.entries(digests).map(([name, one]) => describeDigests(name, one));
      print(
        options,
        { barriers: evaluations, digests },
        [describe(evaluations), ...told].join('\n\n'),
      );
    });
}

/** Runs `work` on a separate installation that contains only the folder's conversation. */
async function withConversation<T>(
  folder: string,
  work: (app: AppContext) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'causeway-evaluate-'));
  const database = { DATABASE_URL: `file:${join(home, 'causeway.db')}` };
  const app = await openApp(
    readConfig({ ...database, OUTBOX_DIR: join(home, 'outbox') }),
    systemClock,
  );
  try {
    await seedOnce(app);
    await importConversation(app, readFileSync(join(folder, 'conversation.jsonl'), 'utf8'));
    return await work(app);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}
