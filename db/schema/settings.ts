import { table, text } from '../dialect';

/** Values of this installation, such as the secret that signs subscription links. */
export const settings = table('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
