import { countriesNamed } from '~/domain/barriers/barrier-region';
import { wordBounds } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { asciiDigits } from '~/platform/text/digits';
import lists from '~db/seed/disclosure.json';
import { CAPITALISED, institutionIn } from './institutions';

/*
 * What in a quote could point to a person: contact details, numbers of papers, names, places of work, and
 * somebody's health or dates. Rules of form and lists of words in ten languages (db/seed/disclosure.json). A
 * moderator sees what they find and decides, so a false alarm costs a glance, and nothing is public.
 */

export const TEXT_FLAGS = [
  'email',
  'phone',
  'link',
  'id',
  'name',
  'institution',
  'health',
  'date',
] as const;

export type TextFlagKind = (typeof TEXT_FLAGS)[number];

export interface TextFlag {
  kind: TextFlagKind;
  /** The words that were found, as written. */
  found: string;
}

type List = 'titles' | 'named' | 'relatives' | 'pronouns' | 'health' | 'born' | 'ids' | 'phones';

const LISTS: Record<LexiconLanguage, Record<List, string[]>> = lists;

const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** "amina at gmail", "amina (at) clinic.org", "amina arroba clinic punto org". */
const SPELT_EMAIL =
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}._-]+\s*(?:(?:[([{<]\s*(?:at|arroba|@)\s*[)\]}>]|\s@\s)\s*[\p{L}\p{N}-]{2,}|(?:\bat\b|\barroba\b)\s*(?:gmail|yahoo|hotmail|outlook|proton|[\p{L}\p{N}-]+\s+(?:dot|punto|ponto|point)\s+\p{L}{2,}))/iu;
const LINK =
  /(?:wa\.me|(?:chat\.|api\.)?whatsapp\.com|t\.me|telegram\.me|m\.me|facebook\.com|fb\.com|instagram\.com|tiktok\.com|x\.com|twitter\.com|linkedin\.com\/in|vk\.com|line\.me)\/\S+|(?<![\p{L}\p{N}.])@[\p{L}\p{N}_.]{3,}|(?<!\p{L})(?:instagram|insta|telegram|facebook|tiktok|snapchat)\s*:\s*[\p{L}\p{N}_.]{3,}/iu;

/** With a prefix that only phone numbers have; between digits a space, dot, dash or bracket. */
const PHONE =
  /(?<![\p{L}\p{N}.,]|\d\s)(?:\+|00|0(?=\d))[\s().-]*\d(?:[\s().-]*\d){6,13}(?![\p{L}\p{N}])/u;
/**
 * Without one, as groups of digits that amounts do not have: (11) 91234-5678, 212-555-0147, 77 123 45
 * 67, 98765 43210, 138 0013 8000, 987 654 321, 8 912 345-67-89; or nine or ten digits in a row.
 */
const GROUPED =
  /(?<![\p{N}.,+(-]|(?!\p{Script=Han})\p{L}|\d\s)(?!\d[\d\s.-]*[\s.]000(?!\d))(?:\(\d{2,4}\)\s?\d{3,5}[\s.-]?\d{4}|\d{3}[.-]\d{3}[.-]\d{4}|\d{2} \d{3} \d{2} \d{2}|\d{5} \d{5}|1[3-9]\d[ -]\d{4}[ -]\d{4}|[679]\d{2}[ .-]\d{3}[ .-]\d{3}|8[\s(-]{1,2}9\d{2}[\s)-]{1,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}|[1-9]\d{8,9}(?<!000))(?!\p{N}|(?!\p{Script=Han})\p{L}|[.,\s-]\d)/u;
const DIGITS = /(?<![\p{L}\p{N}.,])\d(?:[\s().-]?\d){6,13}(?![\p{N}])/u;

/** Numbers of papers by their form: 18 digits in China, 3-3-3-2 in Brazil, 4-4-4 in India, IBAN. */
const PAPERS =
  /(?<!\d)(?:\d{17}[\dXx]|\d{3}\.\d{3}\.\d{3}-\d{2}|\d{4}[ -]\d{4}[ -]\d{4}|\d{11,16})(?!\d)|(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?![\p{L}\p{N}])/u;
const NUMBERED = /(?=[\p{L}\d/-]*\d)[\p{L}\d][\p{L}\d/-]{4,}/u;

/** A day of a month, in digits, or with the name of the month beside it. */
const DATE =
  /(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)|\d{1,2}\s*月\s*\d{1,2}\s*[日号]/u;

/** Words in capitals that begin names of things: no person is called so. */
const THINGS =
  /^(?:the|our|my|your|his|her|their|in|at|on|for|from|when|if|and|but|we|i|you|this|that|these|no|not|every|each|since|after|before|a|an|le|la|les|un|une|des|du|de|notre|nos|mon|ma|mes|dans|chez|el|los|las|una|nuestro|nuestra|en|o|os|as|um|uma|nosso|nossa|meu|minha|no|na|di|kami|saya|университет|министерство|в|на|мы|наш|наша|я|у|university|universit[éày]|universidade?|college|school|bank|banque|banco|ministry|minist[èe]re|ministerio|minist[ée]rio|hospital|h[ôo]pital|cloud|google|microsoft|meta|amazon|openai|chatgpt|open|source|artificial|intelligence|machine|learning|united|plan|vitamin|hepatitis|class|grade|section|part|phase|type|option|new|saint|north|south|east|west|northern|southern|eastern|western|central|sub|saharan|africa|afrique|america|asia|europe|african|french|english|arabic|hausa|yoruba|igbo|swahili|wolof|internet|starlink|android|windows|linux|world|international|national|public|health|data|street|road|avenue|island|islands|city|state|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/iu;

/** Returns what in a text could point to a person; each kind once. @param language BCP 47 */
export function textFlags(text: string, language: string): TextFlag[] {
  const plain = asciiDigits(text)
    .replace(/[’ʼ]/g, "'")
    .replace(/[‐‑‒–](?=\d)/g, '-')
    .replace(/\s+/g, ' ');
  const own = language.toLowerCase().split('-', 1)[0] ?? '';
  const known = own in LISTS ? (own as LexiconLanguage) : 'en';
  const has = (list: List) => expression(known, list).exec(plain)?.[0];
  const email = EMAIL.exec(plain) ?? SPELT_EMAIL.exec(plain);
  const rest = plain.replace(new RegExp(EMAIL, 'gu'), ' ');
  const link = LINK.exec(rest);
  const date = DATE.exec(rest)?.[0] ?? namedDay(rest, known);
  const undated = rest.replace(new RegExp(DATE, 'gu'), ' ');
  const id = PAPERS.exec(undated)?.[0] ?? numberAfter(undated, known);
  const phone =
    (PHONE.exec(undated) ?? GROUPED.exec(undated))?.[0] ??
    (has('phones') ? DIGITS.exec(undated)?.[0] : undefined);
  const health = has('health');
  const person = has('relatives');
  const institution = institutionIn(plain, known);
  const name = nameBeside(plain, known, institution);
  return [
    ...flag('email', email?.[0]),
    ...flag('phone', phone),
    ...flag('link', link?.[0]),
    // The longer reading of a number is the right one.
    ...flag('id', id && !(phone ?? '').includes(id) ? id : undefined),
    ...flag('name', name),
    ...flag(
      'institution',
      institution && !(name ?? '').includes(institution) ? institution : undefined,
    ),
    ...flag('health', health && (person || has('pronouns')) ? health : undefined),
    ...flag('date', date && (person || has('born')) ? date : undefined),
  ];
}

function flag(kind: TextFlagKind, found: string | undefined): TextFlag[] {
  return found ? [{ kind, found: found.trim() }] : [];
}

const expressions = new Map<string, RegExp>();

function expression(language: LexiconLanguage, list: List): RegExp {
  const key = `${language} ${list}`;
  const known = expressions.get(key);
  if (known) return known;
  const words = LISTS[language][list].map((word) => word.replaceAll('\\w', '[\\p{L}\\p{M}]'));
  const [before, after] = wordBounds(language);
  // Arabic joins "and", "with", "for" and the article to the word.
  const joined = language === 'ar' ? '(?:[وفبلك]|ال){0,2}' : '';
  const any = words.length === 0 ? '(?!)' : words.join('|');
  const made = new RegExp(`${before}${joined}(?:${any})${after}`, 'iu');
  expressions.set(key, made);
  return made;
}

/** A number soon after the word for a paper: "passport A1234567". */
function numberAfter(text: string, language: LexiconLanguage): string | undefined {
  const match = expression(language, 'ids').exec(text);
  if (!match) return undefined;
  const near = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
  return NUMBERED.exec(near)?.[0];
}

/** Arabic names months differently in the Levant and in the Maghreb. */
const MONTHS_OF: Partial<Record<LexiconLanguage, string[]>> = {
  ar: ['ar', 'ar-SY', 'ar-DZ', 'ar-MA'],
};
const months = new Map<LexiconLanguage, RegExp>();

/** "12 March", "March 12", "12 de marzo". */
function namedDay(text: string, language: LexiconLanguage): string | undefined {
  let expected = months.get(language);
  if (!expected) {
    const names = (MONTHS_OF[language] ?? [language])
      .flatMap((locale) =>
        (['long', 'short'] as const).map(
          (month) => new Intl.DateTimeFormat(locale, { month, day: 'numeric', timeZone: 'UTC' }),
        ),
      )
      .flatMap((format) =>
        Array.from({ length: 12 }, (_, month) => format.formatToParts(Date.UTC(2026, month, 1))),
      )
      .flat()
      .flatMap(({ type, value }) => (type === 'month' ? value.replace(/\.$/, '') : []));
    const any = [...new Set(names)]
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|');
    expected = new RegExp(
      `(?<!\\d)\\d{1,2}(?:st|nd|rd|th|er|º)?\\s(?:de\\s|of\\s)?(?:${any})(?![\\p{L}\\p{M}])|(?<!\\p{L})(?:${any})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?(?!\\d)`,
      'iu',
    );
    months.set(language, expected);
  }
  return expected.exec(text)?.[0];
}

/** A capitalised word, or one in a script without capitals. */
const NAME = `(?:${CAPITALISED}|[\\p{Lo}\\p{M}]{2,})`;
/** Names that follow a name, also after a short word: "Campbell at Mandeville Regional". */
const FURTHER = `(?:(?: [\\p{Ll}\\p{M}]{1,4})? (?:${CAPITALISED}|\\p{Lu}\\.))*`;
const HAN_TITLED =
  /[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]\p{Script=Han}{0,2}(?:先生|女士|医生|老师|教授|经理)/u;

/** A title or a relative with a name, "my name is", or a first name and a surname. */
function nameIn(text: string, language: LexiconLanguage): string | undefined {
  if (language === 'zh') {
    return HAN_TITLED.exec(text)?.[0] ?? afterCue(text, language, 'named', '\\p{Script=Han}{2,4}');
  }
  return (
    // First, because some relatives are titles too: "my sister Amina".
    afterCue(text, language, 'relatives', CAPITALISED) ??
    afterCue(text, language, 'titles', NAME) ??
    afterCue(text, language, 'named', NAME) ??
    fullName(text)
  );
}

/** The name of a person, which is not that of an institution: "Kimilili Cottage Hospital". */
function nameBeside(
  text: string,
  language: LexiconLanguage,
  institution: string | undefined,
): string | undefined {
  const name = nameIn(text, language);
  if (!name || !institution?.includes(name)) return name;
  return nameIn(text.replace(institution, ' '), language);
}

/** In letters: "Prof." */
const SHORT_TITLE = 4;

function afterCue(
  text: string,
  language: LexiconLanguage,
  list: List,
  name: string,
): string | undefined {
  const cue = expression(language, list);
  // The cue in any case, the name with its capital.
  for (let from = 0; ; ) {
    const match = cue.exec(text.slice(from));
    if (!match) return undefined;
    const end = from + match.index + match[0].length;
    // "Dr. Okafor", but not "Nurse, Lodwar": a full stop may belong to a short title.
    const marks = list !== 'titles' ? '[.,:]?' : match[0].length <= SHORT_TITLE ? '\\.?' : '';
    const found = new RegExp(`^${marks}\\s*(${name})${FURTHER}`, 'u').exec(text.slice(end));
    if (found && !THINGS.test(found[1] ?? '') && countriesNamed(found[1] ?? '').size === 0) {
      return text.slice(from + match.index, end + found[0].length);
    }
    from = end;
  }
}

/** Two of them, or one with an initial: "Kwame Mensah", "Amina B." */
const PAIR = new RegExp(
  `(?<![\\p{L}\\p{M}-])(${CAPITALISED}) (${CAPITALISED}(?![\\p{L}\\p{M}])|\\p{Lu}\\.)`,
  'gu',
);

function fullName(text: string): string | undefined {
  for (const match of text.matchAll(PAIR)) {
    const [pair, first = '', last = ''] = match;
    if (!THINGS.test(first) && !THINGS.test(last) && countriesNamed(pair).size === 0) return pair;
  }
  return undefined;
}
