import { setImmediate as breathe } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import { kindsInTexts } from '~/domain/barriers/kinds-in-texts';
import { type ReadText, readText } from '~/domain/barriers/quoting/quote-rules';
import { type IndustrySection, isIndustry } from '~/domain/community/vocabularies';
import { postsInAnyState } from '~/domain/forum/visibility';
import { batchesOf } from '~/platform/batches';
import type { Community } from '~/platform/community/community';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { posts, users } from '~db/schema';
import { termsOf } from './terms';

/** The text of a contribution, prepared for quoting. */
export interface QuotableText extends ReadText {
  id: string;
  revision: number;
  /** The author's handle. */
  author: string;
  createdAt: number;
  industry: IndustrySection | null;
  terms: Set<string>;
}

/** What a post answers; its words are compared, never shown. */
const answered = alias(postsInAnyState, 'answered');

/** Reads the texts of posts by id, for the kinds of a community. */
export async function readTexts(
  db: Db,
  ids: readonly string[],
  community: Community,
): Promise<Map<string, QuotableText>> {
  const site = kindsInTexts(community);
  const texts = new Map<string, QuotableText>();
  for (const batch of batchesOf(ids)) {
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
        answered: answered.body,
      })
      .from(postsInAnyState)
      .innerJoin(users, eq(users.id, posts.authorId))
      .leftJoin(answered, eq(answered.id, posts.parentId))
      .where(inArray(posts.id, batch));
    for (const { html, industry, ...row } of rows) {
      const read = readText({ ...row, html }, site);
      texts.set(row.id, {
        ...row,
        ...read,
        terms: termsOf(read.sentences.map(({ text }) => text).join(' '), row.language),
        industry: industry && isIndustry(industry) ? industry : null,
      });
    }
    await breathe();
  }
  return texts;
}
