import { asciiDigits } from '~/platform/text/digits';
import { type Block, type Item, type Paragraph, tidy, wordCount } from './blocks';
import { QUESTION_WORDS } from './post-words';

/** Bullets that need no space after them; for use in a character class. */
export const TIGHT_BULLETS = '•‣⁃◦▪▫●○■□◆◇►▶➤➢✓✔\\uf0b7\\uf0a7';
const BULLET = new RegExp(`^(?:[${TIGHT_BULLETS}]\\s*|[·∙*+?–—-](?:\\s+|$))`, 'u');
const NUMBER = new RegExp(
  `^(?:(?:[(（]?(\\p{Nd}{1,3})[.)）．]|(\\d)\\ufe0f?\\u20e3|[a-z]\\)|(?:${QUESTION_WORDS})\\s*(\\p{Nd}+)[.:)：])(?:\\s+|$)|(\\p{Nd}{1,3})、\\s*)`,
  'iu',
);
const QUOTED = /^\s*(?:>\s?)+/;
const RULE = /^[-_*=~\s]*$/;
const ENDS_SENTENCE = /[.?!:;,…؟؛،。？！：；।॥۔]["”’')\]»」）]*$/u;

/** Maximum width of wrapped text; a longer line was not wrapped. */
const WIDEST_MARGIN = 200;

/** Minimum share of lines that break off in mid-sentence for a text to be considered wrapped. */
const FEWEST_BROKEN = 0.1;

interface Line {
  text: string;
  /** The same with its bullet or number. */
  written: string;
  /** Length as written, with indentation and bullet, for detecting the margin. */
  width: number;
  group: number;
  marker: { ordinal: number | null } | null;
  quoted: boolean;
}

/**
 * Reads plain text, copied from a page or typed: bullets and numbers of any style are items,
 * wrapped lines are joined, and short lines on their own are headings.
 */
export function blocksFromText(source: string): Block[] {
  const read = joined(linesOf(source))
    .map(([first, ...more]) => {
      const words = [first, ...more].map(({ text }) => text).join(' ');
      return blockOf(first, tidy(withoutMarkup(words)), first.group);
    })
    .filter((block) => block.text !== '');
  return read.map((block, index) => headingOr(block, read, index));
}

/** Returns the lines of each block, joined where they were wrapped. */
function joined(lines: Line[]): [Line, ...Line[]][] {
  const margin = marginOf(lines);
  const blocks: [Line, ...Line[]][] = [];
  let last: Line | null = null;
  for (const read of lines) {
    const line: Line = last && isDashInside(last, read, margin) ? unmarked(read) : read;
    const open = blocks.at(-1);
    if (open && last && line.group === last.group && !line.marker && goesOn(last, line, margin)) {
      open.push(line);
    } else {
      blocks.push([line]);
    }
    last = line;
  }
  return blocks;
}

/** Returns the lines of a paragraph whose line breaks are deliberate, as with `<br>`. */
export function blocksFromBrokenLines(text: string, group: number): (Paragraph | Item)[] {
  return linesOf(text).map((line) => blockOf(line, tidy(line.text), group));
}

function blockOf({ marker, quoted }: Line, text: string, group: number): Paragraph | Item {
  const block = { text, lead: null, group, ...(quoted && { quoted }) };
  if (!marker) return { kind: 'paragraph', ...block };
  return { kind: 'item', ...block, depth: 0, ordinal: marker.ordinal };
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  const rows = source.split('\n');
  const quotations = source.includes('>') ? rows.filter((row) => QUOTED.test(row)).length : 0;
  // A post that was forwarded in an email is quoted as a whole.
  const forwarded = quotations > 0 && quotations * 2 > rows.filter((row) => row.trim()).length;
  let group = 0;
  for (const raw of rows) {
    const written = raw.replace(QUOTED, '').trim();
    if (RULE.test(written) && !BULLET.test(written)) {
      group += 1;
      continue;
    }
    const width = raw.trimEnd().length;
    const quoted = quotations > 0 && !forwarded && QUOTED.test(raw);
    const { text, marker } = readMarker(written);
    lines.push({ text, written, width, group, marker, quoted });
  }
  return lines;
}

function readMarker(written: string): Pick<Line, 'text' | 'marker'> {
  const bullet = BULLET.exec(written);
  if (bullet) return { text: written.slice(bullet[0].length), marker: { ordinal: null } };
  const number = NUMBER.exec(written);
  if (!number) return { text: written, marker: null };
  const digits = number[1] ?? number[2] ?? number[3] ?? number[4];
  const ordinal = digits ? Number(asciiDigits(digits)) || null : null;
  return { text: written.slice(number[0].length), marker: { ordinal } };
}

/** Returns the column at which the text was wrapped; null if few lines break in mid-sentence. */
function marginOf(lines: Line[]): number | null {
  const widths = lines.filter((line) => line.text.includes(' ')).map((line) => line.width);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  if (widest > WIDEST_MARGIN) return null;

  let breaks = 0;
  let broken = 0;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next?.group !== line.group || next.marker) continue;
    breaks += 1;
    if (!ENDS_SENTENCE.test(line.text) && /^\p{Ll}/u.test(next.text)) broken += 1;
  }
  return broken > 0 && broken >= breaks * FEWEST_BROKEN ? widest : null;
}

/** True if a line continues the one before it: its first word did not fit there. */
function goesOn(before: Line, line: Line, margin: number | null): boolean {
  if (before.marker && before.text === '') return true;
  if (/[\p{Ll},]$/u.test(before.text) && /^\p{Ll}/u.test(line.text)) return true;
  return isFull(before, line, margin);
}

function isFull(before: Line, line: Line, margin: number | null): boolean {
  const firstWord = line.written.split(/\s/, 1)[0] ?? '';
  return margin !== null && before.width + 1 + firstWord.length > margin;
}

/** True if a dash at the beginning of a wrapped line is part of a sentence and not a bullet. */
function isDashInside(before: Line, line: Line, margin: number | null): boolean {
  if (line.group !== before.group || !/^[—–-]\s+["“'‘]?\p{Ll}/u.test(line.written)) return false;
  return isFull(before, line, margin);
}

function unmarked(line: Line): Line {
  return { ...line, text: line.written, marker: null };
}

/** Text copied from a Markdown editor keeps some of its markup. */
function withoutMarkup(text: string): string {
  return text
    .replace(/\*\*([^*]{1,500})\*\*|__([^_]{1,500})__/g, '$1$2')
    .replace(/!?\[([^\][]{1,500})\]\([^()\s]{0,2000}\)/g, '$1')
    .replace(/`([^`]{1,500})`/g, '$1');
}

function headingOr(block: Paragraph | Item, all: (Paragraph | Item)[], index: number): Block {
  const before = all[index - 1];
  const after = all[index + 1];
  if (ENDS_SENTENCE.test(block.text) || wordCount(block.text) > 16) return block;

  if (block.kind === 'item') {
    // “2. Results” between paragraphs is a numbered heading; beside items 1 or 3 it is an item.
    if (block.ordinal === null || ordinalOf(before) === block.ordinal - 1) return block;
    if (ordinalOf(after) === block.ordinal + 1 || after === undefined) return block;
    return { kind: 'heading', level: null, text: block.text };
  }

  const alone = before?.group !== block.group && after?.group !== block.group;
  if (!alone || !/^[\p{Lu}\p{Lo}\p{N}"“'‘¿¡(]/u.test(block.text)) return block;
  return { kind: 'heading', level: null, text: block.text };
}

function ordinalOf(block: Paragraph | Item | undefined): number | null {
  return block?.kind === 'item' ? block.ordinal : null;
}
