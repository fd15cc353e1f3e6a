import { z } from 'zod';
import { ABOUT_FIELDS, FROM_FIELDS, importedFields } from '~/domain/forum/posts/post-fields';

/** Maximum length of a line: far more than the longest text with everything escaped. */
const LONGEST_LINE = 512 * 1024;

const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "_" or "-" without accents');

const handle = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'must be 1 to 40 letters, digits, "_" or "-"');

const language = z.string().refine(isLanguageTag, 'is not a BCP 47 language tag');

/**
 * A contribution in the exchange format: one line of JSON, with the names of the public interface.
 */
export const contributionLine = z.object({
  id,
  thread: z.union([z.number().int().min(1).max(5), z.string().min(1).max(200)]),
  replyTo: id.nullable().default(null),
  author: handle,
  name: z.string().max(100).nullable().default(null),
  ...importedFields(FROM_FIELDS),
  language: language.default('en'),
  createdAt: z.iso.datetime({ offset: true, error: 'is not an ISO 8601 date and time' }),
  body: z.string(),
  ...importedFields(ABOUT_FIELDS),
  faces: z.array(handle).default([]),
});

export type ContributionLine = z.output<typeof contributionLine>;

export type ReadLine =
  | { line: number; ok: true; contribution: ContributionLine }
  | { line: number; ok: false; reason: string };

/** Reads the lines of a JSON Lines text, ignoring empty lines. Numbers start at 1. */
export function readContributions(text: string): ReadLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((source, at) => ({ source, line: at + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => readLine(source, line));
}

function readLine(source: string, line: number): ReadLine {
  if (source.length > LONGEST_LINE) return { line, ok: false, reason: 'the line is too long' };
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    return { line, ok: false, reason: 'is not JSON' };
  }
  const parsed = contributionLine.safeParse(json);
  if (parsed.success) return { line, ok: true, contribution: parsed.data };
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  return { line, ok: false, reason: reasons.join('; ').trim() };
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
