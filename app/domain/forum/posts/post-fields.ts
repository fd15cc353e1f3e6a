import { z } from 'zod';
import {
  type BarrierKind,
  type Impact,
  INDUSTRIES,
  type IndustrySection,
  isIndustry,
  type Pillar,
} from '~/domain/community/vocabularies';
import { type Community, perCommunity, type Vocabulary } from '~/platform/community/community';
import type { MessageKey } from '~/platform/i18n/translator';
import {
  type CountryCode,
  isCountry,
  isRegion,
  type PlaceCode,
  type RegionCode,
  regionOf,
} from '~/platform/places/places';
import { findCountry, placesNear } from '~/platform/places/typed';
import type { postDetailColumns } from '~db/schema/conversation';
import { type PostPlace, parsePlace } from './typed-place';

/*
 * The fields of a post besides its text, in one list. It is used by forms, drafts, storage, import,
 * export, the API and the data dictionary. A new field needs a column in
 * `db/schema/conversation.ts` (or a table there, named in `stored-details.ts`), an entry here, and
 * a control and display in `app/ui/forum/post-fields.tsx`; the compiler reports whichever is
 * missing.
 */

/** The fields of a post as stored and read; null or empty if not given. */
export interface PostDetails extends Record<keyof typeof postDetailColumns, unknown> {
  /** The place that the post is about. */
  country: CountryCode | null;
  /** The country's region, or the region that the author chose instead of a country. */
  region: RegionCode | null;
  industry: IndustrySection | null;
  /**
   * The place that the author gave, where the post is about another place; that one is not known, so
   * `country` and `region` are null, and the post counts for no place.
   */
  writtenFrom: PlaceCode | null;
  barriers: BarrierKind[];
  pillars: Pillar[];
  /** The impact of a barrier, 1 to 3. */
  impact: Impact | null;
  /** Who says that the post reports no barrier: then it is evidence of none. */
  notBarrier: 'author' | 'moderator' | null;
}

export const NO_DETAILS: Readonly<PostDetails> = {
  country: null,
  region: null,
  industry: null,
  writtenFrom: null,
  barriers: [],
  pillars: [],
  impact: null,
  notBarrier: null,
};

/** In a form that was read: the place is not the one that the post is about. */
const ELSEWHERE = 'elsewhere';

/** What the field of the kinds holds where no barrier is reported. */
export const NO_BARRIER = 'none';

/** The forms that write posts. Replies where barriers are reported use `report`. */
export type PostForm = 'thread' | 'reply' | 'report' | 'edit';

const EVERY_FORM: readonly PostForm[] = ['thread', 'reply', 'report', 'edit'];

/** How to read a field from outside, and how to find its value in the result. */
interface Source<Name extends string, Schema extends z.ZodType, Value> {
  name: Name;
  /** Error messages in a form's schema are message keys. A missing field is read as empty. */
  schema(community: Community): Schema;
  valueIn(read: z.output<Schema>): Value;
}

interface PostField<Value> {
  /** The form field; `typed` is what it holds, if that is not the value itself. */
  asked: Source<string, z.ZodType, Value> & { typed?(value: Value): string[] };
  /** The forms that contain it. */
  forms: readonly PostForm[];
  /** The field in a line of an import. */
  imported: Source<string, z.ZodType, Value>;
  /** The schema in API responses. OpenAPI lists the terms of those in `TERMS_OF`. */
  api: z.ZodType;
  /** The type in exported tables, as described in the data dictionary. */
  exported: { type: 'string' | 'integer' | 'array'; description: string };
}

type PostFields = { [Name in keyof PostDetails]: PostField<PostDetails[Name]> };

/** The form field `country`: an alpha-2 country or an M49 region. */
export const placeField = z.string().default('').transform(readPlace);

export function barriersField(community: Community) {
  return chosenFrom(community, 'barrier', 'conversation.error.barrier');
}

/** The kinds, or `none` instead of any. */
function barriersOrNone(community: Community) {
  return chosenFrom(community, 'barrier', 'conversation.error.barrier', NO_BARRIER);
}

export function pillarsField(community: Community) {
  return chosenFrom(community, 'pillar', 'conversation.error.pillar');
}

/** The schemas in API responses whose values are terms of the community, by vocabulary. */
export const TERMS_OF = z.registry<{ vocabulary: Vocabulary }>();

const kindInApi = z
  .string()
  .describe('Kind of barrier')
  .register(TERMS_OF, { vocabulary: 'barrier' });
const pillarInApi = z.string().register(TERMS_OF, { vocabulary: 'pillar' });

const countryInLine = z
  .string()
  .refine(isCountry, 'is not an ISO 3166-1 alpha-2 code')
  .nullable()
  .default(null);

/** The place fields: in tables, before the text. */
export const FROM_FIELDS = {
  country: {
    asked: source('country', placeField, ({ country }) => country),
    forms: EVERY_FORM,
    imported: source('country', countryInLine, (country) => country),
    api: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .describe('ISO 3166-1 alpha-2'),
    exported: {
      type: 'string',
      description:
        'The country that the post is from: ISO 3166-1 alpha-2 (XK for Kosovo), or empty.',
    },
  },
  region: {
    asked: source('country', placeField, ({ region }) => region),
    forms: EVERY_FORM,
    imported: source(
      'region',
      z.string().refine(isRegion, 'is not a UN M49 region').nullable().default(null),
      (region) => region,
    ),
    api: z
      .string()
      .regex(/^\d{3}$/)
      .nullable()
      .describe('UN M49'),
    exported: {
      type: 'string',
      description: 'The UN M49 region of the country, or the region named without a country.',
    },
  },
  industry: {
    asked: source(
      'industry',
      z
        .string()
        .default('')
        .refine((text) => text === '' || isIndustry(text), 'conversation.error.industry'),
      (text) => (text === '' ? null : (text as IndustrySection)),
    ),
    forms: EVERY_FORM,
    imported: source(
      'industry',
      z.string().refine(isIndustry, 'is not a section of ISIC Rev. 4').nullable().default(null),
      (section) => section as IndustrySection | null,
    ),
    api: z
      .enum(INDUSTRIES as readonly string[] as [string, ...string[]])
      .nullable()
      .describe('ISIC Rev. 4 section'),
    exported: { type: 'string', description: 'ISIC Rev. 4 section, A to U, or empty.' },
  },
} satisfies Partial<PostFields>;

/** The subject fields: in tables, after the text. */
export const ABOUT_FIELDS = {
  barriers: {
    asked: source('barrier', barriersOrNone, (said) => (said.includes(NO_BARRIER) ? [] : said)),
    forms: ['reply', 'report', 'edit'],
    imported: source(
      'barriers',
      (community) =>
        z.array(importedTerm(community, 'barrier', 'is not a barrier kind')).default([]),
      (kinds) => [...new Set(kinds)],
    ),
    api: z.array(kindInApi),
    exported: {
      type: 'array',
      description: 'Kinds of barrier that it reports: {barrier}.',
    },
  },
  pillars: {
    asked: source('pillar', pillarsField, (slugs) => slugs),
    forms: EVERY_FORM,
    imported: source(
      'pillars',
      (community) => z.array(importedTerm(community, 'pillar', 'is not a pillar')).default([]),
      (slugs) => [...new Set(slugs)],
    ),
    api: z.array(pillarInApi),
    exported: {
      type: 'array',
      description: '{pillar}.',
    },
  },
  impact: {
    asked: source(
      'impact',
      z.enum(['', '1', '2', '3'], 'barriers.error.impact').default(''),
      (text) => (text === '' ? null : (Number(text) as Impact)),
    ),
    forms: ['report'],
    imported: source(
      'impact',
      z.int().min(1).max(3).nullable().default(null),
      (impact) => impact as Impact | null,
    ),
    api: z
      .int()
      .min(1)
      .max(3)
      .nullable()
      .describe('1 slows work, 2 keeps from part of it, 3 stops it; never to be averaged'),
    exported: {
      type: 'integer',
      description:
        '1 slows work, 2 prevents part of it, 3 stops it. Do not average it across regions.',
    },
  },
  notBarrier: {
    asked: {
      ...source('barrier', barriersOrNone, (said) => (said.includes(NO_BARRIER) ? 'author' : null)),
      typed: (said) => (said ? [NO_BARRIER] : []),
    },
    forms: ['reply', 'report', 'edit'],
    imported: source(
      'notBarrier',
      z.enum(['author', 'moderator']).nullable().default(null),
      (by) => by,
    ),
    api: z
      .enum(['author', 'moderator'])
      .nullable()
      .describe('Who says that it reports no barrier; null where nobody does'),
    exported: {
      type: 'string',
      description: 'Who says that it reports no barrier: author or moderator; or empty.',
    },
  },
  writtenFrom: {
    asked: {
      // What is ticked here moves the place; see `detailsIn`.
      ...source('elsewhere', z.string().default(''), (ticked) =>
        ticked === '1' ? ELSEWHERE : null,
      ),
      typed: (place) => (place ? ['1'] : []),
    },
    forms: ['edit'],
    imported: source(
      'writtenFrom',
      z
        .string()
        .refine((code) => isCountry(code) || isRegion(code), 'is no country or region')
        .nullable()
        .optional(),
      (place) => place ?? null,
    ),
    api: z
      .string()
      .nullable()
      .describe('Where its author is (ISO 3166-1 or UN M49), if the post is about another place'),
    exported: {
      type: 'string',
      description:
        'The place that its author gave (ISO 3166-1 alpha-2 or UN M49), if the post is about another place: country and region are then empty, and it counts for no place.',
    },
  },
} satisfies Partial<PostFields>;

const POST_FIELDS = { ...FROM_FIELDS, ...ABOUT_FIELDS } satisfies PostFields;

type DetailName = keyof PostDetails;

const ENTRIES = Object.entries(POST_FIELDS) as [DetailName, PostField<unknown>][];

/** The name of a field in the forms that write posts. */
export type PostFieldName = (typeof POST_FIELDS)[DetailName]['asked']['name'];

export const POST_FIELD_NAMES = [
  ...new Set(ENTRIES.map(([, { asked }]) => asked.name)),
] as PostFieldName[];

/** Form fields that may have several values. */
export const REPEATED_POST_FIELDS = ENTRIES.filter(([name]) => Array.isArray(NO_DETAILS[name])).map(
  ([, { asked }]) => asked.name as PostFieldName,
);

/** True if a form contains a field. */
export function asks(form: PostForm, field: PostFieldName): boolean {
  return ENTRIES.some(([, { asked, forms }]) => asked.name === field && forms.includes(form));
}

/**
 * Returns the schema, for a community, of a form that writes a post: its own fields and, as
 * `details`, the form's post fields. An own field replaces a post field of the same name. Building a
 * schema takes longer than reading a form by it, so each is kept.
 */
export function postForm<Own extends z.ZodRawShape>(form: PostForm, own: Own) {
  return perCommunity((community) =>
    z
      .object({ ...own, ...fieldsOf(form, community), ...own })
      .transform((read) => ({ ...(read as OutputOf<Own>), details: detailsIn(form, read) })),
  );
}

/** Returns a schema for stored values: post fields that are no longer valid are empty. */
export function storedPostForm<Own extends z.ZodRawShape>(form: PostForm, own: Own) {
  return perCommunity((community) => {
    const lenient = Object.entries(fieldsOf(form, community)).map(([name, schema]) => [
      name,
      schema.catch(() => schema.parse(undefined)),
    ]);
    return z
      .object({ ...own, ...Object.fromEntries(lenient) })
      .transform((read) => ({ ...(read as OutputOf<Own>), details: detailsIn(form, read) }));
  });
}

type OutputOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

function fieldsOf(form: PostForm, community: Community): Record<string, z.ZodType> {
  const asked = ENTRIES.filter(([, { forms }]) => forms.includes(form));
  return Object.fromEntries(asked.map(([, { asked }]) => [asked.name, asked.schema(community)]));
}

function detailsIn(form: PostForm, read: Record<string, unknown>): Partial<PostDetails> {
  const asked = ENTRIES.filter(([, { forms }]) => forms.includes(form));
  const details: Partial<PostDetails> = Object.fromEntries(
    asked.map(([name, { asked }]) => [name, asked.valueIn(read[asked.name])]),
  );
  return details.writtenFrom === ELSEWHERE ? placedNowhere(details) : details;
}

/** Returns the fields of a post that is about another place than the one its author gave. */
export function placedNowhere<Details extends Partial<PostDetails>>(details: Details): Details {
  const writtenFrom = details.country ?? details.region ?? null;
  return { ...details, country: null, region: null, writtenFrom };
}

/** Returns only the fields that the form contains. */
export function onlyAsked(form: PostForm, details: Partial<PostDetails>): Partial<PostDetails> {
  const asked = ENTRIES.filter(([, { forms }]) => forms.includes(form));
  return pick(
    details,
    asked.map(([name]) => name),
  );
}

/** Returns the form's values for these fields. */
export function typedDetails(details: PostDetails): Record<PostFieldName, string[]> {
  const typed: Record<string, string[]> = {};
  for (const [name, { asked }] of ENTRIES) {
    const values = asked.typed?.(details[name]) ?? [details[name] ?? []].flat().map(String);
    // A region is entered in the country field if there is no country.
    if (!typed[asked.name]?.length) typed[asked.name] = values;
  }
  if (details.writtenFrom) typed.country = [details.writtenFrom];
  return typed;
}

/** Returns the fields from the properties of a post. */
export function detailsOf(post: PostDetails): PostDetails {
  return pick(
    post,
    ENTRIES.map(([name]) => name),
  ) as PostDetails;
}

/** Returns the schemas of fields in a line of an import. */
export function importedFields<Fields extends Partial<PostFields>>(
  fields: Fields,
  community: Community,
) {
  const schemas = Object.values(fields).map(({ imported: { name, schema } }) => [
    name,
    schema(community),
  ]);
  return Object.fromEntries(schemas) as {
    [Name in keyof Fields as NameOf<ImportOf<Fields[Name]>>]: SchemaOf<ImportOf<Fields[Name]>>;
  };
}

type ImportOf<Field> = Field extends { imported: infer Imported } ? Imported : never;
type NameOf<From> = From extends { name: infer Name extends string } ? Name : never;
type SchemaOf<From> = From extends { schema: (community: Community) => infer Schema }
  ? Schema
  : never;

/** Returns the fields from a line of an import. */
export function importedDetails(line: Record<string, unknown>): PostDetails {
  const said = ENTRIES.map(([name, { imported }]) => [name, imported.valueIn(line[imported.name])]);
  const details: PostDetails = { ...NO_DETAILS, ...Object.fromEntries(said) };
  return details.country ? { ...details, region: regionOf(details.country) } : details;
}

/** Returns the schemas of fields in API responses. */
export function apiFields<Fields extends Partial<PostFields>>(fields: Fields) {
  const schemas = Object.entries(fields).map(([name, { api }]) => [name, api]);
  return Object.fromEntries(schemas) as {
    [Name in keyof Fields]: Fields[Name] extends { api: infer Schema } ? Schema : never;
  };
}

function pick<T extends object>(from: T, names: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    names.filter((name) => name in from).map((name) => [name, from[name]]),
  ) as Partial<T>;
}

/** `schema` is a function where it has terms of the community. */
function source<Name extends string, Schema extends z.ZodType, Value>(
  name: Name,
  schema: Schema | ((community: Community) => Schema),
  valueIn: (read: z.output<Schema>) => Value,
): Source<Name, Schema, Value> {
  return { name, schema: typeof schema === 'function' ? schema : () => schema, valueIn };
}

/** The code of a country that is typed into a form, or empty. */
export const countryField = z
  .string()
  .default('')
  .transform((text, context) => {
    const country = findCountry(text);
    if (!country && text.trim() !== '') {
      refusePlace(text, context, 'people.error.country', placesNear(text, isCountry));
    }
    return country;
  });

/** So much of a name that is not understood is told, in UTF-16 units. */
const MOST_TOLD = 60;

function readPlace(text: string, context: z.RefinementCtx): PostPlace {
  const place = parsePlace(text);
  if (place) return place;
  refusePlace(text, context, 'conversation.error.place', placesNear(text));
  return z.NEVER;
}

/** Says that no place has this name, and which may have been meant. */
function refusePlace(
  text: string,
  context: z.RefinementCtx,
  message: MessageKey,
  places: readonly string[],
): void {
  const params = { typed: text.trim().slice(0, MOST_TOLD), places };
  context.addIssue({ code: 'custom', message, params });
}

/** Returns a schema for several distinct terms of a vocabulary, or a word besides. */
function chosenFrom(
  community: Community,
  vocabulary: Vocabulary,
  error: string,
  besides: string | null = null,
) {
  const meant = (text: string) => (text === besides ? text : community.resolve(vocabulary, text));
  return z
    .array(z.string())
    .default([])
    .refine((list) => list.every((text) => meant(text) !== null), { error })
    .transform((list) => [...new Set(list.flatMap((text) => meant(text) ?? []))]);
}

/** Returns a schema for a term of a vocabulary in a line of an import. */
export function importedTerm(community: Community, vocabulary: Vocabulary, fault: string) {
  return z
    .string()
    .refine((text) => community.resolve(vocabulary, text) !== null, fault)
    .transform((text) => community.resolve(vocabulary, text) ?? text);
}
