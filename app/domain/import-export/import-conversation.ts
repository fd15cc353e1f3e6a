import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { handleKey } from '~/domain/accounts/users/handles';
import { firstConversation } from '~/domain/forum/conversations/conversations';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { importedDetails } from '~/domain/forum/posts/post-fields';
import { setNamersOfKinds } from '~/domain/forum/posts/stored-details';
import { postsInAnyState } from '~/domain/forum/visibility';
import { kindsByText } from '~/domain/publishing/kinds-by-text';
import { placedByText } from '~/domain/publishing/placed-by-text';
import { announce } from '~/domain/publishing/post-events';
import { storePost } from '~/domain/publishing/store-post';
import type { AppContext } from '~/platform/app-context';
import { batchesOf, inBatches } from '~/platform/batches';
import { idsOf } from '~/platform/ids';
import { isVisible } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { meToos, posts, threads } from '~db/schema';
import {
  type AffirmationLine,
  type ContributionLine,
  type ExchangeLines,
  type ImportReport,
  readExchange,
} from './exchange-lines';
import { importConversations } from './import-conversations';
import { importKeyPoints } from './import-key-points';
import { importThreads } from './import-threads';
import { importedAuthor, isReservedAuthor } from './imported-authors';

interface Pending {
  line: number;
  contribution: ContributionLine;
}

/** The position of a post, for replies to it. */
interface Place {
  threadId: string;
  parentId: string | null;
  isOpening: boolean;
}

/** Number of lines per transaction: few enough to let other writers in between. */
const BATCH = 100;

/**
 * Imports a conversation in the exchange format (JSON Lines): contributions, and the conversations,
 * threads, me-toos and key points that `export` writes, in any order. Importing again changes nothing,
 * because existing ids are skipped. An invalid line does not stop the import; it is reported with its
 * number and reason.
 */
export async function importConversation(
  app: AppContext,
  text: string,
  { dryRun = false } = {},
): Promise<ImportReport> {
  const lines = readExchange(text, app.community, app.clock.now());
  const report: ImportReport = { added: 0, known: 0, failed: lines.failed };
  await importConversations(app, lines.conversations, report, dryRun);
  const threadIds = await importThreads(app, lines.threads, report, dryRun);
  const pending = await sortOut(app, lines, report);
  const placed = await placeAll(app.db.reader, pending, threadIds, report);
  const people = {
    countries: countriesOf(pending),
    affirmations: affirmationsOf(lines),
  };
  const refused = new Set<string>();

  for (const part of batchesOf(placed, BATCH)) {
    const batch = await renderAll(app, part, refused, report);
    report.added += batch.length;
    if (dryRun || batch.length === 0) continue;
    await app.db.write(async (tx) => {
      const stored = [];
      for (const item of batch) stored.push(await storeContribution(tx, app, item, people));
      await announce(tx, app.clock, 'imported', stored);
    });
  }
  if (!dryRun) await importKeyPoints(app, lines, report);
  report.failed.sort((a, b) => a.line - b.line);
  return report;
}

/** Keeps the contributions that are new and occur only once in the text. */
async function sortOut(
  app: AppContext,
  lines: ExchangeLines,
  report: ImportReport,
): Promise<Pending[]> {
  const seen = new Map<string, string>();
  const pending: Pending[] = [];
  for (const { line, value: contribution } of lines.contributions) {
    const fail = (reason: string) => report.failed.push({ line, reason });
    const before = seen.get(contribution.id);
    if (before !== undefined) {
      if (before === contribution.body) report.known += 1;
      else fail(`id ${contribution.id} appears twice, with different texts`);
      continue;
    }
    seen.set(contribution.id, contribution.body);
    if (isReservedAuthor(contribution.author)) fail(`author ${contribution.author} is reserved`);
    else if (!isVisible(contribution.body)) fail('body is empty');
    else pending.push({ line, contribution });
  }
  const known = await knownIds(
    app.db.reader,
    pending.map((item) => item.contribution.id),
  );
  report.known += pending.filter((item) => known.has(item.contribution.id)).length;
  return pending.filter((item) => !known.has(item.contribution.id));
}

async function knownIds(db: Db, ids: string[]): Promise<Set<string>> {
  const rows = await inBatches(ids, (batch) =>
    db.select({ id: posts.id }).from(postsInAnyState).where(inArray(posts.id, batch)),
  );
  return new Set(idsOf(rows));
}

type Placed = Pending & { place: Place };

/** Finds the thread of each contribution and, for a reply, the contribution it belongs to. */
async function placeAll(
  db: Db,
  pending: Pending[],
  threadIds: Map<string, string>,
  report: ImportReport,
): Promise<Placed[]> {
  const threadOf = await threadFinder(db, threadIds);
  const places = new Map<string, Place>();
  const placed: Placed[] = [];
  let waiting = pending;
  while (waiting.length > 0) {
    const ids = new Set(waiting.map((item) => item.contribution.id));
    const later: Pending[] = [];
    for (const item of waiting) {
      const { contribution, line } = item;
      const answered = contribution.replyTo;
      if (answered !== null && ids.has(answered) && !places.has(answered)) {
        later.push(item);
        continue;
      }
      const found = await placeOf(db, contribution, threadOf, places);
      if (typeof found === 'string') {
        report.failed.push({ line, reason: found });
        ids.delete(contribution.id);
        continue;
      }
      places.set(contribution.id, found);
      placed.push({ ...item, place: found });
    }
    if (later.length === waiting.length) {
      for (const { line, contribution } of later) {
        const reason = `replyTo ${contribution.replyTo} leads back to this post`;
        report.failed.push({ line, reason });
      }
      break;
    }
    waiting = later;
  }
  return placed;
}

/** Returns the position of a contribution, or why it has none. */
async function placeOf(
  db: Db,
  contribution: ContributionLine,
  threadOf: (thread: number | string) => string | null,
  places: Map<string, Place>,
): Promise<Place | string> {
  const threadId = threadOf(contribution.thread);
  if (!threadId) return `thread ${contribution.thread} does not exist`;
  const answered = contribution.replyTo;
  if (answered === null) return { threadId, parentId: null, isOpening: false };
  const target = places.get(answered) ?? (await storedPlace(db, answered));
  if (!target) return `replyTo ${answered} does not exist`;
  if (target.threadId !== threadId) return `replyTo ${answered} is in another thread`;
  // A reply to the opening post is a contribution; a reply to a reply belongs to the same
  // contribution.
  const parentId = target.isOpening ? null : (target.parentId ?? answered);
  return { threadId, parentId, isOpening: false };
}

async function storedPlace(db: Db, id: string): Promise<Place | null> {
  const [row] = await db
    .select({ threadId: posts.threadId, parentId: posts.parentId, isOpening: posts.isOpening })
    .from(postsInAnyState)
    .where(eq(posts.id, id));
  return row ?? null;
}

/**
 * Finds threads by number or slug. A number means a question of the first conversation; a slug the
 * file's own thread with that slug, if any.
 */
async function threadFinder(
  db: Db,
  threadIds: Map<string, string>,
): Promise<(thread: number | string) => string | null> {
  const first = await firstConversation(db);
  const { conversationId } = threads;
  const numbered = await db
    .select({ id: threads.id, number: threads.questionNumber })
    .from(threads)
    .where(
      and(
        isNotNull(threads.questionNumber),
        first ? eq(conversationId, first.id) : isNull(conversationId),
      ),
    );
  const named = await db.select({ id: threads.id, slug: threads.slug }).from(threads);
  const byNumber = new Map(numbered.map((row) => [row.number, row.id]));
  const bySlug = new Map([...named.map((row) => [row.slug, row.id] as const), ...threadIds]);
  return (thread) =>
    (typeof thread === 'number' ? byNumber.get(thread) : bySlug.get(thread)) ?? null;
}

type Rendered = Placed & { html: string; excerpt: string };

async function renderAll(
  app: AppContext,
  batch: Placed[],
  refused: Set<string>,
  report: ImportReport,
): Promise<Rendered[]> {
  const done: Rendered[] = [];
  for (const item of batch) {
    const { id, body, replyTo } = item.contribution;
    const refuse = (reason: string) => {
      refused.add(id);
      report.failed.push({ line: item.line, reason });
    };
    if (replyTo !== null && refused.has(replyTo)) {
      refuse(`replyTo ${replyTo} was refused`);
      continue;
    }
    const result = await app.markdown.render(body);
    if (result.ok) done.push({ ...item, html: result.html, excerpt: result.excerpt });
    else refuse(`body is ${result.reason}`);
  }
  return done;
}

/** The file's data about the people behind the me-toos. */
interface People {
  /** The country of each author, by the key of the handle. */
  countries: Map<string, string | null>;
  /** The me-toos by contribution; the file does not name their people. */
  affirmations: Map<string, AffirmationLine[]>;
}

/** Returns the countries of the authors in a file, so that their me-toos are counted there. */
function countriesOf(pending: Pending[]): Map<string, string | null> {
  return new Map(pending.map(({ contribution: c }) => [handleKey(c.author), c.country]));
}

function affirmationsOf({ affirmations }: ExchangeLines): Map<string, AffirmationLine[]> {
  const found = new Map<string, AffirmationLine[]>();
  for (const { value } of affirmations) {
    const known = found.get(value.contribution);
    if (known) known.push(value);
    else found.set(value.contribution, [value]);
  }
  return found;
}

async function storeContribution(
  tx: Db,
  app: AppContext,
  item: Rendered,
  people: People,
): Promise<NewPost> {
  const { contribution, place, html, excerpt } = item;
  const authorId = await importedAuthor(tx, app, {
    handle: contribution.author,
    name: contribution.name,
    country: contribution.country,
  });
  const read: NewPost = {
    id: contribution.id,
    threadId: place.threadId,
    authorId,
    isOpening: false,
    parentId: place.parentId,
    replyToId: contribution.replyTo,
    state: 'visible',
    body: contribution.body,
    html,
    excerpt,
    language: contribution.language,
    ...importedDetails(contribution),
    createdAt: contribution.createdAt,
    editedAt: contribution.editedAt,
    importedAt: app.clock.now(),
  };
  const { barriersNamedBy } = contribution;
  // A line that `export` wrote says whether its place was withheld, and who named its kinds.
  const placed = contribution.writtenFrom === undefined ? placedByText(read, read) : read;
  const named = barriersNamedBy.length > 0 && barriersNamedBy.length === read.barriers.length;
  const post = named
    ? placed
    : { ...placed, barriers: kindsByText(read.barriers, read, app.community) };
  await storePost(tx, post);
  if (named) {
    await setNamersOfKinds(tx, post.id, post.barriers, barriersNamedBy);
  }
  await storeMeToos(tx, app, contribution, people);
  return post;
}

/** Stores "I face this too" for the people named in a line. */
async function storeMeToos(
  tx: Db,
  app: AppContext,
  contribution: ContributionLine,
  people: People,
): Promise<void> {
  for (const { handle, country, createdAt } of meToosIn(contribution, people)) {
    const userId = await importedAuthor(tx, app, { handle, name: null, country });
    await tx
      .insert(meToos)
      .values({ postId: contribution.id, userId, country, createdAt })
      .onConflictDoNothing();
  }
}

/**
 * Returns the me-toos of a contribution. Country and date come from the file's me-toos, if there are
 * any: first those whose country matches the person's own.
 */
function meToosIn(contribution: ContributionLine, { countries, affirmations }: People) {
  // The author faces it anyway.
  const known = new Set([handleKey(contribution.author)]);
  const left = [...(affirmations.get(contribution.id) ?? [])];
  const people = contribution.faces.flatMap((handle) => {
    const key = handleKey(handle);
    if (known.has(key) || isReservedAuthor(handle)) return [];
    known.add(key);
    const country = countries.get(key) ?? null;
    const at = left.findIndex((one) => one.country === country);
    return { handle, country, said: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
  return people.map(({ handle, country, said = left.shift() }) => ({
    handle,
    country: said ? said.country : country,
    createdAt: said?.createdAt ?? contribution.createdAt,
  }));
}
