import { byteOf, HIGH_CONTROLS } from './windows-1252';

const HIGH_RUN = new RegExp(`[\\u0080-\\u00ff${HIGH_CONTROLS}]{2,}`, 'gu');

/** Lead bytes of Latin letters with accents, general punctuation, emoji and the byte order mark. */
const USUAL_LEADS = [0xc2, 0xc3, 0xe2, 0xef, 0xf0];

/** A text may have been misread and saved more than once. */
const MOST_ROUNDS = 3;

interface Sequence {
  start: number;
  length: number;
  lead: number;
  char: string;
}

/**
 * Repairs UTF-8 that was read as Windows-1252 or Latin-1 (`â€™` → `’`, `ðŸ’¬` → 💬), also if it
 * happened repeatedly. Text that only looks like it is not changed: in “arrivé…” the last three
 * characters also form a valid sequence. A single sequence is therefore only repaired if its lead
 * byte is a usual one or occurs in a clear chain elsewhere in the text.
 */
export function undoMojibake(text: string): string {
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = undoOnce(current);
    if (next === current) return next;
    current = next;
  }
  return current;
}

function undoOnce(text: string): string {
  const trusted = new Set(USUAL_LEADS);
  for (const [run] of text.matchAll(HIGH_RUN)) {
    const sequences = sequencesIn(run);
    sequences.forEach((sequence, index) => {
      const next = sequences[index + 1];
      if (next?.start !== sequence.start + sequence.length) return;
      trusted.add(sequence.lead).add(next.lead);
    });
  }

  return text.replace(HIGH_RUN, (run) => {
    let repaired = '';
    let end = 0;
    for (const { start, length, lead, char } of sequencesIn(run)) {
      if (!trusted.has(lead)) continue;
      repaired += run.slice(end, start) + char;
      end = start + length;
    }
    return repaired + run.slice(end);
  });
}

/** Returns the well-formed UTF-8 sequences of two to four bytes in a run of misread characters. */
function sequencesIn(run: string): Sequence[] {
  const bytes = Array.from(run, byteOf);
  const found: Sequence[] = [];
  let start = 0;
  while (start < bytes.length) {
    const lead = bytes[start] ?? 0;
    const length = sequenceLength(lead);
    const char = length ? decode(bytes.slice(start, start + length), length) : null;
    if (char === null) {
      start += 1;
      continue;
    }
    found.push({ start, length, lead, char });
    start += length;
  }
  return found;
}

function sequenceLength(lead: number): 0 | 2 | 3 | 4 {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

function decode(bytes: number[], length: 2 | 3 | 4): string | null {
  if (bytes.length < length) return null;
  const [lead = 0, ...rest] = bytes;
  let code = lead & (0xff >> (length + 1));
  for (const byte of rest) {
    if (byte < 0x80 || byte > 0xbf) return null;
    code = (code << 6) | (byte & 0x3f);
  }
  const shortest = { 2: 0x80, 3: 0x800, 4: 0x10000 }[length];
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < shortest || code > 0x10ffff || surrogate) return null;
  return String.fromCodePoint(code);
}
