import { z } from 'zod';
import { PILLARS } from '~/domain/community/vocabularies';
import { LOCALES, type Locale } from '~/platform/i18n/locales';
import {
  computed,
  count,
  figures,
  kind,
  periodId,
  place,
  type QuotedSentence,
  quoted,
  sha256,
} from './content-parts';
import { quotesBeside, sectionSchemas, statementsBeside } from './sections/sections';

/*
 * What a digest says, as it is stored. It holds no prose: only sentences of two kinds, each with
 * the posts it rests on, so that every word of a digest can be checked.
 */

/** No sentence that is computed or quoted is longer, in UTF-16 units. */
export const LONGEST_WORDS = 1500;

/**
 * Words of a language model that a moderator approved: a computed sentence said otherwise, or a
 * quote translated. They stand beside the original and never in its place.
 */
const machineWords = z.strictObject({
  /** The quote that is translated, by post and start: `ID:120`. Null for a computed sentence. */
  quote: z.string().nullable(),
  language: z.enum(Object.keys(LOCALES) as [Locale, ...Locale[]]),
  /** What they stand for, word for word: without it they are not shown. */
  original: z.string(),
  text: z.string().min(1).max(LONGEST_WORDS),
  model: z.string(),
});

const barrier = z.strictObject({
  kind,
  ...figures,
  /** Authors in the period before; 0 where nobody raised it then. */
  previousPeople: count,
  statements: z.array(computed).min(1),
  quotes: z.array(quoted),
});

const placeRow = z.strictObject({
  /** Null for what was placed no more closely than the digest itself. */
  place: place.nullable(),
  ...figures,
});

/** `DigestContent`, to check what is read from the database. */
export const digestContent = z.strictObject({
  schema: z.literal(1),
  scope: z.union([z.literal('world'), place]),
  /** The only pillar that it is about; null where it takes in all. */
  pillar: z.enum(PILLARS).nullable().default(null),
  period: periodId,
  previousPeriod: periodId,
  /** Numbers of fewer people than this are not public (`DIGEST_MIN_AUTHORS`). */
  minAuthors: z.number().int().min(1),
  totals: z.strictObject(figures),
  lead: z.array(computed).min(1),
  /** Against the period before, the most telling first. */
  changes: z.array(computed),
  /** By people, most first; those with no public number stand after, in the vocabulary's order. */
  barriers: z.array(barrier).min(1),
  /** Whether a number that is large enough was left out, lest it uncover a smaller one. */
  barriersWithheld: z.boolean(),
  places: z.array(placeRow),
  placesWithheld: z.boolean(),
  ...sectionSchemas,
  /** Whether enough people wrote (with what was carried over) for it to be mailed. */
  worthSending: z.boolean().default(true),
  /** Left out where there are none, as in all digests of sites without a model. */
  machine: z.array(machineWords).min(1).optional(),
});

export type DigestContent = z.output<typeof digestContent>;
export type DigestBarrier = z.output<typeof barrier>;
export type DigestPlace = z.output<typeof placeRow>;
export type MachineWords = z.output<typeof machineWords>;

/** Every quote of a digest, in its order. */
export function quotesOf(content: DigestContent): QuotedSentence[] {
  return [...barrierQuotesOf(content), ...quotesBeside(content)];
}

/** The quotes that stand for the kinds of barrier. */
export function barrierQuotesOf(content: DigestContent): QuotedSentence[] {
  return content.barriers.flatMap((one) => one.quotes);
}

/** Every post that a digest rests on, each once, in the order in which they are first named. */
export function sourcesOf(content: DigestContent): string[] {
  const statements = [
    ...content.lead,
    ...content.changes,
    ...content.barriers.flatMap((one) => one.statements),
    ...quotesOf(content).flatMap((quote) => quote.context),
    ...statementsBeside(content),
  ];
  return [
    ...new Set([
      ...statements.flatMap((sentence) => sentence.sources),
      ...quotesOf(content).map((quote) => quote.postId),
    ]),
  ];
}

/** SHA-256 of the content's canonical JSON: keys sorted, no white space. */
function contentHash(content: DigestContent): string {
  return sha256(canonicalJson(content));
}

/** The same for a version that an editor's note stands before: the note is a part of what is cited. */
export function editionHash(content: DigestContent, note: string | null): string {
  return note === null ? contentHash(content) : sha256(canonicalJson({ ...content, note }));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
