import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import { LICENCE } from '~/domain/community/licence';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { csv } from '~/platform/text/csv';
import { quotesOf } from './content';
import { type ComputedSentence, type QuotedSentence, UNCONFIRMED } from './content-parts';
import type { ReadableDigest } from './digests';
import { wordsFor } from './machine-words';
import { type Edition, keyPointPath, presentDigest, sentenceTeller, shownTexts } from './present';
import { editionData, versionPath } from './present-edition';
import { refOf } from './quote-slots';
import { sectionsOf } from './sections/sections';
import { type Shown, signatureOf, signatureText, signedFacts } from './signature';

type Published = ReadableDigest & { publishedAt: number };

/**
 * Returns a digest as JSON for programs: each sentence in one language and as structured data, with
 * its sources. Posts that may no longer be shown are left out and counted.
 */
export function digestJson(digest: Published, i18n: Translator, edition: Edition) {
  const { content, visible, period } = digest;
  const said = presentDigest(content, visible, i18n, edition);
  const url = (path: string) => edition.origin + path;
  const tell = sentenceTeller(content, visible, i18n);
  const sentences = (list: readonly ComputedSentence[]) =>
    list
      .filter(({ key }) => !UNCONFIRMED.has(key))
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
    const signature = signatureOf(quote, visible.get(quote.postId), i18n);
    return {
      ...stored,
      ...signedFacts(quote, visible.get(quote.postId)),
      name: signature.name,
      signature: signatureText(i18n, { ...signature, date: i18n.day(quote.createdAt) }),
      ...(paragraph !== undefined && {
        selector: { type: 'TextQuoteSelector', exact: original, prefix, suffix },
        paragraph,
      }),
      createdAt: new Date(quote.createdAt).toISOString(),
      url: url(pathTo('/p/:id', { id: quote.postId })),
      context: sentences(quote.context).filter(({ sources }) => sources.length > 0),
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
    whole: content.whole,
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
    places: content.places,
    missing: sentences(content.missing),
    ...Object.fromEntries(sections),
    worthSending: content.worthSending,
    withdrawnQuotes: quotesOf(content).filter(({ postId }) => !visible.has(postId)).length,
    method: said.method,
    sources: said.sources.map(({ postId, path }) => ({ postId, url: url(path) })),
  };
}

/** Returns the numbers and quotes of a digest as CSV; numbers that are not public are empty. */
export function digestCsv({ content, visible }: ReadableDigest, origin: string): string {
  const rows: (string | number | null)[][] = [];
  const told = { visible, origin };
  const { totals } = content;
  rows.push(['total', null, content.scope, totals.people, totals.contributions, totals.countries]);
  for (const finding of content.findings) {
    const { keyPoint, kind, people, reported, meToo, quotes } = finding;
    const texts = shownTexts(finding, visible);
    const title = (texts.find(({ language }) => language === 'en') ?? texts[0])?.title ?? '';
    const url = `${origin}${keyPointPath(keyPoint)}`;
    rows.push([
      ...['key_point', kind, content.scope, people, reported, null, null, title, null, null, null],
      url,
      meToo,
    ]);
    for (const quote of shownQuotes(quotes, visible)) {
      rows.push(quoteRow('key_point_quote', kind, quote, told));
    }
  }
  for (const {
    kind,
    people,
    contributions,
    countries,
    previousPeople,
    quotes,
  } of content.barriers) {
    rows.push(['barrier', kind, content.scope, people, contributions, countries, previousPeople]);
    for (const quote of shownQuotes(quotes, visible))
      rows.push(quoteRow('quote', kind, quote, told));
  }
  for (const { place, people, contributions, countries } of content.places) {
    rows.push(['place', null, place, people, contributions, countries]);
  }
  for (const { section, stored } of sectionsOf(content)) {
    for (const { about, quote } of section.voices(stored)) {
      if (visible.has(quote.postId)) rows.push(quoteRow(section.row, about, quote, told));
    }
  }
  const head = (row: (string | number | null)[]) => [content.scope, content.period, ...row];
  return csv(
    COLUMNS,
    rows.map((row) => head([...row, ...Array(COLUMNS.length - 2 - row.length).fill(null)])),
  );
}

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
];

function quoteRow(
  row: string,
  kind: string | null,
  quote: QuotedSentence,
  { visible, origin }: { visible: Shown; origin: string },
) {
  const { text, language, author, createdAt, postId } = quote;
  const signer = visible.get(postId);
  const { industry, country, region } = signedFacts(quote, signer);
  const name = signer && !isFormerHandle(signer.handle) ? (signer.name ?? signer.handle) : null;
  return [
    ...[row, kind, country ?? region, null, null, null, null],
    ...[
      text,
      language,
      author,
      new Date(createdAt).toISOString(),
      origin + pathTo('/p/:id', { id: postId }),
    ],
    ...[null, name, industry],
  ];
}

function shownQuotes(quotes: readonly QuotedSentence[], visible: Shown) {
  return quotes.filter(({ postId }) => visible.has(postId));
}
