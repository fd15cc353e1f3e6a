// Writes lexicon/language-names.json: what the languages that people speak are called in the languages
// of the lexicon, as phrases (lexicon/README.md). Run it after updating cldr-core or Node, whose
// `Intl.DisplayNames` has the names of CLDR: `node db/seed/generate-language-names.mjs`.
//
// Left out are names that mean something else more often: short ones and the words below. Names that
// begin like a country's stand apart, because they also mean its people and goods: "Chinese".
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { territoryInfo } = require('cldr-core/supplemental/territoryInfo.json').supplemental;

/** The languages in which names are read. Indonesian puts "bahasa" before them: the lexicon has it. */
const READ_IN = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'zh', 'ru'];
/** Shorter names are words of other languages. A Chinese name ends with the character for "language". */
const FEWEST_LETTERS = 4;
/** Letters by which the name of a country is recognised in another form. */
const STEM = 4;

/** Names that are also words. */
const ALSO_WORDS = {
  en: 'creek meta mongo polish slave',
  fr: 'creek esclave jute mari meta more nama seri vote',
  es: 'creek mandar meta nama slave venda',
  pt: 'creek mandar meta nama slave venda vote',
  ar: 'انيه بندقيه بينا بينيه جندي سينا قمريه كريك كوفيه ماري موسي ميتا',
  sw: 'kibali',
  hi: 'गायो चकमा नामा पाली बेजा मंदार मारी मेटा यहूदी सेना स्लेव हवाई',
  ru: 'коса крик мари меру мета нама носу сена',
};

/** Names that, like those that begin like a country's, also stand for people, goods and regions. */
const ALSO_PEOPLE = {
  en: 'dutch french german latin scots spanish',
  fr: 'allemand corse grec latin neerlandais',
  es: 'aleman corso croata latin mongol persa polaco sueco',
  pt: 'alemao basco copta corso latim mongol polones sueco',
  ru: 'немецкии',
};

/** As `normalize` in app/domain/barriers/tokens.ts. */
function normalize(name) {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u200c\u200d]/g, '')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
    .replace(/\u0901/g, '\u0902')
    .replace(/(?<=^|\s)ال/g, '')
    .replace(/\(.*?\)/g, '')
    .trim();
}

const named = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const spoken = Object.values(territoryInfo).flatMap(({ languagePopulation = {} }) =>
  // `yue_Hans` is `yue` in another script.
  Object.keys(languagePopulation).map((tag) => tag.split('_', 1)[0]),
);
const tags = [...new Set(spoken)].filter((tag) => tag !== 'und' && named.of(tag)).sort();

function namesIn(language) {
  const languages = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  const places = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const countries = Object.keys(territoryInfo).flatMap((code) => places.of(code) ?? []);
  const stems = new Set(countries.map((name) => normalize(name).slice(0, STEM)));
  const listed = (lists) => new Set((lists[language] ?? '').split(' '));
  const [words, people] = [listed(ALSO_WORDS), listed(ALSO_PEOPLE)];
  const isName = (name) =>
    /\p{Script=Han}/u.test(name)
      ? name.endsWith('语')
      : name.length >= FEWEST_LETTERS && !words.has(name);
  const names = [...new Set(tags.map((tag) => normalize(languages.of(tag) ?? '')))].filter(isName);
  const isPeople = (name) =>
    !/\p{Script=Han}/u.test(name) && (people.has(name) || stems.has(name.slice(0, STEM)));
  // A Russian adjective has an ending for each case.
  const phrases = (some) => some.map((name) => name.replace(/(?<=[сц]к)ии$/, '*')).sort();
  return {
    topic: phrases(names.filter((name) => !isPeople(name))),
    hint: phrases(names.filter(isPeople)),
  };
}

const file = {
  source: `Unicode CLDR ${process.versions.cldr}`,
  names: Object.fromEntries(READ_IN.map((language) => [language, namesIn(language)])),
};
await writeFile(
  new URL('lexicon/language-names.json', import.meta.url),
  `${JSON.stringify(file, null, 2)}\n`,
);
