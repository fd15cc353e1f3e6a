import { asc, getTableColumns } from 'drizzle-orm';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { AppContext } from '~/platform/app-context';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { type Column, getTableConfig, type Table } from '~db/dialect';
import {
  DATA_INVENTORY,
  type InventoryEntry,
  KEPT_FIGURES,
  LEFT_OUT,
  type Owner,
} from './data-inventory';

/** Rows read at a time, to limit memory however much a person has written. */
const BATCH = 200;

/**
 * Yields all data about one person as the bytes of a ZIP file: `README.txt` and `schema.json` (JSON
 * Schema 2020-12, one definition per file) in the person's language, and one JSON file, an array of
 * rows, for each entry of the inventory. Times are ISO 8601 in UTC.
 */
export async function* exportOf(
  { db, clock, config }: AppContext,
  owner: Owner,
  i18n: Translator,
): AsyncGenerator<Uint8Array> {
  const { t, minute } = i18n;
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const now = clock.now();
  const readme = [
    t('account.readme.title', { site: config.siteName, when: minute(now) }),
    t('account.readme.files'),
    t('account.readme.out'),
    t('account.readme.more', { url: config.origin + pathTo('/privacy') }),
  ].join('\n\n');

  async function* file(name: string, text: Iterable<string> | AsyncIterable<string>) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = now;
    zip.add(entry);
    for await (const part of text) {
      entry.push(strToU8(part));
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }

  yield* file('README.txt', [`${readme}\n`]);
  yield* file('schema.json', [`${JSON.stringify(exportSchema(i18n, config.siteName), null, 2)}\n`]);
  for (const holding of DATA_INVENTORY) {
    yield* file(`${holding.file}.json`, jsonOf(db.reader, holding, owner));
  }
  zip.end();
  yield* ready.splice(0);
}

/** Yields the rows of an entry as a JSON array, one row per line. */
async function* jsonOf(db: Db, holding: InventoryEntry, owner: Owner): AsyncGenerator<string> {
  const columns = shownColumns(holding);
  const order = primaryKey(holding.table).map((column) => asc(column));
  yield '[';
  for (let offset = 0; ; offset += BATCH) {
    const rows = await db
      .select(columns)
      .from(holding.table)
      .where(holding.whose(owner))
      .orderBy(...order)
      .limit(BATCH)
      .offset(offset);
    const lines = rows.map((row) => JSON.stringify(readable(columns, row)));
    if (lines.length > 0) yield `${offset === 0 ? '\n' : ',\n'}${lines.join(',\n')}`;
    if (rows.length < BATCH) break;
  }
  yield '\n]\n';
}

function shownColumns({ table, omit }: InventoryEntry): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).filter(([name]) => !omit.includes(name)),
  );
}

function primaryKey(table: Table): Column[] {
  const { columns, primaryKeys } = getTableConfig(table);
  return [...columns.filter(({ primary }) => primary), ...primaryKeys.flatMap((k) => k.columns)];
}

function readable(columns: Record<string, Column>, row: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const moment = typeof value === 'number' && columns[name] && isMoment(columns[name]);
      return [name, moment ? new Date(value).toISOString() : value];
    }),
  );
}

/** Times are recognised by the column names used in the schema; all are UTC milliseconds. */
function isMoment({ name, dataType }: Column): boolean {
  return dataType === 'number' && /_(at|until|before|start|end)$/.test(name);
}

/** Returns a JSON Schema of each file in the export, in the person's language. */
function exportSchema({ t }: Translator, site: string) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: t('account.export.schema', { site }),
    leftOut: Object.fromEntries([
      ...LEFT_OUT.map((table) => [table, t(`account.export.leftOut.${table}`)]),
      ...KEPT_FIGURES.map((table) => [table, t('account.export.leftOut.kept_figures')]),
    ]),
    $defs: Object.fromEntries(
      DATA_INVENTORY.map((holding) => [
        `${holding.file}.json`,
        {
          description: t(`account.export.file.${holding.file}`),
          type: 'array',
          items: rowSchema(shownColumns(holding)),
        },
      ]),
    ),
  };
}

function rowSchema(columns: Record<string, Column>) {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, valueSchema(column)]),
    ),
    required: Object.keys(columns),
    additionalProperties: false,
  };
}

const TYPES: Record<string, string> = { number: 'integer', string: 'string', boolean: 'boolean' };

function valueSchema(column: Column) {
  // A JSON column may contain any value.
  const type = isMoment(column) ? 'string' : TYPES[column.dataType];
  if (!type) return {};
  return {
    type: column.notNull ? type : [type, 'null'],
    ...(isMoment(column) && { format: 'date-time' }),
  };
}
