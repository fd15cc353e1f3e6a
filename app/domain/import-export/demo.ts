import { createUser } from '~/domain/accounts/auth/create-user';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { keepAllQuotes } from '~/domain/digests/edit-draft';
import type { AppContext } from '~/platform/app-context';
import { users } from '~db/schema';
import replies from '~db/seed/demo/replies.json';
import { at, demoPerson, fillDesk } from './demo-desk';
import { confirmKeyPoints } from './demo-key-points';
import { importConversation } from './import-conversation';
import { seedOnce } from './seed';

/** The accounts that can log in to a demo; their email addresses lead nowhere (RFC 2606). */
export const DEMO_ACCOUNTS = {
  moderator: { email: 'moderator@demo.example', handle: 'demo_moderator' },
  member: { email: 'member@demo.example', handle: 'demo_member' },
} as const;

export const DEMO_PASSWORD = 'walk the causeway';

const DIGESTS = [
  { scope: 'world', period: '2026-09' },
  { scope: 'world', period: '2026-10' },
  { scope: '011', period: '2026-10' },
];

/**
 * Fills an empty database with an invented autumn: the five questions, a conversation, a moderator
 * and a member, decisions and open cases, confirmed key points, three published digests. Everything is created at its own
 * time, so that ages and periods are right. Does nothing if the database already has content.
 */
export async function buildDemo(app: AppContext, conversation: string): Promise<boolean> {
  if (!(await seedOnce(at(app, '2026-08-01T08:00:00Z')))) return false;
  // The conversation is also what the rules are measured with, so what only the demo shows is apart.
  const lines = [conversation.trim(), ...replies.map((reply) => JSON.stringify(reply))];
  await importConversation(at(app, '2026-11-01T00:00:00Z'), lines.join('\n'));

  const early = at(app, '2026-08-01T09:00:00Z');
  await createUser(early, {
    ...DEMO_ACCOUNTS.moderator,
    password: DEMO_PASSWORD,
    role: 'moderator',
  });
  await createUser(early, { ...DEMO_ACCOUNTS.member, password: DEMO_PASSWORD, role: 'member' });
  // The demo's password is public, so a second factor would protect nothing.
  await app.db.write((tx) => tx.update(users).set({ secondFactorFrom: null }));
  const moderator = await demoPerson(app, DEMO_ACCOUNTS.moderator.handle);
  const member = await demoPerson(app, DEMO_ACCOUNTS.member.handle);

  await fillDesk(app, { moderator, member });
  await confirmKeyPoints(app, moderator);
  for (const { scope, period } of DIGESTS) {
    const desk = at(app, '2026-11-02T10:00:00Z');
    const { id } = await buildDigest(desk, scope, period);
    await keepAllQuotes(desk, id);
    await publishDigest(desk, id, moderator.id);
  }
  return true;
}
