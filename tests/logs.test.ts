import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { runJob } from '~/jobs/run-jobs';
import { MAIL } from '~/jobs/schedule';
import { createLog } from '~/server/log';
import { runStatement } from '~db/dialect';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember } from './support/community';
import { startProgram } from './support/program';

/*
 * Errors whose messages and properties hold values. Whatever else is logged in any test is looked
 * through at the end of each file: tests/support/log-watch.ts.
 */

const SECRET = 'zq-secret-of-ada@example.org';
const PASSWORD = 'a causeway of nineteen stones';

async function useLogged(): Promise<{ causeway: TestCauseway; lines: string[] }> {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const causeway = await startTestCauseway({}, undefined, log);
  return { causeway, lines };
}

const errorsIn = (lines: string[]) => lines.filter((line) => JSON.parse(line).level >= 50);

/** Makes every statement about a table fail that names one of its columns. */
function breakColumn({ app }: TestCauseway, table: string, column: string): Promise<void> {
  const statement = `alter table ${table} rename column ${column} to ${column}_gone`;
  return app.db.write((tx) => runStatement(tx, sql.raw(statement)));
}

describe('an unexpected error of the database', () => {
  it('is logged with its statement and place, and without values', async () => {
    const { causeway, lines } = await useLogged();
    try {
      await breakColumn(causeway, 'users', 'bio');
      const form = { email: SECRET, handle: 'ada', password: PASSWORD };
      const answer = await causeway.client().post('/signup', form);
      expect(answer.status).toBe(500);
      const [logged = '{}'] = errorsIn(lines);
      expect(JSON.stringify(JSON.parse(logged).err)).toMatch(/statement|SQLITE_ERROR|42703/);
      expect(logged).toContain(answer.headers.get('X-Request-Id'));
      expect(lines.join('')).not.toMatch(/zq-secret|nineteen|argon2/);
    } finally {
      await causeway.close();
    }
  });

  it('is told by a command without values', async () => {
    const causeway = await useCauseway();
    await breakColumn(causeway, 'users', 'bio');
    const args = ['user', 'create', '--email', SECRET, '--handle', 'ada', '--password-stdin'];
    const { code, out, err } = await runCommand(causeway, args, `${PASSWORD}\n`);
    expect(code).toBe(1);
    expect(err.split('\n')).toHaveLength(2);
    expect(out + err).not.toMatch(/zq-secret|nineteen|argon2/);
  });

  it('in a job is stored and logged without values', async () => {
    const { causeway, lines } = await useLogged();
    try {
      const { app } = causeway;
      const form = { email: SECRET, handle: 'ada', password: PASSWORD };
      expect((await causeway.client().post('/signup', form)).status).toBe(303);
      await breakColumn(causeway, 'mails', 'lease_until');
      const log = createLog('trace', { write: (line) => lines.push(line) });
      const result = await runJob(app, MAIL, {
        force: true,
        onError: (err) => log.error({ err }, 'a job failed'),
      });
      expect(result?.error).toBeTruthy();
      expect(lines.join('') + JSON.stringify(result)).not.toContain('zq-secret');
    } finally {
      await causeway.close();
    }
  });
});

describe.each(['1', '2'])('with %s processes', (WEB_CONCURRENCY) => {
  it('what nothing caught ends the process, and is logged without values', async () => {
    const causeway = await useCauseway();
    const thrown = `
      setInterval(() => {
        if (process.listenerCount('uncaughtException') === 0) return;
        throw Object.assign(new Error(${JSON.stringify(SECRET)}), { detail: ${JSON.stringify(SECRET)} });
      }, 50);`;
    const program = await startProgram(causeway, {
      WEB_CONCURRENCY,
      NODE_OPTIONS: `--import ${JSON.stringify(`data:text/javascript,${encodeURIComponent(thrown)}`)}`,
    }).catch((error: unknown) => error);
    // It ends before it serves, or soon after.
    if (program && typeof program === 'object' && 'child' in program) {
      const { child, said, printed } = program as Awaited<ReturnType<typeof startProgram>>;
      if (child.exitCode === null) await once(child, 'exit');
      expect(printed()).toContain('uncaught exception');
      expect(printed() + said()).not.toContain('zq-secret');
    }
  });
});

it('a secret in a path is left out, however the path is written', async () => {
  const { causeway, lines } = await useLogged();
  try {
    const member = await addMember(causeway, 'ada');
    for (const path of ['/confirm/', '/CONFIRM/', '/%63onfirm/', '/reset/', '/Login/Link/']) {
      await member.client.get(`${path}zq-secret-token`);
    }
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.join('')).not.toContain('zq-secret');
  } finally {
    await causeway.close();
  }
});
