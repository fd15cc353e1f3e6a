import { type Block, outermostDepth, wordsOf } from './blocks';
import { questionKey } from './question-key';

export interface PostQuestion {
  /** Its position in the post, from 1. */
  number: number;
  text: string;
  /** Its short label, such as a bold lead-in or a subheading; null if none. */
  heading: string | null;
}

const ASKS = /[?？؟⸮]/u;
const ENDS_ASKING = /[?？؟⸮]["”’'»)\]]*$/u;
const LABELLED = /^([^?:]{1,60}?)(?:\s*:|\s+[—–-])\s+(?=["“'‘¿(]?[\p{Lu}\p{Lo}])(.+)$/u;
const MERE_NUMBER = /^(?:q|question)?\s*#?\s*\p{N}*$/iu;
const CLOSES =
  /\b(?:comments? below|in the comments|leave (?:us )?a (?:comment|reply)|share your (?:thoughts|views|ideas|answers))\b/i;
const LONGEST_LABEL = 6;
const SHORTEST_QUESTION = 3;

/**
 * Returns the questions of a "Join the Conversation" section in order: its list items, subheadings
 * that ask, or, if the list was lost, its paragraphs. Adds to `warnings` what was left out.
 */
export function questionsOf(blocks: Block[], warnings: string[]): Omit<PostQuestion, 'number'>[] {
  const listed = blocks.some((block) => block.kind === 'item' && ASKS.test(block.text));
  const outermost = outermostDepth(blocks);
  const found: Omit<PostQuestion, 'number'>[] = [];
  let label: string | null = null;
  const leaveOut = (why: string, text: string) => warnings.push(`${why}: “${shortened(text)}”.`);
  const take = (text: string) => {
    const question = withoutLabel(text);
    if (wordsOf(question.text).length < SHORTEST_QUESTION) {
      leaveOut('Too short to be taken as a question', text);
      return;
    }
    found.push({ text: question.text, heading: question.heading ?? label });
    label = null;
  };

  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      const next = blocks[index + 1];
      if (ENDS_ASKING.test(block.text)) take(block.text);
      else if (block.level !== null || (next && ENDS_ASKING.test(next.text))) {
        label = MERE_NUMBER.test(block.text) ? null : block.text;
      } else if (found.length) break;
    } else if (block.kind === 'item') {
      const asks = ASKS.test(block.text);
      if (!asks) leaveOut('Left out of the questions, as it does not ask', block.text);
      else if (block.depth === outermost) take(block.text);
      else leaveOut('Left out, as it belongs to another question', block.text);
    } else if (ENDS_ASKING.test(block.text)) {
      if (listed) leaveOut('Left out, as it stands outside the list of questions', block.text);
      else for (const sentence of sentencesOf(block.text)) take(sentence);
    } else if (found.length && CLOSES.test(block.text)) {
      break;
    } else if (!listed && !/[.!:…]["”’')]*$/u.test(block.text)) {
      leaveOut('Left out of the questions, as it breaks off', block.text);
    }
  }
  return found;
}

/** Numbers the questions and removes duplicates. */
export function numbered(questions: Omit<PostQuestion, 'number'>[]): PostQuestion[] {
  const seen = new Set<string>();
  const kept: PostQuestion[] = [];
  for (const question of questions) {
    const key = questionKey(question.text);
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push({ number: kept.length + 1, ...question });
  }
  return kept;
}

/** Splits a paragraph into its questions; returns it whole if some part is not a question. */
function sentencesOf(text: string): string[] {
  const sentences = text.split(/(?<=[?？؟⸮]["”’'»)\]]*)\s+(?=["“'‘¿(]?[\p{Lu}\p{Lo}\p{N}])/u);
  return sentences.every((sentence) => ENDS_ASKING.test(sentence)) ? sentences : [text];
}

function withoutLabel(text: string): { text: string; heading: string | null } {
  const match = LABELLED.exec(text);
  const label = match?.[1]?.trim() ?? '';
  const rest = match?.[2] ?? '';
  if (!ASKS.test(rest) || wordsOf(label).length > LONGEST_LABEL) return { text, heading: null };
  return { text: rest, heading: MERE_NUMBER.test(label) ? null : label };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
}
