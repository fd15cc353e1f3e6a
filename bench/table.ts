/** A figure over several rounds, with the limit measured in the same rounds. */
export interface Row {
  name: string;
  values: number[];
  unit: string;
  /** The limit in each round, by which the value is divided; undefined for absolute figures. */
  limits?: number[];
  /** The target for the ratio. */
  aim?: { atLeast: number } | { atMost: number };
}

/** Returns a table for both a terminal and Markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.name, spread(row.values), row.unit, ...ratioCells(row)]);
  const head = ['', 'min / median / max', '', 'ratio to the limit', 'aim'];
  const all = [head, ...cells];
  const widths = head.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0)));
  const write = (line: string[]) =>
    `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [write(head), rule, ...cells.map(write)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

function ratioCells({ values, limits, aim }: Row): [string, string] {
  const wanted = aim && ('atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`);
  if (!limits) {
    const met = aim && meets(median(values), aim);
    return ['', wanted ? `${wanted}${met ? ' ✓' : ' ✗'}` : ''];
  }
  const ratios = values.map((value, round) => value / (limits[round] ?? Number.NaN));
  const met = aim && meets(median(ratios), aim);
  return [spread(ratios), wanted ? `${wanted}${met ? ' ✓' : ' ✗'}` : ''];
}

function meets(value: number, aim: NonNullable<Row['aim']>): boolean {
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;
}

function spread(values: readonly number[]): string {
  if (values.length === 1) return short(values[0] ?? Number.NaN);
  return [Math.min(...values), median(values), Math.max(...values)].map(short).join(' / ');
}

/** Returns a number as people say it: whole from a hundred up, else with two digits. */
export function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(2)));
}
