/** So many values stand in one statement: databases allow only so many parameters. */
const BATCH = 500;

/** Reads the rows for any number of ids, a batch at a time; in the order of the ids' batches. */
export async function inBatches<Id, Row>(
  ids: readonly Id[],
  read: (batch: Id[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const batch of batchesOf(ids)) rows.push(...(await read(batch)));
  return rows;
}

/** Divides ids into batches that fit in one statement. */
export function* batchesOf<Id>(ids: readonly Id[]): Generator<Id[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield ids.slice(at, at + BATCH);
}
