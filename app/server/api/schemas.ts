import { z } from 'zod';
import { ABOUT_FIELDS, apiFields, FROM_FIELDS } from '~/domain/forum/posts/post-fields';
import { SAID_BY } from '~db/schema/conversation';

/*
 * Schemas of the responses of /api/v1. Responses are validated against them and the OpenAPI
 * description is generated from them, so that the two cannot differ.
 */

const url = z.url().describe('Absolute URL');
const moment = z.iso.datetime().describe('UTC');
const language = z.string().describe('BCP 47');
const kind = ABOUT_FIELDS.barriers.api.element;

const author = z.object({ handle: z.string(), name: z.string().nullable(), url });

export const threadSchema = z
  .object({
    id: z.string(),
    url,
    title: z.string(),
    language,
    translations: z
      .array(z.object({ language, title: z.string() }))
      .describe('The title in other languages; empty for threads that people start'),
    author,
    pillars: ABOUT_FIELDS.pillars.api,
    conversation: z
      .string()
      .nullable()
      .describe('The conversation that it belongs to: the end of its URL, /c/…'),
    questionNumber: z.int().nullable().describe('Its number among the questions of the article'),
    createdAt: moment,
    activeAt: moment.describe('When the newest public post was written, in UTC'),
    answers: z.int().describe('Public posts and replies'),
    people: z.int().describe('How many people wrote public posts'),
  })
  .meta({ id: 'Thread' });

export const contributionSchema = z
  .object({
    id: z.string().describe('Never changes'),
    url,
    thread: z.object({ id: z.string(), title: z.string(), url }),
    replyTo: z.string().nullable().describe('The id of the post that it replies to'),
    author,
    ...apiFields(FROM_FIELDS),
    language,
    createdAt: moment,
    editedAt: moment.nullable(),
    body: z.string().describe('Markdown, as it was written'),
    html: z.string().describe('The same as safe HTML'),
    translations: z
      .array(
        z.object({
          language,
          body: z.string().describe('Markdown'),
          translator: author.nullable().describe('The person who wrote it; null for a machine'),
          machine: z.string().nullable().describe('The program that wrote it; null for a person'),
          createdAt: moment,
        }),
      )
      .describe('Translations of the present text, of each language the newest'),
    ...apiFields(ABOUT_FIELDS),
    barriersNamedBy: z.array(z.enum(SAID_BY)).describe('Who named each kind, in their order'),
    faces: z.object({
      people: z.int().describe('How many people said "I face this too". Where they are is private'),
    }),
  })
  .meta({ id: 'Contribution' });

const people = z
  .int()
  .describe('How many people reported it. They chose to take part and are not representative');
const trend = z
  .enum(['more', 'less', 'grown', 'new'])
  .nullable()
  .describe(
    'Compared with the period before. more, less: people and their share moved the same way; grown: more people because more wrote; new: no one reported it before; null: no trend',
  );
const kindFigure = z.object({ kind, people });

export const figuresSchema = z
  .object({
    note: z.string(),
    least: z.int().describe('The least number of people for a trend'),
    people,
    kinds: z.array(kindFigure.extend({ trend })),
    namedBy: z
      .record(z.enum(SAID_BY), z.int())
      .describe(
        'For how many reports the author, a moderator, an import or a machine named a kind',
      ),
    places: z.array(
      z.object({
        place: z
          .string()
          .nullable()
          .describe('M49 or alpha-2; null if no country or region is given'),
        people,
        trend,
        kinds: z.array(kindFigure),
      }),
    ),
  })
  .meta({ id: 'Figures' });

export const digestSchema = z
  .object({
    scope: z.string().describe('world, M49 or alpha-2'),
    period: z.string(),
    version: z.int(),
    publishedAt: moment,
    url,
    json: url,
    csv: url,
  })
  .meta({ id: 'Digest' });

/** Part of every response. */
export const common = {
  license: url.describe('The licence of the posts'),
  next: url.nullable().describe('The URL of the next results; null at the end'),
};

export const periodSchema = z
  .object({ from: moment, until: moment })
  .describe('From `from`, to just before `until`');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
  })
  .meta({ id: 'Problem' });
