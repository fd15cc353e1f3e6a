import { z } from 'zod';
import { singleLine, visibleText } from '~/platform/text/visible';

/** Maximum length of a message or note, and of a subject, in characters. */
export const LONGEST_MESSAGE = 5000;
export const LONGEST_SUBJECT = 120;
export const LONGEST_NOTE = 1000;

/* Fields of forms for messages to or from the moderators. Errors are message keys. */

export const messageField = z
  .string('site.error.required')
  .transform(visibleText)
  .pipe(z.string().min(1, 'site.error.required').max(LONGEST_MESSAGE, 'guard.error.messageLong'));

export const subjectField = z
  .string('site.error.required')
  .transform(singleLine)
  .refine((text) => text !== '', 'site.error.required')
  .refine((text) => [...text].length <= LONGEST_SUBJECT, 'guard.error.subjectLong');
