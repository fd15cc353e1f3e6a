import { eq, inArray } from 'drizzle-orm';
import { type Signs, signsOf } from '~/domain/barriers/suggest';
import { type IndustrySection, isIndustry } from '~/domain/community/vocabularies';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, users } from '~db/schema';
import { ownParagraphs, quotableSentences, type Sentence } from './spans';
import { termsOf } from './terms';

/** The text of a contribution, prepared for quoting. */
export interface QuotableText {
  id: string;
  revision: number;
  /** BCP 47. */
  language: string;
  /** The author's handle. */
  author: string;
  createdAt: number;
  industry: IndustrySection | null;
  terms: Set<string>;
  /** Markdown. */
  body: string;
  /** Its paragraphs as plain text; sentences say in which they stand. */
  paragraphs: string[];
  sentences: Sentence[];
  /** Evidence in the text for kinds of barrier, and proposals. */
  signs: Signs;
}

const BATCH = 500;

/** Reads the texts of posts by id. */
export async function readTexts(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, QuotableText>> {
  const texts = new Map<string, QuotableText>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const rows = await db
      .select({
        id: posts.id,
        body: posts.body,
        html: posts.html,
        revision: posts.revision,
        language: posts.language,
        author: users.handle,
        createdAt: posts.createdAt,
        industry: posts.industry,
      })
      .from(postsInAnyState)
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(inArray(posts.id, ids.slice(at, at + BATCH)));
    for (const { body, html, industry, ...row } of rows) {
      const sentences = quotableSentences(body, html, row.language);
      const terms = termsOf(sentences.map(({ text }) => text).join(' '), row.language);
      texts.set(row.id, {
        ...{ ...row, body, terms, sentences },
        industry: industry && isIndustry(industry) ? industry : null,
        paragraphs: ownParagraphs(html),
        signs: signsOf(body, row.language),
      });
    }
  }
  return texts;
}
