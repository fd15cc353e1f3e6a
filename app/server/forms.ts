import { createHash, randomUUID } from 'node:crypto';
import { type AppLoadContext, data } from '@remix-run/node';
import type { z } from 'zod';
import { DomainError } from '~/platform/errors';
import type { FormState } from '~/platform/form-state';
import type { MessageKey, Translator } from '~/platform/i18n/translator';
import { isStorageTrouble } from '~db/storage-errors';
import { refuseToStore } from '~db/tracked-reads';
import { notFound } from './guards';
import type { RequestContext } from './request-context';

/** A fresh key for a rendered form: the same key twice makes one thing. No two visitors share it. */
export function newFormKey(): string {
  refuseToStore();
  return randomUUID();
}

/** The key of a form from a page that all visitors share: the same words make one thing. */
export function keyOfText(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

interface FormArgs {
  request: Request;
  context: AppLoadContext;
}

/**
 * Reads a form, checks it against `schema`, and does `work` with what it says.
 *
 * Whatever goes wrong, the answer carries what was typed: 400 for fields that cannot be read,
 * 422 for a refusal, 429 for too many, 503 when it could not be stored. A schema names its
 * errors by message key. Repeated fields arrive as lists when `lists` names them. `work` is given
 * the form as it was typed too, to show it once more without a fault, as in a preview.
 */
export async function submit<S extends z.ZodType, R>(
  { request, context }: FormArgs,
  schema: S,
  work: (input: z.output<S>, typed: FormState) => Promise<R>,
  lists: readonly string[] = [],
) {
  const { i18n, headers } = context.visit;
  const values = await readFields(request);
  const parsed = schema.safeParse(shape(values, lists));
  if (!parsed.success) {
    return answer(values, fieldErrors(parsed.error, i18n), 400);
  }
  try {
    return await work(parsed.data, { values: withoutSecrets(values), errors: {} });
  } catch (error) {
    if (error instanceof DomainError) return refusalAnswer(error, values, context.visit);
    if (isStorageTrouble(error)) {
      headers.set('Retry-After', '30');
      return answer(values, { form: i18n.t('site.error.storage') }, 503);
    }
    throw error;
  }
}

/** The fields of a form body, each with all its values in order. */
export async function readFields(request: Request): Promise<Record<string, string[]>> {
  const type = request.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new Response(null, { status: 415, statusText: 'Unsupported Media Type' });
  }
  const values: Record<string, string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(await request.text())) {
    // Browsers send CRLF; a body is the same text whichever client sent it.
    const text = value.replace(/\r\n?/g, '\n');
    const list = values[name];
    if (list) list.push(text);
    else values[name] = [text];
  }
  return { ...values };
}

/** By hand: conform's `parseWithZod` drops empty fields, which our schemas tell from missing ones. */
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
    errors[field] ??= i18n.t(messageKey(issue.message));
  }
  return errors;
}

/** Schemas name their messages by key; a message of the library's own is said in general words. */
function messageKey(message: string): MessageKey {
  return /^[a-z]+(\.[A-Za-z0-9-]+)+$/.test(message) ? (message as MessageKey) : 'site.error.field';
}

function refusalAnswer(
  refusal: DomainError,
  values: Record<string, string[]>,
  visit: RequestContext,
) {
  if (refusal.kind === 'missing') throw notFound();
  const { field = 'form', values: fill, retryAfter, href } = refusal.options;
  const status = { invalid: 400, refused: 422, 'too-many': 429 }[refusal.kind];
  if (retryAfter !== undefined) visit.headers.set('Retry-After', String(Math.ceil(retryAfter)));
  const errors = { [field]: visit.i18n.t(refusal.key, fill) };
  return answer(values, errors, status, href ? { [field]: href } : {});
}

function answer(
  values: Record<string, string[]>,
  errors: Record<string, string>,
  status: number,
  links: Record<string, string> = {},
) {
  return data({ values: withoutSecrets(values), errors, links } satisfies FormState, { status });
}

function withoutSecrets(values: Record<string, string[]>): Record<string, string[]> {
  const { password: _neverSentBack, ...kept } = values;
  return kept;
}
