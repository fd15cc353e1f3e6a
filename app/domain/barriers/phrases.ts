import { visibleText } from '~/platform/text/visible';
import { normalize, type Token } from './tokens';

/**
 * A phrase to be found in text, in the syntax of the lexicon: words as they are; "school*" for all
 * words with this beginning, "*fund*" for all words that contain it; "…" for up to three words in
 * between (eight characters in Chinese). Case, accents and simple plurals do not matter.
 */
export interface Phrase<Meaning> {
  text: string;
  meaning: Meaning;
  steps: Step[];
}

type Step = { how: 'exact' | 'begins' | 'holds'; word: string } | { how: 'gap'; most: number };

export interface Found<Meaning> {
  phrase: Phrase<Meaning>;
  /** Index of the first token, and of the one after the last. */
  from: number;
  to: number;
}

const WORD_GAP = 3;
const HAN_GAP = 8;
const SHORTEST_BEGINNING = 2;
const LONGEST_BEGINNING = 18;
/** As many words an index remembers before it forgets all. */
const MOST_KNOWN = 2_000;
const NONE: never[] = [];

/** A set of phrases, indexed so that a text is read once, however many phrases there are. */
export class PhraseIndex<Meaning> {
  readonly #exact = new Map<string, Phrase<Meaning>[]>();
  readonly #begins = new Map<string, Phrase<Meaning>[]>();
  readonly #holds: { word: string; phrase: Phrase<Meaning> }[] = [];
  /** What begins with a word, of the words that were looked up: most texts use the same. */
  readonly #known = new Map<string, Phrase<Meaning>[]>();

  add(text: string, meaning: Meaning): void {
    this.#known.clear();
    const steps = readSteps(text);
    const phrase = { text, meaning, steps };
    const [first] = steps;
    if (!first || first.how === 'gap')
      throw new Error(`a phrase must begin with a word: "${text}"`);
    if (first.how === 'holds') this.#holds.push({ word: first.word, phrase });
    else push(first.how === 'exact' ? this.#exact : this.#begins, first.word, phrase);
  }

  /** Returns all matches in a sentence, in word order. */
  find(sentence: readonly Token[]): Found<Meaning>[] {
    const found: Found<Meaning>[] = [];
    for (const [from, token] of sentence.entries()) {
      for (const phrase of this.#startingAt(token)) {
        const to = endOf(phrase.steps, 1, sentence, from + 1);
        if (to !== null) found.push({ phrase, from, to });
      }
    }
    return found;
  }

  /** Returns the phrases that may start with this token. */
  #startingAt(token: Token): Phrase<Meaning>[] {
    const key = token.forms[0] ?? '';
    const known = this.#known.get(key);
    if (known) return known;
    const phrases = new Set<Phrase<Meaning>>();
    for (const form of token.forms) {
      for (const phrase of this.#exact.get(form) ?? []) phrases.add(phrase);
      const longest = Math.min(form.length, LONGEST_BEGINNING);
      for (let length = SHORTEST_BEGINNING; length <= longest; length++) {
        for (const phrase of this.#begins.get(form.slice(0, length)) ?? []) phrases.add(phrase);
      }
    }
    for (const { word, phrase } of this.#holds) if (key.includes(word)) phrases.add(phrase);
    const all = phrases.size > 0 ? [...phrases] : NONE;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(key, all);
    return all;
  }
}

/** Returns where the rest of a phrase ends; null if it does not match, or its gaps are too long. */
function endOf(steps: Step[], at: number, sentence: readonly Token[], next: number): number | null {
  const step = steps[at];
  if (!step) return next;
  if (step.how === 'gap') {
    for (let skip = 0; skip <= step.most && next + skip < sentence.length; skip++) {
      const end = endOf(steps, at + 1, sentence, next + skip);
      if (end !== null) return end;
    }
    return null;
  }
  const token = sentence[next];
  if (!token?.forms.some((form) => matches(step, form))) return null;
  return endOf(steps, at + 1, sentence, next + 1);
}

function matches({ how, word }: Exclude<Step, { how: 'gap' }>, form: string): boolean {
  if (how === 'exact') return form === word;
  return how === 'begins' ? form.startsWith(word) : form.includes(word);
}

/** Returns the phrases in a text, one in each line; lines that are none are left out. */
export function readPhrases(text: string): string[] {
  const lines = visibleText(text)
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' ').toLowerCase());
  return [...new Set(lines)].filter(isPhrase);
}

/** True if a text can be looked for: it begins with a word. */
export function isPhrase(text: string): boolean {
  const [first] = readSteps(text);
  return first !== undefined && first.how !== 'gap' && first.word !== '';
}

function readSteps(text: string): Step[] {
  const han = /\p{Script=Han}/u.test(text);
  return text
    .split(/[\s'’-]+/)
    .flatMap((part) => (han ? part.split(/(?<=[\p{Script=Han}…])|(?=[\p{Script=Han}…])/u) : [part]))
    .filter(Boolean)
    .map((part): Step => {
      if (part === '…') return { how: 'gap', most: han ? HAN_GAP : WORD_GAP };
      const word = normalize(part.replaceAll('*', ''));
      if (part.startsWith('*')) return { how: 'holds', word };
      if (part.endsWith('*')) return { how: 'begins', word: word.slice(0, LONGEST_BEGINNING) };
      return { how: 'exact', word };
    });
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
