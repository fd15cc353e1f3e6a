import { readLeaveToken } from '~/domain/notifications/leave-token';
import type { AppContext } from '~/platform/app-context';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { notFound } from './guards';

/**
 * Returns the hash of the email address for the token in an unsubscribe link; a wrong token gets a
 * 404 response.
 */
export async function requireLeaver(app: AppContext, token: string | undefined): Promise<string> {
  const secret = await findLinkSecret(app.db.reader);
  const hash = secret && readLeaveToken(secret, token ?? '');
  if (!hash) throw notFound();
  return hash;
}
