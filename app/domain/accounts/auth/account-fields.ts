import { z } from 'zod';
import { ROLES } from '~/domain/accounts/users/accounts';
import { handleProblem } from '~/domain/accounts/users/handles';
import { readEmail } from '~/platform/mail/email-address';
import { passwordProblem } from './passwords';

/*
 * Field schemas for account forms, so that a form that comes back shows all errors at once. The
 * domain functions validate their input again.
 */

/** A password that is checked against the stored one. */
export const passwordField = z
  .string('people.error.passwordEmpty')
  .min(1, 'people.error.passwordEmpty');

/** A code from an email or an app. */
export const codeField = z.string('security.error.codeEmpty').min(1, 'security.error.codeEmpty');

/** The email address at login: an address that nobody can have is unknown, like any other. */
export const loginEmailField = z
  .string('people.error.emailEmpty')
  .min(1, 'people.error.emailEmpty');

export const emailField = z.string('people.error.emailEmpty').superRefine((text, { addIssue }) => {
  if (text.trim() === '') addIssue('people.error.emailEmpty');
  else if (!readEmail(text)) addIssue('people.error.email');
});

export const handleField = z
  .string('people.error.handleEmpty')
  .superRefine((text, { addIssue }) => {
    const problem = handleProblem(text);
    if (problem) addIssue(problem);
  });

export const newPasswordField = z
  .string('people.error.passwordEmpty')
  .superRefine((text, { addIssue }) => {
    const problem = passwordProblem(text);
    if (problem) addIssue(problem);
  });

/** What a person enters for a new account with a password. */
export const newAccountFields = {
  email: emailField,
  handle: handleField,
  password: newPasswordField,
};

export const roleField = z.enum(ROLES, { error: 'people.error.role' });
