import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from './columns';

/** Counters of the rate limiter: points used under a key until `expiresAt`. */
export const limits = sqliteTable(
  'limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expiresAt: moment('expires_at'),
  },
  (t) => [index('limits_expires').on(t.expiresAt)],
);
