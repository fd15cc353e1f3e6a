import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { expect } from 'vitest';
import type { Db } from '~db/client';
import type { TestCauseway } from './causeway';
import type { Client } from './client';

const SESSION = 'causeway_session';

/** Runs `work` while the installation keeps nothing of what it reads, and uses nothing it has kept. */
export async function withoutKept<T>({ app }: TestCauseway, work: () => Promise<T>): Promise<T> {
  const { kept, reader } = app.db;
  Object.assign(app.db, { kept: (_: string, read: (db: Db) => unknown) => read(reader) });
  try {
    return await work();
  } finally {
    Object.assign(app.db, { kept });
  }
}

/**
 * Counts the statements of an uncached page. A visitor gets an invalid session cookie, because the
 * page would otherwise come from the cache.
 */
export async function queriesOf(client: Client, path: string): Promise<number> {
  const visitor = !client.cookies.has(SESSION);
  if (visitor) client.cookies.set(SESSION, 'opens-nothing');
  try {
    return await statementsOf(async () => {
      const { status } = await client.get(path);
      expect([200, 404], path).toContain(status);
    });
  } finally {
    if (visitor) client.cookies.delete(SESSION);
  }
}

/**
 * Counts the statements that run during `work`. Statements are compiled once and cached, so their
 * executions are counted, on all connections of this process.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const probe = new Sqlite(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('select 1'));
  probe.close();
  const { all, get, run } = statement;
  const { query } = pg.Client.prototype;
  let count = 0;
  const counted = (method: (...values: unknown[]) => unknown) =>
    function (this: unknown, ...values: unknown[]) {
      count += 1;
      return method.apply(this, values);
    };
  Object.assign(statement, { all: counted(all), get: counted(get), run: counted(run) });
  Object.assign(pg.Client.prototype, { query: counted(query as never) });
  try {
    await work();
    return count;
  } finally {
    Object.assign(statement, { all, get, run });
    Object.assign(pg.Client.prototype, { query });
  }
}

/**
 * Counts the queries that are put into words during `work`, on SQLite: those that are not prepared, and those
 * that are prepared for the first time.
 */
export async function wordingsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const add = () => {
    count += 1;
  };
  subscribe('causeway:worded', add);
  try {
    await work();
    return count;
  } finally {
    unsubscribe('causeway:worded', add);
  }
}
