import type { BarrierKind } from '~/domain/community/vocabularies';
import type { CueWords, OwnCueWords } from '~/platform/community/community';
import type { CueStrength } from '~db/schema/community';
import ar from '~db/seed/lexicon/ar.json';
import en from '~db/seed/lexicon/en.json';
import es from '~db/seed/lexicon/es.json';
import fr from '~db/seed/lexicon/fr.json';
import hi from '~db/seed/lexicon/hi.json';
import id from '~db/seed/lexicon/id.json';
import learned from '~db/seed/lexicon/kinds.json';
import languageNames from '~db/seed/lexicon/language-names.json';
import pt from '~db/seed/lexicon/pt.json';
import ru from '~db/seed/lexicon/ru.json';
import sw from '~db/seed/lexicon/sw.json';
import zh from '~db/seed/lexicon/zh.json';
import { isPhrase, PhraseIndex } from './phrases';
import { normalize, type Token } from './tokens';

/**
 * The kinds that the lexicon and the weights of words know, in the order of the weights. A community
 * may have others, and may not have these.
 */
export const LEARNED_KINDS: readonly BarrierKind[] = learned.kinds.map(({ slug }) => slug);

/** The strength of a phrase for a kind. */
export type Strength = CueStrength;

/** Strongest first. */
export const STRENGTHS = ['barrier', 'topic', 'hint'] as const satisfies readonly Strength[];

/** The function of a phrase for the words around it; explained in db/seed/lexicon/README.md. */
export type Cue =
  | 'ignore'
  | 'problem'
  | 'relief'
  | 'deniesNext'
  | 'deniesNear'
  | 'deniesAfterPause'
  | 'deniesLast'
  | 'negates'
  | 'trouble'
  | 'between'
  | 'lessens'
  | 'of'
  | 'doubts'
  | 'limits'
  | 'but'
  | 'proposal'
  | 'thanks'
  | 'abuse';

export type Meaning =
  | { cue: Cue; kind?: undefined }
  | { cue?: undefined; kind: BarrierKind; strength: Strength };

/** A language's file in db/seed/lexicon. */
export interface LexiconFile {
  language: string;
  /** Very frequent words of the language, used to recognise it. */
  usual: string[];
  cues: Record<Cue, string[]>;
  kinds: Record<BarrierKind, CueWords>;
}

export type LexiconLanguage = 'ar' | 'en' | 'es' | 'fr' | 'hi' | 'id' | 'pt' | 'ru' | 'sw' | 'zh';

const FILES: Record<LexiconLanguage, LexiconFile> = { ar, en, es, fr, hi, id, pt, ru, sw, zh };
export const LEXICON_LANGUAGES = Object.keys(FILES) as LexiconLanguage[];

const LATIN = ['en', 'es', 'fr', 'id', 'pt', 'sw'] as const satisfies LexiconLanguage[];
const SCRIPTS: [RegExp, LexiconLanguage][] = [
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Cyrillic}/u, 'ru'],
];

const USUAL = LATIN.map(
  (language) => [language, new Set(FILES[language].usual.map(normalize))] as const,
);

/** The kind of barrier whose topic a language is by its name. */
const LANGUAGE = 'language';
const NAMES: Partial<Record<string, Partial<Record<Strength, string[]>>>> = languageNames.names;

/** Weight of the declared language of a text, measured in frequent words. */
const DECLARED_BONUS = 1.5;
const FEW_SENTENCES = 3;

/** For a site that has changed none. */
const BUILT_IN: OwnCueWords = new Map();

/** Returns the cue words of a kind in a language: those of the site, or else the lexicon's. */
export function cueWordsOf(
  kind: BarrierKind,
  language: LexiconLanguage,
  own: OwnCueWords,
): CueWords | undefined {
  const { kinds } = FILES[language];
  return own.get(kind)?.get(language) ?? (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined);
}

/** True if a kind has cue words in any language. */
export function hasCueWords(kind: BarrierKind, own: OwnCueWords): boolean {
  return LEXICON_LANGUAGES.some((language) =>
    Object.values(cueWordsOf(kind, language, own) ?? {}).some((phrases) => phrases.length > 0),
  );
}

/** The indexed phrases, by the words that a site has changed. */
const indexes = new WeakMap<OwnCueWords, Map<LexiconLanguage, PhraseIndex<Meaning>>>();

/** Returns the phrases of a language with the cue words of a site's kinds; indexed on first use. */
export function phrasesOf(
  language: LexiconLanguage,
  own: OwnCueWords = BUILT_IN,
): PhraseIndex<Meaning> {
  const changed = [...own].filter(([, languages]) => languages.has(language));
  const from = changed.length > 0 ? own : BUILT_IN;
  const known = indexes.get(from)?.get(language);
  if (known) return known;
  const index = new PhraseIndex<Meaning>();
  indexes.set(from, (indexes.get(from) ?? new Map()).set(language, index));
  const file = FILES[language];
  const kinds = new Set([...Object.keys(file.kinds), ...changed.map(([kind]) => kind)]);
  for (const [cue, phrases] of Object.entries(file.cues) as [Cue, string[]][]) {
    for (const phrase of phrases) index.add(phrase, { cue });
  }
  const addKind = (kind: BarrierKind, lists: Partial<CueWords> = {}) => {
    for (const strength of STRENGTHS) {
      // A site's own may come from any file.
      const phrases = lists[strength]?.filter(isPhrase) ?? [];
      for (const phrase of phrases) index.add(phrase, { kind, strength });
    }
  };
  for (const kind of kinds) addKind(kind, cueWordsOf(kind, language, from));
  if (!from.get(LANGUAGE)?.has(language)) addKind(LANGUAGE, NAMES[language]);
  return index;
}

/**
 * Returns the most likely lexicon language of a text: by its script, and for Latin script by its
 * frequent words. The declared language only decides close cases, because forms are posted with the
 * language of the interface. Null if nothing indicates any of the ten.
 */
export function languageOf(
  sentences: readonly (readonly Token[])[],
  declared: string,
): LexiconLanguage | null {
  const words = sentences.flatMap((sentence) => sentence.map(({ forms }) => forms[0] ?? ''));
  const claimed = declared.toLowerCase().split('-', 1)[0];
  for (const [script, language] of SCRIPTS) {
    const written = words.filter((word) => script.test(word)).length;
    // A Chinese character counts as a word, so a few of them do not make a text Chinese.
    if (written * 2 > words.length) return language;
  }
  let best: LexiconLanguage | null = null;
  let most = 0;
  for (const [language, usual] of USUAL) {
    const seen = words.filter((word) => usual.has(word)).length;
    const count = seen + (language === claimed ? DECLARED_BONUS : 0);
    if (count > most) [best, most] = [language, count];
  }
  return most > DECLARED_BONUS ? best : (mostPhrases(sentences, best) ?? best);
}

/** For a few words without any frequent one: the language whose lexicon matches most phrases. */
function mostPhrases(
  sentences: readonly (readonly Token[])[],
  favourite: LexiconLanguage | null,
): LexiconLanguage | null {
  const start = sentences.slice(0, FEW_SENTENCES);
  let best: LexiconLanguage | null = null;
  let most = 0;
  for (const language of new Set([...(favourite ? [favourite] : []), ...LATIN])) {
    const index = phrasesOf(language);
    const count = start.reduce((sum, sentence) => sum + index.find(sentence).length, 0);
    if (count > most) [best, most] = [language, count];
  }
  return best;
}
