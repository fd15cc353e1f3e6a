/** Reads a CSV file with a header line: one object per line, by column. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  const [columns = [], ...lines] = rows;
  return lines
    .filter((line) => line.length === columns.length)
    .map((line) => Object.fromEntries(columns.map((name, at) => [name, line[at] ?? ''])));
}
