import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildDemo } from '~/domain/import-export/demo';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { Client } from './support/client';
import { runCommand } from './support/command';
import { startProgram } from './support/program';

/** Programs are started, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const server = process.env.TEST_POSTGRES;

/** Within the demo's autumn. Pages name today, so programs are given the same moment as the test. */
const MOMENT = '2026-11-15T12:00:00Z';
const AT_MOMENT = {
  NODE_OPTIONS: `--import ${JSON.stringify(`data:text/javascript,Date.now=()=>${Date.parse(MOMENT)}`)}`,
};

/** Pages that show copied data: texts, figures, search, decisions. */
const PAGES = [
  '/threads',
  '/threads?sort=top&region=002',
  '/t/q1/biggest-barrier',
  '/t/q1/biggest-barrier?page=2',
  '/barriers',
  '/regions/011',
  '/digests/world/2026-10.json',
  '/digests/world/2026-10.csv',
  '/u/kofi_dev',
  '/moderation.csv',
  '/api/v1/threads',
];

describe.skipIf(!server)('causeway copy', () => {
  let causeway: TestCauseway;

  beforeAll(async () => {
    causeway = await startTestCauseway();
    await buildDemo(causeway.app, readFileSync('db/seed/demo/conversation.jsonl', 'utf8'));
  });
  afterAll(() => causeway?.close());

  /** Creates an empty database, which is dropped at the end of the test. */
  async function emptyDatabase(): Promise<{ url: string; query: pg.Client['query'] }> {
    const name = `copy_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(server ?? '');
    url.pathname = name;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    onTestFinished(async () => {
      await client.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    });
    return { url: url.href, query: client.query.bind(client) as pg.Client['query'] };
  }

  const copy = (url: string) => runCommand(causeway, ['copy', '--to', url, '--json']);

  it('copies a whole site, row by row, and it works there', async () => {
    const target = await emptyDatabase();
    const { code, out, err } = await copy(target.url);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const tables = JSON.parse(out) as {
      table: string;
      rows: number;
      hash: string;
      same: boolean;
    }[];
    expect(tables.filter(({ same }) => !same)).toEqual([]);
    for (const { table, rows, hash } of tables) {
      const { rows: counted } = await target.query(`select count(*)::int as n from "${table}"`);
      expect({ table, n: counted[0].n }).toEqual({ table, n: rows });
      expect(hash).toMatch(/^[\da-f]{64}$/);
    }
    expect(tables.find(({ table }) => table === 'posts')?.rows).toBeGreaterThan(50);

    const there = { ...causeway, config: { ...causeway.config, databaseUrl: target.url } };
    expect((await runCommand(there, ['work'], '', AT_MOMENT)).code).toBe(0);
    const program = await startProgram(there, { ORIGIN: causeway.config.origin, ...AT_MOMENT });
    causeway.clock.set(MOMENT);
    for (const page of PAGES) {
      const [before, after] = await Promise.all(
        [causeway.url, program.url].map((url) => new Client(url).get(page)),
      );
      expect(after?.status, page).toBe(200);
      expect(after?.text, page).toBe(before?.text);
    }
    // Each database has its own ranking; the set of results is the same.
    const found = async (url: string) => {
      const { $ } = await new Client(url).get('/search?q=clinic');
      return $('#results ~ ol h3 a')
        .get()
        .map((link) => $(link).attr('href'))
        .sort();
    };
    expect(await found(program.url)).toEqual(await found(causeway.url));
    expect((await found(program.url)).length).toBeGreaterThan(1);
    // Foreign keys are checked again.
    await expect(
      target.query(`update posts set thread_id = 'nowhere' where thread_id = 'q1'`),
    ).rejects.toThrow(/foreign key/);
  });

  it('copies nothing into a database that holds something, its own first copy included', async () => {
    const target = await emptyDatabase();
    expect((await copy(target.url)).code).toBe(0);
    await target.query(`update threads set title = 'Changed there' where id = 'q1'`);
    const again = await copy(target.url);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toBe('the database to copy to is not empty; nothing was changed\n');
    const { rows } = await target.query(`select title from threads where id = 'q1'`);
    expect(rows).toEqual([{ title: 'Changed there' }]);
  });

  it('reports tables that differ', async () => {
    const target = await emptyDatabase();
    // Simulates a write between the copy and the comparison.
    await target.query(`
      create function meddle() returns trigger language plpgsql as
        $$ begin new.title := 'Meddled'; return new; end $$;
      create function watch() returns event_trigger language plpgsql as $$ begin
        if to_regclass('public.threads') is not null
          and not exists (select 1 from pg_trigger where tgname = 'meddle') then
          create trigger meddle before insert on threads for each row execute function meddle();
        end if;
      end $$;
      create event trigger watcher on ddl_command_end when tag in ('CREATE TABLE')
        execute function watch();`);
    const { code, err, out } = await copy(target.url);
    expect(code).toBe(1);
    expect(err).toContain('different on both sides: threads.');
    const tables = JSON.parse(out) as { table: string; same: boolean }[];
    expect(tables.filter(({ same }) => !same).map(({ table }) => table)).toEqual(['threads']);
  });

  it('refuses URLs of another kind', async () => {
    const { code, err } = await copy('file:./other.db');
    expect({ code, err }).toEqual({ code: 1, err: '--to must be a postgres:// URL\n' });
  });
});
