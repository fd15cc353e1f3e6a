import type { Command } from 'commander';
import { describe, evaluate } from '../../evaluation/evaluate';
import { FIXTURES } from '../paths';
import { print } from '../run';

/** `npm run evaluate`: how well the rules that suggest, place and group barriers do. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure the suggestion, placing and grouping of barriers on labelled text')
    .argument('[folder]', 'holds conversation.jsonl and gold.jsonl', FIXTURES)
    .option('--json', 'print every figure as JSON')
    .action((folder: string, options: { json?: boolean }) => {
      const evaluations = evaluate(folder);
      print(options, evaluations, describe(evaluations));
    });
}
