import { index, table, text } from '../dialect';
import { belongsTo, flagColumn, id, moment, refersTo } from './columns';
import { users } from './people';

/** Modmail conversations between one member and all moderators. */
export const modConversations = table(
  'mod_talks',
  {
    id: id().primaryKey(),
    personId: belongsTo('person_id', () => users.id),
    subject: text('subject').notNull(),
    createdAt: moment('created_at').notNull(),
    /** Time of the newest message, and whether moderators are to answer. */
    activeAt: moment('active_at').notNull(),
    awaitsModerators: flagColumn('awaits_moderators').notNull(),
    closedAt: moment('closed_at'),
  },
  (t) => [index('mod_talks_person').on(t.personId), index('mod_talks_active').on(t.activeAt)],
);

export const modMessages = table(
  'mod_messages',
  {
    id: id().primaryKey(),
    /** Named so in the exports that people download, as are table and indexes in databases. */
    talkId: belongsTo('talk_id', () => modConversations.id),
    authorId: refersTo('author_id', () => users.id),
    fromModerators: flagColumn('from_moderators').notNull(),
    /** Plain text. */
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('mod_messages_talk').on(t.talkId, t.createdAt)],
);

/** Notes about a person, visible to moderators only. Rows are never changed. */
export const personNotes = table(
  'person_notes',
  {
    id: id().primaryKey(),
    personId: belongsTo('person_id', () => users.id),
    authorId: refersTo('author_id', () => users.id),
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('person_notes_person').on(t.personId, t.createdAt)],
);
