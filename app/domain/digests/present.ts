import { authorLabel } from '~/domain/accounts/users/profile';
import { namersSentence } from '~/domain/barriers/namers';
import { holdsAnother, namesOfPlaces } from '~/domain/barriers/place-names';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { READ, withParameter } from '~/domain/forum/paths';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator, TermNames } from '~/platform/community/site-translator';
import { DEFAULT_LOCALE, type Locale } from '~/platform/i18n/locales';
import type { MessageKey, Values } from '~/platform/i18n/translator';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { placeInSentence, placeName } from '~/platform/places/names';
import { isCountry } from '~/platform/places/places';
import { segmenterFor } from '~/platform/text/segmenter';
import {
  type DigestBarrier,
  type DigestContent,
  type DigestFinding,
  type DigestPlace,
  type NamedPoint,
  pointsIn,
  quotesOf,
  sourcesOf,
} from './content';
import {
  type ComputedSentence,
  NOT_TOLD,
  numberSaid,
  type QuotedSentence,
  type SentenceValue,
  type Statement,
} from './content-parts';
import { topicName, topicOf } from './digest-key';
import { wordsFor } from './machine-words';
import { formatPeriod, lastDayOf, parsePeriod, rangeOf } from './period';
import { refOf } from './quote-slots';
import type { Voice } from './sections/section';
import { sectionsOf } from './sections/sections';
import { hidesCountry, type Shown, type Signature, signatureOf } from './signature';
import { countriesTold, MOST_PLACES } from './statements';
import type { TranslatedQuote } from './translated-quotes';

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

export interface PresentedQuote extends Signature {
  /** Its name at the desk; see `refOf`. */
  ref: string;
  text: string;
  /** BCP 47. */
  lang: string;
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
  /** The translation by a person into the page's language. */
  translation: PresentedTranslation | null;
  /** The translation by a language model; only where no person's is shown. */
  machine: PresentedWords | null;
}

/** A person's translation of a quote. */
export interface PresentedTranslation {
  /** The translated words; null where only the whole post is translated. */
  text: string | null;
  /** BCP 47. */
  language: string;
  /** "Luc Adjovi (@luc)". */
  by: string;
  date: string;
  /** `/p/ID?read=fr`: the whole post as it was translated. */
  path: string;
}

/** A key point: a barrier by its name, with who reports it. */
export interface PresentedFinding {
  /** The key point's id. */
  id: string;
  /** `/key-points/ID`. */
  path: string;
  kind: BarrierKind;
  /** What its kind is called. */
  kindName: string;
  title: string;
  sentence: string;
  /** BCP 47: of title and sentence, where the page's language has none. */
  lang: string;
  people: number;
  /**
   * By people, 1 first; null where fewer than a claim needs: a rank says more than such numbers bear.
   */
  rank: number | null;
  sentences: PresentedSentence[];
  quotes: PresentedQuote[];
}

export interface PresentedBarrier {
  kind: BarrierKind;
  heading: string;
  /** "8 people"; digests of before 2026-12 may say "fewer than 5 people". */
  count: string;
  /** Null if the number is not public. */
  people: number | null;
  /** In the previous period; null if the number is not public. */
  previousPeople: number | null;
  /** Percent of everyone who reported a barrier; null where people are too few for a share. */
  share: number | null;
  /** The same as sentences. The page of a digest of schema 2 shows them as a table. */
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
  /** A number; digests of before 2026-12 may say "fewer than 5". */
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
  /** "Sept 2026", for the head of a column. */
  previousPeriod: string;
  /** `/digests/011/2026-10`. */
  path: string;
  /** `/digests/011/2026-10/v/2`: the permanent URL of this version. */
  edition: string;
  /** Until when it counts, if its period was not over then; else null. */
  unfinished: string | null;
  lead: PresentedSentence[];
  /** The best reports, where no key point can be named. */
  leadQuotes: PresentedQuote[];
  /** Key points, most people first. */
  findings: PresentedFinding[];
  /** How many people wrote, from how many countries; empty where the lead says so. */
  wrote: string;
  changes: PresentedSentence[];
  /** True if the figures of the barriers are told in sentences, as digests of schema 1 do. */
  toldInSentences: boolean;
  barriers: PresentedBarrier[];
  /** Who named the kinds; see `namersSentence`. */
  named: string | null;
  places: { rows: PresentedPlace[]; note: string | null } | null;
  /** Places from which one person wrote, in a sentence; null where there is none. */
  alsoFrom: string | null;
  /** Which places and languages nobody wrote from; of many places the largest. */
  missing: PresentedSentence[];
  /** How many places these are, and all of them in a list; null where `missing` names them all. */
  missingPlaces: { n: number; list: string } | null;
  /** Those of which something can still be shown. */
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
  /** What terms were called when it was published; null: as they are called now. */
  termNames: TermNames | null;
  /** Of its quotes, by people. */
  translations: readonly TranslatedQuote[];
}

/** Returns these data for a digest on this site. */
export function editionOf(
  { config }: AppContext,
  digest: Omit<Edition, 'siteName' | 'origin'>,
): Edition {
  const { version, contentHash, builtAt, publishedAt, termNames, translations } = digest;
  const { siteName, origin } = config;
  const own = { version, contentHash, builtAt, publishedAt };
  return { siteName, origin, ...own, termNames, translations };
}

/** Returns the title: "Western Africa, October 2026". */
export function digestTitle(i18n: SiteTranslator, topic: string, periodId: string): string {
  return i18n.t('digests.title', {
    place: topicName(i18n, topic),
    period: periodName(i18n, periodId),
  });
}

/** The page of a key point. */
export function keyPointPath(id: string): string {
  return pathTo('/key-points/:id/:slug?', { id });
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
  visible: Shown,
  translator: SiteTranslator,
  edition: Edition,
): PresentedDigest {
  const i18n = translator.naming(edition.termNames);
  const sources = numbered(content, visible);
  const presenter = new Presenter(content, i18n, sources, visible, edition.translations);
  // Without key points the lead quotes the best report of each of the first kinds that have one instead.
  const leadQuotes =
    content.schema === 2 && content.findings.length === 0
      ? content.barriers.flatMap(({ quotes }) => quotes.slice(0, 1)).slice(0, LEAD_QUOTES)
      : [];
  const barriers = content.barriers.map((barrier) =>
    presenter.barrier({
      ...barrier,
      quotes: barrier.quotes.filter((quote) => !leadQuotes.includes(quote)),
    }),
  );
  const topic = topicOf(content);
  const quotes = quotesOf(content);
  const kept = quotes.filter(({ postId }) => visible.has(postId));
  return {
    title: digestTitle(i18n, topic, content.period),
    place: topicName(i18n, topic),
    period: periodName(i18n, content.period),
    previousPeriod: periodName(i18n, content.previousPeriod, 'short'),
    path: digestPath(topic, content.period),
    edition: `${digestPath(topic, content.period)}/v/${edition.version}`,
    unfinished: isUnfinished(content, edition)
      ? i18n.t('digests.page.unfinished', { day: i18n.day(edition.builtAt) })
      : null,
    lead: presenter.lead(),
    leadQuotes: presenter.quotes(leadQuotes),
    findings: content.findings.map((finding) => presenter.finding(finding)),
    wrote: presenter.wrote(),
    changes: presenter.sentences(content.changes),
    toldInSentences: content.schema === 1,
    barriers,
    named: content.namedBy ? namersSentence(content.namedBy, i18n) : null,
    places: presenter.places(),
    alsoFrom: presenter.alsoFrom(),
    ...presenter.missing(),
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
  visible: Shown,
  i18n: SiteTranslator,
): (sentence: ComputedSentence) => PresentedSentence {
  const presenter = new Presenter(content, i18n, numbered(content, visible), visible);
  return (sentence) => presenter.sentence(sentence);
}

/** Returns the visible sources of a digest with their numbers. */
function numbered(content: DigestContent, visible: Shown): Map<string, PresentedSource> {
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
    readonly i18n: SiteTranslator,
    readonly sources: ReadonlyMap<string, PresentedSource>,
    readonly visible: Shown,
    readonly translations: readonly TranslatedQuote[] = [],
  ) {}

  /** Those that are told: some are left out of old digests. */
  sentences(list: readonly ComputedSentence[]): PresentedSentence[] {
    return list.filter(({ key }) => !NOT_TOLD.has(key)).map((one) => this.sentence(one));
  }

  /**
   * The sentences that fit in `LONGEST_LEAD` words of this language, and at least the first. Before a
   * key point is left out, places are counted instead of named, where most are named first; and then
   * left out, from the last key point on: they stand below each of them too. What follows the key
   * points is said only where room is left.
   */
  lead(): PresentedSentence[] {
    const { lead } = this.content;
    const rest = lead.filter((one) => !namesPlaces(one));
    let told: PresentedSentence[] = [];
    let fitting = 0;
    for (const points of everShorter(lead.filter(namesPlaces))) {
      told = this.sentences([...points, ...rest]);
      fitting = this.#fitting(told);
      if (fitting >= points.length) break;
    }
    return told.slice(0, Math.max(1, fitting));
  }

  /** How many of the sentences fit in the lead. */
  #fitting(sentences: readonly PresentedSentence[]): number {
    let words = 0;
    const tooLong = sentences.findIndex(({ text }) => {
      words += wordsIn(text, this.i18n.locale);
      return words > LONGEST_LEAD;
    });
    return tooLong < 0 ? sentences.length : tooLong;
  }

  finding(finding: DigestFinding): PresentedFinding {
    const { keyPoint: id, kind, people } = finding;
    const { language, title, sentence } = findingText(finding, this.visible, this.i18n);
    const { findings, minAuthors } = this.content;
    return {
      id,
      path: keyPointPath(id),
      kind,
      kindName: this.i18n.name('barrier', kind),
      title,
      sentence,
      lang: language,
      people,
      rank: people < minAuthors ? null : 1 + findings.filter((one) => one.people > people).length,
      sentences: this.sentences(finding.statements),
      quotes: this.quotes(finding.quotes),
    };
  }

  /** "14 people from 7 countries wrote." Empty where the lead says so. */
  wrote(): string {
    const { findings, totals } = this.content;
    const { people, countries, placed } = totals;
    // Without key points the lead says it already.
    if (people === null || findings.length === 0) return '';
    const told = { people, countries: countries ?? 0, placed: placed ?? people };
    return this.#t('digests.page.wrote', { people, countries: countriesTold(this.content, told) });
  }

  /** "Also heard from Mali and Burkina Faso." */
  alsoFrom(): string | null {
    const single = this.content.places.flatMap(({ place, people }) =>
      people === 1 && place ? placeInSentence(place, this.i18n.locale) : [],
    );
    if (single.length === 0) return null;
    // Where one person wrote from every place there is no table that these are besides.
    const alone = this.places() === null ? 1 : 0;
    return this.#t('digests.places.also', {
      places: this.i18n.list(single),
      n: single.length,
      alone,
    });
  }

  sentence({ key, values, sources, unlisted }: ComputedSentence): PresentedSentence {
    // How many places are not named; in the list of places they are the last item.
    const more = typeof values.more === 'number' ? values.more : 0;
    // "Nobody wrote from Europe or Oceania."
    const list = key.startsWith('digests.say.missing.') ? this.i18n.either : this.i18n.list;
    const words = Object.entries(values).map(([name, value]) => [
      name,
      values.counted === 1 && typeof value === 'object' && 'places' in value
        ? (this.#countPlaces(value.places, more) ?? this.#inWords(value, more, list))
        : this.#inWords(value, more, list),
    ]);
    const text = this.i18n.t(key, Object.fromEntries(words));
    return {
      text,
      machine: this.#machine(null, text),
      sources: sources.flatMap((postId) => this.sources.get(postId) ?? []),
      unlisted,
    };
  }

  missing(): Pick<PresentedDigest, 'missing' | 'missingPlaces'> {
    const { missing } = this.content;
    const places = missing.flatMap(placesNamed);
    const more = places.length - MOST_PLACES;
    if (more <= 0) return { missing: this.sentences(missing), missingPlaces: null };
    const first = { places: { places: places.slice(0, MOST_PLACES) }, more };
    const shortened = missing.map((one) =>
      placesNamed(one).length > 0 ? withValues(one, first) : one,
    );
    const { list, locale } = this.i18n;
    const all = list(places.map((code) => placeInSentence(code, locale)));
    return { missing: this.sentences(shortened), missingPlaces: { n: places.length, list: all } };
  }

  barrier(barrier: DigestBarrier): PresentedBarrier {
    const quotes = this.quotes(barrier.quotes);
    return {
      kind: barrier.kind,
      heading: this.i18n.name('barrier', barrier.kind),
      count: this.#people(barrier.people, this.content.barriersWithheld),
      people: barrier.people,
      previousPeople: barrier.previousPeople,
      share: numberSaid(barrier.statements, 'digests.say.kind.share', 'share'),
      sentences: this.sentences(barrier.statements),
      quotes,
      withdrawn: this.withdrawn(barrier.quotes.length - quotes.length),
    };
  }

  places(): PresentedDigest['places'] {
    const { places, placesWithheld } = this.content;
    if (places.length === 0) return null;
    const longest = Math.max(0, ...places.map(({ people }) => people ?? 0));
    // Places of a single person stand together in one line; see `alsoFrom`. It names no unknown one.
    const rows = [...places]
      .filter(({ people, place }) => people !== 1 || place === null)
      .sort((a, b) => (b.people ?? 0) - (a.people ?? 0));
    if (rows.length === 0) return null;
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
        sentences: this.sentences(section.statements(stored)),
        voices: section
          .voices(stored)
          .filter(({ quote }) => this.sources.has(quote.postId))
          .map((voice) => ({ about: this.#about(voice), quote: this.#quote(voice.quote) })),
      }))
      .filter(({ voices }) => voices.length > 0);
  }

  #about({ about, place }: Voice): string | null {
    if (about) return this.i18n.name('barrier', about);
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

  #quote(quote: QuotedSentence): PresentedQuote {
    const text = asOneLine(quote.text);
    const signer = this.visible.get(quote.postId);
    const { paragraph = text } = hidesCountry(quote, signer) ? {} : quote;
    const translation = this.#translation(quote);
    return {
      ...signatureOf(quote, signer, this.i18n),
      ref: refOf(quote),
      text,
      translation,
      machine: translation?.text ? null : this.#machine(refOf(quote), text),
      lang: quote.language,
      date: this.i18n.day(quote.createdAt),
      createdAt: quote.createdAt,
      postId: quote.postId,
      path: pathTo('/p/:id', { id: quote.postId }),
      paragraph: paragraph === text ? null : paragraph,
      context: this.sentences(quote.context).filter(({ sources }) => sources.length > 0),
    };
  }

  #translation(quote: QuotedSentence): PresentedTranslation | null {
    const { locale, day } = this.i18n;
    const found = this.translations.find(
      ({ ref, language }) => ref === refOf(quote) && language === locale,
    );
    if (!found) return null;
    const { text, language, translator, createdAt } = found;
    const path = withParameter(pathTo('/p/:id', { id: quote.postId }), READ, language);
    const by = authorLabel(translator, this.i18n);
    return { text, language, by, date: day(createdAt), path };
  }

  #machine(quote: string | null, original: string): PresentedWords | null {
    const words = wordsFor(this.content, { quote, language: this.i18n.locale, original });
    return words ? { text: words.text, model: words.model } : null;
  }

  /**
   * "4 countries", or places where not all are known to be countries; null where one may be another of
   * them.
   */
  #countPlaces(places: readonly string[], more: number): string | null {
    if (places.some((place) => holdsAnother(place, places))) return null;
    const n = places.length + more;
    return this.#t('digests.places.counted', { n, countries: places.every(isCountry) ? 1 : 0 });
  }

  #inWords(value: SentenceValue, more: number, list: SiteTranslator['list']): string | number {
    const { i18n } = this;
    if (typeof value === 'number') return value;
    if ('place' in value) return placeInSentence(value.place, i18n.locale);
    if ('period' in value) return periodInSentence(i18n, value.period);
    if ('day' in value) return i18n.day(value.day);
    if ('places' in value) {
      const names = namesOfPlaces(value.places, i18n);
      return list(more > 0 ? [...names, this.#t('digests.places.more', { n: more })] : names);
    }
    if ('languages' in value) return list(value.languages.map(languageNames(i18n.locale)));
    if ('finding' in value) {
      const point = pointsIn(this.content).find(({ keyPoint }) => keyPoint === value.finding);
      return point ? findingText(point, this.visible, i18n).title : '';
    }
    return i18n.list(
      value.kinds.map((kind) => i18n.t('digests.kindName', { name: i18n.name('barrier', kind) })),
    );
  }

  #t(key: MessageKey, values?: Values): string {
    return this.i18n.t(key, values);
  }
}

function namesPlaces({ values }: ComputedSentence): boolean {
  return 'placed' in values;
}

/** The key points of a lead as they are, and then with ever fewer words for their places. */
function* everShorter(points: readonly ComputedSentence[]): Generator<ComputedSentence[]> {
  const lastFirst = points
    .map(({ values }, at) => ({ at, named: Number(values.placed) }))
    .reverse();
  const counting = lastFirst
    .filter(({ named }) => named > 1)
    .sort((a, b) => b.named - a.named)
    .map(({ at }) => ({ at, values: { counted: 1 } }));
  const leavingOut = lastFirst.map(({ at }) => ({ at, values: { placed: 0 } }));
  let told = [...points];
  yield told;
  for (const { at, values } of [...counting, ...leavingOut]) {
    told = told.map((one, place) => (place === at ? withValues(one, values) : one));
    yield told;
  }
}

function withValues(
  sentence: ComputedSentence,
  values: ComputedSentence['values'],
): ComputedSentence {
  return { ...sentence, values: { ...sentence.values, ...values } };
}

function placesNamed({ values: { places } }: ComputedSentence): string[] {
  return typeof places === 'object' && 'places' in places ? places.places : [];
}

function periodName(
  i18n: SiteTranslator,
  periodId: string,
  length: 'long' | 'short' = 'long',
): string {
  const period = parsePeriod(periodId);
  return period ? formatPeriod(period, i18n.locale, length) : periodId;
}

/** "the week from 5 to 11 October 2026", so that "in" or "than in" can stand before it. */
function periodInSentence(i18n: SiteTranslator, periodId: string): string {
  const period = parsePeriod(periodId);
  if (!period || period.kind === 'month') return periodName(i18n, periodId);
  return i18n.t(`digests.period.${period.kind}`, rangeOf(period, i18n.locale));
}

/**
 * The title and sentence of a key point in a language, else in English, else in what there is. If
 * they were the words of a post that is not shown any more, the name of its kind.
 */
export function findingText(
  finding: NamedPoint,
  visible: Pick<Shown, 'has'>,
  i18n: SiteTranslator,
): NamedPoint['texts'][number] {
  const texts = shownTexts(finding, visible);
  const name = i18n.name('barrier', finding.kind);
  return (
    texts.find(({ language }) => language === i18n.locale) ??
    texts.find(({ language }) => language === DEFAULT_LOCALE) ??
    texts[0] ?? { language: i18n.locale, title: name, sentence: name }
  );
}

/** Without those that are the words of posts that are not shown any more. */
export function shownTexts(
  { texts }: Pick<NamedPoint, 'texts'>,
  visible: Pick<Shown, 'has'>,
): NamedPoint['texts'] {
  return texts.filter(({ source }) => !source || visible.has(source));
}

/** How many reports the lead quotes where no key point can be named. */
const LEAD_QUOTES = 2;

/** In words: longer, a lead is not read aloud. */
const LONGEST_LEAD = 60;

/** A narrow space that breaks no line is a space to a reader, but joins words by UAX 29. */
function wordsIn(text: string, locale: Locale): number {
  const segments = segmenterFor(locale, 'word').segment(text.replaceAll('\u202f', ' '));
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}

function method(content: DigestContent, i18n: SiteTranslator, edition: Edition): string[] {
  const { t } = i18n;
  const min = content.minAuthors;
  const place = topicName(i18n, topicOf(content), placeInSentence);
  return [
    t('digests.method.counted', {
      place,
      world: topicOf(content) === 'world' ? 1 : 0,
      period: periodName(i18n, content.period),
    }),
    t('digests.method.people'),
    ...(content.schema === 1
      ? [t('digests.method.small', { min })]
      : [t('digests.method.exact'), t('digests.method.claims', { min })]),
    ...(saysOfPoints(content, ['digests.say.finding.people']) ? [t('digests.method.order')] : []),
    ...(saysOfPoints(content, STANCES_SAID) ? [t('digests.method.stances')] : []),
    t('digests.method.sentences'),
    ...(content.machine?.some(({ language }) => language === i18n.locale)
      ? [t('digests.method.machine')]
      : []),
    t('digests.method.quotes'),
    t('digests.method.lasting'),
    t('digests.method.keyPoints'),
    ...notEmailed(content, i18n, edition),
  ];
}

/** Returns what happens by email once a draft is published. */
export function mailingOf(content: DigestContent, i18n: SiteTranslator, edition: Edition): string {
  const period = parsePeriod(content.period);
  if (period && isUnfinished(content, edition)) {
    return i18n.t('digests.desk.unfinished', { day: lastDayOf(period, i18n.locale) });
  }
  return notEmailed(content, i18n, edition)[0] ?? i18n.t('digests.desk.mailed');
}

/**
 * The message that says why subscribers get no email of a digest; null if they get one. While its period
 * runs, more people may write.
 */
export function whyNotEmailed(
  content: DigestContent,
  edition: Pick<Edition, 'builtAt'>,
): MessageKey | null {
  if (isUnfinished(content, edition)) return 'digests.method.unfinished';
  if (content.conversation) return 'digests.method.conversation';
  return content.worthSending ? null : 'digests.say.waiting';
}

/** The same as a sentence, if there is one. */
function notEmailed(
  content: DigestContent,
  { t, day }: SiteTranslator,
  edition: Edition,
): string[] {
  const why = whyNotEmailed(content, edition);
  return why ? [t(why, { day: day(edition.builtAt), min: content.minAuthors })] : [];
}

/**
 * Whether its period was not over when it was counted. Its time tells, because digests of before
 * 2026-12 do not say it in their content.
 */
export function isUnfinished(
  { period }: Pick<DigestContent, 'period'>,
  { builtAt }: Pick<Edition, 'builtAt'>,
): boolean {
  return builtAt < (parsePeriod(period)?.end ?? 0);
}

const STANCES_SAID = ['digests.say.stance.notHere', 'digests.say.stance.noLonger'] as const;

/** Whether one of the sentences is said of a key point of the digest. */
function saysOfPoints({ findings }: DigestContent, keys: readonly Statement[]): boolean {
  return findings.some(({ statements }) => statements.some(({ key }) => keys.includes(key)));
}

function citation(content: DigestContent, i18n: SiteTranslator, edition: Edition): string | null {
  if (edition.publishedAt === null) return null;
  const topic = topicOf(content);
  return i18n.t('digests.citation', {
    site: edition.siteName,
    title: digestTitle(i18n, topic, content.period),
    version: edition.version,
    day: i18n.day(edition.publishedAt),
    url: `${edition.origin}${digestPath(topic, content.period)}/v/${edition.version}`,
    hash: edition.contentHash,
  });
}
