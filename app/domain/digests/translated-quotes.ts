import { inArray } from 'drizzle-orm';
import type { Author } from '~/domain/accounts/users/profile';
import { asOneLine, ownParagraphs, withoutMentions } from '~/domain/barriers/quoting/spans';
import { presentTranslations } from '~/domain/forum/translations/translations';
import { postsInAnyState } from '~/domain/forum/visibility';
import { isInLanguage } from '~/platform/languages/tags';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import type { PickedWords } from '~db/schema/writing';
import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { quotingDigests } from './disputes';
import { refOf } from './quote-slots';
import type { Shown } from './signature';

/*
 * What a person's translation of a post says for a quote of the post. Of a post that is quoted whole
 * that is the whole translation. Otherwise people pick the words when they translate: which sentence
 * is which would be a guess, and a wrong one would put words into the author's mouth.
 */

/** A quote as a person translated it. */
export interface TranslatedQuote {
  /** The quote, by `refOf`. */
  ref: string;
  /** BCP 47. */
  language: string;
  translator: Author;
  /** UTC milliseconds. */
  createdAt: number;
  /** The translated words; null where nobody picked them. */
  text: string | null;
}

/**
 * Returns the quotes of a digest that people have translated, in all languages; those of posts that
 * may not be shown are left out, and so are translations by machines and of older texts.
 */
export async function translatedQuotes(
  db: Db,
  content: DigestContent,
  visible: Pick<Shown, 'has'>,
): Promise<TranslatedQuote[]> {
  const quotes = quotesOf(content).filter(({ postId }) => visible.has(postId));
  const ids = [...new Set(quotes.map(({ postId }) => postId))];
  const found = Map.groupBy(await presentTranslations(db, ids), ({ postId }) => postId);
  const bodies = await readBodies(db, [...found.keys()]);
  return quotes.flatMap((quote) =>
    (found.get(quote.postId) ?? []).flatMap(({ translator, language, createdAt, ...one }) => {
      if (!('person' in translator) || isInLanguage(quote.language, language)) return [];
      const text = isWhole(quote, bodies.get(quote.postId) ?? '')
        ? ownWords(one.text)
        : pickedFor(quote, one.picked);
      return [{ ref: refOf(quote), language, translator: translator.person, createdAt, text }];
    }),
  );
}

async function readBodies(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: posts.id, body: posts.body })
    .from(postsInAnyState)
    .where(inArray(posts.id, [...ids]));
  return new Map(rows.map(({ id, body }) => [id, body]));
}

type Place = Pick<QuotedSentence, 'start' | 'end'>;

/** Returns what was picked out of a translation for a quote; null if nothing was. */
export function pickedFor({ start, end }: Place, picked: readonly PickedWords[]): string | null {
  return picked.find((words) => words.start === start && words.end === end)?.text ?? null;
}

/** True if the author wrote nothing else, but for the handles of those whom they answer. */
function isWhole({ start, end }: Place, body: string): boolean {
  return withoutMentions(`${body.slice(0, start)} `).trim() === '' && body.slice(end).trim() === '';
}

/** The translator's own words in one line: no quotations and no code. `html` is a translation. */
function ownWords(html: string): string {
  return asOneLine(ownParagraphs(html).map(withoutMentions).join(' ')).trim();
}

/** Returns the parts of a post that published digests quote, each once, unless that is all of it. */
export async function quotedParts(
  db: Db,
  post: { id: string; body: string; revision: number },
): Promise<QuotedSentence[]> {
  const quotes = (await quotingDigests(db, post.id))
    .filter(({ state }) => state === 'published')
    .flatMap((digest) => digest.quotes)
    .filter((quote) => quote.revision === post.revision && !isWhole(quote, post.body));
  return [...new Map(quotes.map((quote) => [refOf(quote), quote])).values()];
}

/**
 * Returns the words that were typed for quotes of a post, by `refOf`, as they are stored; null for a
 * quote whose words do not stand in the translation (`html`). Empty ones are left out.
 */
export function pickWords(
  quotes: readonly QuotedSentence[],
  typed: ReadonlyMap<string, string>,
  html: string,
): { ref: string; picked: PickedWords | null }[] {
  const whole = ownWords(html);
  return quotes.flatMap((quote) => {
    const ref = refOf(quote);
    const text = asOneLine(typed.get(ref) ?? '').trim();
    if (text === '') return [];
    const { start, end } = quote;
    return [{ ref, picked: whole.includes(text) ? { start, end, text } : null }];
  });
}
