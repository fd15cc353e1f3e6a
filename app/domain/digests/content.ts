import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BARRIER_KINDS, PILLARS } from '~/domain/community/vocabularies';
import { LOCALES, type Locale } from '~/platform/i18n/locales';
import type { MessageKey } from '~/platform/i18n/translator';

/*
 * What a digest says, as it is stored. It holds no prose: only sentences of two kinds, each with
 * the posts it rests on, so that every word of a digest can be checked.
 */

/**
 * The sentences that can be computed: keys of the catalogue, to be filled with counts. Stored
 * digests use them for ever; a sentence that is to say something else gets a new key.
 */
export const STATEMENTS = [
  'digests.say.people',
  'digests.say.few',
  'digests.say.withheld',
  'digests.say.each',
  'digests.say.longer',
  'digests.say.rising',
  'digests.say.grew',
  'digests.say.waits',
  'digests.say.carried',
  'digests.say.most',
  'digests.say.more',
  'digests.say.less',
  'digests.say.new',
  'digests.say.faded',
  'digests.say.incomparable',
  'digests.say.kind.people',
  'digests.say.kind.few',
  'digests.say.kind.withheld',
  'digests.say.kind.more',
  'digests.say.kind.less',
  'digests.say.kind.same',
  'digests.say.kind.new',
  'digests.say.kind.unknown',
  'digests.say.kind.all',
  'digests.say.kind.mostly',
  'digests.say.kind.longer',
  'digests.say.kind.affirmed',
  'digests.say.matter.new',
  'digests.say.matter.ongoing',
  'digests.say.matter.eases',
  'digests.say.quote.same',
] as const satisfies readonly MessageKey[];

export type Statement = (typeof STATEMENTS)[number];

const kind = z.enum(BARRIER_KINDS);
/** UN M49 or ISO 3166-1 alpha-2. */
const place = z.string().regex(/^(\d{3}|[A-Z]{2})$/);
/** A period's id. */
const periodId = z.string().regex(/^\d{4}-(\d{2}|W\d{2}|Q\d)$/);
const moment = z.number().int();
const natural = z.number().int().nonnegative();

/** A public number of people, or of what they wrote; null where it is too small to be public. */
const count = natural.nullable();

/**
 * What fills a place in a sentence: a number, or a code that each language names in its own way.
 */
const value = z.union([
  z.number().int(),
  z.strictObject({ kinds: z.array(kind).min(1) }),
  z.strictObject({ place }),
  z.strictObject({ places: z.array(place).min(1) }),
  z.strictObject({ period: periodId }),
  z.strictObject({ day: moment }),
]);

const computed = z.strictObject({
  kind: z.literal('computed'),
  key: z.enum(STATEMENTS),
  values: z.record(z.string(), value),
  /**
   * The posts that were counted, oldest first. Where the number is too small to be public this is
   * at most one of them: a full list would give the number away.
   */
  sources: z.array(z.string()),
  /** How many more posts were counted than are listed; see `say` in statements. */
  unlisted: natural.default(0),
});

/**
 * A verbatim span of a contribution. `start` and `end` are UTF-16 offsets into the post's Markdown
 * (`posts.body`) in that revision, so that `body.slice(start, end) === text` can be tried by
 * anybody who has the data; `hash` is the SHA-256 of that text. Spans hold no markup and nothing
 * from quotations of others.
 */
const quoted = z.strictObject({
  kind: z.literal('quoted'),
  postId: z.string(),
  revision: natural,
  start: natural,
  end: natural,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  text: z.string().min(1),
  /** BCP 47. */
  language: z.string(),
  country: place.nullable(),
  region: place.nullable(),
  /** The author's handle. */
  author: z.string(),
  createdAt: moment,
  /** What can be computed about it: that others reported the same, since when and where. */
  context: z.array(computed).default([]),
});

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

const figures = {
  /** Distinct authors. */
  people: count,
  contributions: count,
  /** Distinct countries that the contributions were placed in. */
  countries: count,
};

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
  /** What people say has become better. */
  eased: z.array(z.strictObject({ about: kind, quote: quoted })).default([]),
  /** From periods before that had too few people for a digest to be sent. */
  carried: z
    .strictObject({ statements: z.array(computed), quotes: z.array(quoted) })
    .nullable()
    .default(null),
  /** Whether enough people wrote (with what was carried over) for it to be mailed. */
  worthSending: z.boolean().default(true),
  /** What people say should be done. */
  proposals: z.array(quoted).default([]),
  /** Who does not meet a barrier that others raise. */
  disagreements: z.array(z.strictObject({ about: kind, quote: quoted })).default([]),
  /** One voice from each place that few wrote from and that nothing else here quotes. */
  minorities: z.array(z.strictObject({ place, quote: quoted })).default([]),
  /** Left out where there are none, as in all digests of sites without a model. */
  machine: z.array(machineWords).min(1).optional(),
});

export type DigestContent = z.output<typeof digestContent>;
export type ComputedSentence = z.output<typeof computed>;
export type QuotedSentence = z.output<typeof quoted>;
export type SentenceValue = z.output<typeof value>;
export type DigestBarrier = z.output<typeof barrier>;
export type DigestPlace = z.output<typeof placeRow>;
export type MachineWords = z.output<typeof machineWords>;
export type DigestFigures = DigestContent['totals'];

/** Every quote of a digest, in its order. */
export function quotesOf(content: DigestContent): QuotedSentence[] {
  return [
    ...barrierQuotesOf(content),
    ...content.eased.map(({ quote }) => quote),
    ...content.disagreements.map(({ quote }) => quote),
    ...content.minorities.map(({ quote }) => quote),
    ...content.proposals,
    ...(content.carried?.quotes ?? []),
  ];
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
    ...(content.carried?.statements ?? []),
  ];
  return [
    ...new Set([
      ...statements.flatMap((sentence) => sentence.sources),
      ...quotesOf(content).map((quote) => quote.postId),
    ]),
  ];
}

/** SHA-256 of the content's canonical JSON: keys sorted, no white space. */
export function contentHash(content: DigestContent): string {
  return sha256(canonicalJson(content));
}

/** The same for a version that an editor's note stands before: the note is a part of what is cited. */
export function editionHash(content: DigestContent, note: string | null): string {
  return note === null ? contentHash(content) : sha256(canonicalJson({ ...content, note }));
}

/** SHA-256 in hexadecimal of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
