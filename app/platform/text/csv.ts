/** Text that a spreadsheet would read as a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

export type Cell = string | number | null | readonly string[];

/**
 * Returns a table as CSV (RFC 4180) with a header line and CRLF line ends, safe to open in a
 * spreadsheet: text that would be run as a formula gets an apostrophe in front. Numbers stay
 * numbers, null is empty, the values of a list are joined with spaces.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return cell(value.join(' '));
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
