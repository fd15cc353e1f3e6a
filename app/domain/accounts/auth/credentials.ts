import { handleProblem, tidyHandle } from '~/domain/accounts/users/handles';
import { DomainError } from '~/platform/errors';
import { readEmail } from '~/platform/mail/email-address';
import { isObviousPassword, passwordProblem } from './passwords';

export interface Credentials<Password = string> {
  email: string;
  handle: string;
  password: Password;
}

/**
 * Address, handle and password of a new account in the form in which they are stored.
 * @throws Refusal naming the first field that cannot stand.
 */
export function checkCredentials<P extends string | null>(given: Credentials<P>): Credentials<P> {
  const email = readEmail(given.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  const problem = handleProblem(given.handle);
  if (problem) throw new DomainError('invalid', problem, { field: 'handle' });
  const handle = tidyHandle(given.handle);
  if (given.password !== null) checkPassword(given.password, { email, handle });
  return { email, handle, password: given.password };
}

/** @throws Refusal about the field `password`. */
export function checkPassword(password: string, person: { email: string; handle: string }): void {
  const problem = passwordProblem(password);
  if (problem) throw new DomainError('invalid', problem, { field: 'password' });
  if (isObviousPassword(password, person)) {
    throw new DomainError('refused', 'people.error.passwordObvious', { field: 'password' });
  }
}
