import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, ne, type SQL } from 'drizzle-orm';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { findConversation } from '~/domain/forum/conversations/conversations';
import { ABOUT_FIELDS, FROM_FIELDS } from '~/domain/forum/posts/post-fields';
import { detailColumns, namersOfKinds, readLists } from '~/domain/forum/posts/stored-details';
import { presentTexts } from '~/domain/forum/translations/translations';
import { EVERYBODY, publicPost, publicThread } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { inBatches } from '~/platform/batches';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { type Cell, csv } from '~/platform/text/csv';
import type { Db } from '~db/client';
import { QueryBuilder } from '~db/dialect';
import { conversations, digests, meToos, posts, threadPillars, threads, users } from '~db/schema';
import { dataPackage, dictionaryText, EXPORTED, type ExportedTable } from './data-dictionary';

export interface ExportOptions {
  withPeople?: boolean | undefined;
  /** The slug of the only conversation to write. */
  conversation?: string | undefined;
}

export interface ExportReport {
  threads: number;
  contributions: number;
  digests: number;
}

/** Number of rows read at a time, to limit memory on a large site. */
const BATCH = 500;

/**
 * Writes all public data to a folder, as JSON Lines and CSV, with a data dictionary for people
 * (`README.md`) and for programs (`datapackage.json`): threads, contributions (in the exchange
 * format that `import` reads), conversations, me-toos, key points and published
 * digests. Hidden, held or deleted posts are never included. Who says “I face this too”, and where, is
 * private: it is told only of authors whom an import brought, or, to move a site, `withPeople`.
 *
 * Of one `conversation`, the threads, contributions and key points are its own, and there are no digests,
 * which are about a place.
 * @throws DomainError `missing` if no conversation with this slug is public
 */
export async function exportData(
  app: AppContext,
  folder: string,
  { withPeople = false, conversation }: ExportOptions = {},
): Promise<ExportReport> {
  const db = app.db.reader;
  const slug = conversation;
  if (slug !== undefined && !(await findConversation(db, slug, EVERYBODY))) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  const within = slug === undefined ? undefined : inConversation(slug);
  mkdirSync(folder, { recursive: true });
  const all = await publicKeyPoints(db, app.community);
  const told = withPeople ? undefined : and(isNotNull(users.importedAt), isNull(users.email));
  const contributions = await publicContributions(db, all.keyPoints, told, within);
  const points = slug === undefined ? all : reportedBy(all, contributions);
  const rows: Record<keyof typeof EXPORTED, Row[]> = {
    conversations: await openedConversations(db, slug),
    threads: await publicThreads(db, within),
    contributions,
    meToos: await publicMeToos(db, and(told, within)),
    ...points,
    translations: await translationsOf(db, contributions),
    digests: slug === undefined ? await publishedDigests(db, app.config.origin) : [],
  };
  for (const [key, { name, fields }] of Object.entries<ExportedTable>(EXPORTED)) {
    const columns = fields.map((field) => field.name);
    const own = rows[key as keyof typeof EXPORTED];
    writeLines(folder, `${name}.jsonl`, own);
    writeFileSync(join(folder, `${name}.csv`), table(columns, own));
  }
  writeFileSync(join(folder, 'README.md'), dictionaryText(app.community));
  writeFileSync(
    join(folder, 'datapackage.json'),
    JSON.stringify(dataPackage(app.community), null, 2),
  );
  return {
    threads: rows.threads.length,
    contributions: contributions.length,
    digests: rows.digests.length,
  };
}

type Row = Record<string, Cell | readonly object[]>;

/** Condition for threads of a conversation. */
function inConversation(slug: string): SQL {
  return inArray(
    threads.conversationId,
    new QueryBuilder()
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.slug, slug)),
  );
}

/** The key points that some of these contributions are in, with these alone. */
function reportedBy(
  { keyPoints, keyPointTexts }: Awaited<ReturnType<typeof publicKeyPoints>>,
  contributions: readonly { id: string }[],
) {
  const here = new Set(contributions.map(({ id }) => id));
  const own = keyPoints
    .map((point) => ({
      ...point,
      contributions: point.contributions.filter((id) => here.has(id)),
    }))
    .filter(({ contributions }) => contributions.length > 0);
  const ids = new Set(own.map(({ id }) => id));
  return {
    keyPoints: own,
    keyPointTexts: keyPointTexts.filter(({ keyPoint }) => ids.has(keyPoint)),
  };
}

async function openedConversations(db: Db, slug: string | undefined) {
  const rows = await db
    .select()
    .from(conversations)
    .where(
      and(
        ne(conversations.state, 'draft'),
        slug === undefined ? undefined : eq(conversations.slug, slug),
      ),
    )
    .orderBy(asc(conversations.createdAt), asc(conversations.id));
  return rows.map(
    ({
      sourceKey: _,
      deletedAt: _no,
      author: articleAuthor,
      pillars: topics,
      createdAt,
      ...row
    }) => ({
      ...row,
      articleAuthor,
      topics,
      createdAt: iso(createdAt),
      opensAt: isoOrNull(row.opensAt),
      closesAt: isoOrNull(row.closesAt),
      openedAt: isoOrNull(row.openedAt),
      closedAt: isoOrNull(row.closedAt),
    }),
  );
}

async function publicThreads(db: Db, within: SQL | undefined) {
  const rows = await db
    .select({
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      author: users.handle,
      name: users.name,
      language: threads.language,
      createdAt: threads.createdAt,
      questionNumber: threads.questionNumber,
      conversation: conversations.slug,
      state: threads.state,
    })
    .from(threads)
    .innerJoin(users, eq(users.id, threads.authorId))
    .leftJoin(
      conversations,
      and(eq(conversations.id, threads.conversationId), ne(conversations.state, 'draft')),
    )
    .where(and(publicThread(), within))
    .orderBy(asc(threads.createdAt), asc(threads.id));
  const pillars = group(
    await db
      .select({ key: threadPillars.threadId, value: threadPillars.pillar })
      .from(threadPillars),
  );
  const openings = await db
    .select({
      threadId: posts.threadId,
      body: posts.body,
      editedAt: posts.editedAt,
      ...detailColumns(Object.keys(FROM_FIELDS)),
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.isOpening, true), publicPost()));
  const openingOf = new Map(openings.map(({ threadId, ...opening }) => [threadId, opening]));
  return rows.map((row) => {
    const { body = '', editedAt = null, ...from } = openingOf.get(row.id) ?? {};
    return {
      ...row,
      ...Object.fromEntries(Object.keys(FROM_FIELDS).map((name) => [name, null])),
      ...from,
      createdAt: iso(row.createdAt),
      editedAt: editedAt === null ? null : iso(editedAt),
      pillars: pillars.get(row.id) ?? [],
      body,
    };
  });
}

/** Key points with at least one public contribution, and their titles. */
async function publicKeyPoints(db: Db, community: Community) {
  const points = (await keyPointsOf(db, community)).sort((a, b) => compare(a.id, b.id));
  return {
    keyPoints: points.map(({ id, kind, region, createdAt, posts, stances }) => ({
      id,
      kind,
      region,
      createdAt: iso(createdAt),
      contributions: posts.map((post) => post.id),
      facing: stances.meToo,
      notHere: stances.notHere,
      noLonger: stances.noLonger,
    })),
    keyPointTexts: points.flatMap(({ id, texts }) =>
      Object.values(texts)
        .sort((a, b) => compare(a.language, b.language))
        .map(({ language, title, sentence, proposed, proposedBy, model, sourcePostId }) => ({
          keyPoint: id,
          language,
          title,
          sentence,
          proposedBy,
          model,
          source: sourcePostId,
          accepted: proposed ? 0 : 1,
        })),
    ),
  };
}

/** The translations of public contributions, by contribution and language. */
async function translationsOf(db: Db, contributions: readonly { id: string }[]) {
  const found = await inBatches(idsOf(contributions), (batch) => presentTexts(db, batch));
  return found
    .map(({ postId, language, text, translator, createdAt }) => ({
      contribution: postId,
      language,
      body: text,
      translator: 'person' in translator ? translator.person.handle : null,
      machine: 'machine' in translator ? translator.machine : null,
      createdAt: iso(createdAt),
    }))
    .sort((a, b) => compare(a.contribution, b.contribution) || compare(a.language, b.language));
}

/** Me-toos on public contributions, of the people who are `told`, without their names. */
async function publicMeToos(db: Db, told: SQL | undefined) {
  const rows = await db
    .select({
      contribution: meToos.postId,
      country: meToos.country,
      createdAt: meToos.createdAt,
    })
    .from(meToos)
    .innerJoin(posts, eq(posts.id, meToos.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, meToos.userId))
    .where(and(publicPost(), eq(posts.isOpening, false), told))
    .orderBy(asc(meToos.postId), asc(meToos.createdAt), asc(meToos.country));
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }));
}

async function publicContributions(
  db: Db,
  points: readonly { id: string; contributions: readonly string[] }[],
  told: SQL | undefined,
  within: SQL | undefined,
) {
  const pointOf = new Map(
    points.flatMap(({ id, contributions }) => contributions.map((post) => [post, id] as const)),
  );
  const all: (Record<string, Cell> & { id: string; createdAt: string })[] = [];
  let after = '';
  for (;;) {
    const rows = await db
      .select({
        id: posts.id,
        thread: threads.slug,
        replyTo: posts.replyToId,
        author: users.handle,
        name: users.name,
        ...detailColumns(Object.keys(FROM_FIELDS)),
        language: posts.language,
        createdAt: posts.createdAt,
        editedAt: posts.editedAt,
        body: posts.body,
        ...detailColumns(Object.keys(ABOUT_FIELDS)),
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(and(publicPost(), eq(posts.isOpening, false), gt(posts.id, after), within))
      .orderBy(asc(posts.id))
      .limit(BATCH);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    all.push(...(await withLists(db, rows, told)));
  }
  const shown = new Set(all.map((row) => row.id));
  // A reply to a post that is no longer public is exported as a contribution.
  return all
    .map((row) => ({
      ...row,
      replyTo: shown.has(String(row.replyTo)) ? (row.replyTo ?? null) : null,
      keyPoint: pointOf.get(row.id) ?? null,
    }))
    .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
}

async function withLists<
  R extends { id: string; createdAt: number; editedAt: number | null; notBarrier?: unknown },
>(db: Db, rows: R[], told: SQL | undefined) {
  const ids = rows.map((row) => row.id);
  const listsOf = await readLists(db, ids);
  const meToosOf = group(
    await db
      .select({ key: meToos.postId, value: users.handle })
      .from(meToos)
      .innerJoin(users, eq(users.id, meToos.userId))
      .where(and(inArray(meToos.postId, ids), told)),
  );
  const facing = await db
    .select({ postId: meToos.postId, people: count() })
    .from(meToos)
    .where(inArray(meToos.postId, ids))
    .groupBy(meToos.postId);
  const facingOf = new Map(facing.map(({ postId, people }) => [postId, people]));
  return rows.map((row) => {
    const { namers, ...lists } = listsOf(row.id);
    const { barriers, pillars } = sorted(lists);
    // What reports no barrier is of no kind, also for those who only read this file.
    const kinds = row.notBarrier ? [] : barriers;
    return {
      ...row,
      createdAt: iso(row.createdAt),
      editedAt: row.editedAt === null ? null : iso(row.editedAt),
      barriers: kinds,
      pillars,
      barriersNamedBy: namersOfKinds(kinds, { namers }),
      facing: facingOf.get(row.id) ?? 0,
      faces: meToosOf.get(row.id) ?? [],
    };
  });
}

async function publishedDigests(db: Db, origin: string) {
  const rows = await db
    .select({
      id: digests.id,
      scope: digests.scope,
      period: digests.period,
      version: digests.version,
      contentHash: digests.contentHash,
      publishedAt: digests.publishedAt,
    })
    .from(digests)
    .where(eq(digests.state, 'published'))
    .orderBy(asc(digests.publishedAt), asc(digests.id));
  return rows.map((row) => ({
    ...row,
    publishedAt: iso(row.publishedAt ?? 0),
    url: origin + pathTo('/digests/:scope/:period.json', { scope: row.scope, period: row.period }),
  }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

function group(rows: { key: string; value: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { key, value } of rows) {
    const list = groups.get(key);
    if (list) list.push(value);
    else groups.set(key, [value]);
  }
  for (const list of groups.values()) list.sort(compare);
  return groups;
}

function sorted<Lists extends Record<string, string[]>>(lists: Lists): Lists {
  for (const list of Object.values(lists)) list.sort(compare);
  return lists;
}

function compare(a: Cell, b: Cell): number {
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function writeLines(folder: string, name: string, rows: readonly object[]): void {
  writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function table(columns: readonly string[], rows: readonly Row[]): string {
  return csv(
    columns,
    rows.map((row) => columns.map((column) => cellOf(row[column] ?? null))),
  );
}

/** Lists of texts stay lists; those of objects become JSON. */
function cellOf(value: Cell | readonly object[]): Cell {
  if (!Array.isArray(value) || value.every((one) => typeof one === 'string')) return value as Cell;
  return JSON.stringify(value);
}
