import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestCauseway } from './causeway';
import { noteOutput, noteSettings } from './log-watch';

/** Runs an operator's command on the installation of a test; `env` adds variables. */
export async function runCommand(
  { config }: TestCauseway,
  args: string[],
  input = '',
  env: Record<string, string> = {},
) {
  const child = spawn(process.execPath, [join(process.cwd(), 'build/causeway.js'), ...args], {
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      OUTBOX_DIR: config.outboxDir,
      DIGEST_OBJECTION_HOURS: '0',
      ...env,
    },
  });
  noteSettings(env);
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  // Standard output is the answer to the operator; errors often end up in a log.
  noteOutput(err);
  return { code: await code, out, err };
}
