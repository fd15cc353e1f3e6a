import { and, desc, eq, max, ne } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { ZodError } from 'zod';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import type { AppContext } from '~/platform/app-context';
import { batchesOf } from '~/platform/batches';
import type { TermNames } from '~/platform/community/site-translator';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { digestKeyPoints, digestProposals, digestSources, digests, users } from '~db/schema';
import { announceQuotes } from './announce';
import { composeDigest } from './compose';
import { type DigestContent, digestContent, editionHash, quotesOf, sourcesOf } from './content';
import { withHeld } from './decided-elsewhere';
import { conversationOf, type DigestKey, parseDigestKey, pillarOf } from './digest-key';
import { undecidedQuotes } from './disclosure';
import { disputedPosts, type EditionStatus, editionStatusOf } from './errata';
import { indexDigest } from './index-digest';
import { pruneWords } from './machine-words';
import { type Period, parsePeriod } from './period';
import { type Press, pressAll, presses, toldByRegion } from './presses';
import { carryOver, quoteAnchor, refOf, withoutQuotes } from './quote-slots';
import { termNamesOf } from './term-names';
import { authorsOf } from './told-by-region';
import { type TranslatedQuote, translatedQuotes } from './translated-quotes';
import { stillVisible } from './verify';

/** A stored digest. */
export interface Digest {
  id: string;
  /** A place, or a place combined with a pillar or conversation. */
  scope: DigestKey;
  period: Period;
  /** From 1 for each scope and period. */
  version: number;
  state: 'draft' | 'published';
  content: DigestContent;
  /** SHA-256 of the canonical JSON of `content`, including the note if there is one. */
  contentHash: string;
  builtAt: number;
  publishedAt: number | null;
  /** The content as composed, before any editing. */
  drafted: DigestContent;
  /** The editor's signed note. */
  note: Note | null;
  /** When the last quoted author was told, UTC ms; null if none was. */
  announcedAt: number | null;
  /** What moderators did at quotes to protect people. */
  presses: Press[];
  /** For a version that was issued because sources were withdrawn: the version it corrects. */
  corrects: number | null;
  /** What terms were called when it was published; null: as they are called now. */
  termNames: TermNames | null;
}

/** An editor's signed note at the top of a digest. */
export interface Note {
  /** Plain text. */
  text: string;
  /** The handle of the editor who signed it. */
  by: string;
}

/** A digest with what may be shown of it at the moment. */
export interface ReadableDigest extends Digest, EditionStatus {
  translations: TranslatedQuote[];
}

/** A digest in a list. */
export interface DigestEntry {
  id: string;
  scope: DigestKey;
  period: Period;
  version: number;
  builtAt: number;
  publishedAt: number | null;
}

/**
 * Composes the digest of a topic and period and stores it as a draft. An existing draft is composed
 * again and keeps the editors' choices that are still valid. A published digest is never changed:
 * the draft becomes its next version.
 *
 * @throws DomainError `invalid` if topic or period is not valid, or the period has not begun; `refused`
 * if nobody reported a barrier
 */
export async function buildDigest(app: AppContext, topic: string, periodId: string) {
  const scope = parseDigestKey(topic);
  const [pillar, conversation] = scope ? [pillarOf(scope), conversationOf(scope)] : [];
  if (
    !scope ||
    (pillar && !app.community.isPillar(pillar)) ||
    (conversation && !app.community.conversations.has(conversation))
  ) {
    throw new DomainError('invalid', 'digests.error.scope', { field: 'scope' });
  }
  const period = parsePeriod(periodId.trim().toUpperCase());
  if (!period) throw new DomainError('invalid', 'digests.error.period', { field: 'period' });
  if (period.start > app.clock.now()) {
    throw new DomainError('invalid', 'digests.error.future', { field: 'period' });
  }
  // Composed outside the transaction, because reading takes longest and must not block writers;
  // whether the digest is published is checked again inside.
  const byRegion = toldByRegion(await currentPresses(app.db.reader, scope, period));
  const content = await composeCitable(app, scope, period, byRegion);
  if (!content) throw new DomainError('refused', 'digests.error.nothing');
  const composed = { content, byRegion };
  return app.db.write((tx) => storeDraft(tx, app.clock.now(), scope, period, composed));
}

/** The same for the schedule, if the draft is worth sending; composes people's drafts again. */
export async function draftIfWorthSending(
  app: AppContext,
  scope: DigestKey,
  period: Period,
): Promise<boolean> {
  const byRegion = toldByRegion(await currentPresses(app.db.reader, scope, period));
  const content = await composeCitable(app, scope, period, byRegion);
  if (!content || isThin(content)) return false;
  const composed = { content, byRegion };
  await app.db.write((tx) => storeDraft(tx, app.clock.now(), scope, period, composed));
  return true;
}

/** What moderators did at quotes of the newest version, draft or published, and at those of other digests. */
async function currentPresses(db: Db, scope: DigestKey, period: Period): Promise<Press[]> {
  const [newest] = await db
    .select({ presses: digests.presses })
    .from(digests)
    .where(and(eq(digests.scope, scope), eq(digests.period, period.id)))
    .orderBy(desc(digests.version))
    .limit(1);
  return withHeld(db, { scope, period }, pressesOf(newest?.presses));
}

/**
 * Returns the result of `composeDigest` without authors who do not want to be quoted. The country of the
 * authors of the posts `byRegion` is not told.
 */
export async function composeCitable(
  { db, clock, config, community }: AppContext,
  scope: DigestKey,
  period: Period,
  byRegion: readonly string[],
): Promise<DigestContent | null> {
  const content = await composeDigest(db.reader, scope, period, {
    community,
    minAuthors: config.digestMinAuthors,
    now: clock.now(),
    byRegion: await authorsOf(db.reader, byRegion),
  });
  const disputed = await disputedPosts(db.reader);
  return content && withoutQuotes(content, ({ postId }) => disputed.has(postId));
}

async function storeDraft(
  tx: Db,
  now: number,
  scope: DigestKey,
  period: Period,
  { content, byRegion }: { content: DigestContent; byRegion: readonly string[] },
): Promise<{ id: string; version: number; contentHash: string }> {
  const done = await currentPresses(tx, scope, period);
  // A country that was withheld meanwhile is still in these numbers.
  if (toldByRegion(done).join() !== byRegion.join()) {
    throw new DomainError('refused', 'editions.error.overtaken');
  }
  const of = and(eq(digests.scope, scope), eq(digests.period, period.id));
  const [row] = await tx
    .select()
    .from(digests)
    .where(and(of, eq(digests.state, 'draft')));
  if (row) {
    const edited = await withEdits(tx, fromRow(row, null), content);
    const kept = pressAll(edited, done);
    const contentHash = editionHash(kept, row.note);
    await tx
      .update(digests)
      .set({
        ...{ content: kept, drafted: content, contentHash, presses: done },
        ...{ thin: isThin(content), builtAt: now },
      })
      .where(eq(digests.id, row.id));
    return { id: row.id, version: row.version, contentHash };
  }
  const [newest] = await tx
    .select({ version: digests.version })
    .from(digests)
    .where(of)
    .orderBy(desc(digests.version))
    .limit(1);
  // Whoever was protected in a version is in the next one, too.
  const kept = pressAll(content, done);
  const contentHash = editionHash(kept, null);
  const made = { id: newId(now), version: (newest?.version ?? 0) + 1, contentHash };
  await tx.insert(digests).values({
    ...made,
    scope,
    period: period.id,
    periodStart: period.start,
    periodEnd: period.end,
    state: 'draft',
    content: kept,
    drafted: content,
    presses: done,
    thin: isThin(content),
    builtAt: now,
  });
  return made;
}

/**
 * True if it is not emailed: too few people wrote, including carried-over periods, or its period was
 * not over.
 */
export function isThin({ worthSending, whole }: DigestContent): boolean {
  return !worthSending || !whole;
}

/** Applies the editors' changes of a draft to newly composed content. */
async function withEdits(tx: Db, draft: Digest, fresh: DigestContent): Promise<DigestContent> {
  if (editionHash(draft.content, null) === editionHash(draft.drafted, null)) return fresh;
  const { visible } = await editionStatusOf(tx, draft.id, draft.content);
  return pruneWords(carryOver(fresh, draft.content, ({ postId }) => visible.has(postId), true));
}

/**
 * Publishes a draft, by a person or (null) from the command line. Every source is checked again. A
 * form's `key` publishes only once; `seen` is the hash of the version that the person saw.
 *
 * @throws DomainError `missing`; `refused` if it is already published, was changed meanwhile, counts or
 * quotes a post that is no longer public or was edited (then it must be composed again), or has quotes
 * that could point to a person and about which no moderator decided: then its fields are their anchors
 */
export function publishDigest(
  app: AppContext,
  id: string,
  personId: string | null,
  { key, seen }: { key?: string | undefined; seen?: string } = {},
) {
  return app.db.write(async (tx) => {
    const digest = await readDigest(tx, id);
    if (!digest) throw new DomainError('missing', 'digests.error.missing');
    await once(
      tx,
      app.clock,
      { by: personId ?? 'operator', key, sent: { publish: id } },
      async () => {
        await publishDraft(tx, app, digest, personId, seen);
        return digest.id;
      },
    );
    return digest;
  });
}

async function publishDraft(
  tx: Db,
  app: AppContext,
  digest: Digest,
  personId: string | null,
  seen: string | undefined,
): Promise<void> {
  const { id } = requireDraft(digest, seen || undefined);
  const sources = sourcesOf(digest.content);
  const visible = await stillVisible(tx, digest.content);
  if (sources.some((postId) => !visible.has(postId))) {
    throw new DomainError('refused', 'digests.error.stale');
  }
  const open = await undecidedQuotes(tx, digest, app.config.digestMinAuthors);
  if (open.length > 0) {
    const fields = open.map(({ quote }) => [
      quoteAnchor(refOf(quote)),
      { key: 'digests.check.undecidedQuote' as const, values: { text: asOneLine(quote.text) } },
    ]);
    throw new DomainError('refused', 'digests.check.undecided', {
      values: { n: open.length },
      fields: Object.fromEntries(fields),
    });
  }
  const now = app.clock.now();
  await tx
    .update(digests)
    .set({
      ...{ state: 'published', publishedAt: now, publishedById: personId, checkedAt: now },
      termNames: termNamesOf(app.community, digest.content),
    })
    .where(eq(digests.id, id));
  // Proposals can no longer be decided on, so copies of quotes in them are deleted.
  await tx
    .delete(digestProposals)
    .where(and(eq(digestProposals.digestId, id), ne(digestProposals.state, 'approved')));
  await takeUp(tx, app, id, digest.content);
}

/**
 * Tells the authors whom a draft quotes, so that they can object before it is emailed. Those who
 * were told already are not told again.
 * @throws DomainError `missing`; `refused` if it is published or was changed meanwhile
 */
export async function announceDraft(
  tx: Db,
  app: AppContext,
  id: string,
  seen?: string,
): Promise<void> {
  const digest = requireDraft(await readDigest(tx, id), seen || undefined);
  await announceQuotes(tx, app, id, digest.content);
}

/**
 * Further changes in the transaction of a publication: stores its sources, adds it to the search
 * index, and tells the quoted authors who were not told yet.
 */
export async function takeUp(
  tx: Db,
  app: AppContext,
  digestId: string,
  content: DigestContent,
): Promise<void> {
  const quoted = new Set(quotesOf(content).map(({ postId }) => postId));
  const rows = sourcesOf(content).map((postId) => ({
    digestId,
    postId,
    quoted: quoted.has(postId),
  }));
  for (const batch of batchesOf(rows)) await tx.insert(digestSources).values(batch);
  const points = content.findings.map(({ keyPoint: keyPointId }) => ({ digestId, keyPointId }));
  if (points.length > 0) await tx.insert(digestKeyPoints).values(points);
  await indexDigest(tx, app.community, digestId);
  await announceQuotes(tx, app, digestId, content);
}

/**
 * Returns the published digest of a scope and period, by default the newest version; with `part`
 * only that part of its content.
 */
export async function publishedDigest(
  db: Db,
  scope: DigestKey,
  periodId: string,
  {
    version,
    part,
  }: { version?: number | undefined; part?: (content: DigestContent) => DigestContent } = {},
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
  const digest = await withNote(db, row);
  const content = part ? part(digest.content) : digest.content;
  return { ...(await readable(db, { ...digest, content })), publishedAt: row.publishedAt };
}

/** Leaves out a digest whose content cannot be read; the job that checks digests reports it. */
export function ifUnreadable(error: unknown): null {
  if (error instanceof ZodError) return null;
  throw error;
}

/** Returns the published versions of a digest, newest first. */
export async function listVersions(
  db: Db,
  scope: DigestKey,
  periodId: string,
): Promise<{ version: number; publishedAt: number; corrects: number | null }[]> {
  const rows = await db
    .select({
      version: digests.version,
      publishedAt: digests.publishedAt,
      corrects: digests.corrects,
    })
    .from(digests)
    .where(
      and(eq(digests.scope, scope), eq(digests.period, periodId), eq(digests.state, 'published')),
    )
    .orderBy(desc(digests.version));
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt ?? 0 }));
}

/** Returns any digest by id, draft or published, for moderators; null if there is none. */
export async function readableDigest(db: Db, id: string): Promise<ReadableDigest | null> {
  const digest = await readDigest(db, id);
  if (!digest) return null;
  return readable(db, digest);
}

async function readable(db: Db, digest: Digest): Promise<ReadableDigest> {
  const standing = await editionStatusOf(db, digest.id, digest.content);
  const translations = await translatedQuotes(db, standing.content, standing.visible);
  return { ...digest, ...standing, translations };
}

/** Returns published digests, newest first: the newest version of each scope and period. */
export async function listDigests(
  db: Db,
  { scope, limit = 50 }: { scope?: DigestKey | undefined; limit?: number } = {},
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

/** Returns the drafts, newest first. */
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

/** Returns a digest as it is stored; null if there is none. */
export async function readDigest(db: Db, id: string): Promise<Digest | null> {
  const [row] = await db.select().from(digests).where(eq(digests.id, id));
  return row ? withNote(db, row) : null;
}

/**
 * Returns a digest that may be changed; `seen` is the hash of the version that a person saw.
 * @throws DomainError `missing`; `refused` if it is published or was changed meanwhile
 */
export function requireDraft<Found extends Digest>(digest: Found | null, seen?: string): Found {
  if (!digest) throw new DomainError('missing', 'digests.error.missing');
  if (digest.state === 'published') throw new DomainError('refused', 'digests.error.published');
  if (seen !== undefined && seen !== digest.contentHash) {
    throw new DomainError('refused', 'editions.error.overtaken');
  }
  return digest;
}

async function withNote(db: Db, row: typeof digests.$inferSelect): Promise<Digest> {
  if (!row.note || !row.noteById) return fromRow(row, null);
  const [editor] = await db
    .select({ handle: users.handle })
    .from(users)
    .where(eq(users.id, row.noteById));
  return fromRow(row, { text: row.note, by: editor?.handle ?? '' });
}

function fromRow(row: typeof digests.$inferSelect, note: Note | null): Digest {
  const { id, version, state, builtAt, publishedAt, announcedAt, contentHash, corrects } = row;
  const own = { id, version, state, builtAt, publishedAt, announcedAt, contentHash, corrects };
  return {
    ...own,
    ...readContent(row),
    termNames: row.termNames as TermNames | null,
    presses: pressesOf(row.presses),
    note,
    ...readAddress(row),
  };
}

function pressesOf(stored: unknown): Press[] {
  return presses.parse(stored ?? []);
}

/** Validating a large content takes longest, and thousands of emails need the same one. */
const checked = new LRUCache<string, Pick<Digest, 'content' | 'drafted'>>({ max: 30 });

function readContent(row: typeof digests.$inferSelect): Pick<Digest, 'content' | 'drafted'> {
  // A version never changes; a draft does, but not under the same hash and time.
  const key = [row.id, row.contentHash, row.builtAt].join(' ');
  const known = checked.get(key);
  if (known) return known;
  const content = digestContent.parse(row.content);
  const drafted = row.drafted === null ? content : digestContent.parse(row.drafted);
  checked.set(key, { content, drafted });
  return { content, drafted };
}

/** Values in the database were validated when stored, so anything else is a bug. */
function readAddress(row: StoredPlace): { scope: DigestKey; period: Period } {
  const scope = parseDigestKey(row.scope);
  const period = parsePeriod(row.period);
  if (!scope || !period) throw new Error(`a digest of ${row.scope} in ${row.period} is stored`);
  return { scope, period };
}
