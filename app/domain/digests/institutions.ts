import { countriesNamed } from '~/domain/barriers/barrier-region';
import { wordBounds } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { placeName } from '~/platform/places/names';
import { countries, regions } from '~/platform/places/places';
import { segmenterFor } from '~/platform/text/segmenter';
import lists from '~db/seed/disclosure.json';

/*
 * Names of hospitals, schools, firms and other places of work: who works at "Mandeville Regional" is
 * soon found. An institution is a word for its kind ("hospital", "школа") with a name: before it in
 * English, Hindi, Chinese and in part in Russian, after it elsewhere, with what usually stands between
 * ("hôpital régional de Ziguinchor"). Words that many share are no name ("our District Hospital"), nor
 * are countries, or makers of what everybody uses.
 */

type List = keyof (typeof lists)['en'] & `institution${string}`;

const LISTS: Record<LexiconLanguage, Record<List, string[]>> = lists;

/** Companies and products that people name as what they use, hardly as where they work. */
const PRODUCTS =
  /^(?:google|microsoft|meta|facebook|whatsapp|youtube|telegram|amazon|apple|openai|chatgpt|gemini|claude|copilot|nvidia|intel|ibm|oracle|cisco|huawei|samsung|zoom|moodle|coursera|udemy|khan|kaggle|github|android|windows|linux|python|java|starlink|visa|mastercard|paypal|stripe|mtn|airtel|orange|vodacom|vodafone|safaricom|m-?pesa|telkom|telkomsel|indosat|jio|claro|movistar|tigo|entel|vivo|glo|unitel|econet|zain|ooredoo|yandex|сбер\p{L}*|яндекс\p{L}*|ростелеком\p{L}*|мтс|билайн\p{L}*|мегафон\p{L}*)$/iu;

/** A word that begins with a capital, as Okafor, O'Brien and Al-Hassan. */
export const CAPITALISED =
  "\\p{Lu}(?:'\\p{Lu})?[\\p{Ll}\\p{M}]+(?:(?:['-]\\p{Lu}?|\\p{Lu})[\\p{Ll}\\p{M}]+)*";
const IS_CAPITALISED = new RegExp(`^${CAPITALISED}$`, 'u');

/** "Kenyan", "Somali": people, not a town. */
const PEOPLE = /(?:[iy]an|ean|can|ndan|ese|ish|ali|ani|qi)$/;

const ANY_ONE = /(?:^|[\s'])(?:une?|una|uma?)\s+$/iu;
const OF_PLACE = /(?:^|\s)(?:d[eou]|da|del)\s/u;

/** Returns the first name of an institution, with its kind; undefined if there is none. */
export function institutionIn(text: string, language: LexiconLanguage): string | undefined {
  if (language === 'zh') return inChinese(text);
  const exact = new Set(
    LISTS[language].institutions.filter((kind) => /\p{Lu}\p{L}*\p{Lu}/u.test(kind)),
  );
  for (const { index, 0: kind } of text.matchAll(anyOf(language, 'institutions'))) {
    // "SA" is a company, "sa" is not.
    if (exact.has(kind.toUpperCase()) && !exact.has(kind)) continue;
    const before = nameBefore(text.slice(0, index), language, /^\p{Lu}/u.test(kind));
    const after = nameAfter(text.slice(index + kind.length), language, kind);
    // "Una escuela de Montevideo" is any of that town.
    const isAny = ANY_ONE.test(text.slice(0, index)) && OF_PLACE.test(after);
    if (before || (after && !isAny)) return before + kind + after;
  }
  if (language !== 'en') return undefined;
  // "Otieno Traders", "Mandeville Regional": the capital tells them from ordinary words.
  for (const list of ['institutionsCapital', 'institutionEnds'] as const) {
    for (const { index, 0: kind } of text.matchAll(anyOf(language, list))) {
      const before = /^\p{Lu}/u.test(kind) && nameBefore(text.slice(0, index), language, true);
      if (before) return before + kind;
    }
  }
  return undefined;
}

const expressions = new Map<string, RegExp>();

function anyOf(language: LexiconLanguage, list: List): RegExp {
  const key = `${language} ${list}`;
  const known = expressions.get(key);
  if (known) return known;
  const [before, after] = wordBounds(language);
  // Arabic joins "and", "in", "for" to the word; with the article it is no beginning of a name.
  const joined = language === 'ar' ? '[وفبلك]{0,2}' : '';
  const made = new RegExp(`${before}${joined}(?:${alternatives(language, list)})${after}`, 'giu');
  expressions.set(key, made);
  return made;
}

function alternatives(language: LexiconLanguage, list: List): string {
  return LISTS[language][list].join('|').replaceAll('\\w', '[\\p{L}\\p{M}]') || '(?!)';
}

/** Whether a whole word is in a list. */
function isIn(language: LexiconLanguage, list: List, word: string): boolean {
  const key = `${language} ${list} word`;
  const known = expressions.get(key);
  const made = known ?? new RegExp(`^(?:${alternatives(language, list)})$`, 'iu');
  if (!known) expressions.set(key, made);
  return made.test(word.normalize('NFC'));
}

let placeNames: ReadonlySet<string> | undefined;

/** Whether a word is the name of a country or a part of the world in one of the languages. */
function isWidePlace(word: string): boolean {
  placeNames ??= new Set(
    [...countries, ...regions].flatMap(({ code }) =>
      Object.keys(LISTS).map((language) => placeName(code, language).toLowerCase()),
    ),
  );
  return placeNames.has(word.toLowerCase());
}

function mayName(word: string, language: LexiconLanguage): boolean {
  const bare = word.replace(/'s?$/, '').replace(/^[dl]'/i, '');
  if (isIn(language, 'institutionGeneric', word) || isIn(language, 'institutionGeneric', bare)) {
    return false;
  }
  return !PRODUCTS.test(bare) && !isWidePlace(bare) && !isPeople(bare);
}

function isPeople(word: string): boolean {
  return PEOPLE.test(word) && countriesNamed(word).size > 0;
}

/** A word, and what ends a sentence or a name after it. */
const WORD = /[\p{L}\p{M}\p{N}&][\p{L}\p{M}\p{N}'&.-]*/gu;
const ADJECTIVE_OF_TOWN = /[сц]к(?:ая|ой|ую|ий|ом|ого|ому|ое|им)$/u;
/** In letters; shorter words of Hindi are seldom names. */
const SHORTEST_HINDI = 3;

/** Returns the name that ends a text, right before the kind of the institution; '' if there is none. */
function nameBefore(text: string, language: LexiconLanguage, isTitle: boolean): string {
  if (!['en', 'hi', 'ru'].includes(language)) return '';
  let end = text.length;
  let from = -1;
  for (const { index, 0: word } of [...text.matchAll(WORD)].toReversed()) {
    const after = index + word.length;
    if (!/^\s+$/.test(text.slice(after, end))) break;
    const opens = /(?:^|[.!?…:;»"”।]\s*)$/u.test(text.slice(0, index));
    if (language === 'hi') {
      const isWord = word.length >= SHORTEST_HINDI && /^[\p{Script=Devanagari}\p{M}]+$/u.test(word);
      const joins = isIn(language, 'institutionJoins', word);
      if (from < 0 && joins) {
        end = index;
        continue;
      }
      if (isWord && mayName(word, language)) from = index;
      break;
    }
    const capital = IS_CAPITALISED.test(word.replace(/\.$/, ''));
    const names = capital && mayName(word, language) && !(opens && !(isTitle && language === 'en'));
    if (language === 'ru' && names && !ADJECTIVE_OF_TOWN.test(word)) break;
    if (names) from = index;
    else if (
      from >= 0 ||
      !isIn(language, capital ? 'institutionGeneric' : 'institutionJoins', word)
    )
      break;
    end = index;
  }
  return from < 0 ? '' : text.slice(from);
}

const NUMBERED = /^\s*(?:№|n\.?\s?[°º]|no\.)\s*\d+/iu;
const NEXT = /^(\s*["«“„‘(]\s*|\s+)([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'.-]*)/u;
const HINDI_PLACE = /(?:पुर|गढ़|गढ|नगर|गंज|बाद|पट्टी|खेड़ा|वाड़ा|घाट)$/u;
/** In words after the kind. */
const FARTHEST = 6;
/** In letters: "St.", "им." */
const ABBREVIATED = 3;

/** Returns the name that begins a text, right after the kind of the institution; '' if there is none. */
function nameAfter(text: string, language: LexiconLanguage, kind: string): string {
  let at = 0;
  for (let words = 0; words < FARTHEST; words += 1) {
    const number = NUMBERED.exec(text.slice(at));
    if (number) return text.slice(0, at + number[0].length);
    const next = NEXT.exec(text.slice(at));
    if (!next) return '';
    const [whole, gap = '', raw = ''] = next;
    const word = raw.replace(/\.$/, '');
    const end = at + whole.length - (raw.length - word.length);
    if (language === 'en' && words === 0 && word !== 'of') return '';
    if (/\S/.test(gap) && mayName(word, language)) return quotedName(text, end);
    if (namesAfter(word, language, kind, text.slice(0, at))) {
      const more = new RegExp(`^(?: ${CAPITALISED})*`, 'u').exec(text.slice(end))?.[0] ?? '';
      return text.slice(0, end) + more;
    }
    const skipped = (['institutionJoins', 'institutionGeneric'] as const).some((list) =>
      [word, word.replace(/^[dl]'/i, '')].some((one) => isIn(language, list, one)),
    );
    if (!skipped || (raw !== word && word.length > ABBREVIATED)) return '';
    at += whole.length;
  }
  return '';
}

/** Returns a text until the quotation mark that closes a name, if one does soon. */
function quotedName(text: string, end: number): string {
  const rest = /^[^»"”“)]{0,40}[»"”“)]/u.exec(text.slice(end))?.[0] ?? '';
  return text.slice(0, end) + rest;
}

/** Kinds in Arabic after which a noun with the article is nearly always a name. */
const NAMED_IN_ARABIC = /(?:مستشف[ىي]|عيادة|مستوصف|مصحة|مدرسة|ثانوية|جامعة|معهد|روضة|صيدلية)$/u;

function namesAfter(
  word: string,
  language: LexiconLanguage,
  kind: string,
  between: string,
): boolean {
  if (language === 'hi') return between === '' && HINDI_PLACE.test(word) && mayName(word, 'hi');
  if (language !== 'ar') {
    const bare = word.replace(/^[dl]'/i, '');
    return IS_CAPITALISED.test(bare) && mayName(word, language);
  }
  if (!mayName(word, language) || isIn(language, 'institutionJoins', word)) return false;
  if (between !== '')
    return isIn(language, 'institutionJoins', between.trim().split(' ').at(-1) ?? '');
  return (NAMED_IN_ARABIC.test(kind) && word.startsWith('ال')) || countriesNamed(word).size > 0;
}

/** Before these kinds stand verbs and adverbs as often as names; after these words a name does. */
const OFTEN_OBJECT = /^(?:医院|学校|大学|公司|工厂|诊所|药店)$/u;
const LEADS_TO_NAME = /[在于从到去叫]$/u;

/** A name in Chinese is right before the kind, after a word such as "at" or the name of a district. */
function inChinese(text: string): string | undefined {
  for (const { index, 0: kind } of text.matchAll(anyOf('zh', 'institutions'))) {
    const clause = /[\p{Script=Han}]*$/u.exec(text.slice(0, index))?.[0] ?? '';
    const words = [...segmenterFor('zh', 'word').segment(clause)].map(({ segment }) => segment);
    let name = '';
    let place = false;
    let from = clause.length;
    for (const word of words.toReversed()) {
      const joins = isIn('zh', 'institutionJoins', word);
      if (name === '' && joins) place ||= /^[县镇乡市村]$/u.test(word);
      else if (isIn('zh', 'institutionGeneric', word)) break;
      else name = word + name;
      place ||= /[县镇乡市村]$/u.test(name);
      from -= word.length;
      if (name.length > 1) break;
    }
    const leads = LEADS_TO_NAME.test(clause.slice(0, from));
    if (name.length > 1 && (place || leads || !OFTEN_OBJECT.test(kind))) {
      return clause.slice(from) + kind;
    }
  }
  return undefined;
}
