import { readLeaveToken } from '~/domain/notifications/leave-token';
import type { AppContext } from '~/platform/app-context';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { notFound } from './guards';

/** Returns the email address's hash in an unsubscribe link; 404 for a wrong token. */
export async function requireLeaver(app: AppContext, token: string | undefined): Promise<string> {
  const secret = await findLinkSecret(app.db.reader);
  const hash = secret && readLeaveToken(secret, token ?? '');
  if (!hash) throw notFound();
  return hash;
}
