import { index, integer, primaryKey, table, text, uniqueIndex } from '../dialect';
import { belongsTo, id, moment, refersTo } from './columns';
import { type Role, users } from './people';

/** Invitations by administrators: links that make whoever opens them a member, or give a role. */
export const invitations = table(
  'invitations',
  {
    id: id().primaryKey(),
    /** SHA-256 of the token in the link. */
    tokenHash: text('token_hash').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** Whom it was emailed to, until it has ended; empty for a link that is passed on by hand. */
    email: text('email'),
    maxUses: integer('max_uses').notNull(),
    createdById: refersTo('created_by_id', () => users.id),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (t) => [uniqueIndex('invitations_token').on(t.tokenHash)],
);

/** Who used an invitation: each person once. */
export const invitationUses = table(
  'invitation_uses',
  {
    invitationId: belongsTo('invitation_id', () => invitations.id),
    userId: belongsTo('user_id', () => users.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.invitationId, t.userId] }),
    index('invitation_uses_user').on(t.userId),
  ],
);
