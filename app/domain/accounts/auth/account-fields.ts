import { z } from 'zod';
import { handleProblem } from '~/domain/accounts/users/handles';
import { readEmail } from '~/platform/mail/email-address';
import { passwordProblem } from './passwords';

/*
 * Field schemas for account forms, so that a form that comes back shows all errors at once. The
 * domain functions validate their input again.
 */

export const filledField = z.string('site.error.required').min(1, 'site.error.required');

export const emailField = z.string('site.error.required').superRefine((text, { addIssue }) => {
  if (text.trim() === '') addIssue('site.error.required');
  else if (!readEmail(text)) addIssue('people.error.email');
});

export const handleField = z.string('site.error.required').superRefine((text, { addIssue }) => {
  const problem = handleProblem(text);
  if (problem) addIssue(problem);
});

export const newPasswordField = z
  .string('site.error.required')
  .superRefine((text, { addIssue }) => {
    const problem = passwordProblem(text);
    if (problem) addIssue(problem);
  });
