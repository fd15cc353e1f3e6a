import { and, desc, eq } from 'drizzle-orm';
import {
  changeVocabulary,
  LONGEST_REASON,
  LONGEST_TEXT,
} from '~/domain/community/change-vocabulary';
import type { AppContext } from '~/platform/app-context';
import {
  type Community,
  NO_TEXT,
  storedTexts,
  type TermText,
} from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { terms, termTexts } from '~db/schema';
import { type ParsedPost, parsePost } from './blog-post/parse-post';
import { type PillarMatch, pillarMatches } from './blog-post/pillar-matches';
import { PostFormatError } from './blog-post/post-format-error';
import { lettersAndDigits } from './blog-post/question-key';
import { siteAccount } from './site-account';

/** What was found in a post, for a person to check and change. */
export interface PostPreview extends Omit<ParsedPost, 'pillars'> {
  pillars: (PillarMatch & { description: string })[];
}

/**
 * Reads a blog post that was pasted into the field `article` or sent in `file`, and matches its pillars.
 * @throws DomainError `invalid` if it cannot be read
 */
export function readPost(
  community: Community,
  source: string,
  field: 'article' | 'file' = 'article',
): PostPreview {
  try {
    const post = parsePost(source);
    return { ...post, pillars: matchPillars(community, post.pillars) };
  } catch (error) {
    if (!(error instanceof PostFormatError)) throw error;
    const { fault } = error;
    const known = fault === 'empty' || fault === 'not-text' || fault === 'too-large';
    throw new DomainError('invalid', `conversations.fault.${known ? fault : 'unreadable'}`, {
      field,
    });
  }
}

/** The words of a term, also those that translate an older original: a post that names it means it. */
function wordsOf(community: Community, vocabulary: 'pillar' | 'glossary', slug: string) {
  const term = community.find(vocabulary, slug);
  return term ? storedTexts(term) : new Map<string, TermText>();
}

/** Matches the pillars that a post names with those that the community offers. */
export function matchPillars(
  community: Community,
  found: ParsedPost['pillars'],
): PostPreview['pillars'] {
  const existing = community.pillars.map((slug) => {
    const words = [...wordsOf(community, 'pillar', slug).values()];
    const names = words.flatMap(({ name, short }) => [name, short]);
    return { slug, names: names.filter(Boolean) };
  });
  const matches = pillarMatches(
    found.map(({ name }) => name),
    existing,
  );
  return found.flatMap((pillar, at) => {
    const match = matches[at];
    return match ? [{ ...match, description: pillar.description }] : [];
  });
}

/** The terms of a post that the glossary of the site does not have in its language. */
export function newTerms(
  community: Community,
  found: readonly { term: string; definition: string }[],
  language: string,
): { name: string; description: string }[] {
  const nameOf = (slug: string) => wordsOf(community, 'glossary', slug).get(language)?.name;
  const known = new Set(community.glossary.map((slug) => nameOf(slug)?.toLowerCase()));
  return found
    .filter(({ term }) => !known.has(term.toLowerCase()))
    .map(({ term, definition }) => ({ name: term, description: definition }));
}

/**
 * Adds pillars or glossary terms of a post to the community, in one transaction, and returns their slugs
 * by name. A term that has this name already, as when the form is sent twice, is returned and not added.
 * The title of the post is the public reason; without a person the site itself adds them.
 */
export async function addTerms(
  app: AppContext,
  personId: string | null,
  vocabulary: 'pillar' | 'glossary',
  found: readonly { name: string; description: string }[],
  post: { title: string; language: string },
): Promise<Map<string, string>> {
  if (found.length === 0) return new Map();
  const slugs = await app.db.write(async (tx) => {
    const by = personId ?? (await siteAccount(tx, app.clock, app.community.settings.siteName));
    const added = new Map<string, string>();
    const existing = await activeTerms(tx, vocabulary, post.language);
    for (const { name: whole, description } of found) {
      const name = whole.slice(0, LONGEST_TEXT.name);
      const known = existing.get(lettersAndDigits(name));
      if (known) {
        added.set(whole, known);
        continue;
      }
      const text = {
        ...NO_TEXT,
        name,
        description: description.slice(0, LONGEST_TEXT.description),
      };
      added.set(
        whole,
        await changeVocabulary(tx, app, by, {
          vocabulary,
          act: 'add',
          reason: `“${post.title}”`.slice(0, LONGEST_REASON),
          words: { glyph: null, colour: null, texts: { [post.language]: text } },
        }),
      );
    }
    return added;
  });
  await app.refreshCommunity();
  return slugs;
}

/** The slugs of the terms in use by their names in a language, without case and signs. */
async function activeTerms(
  tx: Db,
  vocabulary: 'pillar' | 'glossary',
  language: string,
): Promise<Map<string, string>> {
  const rows = await tx
    .select({ name: termTexts.name, slug: terms.slug })
    .from(terms)
    .innerJoin(
      termTexts,
      and(eq(termTexts.vocabulary, terms.vocabulary), eq(termTexts.slug, terms.slug)),
    )
    .where(
      and(
        eq(terms.vocabulary, vocabulary),
        eq(terms.state, 'active'),
        eq(termTexts.language, language),
      ),
    )
    .orderBy(desc(terms.position));
  // Of two with one name, the first in order.
  return new Map(rows.map(({ name, slug }) => [lettersAndDigits(name), slug]));
}
