import { LICENCE } from '~/domain/community/licence';
import { ABOUT_FIELDS, FROM_FIELDS } from '~/domain/forum/posts/post-fields';
import type { Community } from '~/platform/community/community';

/** A column of an exported table, in the terms of Frictionless Table Schema. */
export interface Field {
  name: string;
  type: 'string' | 'integer' | 'datetime' | 'array';
  description: string;
}

export interface ExportedTable {
  /** The files are `NAME.jsonl` and `NAME.csv`. */
  name: string;
  description: string;
  fields: readonly Field[];
}

const field = (name: string, type: Field['type'], description: string): Field => ({
  name,
  type,
  description,
});

const createdAt = field('createdAt', 'datetime', 'When it was written, in UTC.');
const editedAt = field('editedAt', 'datetime', 'When it was last edited, in UTC, or empty.');
const displayName = field('name', 'string', "The author's display name, or empty.");
const language = field('language', 'string', 'BCP 47.');

/** Columns that are described by a list elsewhere. */
const described = (fields: Record<string, { exported: Omit<Field, 'name'> }>): Field[] =>
  Object.entries(fields).map(([name, { exported }]) => ({ name, ...exported }));

/** All tables that `export` writes, with their columns in the order of the files. */
export const EXPORTED = {
  conversations: {
    name: 'conversations',
    description:
      'Conversations that were opened: one article each. `import` reads the lines of the JSON file.',
    fields: [
      field('id', 'string', 'Never changes.'),
      field('slug', 'string', 'The conversation is at /c/SLUG.'),
      field('title', 'string', 'Of the article.'),
      field('link', 'string', 'The URL of the article, or empty.'),
      field('articleAuthor', 'string', 'Who wrote the article, or empty.'),
      language,
      field('date', 'string', 'When the article appeared, or empty.'),
      field('introduction', 'string', 'Text, or empty.'),
      field('summaryPoints', 'array', 'What the article says in short.'),
      field(
        'topics',
        'array',
        'Topics that the article names: name, description, and slug or empty. JSON in the CSV file.',
      ),
      field(
        'glossary',
        'array',
        'Terms that the article explains: term and definition. JSON in the CSV file.',
      ),
      field('state', 'string', 'open, or closed: no one can post in it any more.'),
      field('opensAt', 'datetime', 'From when it takes posts, in UTC, or empty.'),
      field('closesAt', 'datetime', 'Until when it takes posts, in UTC, or empty.'),
      createdAt,
      field('openedAt', 'datetime', 'Since when it is public, in UTC.'),
      field('closedAt', 'datetime', 'Since when it is closed, in UTC, or empty.'),
    ],
  },
  threads: {
    name: 'threads',
    description:
      'Public threads with their opening posts. `import` reads the lines of the JSON file.',
    fields: [
      field('id', 'string', 'Never changes. The thread is at /t/ID.'),
      field('slug', 'string', 'Its name in URLs.'),
      field('title', 'string', 'As it was written.'),
      field('author', 'string', 'Handle.'),
      displayName,
      ...described(FROM_FIELDS),
      language,
      createdAt,
      editedAt,
      field('state', 'string', 'open, or locked: no one can post in it any more.'),
      field(
        'questionNumber',
        'integer',
        'Its number among the questions of the article, or empty.',
      ),
      field('conversation', 'string', 'The slug of the conversation that it belongs to, or empty.'),
      ...described({ pillars: ABOUT_FIELDS.pillars }),
      field('body', 'string', 'The opening post, Markdown.'),
    ],
  },
  contributions: {
    name: 'contributions',
    description: 'Public posts and replies. `import` reads the lines of the JSON file.',
    fields: [
      field('id', 'string', 'Never changes. The post is at /p/ID.'),
      field('thread', 'string', 'The slug of its thread.'),
      field(
        'replyTo',
        'string',
        'The id of the post that it replies to, if that post is public; or empty.',
      ),
      field('author', 'string', 'Handle.'),
      displayName,
      ...described(FROM_FIELDS),
      language,
      createdAt,
      editedAt,
      field('body', 'string', 'Markdown, as it was written.'),
      ...described(ABOUT_FIELDS),
      field(
        'barriersNamedBy',
        'array',
        'Who named each of its kinds, in their order: author, moderator, import, machine.',
      ),
      field('facing', 'integer', 'How many people said “I face this too”.'),
      field(
        'faces',
        'array',
        'Handles of imported people who said so. Handles of members are private.',
      ),
      field('keyPoint', 'string', 'The id of the key point that it reports, or empty.'),
    ],
  },
  meToos: {
    name: 'affirmations',
    description:
      'Who said “I face this too” of a public post: imported people only, once each, without names. What members said is private.',
    fields: [
      field('contribution', 'string', 'The id of the post.'),
      field('country', 'string', 'Where the person is: ISO 3166-1 alpha-2, or empty.'),
      field('createdAt', 'datetime', 'When the person said so, in UTC.'),
    ],
  },
  keyPoints: {
    name: 'key-points',
    description:
      'Key points: concrete barriers that a person confirmed, each with its public posts.',
    fields: [
      field('id', 'string', 'Never changes. The key point is at /key-points/ID.'),
      field('kind', 'string', 'The kind of barrier.'),
      field('region', 'string', 'UN M49.'),
      createdAt,
      field('contributions', 'array', 'The ids of its posts, oldest first.'),
      field('facing', 'integer', 'How many people face it too, besides the authors.'),
      field('notHere', 'integer', 'How many people say that they do not face it.'),
      field('noLonger', 'integer', 'How many people say that they no longer face it.'),
    ],
  },
  keyPointTexts: {
    name: 'key-point-titles',
    description: 'The titles of key points, in the languages of the interface.',
    fields: [
      field('keyPoint', 'string', 'The id of the key point.'),
      language,
      field('title', 'string', 'At most 120 characters.'),
      field('sentence', 'string', 'The barrier in one sentence, at most 240 characters.'),
      field('proposedBy', 'string', 'person, best-sentence (words of a post) or model.'),
      field('model', 'string', 'The language model that proposed it, or empty.'),
      field('source', 'string', 'The id of the post whose words it uses, or empty.'),
      field('accepted', 'integer', '1 if a person accepted it, otherwise 0.'),
    ],
  },
  translations: {
    name: 'translations',
    description:
      'Translations of contributions by members and machines, of the present text, in each language the newest. `import` does not read them.',
    fields: [
      field('contribution', 'string', 'The id of the contribution, which is the original.'),
      language,
      field('body', 'string', 'Markdown.'),
      field('translator', 'string', 'The handle of the person who wrote it, or empty.'),
      field('machine', 'string', 'The program that wrote it, or empty.'),
      field('createdAt', 'datetime', 'UTC.'),
    ],
  },
  digests: {
    name: 'digests',
    description:
      'Published digests. The content of each is at its URL. Each of its quotes has a `selector`, a TextQuoteSelector of the W3C Web Annotation Data Model. `exact` is always there. `prefix`, `suffix` and the `paragraph` around the quote are left out in two cases. A moderator had only the region of the author shown: the words beside the quote may name the country. Or those words could identify a person.',
    fields: [
      field('id', 'string', 'Never changes.'),
      field('scope', 'string', 'world, UN M49 or ISO 3166-1 alpha-2.'),
      field(
        'period',
        'string',
        'A month (2026-10), ISO week (2026-W44) or quarter (2026-Q4), in UTC.',
      ),
      field('version', 'integer', 'From 1.'),
      field('contentHash', 'string', 'SHA-256 of the content.'),
      field('publishedAt', 'datetime', 'UTC.'),
      field('url', 'string', 'URL of the JSON file.'),
    ],
  },
} satisfies Record<string, ExportedTable>;

const NOTES = [
  'These files contain what was public when they were written. Hidden, waiting and deleted posts are in no file.',
  'People chose to take part. They do not represent their region or their profession. Say so wherever you count them, and claim no share, rank or trend of a few people.',
  'In the CSV files, lists are joined with spaces, and an empty cell means no value. A text that a spreadsheet would run as a formula begins with an apostrophe.',
];

/** Returns the data dictionary for people, as Markdown. */
export function dictionaryText(community: Community): string {
  const tables = Object.values<ExportedTable>(EXPORTED).flatMap(({ name, description, fields }) => [
    `## ${name}.jsonl, ${name}.csv`,
    '',
    description,
    '',
    '| column | type | |',
    '|---|---|---|',
    ...fields.map(
      (one) => `| \`${one.name}\` | ${one.type} | ${withTerms(one.description, community)} |`,
    ),
    '',
  ]);
  const head = ['# Public data', '', ...NOTES.flatMap((note) => [note, ''])];
  const licence = [`Posts: CC BY 4.0, ${LICENCE}. Name their authors.`, ''];
  return [...head, ...licence, ...tables].join('\n');
}

/** Returns the same as a Frictionless Data Package (https://specs.frictionlessdata.io). */
export function dataPackage(community: Community): object {
  return {
    profile: 'data-package',
    name: 'causeway-public-data',
    licenses: [{ name: 'CC-BY-4.0', path: LICENCE, title: 'CC BY 4.0 (posts)' }],
    resources: Object.values<ExportedTable>(EXPORTED).map(({ name, description, fields }) => ({
      profile: 'tabular-data-resource',
      name,
      description,
      path: `${name}.csv`,
      format: 'csv',
      encoding: 'utf-8',
      schema: {
        // In CSV a list is text joined with spaces.
        fields: fields.map((one) => ({
          ...one,
          type: one.type === 'array' ? 'string' : one.type,
          description: withTerms(one.description, community),
        })),
        missingValues: [''],
      },
    })),
  };
}

/** Names the terms of the community where a description has `{barrier}` or `{pillar}`. */
function withTerms(description: string, { kinds, pillars }: Community): string {
  return description.replace('{barrier}', kinds.join(', ')).replace('{pillar}', pillars.join(', '));
}
