import { index, integer, primaryKey, table, text } from '../dialect';
import { id, json, moment } from './columns';
import { users } from './people';

/*
 * The community's own words: the fields of action (pillars), the kinds of barrier, the terms of the
 * glossary, the rules, the saved replies of moderators, the industries, what pages say about its
 * subject, and what conversations and their questions say in other languages. They are data of each
 * site; db/seed has those of a new one.
 */

export type Vocabulary =
  | ('pillar' | 'barrier' | 'glossary')
  | ('rule' | 'reply' | 'industry' | 'text');

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

/** What each part of a term's words translates; see `termTexts.originals`. */
export type TranslatedParts = Partial<
  Record<'name' | 'short' | 'description' | 'examples', TranslatedText>
>;

/** A text that was translated: its language, BCP 47, and its fingerprint. */
export interface TranslatedText {
  language: string;
  key: string;
}

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
    /**
     * What the parts translate: with another fingerprint, a part is out of date. Empty for the original,
     * and for words from before this was kept, until the original changes.
     */
    originals: json<TranslatedParts>('originals'),
  },
  (t) => [primaryKey({ columns: [t.vocabulary, t.slug, t.language] })],
);

/**
 * How strongly a phrase speaks for a kind of barrier: `barrier` states one by itself ("power cuts"),
 * `topic` needs a problem stated beside it ("electricity"), `hint` is a weak topic ("village").
 */
export type CueStrength = 'barrier' | 'topic' | 'hint';

/** Phrases in the syntax that db/seed/lexicon/README.md explains. */
export type CueWords = Record<CueStrength, string[]>;

/** The cue words of kinds that a site has changed; those of others are in db/seed/lexicon. */
export const cueWords = table(
  'cue_words',
  {
    kind: text('kind').notNull(),
    /** One of the languages of the lexicon. */
    language: text('language').notNull(),
    words: json<CueWords>('words').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.language] })],
);

export type CommunityAct = ('add' | 'rename' | 'reorder' | 'retire' | 'restore' | 'merge') | 'cues';

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

/** What has translations: a question, which is a thread, or a conversation. */
export type TranslatedSubject = 'thread' | 'conversation';

/** The prompt is the opening post of a thread; the points of a summary are lines. */
export type TranslatedField = 'title' | 'prompt' | 'introduction' | 'summary';

/**
 * Translations of the site's own texts. Rows are never changed, except that one can be undone: the
 * newest that is not undone counts, and an empty text says that there is no translation any more.
 */
export const translations = table(
  'translations',
  {
    id: id().primaryKey(),
    subject: text('subject').$type<TranslatedSubject>().notNull(),
    subjectId: text('subject_id').notNull(),
    field: text('field').$type<TranslatedField>().notNull(),
    /** BCP 47. */
    language: text('language').notNull(),
    text: text('text').notNull(),
    /** Safe HTML of a prompt, which is Markdown; empty for texts that are shown as they are. */
    html: text('html').notNull(),
    /** The fingerprint of the text that was translated: with another, it is out of date. */
    original: text('original').notNull(),
    at: moment('at').notNull(),
    /** Who wrote it; empty for those of a new site, and where it is not known any more. */
    personId: text('person_id').references(() => users.id),
    undoneAt: moment('undone_at'),
    undoneById: text('undone_by_id').references(() => users.id),
  },
  (t) => [index('translations_subject').on(t.subject, t.subjectId, t.language)],
);
