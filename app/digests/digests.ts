import { and, desc, eq, max } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { digestSources, digests } from '../../db/schema';
import { newId } from '../ids';
import { parseScope, type Scope } from '../places/scope';
import { Refusal } from '../refusal';
import { indexDigest } from '../search/index-digest';
import type { Site } from '../site';
import { composeDigest } from './compose';
import { contentHash, type DigestContent, digestContent, quotesOf, sourcesOf } from './content';
import { type Period, parsePeriod } from './period';
import { stillVisible } from './verify';

/** A digest as it is stored. */
export interface Digest {
  id: string;
  scope: Scope;
  period: Period;
  /** Counts from 1 for each scope and period. */
  version: number;
  state: 'draft' | 'published';
  content: DigestContent;
  /** SHA-256 of the canonical JSON of `content`. */
  contentHash: string;
  builtAt: number;
  publishedAt: number | null;
}

/** A digest together with what may be shown of it at this moment. */
export interface ReadableDigest extends Digest {
  /** Posts that are public now and, where they are quoted, unchanged since. */
  visible: Set<string>;
}

/** A digest in a list. */
export interface DigestEntry {
  id: string;
  scope: Scope;
  period: Period;
  version: number;
  builtAt: number;
  publishedAt: number | null;
}

/**
 * Counts and quotes what was said in a scope and period, and stores it as a draft. The draft of
 * the same scope and period is replaced; a published digest is never touched: the draft becomes
 * its next version.
 *
 * @throws Refusal `invalid` for what is no scope or period; `refused` when nobody raised a barrier
 */
export async function buildDigest(site: Site, scopeCode: string, periodId: string) {
  const scope = parseScope(scopeCode);
  if (!scope) throw new Refusal('invalid', 'digests.error.scope', { field: 'scope' });
  const period = parsePeriod(periodId.trim().toUpperCase());
  if (!period) throw new Refusal('invalid', 'digests.error.period', { field: 'period' });
  // Reading takes longest and holds up no writer; a published digest is checked once more.
  const content = await composeDigest(site.db.reader, scope, period, site.config.digestMinAuthors);
  if (!content) throw new Refusal('refused', 'digests.error.nothing');
  return site.db.write((tx) => storeDraft(tx, site.clock.now(), scope, period, content));
}

async function storeDraft(
  tx: Db,
  now: number,
  scope: Scope,
  period: Period,
  content: DigestContent,
): Promise<{ id: string; version: number; contentHash: string }> {
  const hash = contentHash(content);
  const of = and(eq(digests.scope, scope), eq(digests.period, period.id));
  const [draft] = await tx
    .select({ id: digests.id, version: digests.version })
    .from(digests)
    .where(and(of, eq(digests.state, 'draft')));
  if (draft) {
    await tx
      .update(digests)
      .set({ content, contentHash: hash, builtAt: now })
      .where(eq(digests.id, draft.id));
    return { ...draft, contentHash: hash };
  }
  const [newest] = await tx
    .select({ version: max(digests.version) })
    .from(digests)
    .where(of);
  const made = { id: newId(now), version: (newest?.version ?? 0) + 1, contentHash: hash };
  await tx.insert(digests).values({
    ...made,
    scope,
    period: period.id,
    periodStart: period.start,
    periodEnd: period.end,
    state: 'draft',
    content,
    builtAt: now,
  });
  return made;
}

/**
 * Publishes a draft, by a person or (null) from the command line. Every source is checked again.
 *
 * @throws Refusal `missing`; `refused` when it is published already, or when a post it counts or
 * quotes is not public any more or was edited: then it has to be built anew
 */
export function publishDigest(site: Site, id: string, personId: string | null) {
  return site.db.write(async (tx) => {
    const digest = await readDigest(tx, id);
    if (!digest) throw new Refusal('missing', 'digests.error.missing');
    if (digest.state === 'published') throw new Refusal('refused', 'digests.error.published');
    const sources = sourcesOf(digest.content);
    const visible = await stillVisible(tx, digest.content);
    if (sources.some((postId) => !visible.has(postId))) {
      throw new Refusal('refused', 'digests.error.stale');
    }
    await tx
      .update(digests)
      .set({ state: 'published', publishedAt: site.clock.now(), publishedById: personId })
      .where(eq(digests.id, id));
    for (const postId of sources) {
      await tx.insert(digestSources).values({ digestId: id, postId });
    }
    await indexDigest(tx, id);
    return digest;
  });
}

/** A published digest by scope and period: the newest version unless told; null if there is none. */
export async function publishedDigest(
  db: Db,
  scope: Scope,
  periodId: string,
  version?: number,
): Promise<(ReadableDigest & { publishedAt: number }) | null> {
  const [row] = await db
    .select()
    .from(digests)
    .where(
      and(
        eq(digests.scope, scope),
        eq(digests.period, periodId),
        eq(digests.state, 'published'),
        version === undefined ? undefined : eq(digests.version, version),
      ),
    )
    .orderBy(desc(digests.version))
    .limit(1);
  if (!row?.publishedAt) return null;
  const digest = fromRow(row);
  const visible = await stillVisible(db, digest.content);
  return { ...digest, publishedAt: row.publishedAt, visible };
}

/** Any digest by its id, draft or published, for moderators; null if there is none. */
export async function readableDigest(db: Db, id: string): Promise<ReadableDigest | null> {
  const digest = await readDigest(db, id);
  if (!digest) return null;
  return { ...digest, visible: await stillVisible(db, digest.content) };
}

/** How many quotes of a digest may not be shown any more. */
export function withdrawnQuotes({ content, visible }: ReadableDigest): number {
  return quotesOf(content).filter((quote) => !visible.has(quote.postId)).length;
}

/**
 * Published digests, the newest first: of one scope, or of all; of each scope and period the
 * newest version.
 */
export async function listDigests(
  db: Db,
  { scope, limit = 50 }: { scope?: Scope | undefined; limit?: number } = {},
): Promise<(DigestEntry & { publishedAt: number })[]> {
  const newest = db
    .select({
      scope: digests.scope,
      period: digests.period,
      version: max(digests.version).as('newest_version'),
    })
    .from(digests)
    .where(eq(digests.state, 'published'))
    .groupBy(digests.scope, digests.period)
    .as('newest');
  const rows = await db
    .select(entryColumns)
    .from(digests)
    .innerJoin(
      newest,
      and(
        eq(newest.scope, digests.scope),
        eq(newest.period, digests.period),
        eq(newest.version, digests.version),
      ),
    )
    .where(scope === undefined ? undefined : eq(digests.scope, scope))
    .orderBy(desc(digests.periodEnd), desc(digests.publishedAt), digests.scope, digests.period)
    .limit(limit);
  return rows.map((row) => ({ ...entry(row), publishedAt: row.publishedAt ?? 0 }));
}

/** Drafts that wait for a moderator, the newest first. */
export async function listDrafts(db: Db): Promise<DigestEntry[]> {
  const rows = await db
    .select(entryColumns)
    .from(digests)
    .where(eq(digests.state, 'draft'))
    .orderBy(desc(digests.builtAt), desc(digests.id));
  return rows.map(entry);
}

const entryColumns = {
  id: digests.id,
  scope: digests.scope,
  period: digests.period,
  version: digests.version,
  builtAt: digests.builtAt,
  publishedAt: digests.publishedAt,
};

function entry({ scope, period, ...row }: Omit<DigestEntry, 'scope' | 'period'> & StoredPlace) {
  return { ...row, ...readAddress({ scope, period }) };
}

interface StoredPlace {
  scope: string;
  period: string;
}

async function readDigest(db: Db, id: string): Promise<Digest | null> {
  const [row] = await db.select().from(digests).where(eq(digests.id, id));
  return row ? fromRow(row) : null;
}

function fromRow(row: typeof digests.$inferSelect): Digest {
  const { id, version, state, builtAt, publishedAt } = row;
  const content = digestContent.parse(row.content);
  const hash = row.contentHash;
  return {
    id,
    version,
    state,
    builtAt,
    publishedAt,
    content,
    contentHash: hash,
    ...readAddress(row),
  };
}

/** What the database holds was checked when it was stored; anything else is a fault of ours. */
function readAddress(row: StoredPlace): { scope: Scope; period: Period } {
  const scope = parseScope(row.scope);
  const period = parsePeriod(row.period);
  if (!scope || !period) throw new Error(`a digest of ${row.scope} in ${row.period} is stored`);
  return { scope, period };
}
