import { z } from 'zod';
import { LONGEST_SENTENCE } from '~/platform/faithful/faithful';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { SAID_BY, type SaidBy } from '~db/schema/conversation';
import {
  computed,
  conversationSlug,
  count,
  figures,
  moment,
  natural,
  periodId,
  place,
  type QuotedSentence,
  quoted,
  sha256,
  slug,
} from './content-parts';
import { quotesBeside, sectionSchemas, statementsBeside } from './sections/sections';

/*
 * The stored content of a digest. It contains no free text: only sentences of two types, each with
 * the posts it is based on, so that every statement can be checked.
 */

/**
 * Text by a language model that a moderator approved: a computed sentence in plainer words, or the
 * translation of a quote. It is shown beside the original and never replaces it.
 */
const machineWords = z.strictObject({
  /** The translated quote, by post and start: `ID:120`. Null for a computed sentence. */
  quote: z.string().nullable(),
  language: z.enum(LOCALE_TAGS),
  /** The exact original text: if the digest no longer contains it, these words are not shown. */
  original: z.string(),
  text: z.string().min(1).max(LONGEST_SENTENCE),
  model: z.string(),
});

/** A key point with its title as it was then. */
const namedPoint = z.strictObject({
  /** The key point's id. */
  keyPoint: z.string(),
  kind: slug,
  texts: z
    .array(
      z.strictObject({
        language: z.string(),
        title: z.string(),
        sentence: z.string(),
        /** The post whose words these are: they are shown only while it is. */
        source: z.string().optional(),
      }),
    )
    .min(1),
});

/** A key point: a barrier that people confirmed to be one. */
const finding = namedPoint.extend({
  /**
   * Distinct people who reported it in the place and period, the same as `reported`; digests of before
   * 2026-12 count `meToo` in.
   */
  people: natural,
  reported: natural,
  /** Others worldwide who say "I face this too", until the period was over. */
  meToo: natural,
  /** Where its reports come from: countries, or regions where no country was named. */
  places: z.array(place),
  /** When it was first reported in the place; in digests of before 2026-12, anywhere. */
  since: moment,
  /** How many people worldwide said "not here" and "no longer" until the period was over. */
  notHere: natural,
  noLonger: natural,
  statements: z.array(computed).min(1),
  quotes: z.array(quoted),
});

const barrier = z.strictObject({
  kind: slug,
  ...figures,
  /** Authors in the previous period; 0 if nobody reported it then, null if one of the two was not whole. */
  previousPeople: count,
  /** The comparison with the period before, by the rules of `barriers/trends.ts`. */
  trend: z.enum(['more', 'less', 'grown', 'new']).nullable().default(null),
  statements: z.array(computed).min(1),
  quotes: z.array(quoted),
});

const placeRow = z.strictObject({
  /** Null for contributions whose place is not more specific than the digest's. */
  place: place.nullable(),
  ...figures,
});

/** Schema of `DigestContent`, for validating what is read from the database. */
export const digestContent = z.strictObject({
  /** 1: made before there were key points, with small numbers left out. */
  schema: z.union([z.literal(1), z.literal(2)]),
  scope: z.union([z.literal('world'), place]),
  /** The pillar that the digest is limited to; null if it covers all. */
  pillar: slug.nullable().default(null),
  /** The conversation that the digest is limited to, by its slug; missing if it covers all. */
  conversation: conversationSlug.optional(),
  period: periodId,
  previousPeriod: periodId,
  /** Whether the period was over when it was counted. */
  whole: z.boolean().default(true),
  /** The fewest people that a rank, share or trend needs (`DIGEST_MIN_AUTHORS`). */
  minAuthors: z.number().int().min(1),
  /** `placed`: the people whose country is known; not in older digests. */
  totals: z.strictObject({ ...figures, placed: z.number().int().optional() }),
  lead: z.array(computed).min(1),
  /** Key points, most people first. */
  findings: z.array(finding).default([]),
  /** Key points that sentences name, but which nobody reports in the period. Omitted if none. */
  pointsBeside: z.array(namedPoint).min(1).optional(),
  /** Against the period before, the most telling first. */
  changes: z.array(computed),
  /** By people, most first; kinds without a public number come last, in the vocabulary's order. */
  barriers: z.array(barrier).min(1),
  /**
   * True if a number that is large enough was hidden too, because it would reveal a smaller one.
   */
  barriersWithheld: z.boolean(),
  /** For how many contributions each named a kind. Missing in digests made before it was counted. */
  namedBy: z
    .strictObject(
      Object.fromEntries(SAID_BY.map((by) => [by, natural])) as Record<SaidBy, typeof natural>,
    )
    .optional(),
  places: z.array(placeRow),
  placesWithheld: z.boolean(),
  /** Which parts of the place and which of its languages nobody wrote from. */
  missing: z.array(computed).default([]),
  ...sectionSchemas,
  /** True if enough people wrote (including carried-over periods) for it to be emailed. */
  worthSending: z.boolean().default(true),
  /** Omitted if there are none, as in all digests of sites without a model. */
  machine: z.array(machineWords).min(1).optional(),
});

export type DigestContent = z.output<typeof digestContent>;
export type DigestFinding = z.output<typeof finding>;
export type NamedPoint = z.output<typeof namedPoint>;
export type DigestBarrier = z.output<typeof barrier>;
export type DigestPlace = z.output<typeof placeRow>;
export type MachineWords = z.output<typeof machineWords>;

/** Returns all quotes of a digest in order. */
export function quotesOf(content: DigestContent): QuotedSentence[] {
  return [...barrierQuotesOf(content), ...quotesBeside(content)];
}

/** Returns all key points that a digest names. */
export function pointsIn({ findings, pointsBeside = [] }: DigestContent): NamedPoint[] {
  return [...findings, ...pointsBeside];
}

/** Changes all key points that a digest names. */
export function mapPoints(
  content: DigestContent,
  change: <P extends NamedPoint>(point: P) => P,
): DigestContent {
  const { findings, pointsBeside } = content;
  const beside = pointsBeside && { pointsBeside: pointsBeside.map((point) => change(point)) };
  return { ...content, findings: findings.map((point) => change(point)), ...beside };
}

/** Returns the quotes under the kinds of barrier. */
export function barrierQuotesOf(content: DigestContent): QuotedSentence[] {
  return [...content.findings, ...content.barriers].flatMap((one) => one.quotes);
}

/** Returns the ids of all posts that a digest is based on, in the order of first mention. */
export function sourcesOf(content: DigestContent): string[] {
  const statements = [
    ...content.lead,
    ...content.findings.flatMap((one) => one.statements),
    ...content.changes,
    ...content.barriers.flatMap((one) => one.statements),
    ...quotesOf(content).flatMap((quote) => quote.context),
    ...content.missing,
    ...statementsBeside(content),
  ];
  return [
    ...new Set([
      ...statements.flatMap((sentence) => sentence.sources),
      ...quotesOf(content).map((quote) => quote.postId),
      ...pointsIn(content).flatMap(({ texts }) => texts.flatMap(({ source }) => source ?? [])),
    ]),
  ];
}

/** Returns the SHA-256 of the content's canonical JSON: keys sorted, no white space. */
function contentHash(content: DigestContent): string {
  return sha256(canonicalJson(content));
}

/** The same for a version with an editor's note, because the note is part of what is cited. */
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
