import { z } from 'zod';
import { handleProblem, IMPORTED, tidyHandle } from '~/domain/accounts/users/handles';
import { LONGEST_SENTENCE, LONGEST_TITLE } from '~/domain/barriers/key-points/limits';
import {
  ABOUT_FIELDS,
  FROM_FIELDS,
  importedFields,
  importedTerm,
} from '~/domain/forum/posts/post-fields';
import { SLUG } from '~/domain/forum/threads/slug';
import { DAY } from '~/platform/clock';
import type { Community } from '~/platform/community/community';
import { isLocale } from '~/platform/i18n/locales';
import type { MessageKey } from '~/platform/i18n/translator';
import { readLanguage } from '~/platform/languages/tags';
import { singleLine } from '~/platform/text/visible';
import { SAID_BY } from '~db/schema/conversation';

/*
 * The exchange format: lines of JSON, each a contribution with the names of the public interface, or
 * a line of another file that `export` writes. The properties of a line tell its kind.
 */

/** Maximum length of a line: far more than the longest text with everything escaped. */
const LONGEST_LINE = 512 * 1024;

/** An earlier date is a mistake. */
const EARLIEST = Date.parse('1990-01-01T00:00:00Z');

const HANDLE_FAULTS: Partial<Record<MessageKey, string>> = {
  'people.error.handleEmpty': 'is empty',
  'people.error.handleLength': `must have ${IMPORTED.shortest} to ${IMPORTED.longest} characters`,
  'people.error.handleCharacters':
    'must be letters, digits, "_" or "-", and begin and end with a letter or digit',
  'people.error.handleScript': 'must be in one script',
};

const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "_" or "-" without accents');

const slug = z.string().min(1).max(200);

/** The same rule as for sign-up, except for the length. */
const handle = z
  .string()
  .transform(tidyHandle)
  .superRefine((text, { addIssue }) => {
    const problem = handleProblem(text, IMPORTED);
    if (problem) addIssue(HANDLE_FAULTS[problem] ?? 'is not a handle');
  });

const name = z.string().max(100).nullable().default(null);

/** In canonical form, because filters compare canonical tags. */
const language = z
  .string()
  .default('en')
  .transform((tag, { addIssue }) => {
    const canonical = readLanguage(tag);
    if (canonical !== null) return canonical;
    addIssue('is not a BCP 47 language tag');
    return z.NEVER;
  });

const moment = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 date and time' })
  .transform((text) => Date.parse(text))
  .refine((at) => at >= EARLIEST, 'is before 1990');

/** Who wrote a text, where, in which language and when. */
const written = (community: Community) => ({
  author: handle,
  name,
  ...importedFields(FROM_FIELDS, community),
  language,
  createdAt: moment,
  editedAt: moment.nullable().default(null),
});

export const contributionLine = (community: Community) =>
  z.object({
    id,
    thread: z.union([z.number().int().min(1).max(5), slug]),
    replyTo: id.nullable().default(null),
    ...written(community),
    body: z.string(),
    ...importedFields(ABOUT_FIELDS, community),
    /** As many as kinds in an export of this product; the import named the kinds of other files. */
    barriersNamedBy: z.array(z.enum(SAID_BY)).default([]),
    faces: z.array(handle).default([]),
  });

export type ContributionLine = z.output<ReturnType<typeof contributionLine>>;

/** The id, name in links and title of a conversation or thread. */
const titled = {
  id,
  slug: slug.regex(SLUG, 'must be letters, digits and "-"'),
  title: z.string().transform(singleLine).pipe(z.string().min(1).max(400)),
};

/** A conversation, as `storeConversation` stores it, with its state and dates. */
const conversationLine = (community: Community) =>
  z.object({
    ...titled,
    link: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    articleAuthor: z.string().max(400).nullable().default(null),
    language,
    date: z.iso.date().nullable().default(null),
    introduction: z.string().nullable().default(null),
    summaryPoints: z.array(z.string()),
    topics: z
      .array(
        z.object({
          name: z.string(),
          description: z.string(),
          slug: z
            .string()
            .nullable()
            .transform((text) => text && community.resolve('pillar', text)),
        }),
      )
      .default([]),
    glossary: z.array(z.object({ term: z.string(), definition: z.string() })).default([]),
    state: z.enum(['open', 'closed'], 'must be open or closed').default('open'),
    opensAt: moment.nullable().default(null),
    closesAt: moment.nullable().default(null),
    createdAt: moment,
    openedAt: moment.nullable().default(null),
    closedAt: moment.nullable().default(null),
  });

export type ConversationLine = z.output<ReturnType<typeof conversationLine>>;

const threadLine = (community: Community) =>
  z.object({
    ...titled,
    ...written(community),
    questionNumber: z.int().min(1).nullable().default(null),
    /** The slug of a conversation of the file or the site; else that of older files: the first. */
    conversation: slug.nullable().default(null),
    state: z.enum(['open', 'locked'], 'must be open or locked').default('open'),
    ...importedFields({ pillars: ABOUT_FIELDS.pillars }, community),
    body: z.string(),
  });

export type ThreadLine = z.output<ReturnType<typeof threadLine>>;

/** A me-too: the person's country and the date, without the person. */
const affirmationLine = (community: Community) =>
  z.object({
    contribution: id,
    ...importedFields({ country: FROM_FIELDS.country }, community),
    createdAt: moment,
  });

export type AffirmationLine = z.output<ReturnType<typeof affirmationLine>>;

/** A key point; lines of older exports (groups) have neither kind nor date. */
const keyPointLine = (community: Community) =>
  z.object({
    id,
    kind: importedTerm(community, 'barrier', 'is not a barrier kind').nullable().default(null),
    ...importedFields({ region: FROM_FIELDS.region }, community),
    createdAt: moment.nullable().default(null),
    contributions: z.array(id).min(1, 'must name a post'),
  });

export type KeyPointLine = z.output<ReturnType<typeof keyPointLine>>;

const keyPointTextLine = z.object({
  keyPoint: id,
  language: z.string().refine(isLocale, 'is not a language of the interface'),
  title: z.string().transform(singleLine).pipe(z.string().min(1).max(LONGEST_TITLE)),
  sentence: z.string().transform(singleLine).pipe(z.string().min(1).max(LONGEST_SENTENCE)),
  proposedBy: z.enum(['person', 'best-sentence', 'model']).default('person'),
  model: z.string().max(100).nullable().default(null),
  source: id.nullable().default(null),
  accepted: z.union([z.literal(0), z.literal(1)]).default(0),
});

export type KeyPointTextLine = z.output<typeof keyPointTextLine>;

export interface ExchangeLines {
  conversations: Numbered<ConversationLine>[];
  threads: Numbered<ThreadLine>[];
  contributions: Numbered<ContributionLine>[];
  affirmations: Numbered<AffirmationLine>[];
  keyPoints: Numbered<KeyPointLine>[];
  keyPointTexts: Numbered<KeyPointTextLine>[];
  failed: FailedLine[];
}

/** The content of a line, and its number from 1. */
export interface Numbered<Value> {
  line: number;
  value: Value;
}

export interface FailedLine {
  line: number;
  reason: string;
}

export interface ImportReport {
  /** Number of conversations, threads and contributions added (or that would be, in a dry run). */
  added: number;
  /** Number of conversations, threads and contributions that already existed, by id. */
  known: number;
  /** Lines that were not imported, in order. */
  failed: FailedLine[];
}

/** Reads the lines of a JSON Lines text, ignoring empty lines. `now` is in milliseconds. */
export function readExchange(text: string, community: Community, now: number): ExchangeLines {
  const schemas = {
    conversation: conversationLine(community),
    thread: threadLine(community),
    contribution: contributionLine(community),
    affirmation: affirmationLine(community),
    keyPoint: keyPointLine(community),
  };
  const read: ExchangeLines = {
    conversations: [],
    threads: [],
    contributions: [],
    affirmations: [],
    keyPoints: [],
    keyPointTexts: [],
    failed: [],
  };
  for (const [at, source] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = at + 1;
    const fail = (reason: string) => read.failed.push({ line, reason });
    if (source.trim() === '') continue;
    if (source.length > LONGEST_LINE) {
      fail('the line is too long');
      continue;
    }
    let json: unknown;
    try {
      json = JSON.parse(source);
    } catch {
      fail('is not JSON');
      continue;
    }
    const keep = <Value extends object>(schema: z.ZodType<Value>, list: Numbered<Value>[]) => {
      const parsed = schema.safeParse(json);
      const reason = parsed.success ? laterThan(parsed.data, now + DAY) : faultsOf(parsed.error);
      if (parsed.success && reason === null) list.push({ line, value: parsed.data });
      else fail(reason ?? '');
    };
    if (has(json, 'sentence')) keep(keyPointTextLine, read.keyPointTexts);
    else if (has(json, 'summaryPoints')) keep(schemas.conversation, read.conversations);
    else if (has(json, 'title')) keep(schemas.thread, read.threads);
    else if (has(json, 'contribution')) keep(schemas.affirmation, read.affirmations);
    else if (has(json, 'contributions')) keep(schemas.keyPoint, read.keyPoints);
    else keep(schemas.contribution, read.contributions);
  }
  return read;
}

function has(json: unknown, property: string): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, property);
}

function laterThan(value: object, latest: number): string | null {
  for (const property of ['createdAt', 'editedAt'] as const) {
    const at = (value as Record<typeof property, unknown>)[property];
    if (typeof at === 'number' && at > latest) return `${property} is after tomorrow`;
  }
  return null;
}

function faultsOf(error: z.ZodError): string {
  const reasons = error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  return reasons.join('; ').trim();
}
