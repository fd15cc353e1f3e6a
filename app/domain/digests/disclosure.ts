import { and, countDistinct, eq, inArray, isNull } from 'drizzle-orm';
import { placesNamed } from '~/domain/barriers/barrier-region';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { digests, postBarriers, posts, threads, users } from '~db/schema';
import { otherRun, type QuotedPosts, readQuotedPosts } from './alternatives';
import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { population } from './coverage';
import {
  coarsenedElsewhere,
  decidedElsewhere,
  type HeldPress,
  type PressElsewhere,
} from './decided-elsewhere';
import { type DigestKey, parseDigestKey, scopeOf } from './digest-key';
import { textFlags } from './disclosure-text';
import { type Period, parsePeriod } from './period';
import { decisionToKeep, type Flag, type Press, type PressAction } from './presses';
import { refOf } from './quote-slots';
import { sectionsOf } from './sections/sections';
import { countriesOf } from './told-by-region';

/*
 * The disclosure check of a draft: which quotes could point to a person, and what can be done about
 * each with one press. Nothing is published before a moderator decided about each. It is shown to
 * moderators only. It says nothing about the author, who wrote for a thread and not for a briefing.
 */

/** A quote that could point to a person. */
interface Flagged {
  quote: QuotedSentence;
  flags: Flag[];
  /** The decision that it stays as it is, here or at another digest. */
  decision: Press | PressElsewhere | null;
}

/** A digest by what it is about. */
export interface DigestAt {
  id: string;
  scope: DigestKey;
  period: Period;
}

/** A moderator's decision that a quote stays as it is. */
export interface Kept {
  /** The moderator's handle; null if it is not known. */
  by: string | null;
  /** The other digest at which it was decided; null: at this one. */
  at: DigestAt | null;
}

/** What the check finds at a quote. */
export interface FlaggedQuote extends Omit<Flagged, 'decision'> {
  ref: string;
  kept: Kept | null;
  /** What can be done; `shorten` only where other words stand. */
  actions: PressAction[];
}

/** A digest that is checked. */
interface Checked {
  scope: DigestKey;
  period: Period;
  content: DigestContent;
  presses: readonly Press[];
}

/**
 * Where fewer people live, a place and a kind of work together point at a person: the smallest branches
 * of an economy employ about one in a thousand, so a few hundred people there, who know each other.
 * In larger places the count of posts says only how young the community is (decision 59).
 */
const SMALL_PLACE = 1_000_000;

/** That a moderator had less of its author told at another digest than this one tells. */
function heldFlags(quote: QuotedSentence, held: readonly HeldPress[]): Flag[] {
  return held
    .filter((press) => press.quote.postId === quote.postId)
    .filter(({ action }) => (action === 'coarsen-place' ? quote.country : quote.industry) != null)
    .map(({ action: how, digestId: digest }) => ({ kind: 'held', how, digest }));
}

/** That the words name the country, its people or a place there, which the digest does not tell. */
function placeFlags({ text }: QuotedSentence, hidden: string | null | undefined): Flag[] {
  if (!hidden) return [];
  const named = placesNamed(text).find(({ country }) => country === hidden);
  return named ? [{ kind: 'place', found: named.found }] : [];
}

/** Returns the quotes of a digest that could point to a person. */
async function flaggedIn(
  db: Db,
  { content, presses, ...digest }: Checked,
  minAuthors: number,
): Promise<Flagged[]> {
  const kinds = kindsOf(content);
  const people = await countAlike(db, quotesOf(content));
  const held = await coarsenedElsewhere(db, digest, presses);
  const countries = await countriesOf(
    db,
    quotesOf(content).flatMap(({ postId, country }) => (country === null ? postId : [])),
  );
  const flagged = quotesOf(content).flatMap((quote) => {
    const about = kinds.get(refOf(quote)) ?? null;
    const alike = people(quote, about);
    const rare: Flag[] =
      alike !== null && alike < minAuthors ? [{ kind: 'rare', people: alike, about }] : [];
    const flags = [
      ...heldFlags(quote, held),
      ...placeFlags(quote, countries.get(quote.postId)),
      ...rare,
      ...flagsOfText(quote),
    ];
    return flags.length > 0 ? [{ quote, flags }] : [];
  });
  const ids = new Set(flagged.map(({ quote }) => quote.postId));
  const elsewhere = await decidedElsewhere(db, digest, [...ids]);
  const decisions = [...elsewhere, ...presses].toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return flagged.map((one) => ({
    ...one,
    decision: decisionToKeep(decisions, one.quote, one.flags),
  }));
}

/** Returns the flagged quotes about which no moderator decided. */
export async function undecidedQuotes(
  db: Db,
  digest: Checked,
  minAuthors: number,
): Promise<Flagged[]> {
  return (await flaggedIn(db, digest, minAuthors)).filter(({ decision }) => !decision);
}

/** Checks the quotes of a draft. Those without a flag are left out. */
export async function checkDisclosure(
  app: Pick<AppContext, 'db' | 'community' | 'config'>,
  digest: Checked,
): Promise<FlaggedQuote[]> {
  const db = app.db.reader;
  const flagged = await flaggedIn(db, digest, app.config.digestMinAuthors);
  const posts = await readQuotedPosts(
    app,
    flagged.map(({ quote }) => quote),
  );
  const checked: FlaggedQuote[] = [];
  for (const { decision, ...one } of flagged) {
    const shorter = await otherWords(posts, digest.content, one.quote);
    const kept = decision && (await keptBy(db, decision));
    const actions = actionsFor(digest, one.quote, kept, shorter !== null);
    checked.push({ ...one, ref: refOf(one.quote), kept, actions });
  }
  return checked;
}

/** Returns who decided, and where. */
async function keptBy(db: Db, decision: Press | PressElsewhere): Promise<Kept> {
  const [editor] = await db
    .select({ handle: users.handle })
    .from(users)
    .where(and(eq(users.id, decision.byId ?? ''), isNull(users.erasedAt)));
  const id = 'digestId' in decision ? decision.digestId : '';
  return { by: editor?.handle ?? null, at: (await digestsAt(db, [id])).get(id) ?? null };
}

/** Returns the digests at which was decided what these presses and flags have from there, by id. */
export async function decidedAt(
  db: Db,
  presses: readonly Press[],
  flagged: readonly FlaggedQuote[],
): Promise<Map<string, DigestAt>> {
  const flags = flagged.flatMap((one) => one.flags);
  return digestsAt(db, [
    ...presses.flatMap(({ from }) => from ?? []),
    ...flags.flatMap((flag) => (flag.kind === 'held' ? flag.digest : [])),
  ]);
}

async function digestsAt(db: Db, ids: readonly string[]): Promise<Map<string, DigestAt>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: digests.id, scope: digests.scope, period: digests.period })
    .from(digests)
    .where(inArray(digests.id, [...ids]));
  return new Map(
    rows.flatMap(({ id, ...row }): [string, DigestAt][] => {
      const [scope, period] = [parseDigestKey(row.scope), parsePeriod(row.period)];
      return scope && period ? [[id, { id, scope, period }]] : [];
    }),
  );
}

function actionsFor(
  { scope }: Pick<Checked, 'scope'>,
  { country, industry }: QuotedSentence,
  kept: Kept | null,
  shorter: boolean,
): PressAction[] {
  return [
    // In a digest of the country the region would hide nothing.
    ...(country && scopeOf(scope) !== country ? ['coarsen-place' as const] : []),
    ...(industry ? ['coarsen-work' as const] : []),
    ...(shorter ? ['shorten' as const] : []),
    'drop',
    // What was decided here is undone in the list of decisions.
    ...(kept ? (kept.at ? ['ask' as const] : []) : ['keep' as const]),
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
 * if there is none, or if nothing was found in the words, whose place and work say too much.
 */
export async function otherWords(
  posts: QuotedPosts,
  content: DigestContent,
  quote: QuotedSentence,
): Promise<QuotedSentence | null> {
  const isFlagged = (text: string) => textFlags(text, quote.language).length > 0;
  if (flagsOfText(quote).length === 0) return null;
  if (!isFlagged(quote.text)) return alone(quote);
  const other = await otherRun(posts, content, quote, isFlagged);
  return other && flagsOfText(other).length > 0 ? alone(other) : other;
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
  const isSmall = ({ country, region }: QuotedSentence) => {
    const place = country ?? region;
    return place !== null && population(place) < SMALL_PLACE;
  };
  const small = quotes.filter(isSmall);
  const industries = [...new Set(small.flatMap(({ industry }) => industry ?? []))];
  if (industries.length === 0) return () => null;
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
    if (!industry || !isSmall(quote)) return null;
    const rows = kind ? ofKinds.filter((row) => row.kind === kind) : all;
    // People of several countries in a region are counted once for each: too many, never too few.
    return rows
      .filter((row) => row.industry === industry)
      .filter((row) => (country ? row.country === country : row.region === region))
      .reduce((sum, row) => sum + row.people, 0);
  };
}
