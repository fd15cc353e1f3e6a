import { desc, gt } from 'drizzle-orm';
import { type Clock, DAY } from '~/platform/clock';
import { CAUSES, type RefusalCause } from '~/platform/mail/refusal';
import type { Db } from '~db/client';
import { mailRefusals } from '~db/schema';

/** So many refusals for one cause within a day are told to the administrators. */
const MANY = 10;

/** Emails that were refused for one cause within the last day. */
export interface RefusedMail {
  cause: RefusalCause;
  emails: number;
  /** The provider with the most of them; '' if it is not known. */
  domain: string;
  /** Codes of the newest. */
  reply: string;
}

/** Counts the refused emails of the last day by cause, the most frequent first. */
export async function refusedMail(db: Db, clock: Clock): Promise<RefusedMail[]> {
  const rows = await db
    .select()
    .from(mailRefusals)
    .where(gt(mailRefusals.createdAt, clock.now() - DAY))
    .orderBy(desc(mailRefusals.createdAt));
  return CAUSES.map((cause) => {
    const refused = rows.filter((row) => row.cause === cause);
    const domains = new Map<string, number>();
    for (const { domain } of refused) domains.set(domain, (domains.get(domain) ?? 0) + 1);
    const [most] = [...domains].toSorted(([, a], [, b]) => b - a);
    return {
      cause,
      emails: refused.length,
      domain: most?.[0] ?? '',
      reply: refused[0]?.reply ?? '',
    };
  })
    .filter(({ emails }) => emails > 0)
    .toSorted((a, b) => b.emails - a.emails);
}

/** True if so many emails were refused for one cause that the cause is probably ours. */
export function isMany({ emails }: RefusedMail): boolean {
  return emails >= MANY;
}
