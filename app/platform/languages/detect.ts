import { francAll } from 'franc';
import { isLocale } from '~/platform/i18n/locales';
import { withoutAddresses } from '~/platform/text/bare-address';
import { withLettersOf } from './alphabets';
import { commonWordsLanguage } from './common-words';

/*
 * Detects the language of a text. If a script is used by one language only, the script decides;
 * otherwise the most common words of a short text, or `franc`, which compares trigrams. Languages that `franc` cannot tell apart are not detected:
 * Malay is detected as Indonesian, Bosnian as Croatian, Kirundi as Kinyarwanda. Authors and
 * moderators can correct the result.
 */

/** Enough for trigrams; `franc` reads no more than this. */
const SAMPLE_CHARS = 2_048;

/** With fewer letters trigrams are unreliable, and an expected language is the better guess. */
const FEWEST_LETTERS = 16;

/** With fewer letters only languages that are likely here are compared: those of the interface, and expected ones. */
const FEWEST_FOR_ALL = 40;

/** A text of fewer letters is short: its common words say more than its trigrams. */
const SHORT = 160;

/** An expected language is accepted if its score is at least this share of the best score. */
const NEAR = { shortest: 0.65, short: 0.8, long: 0.93 };

interface Script {
  letters: RegExp;
  /** `franc` codes (ISO 639-3) and their BCP 47 tags; the first is the guess for short texts. */
  languages: Record<string, string>;
  /** The weight of one character of the script compared with a letter of an alphabet. */
  weight?: number;
}

function script(name: string, languages: Record<string, string> | string, weight = 1): Script {
  return {
    letters: new RegExp(`\\p{Script=${name}}`, 'gu'),
    languages: typeof languages === 'string' ? { '': languages } : languages,
    weight,
  };
}

const SCRIPTS: readonly Script[] = [
  script('Latin', {
    ...{ eng: 'en', fra: 'fr', spa: 'es', por: 'pt', deu: 'de', ita: 'it', nld: 'nl', cat: 'ca' },
    ...{ pol: 'pl', ces: 'cs', slk: 'sk', slv: 'sl', hrv: 'hr', hun: 'hu', ron: 'ro', als: 'sq' },
    ...{ swe: 'sv', dan: 'da', nob: 'nb', fin: 'fi', ekk: 'et', lvs: 'lv', lit: 'lt' },
    ...{ tur: 'tr', azj: 'az', uzn: 'uz', vie: 'vi', ind: 'id', jav: 'jv', tgl: 'fil', ceb: 'ceb' },
    ...{ swh: 'sw', hau: 'ha', yor: 'yo', ibo: 'ig', som: 'so', zul: 'zu', xho: 'xh', sna: 'sn' },
    ...{ kin: 'rw', lug: 'lg', nya: 'ny', plt: 'mg', afr: 'af', wol: 'wo', bam: 'bm', fuv: 'ff' },
    ...{ lin: 'ln', tsn: 'tn', sot: 'st', ewe: 'ee', hat: 'ht' },
  }),
  script('Cyrillic', {
    ...{ rus: 'ru', ukr: 'uk', bel: 'be', bul: 'bg', srp: 'sr', mkd: 'mk' },
    ...{ kaz: 'kk', kir: 'ky', tgk: 'tg', tat: 'tt' },
  }),
  script('Arabic', { arb: 'ar', pes: 'fa', urd: 'ur', pbu: 'ps', uig: 'ug' }),
  script('Devanagari', { hin: 'hi', mar: 'mr', npi: 'ne' }),
  script('Ethiopic', { amh: 'am', tir: 'ti' }),
  script('Hebrew', { heb: 'he', ydd: 'yi' }),
  script('Han', 'zh', 2.5),
  script('Hangul', 'ko', 2),
  script('Greek', 'el'),
  script('Armenian', 'hy'),
  script('Georgian', 'ka'),
  script('Bengali', 'bn'),
  script('Gurmukhi', 'pa'),
  script('Gujarati', 'gu'),
  script('Oriya', 'or'),
  script('Tamil', 'ta'),
  script('Telugu', 'te'),
  script('Kannada', 'kn'),
  script('Malayalam', 'ml'),
  script('Sinhala', 'si'),
  script('Thai', 'th'),
  script('Lao', 'lo'),
  script('Khmer', 'km'),
  script('Myanmar', 'my'),
  script('Tibetan', 'bo'),
  script('Thaana', 'dv'),
  script('Nko', 'nqo'),
  script('Tifinagh', 'zgh'),
];

/** Languages that can be chosen for a post but are not detected by `franc`. */
const UNDETECTED = [
  'ja',
  'ms',
  'bs',
  'rn',
  'om',
  'ku',
  'gl',
  'ht',
  'qu',
  'ln',
  'rm',
  'eu',
  'cy',
  'ga',
];

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Letters in Latin script besides those of English, and those that it takes along in names and loans: José, Zoë, a café. */
const FOREIGN = /(?![çéèêïñáãóíöüàâëîô])(?!\p{ASCII})\p{Script=Latin}/iu;

/** Letters and words that identify a language even in a short text. */
const GIVEAWAYS: readonly (readonly [RegExp, string])[] = [
  [/[ٹڈڑےںھہ]/u, 'ur'],
  [/[ټډړږښڼۍې]/u, 'ps'],
  [/[پچژگیک]/u, 'fa'],
  [/ळ|(?<![\p{L}\p{M}])(?:आहेत?|नाहीत?|आणि|मला|आम्ही)(?![\p{L}\p{M}])/u, 'mr'],
  [/(?<![\p{L}\p{M}])(?:छ|छन्|छैन|हामी|पनि|गर्न)(?![\p{L}\p{M}])/u, 'ne'],
  [/[¿¡]/u, 'es'],
];

/** The languages that can be chosen for a post, as BCP 47 tags. */
export const POST_LANGUAGES: readonly string[] = [
  ...new Set([...SCRIPTS.flatMap(({ languages }) => Object.values(languages)), ...UNDETECTED]),
].sort();

export function isPostLanguage(tag: string): boolean {
  return POST_LANGUAGES.includes(tag);
}

/**
 * Returns the language of a plain text as a BCP 47 tag. Links, handles, code and numbers do not count.
 * Returns an expected language if the text is not conclusive, unless none of them uses its script.
 * @param expected the language of the page it was written on
 * @param others further languages that it may be in: of its author, of the thread
 */
export function detectLanguage(
  text: string,
  expected: string,
  others: readonly string[] = [],
): string {
  const sample = proseOf(text.slice(0, SAMPLE_CHARS));
  const [written, letters] = mostUsed(sample);
  if (!written) return expected;
  if (written.languages[''] === 'zh') return hasKana(sample, letters) ? 'ja' : 'zh';
  const tags = Object.values(written.languages);
  const [first = expected] = tags;
  if (tags.length === 1) return first;

  const hints = [expected, ...others].filter((tag) => tags.includes(primary(tag)));
  const asHinted = (tag: string) => hints.find((hint) => primary(hint) === tag) ?? tag;
  const fit = letters < SHORT ? withLettersOf(sample, tags) : tags;
  const likelier = hints.length > 0 ? hints.map(primary) : [first];
  const sayable = first === 'en' && !FOREIGN.test(sample) ? [...fit, first] : fit;
  const said = commonWordsLanguage(sample, sayable, likelier);
  if (said && (letters < SHORT || said === compared(sample, written, []))) return asHinted(said);
  const fitting = hints.filter((tag) => fit.includes(primary(tag)));
  const guess = mostNamed(fitting) ?? fit[0] ?? first;
  const giveaway = GIVEAWAYS.find(([pattern, tag]) => tags.includes(tag) && pattern.test(sample));
  if (letters < FEWEST_FOR_ALL && giveaway && primary(guess) === first) return giveaway[1];
  if (letters < FEWEST_LETTERS) return guess;
  if (letters >= FEWEST_FOR_ALL) {
    const near = letters < SHORT ? NEAR.short : NEAR.long;
    return asHinted(compared(sample, written, fitting.length > 0 ? fitting : [first], near, fit));
  }
  const usual = fit.filter((tag) => tag === first || likelier.includes(tag) || isLocale(tag));
  const likely = usual.length > 0 ? usual : fit;
  const near = NEAR.shortest / Math.max(timesNamed(fitting, guess), 1);
  return asHinted(compared(sample, written, [guess], near, likely));
}

/**
 * Returns a text without what looks the same in every language: links, addresses, handles, code, and
 * words with digits or signs of programs.
 */
function proseOf(text: string): string {
  return withoutAddresses(text.replace(/`[^`]*`/g, ' '))
    .replace(/[\w.+-]*@[\p{L}\p{M}\p{N}_.-]+/gu, ' ')
    .replace(/[!-~]*(?:[\d_=<>{}]|[a-z][A-Z]|(?<=[\w-])[./](?=\w))[!-~]*/g, ' ');
}

/** Returns the tag that most name; of equal ones the first. */
function mostNamed(tags: readonly string[]): string | undefined {
  return [...tags].sort((a, b) => timesNamed(tags, b) - timesNamed(tags, a))[0];
}

function timesNamed(tags: readonly string[], tag: string): number {
  return tags.filter((one) => primary(one) === primary(tag)).length;
}

/** Returns the script of most letters in the text, and how many letters are in it. */
function mostUsed(text: string): [Script | undefined, number] {
  let found: Script | undefined;
  let letters = 0;
  let most = 0;
  for (const one of SCRIPTS) {
    const count =
      occurrences(text, one.letters) + (one.languages[''] === 'zh' ? occurrences(text, KANA) : 0);
    if (count * (one.weight ?? 1) <= most) continue;
    most = count * (one.weight ?? 1);
    found = one;
    letters = count;
  }
  return [found, letters];
}

/** Japanese mixes kana with Chinese characters; Chinese has kana in short quotations only. */
function hasKana(text: string, letters: number): boolean {
  return occurrences(text, KANA) > letters / 10;
}

/**
 * @param near the share of the best score at which an expected language is taken
 * @param among the languages to compare; without them all of the script
 */
function compared(
  text: string,
  { languages }: Script,
  hints: readonly string[],
  near = 1,
  among: readonly string[] = Object.values(languages),
): string {
  const only = Object.keys(languages).filter((code) => among.includes(languages[code] ?? ''));
  const ranking = francAll(text, { only, minLength: 1 });
  const tags = ranking.map(([code, score]) => ({ tag: languages[code] ?? '', score }));
  const expected = tags.find(({ tag }) => hints.some((hint) => primary(hint) === tag));
  if (expected && expected.score >= near) return expected.tag;
  return tags[0]?.tag ?? Object.values(languages)[0] ?? '';
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function primary(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}
