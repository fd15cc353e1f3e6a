import { handleProblem, isReservedHandle, tidyHandle } from '~/domain/accounts/users/handles';
import { speaksForSite } from '~/domain/accounts/users/impersonation';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { readEmail } from '~/platform/mail/email-address';
import { isGuessable, passwordProblem } from './passwords';

export interface Credentials<Password = string> {
  email: string;
  handle: string;
  password: Password;
}

/**
 * Returns email address, handle and password of a new account as they are stored.
 * @throws DomainError naming the first invalid field.
 */
export async function checkCredentials<P extends string | null>(
  app: AppContext,
  given: Credentials<P>,
): Promise<Credentials<P>> {
  const email = readEmail(given.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  const problem = handleProblem(given.handle);
  if (problem) throw new DomainError('invalid', problem, { field: 'handle' });
  const handle = tidyHandle(given.handle);
  if (given.password !== null) await checkPassword(app, given.password, { email, handle });
  return { email, handle, password: given.password };
}

/** @throws DomainError `refused` if only the operator may give an account this handle. */
export function requireUnreserved(app: AppContext, handle: string): void {
  if (isReservedHandle(handle) || speaksForSite(app, handle)) {
    throw new DomainError('refused', 'people.error.handleReserved', { field: 'handle' });
  }
}

/** @throws DomainError about the field `password`. */
export async function checkPassword(
  { config }: AppContext,
  password: string,
  { email, handle }: { email: string; handle: string },
): Promise<void> {
  const problem = passwordProblem(password);
  if (problem) throw new DomainError('invalid', problem, { field: 'password' });
  if (await isGuessable(password, [email, handle, config.siteName, 'Causeway'])) {
    throw new DomainError('refused', 'people.error.passwordObvious', { field: 'password' });
  }
}
