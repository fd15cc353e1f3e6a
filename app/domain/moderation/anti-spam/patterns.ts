import { and, asc, count, desc, eq, isNull } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Person } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { patterns, signals, users } from '~db/schema';
import type { PatternEffect, PatternKind } from '~db/schema/prevention';
import { prepared } from '~db/statement-cache';
import { type Pattern, readPattern, type Sample } from './pattern';

/** Limit, because more patterns could make every post slow. */
const MOST_PATTERNS = 200;

export interface NewPattern {
  kind: PatternKind;
  text: string;
  effect: PatternEffect;
  note: string;
}

/**
 * Adds a pattern after compiling it as in use.
 * @throws DomainError `invalid` for the field `text`; `refused` if there are too many.
 */
export async function addPattern(
  tx: Db,
  clock: Clock,
  moderator: Person,
  { kind, text, effect, note }: NewPattern,
): Promise<void> {
  const read = readPattern(kind, text);
  if (typeof read === 'string') throw new DomainError('invalid', read, { field: 'text' });
  if ((await countOf(tx, patterns, isNull(patterns.retiredAt))) >= MOST_PATTERNS) {
    throw new DomainError('refused', 'guard.error.patternMany', {
      values: { count: MOST_PATTERNS },
    });
  }
  const now = clock.now();
  await tx.insert(patterns).values({
    id: newId(now),
    kind,
    text: text.trim(),
    effect,
    note: note || null,
    addedById: moderator.id,
    createdAt: now,
  });
}

/** Retires a pattern; does nothing if it is already retired or unknown. */
export async function retirePattern(
  tx: Db,
  clock: Clock,
  moderator: Person,
  id: string,
): Promise<void> {
  await tx
    .update(patterns)
    .set({ retiredAt: clock.now(), retiredById: moderator.id })
    .where(and(eq(patterns.id, id), isNull(patterns.retiredAt)));
}

/** Returns the active patterns, newest first, with who added each and its number of matches. */
export async function listPatterns(db: Db) {
  const rows = await db
    .select({
      id: patterns.id,
      kind: patterns.kind,
      text: patterns.text,
      effect: patterns.effect,
      note: patterns.note,
      createdAt: patterns.createdAt,
      addedBy: users.handle,
    })
    .from(patterns)
    .innerJoin(users, eq(users.id, patterns.addedById))
    .where(isNull(patterns.retiredAt))
    .orderBy(desc(patterns.createdAt), desc(patterns.id));
  const met = await db
    .select({ patternId: signals.patternId, times: count() })
    .from(signals)
    .groupBy(signals.patternId);
  const times = new Map(met.map((row) => [row.patternId, row.times]));
  return rows.map((row) => ({ ...row, times: times.get(row.id) ?? 0 }));
}

export interface PatternHit {
  patternId: string;
  effect: PatternEffect;
  /** The matching text. */
  matched: string;
}

const ready = new LRUCache<string, Pattern>({ max: 2 * MOST_PATTERNS });

const readPatterns = prepared((db) =>
  db
    .select()
    .from(patterns)
    .where(isNull(patterns.retiredAt))
    .orderBy(asc(patterns.createdAt), asc(patterns.id)),
);

/**
 * Returns all patterns that match a text, oldest pattern first, and what follows for the text if
 * there was no time for all expressions: what would follow if those matched.
 */
export async function patternHits(
  { db, markdown }: Pick<AppContext, 'db' | 'markdown'>,
  sample: Sample,
): Promise<{ hits: PatternHit[]; unchecked: PatternEffect | null }> {
  const rows = await readPatterns(db.reader, {});
  const all = rows.flatMap(({ id, kind, text, effect }) => {
    const pattern = patternFor(kind, text);
    return pattern ? [{ patternId: id, effect, pattern }] : [];
  });
  const expressions = all.flatMap(({ pattern }) =>
    'expression' in pattern ? [pattern.expression] : [],
  );
  const found = expressions.length > 0 ? await markdown.match(expressions, sample.text) : [];
  const results = all.map(({ pattern, ...rest }) => ({
    ...rest,
    matched: 'expression' in pattern ? found.shift() : pattern(sample),
  }));
  const late = results.filter(({ matched }) => matched === undefined);
  return {
    hits: results.flatMap(({ matched, ...hit }) =>
      typeof matched === 'string' ? [{ ...hit, matched }] : [],
    ),
    unchecked: late.find(({ effect }) => effect === 'hold')?.effect ?? late[0]?.effect ?? null,
  };
}

function patternFor(kind: PatternKind, text: string): Pattern | null {
  const key = `${kind}:${text}`;
  const known = ready.get(key);
  if (known) return known;
  const read = readPattern(kind, text);
  // It was valid when it was saved; only a newer version of this code could reject it.
  if (typeof read === 'string') return null;
  ready.set(key, read);
  return read;
}
