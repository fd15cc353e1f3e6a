import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { newToken } from '~/platform/ids';
import { linkSecret } from '~/platform/secrets/link-secret';

/*
 * A browser that was logged in to an account carries a signed mark (OWASP's "device cookies").
 * Its guesses are counted by themselves, so that a stranger who uses up the guesses for an
 * account locks out strangers only. The mark opens nothing, and a new password voids it.
 */
export const DEVICE_COOKIE = 'causeway_device';

type Owner = Pick<Account, 'id' | 'passwordHash'>;

/** A new mark for the browser of somebody who has just logged in. */
export async function rememberDevice(app: AppContext, owner: Owner): Promise<string> {
  const nonce = newToken();
  return `${nonce}.${(await signature(app, owner, nonce)).toString('base64url')}`;
}

/** The name of a browser that was logged in to this account before; null for any other. */
export async function knownDevice(
  app: AppContext,
  owner: Owner | null,
  mark: string | null,
): Promise<string | null> {
  const [nonce = '', given = ''] = mark?.split('.') ?? [];
  // Nobody's account takes as long as somebody's.
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
