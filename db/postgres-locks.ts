import { createHash } from 'node:crypto';
import type { WriteSubject } from './database';

/*
 * The advisory locks of PostgreSQL, each a pair of integers. All end with their transaction, once what
 * it wrote can be seen. See decision 36.
 */

/** The first integer of the site's few locks, and of those for what single writes are about. */
const OF_SITE = 0xca05e;
const OF_SUBJECTS = 0xca05f;

/** Shared by writes that say what they are about; others have it alone. */
const SITE = `${OF_SITE}, 1`;
/** Held by the connection that migrates the schema. */
export const MIGRATION = `${OF_SITE}, 2`;
/** Held from the moment a transaction gets its version (`cache_tags`) until it has ended. */
export const VERSIONS = `${OF_SITE}, 3`;

/**
 * Returns what begins a transaction in one message. Without `about` it is the only writer; with it, the
 * locks are taken in one order, so that no two transactions wait for each other.
 */
export function beginning(about: readonly WriteSubject[] = []): string {
  if (about.length === 0) return `BEGIN; SELECT pg_advisory_xact_lock(${SITE})`;
  const keys = [...new Set(about.map(keyOf))].sort((a, b) => a - b);
  return [
    `BEGIN; SELECT pg_advisory_xact_lock_shared(${SITE})`,
    ...keys.map((key) => `SELECT pg_advisory_xact_lock(${OF_SUBJECTS}, ${key})`),
  ].join('; ');
}

/** 32 bits: two subjects with the same key only wait for each other. */
function keyOf(subject: WriteSubject): number {
  return createHash('sha256').update(subject).digest().readInt32BE(0);
}
