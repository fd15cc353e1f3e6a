import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Facts about this installation, such as the secret that signs subscription links. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
