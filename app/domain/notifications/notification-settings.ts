import { eq } from 'drizzle-orm';
import { addressHash, isSuppressed, lift } from '~/platform/mail/suppression';
import type { Db } from '~db/client';
import { readingChoices, users } from '~db/schema';

/** The choices for emails about mentions and replies: immediately, in one daily email, or never. */
export const MAIL_CHOICES = ['now', 'daily', 'none'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** At most one email a day, and none if there is nothing new. */
export const DEFAULT_MAIL: MailChoice = 'daily';

export interface ReadingChoices {
  mail: MailChoice;
  /** True to watch a thread automatically after posting in it. */
  watchOwn: boolean;
}

/** Returns a person's settings. After unsubscribing by a link in an email, `mail` is `none`. */
export async function choicesOf(db: Db, userId: string): Promise<ReadingChoices> {
  const [row] = await db
    .select({
      email: users.email,
      mail: readingChoices.mail,
      watchOwn: readingChoices.watchOwn,
    })
    .from(users)
    .leftJoin(readingChoices, eq(readingChoices.userId, users.id))
    .where(eq(users.id, userId));
  const left = row?.email ? await isSuppressed(db, row.email, 'notice') : false;
  return { mail: left ? 'none' : (row?.mail ?? DEFAULT_MAIL), watchOwn: row?.watchOwn ?? true };
}

/** Stores a person's settings; turning emails on again also lifts the suppression. */
export async function saveChoices(tx: Db, userId: string, choices: ReadingChoices): Promise<void> {
  await tx
    .insert(readingChoices)
    .values({ userId, ...choices })
    .onConflictDoUpdate({ target: readingChoices.userId, set: choices });
  if (choices.mail === 'none') return;
  const [row] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  if (row?.email) await lift(tx, addressHash(row.email), 'notice');
}
