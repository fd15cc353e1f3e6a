import { z } from 'zod';
import { removeControls } from '~/platform/markdown/source';
import { LONGEST_MESSAGE, LONGEST_SUBJECT } from './lengths';

/* Fields of forms for messages to or from the moderators. Errors are message keys. */

export const messageField = z
  .string('site.error.required')
  .trim()
  .min(1, 'site.error.required')
  .max(LONGEST_MESSAGE, 'guard.error.messageLong');

export const subjectField = z
  .string('site.error.required')
  .transform((text) => removeControls(text).replace(/\s+/g, ' ').trim())
  .refine((text) => text !== '', 'site.error.required')
  .refine((text) => [...text].length <= LONGEST_SUBJECT, 'guard.error.subjectLong');
