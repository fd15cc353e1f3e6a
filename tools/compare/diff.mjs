/**
 * Compares two snapshots; exits with 1 if they differ. See README.md.
 *
 *   node tools/compare/diff.mjs A B [--ignore FILE] [--lines N]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { structuredPatch } from 'diff';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { ignore: { type: 'string' }, lines: { type: 'string', default: '20' } },
});
const [a, b] = positionals;
if (!a || !b) {
  console.error('usage: node tools/compare/diff.mjs A B [--ignore FILE] [--lines N]');
  process.exit(2);
}
const ignored = options.ignore
  ? readFileSync(options.ignore, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => new RegExp(line))
  : [];
const isIgnored = (line) => ignored.some((pattern) => pattern.test(line));

const inA = filesOf(a);
const inB = filesOf(b);
const onlyA = [...inA].filter((name) => !inB.has(name));
const onlyB = [...inB].filter((name) => !inA.has(name));
/** The files in which the same lines changed, by those lines. */
const changes = new Map();
for (const name of [...inA].filter((one) => inB.has(one))) {
  const [before, after] = [read(a, name), read(b, name)];
  if (before === after) continue;
  const { hunks } = structuredPatch(name, name, before, after, '', '', { context: 1 });
  const lines = hunks.flatMap((hunk) => ['@@', ...hunk.lines]);
  const changed = lines.filter((line) => /^[-+]/.test(line)).join('\n');
  const change = changes.get(changed) ?? { names: [], lines };
  change.names.push(name);
  changes.set(changed, change);
}

list(`only in ${a}`, onlyA);
list(`only in ${b}`, onlyB);
const most = Number(options.lines);
for (const { names, lines } of [...changes.values()].sort(
  (x, y) => y.names.length - x.names.length,
)) {
  list('\nchanged', names, 5);
  for (const line of lines.slice(0, most)) console.log(`    ${line.slice(0, 300)}`);
  if (lines.length > most) console.log(`    … ${lines.length - most} more lines`);
}
const changed = [...changes.values()].reduce((sum, { names }) => sum + names.length, 0);
console.log(
  `\n${inA.size} and ${inB.size} files: ${onlyA.length} only in the first, ${onlyB.length} only in the second, ` +
    `${changed} changed in ${changes.size} ways`,
);
process.exitCode = onlyA.length + onlyB.length + changed > 0 ? 1 : 0;

function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.replace(/\/$/, '').length + 1));
  return new Set(names.sort().filter((name) => !isIgnored(name)));
}

function read(folder, name) {
  const text = readFileSync(join(folder, name), 'utf8');
  if (ignored.length === 0) return text;
  return text
    .split('\n')
    .filter((line) => !isIgnored(line))
    .join('\n');
}

function list(title, names, most = 40) {
  if (names.length === 0) return;
  console.log(`${title}: ${names.length}`);
  for (const name of names.slice(0, most)) console.log(`  ${name}`);
  if (names.length > most) console.log(`  … and ${names.length - most} more`);
}
