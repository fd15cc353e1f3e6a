import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { openApp } from '~/cli/compose';
import { DEMO, EVALUATION_SETS, LEXICON } from '~/cli/paths';
import { CommandError, print } from '~/cli/run';
import { rankerByWords } from '~/domain/barriers/ranking/ranker';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seedOnce } from '~/domain/import-export/seed';
import type { AppContext } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { describeClaims, evaluateClaims, misleadingLines } from '../../../tools/evaluation/claims';
import { digestsOf, evaluateCorpusDigests } from '../../../tools/evaluation/corpus-digests';
import { describeDigests } from '../../../tools/evaluation/digests';
import { describe, evaluate } from '../../../tools/evaluation/evaluate';
import {
  describeQuotes,
  describeRanking,
  evaluateModel,
  evaluateQuoteHalves,
  evaluateRanking,
  learnFrom,
} from '../../../tools/evaluation/ranked-sets';

/** `npm run evaluate`: measures the rules for barriers, and those that make digests. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description(
      'measure on labelled text how well barriers are suggested, placed, grouped and digested',
    )
    .argument('[folder]', 'the folder with conversation.jsonl and gold.jsonl', DEMO)
    .option('--json', 'print every figure as JSON')
    .option('--llm', 'also measure the ranking by the language model (LLM_URL)')
    .option(
      '--learn',
      'rewrite learned.json and reports-nothing.json from the texts set aside for tuning',
    )
    .action(async (folder: string, options: Options) => {
      if (options.learn) {
        const texts = learnFrom(DEMO, EVALUATION_SETS, LEXICON);
        return print(options, { texts }, `Learned from ${texts} texts.`);
      }
      const llm = options.llm ? readConfig(process.env).llm : null;
      if (options.llm && !llm) throw new CommandError('--llm needs LLM_URL and LLM_MODEL');
      const ranked = await evaluateRanking(DEMO, EVALUATION_SETS, rankerByWords());
      const model = llm ? await evaluateModel(DEMO, EVALUATION_SETS, llm) : undefined;
      const quotes = evaluateQuoteHalves(EVALUATION_SETS);
      const evaluations = evaluate(folder, folder === DEMO ? EVALUATION_SETS : undefined);
      const conversation = readFileSync(join(folder, 'conversation.jsonl'), 'utf8');
      const digests = await withConversation(conversation, (app) =>
        evaluateCorpusDigests(app, folder),
      );
      const misleading = misleadingLines(folder, EVALUATION_SETS);
      const claims = await withConversation(
        [conversation.trim(), ...misleading].join('\n'),
        (app) => evaluateClaims(app, folder, digestsOf(folder), misleading),
      );
      const told = Object.entries(digests).map(([name, one]) => describeDigests(name, one));
      print(
        options,
        {
          ranking: ranked,
          ...(model && { model }),
          quotes,
          barriers: evaluations,
          digests,
          claims,
        },
        [
          describeRanking(ranked, model),
          describeQuotes(quotes),
          describe(evaluations),
          ...told,
          describeClaims(claims),
        ].join('\n\n'),
      );
    });
}

interface Options {
  json?: boolean;
  llm?: boolean;
  learn?: boolean;
}

/** Runs `work` on a separate installation that contains only a conversation. */
async function withConversation<T>(
  conversation: string,
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
    await importConversation(app, conversation);
    return await work(app);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}
