/** A word (a single character in Chinese) with its position in the text, in UTF-16 code units. */
export interface Token {
  start: number;
  end: number;
  /** The spellings it is matched by: normalised, and without joined particles. */
  forms: readonly string[];
  /** True after a comma, colon or dash, where a clause may begin. */
  afterPause: boolean;
}

/** Longer runs of letters are not words; only the first characters are used. */
const MAX_WORD_CHARS = 48;

/** Longer sentences are split, because distant words say little about each other. */
const MAX_SENTENCE_WORDS = 120;

const WORDS = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}\u200c\u200d])+/gu;
const PAUSES = /[,،、，:：;；()（）«»"“”—–]/;

// Punctuation that ends a sentence; full stops as in 2.1 or example.org do not.
const SENTENCE_ENDS = /[!?。！？؟।…\n]+|\.(?=\s|$)/g;

/** Returns the words of a text by sentence. Sentences without words are left out. */
export function sentencesOf(text: string): Token[][] {
  const sentences: Token[][] = [];
  let start = 0;
  for (const end of [...text.matchAll(SENTENCE_ENDS)]
    .map(({ index }) => index)
    .concat(text.length)) {
    const tokens = tokensOf(text, start, end);
    for (let at = 0; at < tokens.length; at += MAX_SENTENCE_WORDS) {
      sentences.push(tokens.slice(at, at + MAX_SENTENCE_WORDS));
    }
    start = end;
  }
  return sentences;
}

function tokensOf(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  const part = text.slice(start, end);
  let last = 0;
  for (const { index, 0: word } of part.matchAll(WORDS)) {
    tokens.push({
      start: start + index,
      end: start + index + word.length,
      forms: formsOf(normalize(word.slice(0, MAX_WORD_CHARS))),
      afterPause: PAUSES.test(part.slice(last, index)),
    });
    last = index + word.length;
  }
  return tokens;
}

/** Marks that are often omitted or typed differently: accents, Arabic vowels, nukta, joiners. */
const OPTIONAL_MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u200c\u200d]/g;

/** Nearly all words of many languages, which have no marks. */
const PLAIN = /^[a-z0-9]*$/i;

/** Returns one spelling of a word: lower case, compatibility forms, without optional marks. */
export function normalize(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(OPTIONAL_MARKS, '')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
    .replace(/\u0901/g, '\u0902');
}

const ARABIC_PARTICLES = ['وال', 'بال', 'فال', 'كال', 'ولل', 'ال', 'لل', 'و', 'ف', 'ب', 'ل', 'ك'];

/**
 * Returns a normalised word, and the word without affixes: Arabic prefixed particles; the plural in
 * English, French, Spanish and Portuguese; Indonesian "-nya".
 */
function formsOf(word: string): string[] {
  const forms = [word];
  if (/^[\u0600-\u06ff]/.test(word)) {
    for (const particle of ARABIC_PARTICLES) {
      if (word.startsWith(particle) && word.length - particle.length >= 3) {
        forms.push(word.slice(particle.length));
      }
    }
    return forms;
  }
  if (/^[a-z]{4}/.test(word)) {
    for (const ending of ['s', 'es', 'nya']) {
      if (word.endsWith(ending)) forms.push(word.slice(0, -ending.length));
    }
  }
  return forms;
}
