import { table, text } from '../dialect';

/** Facts about this installation, such as the secret that signs subscription links. */
export const settings = table('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
