import { z } from 'zod';
import { ABOUT_FIELDS, apiFields, FROM_FIELDS } from '~/domain/forum/posts/post-fields';

/*
 * Schemas of the responses of /api/v1. Responses are validated against them and the OpenAPI
 * description is generated from them, so that the two cannot differ.
 */

const url = z.url().describe('Absolute address');
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
    author,
    pillars: ABOUT_FIELDS.pillars.api,
    questionNumber: z.int().nullable().describe('Place among the questions of the blog post'),
    createdAt: moment,
    activeAt: moment.describe('When the newest public post was made, UTC'),
    answers: z.int().describe('Public contributions and replies'),
    people: z.int().describe('Distinct people who wrote in public'),
  })
  .meta({ id: 'Thread' });

export const contributionSchema = z
  .object({
    id: z.string().describe('Stays the same'),
    url,
    thread: z.object({ id: z.string(), title: z.string(), url }),
    replyTo: z.string().nullable().describe('The post that is answered'),
    author,
    ...apiFields(FROM_FIELDS),
    language,
    createdAt: moment,
    editedAt: moment.nullable(),
    body: z.string().describe('Markdown, as it was written'),
    html: z.string().describe('The same, rendered and made safe'),
    ...apiFields(ABOUT_FIELDS),
    faces: z.object({
      people: z.int().describe('Who said "I face this too"'),
      countries: z.int(),
    }),
  })
  .meta({ id: 'Contribution' });

const people = z
  .int()
  .describe('Distinct people who reported it: self-selected, not representative');
const trend = z
  .enum(['more', 'less', 'grown', 'new'])
  .nullable()
  .describe(
    'Against the period before: people and their share of all moved the same way; grown where more people wrote; null where nothing can be said',
  );
const kindFigure = z.object({ kind, people });

export const figuresSchema = z
  .object({
    note: z.string(),
    least: z.int().describe('The fewest people that a trend needs'),
    people,
    kinds: z.array(kindFigure.extend({ trend })),
    places: z.array(
      z.object({
        place: z
          .string()
          .nullable()
          .describe('M49 or alpha-2; null where no country or region is given'),
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
  license: url.describe('Licence of the contributions'),
  next: url.nullable().describe('The rest; null at the end'),
};

export const periodSchema = z.object({ from: moment, until: moment }).describe('Half-open');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
  })
  .meta({ id: 'Problem' });
