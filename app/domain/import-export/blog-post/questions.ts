import { type Block, outermostDepth, withoutSeparator, wordCount } from './blocks';
import { opensWith, QUESTION_WORDS, says } from './post-words';
import { questionKey } from './question-key';

export interface PostQuestion {
  /** Its position in the post, from 1. */
  number: number;
  text: string;
  /** Its short label, such as a bold lead-in or a subheading; null if none. */
  heading: string | null;
}

export type UnnumberedQuestion = Omit<PostQuestion, 'number'>;

/** Question marks: Latin, Chinese, Arabic, reversed, Ethiopic, and the Greek semicolon. */
const MARK = '(?:[?？؟⸮፧\\u037e]|(?<=\\p{Script=Greek}\\s?);)';
/** Few, because a long run of them would be read again from each of its positions. */
const CLOSING = '["”’\'»)）」』\\]]{0,4}';
const ASKS = new RegExp(MARK, 'u');
const ENDS_ASKING = new RegExp(`${MARK}${CLOSING}$`, 'u');
const SENTENCE_END = new RegExp(
  `(?<=(?:[.!…।॥۔]|${MARK})${CLOSING})\\s+(?=["“'‘¿¡«(]?[\\p{Lu}\\p{Lo}\\p{N}])|(?<=[。！？]${CLOSING})(?=[^"”’'»)）」』\\]。！？?!…])`,
  'u',
);
const FULL_WIDTH_END = new RegExp(`[。！？]${CLOSING}$`, 'u');
const LABELLED =
  /^([^?:：]{1,60}?)(?:\s*:\s+|\s*：\s*|\s+[—–-]\s+)(?=["“'‘¿(]?([\p{Lu}\p{Lo}]))(.+)$/u;
const NUMBERED =
  /^(?:[(（]?\p{Nd}{1,3}[.)）．、:：](?!\p{Nd})|[\u2460-\u2473]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]、?)\s*/u;
const MERE_NUMBER = new RegExp(`^(?:${QUESTION_WORDS})?\\s*#?\\s*\\p{N}*$`, 'iu');
const LONGEST_LABEL = 6;
/** In words. */
const SHORTEST_QUESTION = 3;
/** A longer one asks for itself. In Portuguese, “O que …” also begins with the “or” of Spanish. */
const LONGEST_FOLLOW_UP = 7;
/** In a list, also “Who pays?”, and what Arabic or Swahili say in two words. */
const SHORTEST_IN_LIST = 2;

/** True if the text has a question mark anywhere. */
export function asks(text: string): boolean {
  return ASKS.test(text);
}

/** True if the text ends with a question mark. */
export function endsAsking(text: string): boolean {
  return ENDS_ASKING.test(text);
}

/**
 * Returns the questions of a "Join the Conversation" section in order: its list items, subheadings
 * that ask, or, if the list was lost, its paragraphs; those only if they end with a question, unless
 * nothing else asks. Adds to `warnings` what was left out. Quotations are not read.
 */
export function questionsOf(blocks: readonly Block[], warnings: string[]): UnnumberedQuestion[] {
  const read = blocks.filter(({ quoted }) => !quoted);
  const found = questionsAmong(read, warnings);
  if (found.length > 0) return found;
  return read
    .filter((block) => block.kind === 'paragraph' && asks(block.text))
    .flatMap(({ text }) => questionsIn(text))
    .map((text) => withoutLabel(text, null))
    .filter(({ text }) => wordCount(text) >= SHORTEST_QUESTION);
}

function questionsAmong(blocks: readonly Block[], warnings: string[]): UnnumberedQuestion[] {
  const asking = blocks.filter((block) => block.kind === 'item' && asks(block.text));
  const listed = asking.length > 0;
  const depth = outermostDepth(asking);
  const found: UnnumberedQuestion[] = [];
  let label: string | null = null;
  let outerLabel: string | null = null;
  const leaveOut = (why: string, text: string) => warnings.push(`${why}: “${shortened(text)}”.`);
  const take = (text: string, lead: string | null = null, shortest = SHORTEST_QUESTION) => {
    const question = withoutLabel(text, lead);
    if (wordCount(question.text) < shortest) {
      leaveOut('Too short to be taken as a question', text);
      return;
    }
    found.push({ text: question.text, heading: question.heading ?? label ?? outerLabel });
    label = null;
  };

  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      const next = blocks[index + 1];
      if (endsAsking(block.text)) take(block.text);
      else if (block.level !== null || (next && endsAsking(next.text))) {
        label = MERE_NUMBER.test(block.text) ? null : block.text.replace(NUMBERED, '');
      } else if (found.length) break;
    } else if (block.kind === 'item') {
      if (!asks(block.text)) {
        // The items of an outer list are labels if the questions are in lists inside it.
        if (block.depth < depth && listed) outerLabel = labelOf(block.text);
        else leaveOut('Left out of the questions, as it does not ask', block.text);
      } else if (block.depth === depth) take(block.text, block.lead, SHORTEST_IN_LIST);
      else leaveOut('Left out, as it belongs to another question', block.text);
    } else if (asksInLead(block) && !listed) {
      take(block.lead ?? '');
    } else if (endsAsking(block.text)) {
      if (listed) leaveOut('Left out, as it stands outside the list of questions', block.text);
      else for (const question of questionsIn(block.text)) take(question, block.lead);
    } else if (found.length && says('invitation', block.text)) {
      break;
    } else if (!listed && !/[.!:…。！：।۔]["”’')]*$/u.test(block.text)) {
      leaveOut('Left out of the questions, as it breaks off', block.text);
    }
  }
  return found;
}

/** True for a bold question with an explanation after it. */
export function asksInLead(block: Block): boolean {
  if (block.kind !== 'paragraph' || !block.lead || !endsAsking(block.lead)) return false;
  const rest = block.text.slice(block.lead.length);
  return block.text.startsWith(block.lead) && rest.trim() !== '' && !asks(rest);
}

/** Numbers the questions and removes duplicates. */
export function numbered(questions: readonly UnnumberedQuestion[]): PostQuestion[] {
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

/**
 * Returns the questions of a paragraph. If one sentence asks, those around it belong to it: “Think
 * of the last time. What did you do?” If several ask, each is a question, and a short one that
 * follows (“And why?”) belongs to the one before it.
 */
export function questionsIn(text: string): string[] {
  const sentences = text.split(SENTENCE_END);
  const asking: string[][] = [];
  for (const [index, sentence] of sentences.entries()) {
    if (!endsAsking(sentence)) continue;
    const before = index > 0 && endsAsking(sentences[index - 1] ?? '');
    if (before && isFollowUp(sentence)) asking.at(-1)?.push(sentence);
    else asking.push([sentence]);
  }
  if (asking.length !== 1 || !endsAsking(text)) return asking.map(joined);
  const own = sentences.findIndex((sentence) => !says('invitation', sentence));
  return [joined(sentences.slice(own))];
}

function isFollowUp(sentence: string): boolean {
  const words = wordCount(sentence);
  if (words < SHORTEST_QUESTION) return true;
  return words <= LONGEST_FOLLOW_UP && opensWith('followUp', sentence) > 0;
}

/** Joins sentences; Chinese has no space between them. */
function joined(sentences: readonly string[]): string {
  return sentences
    .map((sentence, index) => {
      const before = sentences[index - 1];
      const spaced = before !== undefined && !FULL_WIDTH_END.test(before);
      return spaced ? ` ${sentence}` : sentence;
    })
    .join('');
}

/** Separates a label from a question: “Cost: What do you pay?” */
function withoutLabel(written: string, lead: string | null): UnnumberedQuestion {
  const text = written.replace(NUMBERED, '');
  const whole = { text, heading: null };
  const [, before = '', capital = '', rest = ''] = LABELLED.exec(text) ?? [];
  const label = before.trim();
  if (!asks(rest) || wordCount(label) > LONGEST_LABEL) return whole;
  if (MERE_NUMBER.test(label)) return { text: rest, heading: null };
  // Without capitals nothing tells a label from the beginning of a question, except its bold type.
  const marked = withoutSeparator(lead?.replace(NUMBERED, '') ?? '') === label;
  if (!/\p{Lu}/u.test(capital) && !marked) return whole;
  return { text: rest, heading: label };
}

function labelOf(text: string): string | null {
  const label = withoutSeparator(text.replace(NUMBERED, ''));
  return wordCount(label) <= LONGEST_LABEL ? label : null;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
}
