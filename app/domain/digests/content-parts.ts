import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BARRIER_KINDS } from '~/domain/community/vocabularies';
import type { MessageKey } from '~/platform/i18n/translator';

/*
 * The parts of a digest's content: sentences of two types, each with the posts it is based on, and
 * numbers.
 */

/**
 * The computed sentences: keys of the catalogue, filled in with numbers. Stored digests use them
 * forever; a sentence with a changed meaning needs a new key.
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

export const kind = z.enum(BARRIER_KINDS);
/** UN M49 or ISO 3166-1 alpha-2. */
export const place = z.string().regex(/^(\d{3}|[A-Z]{2})$/);
/** A period's id. */
export const periodId = z.string().regex(/^\d{4}-(\d{2}|W\d{2}|Q\d)$/);
const moment = z.number().int();
const natural = z.number().int().nonnegative();

/** A public number of people or of contributions; null if it is too small to be public. */
export const count = natural.nullable();

/** A value in a sentence: a number, or a code that is named in the reader's language. */
const value = z.union([
  z.number().int(),
  z.strictObject({ kinds: z.array(kind).min(1) }),
  z.strictObject({ place }),
  z.strictObject({ places: z.array(place).min(1) }),
  z.strictObject({ period: periodId }),
  z.strictObject({ day: moment }),
]);

export const computed = z.strictObject({
  kind: z.literal('computed'),
  key: z.enum(STATEMENTS),
  values: z.record(z.string(), value),
  /**
   * The posts that were counted, oldest first. If the number is too small to be public, this is at
   * most one post: a full list would reveal the number.
   */
  sources: z.array(z.string()),
  /** Number of counted posts that are not listed; see `say` in statements. */
  unlisted: natural.default(0),
});

/**
 * A verbatim quote from a contribution. `start` and `end` are UTF-16 offsets into that revision of
 * the post's Markdown (`posts.body`), so that anyone with the data can check that
 * `body.slice(start, end) === text`; `hash` is the SHA-256 of the text. Quotes contain no markup
 * and nothing that the author quoted from others.
 */
export const quoted = z.strictObject({
  kind: z.literal('quoted'),
  postId: z.string(),
  revision: natural,
  start: natural,
  end: natural,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  text: z.string().min(1),
  /**
   * What stands before and after it in its plain paragraph, up to 64 UTF-16 units (TextQuoteSelector,
   * W3C Web Annotation), and that paragraph. Missing in digests stored before these were kept.
   */
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  paragraph: z.string().optional(),
  /** BCP 47. */
  language: z.string(),
  country: place.nullable(),
  region: place.nullable(),
  /** The author's handle. */
  author: z.string(),
  createdAt: moment,
  /**
   * Computed facts about the quote: that others reported the same barrier, since when and where.
   */
  context: z.array(computed).default([]),
});

export const figures = {
  /** Distinct authors. */
  people: count,
  contributions: count,
  /** Distinct countries of the contributions. */
  countries: count,
};

export type ComputedSentence = z.output<typeof computed>;
export type QuotedSentence = z.output<typeof quoted>;
export type SentenceValue = z.output<typeof value>;

export interface DigestFigures {
  people: number | null;
  contributions: number | null;
  countries: number | null;
}

/** Returns the SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
