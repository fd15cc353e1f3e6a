import { eq } from 'drizzle-orm';
import { cases, users } from '../../db/schema';
import { buildDigest, publishDigest } from '../digests/digests';
import { decide } from '../moderation/decide';
import { flagPost } from '../moderation/flag';
import { createUser } from '../people/accounts';
import type { Person } from '../people/visitor';
import type { Site } from '../site';
import type { FlagReason, RuleSlug } from '../vocabularies/vocabularies';
import { importConversation } from './import-conversation';
import { seedOnce } from './seed';

/** Who can log in to a demonstration; the addresses lead nowhere (RFC 2606). */
export const DEMO_ACCOUNTS = {
  moderator: { email: 'moderator@demo.example', handle: 'demo_moderator' },
  member: { email: 'member@demo.example', handle: 'demo_member' },
} as const;

export const DEMO_PASSWORD = 'walk the causeway';

const FLAGS: { post: string; reason: FlagReason; hide?: RuleSlug; at: string }[] = [
  { post: 'd017', reason: 'spam', hide: 'spam', at: '2026-08-23T07:30:00Z' },
  { post: 'd043', reason: 'spam', hide: 'spam', at: '2026-09-25T08:10:00Z' },
  { post: 'd064', reason: 'harassment', hide: 'harassment', at: '2026-10-24T06:45:00Z' },
  { post: 'd068', reason: 'spam', at: '2026-10-30T09:05:00Z' },
];

const DIGESTS = [
  { scope: 'world', period: '2026-10' },
  { scope: '011', period: '2026-10' },
  { scope: 'world', period: '2026-09' },
];

/**
 * Fills an empty database with an invented autumn: the five questions, a conversation, a moderator
 * and a member, decisions and an open case, three published digests. Each thing happens at its own
 * moment, so that ages and periods are right. Does nothing to a database that is seeded already.
 */
export async function buildDemo(site: Site, conversation: string): Promise<boolean> {
  if (!(await seedOnce(at(site, '2026-08-01T08:00:00Z')))) return false;
  await importConversation(at(site, '2026-11-01T00:00:00Z'), conversation);

  const early = at(site, '2026-08-01T09:00:00Z');
  await createUser(early, {
    ...DEMO_ACCOUNTS.moderator,
    password: DEMO_PASSWORD,
    role: 'moderator',
  });
  await createUser(early, { ...DEMO_ACCOUNTS.member, password: DEMO_PASSWORD, role: 'member' });
  // Everybody knows the password, so nobody is asked for more: the demonstration says so.
  await site.db.write((tx) => tx.update(users).set({ secondFactorFrom: null }));
  const moderator = await personOf(site, DEMO_ACCOUNTS.moderator.email);
  const member = await personOf(site, DEMO_ACCOUNTS.member.email);

  for (const flag of FLAGS) await moderate(at(site, flag.at), moderator, member, flag);
  for (const { scope, period } of DIGESTS) {
    const desk = at(site, '2026-11-02T10:00:00Z');
    const { id } = await buildDigest(desk, scope, period);
    await publishDigest(desk, id, moderator.id);
  }
  return true;
}

/** The same site at another moment. */
function at(site: Site, iso: string): Site {
  const moment = Date.parse(iso);
  return { ...site, clock: { now: () => moment } };
}

async function personOf(site: Site, email: string): Promise<Person> {
  const [person] = await site.db.reader.select().from(users).where(eq(users.email, email));
  if (!person) throw new Error(`the demonstration has no ${email}`);
  return person;
}

async function moderate(
  site: Site,
  moderator: Person,
  member: Person,
  { post, reason, hide }: (typeof FLAGS)[number],
): Promise<void> {
  await flagPost(site, member, { postId: post, reason, note: '' });
  if (!hide) return;
  const [matter] = await site.db.reader
    .select({ id: cases.id })
    .from(cases)
    .where(eq(cases.postId, post));
  if (!matter) throw new Error(`no case about ${post}`);
  await site.db.write((tx) =>
    decide(tx, site, moderator, {
      caseId: matter.id,
      action: 'hide',
      rule: hide,
      note: '',
      seen: {},
    }),
  );
}
