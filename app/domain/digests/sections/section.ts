import { z } from 'zod';
import type { BarrierKind } from '~/domain/community/vocabularies';
import {
  type ComputedSentence,
  computed,
  place,
  type QuotedSentence,
  quoted,
  slug,
} from '~/domain/digests/content-parts';
import type { Remark } from '~/domain/digests/contributions';
import type { Findings } from '~/domain/digests/findings';
import type { KeyPointFinding } from '~/domain/digests/key-point-findings';
import type { Choosing, Placed } from '~/domain/digests/select';
import type { MessageKey } from '~/platform/i18n/translator';
import { regionOf } from '~/platform/places/places';

/*
 * The sections of a digest besides its barriers. Each quotes people, and is described once: how it
 * is stored, chosen, and shown on the page, to moderators, in JSON and in CSV all follow from this
 * description.
 */

/** A quote in a section, with what it is about. */
export interface Voice {
  quote: QuotedSentence;
  about: BarrierKind | null;
  /** ISO 3166-1 alpha-2 or UN M49. */
  place: string | null;
}

/** The input for choosing quotes. */
export interface Choice {
  /** Contributions of the period that report barriers. */
  contributions: readonly Placed[];
  /** Posts of the period that report none. */
  remarks: readonly (Remark & Placed)[];
  /** The kinds of barrier that may be denied: those of the community. */
  kinds: readonly BarrierKind[];
  choosing: Choosing;
}

/** The input for composing a section. */
export interface Composing extends Choice {
  findings: Findings;
  /** The key points of the digest. */
  points: readonly KeyPointFinding[];
  /** Contributions of previous periods that had too few people for a digest, oldest first. */
  carriedOver: readonly Placed[];
}

/** The input for finding alternatives to a quote. */
export interface Offering extends Omit<Choice, 'kinds' | 'choosing'> {
  /** Reads the texts of posts that may be quoted. */
  read(of: readonly { id: string }[]): Promise<Choosing>;
}

interface Description<Stored> {
  /** The heading on the page and for moderators. */
  title: MessageKey;
  /** The introduction below the heading. */
  intro?: MessageKey;
  /** The name of its rows in the CSV. */
  row: string;
  /** True if it chooses before the barriers do, because few sentences say what it looks for. */
  first?: boolean;
  /** Called in the order of the sections: a sentence that is already quoted is not quoted again. */
  choose(from: Composing): Stored;
  /**
   * Returns possible replacements for a quote, best first; without this function there are none.
   */
  instead?(voice: Voice, from: Offering): Promise<QuotedSentence[]>;
}

export interface Section<Stored> extends Description<Stored> {
  /** Must accept a digest stored before the section existed, as an empty section. */
  schema: z.ZodType<Stored>;
  voices(stored: Stored): Voice[];
  statements(stored: Stored): ComputedSentence[];
  withQuotes(stored: Stored, change: (quotes: QuotedSentence[]) => QuotedSentence[]): Stored;
  /** Returns the section for JSON, with quotes and sentences converted by `tell`. */
  data(stored: Stored, tell: Telling): unknown;
}

/** Converts quotes (only those that may be shown) and sentences. */
export interface Telling {
  quotes(list: readonly QuotedSentence[]): unknown[];
  sentences(list: readonly ComputedSentence[]): unknown[];
}

/** Describes a section of quotes, each about a kind of barrier. */
export function quotesByKind(
  described: Description<{ about: BarrierKind; quote: QuotedSentence }[]>,
) {
  return entries(described, z.strictObject({ about: slug, quote: quoted }), ({ about }) => ({
    about,
    place: null,
  }));
}

/** Describes a section of quotes, each from a place. */
export function quotesByPlace(described: Description<FromPlace[]>): Section<FromPlace[]> {
  const told = entries(described, z.strictObject({ place, quote: quoted }), (one) => ({
    about: null,
    place: placeTold(one),
  }));
  return {
    ...told,
    data: (stored, tell) =>
      told.data(
        stored.map((one) => ({ ...one, place: placeTold(one) })),
        tell,
      ),
  };
}

interface FromPlace {
  place: string;
  quote: QuotedSentence;
}

/** The region where the quote does not tell the country any more. */
function placeTold({ place, quote }: FromPlace): string {
  return (quote.country === null && regionOf(place)) || place;
}

/** Describes a section of quotes without further attributes. */
export function plainQuotes(described: Description<QuotedSentence[]>): Section<QuotedSentence[]> {
  return {
    ...described,
    schema: z.array(quoted).default([]),
    voices: (quotes) => quotes.map(standing),
    statements: () => [],
    withQuotes: (quotes, change) => change(quotes),
    data: (quotes, tell) => tell.quotes(quotes),
  };
}

interface SaidAndQuoted {
  statements: ComputedSentence[];
  quotes: QuotedSentence[];
}

/** Describes a section of sentences with the quotes that they are about; null if there is none. */
export function quotesWithStatements(
  described: Description<SaidAndQuoted | null>,
): Section<SaidAndQuoted | null> {
  return {
    ...described,
    schema: z
      .strictObject({ statements: z.array(computed), quotes: z.array(quoted) })
      .nullable()
      .default(null),
    voices: (stored) => (stored?.quotes ?? []).map(standing),
    statements: (stored) => stored?.statements ?? [],
    withQuotes: (stored, change) => stored && { ...stored, quotes: change(stored.quotes) },
    data: (stored, tell) =>
      stored && {
        statements: tell.sentences(stored.statements),
        quotes: tell.quotes(stored.quotes),
      },
  };
}

function standing(quote: QuotedSentence): Voice {
  return { quote, about: null, place: null };
}

function entries<Entry extends { quote: QuotedSentence }>(
  described: Description<Entry[]>,
  schema: z.ZodType<Entry>,
  standsFor: (entry: Entry) => Omit<Voice, 'quote'>,
): Section<Entry[]> {
  return {
    ...described,
    schema: z.array(schema).default([]),
    voices: (stored) => stored.map((entry) => ({ quote: entry.quote, ...standsFor(entry) })),
    statements: () => [],
    withQuotes: (stored, change) =>
      stored.flatMap((entry) => change([entry.quote]).map((quote) => ({ ...entry, quote }))),
    data: (stored, tell) =>
      stored.flatMap((entry) => tell.quotes([entry.quote]).map((quote) => ({ ...entry, quote }))),
  };
}
