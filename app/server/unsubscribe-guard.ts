import { readLeaveToken } from '~/domain/notifications/leave-token';
import type { AppContext } from '~/platform/app-context';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { notFound } from './guards';

/** The hash of the address that a link of our mails is for; to a wrong token there is nothing. */
export async function requireLeaver(app: AppContext, token: string | undefined): Promise<string> {
  const secret = await findLinkSecret(app.db.reader);
  const hash = secret && readLeaveToken(secret, token ?? '');
  if (!hash) throw notFound();
  return hash;
}
