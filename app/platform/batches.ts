/**
 * Items in one statement: databases allow only so many parameters, and an inserted row has several. Of very many ids
 * SQLite expects more rows than of a condition that a million rows meet, since it is told of at most a
 * thousand of those (decision 40), and reads these instead.
 */
const BATCH = 200;

/** Reads the rows for any number of ids, a batch at a time; in the order of the ids' batches. */
export async function inBatches<Id, Row>(
  ids: readonly Id[],
  read: (batch: Id[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const batch of batchesOf(ids)) rows.push(...(await read(batch)));
  return rows;
}

/** Divides ids or rows into batches of `size`, by default so many that they fit in one statement. */
export function* batchesOf<Item>(items: readonly Item[], size = BATCH): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
