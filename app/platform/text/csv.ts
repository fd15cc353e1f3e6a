/**
 * Text that a spreadsheet would read as a formula (OWASP, "CSV Injection"): it begins with a control
 * character, or with a sign of formulas, also a full-width one, after characters that a spreadsheet
 * skips or, in some countries, takes for the end of a cell.
 */
const FORMULA = /^(\p{Cc}|[\s;,"'\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u;

/** Without it spreadsheets take UTF-8 for the character set of the country. */
const BYTE_ORDER_MARK = '\uFEFF';

export type Cell = string | number | null | readonly string[];

/**
 * Returns a table as CSV (RFC 4180) with a header line and CRLF line ends, safe to open in a
 * spreadsheet: it begins with a byte-order mark, and text that would be run as a formula gets an apostrophe in front. Numbers stay
 * numbers, null is empty, the values of a list are joined with spaces.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`);
  return BYTE_ORDER_MARK + lines.join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return cell(value.join(' '));
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
