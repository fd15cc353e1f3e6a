import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import { authorLabel } from '~/domain/accounts/users/profile';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import { LICENCE } from '~/domain/community/licence';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { pathTo } from '~/platform/paths';
import { type Cell, csv } from '~/platform/text/csv';
import { SAID_BY } from '~db/schema/conversation';
import type { DigestContent, DigestFinding } from './content';
import { type ComputedSentence, NOT_TOLD, numberSaid, type QuotedSentence } from './content-parts';
import type { ReadableDigest } from './digests';
import { wordsFor } from './machine-words';
import {
  type Edition,
  isUnfinished,
  keyPointPath,
  presentDigest,
  sentenceTeller,
  shownTexts,
} from './present';
import { editionData, versionPath } from './present-edition';
import { refOf } from './quote-slots';
import { sectionsOf } from './sections/sections';
import { hidesCountry, type Shown, signatureOf, signatureText, signedFacts } from './signature';

type Published = ReadableDigest & { publishedAt: number };

/**
 * Returns a digest as JSON for programs: each sentence in one language and as structured data, with
 * its sources. Posts that may no longer be shown are left out and counted.
 */
export function digestJson(digest: Published, i18n: SiteTranslator, edition: Edition) {
  const { content, visible, period } = digest;
  const said = presentDigest(content, visible, i18n, edition);
  const url = (path: string) => edition.origin + path;
  const tell = sentenceTeller(content, visible, i18n.naming(edition.termNames));
  const sentences = (list: readonly ComputedSentence[]) =>
    list
      .filter(({ key }) => !NOT_TOLD.has(key))
      .map((sentence) => {
        const { text, machine, sources, unlisted } = tell(sentence);
        const { kind, key, values } = sentence;
        return {
          kind,
          key,
          values,
          text,
          ...(machine && { machine }),
          sources: sources.map(({ postId }) => postId),
          unlisted,
        };
      });
  const told = (quote: QuotedSentence) => {
    const original = asOneLine(quote.text);
    const words = wordsFor(content, { quote: refOf(quote), language: i18n.locale, original });
    const { prefix, suffix, paragraph, ...stored } = quote;
    const signer = visible.get(quote.postId);
    const signature = signatureOf(quote, signer, i18n);
    // The words beside it may name the country that is not told.
    const around = paragraph !== undefined && !hidesCountry(quote, signer);
    return {
      ...stored,
      ...signedFacts(quote, signer),
      name: signature.name,
      signature: signatureText(i18n, { ...signature, date: i18n.day(quote.createdAt) }),
      selector: {
        ...{ type: 'TextQuoteSelector', exact: original },
        ...(around && { prefix, suffix }),
      },
      ...(around && { paragraph }),
      createdAt: new Date(quote.createdAt).toISOString(),
      url: url(pathTo('/p/:id', { id: quote.postId })),
      context: sentences(quote.context).filter(({ sources }) => sources.length > 0),
      translations: edition.translations
        .filter(({ ref, text }) => ref === refOf(quote) && text !== null)
        .map(({ text, language, translator, createdAt: at }) => {
          const translatedBy = authorLabel(translator, i18n);
          return { text, language, translatedBy, createdAt: new Date(at).toISOString() };
        }),
      ...(words && {
        machine: {
          text: words.text,
          language: words.language,
          model: words.model,
        },
      }),
    };
  };
  const quotes = (list: readonly QuotedSentence[]) => shownQuotes(list, visible).map(told);
  const sections = sectionsOf(content).map(({ key, section, stored }) => [
    key,
    section.data(stored, { quotes, sentences }),
  ]);
  return {
    id: digest.id,
    scope: content.scope,
    pillar: content.pillar,
    ...(content.conversation && { conversation: content.conversation }),
    place: said.place,
    period: period.id,
    from: new Date(period.start).toISOString(),
    to: new Date(period.end).toISOString(),
    previousPeriod: content.previousPeriod,
    language: i18n.locale,
    title: said.title,
    version: digest.version,
    publishedAt: new Date(digest.publishedAt).toISOString(),
    url: url(versionPath(digest.scope, period.id, digest.version)),
    contentHash: digest.contentHash,
    license: LICENCE,
    citation: said.citation,
    ...editionData(digest),
    minAuthors: content.minAuthors,
    whole: !isUnfinished(content, digest),
    totals: content.totals,
    lead: sentences(content.lead).slice(0, said.lead.length),
    findings: content.findings.map(({ statements, quotes: voices, ...finding }, at) => ({
      ...finding,
      texts: shownTexts(finding, visible),
      title: said.findings[at]?.title,
      since: new Date(finding.since).toISOString(),
      url: url(keyPointPath(finding.keyPoint)),
      statements: sentences(statements),
      quotes: quotes(voices),
    })),
    changes: sentences(content.changes),
    barriers: content.barriers.map((barrier, at) => ({
      kind: barrier.kind,
      name: said.barriers[at]?.heading ?? barrier.kind,
      people: barrier.people,
      contributions: barrier.contributions,
      countries: barrier.countries,
      previousPeople: barrier.previousPeople,
      trend: barrier.trend,
      statements: sentences(barrier.statements),
      quotes: quotes(barrier.quotes),
    })),
    namedBy: content.namedBy ?? null,
    places: content.places,
    missing: sentences(content.missing),
    ...Object.fromEntries(sections),
    worthSending: content.worthSending,
    withdrawnQuotes: digest.withdrawnQuotes,
    method: said.method,
    sources: said.sources.map(({ postId, path }) => ({ postId, url: url(path) })),
  };
}

/** A line of the CSV by the names of its columns; columns without a value are empty. */
type Line = Partial<Record<(typeof COLUMNS)[number], Cell>>;

const COLUMNS = [
  'scope',
  'period',
  'row',
  'kind',
  'place',
  'people',
  'contributions',
  'countries',
  'previous_people',
  'quote',
  'language',
  'author',
  'date',
  'url',
  'me_too',
  'name',
  'industry',
  'not_here',
  'no_longer',
  'since',
  'places',
  'share',
  'trend',
  'still_facing',
] as const;

/**
 * Returns the numbers and quotes of a digest as CSV, the same facts as on the page and in the JSON;
 * numbers that are not public are empty.
 */
export function digestCsv({ content, visible }: ReadableDigest, origin: string): string {
  const { scope, totals, namedBy } = content;
  const lines: Line[] = [{ row: 'total', place: scope, ...figuresIn(totals) }];
  const quotes = (row: string, kind: string | null, list: readonly QuotedSentence[]) =>
    shownQuotes(list, visible).map((quote) => ({
      ...{ row, kind },
      ...quoteLine(quote, { visible, origin }),
    }));
  for (const finding of content.findings) {
    const { kind } = finding;
    lines.push(keyPointLine(finding, content, { visible, origin }));
    lines.push(...quotes('key_point_quote', kind, finding.quotes));
  }
  for (const { kind, statements, previousPeople, trend, ...barrier } of content.barriers) {
    lines.push({
      ...{ row: 'barrier', kind, place: scope, ...figuresIn(barrier) },
      ...{ previous_people: previousPeople, trend },
      share: numberSaid(statements, 'digests.say.kind.share', 'share'),
    });
    lines.push(...quotes('quote', kind, barrier.quotes));
  }
  for (const by of SAID_BY) {
    if (namedBy) lines.push({ row: `named_by_${by}`, place: scope, contributions: namedBy[by] });
  }
  for (const { place, ...figures } of content.places) {
    lines.push({ row: 'place', place, ...figuresIn(figures) });
  }
  for (const { section, stored } of sectionsOf(content)) {
    for (const { about, quote } of section.voices(stored)) {
      lines.push(...quotes(section.row, about, [quote]));
    }
  }
  lines.push(...missingLines(content));
  const { period } = content;
  return csv(
    COLUMNS,
    lines.map((line) => COLUMNS.map((name) => ({ scope, period, ...line })[name] ?? null)),
  );
}

function figuresIn({ people, contributions, countries }: DigestContent['totals']): Line {
  return { people, contributions, countries };
}

function keyPointLine(
  finding: DigestFinding,
  { scope }: DigestContent,
  { visible, origin }: { visible: Shown; origin: string },
): Line {
  const texts = shownTexts(finding, visible);
  const [told] = finding.statements;
  return {
    row: 'key_point',
    kind: finding.kind,
    place: scope,
    people: finding.people,
    contributions: told ? told.sources.length + told.unlisted : null,
    quote: (texts.find(({ language }) => language === 'en') ?? texts[0])?.title ?? '',
    url: `${origin}${keyPointPath(finding.keyPoint)}`,
    me_too: finding.meToo,
    not_here: finding.notHere,
    no_longer: finding.noLonger,
    since: new Date(finding.since).toISOString(),
    places: finding.places,
  };
}

/** The places and the languages that the digest says nobody wrote from. */
function missingLines({ missing }: DigestContent): Line[] {
  return missing.flatMap(({ values: { places, languages } }): Line[] => [
    ...(typeof places === 'object' && 'places' in places
      ? places.places.map((place) => ({ row: 'missing_place', place }))
      : []),
    ...(typeof languages === 'object' && 'languages' in languages
      ? languages.languages.map((language) => ({ row: 'missing_language', language }))
      : []),
  ]);
}

function quoteLine(
  quote: QuotedSentence,
  { visible, origin }: { visible: Shown; origin: string },
): Line {
  const { text, language, author, createdAt, postId, context } = quote;
  const signer = visible.get(postId);
  const { industry, country, region } = signedFacts(quote, signer);
  return {
    place: country ?? region,
    quote: text,
    language,
    author,
    date: new Date(createdAt).toISOString(),
    url: origin + pathTo('/p/:id', { id: postId }),
    name: signer && !isFormerHandle(signer.handle) ? (signer.name ?? signer.handle) : null,
    industry,
    still_facing: numberSaid(context, 'digests.say.quote.still', 'people'),
  };
}

function shownQuotes(quotes: readonly QuotedSentence[], visible: Shown) {
  return quotes.filter(({ postId }) => visible.has(postId));
}
