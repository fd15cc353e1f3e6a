import { tokenize } from '~/platform/text/tokens';
import { type Block, wordCount } from './blocks';
import { dateIn } from './post-date';
import { endOfLast, opensWith, says } from './post-words';

export interface Byline {
  author: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
}

/** Lines below the title that are read. */
const MOST_LINES = 4;
/** In words. */
const LONGEST_BYLINE = 16;
const LONGEST_AUTHOR = 8;

/** Reads author and date from the short lines between the title and the text. */
export function bylineOf(blocks: readonly Block[]): Byline {
  const end = blocks.findIndex((block) => block.kind === 'heading' && !isByline(block));
  const read = blocks.slice(0, end === -1 ? MOST_LINES : Math.min(end, MOST_LINES)).map(readByline);
  return {
    author: read.find((line) => line?.author)?.author ?? null,
    date: read.find((line) => line?.date)?.date ?? null,
  };
}

/** True for a line with the author, the date or the time it takes to read, and nothing else. */
export function isByline(block: Block): boolean {
  const line = readByline(block);
  return line !== null && (!!line.author || !!line.date || isReadingTime(block.text));
}

function isReadingTime(text: string): boolean {
  return wordCount(text) < 6 && says('navigation', text);
}

function readByline({ text }: Block): Byline | null {
  if (text.length > 300 || wordCount(text) > LONGEST_BYLINE) return null;
  const date = dateIn(text);
  // “By Monday the river had risen.” is a sentence.
  const isSentence = date === null && /[.!?…।。！？]$/.test(text);
  return { author: isSentence ? null : authorIn(text, date !== null), date };
}

/** The name after the words for it; beside a date they may stand inside the line: “On 1 May 2026 by Ada”. */
function authorIn(text: string, hasDate: boolean): string | null {
  const opening = opensWith('byline', text) || (hasDate && endOfLast('byline', text));
  if (!opening) return null;
  const rest = text.slice(tokenize(text)[opening - 1]?.end).replace(/^\s*[:：]?\s*/, '');
  const begun = rest.split(/\s*[,،、，·•|(（–—/]|\s+-\s|\s+on\s|\s*\p{N}|\.$/u, 1)[0]?.trim() ?? '';
  // “Ada Obi el 1 de mayo”: the word before the date is no part of the name.
  const name = hasDate ? begun.replace(/(?:\s+\p{Ll}+)+$/u, '') : begun;
  return /^[\p{Lu}\p{Lo}]/u.test(name) && wordCount(name) <= LONGEST_AUTHOR ? name : null;
}
