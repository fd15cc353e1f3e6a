import { z } from 'zod';
import { MAX_BODY_CHARS } from '~/platform/markdown/limits';
import { removeControls } from '~/platform/markdown/source';
import { visibleLength, withoutBlanks } from '~/platform/text/visible';

/*
 * The texts and buttons of the forms that write posts; what a post says beside its text is in
 * `post-fields.ts`. Errors are message keys.
 */

/** Characters of a title that can be seen: blanks and what shows nothing do not count. */
const SHORTEST_VISIBLE = 8;
export const LONGEST_TITLE = 160;

/** The most characters of the reason for a change. */
export const LONGEST_REASON = 200;

/** One line, without controls, its white space made single; counted in characters. */
export const titleField = z
  .string('site.error.required')
  .transform(oneLine)
  .superRefine((title, context) => {
    const length = visibleLength(title);
    if (length === 0) context.addIssue('site.error.required');
    else if (length < SHORTEST_VISIBLE) context.addIssue('conversation.error.titleShort');
    else if ([...title].length > LONGEST_TITLE) context.addIssue('conversation.error.titleLong');
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

/**
 * The second button of a form: show what it will look like, and store nothing. `accept` takes over
 * what was suggested as well.
 */
export const previewField = z.string().optional();

/** The fresh key of a rendered form. */
export const keyField = z.string().optional();

function oneLine(text: string): string {
  return withoutBlanks(removeControls(text)).replace(/\s+/g, ' ').trim();
}
