import { z } from 'zod';
import type { DigestContent } from './content';
import { type QuotedSentence, quoted } from './content-parts';
import { TEXT_FLAGS } from './disclosure-text';
import { changeQuote, changeQuotes, putBack, refOf, slotOf, withoutQuotes } from './quote-slots';

/*
 * What moderators decided about quotes that could point to a person, one press each. Presses are stored
 * with the draft, apart from its content: they are done again after it is built again, also in the
 * next version, and can be undone. Only moderators see them.
 */

/** Where a quote stood that was left out: a list of quotes, and its position in it. */
const slot = z.strictObject({ list: z.string(), at: z.number().int(), item: z.unknown() });

/**
 * Why a quote was flagged: so few people are public with its small place, work and kind of barrier, or
 * what was found in its words, or `beside` them in the paragraph that opens below.
 */
const flag = z.union([
  z.strictObject({
    kind: z.literal('rare'),
    people: z.number().int(),
    /** The kind of barrier; null if the quote stands under none. */
    about: z.string().nullable(),
  }),
  z.strictObject({ kind: z.enum(TEXT_FLAGS), found: z.string(), beside: z.boolean() }),
  /** Its words name the country that is not told. */
  z.strictObject({ kind: z.literal('place'), found: z.string() }),
  /** Less of the place or work of its author is told at another digest, by its id. */
  z.strictObject({
    kind: z.literal('held'),
    how: z.enum(['coarsen-place', 'coarsen-work']),
    digest: z.string(),
  }),
]);

export type Flag = z.output<typeof flag>;

/** Who decided (null: nobody in person) and when, UTC ms; missing in presses from before they were stored. */
const decided = {
  byId: z.string().nullable().optional(),
  at: z.number().int().optional(),
  /** The id of the other digest at which it was decided: it holds here too. */
  from: z.string().optional(),
};

const press = z.discriminatedUnion('action', [
  /** Only the region of the author is told, not the country: nowhere in the digest (`told-by-region.ts`). */
  z.strictObject({ action: z.literal('coarsen-place'), quote: quoted, ...decided }),
  /** What the author does is not told, at no quote of the post. */
  z.strictObject({ action: z.literal('coarsen-work'), quote: quoted, ...decided }),
  /** Other words of the post, or the same without their paragraph. */
  z.strictObject({ action: z.literal('shorten'), quote: quoted, by: quoted, ...decided }),
  z.strictObject({ action: z.literal('drop'), quote: quoted, slot, ...decided }),
  /**
   * Nothing is changed: whoever decided saw these flags, and no others are decided by it. Before they were
   * stored whole, only their kinds were.
   */
  z.strictObject({
    action: z.literal('keep'),
    quote: quoted,
    flags: z.array(z.union([z.string(), flag])).min(1),
    ...decided,
  }),
  /** It is to be decided again, whatever was decided at another digest. */
  z.strictObject({ action: z.literal('ask'), quote: quoted, ...decided }),
]);

export const presses = z.array(press);

export type Press = z.output<typeof press>;
export type PressAction = Press['action'];
export const PRESS_ACTIONS = [
  'coarsen-place',
  'coarsen-work',
  'shorten',
  'drop',
  'keep',
  'ask',
] as const;

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
    case 'ask':
      return content;
  }
}

/** Undoes a press; `countries` are those of the posts that the content quotes, by id. */
export function unpressed(
  content: DigestContent,
  press: Press,
  countries: ReadonlyMap<string, string | null>,
): DigestContent {
  if (press.action === 'keep' || press.action === 'ask') return content;
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

/** What a press needs besides the quote. */
interface PressFacts {
  /** Other words, to shorten. */
  by: QuotedSentence | undefined;
  /** Those at the quote, to keep it. */
  flags: readonly Flag[];
  byId: string | null;
  /** UTC ms */
  at: number;
}

/** Returns the press for an action at a quote; null if the content does not have the quote. */
export function pressAt(
  content: DigestContent,
  ref: string,
  action: PressAction,
  { by, flags, ...decided }: PressFacts,
): Press | null {
  const found = slotOf(content, ref);
  if (!found) return null;
  const { quote, ...slot } = found;
  const press = { quote, ...decided };
  if (action === 'drop') return { action, slot, ...press };
  if (action === 'shorten') return by ? { action, by, ...press } : null;
  if (action === 'keep') return flags.length > 0 ? { action, flags: [...flags], ...press } : null;
  return { action, ...press };
}

/** Does all presses again, after the content was made anew. */
export function pressAll(content: DigestContent, list: readonly Press[]): DigestContent {
  return list.reduce(pressed, content);
}

/**
 * Returns the decision that a quote stays as it is in spite of these flags; null if the newest decision
 * about it is another one, or there is none. A quote with other words, another paragraph, place or industry
 * than then, or of a changed text, is another one.
 * @param list oldest first
 */
export function decisionToKeep<One extends Press>(
  list: readonly One[],
  quote: QuotedSentence,
  flags: readonly Flag[],
): One | null {
  const newest = list.findLast((press) => isSame(press.quote, quote));
  if (newest?.action !== 'keep') return null;
  return flags.every((flag) => newest.flags.some((seen) => covers(seen, flag))) ? newest : null;
}

/** Whether a decision made at `seen` is one about `flag`: what is rarer now is to be decided again. */
function covers(seen: string | Flag, flag: Flag): boolean {
  if (typeof seen === 'string') return seen === flag.kind;
  if (seen.kind === 'rare' || flag.kind === 'rare') {
    const rare = seen.kind === 'rare' && flag.kind === 'rare';
    return rare && seen.about === flag.about && seen.people <= flag.people;
  }
  if (seen.kind === 'held' || flag.kind === 'held') {
    return seen.kind === 'held' && flag.kind === 'held' && seen.how === flag.how;
  }
  if (seen.kind === 'place' || flag.kind === 'place') {
    return seen.kind === flag.kind && seen.found === flag.found;
  }
  return seen.kind === flag.kind && seen.found === flag.found && seen.beside === flag.beside;
}

function isSame(a: QuotedSentence, b: QuotedSentence): boolean {
  const read = (quote: QuotedSentence) => {
    const { postId, revision, hash, paragraph, country, region, industry = null } = quote;
    return JSON.stringify([postId, revision, hash, paragraph, country, region, industry]);
  };
  return read(a) === read(b);
}

/** Does again what is done to all quotes of a post, after other words of it were put in. */
export function coarsenAll(content: DigestContent, list: readonly Press[]): DigestContent {
  const coarsening = list.filter(({ action }) => action.startsWith('coarsen-'));
  return pressAll(content, coarsening);
}
