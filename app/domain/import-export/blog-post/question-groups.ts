import { type Block, wordCount } from './blocks';
import { says } from './post-words';
import { asks, asksInLead, endsAsking, questionsIn } from './questions';
import type { Section, SectionKind } from './sections';

/** The forms in which questions to readers are looked for. */
export const QUESTION_SHAPES = ['list', 'headings', 'paragraphs', 'sentences', 'closing'] as const;
export type QuestionShape = (typeof QUESTION_SHAPES)[number];

/** Their questions are answered there, or not the author's. */
const UNREAD: readonly SectionKind[] = ['faq', 'glossary', 'recap', 'page'];
/** They begin with a list of their own. */
const LISTED: readonly SectionKind[] = ['summary', 'pillars'];

/** In words; a longer paragraph is an argument that happens to end with a question. */
const LONGEST_CLOSING = 60;

/**
 * Returns the last list or group of questions of a post whose questions have no heading; empty if
 * there is none. A single question counts only at the very end: others are part of the argument.
 */
export function lastQuestionGroup(sections: readonly Section[]): Block[] {
  const blocks = sections
    .filter(({ kind }) => !UNREAD.includes(kind))
    .flatMap((section) => {
      const { kind, opening } = section;
      const rest = LISTED.includes(kind) ? withoutFirstList(section.blocks) : section.blocks;
      return opening?.kind === 'heading' ? [opening, ...rest] : rest;
    })
    .filter(({ quoted, text }) => !quoted && !isInvitation(text));
  return closingOf(blocks) ?? groupsOf(blocks).at(-1) ?? [];
}

function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  let at = 0;
  while (at < blocks.length) {
    const { length, isGroup } = runAt(blocks, at);
    if (isGroup) groups.push(blocks.slice(at, at + length));
    at += length;
  }
  return groups;
}

/** Returns how many blocks from this one on are of one form, and whether they ask readers. */
function runAt(blocks: readonly Block[], at: number): { length: number; isGroup: boolean } {
  const lengthWhile = (belongs: (block: Block) => boolean) => {
    let end = at;
    for (let block = blocks[end]; block && belongs(block); block = blocks[end]) end += 1;
    return end - at;
  };
  const first = blocks[at];
  if (first?.kind === 'item') {
    const length = lengthWhile(({ kind }) => kind === 'item');
    return { length, isGroup: isListOfQuestions(blocks.slice(at, at + length)) };
  }
  if (first?.kind === 'heading') {
    if (!endsAsking(first.text)) return { length: 1, isGroup: false };
    const length = lengthWhile(({ kind, text }) => kind === 'heading' && endsAsking(text));
    // Below the headings of an article there is text.
    return { length, isGroup: length > 1 && at + length === blocks.length };
  }
  const length = lengthWhile((block) => block.kind === 'paragraph' && isQuestion(block));
  return { length: Math.max(length, 1), isGroup: length > 1 };
}

function isListOfQuestions(items: readonly Block[]): boolean {
  const asking = items.filter(({ text }) => asks(text));
  const outermost = items.filter((block) => block.kind === 'item' && block.depth === 0);
  return asking.length > 0 && asking.length * 3 >= outermost.length * 2;
}

/** Returns the question, or the paragraph of questions, with which a post ends. */
function closingOf(blocks: readonly Block[]): Block[] | null {
  const last = blocks.at(-1);
  const before = blocks.at(-2);
  if (!last || last.kind === 'item' || blocks.length < 2) return null;
  const asksSeveral = last.kind === 'paragraph' && questionsIn(last.text).length > 1;
  if (!isQuestion(last)) return asksSeveral ? [last] : null;
  if (before && before.kind === last.kind && isQuestion(before)) return null;
  return asksSeveral || wordCount(last.text) <= LONGEST_CLOSING ? [last] : null;
}

function isQuestion(block: Block): boolean {
  return endsAsking(block.text) || asksInLead(block);
}

function isInvitation(text: string): boolean {
  return !asks(text) && says('invitation', text);
}

function withoutFirstList(blocks: readonly Block[]): Block[] {
  const start = blocks.findIndex(({ kind }) => kind === 'item');
  const end = blocks.findIndex(({ kind }, index) => index > start && kind !== 'item');
  if (start === -1) return [...blocks];
  return end === -1 ? blocks.slice(0, start) : [...blocks.slice(0, start), ...blocks.slice(end)];
}
