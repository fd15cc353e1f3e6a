import { index, integer, primaryKey, table, text } from '../dialect';
import { id, json, moment } from './columns';
import { users } from './people';

/*
 * The community's own words: the fields of action (pillars), the kinds of barrier and the terms of
 * the glossary. They are data of each site; db/seed/community.json has those of a new one.
 */

export type Vocabulary = 'pillar' | 'barrier' | 'glossary';

/** A retired term is no longer offered; a merged one stands for the one it was merged into. */
export type TermState = 'active' | 'retired' | 'merged';

/** What the vocabularies contain. Rows are never deleted, because posts and links name them. */
export const terms = table(
  'terms',
  {
    vocabulary: text('vocabulary').$type<Vocabulary>().notNull(),
    /** Part of links and files, and never changed. */
    slug: text('slug').notNull(),
    /** Its place in lists, smallest first. */
    position: integer('position').notNull(),
    /** The icon and the colour, by name; empty for those of terms that have none. */
    glyph: text('glyph'),
    colour: text('colour'),
    state: text('state').$type<TermState>().notNull(),
    /** The slug of the term that this one was merged into. */
    mergedInto: text('merged_into'),
  },
  (t) => [primaryKey({ columns: [t.vocabulary, t.slug] })],
);

/** What a term is called in a language; empty where a text is missing. */
export const termTexts = table(
  'term_texts',
  {
    vocabulary: text('vocabulary').$type<Vocabulary>().notNull(),
    slug: text('slug').notNull(),
    /** BCP 47. */
    language: text('language').notNull(),
    name: text('name').notNull(),
    /** The name where there is little room. */
    short: text('short').notNull(),
    description: text('description').notNull(),
    examples: text('examples').notNull(),
  },
  (t) => [primaryKey({ columns: [t.vocabulary, t.slug, t.language] })],
);

export type CommunityAct = 'add' | 'rename' | 'reorder' | 'retire' | 'restore' | 'merge';

/** Changes of the vocabularies: the public record, and what an undo puts back. */
export const communityChanges = table(
  'community_changes',
  {
    id: id().primaryKey(),
    at: moment('at').notNull(),
    /** Who made it; empty where it is not known any more. */
    personId: text('person_id').references(() => users.id),
    act: text('act').$type<CommunityAct>().notNull(),
    vocabulary: text('vocabulary').$type<Vocabulary>().notNull(),
    slug: text('slug').notNull(),
    /** Why, in the words of who made it. */
    reason: text('reason').notNull(),
    before: json<unknown>('before').notNull(),
    after: json<unknown>('after').notNull(),
    undoneAt: moment('undone_at'),
    undoneById: text('undone_by_id').references(() => users.id),
  },
  (t) => [index('community_changes_at').on(t.at)],
);
