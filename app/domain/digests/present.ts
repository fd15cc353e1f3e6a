import type { BarrierKind } from '~/domain/community/vocabularies';
import type { AppContext } from '~/platform/app-context';
import type { MessageKey, Translator, Values } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import {
  type DigestBarrier,
  type DigestContent,
  type DigestPlace,
  quotesOf,
  sourcesOf,
} from './content';
import type { ComputedSentence, QuotedSentence, SentenceValue } from './content-parts';
import { digestKeyOf, topicName } from './digest-key';
import { wordsFor } from './machine-words';
import { formatPeriod, parsePeriod } from './period';
import { refOf } from './quote-slots';
import type { Voice } from './sections/section';
import { sectionsOf } from './sections/sections';
import { asOneLine } from './spans';

/*
 * Presents a digest in one language, as strings and numbers for a page, email, feed or JSON,
 * without anything that may no longer be shown.
 */

/** A post that a sentence is based on. */
export interface PresentedSource {
  postId: string;
  /** Its number in the whole digest, from 1. */
  number: number;
  /** `/p/ID`. */
  path: string;
}

/** A language model's words, approved by a moderator, in the page's language. */
export interface PresentedWords {
  text: string;
  model: string;
}

export interface PresentedSentence {
  text: string;
  /** The same in plainer words. */
  machine: PresentedWords | null;
  /** The sources that may still be shown. */
  sources: PresentedSource[];
  /** Number of counted posts that are not listed. */
  unlisted: number;
}

export interface PresentedQuote {
  text: string;
  /** BCP 47. */
  lang: string;
  author: string;
  place: string | null;
  date: string;
  /** UTC milliseconds. */
  createdAt: number;
  postId: string;
  /** `/p/ID`. */
  path: string;
  /** The paragraph that it stands in; null where the quote is all of it. */
  paragraph: string | null;
  /** Sentences about others who reported the same barrier. */
  context: PresentedSentence[];
  /** The translation. */
  machine: PresentedWords | null;
}

export interface PresentedChange {
  direction: 'more' | 'less' | 'same' | 'new';
  /** `+4`; empty if the kind is new or unchanged. */
  figure: string;
  /** "4 more than in September 2026". */
  words: string;
}

export interface PresentedBarrier {
  kind: BarrierKind;
  heading: string;
  /** "8 people", or "fewer than 5 people". */
  count: string;
  /** Null if the number is not public. */
  people: number | null;
  /** In the previous period; null if the number is not public. */
  previousPeople: number | null;
  change: PresentedChange | null;
  sentences: PresentedSentence[];
  quotes: PresentedQuote[];
  /** A sentence saying that quotes were withdrawn; null if none was. */
  withdrawn: string | null;
}

/** A section besides the barriers. */
export interface PresentedSection {
  id: string;
  title: string;
  intro: string | null;
  sentences: PresentedSentence[];
  /** At least one. */
  voices: {
    /** The barrier or place that the quote is about; null if none. */
    about: string | null;
    quote: PresentedQuote;
  }[];
}

export interface PresentedPlace {
  code: string | null;
  name: string;
  /** A number, or "fewer than 5". */
  people: string;
  contributions: string;
  countries: string;
  /** Share of the longest bar, 0 to 1; null if there is no public number. */
  share: number | null;
}

export interface PresentedDigest {
  /** "Western Africa, October 2026". */
  title: string;
  place: string;
  period: string;
  /** `/digests/011/2026-10`. */
  path: string;
  /** `/digests/011/2026-10/v/2`: the permanent URL of this version. */
  edition: string;
  lead: PresentedSentence[];
  changes: PresentedSentence[];
  barriers: PresentedBarrier[];
  places: { rows: PresentedPlace[]; note: string | null } | null;
  /** Sections that still have something to show. */
  sections: PresentedSection[];
  /** A sentence with the number of withdrawn quotes; null if none was. */
  withdrawn: string | null;
  /** The method by which this digest was made, in paragraphs. */
  method: string[];
  /** The citation; null for a draft. */
  citation: string | null;
  /** All sources that may still be shown, by number. */
  sources: PresentedSource[];
}

/** The data of a version that are not part of its content. */
export interface Edition {
  siteName: string;
  /** The site's public URL without a trailing slash. */
  origin: string;
  version: number;
  contentHash: string;
  builtAt: number;
  publishedAt: number | null;
}

/** Returns these data for a digest on this site. */
export function editionOf(
  { config }: AppContext,
  digest: Pick<Edition, 'version' | 'contentHash' | 'builtAt' | 'publishedAt'>,
): Edition {
  const { version, contentHash, builtAt, publishedAt } = digest;
  const { siteName, origin } = config;
  return { siteName, origin, version, contentHash, builtAt, publishedAt };
}

/** Returns the title: "Western Africa, October 2026". */
export function digestTitle(i18n: Translator, topic: string, periodId: string): string {
  return i18n.t('digests.title', {
    place: topicName(i18n, topic),
    period: periodName(i18n, periodId),
  });
}

export function digestPath(topic: string, periodId: string): string {
  return pathTo('/digests/:scope/:period', { scope: topic, period: periodId });
}

/**
 * Presents a digest in the translator's language. `visible` are the posts that may still be shown
 * (`stillVisible`): other quotes are left out, and a sentence says so.
 */
export function presentDigest(
  content: DigestContent,
  visible: ReadonlySet<string>,
  i18n: Translator,
  edition: Edition,
): PresentedDigest {
  const sources = numbered(content, visible);
  const presenter = new Presenter(content, i18n, sources);
  const barriers = content.barriers.map((barrier) => presenter.barrier(barrier));
  const topic = digestKeyOf(content.scope, content.pillar);
  const quotes = quotesOf(content);
  const kept = quotes.filter(({ postId }) => visible.has(postId));
  return {
    title: digestTitle(i18n, topic, content.period),
    place: topicName(i18n, topic),
    period: periodName(i18n, content.period),
    path: digestPath(topic, content.period),
    edition: `${digestPath(topic, content.period)}/v/${edition.version}`,
    lead: content.lead.map((sentence) => presenter.sentence(sentence)),
    changes: content.changes.map((sentence) => presenter.sentence(sentence)),
    barriers,
    places: presenter.places(),
    sections: presenter.sections(),
    withdrawn: presenter.withdrawn(quotes.length - kept.length),
    method: method(content, i18n, edition),
    citation: citation(content, i18n, edition),
    sources: [...sources.values()],
  };
}

/** Returns a function that presents single sentences of a digest in the translator's language. */
export function sentenceTeller(
  content: DigestContent,
  visible: ReadonlySet<string>,
  i18n: Translator,
): (sentence: ComputedSentence) => PresentedSentence {
  const presenter = new Presenter(content, i18n, numbered(content, visible));
  return (sentence) => presenter.sentence(sentence);
}

/** Returns the visible sources of a digest with their numbers. */
function numbered(
  content: DigestContent,
  visible: ReadonlySet<string>,
): Map<string, PresentedSource> {
  return new Map(
    sourcesOf(content)
      .filter((postId) => visible.has(postId))
      .map((postId, at): [string, PresentedSource] => [
        postId,
        { postId, number: at + 1, path: pathTo('/p/:id', { id: postId }) },
      ]),
  );
}

class Presenter {
  constructor(
    readonly content: DigestContent,
    readonly i18n: Translator,
    readonly sources: ReadonlyMap<string, PresentedSource>,
  ) {}

  sentence({ key, values, sources, unlisted }: ComputedSentence): PresentedSentence {
    const words = Object.entries(values).map(([name, value]) => [name, inWords(this.i18n, value)]);
    const text = this.i18n.t(key, Object.fromEntries(words));
    return {
      text,
      machine: this.#machine(null, text),
      sources: sources.flatMap((postId) => this.sources.get(postId) ?? []),
      unlisted,
    };
  }

  barrier(barrier: DigestBarrier): PresentedBarrier {
    const quotes = this.quotes(barrier.quotes);
    return {
      kind: barrier.kind,
      heading: this.i18n.t(`vocabulary.barrier.${barrier.kind}.name`),
      count: this.#people(barrier.people, this.content.barriersWithheld),
      people: barrier.people,
      previousPeople: barrier.previousPeople,
      change: this.#change(barrier),
      sentences: barrier.statements.map((sentence) => this.sentence(sentence)),
      quotes,
      withdrawn: this.withdrawn(barrier.quotes.length - quotes.length),
    };
  }

  places(): PresentedDigest['places'] {
    const { places, placesWithheld } = this.content;
    if (places.length === 0) return null;
    const longest = Math.max(0, ...places.map(({ people }) => people ?? 0));
    const rows = [...places].sort((a, b) => (b.people ?? 0) - (a.people ?? 0));
    return {
      rows: rows.map((row) => this.#place(row, longest)),
      note: placesWithheld ? this.#t('digests.places.withheld') : null,
    };
  }

  sections(): PresentedSection[] {
    return sectionsOf(this.content)
      .map(({ key, section, stored }) => ({
        id: key,
        title: this.#t(section.title),
        intro: section.intro ? this.#t(section.intro) : null,
        sentences: section.statements(stored).map((sentence) => this.sentence(sentence)),
        voices: section
          .voices(stored)
          .filter(({ quote }) => this.sources.has(quote.postId))
          .map((voice) => ({ about: this.#about(voice), quote: this.#quote(voice.quote) })),
      }))
      .filter(({ voices }) => voices.length > 0);
  }

  #about({ about, place }: Voice): string | null {
    if (about) return this.#t(`vocabulary.barrier.${about}.name`);
    return place && placeName(place, this.i18n.locale);
  }

  /** Returns the quotes that may still be shown. */
  quotes(quotes: readonly QuotedSentence[]): PresentedQuote[] {
    return quotes
      .filter(({ postId }) => this.sources.has(postId))
      .map((quote) => this.#quote(quote));
  }

  withdrawn(quotes: number): string | null {
    return quotes === 0 ? null : this.#t('digests.withdrawn', { quotes });
  }

  #place(
    { place, people, contributions, countries }: DigestPlace,
    longest: number,
  ): PresentedPlace {
    const few = this.#t(
      this.content.placesWithheld ? 'digests.figure.withheld' : 'digests.figure.few',
      { min: this.content.minAuthors },
    );
    return {
      code: place,
      name: place
        ? placeName(place, this.i18n.locale)
        : this.#t('digests.places.unknown', {
            place: placeName(this.content.scope, this.i18n.locale),
          }),
      people: people === null ? few : this.i18n.number(people),
      contributions: contributions === null ? '' : this.i18n.number(contributions),
      countries: countries === null ? '' : this.i18n.number(countries),
      share: people === null ? null : people / longest,
    };
  }

  #people(people: number | null, withheld: boolean): string {
    if (people !== null) return this.#t('digests.count.people', { people });
    const key = withheld ? 'digests.count.withheld' : 'digests.count.few';
    return this.#t(key, { min: this.content.minAuthors });
  }

  #change({ people, previousPeople }: DigestBarrier): PresentedChange | null {
    const period = periodName(this.i18n, this.content.previousPeriod);
    // If nothing was counted in the previous period, every kind would be "new".
    if (this.content.changes.some(({ key }) => key === 'digests.say.incomparable')) return null;
    if (previousPeople === 0) {
      return { direction: 'new', figure: '', words: this.#t('digests.change.new', { period }) };
    }
    if (people === null || previousPeople === null) return null;
    const change = people - previousPeople;
    const direction = change > 0 ? 'more' : change < 0 ? 'less' : 'same';
    const words = this.#t(`digests.change.${direction}`, { change: Math.abs(change), period });
    return { direction, figure: change === 0 ? '' : signed(this.i18n, change), words };
  }

  #quote(quote: QuotedSentence): PresentedQuote {
    const place = quote.country ?? quote.region;
    const text = asOneLine(quote.text);
    return {
      text,
      machine: this.#machine(refOf(quote), text),
      lang: quote.language,
      author: quote.author,
      place: place && placeName(place, this.i18n.locale),
      date: this.i18n.day(quote.createdAt),
      createdAt: quote.createdAt,
      postId: quote.postId,
      path: pathTo('/p/:id', { id: quote.postId }),
      paragraph: quote.paragraph && quote.paragraph !== text ? quote.paragraph : null,
      context: quote.context
        .map((sentence) => this.sentence(sentence))
        .filter(({ sources }) => sources.length > 0),
    };
  }

  #machine(quote: string | null, original: string): PresentedWords | null {
    const words = wordsFor(this.content, { quote, language: this.i18n.locale, original });
    return words ? { text: words.text, model: words.model } : null;
  }

  #t(key: MessageKey, values?: Values): string {
    return this.i18n.t(key, values);
  }
}

function inWords(i18n: Translator, value: SentenceValue): string | number {
  if (typeof value === 'number') return value;
  if ('place' in value) return placeName(value.place, i18n.locale);
  if ('period' in value) return periodName(i18n, value.period);
  if ('day' in value) return i18n.day(value.day);
  if ('places' in value) {
    return i18n.list(value.places.map((code) => placeName(code, i18n.locale)));
  }
  return i18n.list(
    value.kinds.map((kind) =>
      i18n.t('digests.kindName', { name: i18n.t(`vocabulary.barrier.${kind}.name`) }),
    ),
  );
}

function periodName(i18n: Translator, periodId: string): string {
  const period = parsePeriod(periodId);
  return period ? formatPeriod(period, i18n.locale) : periodId;
}

/** With a true minus sign, for good typography. */
function signed(i18n: Translator, change: number): string {
  return `${change > 0 ? '+' : '−'}${i18n.number(Math.abs(change))}`;
}

function method(content: DigestContent, i18n: Translator, edition: Edition): string[] {
  const { t } = i18n;
  const min = content.minAuthors;
  const place = topicName(i18n, digestKeyOf(content.scope, content.pillar));
  const end = parsePeriod(content.period)?.end ?? 0;
  return [
    t('digests.method.counted', { place, period: periodName(i18n, content.period) }),
    t('digests.method.people'),
    t('digests.method.small', { min }),
    t('digests.method.sentences'),
    ...(content.machine?.some(({ language }) => language === i18n.locale)
      ? [t('digests.method.machine')]
      : []),
    t('digests.method.quotes'),
    t('digests.method.matters'),
    t('digests.method.caution'),
    ...(edition.builtAt < end
      ? [t('digests.method.unfinished', { day: i18n.day(edition.builtAt) })]
      : []),
  ];
}

function citation(content: DigestContent, i18n: Translator, edition: Edition): string | null {
  if (edition.publishedAt === null) return null;
  const topic = digestKeyOf(content.scope, content.pillar);
  return i18n.t('digests.citation', {
    site: edition.siteName,
    title: digestTitle(i18n, topic, content.period),
    version: edition.version,
    day: i18n.day(edition.publishedAt),
    url: `${edition.origin}${digestPath(topic, content.period)}/v/${edition.version}`,
    hash: edition.contentHash,
  });
}
