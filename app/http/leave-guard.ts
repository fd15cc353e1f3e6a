import { readLeaveToken } from '~/notifications/leave-token';
import { findLinkSecret } from '~/settings/secret';
import type { Site } from '~/site';
import { notFound } from './guards';

/** The hash of the address that a link of our mails is for; to a wrong token there is nothing. */
export async function requireLeaver(site: Site, token: string | undefined): Promise<string> {
  const secret = await findLinkSecret(site.db.reader);
  const hash = secret && readLeaveToken(secret, token ?? '');
  if (!hash) throw notFound();
  return hash;
}
