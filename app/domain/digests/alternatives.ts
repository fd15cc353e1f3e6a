import { eq, inArray } from 'drizzle-orm';
import { placeRowOf } from '~/domain/barriers/place-rows';
import { within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { idsOf } from '~/platform/ids';
import { posts, threads } from '~db/schema';
import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { readContributions, readKinds, readRemarks } from './contributions';
import { type DigestKey, scopeOf } from './digest-key';
import { disputedPosts } from './errata';
import { postsOfKeyPoint } from './key-point-findings';
import { type QuotableText, readTexts } from './load-texts';
import type { Period } from './period';
import { refOf } from './quote-slots';
import type { Section, Voice } from './sections/section';
import { MOST_OFFERED, sectionsOf } from './sections/sections';
import {
  asReportsOf,
  bestOfEach,
  type Choosing,
  chooseQuotes,
  type Placed,
  pickVaried,
  type Taken,
  worthReading,
} from './select';
import { Frequencies } from './terms';

type Site = Pick<AppContext, 'db' | 'community'>;

/**
 * Returns quotes that could replace a draft's quote, best first. They are chosen now, from public
 * posts, by the same rules as the quote itself. Empty if there are none, or if the draft has no
 * such quote.
 */
export async function alternativesTo(
  { db: { reader: db }, community }: Site,
  { scope, period, content }: { scope: DigestKey; period: Period; content: DigestContent },
  ref: string,
): Promise<QuotedSentence[]> {
  const slot = slotOf(content, ref);
  if (!slot) return [];
  const disputed = await disputedPosts(db);
  const mayQuote = ({ id }: { id: string }) => !disputed.has(id);
  const placed = <T extends Omit<Placed, 'place'>>(list: T[]) =>
    list.filter(mayQuote).map((one) => ({ ...one, place: placeRowOf(scopeOf(scope), one) }));
  const contributions = placed(await readContributions(db, scope, period));
  const remarks = slot.in === 'barrier' ? [] : placed(await readRemarks(db, scope, period));
  const quoted = quotesOf(content).filter((quote) => refOf(quote) !== ref);
  const taken: Taken = new Set(quoted.map(({ postId }) => postId));
  const read = async (of: readonly { id: string }[]) =>
    choosingFrom(await readTexts(db, [...new Set(idsOf(of))], community), {
      taken,
      quoted: [...quoted, slot.quote],
    });

  if (slot.in === 'barrier') {
    const beside = slot.beside.map(({ postId }) => postId);
    const authors = new Set(
      contributions.filter(({ id }) => beside.includes(id)).map(({ authorId }) => authorId),
    );
    const inPoint = slot.keyPoint && new Set(await postsOfKeyPoint(db, slot.keyPoint));
    const of = contributions.filter(
      ({ id, kinds, authorId }) =>
        (inPoint ? inPoint.has(id) : kinds.includes(slot.kind)) && !authors.has(authorId),
    );
    const readable = worthReading(inPoint ? asReportsOf(slot.kind, of) : of);
    return chooseQuotes(slot.kind, readable, await read(readable), MOST_OFFERED);
  }
  return (await slot.section.instead?.(slot.voice, { contributions, remarks, read })) ?? [];
}

type Slot =
  | {
      in: 'barrier';
      quote: QuotedSentence;
      kind: BarrierKind;
      beside: QuotedSentence[];
      /** Set where the quote stands for a key point: others come from its posts too. */
      keyPoint?: string;
    }
  | { in: 'section'; quote: QuotedSentence; section: Section<unknown>; voice: Voice };

function slotOf(content: DigestContent, ref: string): Slot | null {
  const is = (quote: QuotedSentence) => refOf(quote) === ref;
  const slots = [...content.findings, ...content.barriers];
  for (const { kind, quotes, ...of } of slots) {
    const quote = quotes.find(is);
    const beside = quotes.filter((one) => !is(one));
    if (quote) {
      return {
        in: 'barrier',
        quote,
        kind,
        beside,
        ...('keyPoint' in of && { keyPoint: of.keyPoint }),
      };
    }
  }
  for (const { section, stored } of sectionsOf(content)) {
    const voice = section.voices(stored).find(({ quote }) => is(quote));
    if (voice) return { in: 'section', quote: voice.quote, section, voice };
  }
  return null;
}

/** Posts that are quoted: the kinds that people named for each, and its text. */
export interface QuotedPosts {
  kinds: ReadonlyMap<string, BarrierKind[]>;
  texts: ReadonlyMap<string, QuotableText>;
  /** The numbers of the article's questions that they answer. */
  questions: ReadonlyMap<string, number | null>;
}

/** Reads the posts of some quotes, for `otherRun`. */
export async function readQuotedPosts(
  { db: { reader: db }, community }: Site,
  quotes: readonly Pick<QuotedSentence, 'postId'>[],
): Promise<QuotedPosts> {
  const ids = [...new Set(quotes.map(({ postId }) => postId))];
  const answers = await db
    .select({ id: posts.id, question: threads.questionNumber })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(inArray(posts.id, ids));
  return {
    kinds: await readKinds(db, ids),
    texts: await readTexts(db, ids, community),
    questions: new Map(answers.map(({ id, question }) => [id, question])),
  };
}

/**
 * Returns the next best words of a quoted post that may stand in the place of the quote, by the rules of
 * that place. They are none that the draft quotes besides, and none that `avoids` says; null if no
 * others stand.
 */
export async function otherRun(
  read: QuotedPosts,
  content: DigestContent,
  quote: QuotedSentence,
  avoids: (words: string) => boolean,
): Promise<QuotedSentence | null> {
  const { postId, country, region, createdAt } = quote;
  const text = read.texts.get(postId);
  const slot = slotOf(content, refOf(quote));
  if (!slot || !text) return null;
  const kinds = read.kinds.get(postId) ?? [];
  const place = slot.in === 'section' ? slot.voice.place : null;
  const post = { id: postId, authorId: '', country, region, createdAt, kinds, place };
  const quoted = quotesOf(content).filter((other) => refOf(other) !== refOf(quote));
  const from = choosingFrom(new Map([[postId, text]]), { taken: new Set(), quoted, avoids });
  if (slot.in === 'section' && slot.section.instead) {
    const reports = kinds.length > 0;
    const [other] = await slot.section.instead(slot.voice, {
      contributions: reports ? [post] : [],
      remarks: reports ? [] : [{ ...post, questionNumber: read.questions.get(postId) ?? null }],
      read: async () => from,
    });
    return other ?? null;
  }
  const about = slot.in === 'barrier' ? slot.kind : kinds[0];
  if (!about) return null;
  const reports = slot.in === 'barrier' && slot.keyPoint ? asReportsOf(about, [post]) : [post];
  return pickVaried(bestOfEach(about, reports, from), 1, from)[0] ?? null;
}

interface Given extends Pick<Choosing, 'taken' | 'avoids'> {
  /** What the draft quotes: none of its sentences is quoted again. */
  quoted: readonly QuotedSentence[];
}

function choosingFrom(texts: Choosing['texts'], { taken, quoted, avoids }: Given): Choosing {
  const everything = new Frequencies();
  for (const { language, terms } of texts.values()) everything.add(language, terms);
  for (const quote of quoted) {
    const { sentences = [] } = texts.get(quote.postId) ?? {};
    for (const { start } of sentences.filter(within(quote))) taken.add(`${quote.postId}:${start}`);
  }
  return { taken, texts, everything, avoids };
}
