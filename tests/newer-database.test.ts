import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DIALECT, runStatement } from '~db/dialect';
import { type TestCauseway, useCauseway } from './support/causeway';
import { runCommand } from './support/command';

const NEWER = /the database is newer than this program/;

/** What the next version of the program would have left. */
function migrateByNextVersion({ app }: TestCauseway): Promise<void> {
  const table = DIALECT === 'postgresql' ? 'drizzle.__drizzle_migrations' : '__drizzle_migrations';
  return app.db.write((tx) =>
    runStatement(
      tx,
      sql.raw(`insert into ${table} (hash, created_at) values ('of the next', 9000000000000)`),
    ),
  );
}

it('a database that a newer version has migrated is refused, clearly', async () => {
  const causeway = await useCauseway();
  expect((await causeway.client().get('/readyz')).status).toBe(200);
  await migrateByNextVersion(causeway);

  const ready = await causeway.client().get('/readyz');
  expect(ready.status).toBe(503);
  expect(ready.text).toMatch(NEWER);

  for (const command of ['migrate', 'work', 'seed']) {
    const { code, out, err } = await runCommand(causeway, [command]);
    expect(code, command).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(NEWER);
  }
  const doctor = await runCommand(causeway, ['doctor', '--json']);
  expect(doctor.code).toBe(1);
  expect(JSON.parse(doctor.out)).toEqual([
    { check: 'database', ok: false, detail: expect.stringMatching(NEWER) },
  ]);

  const server = spawn(process.execPath, [join(process.cwd(), 'build/serve.js')], {
    env: { ...process.env, PORT: '0', DATABASE_URL: causeway.config.databaseUrl },
  });
  const code = new Promise((resolve) => server.once('close', resolve));
  const [out, err] = await Promise.all([text(server.stdout), text(server.stderr)]);
  expect([await code, out]).toEqual([1, '']);
  expect(err).toMatch(/^Causeway could not start: the database is newer than this program/);
  expect(err.trim().split('\n')).toHaveLength(1);
});
