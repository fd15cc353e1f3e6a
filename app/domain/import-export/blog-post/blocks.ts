import { lettersAndDigits } from './question-key';
import { repairText } from './repair';

/** A post in any format is read as a flat sequence of blocks. */
export type Block = Heading | Paragraph | Item;

export interface Heading {
  kind: 'heading';
  /**
   * 1–6 from the markup, null if it is plain text that looks like a heading. The summary of a
   * `<details>` is half a level below the heading before it.
   */
  level: number | null;
  text: string;
  /** True in a quotation: what others say or ask. */
  quoted?: boolean;
}

export interface Paragraph {
  kind: 'paragraph';
  text: string;
  /** The bold words at its beginning, if any. */
  lead: string | null;
  /** Blocks without an empty line between them have the same group. */
  group: number;
  quoted?: boolean;
}

export interface Item {
  kind: 'item';
  text: string;
  lead: string | null;
  group: number;
  /** 0 for an item of an outermost list. */
  depth: number;
  /** Its number in plain text, null for a bullet. */
  ordinal: number | null;
  quoted?: boolean;
}

const EMOJI =
  '(?![©®™])[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u200d\\ufe0f\\u20e3]';
const BEFORE = new RegExp(`^(?:${EMOJI}|[0-9#*]\\ufe0f?\\u20e3|\\s)+`, 'u');
/** The lookbehind comes first: a long run of emoji is tried once, not from each position. */
const AFTER = new RegExp(`(?<!${EMOJI}|\\s)(?:${EMOJI}|\\s)+$`, 'u');

/** Returns one line of repaired text, without decorative emoji at its ends. */
export function tidy(text: string): string {
  return repairText(text).replace(/\s+/g, ' ').replace(BEFORE, '').replace(AFTER, '');
}

/** Returns the words of a text in lower case, without section numbers, emoji and punctuation. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return /^\p{N}+$/u.test(words[0] ?? '') ? words.slice(1) : words;
}

/** Characters of scripts without spaces; about two of them are a word. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Returns the number of words in a text, in every script, without its section number. */
export function wordCount(text: string): number {
  const words = wordsOf(text);
  if (text.search(SPACELESS) === -1) return words.length;
  return words.reduce((sum, word) => {
    const spaceless = word.match(SPACELESS)?.length ?? 0;
    return sum + (spaceless ? Math.ceil(spaceless / 2) : 1);
  }, 0);
}

/** Removes the colon or dash between a name and what follows it. */
export function withoutSeparator(name: string): string {
  // The lookbehind comes first: a long run is tried once, not from each position.
  return name.replace(/(?<![\s:：—–-])[\s:：—–-]+$/u, '').trim();
}

/** Returns the length of their text in characters. */
export function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

/** Returns the depth of the outermost list among the blocks; infinite if there is none. */
export function outermostDepth(blocks: readonly Block[]): number {
  return blocks.reduce(
    (least, block) => (block.kind === 'item' ? Math.min(least, block.depth) : least),
    Number.POSITIVE_INFINITY,
  );
}

/** Removes blocks that occur again under the same heading: text that was pasted twice. */
export function withoutRepeats(blocks: Block[]): { blocks: Block[]; repeats: number } {
  const seen = new Set<string>();
  const kept: Block[] = [];
  let section = '';
  let repeats = 0;
  for (const block of blocks) {
    const words = lettersAndDigits(block.text);
    if (block.kind === 'heading') {
      const last = kept.at(-1);
      if (last?.kind === 'heading' && lettersAndDigits(last.text) === words) continue;
      section = words;
      kept.push(block);
      continue;
    }
    const key = `${section}\n${block.kind}\n${words}`;
    if (seen.has(key)) {
      repeats += 1;
      continue;
    }
    seen.add(key);
    kept.push(block);
  }
  return { blocks: kept, repeats };
}
