import { eq } from 'drizzle-orm';
import { hasAdministrator } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { type Clock, HOUR } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf, newToken } from '~/platform/ids';
import { findValue, putValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { settings } from '~db/schema';
import { checkUser, insertUser } from './create-user';
import type { Credentials } from './credentials';

/*
 * The link with which the operator of a new site makes the first administrator in the browser. One
 * row of `settings` holds the SHA-256 of its token and when it expires, so that every process of the
 * site knows it, and a new link replaces the former one.
 */

const NAME = 'setup-link';

const LIFETIME = HOUR;

/** Makes a new token, and the former one invalid; null if the site has an administrator. */
export async function issueSetupToken({ db, clock }: AppContext): Promise<string | null> {
  const token = newToken();
  const value = `${digestOf(token)} ${clock.now() + LIFETIME}`;
  const issued = await db.write(async (tx) => {
    if (await hasAdministrator(tx)) return false;
    await putValue(tx, NAME, value);
    return true;
  });
  return issued ? token : null;
}

/**
 * Returns when the link of a token expires (UTC milliseconds); null if it is not the newest one,
 * was used, has expired, or the site has an administrator.
 */
export async function readSetupToken(db: Db, clock: Clock, token: string): Promise<number | null> {
  const [hash, expiresAt] = (await findValue(db, NAME))?.split(' ') ?? [];
  if (hash !== digestOf(token) || Number(expiresAt) <= clock.now()) return null;
  return (await hasAdministrator(db)) ? null : Number(expiresAt);
}

/**
 * Uses the link to make the first administrator, in the same transaction as `then`, which gets the
 * id of the account. Of two simultaneous requests one is refused.
 * @throws DomainError `missing` if the token is not valid; otherwise as `createUser`.
 */
export async function makeFirstAdministrator(
  app: AppContext,
  token: string,
  given: Credentials,
  then: (tx: Db, userId: string) => Promise<void>,
): Promise<void> {
  const { db, clock } = app;
  await requireToken(db.reader, clock, token);
  const user = await checkUser(app, { ...given, role: 'administrator' });
  await db.write(async (tx) => {
    await requireToken(tx, clock, token);
    const used = await tx.delete(settings).where(eq(settings.name, NAME)).returning();
    if (used.length === 0) throw notValid();
    const { id } = await insertUser(tx, app, user);
    await then(tx, id);
  });
}

async function requireToken(db: Db, clock: Clock, token: string): Promise<void> {
  if ((await readSetupToken(db, clock, token)) === null) throw notValid();
}

function notValid(): DomainError {
  return new DomainError('missing', 'site.problem.404.title');
}
