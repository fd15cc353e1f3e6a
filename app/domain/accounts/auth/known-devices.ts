import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { newToken } from '~/platform/ids';
import { linkSecret } from '~/platform/secrets/link-secret';

/*
 * A browser that has been logged in to an account has a signed device cookie (OWASP's "device
 * cookies"). Its failed logins are counted separately, so that an attacker who uses up the attempts
 * for an account does not lock out its owner. The cookie does not log anyone in, and a new password
 * makes it invalid.
 */
export const DEVICE_COOKIE = 'causeway_device';

type Owner = Pick<Account, 'id' | 'passwordHash'>;

/** Returns a new device token for the browser of a person who has just logged in. */
export async function rememberDevice(app: AppContext, owner: Owner): Promise<string> {
  const nonce = newToken();
  return `${nonce}.${(await signature(app, owner, nonce)).toString('base64url')}`;
}

/** Returns the id of a browser that was logged in to this account before; null for any other. */
export async function knownDevice(
  app: AppContext,
  owner: Owner | null,
  mark: string | null,
): Promise<string | null> {
  const [nonce = '', given = ''] = mark?.split('.') ?? [];
  // Takes the same time whether or not there is an account.
  const wanted = await signature(app, owner ?? { id: '', passwordHash: null }, nonce);
  const signed = Buffer.from(given, 'base64url');
  const right = signed.length === wanted.length && timingSafeEqual(signed, wanted);
  return owner && right ? nonce : null;
}

async function signature(
  app: AppContext,
  { id, passwordHash }: Owner,
  nonce: string,
): Promise<Buffer> {
  const secret = await linkSecret(app);
  return createHmac('sha256', secret).update(`device:${id}:${passwordHash}:${nonce}`).digest();
}
