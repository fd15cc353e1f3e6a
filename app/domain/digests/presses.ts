import { z } from 'zod';
import type { DigestContent } from './content';
import { type QuotedSentence, quoted } from './content-parts';
import { changeQuote, changeQuotes, putBack, refOf, slotOf, withoutQuotes } from './quote-slots';

/*
 * What moderators decided about quotes that could point to a person, one press each. Presses are stored
 * with the draft, apart from its content: they are done again after it is built again, also in the
 * next version, and can be undone. Only moderators see them.
 */

/** Where a quote stood that was left out: a list of quotes, and its position in it. */
const slot = z.strictObject({ list: z.string(), at: z.number().int(), item: z.unknown() });

const press = z.discriminatedUnion('action', [
  /** Only the region of the author is told, not the country: nowhere in the digest (`told-by-region.ts`). */
  z.strictObject({ action: z.literal('coarsen-place'), quote: quoted }),
  /** What the author does is not told, at no quote of the post. */
  z.strictObject({ action: z.literal('coarsen-work'), quote: quoted }),
  /** Other words of the post, or the same without their paragraph. */
  z.strictObject({ action: z.literal('shorten'), quote: quoted, by: quoted }),
  z.strictObject({ action: z.literal('drop'), quote: quoted, slot }),
  /** Nothing is changed: whoever decided saw these kinds of flag, and no others are decided by it. */
  z.strictObject({ action: z.literal('keep'), quote: quoted, flags: z.array(z.string()).min(1) }),
]);

export const presses = z.array(press);

export type Press = z.output<typeof press>;
export type PressAction = Press['action'];
export const PRESS_ACTIONS = ['coarsen-place', 'coarsen-work', 'shorten', 'drop', 'keep'] as const;

/** Returns the identifier of a press. Its position is none: it changes when another one is undone. */
export function pressId({ action, quote }: Pick<Press, 'action' | 'quote'>): string {
  return `${action} ${refOf(quote)}`;
}

/** Does a press; what it is about may be gone. */
export function pressed(content: DigestContent, press: Press): DigestContent {
  const ref = refOf(press.quote);
  switch (press.action) {
    case 'coarsen-place':
      return changeQuotes(content, byAuthorOf(press), (quote) => ({ ...quote, country: null }));
    case 'coarsen-work':
      return changeQuotes(content, ofPost(press), (quote) => ({ ...quote, industry: null }));
    case 'shorten':
      return changeQuote(content, ref, (quote) => signedAs(press.by, quote));
    case 'drop':
      return withoutQuotes(content, (quote) => refOf(quote) === ref);
    case 'keep':
      return content;
  }
}

/** Undoes a press; `countries` are those of the posts that the content quotes, by id. */
export function unpressed(
  content: DigestContent,
  press: Press,
  countries: ReadonlyMap<string, string | null>,
): DigestContent {
  if (press.action === 'keep') return content;
  if (press.action === 'drop') return putBack(content, press.slot);
  if (press.action === 'shorten') {
    return changeQuote(content, refOf(press.by), (quote) => signedAs(press.quote, quote));
  }
  if (press.action === 'coarsen-place') {
    const toldBy = (quote: QuotedSentence) => countries.get(quote.postId) ?? null;
    return changeQuotes(content, byAuthorOf(press), (quote) => ({
      ...quote,
      country: toldBy(quote),
    }));
  }
  const { industry } = press.quote;
  return changeQuotes(content, ofPost(press), (quote) => ({ ...quote, industry }));
}

function ofPost(press: Press) {
  return ({ postId }: QuotedSentence) => postId === press.quote.postId;
}

function byAuthorOf(press: Press) {
  const { author, postId } = press.quote;
  return (quote: QuotedSentence) => quote.author === author || quote.postId === postId;
}

/** Returns the posts whose authors' country is not told. */
export function toldByRegion(list: readonly Press[]): string[] {
  return list.flatMap(({ action, quote }) => (action === 'coarsen-place' ? quote.postId : []));
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
  { by, flags }: { by: QuotedSentence | undefined; flags: readonly string[] },
): Press | null {
  const found = slotOf(content, ref);
  if (!found) return null;
  const { quote, ...slot } = found;
  if (action === 'drop') return { action, quote, slot };
  if (action === 'shorten') return by ? { action, quote, by } : null;
  if (action === 'keep') return flags.length > 0 ? { action, quote, flags: [...flags] } : null;
  return { action, quote };
}

/** Does all presses again, after the content was made anew. */
export function pressAll(content: DigestContent, list: readonly Press[]): DigestContent {
  return list.reduce(pressed, content);
}

/**
 * Whether it was decided that a quote stays as it is in spite of these kinds of flag. A quote with other
 * words, another paragraph, place or industry than then is another one.
 */
export function isKept(
  list: readonly Press[],
  quote: QuotedSentence,
  flags: readonly string[],
): boolean {
  const kept = list.filter((press) => press.action === 'keep' && isSame(press.quote, quote));
  return flags.every((kind) =>
    kept.some((press) => 'flags' in press && press.flags.includes(kind)),
  );
}

function isSame(a: QuotedSentence, b: QuotedSentence): boolean {
  const read = ({ postId, hash, paragraph, country, region, industry = null }: QuotedSentence) =>
    JSON.stringify([postId, hash, paragraph, country, region, industry]);
  return read(a) === read(b);
}

/** Does again what is done to all quotes of a post, after other words of it were put in. */
export function coarsenAll(content: DigestContent, list: readonly Press[]): DigestContent {
  const coarsening = list.filter(({ action }) => action.startsWith('coarsen-'));
  return pressAll(content, coarsening);
}
