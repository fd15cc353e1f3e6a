import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readInput } from '~/cli/files';
import { CommandError, print, withApp } from '~/cli/run';
import type { PostDifferences } from '~/domain/import-export/blog-post/compare-posts';
import { decodePost } from '~/domain/import-export/blog-post/decode-post';
import { LARGEST_POST } from '~/domain/import-export/blog-post/parse-post';
import { EXPORTED } from '~/domain/import-export/data-dictionary';
import { type ExportOptions, exportData } from '~/domain/import-export/export-data';
import { importConversation } from '~/domain/import-export/import-conversation';
import { importPost } from '~/domain/import-export/import-post';
import { seed } from '~/domain/import-export/seed';
import { DomainError } from '~/platform/errors';
import { readLanguage } from '~/platform/languages/tags';
import { readAbsoluteUrl } from '~/platform/text/absolute-url';

/** Commands for import and export. */
export function registerDataCommands(program: Command): void {
  program
    .command('seed')
    .description('open the first conversation with its questions; running it again changes nothing')
    .option('--json', 'print the result as JSON')
    .action((options: { json?: boolean }) =>
      withApp(async (app) => {
        const { made, known } = await seed(app);
        print(
          options,
          { made, known },
          `${made.length} threads created, ${known.length} already there`,
        );
      }),
    );

  program
    .command('import-post')
    .description(
      'read an article (Markdown, HTML or text) and create a draft conversation with a thread for each of its questions',
    )
    .argument('<file>', 'the article; - for standard input')
    .option('--publish', 'open the conversation straight away')
    .option(
      '--new-pillars',
      'add the topics that the site does not have; otherwise they are left out',
    )
    .option('--url <url>', 'the link to the article')
    .option('--language <tag>', 'BCP 47 language of the article, if it is not recognised')
    .option('--json', 'print what was found as JSON')
    .action((file: string, options: PostCommandOptions) =>
      withApp(async (app) => {
        const source = decodePost(readInput(file, LARGEST_POST));
        const report = await importPost(app, source, checkedPostOptions(options));
        for (const warning of report.post.warnings) console.error(`note: ${warning}`);
        print(options, report, postSummary(report));
      }),
    );

  program
    .command('import')
    .description('import a conversation (JSON Lines); skips what is already there')
    .argument('<file>', 'the conversation, or a folder written by export; - for standard input')
    .option('--dry-run', 'check everything, save nothing')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: { dryRun?: boolean; json?: boolean }) =>
      withApp(async (app) => {
        const files = readConversation(file);
        const text = files.map((one) => one.text).join('\n');
        const report = await importConversation(app, text, options);
        for (const { line, reason } of report.failed) {
          console.error(`${placeOf(line, files)}: ${reason}`);
        }
        const { added, known, failed } = report;
        const done = options.dryRun ? 'would be added' : 'added';
        print(
          options,
          report,
          `${added} ${done}, ${known} already there, ${failed.length} refused`,
        );
        if (failed.length > 0) process.exitCode = 1;
      }),
    );

  program
    .command('export')
    .description('write all public data as JSON Lines and CSV into a folder')
    .argument('<dir>', 'the folder, created if it is missing')
    .option(
      '--with-people',
      'also write who said “I face this too”: for moving a site, not for publishing',
    )
    .option(
      '--conversation <slug>',
      'only this conversation, by the last part of its link /c/…; without digests',
    )
    .option('--json', 'print the result as JSON')
    .action((dir: string, options: ExportOptions & { json?: boolean }) =>
      withApp(async (app) => {
        const report = await exportData(app, dir, options).catch((error) => {
          if (!(error instanceof DomainError)) throw error;
          throw new CommandError(`no public conversation /c/${options.conversation}`);
        });
        const { threads, contributions, digests } = report;
        print(
          options,
          report,
          `${threads} threads, ${contributions} posts and ${digests} digests written to ${dir}`,
        );
      }),
    );
}

interface PostCommandOptions {
  publish?: boolean;
  newPillars?: boolean;
  url?: string;
  language?: string;
  json?: boolean;
}

function checkedPostOptions({ publish, newPillars, url, language }: PostCommandOptions) {
  if (url !== undefined && !readAbsoluteUrl(url)) {
    throw new CommandError('--url must be an http or https URL');
  }
  const tag = language === undefined ? undefined : readLanguage(language);
  if (tag === null) throw new CommandError('--language must be a BCP 47 language tag');
  return { publish, newPillars, url, language: tag };
}

function postSummary(report: Awaited<ReturnType<typeof importPost>>) {
  const { post, conversation, isNew, made, known, changed, removed, opened } = report;
  const listed = (sign: string, list: typeof made) =>
    list.map((thread) => `  ${sign} ${thread.id}  ${thread.title}`);
  return [
    `“${post.title}” (${post.format})`,
    `${post.summaryPoints.length} summary points, ${post.pillars.length} topics, ${post.glossary.length} glossary terms, ${post.questions.length} questions`,
    `conversation /c/${conversation.slug} (${conversation.state}${isNew ? ', new' : ''})`,
    `${made.length} threads created, ${known.length} already there, ${changed.length} changed, ${removed.length} taken out, ${opened} drafts published`,
    ...listed('+', made),
    ...listed('=', known),
    ...listed('~', changed),
    ...listed('-', removed),
    ...differencesText(report.differences),
  ].join('\n');
}

/** Names what a public conversation says otherwise than the article. */
function differencesText(differences: PostDifferences | null): string[] {
  if (!differences) return [];
  const { title, introduction, ...lists } = differences;
  const single = { title, introduction };
  return [
    'The article differs from the conversation, which is public and was not changed:',
    ...Object.entries(single).flatMap(([name, change]) =>
      change ? [`  ${name}: “${change.before ?? ''}” → “${change.after ?? ''}”`] : [],
    ),
    ...Object.entries(lists).flatMap(([name, { added, removed, changed }]) => {
      const counts = `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
      return added.length + removed.length + changed.length > 0 ? [`  ${name}: ${counts}`] : [];
    }),
  ];
}

/** Size limit in bytes; far more than any conversation imported from a file. */
const LARGEST_CONVERSATION = 512 * 1024 * 1024;

interface TextFile {
  name: string;
  text: string;
}

/** Reads the conversation in a file, or in the files that `export` wrote into a folder. */
function readConversation(file: string): TextFile[] {
  const isFolder = file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return [{ name: '', text: readText(file) }];
  const { conversations, threads, contributions, meToos, keyPoints, keyPointTexts } = EXPORTED;
  return [conversations, threads, contributions, meToos, keyPoints, keyPointTexts].map(
    ({ name }) => ({
      name: `${name}.jsonl`,
      text: readText(join(file, `${name}.jsonl`)),
    }),
  );
}

function readText(file: string): string {
  return readInput(file, LARGEST_CONVERSATION).toString('utf8');
}

/** Returns the file and line number of a line that was counted across all files. */
function placeOf(line: number, files: readonly TextFile[]): string {
  let before = 0;
  for (const { name, text } of files) {
    const lines = text.split('\n').length;
    if (line <= before + lines) return `${name} line ${line - before}`.trim();
    before += lines;
  }
  return `line ${line}`;
}
