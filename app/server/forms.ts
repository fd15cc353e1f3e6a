import { createHash, randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import type { z } from 'zod';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import type { FormState } from '~/platform/form-state';
import type { MessageKey, Translator, Values } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';
import { once, type SentForm } from '~/platform/submissions';
import type { Db } from '~db/client';
import { isStorageTrouble } from '~db/storage-errors';
import { refuseToStore } from '~db/tracked-reads';
import { notFound } from './guards';
import type { RequestContext, RouteArgs } from './request-context';

/** Returns a new form key: the same key twice creates one thing. Nobody shares a key. */
export function newFormKey(): string {
  refuseToStore();
  return randomUUID();
}

/** Returns the form key for a shared page: the same text twice creates one thing. */
export function keyOfText(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/**
 * Reads a form, validates it against `schema`, and runs `work` with the result.
 *
 * On every error the response contains what was typed: 400 for invalid fields, 413 if they are too
 * long, 422 for a refusal, 429 for too many attempts, 503 if it could not be stored. Error texts in
 * a schema are message keys. A schema that depends on the community's terms is a function that gets
 * the community. Fields named in `lists` are read as arrays. `work` also gets the form as typed, so
 * that it can be shown again without an error, for example for a preview.
 */
export async function submit<S extends z.ZodType, R>(
  { request, context }: RouteArgs,
  schema: S | ((community: Community) => S),
  work: (input: z.output<S>, typed: FormState) => Promise<R>,
  lists: readonly string[] = [],
) {
  const { app, visit } = context;
  const { i18n, headers } = visit;
  const values = await readFields(request);
  if (visit.tooLarge) {
    const field = values.body ? 'body' : 'form';
    return answer(visit, values, { [field]: i18n.t('site.error.tooLarge') }, 413);
  }
  const read = typeof schema === 'function' ? schema(app.community) : schema;
  const parsed = read.safeParse(shape(values, lists));
  if (!parsed.success) {
    const places = placesMeant(parsed.error);
    return answer(visit, values, fieldErrors(parsed.error, i18n), 400, { places });
  }
  try {
    return await work(parsed.data, { values: withoutSecrets(values), errors: {} });
  } catch (error) {
    if (error instanceof DomainError) return refusalAnswer(error, values, visit);
    if (isStorageTrouble(error)) {
      headers.set('Retry-After', '30');
      return answer(visit, values, { form: i18n.t('site.error.storage') }, 503);
    }
    throw error;
  }
}

/** Runs `work` in a transaction, as `once` does, and redirects to the URL it returns. */
export async function redirectOnce(
  { db, clock }: AppContext,
  form: SentForm,
  work: (tx: Db) => Promise<string>,
): Promise<Response> {
  return redirect(await db.write((tx) => once(tx, clock, form, () => work(tx))), 303);
}

type Fields = Readonly<Record<string, string[]>>;

const fieldsOf = new WeakMap<Request, Promise<Fields>>();

/** Returns the fields of a form body, each with all its values in order, however often they are asked for. */
export function readFields(request: Request): Promise<Fields> {
  const fields = fieldsOf.get(request) ?? parseFields(request);
  fieldsOf.set(request, fields);
  return fields;
}

async function parseFields(request: Request): Promise<Fields> {
  const type = request.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new Response(null, { status: 415, statusText: 'Unsupported Media Type' });
  }
  const values: Record<string, string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(await request.text())) {
    // Browsers send CRLF; normalised, so that the text is the same from every client.
    const text = value.replace(/\r\n?/g, '\n');
    const list = values[name];
    if (list) list.push(text);
    else values[name] = [text];
  }
  return { ...values };
}

/** By hand: conform's `parseWithZod` drops empty fields; our schemas tell empty from missing. */
function shape(values: Record<string, string[]>, lists: readonly string[]) {
  const shaped: Record<string, string | string[]> = {};
  for (const [name, list] of Object.entries(values)) {
    shaped[name] = lists.includes(name) ? list.filter((v) => v !== '') : (list[0] ?? '');
  }
  return shaped;
}

function fieldErrors(error: z.ZodError, i18n: Translator): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= i18n.t(messageKey(issue.message), fillOf(issue, i18n));
  }
  return errors;
}

/** Returns the values for the message of an error of our schemas; `places` are codes, shown as names. */
function fillOf(issue: z.core.$ZodIssue, i18n: Translator): Values | undefined {
  if (issue.code !== 'custom' || !issue.params) return undefined;
  const { places, ...fill } = issue.params as Values & { places?: string[] };
  if (!places) return fill;
  const names = places.map((code) => placeName(code, i18n.locale));
  return { ...fill, places: i18n.either(names), found: names.length > 0 ? 1 : 0 };
}

/** Returns the codes of the places that may be meant, by the field in which no place was found. */
function placesMeant({ issues }: z.ZodError): Record<string, string[]> {
  const meant = issues.flatMap(({ path, ...issue }) => {
    const { places } = (issue.code === 'custom' && issue.params) || {};
    return Array.isArray(places) ? [[String(path[0]), places.map(String)] as const] : [];
  });
  return Object.fromEntries(meant);
}

/** Errors in our schemas are message keys; the library's own texts get a general message. */
function messageKey(message: string): MessageKey {
  return /^[a-z]+(\.[A-Za-z0-9-]+)+$/.test(message) ? (message as MessageKey) : 'site.error.field';
}

function refusalAnswer(
  refusal: DomainError,
  values: Record<string, string[]>,
  visit: RequestContext,
) {
  if (refusal.kind === 'missing') throw notFound();
  const { field = 'form', values: fill, fields = {}, retryAfter, href, now } = refusal.options;
  const status = { invalid: 400, refused: 422, 'too-many': 429 }[refusal.kind];
  if (retryAfter !== undefined) visit.headers.set('Retry-After', String(Math.ceil(retryAfter)));
  const further = Object.entries(fields).map(([name, { key, values }]) => [
    name,
    visit.i18n.t(key, values),
  ]);
  const errors = { [field]: visit.i18n.t(refusal.key, fill), ...Object.fromEntries(further) };
  return answer(visit, { ...values, ...now }, errors, status, {
    links: href ? { [field]: href } : {},
  });
}

function answer(
  visit: RequestContext,
  values: Record<string, string[]>,
  errors: Record<string, string>,
  status: number,
  more: Pick<FormState, 'links' | 'places'> = {},
) {
  visit.answered = status;
  return data({ values: withoutSecrets(values), errors, ...more } satisfies FormState, { status });
}

function withoutSecrets(values: Record<string, string[]>): Record<string, string[]> {
  const { password: _neverSentBack, ...kept } = values;
  return kept;
}
