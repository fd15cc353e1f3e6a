import { z } from 'zod';
import type { DigestContent } from './content';
import { type QuotedSentence, quoted } from './content-parts';
import { changeQuote, changeQuotesOf, putBack, refOf, slotOf, withoutQuotes } from './quote-slots';

/*
 * What moderators did at quotes to protect the people in them, one press each. Presses are stored
 * with the draft, apart from its content: they are done again after it is built again, also in the
 * next version, and can be undone. Only moderators see them.
 */

/** Where a quote stood that was left out: a list of quotes, and its position in it. */
const slot = z.strictObject({ list: z.string(), at: z.number().int(), item: z.unknown() });

const press = z.discriminatedUnion('action', [
  /** Only the region is told, not the country: at all quotes of the post, and in the sources. */
  z.strictObject({ action: z.literal('coarsen-place'), quote: quoted }),
  /** What the author does is not told, at no quote of the post. */
  z.strictObject({ action: z.literal('coarsen-work'), quote: quoted }),
  /** Other words of the post, or the same without their paragraph. */
  z.strictObject({ action: z.literal('shorten'), quote: quoted, by: quoted }),
  z.strictObject({ action: z.literal('drop'), quote: quoted, slot }),
]);

export const presses = z.array(press);

export type Press = z.output<typeof press>;
export type PressAction = Press['action'];
export const PRESS_ACTIONS = ['coarsen-place', 'coarsen-work', 'shorten', 'drop'] as const;

/** Does a press; what it is about may be gone. */
export function pressed(content: DigestContent, press: Press): DigestContent {
  const ref = refOf(press.quote);
  switch (press.action) {
    case 'coarsen-place':
      return changeQuotesOf(content, press.quote, (quote) => ({ ...quote, country: null }));
    case 'coarsen-work':
      return changeQuotesOf(content, press.quote, (quote) => ({ ...quote, industry: null }));
    case 'shorten':
      return changeQuote(content, ref, (quote) => signedAs(press.by, quote));
    case 'drop':
      return withoutQuotes(content, (quote) => refOf(quote) === ref);
  }
}

/** Undoes a press. */
export function unpressed(content: DigestContent, press: Press): DigestContent {
  if (press.action === 'drop') return putBack(content, press.slot);
  const { country, industry } = press.quote;
  if (press.action === 'shorten') {
    return changeQuote(content, refOf(press.by), (quote) => signedAs(press.quote, quote));
  }
  return changeQuotesOf(content, press.quote, (quote) =>
    press.action === 'coarsen-place' ? { ...quote, country } : { ...quote, industry },
  );
}

/** Other words, signed with no more than the former ones. */
function signedAs(words: QuotedSentence, former: QuotedSentence): QuotedSentence {
  return { ...words, country: former.country, region: former.region, industry: former.industry };
}

/** Returns the press for an action at a quote; null if the content does not have the quote. */
export function pressAt(
  content: DigestContent,
  ref: string,
  action: PressAction,
  by: QuotedSentence | null,
): Press | null {
  const found = slotOf(content, ref);
  if (!found) return null;
  const { quote, ...slot } = found;
  if (action === 'drop') return { action, quote, slot };
  if (action === 'shorten') return by && { action, quote, by };
  return { action, quote };
}

/** Does all presses again, after the content was made anew. */
export function pressAll(content: DigestContent, list: readonly Press[]): DigestContent {
  return list.reduce(pressed, content);
}

/** Does again what is done to all quotes of a post, after other words of it were put in. */
export function coarsenAll(content: DigestContent, list: readonly Press[]): DigestContent {
  const coarsening = list.filter(({ action }) => action.startsWith('coarsen-'));
  return pressAll(content, coarsening);
}
