import { createHash } from 'node:crypto';
import { z } from 'zod';
import { INDUSTRIES } from '~/domain/community/vocabularies';
import { SLUG } from '~/domain/forum/threads/slug';
import type { MessageKey } from '~/platform/i18n/translator';

/*
 * The parts of a digest's content: sentences of two types, each with the posts it is based on, and
 * numbers.
 */

/** Sentences of older digests, most from before there were key points; no new digest says them. */
const RETIRED = [
  'digests.say.people',
  'digests.say.few',
  'digests.say.withheld',
  'digests.say.each',
  'digests.say.longer',
  'digests.say.rising',
  'digests.say.grew',
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
  'digests.say.kind.trend.more',
  'digests.say.kind.trend.less',
  'digests.say.kind.trend.grown',
  'digests.say.kind.trend.new',
  'digests.say.change.point.new',
  'digests.say.change.point.ongoing',
  'digests.say.change.point.easing',
  // Told a stance beside the posts of other people, and of the whole key point whatever the period.
  'digests.say.lead.easing',
  'digests.say.finding.notHere',
  'digests.say.finding.noLonger',
  // Counted only who reported a barrier, and spoke of all who wrote.
  'digests.say.waits',
  'digests.say.carried',
  // Stood among the findings, and is about the email: the method says it.
  'digests.say.waiting',
  // Added people anywhere who only face it too to those who reported it in the place.
  'digests.say.finding.reported',
  'digests.say.kind.others',
  'digests.say.lead.noLonger',
] as const satisfies readonly MessageKey[];

/**
 * Sentences of older digests that joined posts by likeness alone, or told a window that filled up as
 * a rise, which nobody had confirmed; and those that are no finding, as that a digest is not emailed.
 * They are not shown any more.
 */
export const NOT_TOLD: ReadonlySet<Statement> = new Set<Statement>([
  'digests.say.rising',
  'digests.say.matter.new',
  'digests.say.matter.ongoing',
  'digests.say.matter.eases',
  'digests.say.quote.same',
  'digests.say.waits',
  'digests.say.waiting',
]);

/**
 * The sentences that can be computed: keys of the catalogue, to be filled with counts. Stored
 * digests use them for ever; a sentence that is to say something else gets a new key.
 */
const STATEMENTS = [
  'digests.say.wrote',
  'digests.say.lead.most',
  'digests.say.lead.first',
  'digests.say.lead.next',
  'digests.say.lead.also',
  'digests.say.lead.new',
  'digests.say.lead.kind',
  'digests.say.finding.people',
  'digests.say.finding.since',
  'digests.say.finding.new',
  'digests.say.stance.meToo',
  'digests.say.stance.notHere',
  'digests.say.stance.noLonger',
  'digests.say.quote.still',
  'digests.say.kind.reported',
  'digests.say.kind.share',
  'digests.say.kind.before',
  'digests.say.change.more',
  'digests.say.change.less',
  'digests.say.change.grown',
  'digests.say.change.new',
  'digests.say.missing.places',
  'digests.say.missing.languages',
  'digests.say.carriedOver',
  ...RETIRED,
] as const satisfies readonly MessageKey[];

export type Statement = (typeof STATEMENTS)[number];

/** The slug of a kind of barrier or pillar, also one that the community no longer has. */
export const slug = z.string().regex(/^[a-z0-9-]{1,64}$/);
/** The slug of a conversation. */
export const conversationSlug = z.string().max(200).regex(SLUG);
/** UN M49 or ISO 3166-1 alpha-2. */
export const place = z.string().regex(/^(\d{3}|[A-Z]{2})$/);
/** A period's id. */
export const periodId = z.string().regex(/^\d{4}-(\d{2}|W\d{2}|Q\d)$/);
export const moment = z.number().int();
export const natural = z.number().int().nonnegative();

/** A public number of people or of contributions; null if it is too small to be public. */
export const count = natural.nullable();

/** A value in a sentence: a number, or a code that is named in the reader's language. */
const value = z.union([
  z.number().int(),
  z.strictObject({ kinds: z.array(slug).min(1) }),
  z.strictObject({ place }),
  z.strictObject({ places: z.array(place).min(1) }),
  z.strictObject({ period: periodId }),
  z.strictObject({ day: moment }),
  /** A key point of the digest, by its id: its title in the language of the page. */
  z.strictObject({ finding: z.string() }),
  /** BCP 47. */
  z.strictObject({ languages: z.array(z.string()).min(1) }),
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
  /** Section of ISIC Rev. 4. Missing in digests stored before it was kept, and then not told. */
  industry: z.enum(INDUSTRIES).nullable().optional(),
  /** The author's handle. What they are called is read with each view, see `signature.ts`. */
  author: z.string(),
  createdAt: moment,
  /**
   * Computed facts about the quote: how many others face the barrier that it says has eased.
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

/** Returns the number that a sentence says; null where that sentence is not said. */
export function numberSaid(
  statements: readonly ComputedSentence[],
  key: Statement,
  name: string,
): number | null {
  const value = statements.find((one) => one.key === key)?.values[name];
  return typeof value === 'number' ? value : null;
}

/** SHA-256 in hexadecimal of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
