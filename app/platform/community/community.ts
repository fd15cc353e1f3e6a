import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { digestOf } from '~/platform/ids';
import { isInLanguage } from '~/platform/languages/tags';
import { DEFAULT_SETTINGS, type SiteSettings } from '~/platform/site-settings';
import { singleLine } from '~/platform/text/visible';
import type {
  CommunityAct,
  CueWords,
  TermState,
  TranslatedParts,
  TranslatedSubject,
  TranslatedText,
  Vocabulary,
} from '~db/schema/community';
import type { TextSlug } from './texts';

export type { CueWords, TermState, TranslatedSubject, Vocabulary } from '~db/schema/community';

/** What a term is called in a language; empty where a text is missing. */
export interface TermText {
  name: string;
  /** The name where there is little room. */
  short: string;
  description: string;
  examples: string;
}

export const NO_TEXT: TermText = { name: '', short: '', description: '', examples: '' };

/** The parts of what a term is called. */
export const TEXT_PARTS = Object.keys(NO_TEXT) as (keyof TermText)[];

interface Traits {
  /** What people read of a term. The first is what it is called in lists. */
  parts: readonly [keyof TermText, ...(keyof TermText)[]];
  /** What administrators can do. */
  acts: readonly CommunityAct[];
  /** True if a term may be without words: the program has its own. */
  optional?: true;
}

const CHANGES = ['add', 'rename', 'retire', 'restore'] as const;

/** The vocabularies in the order in which they are listed, with what each is made of. */
export const VOCABULARY_TRAITS: Readonly<Record<Vocabulary, Traits>> = {
  pillar: {
    parts: ['name', 'short', 'description', 'examples'],
    acts: [...CHANGES, 'reorder', 'merge'],
  },
  barrier: {
    parts: ['name', 'short', 'description', 'examples'],
    acts: [...CHANGES, 'reorder', 'merge', 'cues'],
  },
  // In alphabetical order.
  glossary: { parts: ['name', 'short', 'description', 'examples'], acts: [...CHANGES, 'merge'] },
  // None is merged: decisions keep the rule that they named. With a short name, a rule is also a reason
  // to flag.
  rule: { parts: ['name', 'short', 'description'], acts: [...CHANGES, 'reorder'] },
  reply: { parts: ['description'], acts: [...CHANGES, 'reorder'] },
  // The sections are those of ISIC, in its order.
  industry: { parts: ['name', 'short', 'description'], acts: ['rename', 'retire', 'restore'] },
  text: { parts: ['description'], acts: ['rename'], optional: true },
};

export const VOCABULARIES = Object.keys(VOCABULARY_TRAITS) as Vocabulary[];

export function isVocabulary(text: string): text is Vocabulary {
  return Object.hasOwn(VOCABULARY_TRAITS, text);
}

/** True if a language has words for a term. */
export function hasWords(vocabulary: Vocabulary, text: TermText): boolean {
  return text[VOCABULARY_TRAITS[vocabulary].parts[0]] !== '';
}

/** An entry of a vocabulary, such as a pillar, a kind of barrier or a rule. */
export interface Term {
  readonly slug: string;
  /** The icon and the colour, by name; null for terms that have none. */
  readonly glyph: string | null;
  readonly colour: string | null;
  readonly state: TermState;
  /** The slug of the term that this one was merged into. */
  readonly mergedInto: string | null;
  /** By language, BCP 47. What translates an older original counts as missing, and is not here. */
  readonly texts: ReadonlyMap<string, TermText>;
  /** What translates an older original, by language: only for who may bring it up to date. */
  readonly outdated: ReadonlyMap<string, Partial<TermText>>;
  /** The language of the original; see `originalLanguage`. */
  readonly original: string | null;
}

/** Returns the words of a term as they are stored, with those that translate an older original. */
export function storedTexts({ texts, outdated }: Pick<Term, 'texts' | 'outdated'>) {
  return new Map(
    [...texts].map(([language, text]): [string, TermText] => [
      language,
      { ...text, ...outdated.get(language) },
    ]),
  );
}

/**
 * Returns the language of the words that all others of a term translate: that of the site, else the
 * default one, else the only one that translates no other; null where none is the only one.
 * @param texts by language, BCP 47
 */
export function originalLanguage(
  texts: ReadonlyMap<string, Partial<TermText> & { originals?: TranslatedParts | null }>,
  { defaultLanguage }: Pick<SiteSettings, 'defaultLanguage'>,
): string | null {
  const first = [defaultLanguage, DEFAULT_LOCALE].find((language) => texts.has(language));
  if (first) return first;
  const [only = null, ...others] = [...texts].filter(([, { originals }]) => !originals);
  return only && others.length === 0 ? only[0] : null;
}

/** Returns the fingerprint of a part of a term: that of its words, however they are spaced. */
export function partKey(text: string): string {
  return originalKey(singleLine(text));
}

/**
 * True for a part of a term that translates what its original does not say any more.
 * @param stored the words of the term by language
 */
export function isOutdated(
  of: TranslatedText | undefined,
  part: keyof TermText,
  stored: ReadonlyMap<string, TermText>,
): boolean {
  const now = of && stored.get(of.language);
  return now !== undefined && partKey(now[part]) !== of?.key;
}

/** A text that has translations, as a row that names its language. */
export interface Titled {
  id: string;
  title: string;
  /** BCP 47. */
  language: string;
}

/** A translation, with the fingerprint of the text that was translated. */
export interface Translation {
  text: string;
  original: string;
}

/** Translated titles: by subject and id (`thread q1`), then by language, BCP 47. */
export type TranslatedTitles = ReadonlyMap<string, ReadonlyMap<string, Translation>>;

/** Returns the fingerprint of a text, by which a translation knows what it translates. */
export function originalKey(text: string): string {
  return digestOf(text).slice(0, 32);
}

/** The conversations that have been opened, by slug. */
export type OpenedConversations = ReadonlyMap<string, Titled>;

/** The cue words that a site has changed, by kind and language. */
export type OwnCueWords = ReadonlyMap<string, ReadonlyMap<string, CueWords>>;

/** The terms of each vocabulary, in order. */
export type Vocabularies = Readonly<Record<Vocabulary, readonly Term[]>>;

/**
 * The vocabularies and settings of a community at one time. It never changes: after a change of the data
 * there is a new one (`AppContext.community`).
 */
export class Community {
  /** The slugs that are offered, in order. */
  readonly pillars: readonly string[];
  readonly kinds: readonly string[];
  readonly glossary: readonly string[];
  readonly rules: readonly string[];
  readonly replies: readonly string[];
  /** Sections of ISIC Rev. 4. */
  readonly industries: readonly string[];
  /** The rules that people can name when they flag a post: those with a short name. */
  readonly flagReasons: readonly string[];
  readonly #terms: Readonly<Record<Vocabulary, ReadonlyMap<string, Term>>>;

  constructor(
    vocabularies: Vocabularies,
    /** What its administrators decided. */
    readonly settings: SiteSettings = DEFAULT_SETTINGS,
    /** For all others, those of the lexicon hold; see `cueWordsOf`. */
    readonly cueWords: OwnCueWords = new Map(),
    private readonly titles: TranslatedTitles = new Map(),
    readonly conversations: OpenedConversations = new Map(),
  ) {
    this.#terms = vocabulariesOf(
      (vocabulary) => new Map(vocabularies[vocabulary].map((term) => [term.slug, term])),
    );
    const active = (vocabulary: Vocabulary) =>
      vocabularies[vocabulary].filter(({ state }) => state === 'active');
    const offered = (vocabulary: Vocabulary) => active(vocabulary).map(({ slug }) => slug);
    this.pillars = offered('pillar');
    this.kinds = offered('barrier');
    this.glossary = offered('glossary');
    this.rules = offered('rule');
    this.replies = offered('reply');
    this.industries = offered('industry');
    this.flagReasons = active('rule')
      .filter(({ texts }) => [...texts.values()].some(({ short }) => short !== ''))
      .map(({ slug }) => slug);
  }

  /** Returns all terms of a vocabulary in order, with retired and merged ones. */
  all(vocabulary: Vocabulary): readonly Term[] {
    return [...this.#terms[vocabulary].values()];
  }

  find(vocabulary: Vocabulary, slug: string): Term | null {
    return this.#terms[vocabulary].get(slug) ?? null;
  }

  /**
   * Returns the slug that text from outside means: its own, or that of the term it was merged into.
   * Null if there is no such term; the spelling must match exactly.
   */
  resolve(vocabulary: Vocabulary, text: string): string | null {
    const seen = new Set<string>();
    for (let term = this.find(vocabulary, text); term && !seen.has(term.slug); ) {
      if (term.state !== 'merged') return term.slug;
      seen.add(term.slug);
      term = this.find(vocabulary, term.mergedInto ?? '');
    }
    return null;
  }

  /** True for a pillar that a post may have; also a retired one, which old posts keep. */
  isPillar(text: string): boolean {
    return this.resolve('pillar', text) === text;
  }

  /** Compares slugs by their order in a vocabulary, for `sort`; unknown ones come last. */
  byOrder(vocabulary: Vocabulary): (a: string, b: string) => number {
    const positions = new Map([...this.#terms[vocabulary].keys()].map((slug, at) => [slug, at]));
    const position = (slug: string) => positions.get(slug) ?? positions.size;
    return (a, b) => position(a) - position(b);
  }

  /**
   * Returns what a term is called in a language (BCP 47), else the original, else any. The original
   * also takes the place of each part that is out of date. A term that does not exist is called by its
   * slug.
   */
  text(vocabulary: Vocabulary, slug: string, language: string): TermText {
    const term = this.find(vocabulary, slug);
    const original = term?.texts.get(standingIn(term));
    if (!term || !original) return { ...NO_TEXT, [VOCABULARY_TRAITS[vocabulary].parts[0]]: slug };
    const own = ownLanguage(term, language);
    const text = term.texts.get(own) ?? original;
    const older = term.outdated.get(own);
    if (!older) return text;
    const parts = TEXT_PARTS.map((part) => [part, (part in older ? original : text)[part]]);
    return Object.fromEntries(parts) as Record<keyof TermText, string>;
  }

  /** Returns the language of what `text` returns for a part, BCP 47. */
  languageOf(
    vocabulary: Vocabulary,
    slug: string,
    language: string,
    part: keyof TermText = 'description',
  ): string {
    const term = this.find(vocabulary, slug);
    if (!term || term.texts.size === 0) return language;
    const own = ownLanguage(term, language);
    const isOwn = term.texts.has(own) && !(part in (term.outdated.get(own) ?? {}));
    return isOwn ? own : standingIn(term);
  }

  /** Returns what a term is called in lists; see `text`. */
  name(vocabulary: Vocabulary, slug: string, language: string): string {
    return this.text(vocabulary, slug, language)[VOCABULARY_TRAITS[vocabulary].parts[0]];
  }

  /** Returns one of the community's own texts in a language; empty where it was never written in it. */
  ownText(slug: TextSlug, language: string): string {
    if (!this.find('text', slug)?.texts.has(language)) return '';
    return this.text('text', slug, language).description;
  }

  /**
   * Returns the title of a thread or conversation in a language (BCP 47), else as it is. Whoever
   * may read the row may read its translations; those of an older title are left out.
   */
  titled<Row extends Titled>(subject: TranslatedSubject, row: Row, language: string): Row {
    const title = this.translatedTitles(subject, row).get(language);
    return title === undefined ? row : { ...row, title, language };
  }

  /**
   * Returns the translations of a title by language (BCP 47), without those of an older title or into
   * its own language.
   */
  translatedTitles(subject: TranslatedSubject, row: Titled): Map<string, string> {
    const { id, title } = row;
    const found = [...(this.titles.get(`${subject} ${id}`) ?? [])];
    const original = found.length > 0 ? originalKey(title) : '';
    return new Map(
      found.flatMap(([language, one]) =>
        one.original === original && !isInLanguage(row.language, language)
          ? [[language, one.text] as const]
          : [],
      ),
    );
  }
}

/** The language of the words that a term has for readers of a language, if it has any for them. */
function ownLanguage({ texts }: Term, language: string): string {
  return texts.has(language) ? language : (language.split('-', 1)[0] ?? language);
}

/** The language of the words that stand in where others are missing; '' without any. */
function standingIn({ original, texts }: Term): string {
  return original ?? texts.keys().next().value ?? '';
}

/** Keeps what `make` returns for each community: for what takes long to make. */
export function perCommunity<Made>(make: (community: Community) => Made) {
  const known = new WeakMap<Community, Made>();
  return (community: Community): Made => {
    const made = known.get(community) ?? make(community);
    known.set(community, made);
    return made;
  };
}

/** Makes one value for each vocabulary. */
export function vocabulariesOf<Made>(
  make: (vocabulary: Vocabulary) => Made,
): Record<Vocabulary, Made> {
  const made = VOCABULARIES.map((vocabulary) => [vocabulary, make(vocabulary)]);
  return Object.fromEntries(made) as Record<Vocabulary, Made>;
}

/** A community without any terms, and with the settings of a new site. */
export const NO_COMMUNITY = new Community(vocabulariesOf(() => []));
