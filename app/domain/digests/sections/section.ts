import { z } from 'zod';
import type { BarrierKind } from '~/domain/community/vocabularies';
import {
  type ComputedSentence,
  computed,
  kind,
  place,
  type QuotedSentence,
  quoted,
} from '~/domain/digests/content-parts';
import type { Remark } from '~/domain/digests/contributions';
import type { Findings } from '~/domain/digests/findings';
import type { Choosing, Placed } from '~/domain/digests/select';
import type { MessageKey } from '~/platform/i18n/translator';

/*
 * The sections of a digest that stand beside its barriers. Each quotes people, and is described
 * once: how it is stored, how it is chosen, and how the page, the desk, the JSON and the table show
 * it all follow from its description.
 */

/** A quote of a section, and what it stands for there. */
export interface Voice {
  quote: QuotedSentence;
  about: BarrierKind | null;
  /** ISO 3166-1 alpha-2 or UN M49. */
  place: string | null;
}

/** What a rule chooses quotes from. */
export interface Choice {
  /** Those of the period that raise barriers. */
  contributions: readonly Placed[];
  /** Those that raise none. */
  remarks: readonly (Remark & Placed)[];
  /** The kinds of barrier that the digest tells. */
  kinds: readonly BarrierKind[];
  choosing: Choosing;
}

/** What a section is composed from. */
export interface Composing extends Choice {
  findings: Findings;
  /** From the periods before that had too few people for a digest to be sent. */
  carriedOver: readonly Placed[];
}

/** What an editor's other choices are found in. */
export interface Offering extends Omit<Choice, 'choosing'> {
  /** Reads the texts of what may be quoted. */
  read(of: readonly { id: string }[]): Promise<Choosing>;
}

interface Description<Stored> {
  /** The heading on the page and on the desk. */
  title: MessageKey;
  /** What stands below the heading. */
  intro?: MessageKey;
  /** What its rows are called in the table. */
  row: string;
  /** Whether editors are shown it. */
  onDesk: boolean;
  /** Called in the order of the list: what is taken already is not quoted again. */
  choose(from: Composing): Stored;
  /** What may stand in place of a voice, the best first; without it nothing may. */
  instead?(voice: Voice, from: Offering): Promise<QuotedSentence[]>;
}

export interface Section<Stored> extends Description<Stored> {
  /** A digest that was stored before there was such a section reads as one where it is empty. */
  schema: z.ZodType<Stored>;
  voices(stored: Stored): Voice[];
  statements(stored: Stored): ComputedSentence[];
  withQuotes(stored: Stored, change: (quotes: QuotedSentence[]) => QuotedSentence[]): Stored;
  /** As it is in the JSON, with quotes and sentences as they are told there. */
  data(stored: Stored, tell: Telling): unknown;
}

/** Tells quotes, those that may be shown, and sentences. */
export interface Telling {
  quotes(list: readonly QuotedSentence[]): unknown[];
  sentences(list: readonly ComputedSentence[]): unknown[];
}

/** A section of quotes, each about a kind of barrier. */
export function quotesByKind(
  described: Description<{ about: BarrierKind; quote: QuotedSentence }[]>,
) {
  return entries(described, z.strictObject({ about: kind, quote: quoted }), ({ about }) => ({
    about,
    place: null,
  }));
}

/** A section of quotes, each for a place. */
export function quotesByPlace(described: Description<{ place: string; quote: QuotedSentence }[]>) {
  return entries(described, z.strictObject({ place, quote: quoted }), (one) => ({
    about: null,
    place: one.place,
  }));
}

/** A section of quotes that stand for themselves. */
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

/** A section of sentences with the quotes that they are about; null where there is none. */
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
