import { and, countDistinct, eq, inArray } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { postBarriers, posts, threads } from '~db/schema';
import { otherRun, type QuotedPosts, readQuotedPosts } from './alternatives';
import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { population } from './coverage';
import { scopeOf } from './digest-key';
import type { Digest } from './digests';
import { type TextFlag, textFlags } from './disclosure-text';
import type { PressAction } from './presses';
import { refOf } from './quote-slots';
import { sectionsOf } from './sections/sections';

/*
 * The disclosure check of a draft: which quotes could point to a person, and what can be done about
 * each with one press. It is shown to moderators only. It says nothing about the author, who wrote
 * for a thread and not for a briefing.
 */

export type Flag =
  /** So few people are public with this small place, work and kind. */
  | { kind: 'rare'; people: number }
  | (TextFlag & {
      /** True if it stands beside the quote, in the paragraph that opens below it. */
      beside: boolean;
    });

/** What the check finds at a quote. */
export interface FlaggedQuote {
  ref: string;
  flags: Flag[];
  /** What can be done; `shorten` only where other words stand. */
  actions: PressAction[];
}

/**
 * Where fewer people live, a place and a kind of work together point at a person: the smallest branches
 * of an economy employ about one in a thousand, so a few hundred people there, who know each other.
 * In larger places the count of posts says only how young the community is (decision 59).
 */
const SMALL_PLACE = 1_000_000;

/** Checks the quotes of a draft. Those without a flag are left out. */
export async function checkDisclosure(
  db: Db,
  digest: Pick<Digest, 'scope' | 'content'>,
  minAuthors: number,
): Promise<FlaggedQuote[]> {
  const { content } = digest;
  const kinds = kindsOf(content);
  const people = await countAlike(db, quotesOf(content));
  const checked = quotesOf(content).map((quote) => {
    const alike = people(quote, kinds.get(refOf(quote)) ?? null);
    const rare = alike !== null && alike < minAuthors;
    const details = flagsOfText(quote);
    const flags: Flag[] = [...(rare ? [{ kind: 'rare' as const, people: alike }] : []), ...details];
    return { quote, flags, details };
  });
  const telling = checked.filter(({ details }) => details.length > 0);
  const posts = await readQuotedPosts(
    db,
    telling.map(({ quote }) => quote),
  );
  return checked
    .filter(({ flags }) => flags.length > 0)
    .map(({ quote, flags, details }) => {
      const shorter = details.length > 0 ? otherWords(posts, content, quote) : null;
      return { ref: refOf(quote), flags, actions: actionsFor(digest, quote, shorter) };
    });
}

function actionsFor(
  { scope }: Pick<Digest, 'scope'>,
  { country, industry }: QuotedSentence,
  shorter: QuotedSentence | null,
): PressAction[] {
  return [
    // In a digest of the country the region would hide nothing.
    ...(country && scopeOf(scope) !== country ? ['coarsen-place' as const] : []),
    ...(industry ? ['coarsen-work' as const] : []),
    ...(shorter ? ['shorten' as const] : []),
    'drop',
  ];
}

function flagsOfText({ text, paragraph, language }: QuotedSentence): Flag[] {
  const own = textFlags(text, language);
  const found = new Set(own.map(({ kind }) => kind));
  const beside = paragraph ? textFlags(paragraph, language) : [];
  return [
    ...own.map((flag) => ({ ...flag, beside: false })),
    ...beside.filter(({ kind }) => !found.has(kind)).map((flag) => ({ ...flag, beside: true })),
  ];
}

/**
 * Returns what can stand for a quote without what was found in it: the same words without their
 * paragraph, if the fault is only there, else the next best run of the same post that stands. Null
 * if there is none.
 */
export function otherWords(
  posts: QuotedPosts,
  content: DigestContent,
  quote: QuotedSentence,
): QuotedSentence | null {
  const isFlagged = (text: string) => textFlags(text, quote.language).length > 0;
  if (!isFlagged(quote.text)) return quote.paragraph ? alone(quote) : null;
  const kind = kindsOf(content).get(refOf(quote)) ?? null;
  const other = otherRun(posts, content, quote, kind, isFlagged);
  if (!other || isFlagged(other.text)) return null;
  return flagsOfText(other).length > 0 ? alone(other) : other;
}

/** A quote without what stands around it. */
function alone({ prefix: _p, suffix: _s, paragraph: _all, ...quote }: QuotedSentence) {
  return quote;
}

/** Returns the kind that each quote stands under, by `refOf`; none for those that stand for no kind. */
function kindsOf(content: DigestContent): Map<string, BarrierKind> {
  const kinds = new Map<string, BarrierKind>();
  for (const { kind, quotes } of [...content.findings, ...content.barriers]) {
    for (const quote of quotes) kinds.set(refOf(quote), kind);
  }
  for (const { section, stored } of sectionsOf(content)) {
    for (const { quote, about } of section.voices(stored)) {
      if (about) kinds.set(refOf(quote), about);
    }
  }
  return kinds;
}

/**
 * Returns a function that says how many people wrote in public from the place of a quote, with its
 * industry, about a kind; null for a quote that does not tell both a small place and an industry.
 */
async function countAlike(db: Db, quotes: readonly QuotedSentence[]) {
  const industries = [...new Set(quotes.flatMap(({ industry }) => industry ?? []))];
  const by = { country: posts.country, region: posts.region, industry: posts.industry };
  const alike = and(inArray(posts.industry, industries), publicPost());
  const all = await db
    .select({ ...by, people: countDistinct(posts.authorId) })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(alike)
    .groupBy(posts.country, posts.region, posts.industry);
  const ofKinds = await db
    .select({ ...by, kind: postBarriers.kind, people: countDistinct(posts.authorId) })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(alike)
    .groupBy(posts.country, posts.region, posts.industry, postBarriers.kind);
  return (quote: QuotedSentence, kind: BarrierKind | null): number | null => {
    const { country, region, industry } = quote;
    const place = country ?? region;
    if (!industry || !place || population(place) >= SMALL_PLACE) return null;
    const rows = kind ? ofKinds.filter((row) => row.kind === kind) : all;
    // People of several countries in a region are counted once for each: too many, never too few.
    return rows
      .filter((row) => row.industry === industry)
      .filter((row) => (country ? row.country === country : row.region === region))
      .reduce((sum, row) => sum + row.people, 0);
  };
}
