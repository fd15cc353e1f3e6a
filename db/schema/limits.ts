import { index, integer, table, text } from '../dialect';
import { moment } from './columns';

/** Rate limiter counters: points used under each key until `expiresAt`. */
export const limits = table(
  'limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expiresAt: moment('expires_at'),
  },
  (t) => [index('limits_expires').on(t.expiresAt)],
);
