import { z } from 'zod';
import {
  type BarrierKind,
  type Impact,
  type IndustrySection,
  isBarrierKind,
  isIndustry,
  isPillar,
  type Pillar,
} from '~/domain/community/vocabularies';
import { MAX_BODY_CHARS } from '~/platform/markdown/limits';
import { removeControls } from '~/platform/markdown/source';
import { type PostPlace, parsePlace } from './post-place';

/*
 * The fields of the forms that write posts, each read in one place. Errors are message keys.
 */

const SHORTEST_TITLE = 8;
export const LONGEST_TITLE = 160;

/** The most characters of the reason for a change. */
export const LONGEST_REASON = 200;

/** One line, without controls, its white space made single; counted in characters. */
export const titleField = z
  .string('site.error.required')
  .transform(oneLine)
  .superRefine((title, context) => {
    const length = [...title].length;
    if (length === 0) context.addIssue('site.error.required');
    else if (length < SHORTEST_TITLE) context.addIssue('conversation.error.titleShort');
    else if (length > LONGEST_TITLE) context.addIssue('conversation.error.titleLong');
  });

/** A title that may be left out: the text alone is enough. */
export const optionalTitleField = z
  .string()
  .default('')
  .transform(oneLine)
  .refine((title) => [...title].length <= LONGEST_TITLE, 'conversation.error.titleLong');

/** Markdown as it was typed; what it renders to is checked when it is rendered. */
export const bodyField = z
  .string('site.error.required')
  .refine((text) => text.trim() !== '', { error: 'site.error.required', abort: true })
  .max(MAX_BODY_CHARS, 'conversation.error.bodyLong');

/** `country`: an alpha-2 country or an M49 region. */
export const placeField = z.string().default('').transform(readPlace);

/** The same where a place has to be named: what nobody can place is no evidence. */
export const requiredPlaceField = z
  .string()
  .default('')
  .refine((text) => text.trim() !== '', { error: 'barriers.error.place', abort: true })
  .transform(readPlace);

export const industryField = z
  .string()
  .default('')
  .refine((text) => text === '' || isIndustry(text), 'conversation.error.industry')
  .transform((text) => (text === '' ? null : (text as IndustrySection)));

export const pillarsField = chosenFrom<Pillar>(isPillar, 'conversation.error.pillar');

export const barriersField = chosenFrom<BarrierKind>(isBarrierKind, 'conversation.error.barrier');

/** How hard a barrier hits: 1 to 3, or not said. */
export const impactField = z
  .enum(['', '1', '2', '3'], 'barriers.error.impact')
  .default('')
  .transform((text) => (text === '' ? null : (Number(text) as Impact)));

/**
 * The second button of a form: show what it will look like, and store nothing. `accept` takes over
 * what was suggested as well.
 */
export const previewField = z.string().optional();

/** The fresh key of a rendered form. */
export const keyField = z.string().optional();

function readPlace(text: string, context: z.RefinementCtx): PostPlace {
  const place = parsePlace(text);
  if (place) return place;
  context.addIssue('conversation.error.place');
  return z.NEVER;
}

function oneLine(text: string): string {
  return removeControls(text).replace(/\s+/g, ' ').trim();
}

/** Some of a closed list, each once. */
function chosenFrom<Slug extends string>(isMember: (text: string) => text is Slug, error: string) {
  return z
    .array(z.string())
    .default([])
    .refine((list) => list.every(isMember), { error })
    .transform((list) => [...new Set(list)] as Slug[]);
}
