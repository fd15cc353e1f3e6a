import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { digestOf } from '~/platform/ids';
import { DEFAULT_SETTINGS, type SiteSettings } from '~/platform/site-settings';
import type { TermState, TranslatedSubject, Vocabulary } from '~db/schema/community';

export type { TermState, TranslatedSubject, Vocabulary } from '~db/schema/community';

/** In the order in which they are listed. */
export const VOCABULARIES: readonly Vocabulary[] = ['pillar', 'barrier', 'glossary'];

export function isVocabulary(text: string): text is Vocabulary {
  return (VOCABULARIES as readonly string[]).includes(text);
}

/** What a term is called in a language; empty where a text is missing. */
export interface TermText {
  name: string;
  /** The name where there is little room. */
  short: string;
  description: string;
  examples: string;
}

export const NO_TEXT: TermText = { name: '', short: '', description: '', examples: '' };

/** A pillar, a kind of barrier or an entry of the glossary. */
export interface Term {
  readonly slug: string;
  /** The icon and the colour, by name; null for terms that have none. */
  readonly glyph: string | null;
  readonly colour: string | null;
  readonly state: TermState;
  /** The slug of the term that this one was merged into. */
  readonly mergedInto: string | null;
  /** By language, BCP 47. */
  readonly texts: ReadonlyMap<string, TermText>;
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
  readonly #terms: Readonly<Record<Vocabulary, ReadonlyMap<string, Term>>>;

  constructor(
    vocabularies: Vocabularies,
    /** What its administrators decided. */
    readonly settings: SiteSettings = DEFAULT_SETTINGS,
    private readonly titles: TranslatedTitles = new Map(),
  ) {
    const bySlug = (terms: readonly Term[]) => new Map(terms.map((term) => [term.slug, term]));
    this.#terms = {
      pillar: bySlug(vocabularies.pillar),
      barrier: bySlug(vocabularies.barrier),
      glossary: bySlug(vocabularies.glossary),
    };
    const offered = (vocabulary: Vocabulary) =>
      vocabularies[vocabulary].filter(({ state }) => state === 'active').map(({ slug }) => slug);
    this.pillars = offered('pillar');
    this.kinds = offered('barrier');
    this.glossary = offered('glossary');
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
   * Returns what a term is called in a language (BCP 47), else in the default language, else in any.
   * The name of a term that does not exist is its slug.
   */
  text(vocabulary: Vocabulary, slug: string, language: string): TermText {
    const texts = this.find(vocabulary, slug)?.texts;
    const found =
      texts?.get(language) ??
      texts?.get(language.split('-', 1)[0] ?? language) ??
      texts?.get(DEFAULT_LOCALE) ??
      texts?.values().next().value;
    return found ?? { ...NO_TEXT, name: slug };
  }

  /** Returns the name of a term; see `text`. */
  name(vocabulary: Vocabulary, slug: string, language: string): string {
    return this.text(vocabulary, slug, language).name;
  }

  /**
   * Returns the title of a thread or conversation in a language (BCP 47), else as it is. Whoever
   * may read the row may read its translations; those of an older title are left out.
   */
  titled<Row extends Titled>(subject: TranslatedSubject, row: Row, language: string): Row {
    if (row.language === language) return row;
    const title = this.translatedTitles(subject, row).get(language);
    return title === undefined ? row : { ...row, title, language };
  }

  /** Returns the translations of a title by language (BCP 47), without those of an older title. */
  translatedTitles(subject: TranslatedSubject, { id, title }: Titled): Map<string, string> {
    const found = [...(this.titles.get(`${subject} ${id}`) ?? [])];
    const original = found.length > 0 ? originalKey(title) : '';
    return new Map(
      found.flatMap(([language, one]) =>
        one.original === original ? [[language, one.text] as const] : [],
      ),
    );
  }
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

/** A community without any terms, and with the settings of a new site. */
export const NO_COMMUNITY = new Community({ pillar: [], barrier: [], glossary: [] });
