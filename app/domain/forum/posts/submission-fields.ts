import { z } from 'zod';
import { MAX_BODY_CHARS } from '~/platform/markdown/limits';
import { isVisible, lettersSaid, singleLine } from '~/platform/text/visible';

/*
 * The text fields and buttons of forms that write posts; the other fields are in `post-fields.ts`.
 * Errors are message keys.
 */

/** What a title must say at least, in letters of an alphabet: four Chinese characters. Numbers alone say nothing. */
const LEAST_SAID = 8;
export const LONGEST_TITLE = 160;

/** Maximum length of the reason for an edit, in characters. */
export const LONGEST_REASON = 200;

/** One line, without control characters and repeated white space; length in characters. */
export const titleField = z
  .string('conversation.error.titleShort')
  .transform(singleLine)
  .superRefine((title, context) => {
    const isTooShort = lettersSaid(title) < LEAST_SAID || !/\p{L}/u.test(title);
    if (isTooShort) context.addIssue('conversation.error.titleShort');
    else if ([...title].length > LONGEST_TITLE) context.addIssue('conversation.error.titleLong');
  });

/** An optional title: the text alone is enough. */
export const optionalTitleField = z
  .string()
  .default('')
  .transform(singleLine)
  .refine((title) => [...title].length <= LONGEST_TITLE, 'conversation.error.titleLong');

/** Markdown as typed; it is checked when it is rendered. */
export const bodyField = z
  .string('conversation.error.bodyEmpty')
  .refine(isVisible, { error: 'conversation.error.bodyEmpty', abort: true })
  .max(MAX_BODY_CHARS, 'conversation.error.bodyLong');

/** The preview button: renders the text without storing it. */
export const previewField = z.string().optional();

/** The button to post the same text in the same place a second time. */
export const againField = z.string().optional();

/** The id of a key point: the post is about the same barrier. */
export const keyPointField = z.string().optional();

/** The key of a rendered form. */
export const keyField = z.string().optional();
