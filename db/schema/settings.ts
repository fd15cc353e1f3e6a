import { type Column, index, table, text } from '../dialect';
import { id, json, moment, refersTo } from './columns';
import { conversations } from './conversation';
import { users } from './people';

/** Values of this installation, such as the secret that signs subscription links. */
export const settings = table('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

/** What administrators decide about the site: `SETTINGS` of app/platform/site-settings.ts. */
export const siteSettings = table('site_settings', {
  name: text('name').primaryKey(),
  value: json<unknown>('value'),
});

/**
 * What administrators change of the site's settings and of conversations: who changed what, and what an
 * undo puts back.
 */
export const settingChanges = table(
  'setting_changes',
  {
    id: id().primaryKey(),
    personId: refersTo('person_id', () => users.id),
    /** Whose values changed; empty: the settings of the site. */
    conversationId: text('conversation_id').references((): Column => conversations.id),
    /** The values that changed, by name. */
    before: json<Record<string, unknown>>('before').notNull(),
    after: json<Record<string, unknown>>('after').notNull(),
    /** The change that this one undoes. */
    undoesId: text('undoes_id').references((): Column => settingChanges.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('setting_changes_created').on(t.createdAt),
    index('setting_changes_conversation').on(t.conversationId, t.createdAt),
  ],
);
