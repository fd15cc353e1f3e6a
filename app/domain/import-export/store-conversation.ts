import { and, asc, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { publishConversation, restoreDraft } from '~/domain/forum/conversations/change';
import { NO_DETAILS } from '~/domain/forum/posts/post-fields';
import type { RenderedBody } from '~/domain/forum/posts/render-body';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { freeSlug, slugOf } from '~/domain/forum/threads/slug';
import { postsInAnyState } from '~/domain/forum/visibility';
import { announce } from '~/domain/publishing/post-events';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import type { AppContext } from '~/platform/app-context';
import { idsOf, newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { conversations, posts, threads } from '~db/schema';
import type { BroughtPillar, ConversationState } from '~db/schema/conversation';
import { comparePosts, type PostDifferences } from './blog-post/compare-posts';
import type { CompletePost } from './blog-post/parse-post';
import { questionKey } from './blog-post/question-key';
import { recordConversation, recordNew } from './conversation-record';
import { insertThread } from './insert-thread';
import { siteAccount } from './site-account';

/** A question of a conversation; what is left out follows from its text and the conversation. */
export interface ConversationQuestion {
  /** From 1. */
  number: number;
  text: string;
  /** A fixed id of its thread. */
  id?: string;
  slug?: string;
  /** The opening post of its thread, Markdown. */
  introduction?: string;
  pillars?: readonly string[];
}

/** What a blog post says, and what its conversation is made of. */
export interface ConversationContent
  extends Pick<
    CompletePost,
    | ('title' | 'link' | 'author' | 'language' | 'date')
    | ('summaryPoints' | 'introduction' | 'glossary')
  > {
  questions: readonly ConversationQuestion[];
  pillars: BroughtPillar[];
}

interface ThreadTitle {
  id: string;
  title: string;
}

interface QuestionChanges {
  /** Threads created now. */
  made: ThreadTitle[];
  /** Questions that already had a thread. */
  known: ThreadTitle[];
  /** Draft threads that got the new words of their question. */
  changed: ThreadTitle[];
  /** Draft threads that were taken out, because the post no longer asks their question. */
  removed: ThreadTitle[];
}

export interface ConversationReport extends QuestionChanges {
  conversation: { id: string; slug: string; title: string; state: ConversationState };
  /** True if it was created now. */
  isNew: boolean;
  /** Number of draft threads opened now. */
  opened: number;
  /** How the post differs from a conversation that is public, and was not changed; null: nothing. */
  differences: PostDifferences | null;
}

export interface StoreOptions {
  /** True to open a draft; false leaves its state as it is. */
  publish?: boolean;
  /** A fixed id. */
  id?: string;
  /** Who makes or changes it; null for a command. Without it, nothing is recorded. */
  by?: string | null;
}

type Row = typeof conversations.$inferSelect;

/**
 * Creates the conversation of a blog post with a thread for each question, as a draft unless
 * `publish` is set. The same post creates nothing twice. A changed post changes the draft; of a
 * conversation that is public only what was empty is filled in, and the report says what differs.
 */
export async function storeConversation(
  app: AppContext,
  content: ConversationContent,
  { publish = false, id, by }: StoreOptions = {},
): Promise<ConversationReport> {
  const questions = await Promise.all(
    content.questions.map(async ({ introduction = openingText(content), ...question }) => {
      return { ...question, opening: await renderIntroduction(app, introduction) };
    }),
  );
  return app.db.write(async (tx) => {
    const same = await findSame(tx, content, id);
    const row = same ?? (await insertConversation(tx, app, content, id));
    const personId =
      by === null ? await siteAccount(tx, app.clock, app.community.settings.siteName) : by;
    const store = () => storeRow(tx, app, { row, isNew: !same, content, questions, publish });
    if (personId === undefined) return store();
    if (same) return recordConversation(tx, app.clock, personId, row.id, store);
    const report = await store();
    await recordNew(tx, app.clock, personId, row.id);
    return report;
  });
}

/** The conversation that a post already has. */
export interface KnownConversation {
  conversation: Pick<Row, 'id' | 'slug' | 'title' | 'language' | 'state' | 'pillars'>;
  /** What the post says otherwise; null: nothing. */
  differences: PostDifferences | null;
}

/** Returns the conversation that `storeConversation` would change for a post; null if it would make one. */
export async function knownConversation(
  db: Db,
  content: ConversationContent,
): Promise<KnownConversation | null> {
  const conversation = await findSame(db, content, undefined);
  if (!conversation) return null;
  const stored = await questionThreadsOf(db, conversation.id);
  return { conversation, differences: differencesOf(conversation, stored, content) };
}

interface Storing {
  row: Row;
  isNew: boolean;
  content: ConversationContent;
  questions: readonly RenderedQuestion[];
  publish: boolean;
}

async function storeRow(
  tx: Db,
  app: AppContext,
  { row, isNew, content, questions, publish }: Storing,
): Promise<ConversationReport> {
  const isDraft = row.state === 'draft';
  const stored = await questionThreadsOf(tx, row.id);
  const differences = differencesOf(row, stored, content);
  if (!isNew && isDraft) await updateDraft(tx, row.id, content);
  if (!isDraft) await fillIn(tx, row, content);
  const changes = await storeQuestions(tx, app, row, { content, questions, stored, differences });
  const opens = publish && row.state !== 'closed';
  return {
    conversation: {
      id: row.id,
      slug: row.slug,
      title: isDraft ? content.title : row.title,
      state: opens ? 'open' : row.state,
    },
    isNew,
    ...changes,
    opened: opens ? await publishConversation(tx, row.id, app.clock.now()) : 0,
    differences: isDraft ? null : differences,
  };
}

/** @throws Error if it cannot be shown */
async function renderIntroduction(app: AppContext, body: string): Promise<RenderedBody> {
  const rendered = await app.markdown.renderOwn(body);
  if (!rendered.ok) throw new Error(`an introduction cannot be shown: ${rendered.reason}`);
  return { body, html: rendered.html, excerpt: rendered.excerpt };
}

/** The opening post of a question, until a moderator writes a better one. */
function openingText({ title, summaryPoints }: ConversationContent): string {
  const points = summaryPoints.map((point) => `- ${point}`);
  return [`*${title}*`, points.join('\n')].filter(Boolean).join('\n\n');
}

/** So many common questions make two posts the same, if they are also half of all. */
const SAME_QUESTIONS = 2;

/**
 * Finds the conversation of a post: by a fixed id, its link, its title or its questions. A post with
 * another link is another post, unless title and a question are the same. A deleted draft is found by
 * its id alone, and is then one again.
 */
async function findSame(
  tx: Db,
  { title, link, questions }: ConversationContent,
  id: string | undefined,
): Promise<Row | null> {
  if (id !== undefined && (await restoreDraft(tx, id))) {
    const [row] = await tx.select().from(conversations).where(eq(conversations.id, id));
    if (row) return row;
  }
  const keys = questions.map(({ text }) => questionKey(text));
  const shared = await tx
    .select({ id: threads.conversationId, n: count() })
    .from(threads)
    .where(and(inArray(threads.sourceKey, keys), isNotNull(threads.conversationId)))
    .groupBy(threads.conversationId)
    .orderBy(desc(count()), asc(threads.conversationId));
  const sharedBy = new Map(shared.map((row) => [row.id, row.n]));
  const rows = await tx
    .select()
    .from(conversations)
    .where(isNull(conversations.deletedAt))
    .orderBy(asc(conversations.createdAt));
  const isElsewhere = (row: Row) => link !== null && row.link !== null && link !== row.link;
  const known = (row: Row) => sharedBy.get(row.id) ?? 0;
  const titleKey = questionKey(title);
  return (
    rows.find((row) => link !== null && row.link === link) ??
    rows.find(
      (row) => questionKey(row.title) === titleKey && (!isElsewhere(row) || known(row) > 0),
    ) ??
    rows.find(
      (row) => !isElsewhere(row) && known(row) >= SAME_QUESTIONS && known(row) * 2 >= keys.length,
    ) ??
    null
  );
}

async function insertConversation(
  tx: Db,
  app: AppContext,
  content: ConversationContent,
  id = newId(app.clock.now()),
): Promise<Row> {
  const [row] = await tx
    .insert(conversations)
    .values({
      ...columnsOf(content),
      id,
      slug: await freeSlug(tx, slugOf(content.title), conversations),
      sourceKey: await freeSourceKey(tx, content.title, id),
      state: 'draft',
      createdAt: app.clock.now(),
    })
    .returning();
  if (!row) throw new Error('a conversation was not stored');
  return row;
}

/**
 * Returns the key of a conversation that is stored under this id. Another post, with another link, may have
 * the same title.
 */
export async function freeSourceKey(tx: Db, title: string, id: string): Promise<string> {
  const key = questionKey(title);
  const isTaken = (await countOf(tx, conversations, eq(conversations.sourceKey, key))) > 0;
  return isTaken ? questionKey(title + id) : key;
}

function columnsOf(content: ConversationContent) {
  const { title, link, author, language, date } = content;
  const { summaryPoints, introduction, pillars, glossary } = content;
  return { title, link, author, language, date, summaryPoints, introduction, pillars, glossary };
}

async function updateDraft(tx: Db, id: string, content: ConversationContent): Promise<void> {
  await tx.update(conversations).set(columnsOf(content)).where(eq(conversations.id, id));
}

/** Stores what a public conversation did not say yet. */
async function fillIn(tx: Db, row: Row, content: ConversationContent): Promise<void> {
  const found = Object.entries(columnsOf(content)).filter(([name, value]) => {
    const now = row[name as keyof Row];
    const isEmpty = now === null || (Array.isArray(now) && now.length === 0);
    return isEmpty && value !== null && value.length > 0;
  });
  if (found.length > 0) {
    await tx
      .update(conversations)
      .set(Object.fromEntries(found))
      .where(eq(conversations.id, row.id));
  }
  if (content.link === null) return;
  await tx
    .update(threads)
    .set({ sourceUrl: content.link })
    .where(and(eq(threads.conversationId, row.id), isNull(threads.sourceUrl)));
}

interface StoredQuestion extends ThreadTitle {
  number: number | null;
  sourceKey: string | null;
  state: string;
}

async function questionThreadsOf(tx: Db, conversationId: string): Promise<StoredQuestion[]> {
  const { id, title, questionNumber: number, sourceKey, state } = threads;
  return tx
    .select({ id, title, number, sourceKey, state })
    .from(threads)
    .where(and(eq(threads.conversationId, conversationId), isNotNull(sourceKey)))
    .orderBy(asc(number), asc(threads.createdAt));
}

/** What the post says otherwise than the conversation. What the conversation lacks is no difference. */
function differencesOf(
  row: Row,
  stored: readonly StoredQuestion[],
  content: ConversationContent,
): PostDifferences | null {
  const asked = content.questions.map(({ number, text }) => ({ number, text, heading: null }));
  const askedByKey = new Map(asked.map((question) => [questionKey(question.text), question]));
  // A moderator may have changed the title of a thread whose question is still the same.
  const known = stored.map(
    ({ number, title, sourceKey }) =>
      askedByKey.get(sourceKey ?? '') ?? { number: number ?? 0, text: title, heading: null },
  );
  const or = <Value extends readonly unknown[] | string | null>(now: Value, next: Value): Value =>
    now === null || now.length === 0 ? next : now;
  const found = comparePosts(
    {
      title: row.title,
      introduction: or(row.introduction, content.introduction),
      summaryPoints: or(row.summaryPoints, content.summaryPoints),
      questions: known,
      pillars: or(row.pillars, content.pillars),
      glossary: or(row.glossary, content.glossary),
    },
    { ...content, questions: asked },
  );
  const { title, introduction, ...lists } = found;
  const isSame =
    !title &&
    !introduction &&
    Object.values(lists).every(
      ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
    );
  return isSame ? null : found;
}

interface RenderedQuestion extends Omit<ConversationQuestion, 'introduction'> {
  opening: RenderedBody;
}

interface Questions {
  content: ConversationContent;
  questions: readonly RenderedQuestion[];
  stored: readonly StoredQuestion[];
  differences: PostDifferences | null;
}

/** Creates the missing threads of a draft and changes the others; reports those of a public one. */
async function storeQuestions(
  tx: Db,
  app: AppContext,
  row: Row,
  { content, questions, stored, differences }: Questions,
): Promise<QuestionChanges> {
  const changes: QuestionChanges = { made: [], known: [], changed: [], removed: [] };
  const byKey = new Map(stored.map((thread) => [thread.sourceKey, thread]));
  const byTitle = new Map(stored.map((thread) => [thread.title, thread]));
  const formerOf = new Map(
    differences?.questions.changed.map(({ before, after }) => [
      after.text,
      byTitle.get(before.text),
    ]),
  );
  const asked = [];
  for (const question of questions) {
    const key = questionKey(question.text);
    const known = byKey.get(key) ?? (await adopt(tx, row.id, key, question.number));
    if (known) changes.known.push({ id: known.id, title: known.title });
    asked.push({ question, known, former: known ? undefined : formerOf.get(question.text) });
  }
  if (row.state !== 'draft') return changes;
  const kept = new Set(asked.map(({ known, former }) => (known ?? former)?.id));
  const gone = stored.filter(({ id }) => !kept.has(id));
  await takeOut(tx, idsOf(gone));
  changes.removed = gone.map(({ id, title }) => ({ id, title }));
  // The questions may be in another order, and each number belongs to one.
  await tx
    .update(threads)
    .set({ questionNumber: null })
    .where(and(eq(threads.conversationId, row.id), eq(threads.state, 'draft')));
  // Two names may mean one pillar.
  const named = [...new Set(content.pillars.flatMap(({ slug }) => slug ?? []))];
  const now = app.clock.now();
  const authorId = await siteAccount(tx, app.clock, app.community.settings.siteName);
  for (const { question, known, former } of asked) {
    const { number, text: title, opening, pillars = named } = question;
    const thread = known ?? former;
    if (!thread) {
      const { id = newId(now), slug = slugOf(title) } = question;
      await insertThread(
        tx,
        {
          ...{ id, slug, title, number, pillars, authorId },
          state: 'draft',
          conversationId: row.id,
          language: content.language,
          sourceUrl: content.link,
          sourceKey: questionKey(title),
          createdAt: now,
        },
        { ...opening, ...NO_DETAILS, importedAt: null },
      );
      changes.made.push({ id, title });
      continue;
    }
    if (thread.state !== 'draft') continue;
    if (former) {
      await reword(tx, app, former.id, title);
      changes.changed.push({ id: former.id, title });
    }
    await updateThread(tx, app, thread.id, { ...question, pillars }, content);
  }
  return changes;
}

/** A thread that an import brought before its conversation was there. */
async function adopt(
  tx: Db,
  conversationId: string,
  sourceKey: string,
  number: number,
): Promise<StoredQuestion | null> {
  const [found] = await tx
    .update(threads)
    .set({ conversationId, questionNumber: number })
    .where(and(eq(threads.sourceKey, sourceKey), isNull(threads.conversationId)))
    .returning();
  return found ? { ...found, number } : null;
}

/** Gives a draft thread the new words of its question; nobody has a link to it yet. */
async function reword(tx: Db, app: AppContext, id: string, text: string): Promise<void> {
  const slug = await freeSlug(tx, slugOf(text));
  await tx
    .update(threads)
    .set({ slug, sourceKey: questionKey(text) })
    .where(eq(threads.id, id));
  await retitleThread(tx, app.clock, id, text);
}

async function updateThread(
  tx: Db,
  app: AppContext,
  id: string,
  { number, opening, pillars }: RenderedQuestion & { pillars: readonly string[] },
  { language, link }: ConversationContent,
): Promise<void> {
  await tx
    .update(threads)
    .set({ questionNumber: number, language, sourceUrl: link })
    .where(eq(threads.id, id));
  await setThreadPillars(tx, id, pillars);
  const [post] = await tx
    .select()
    .from(postsInAnyState)
    .where(and(eq(posts.threadId, id), eq(posts.isOpening, true)));
  // What a moderator has written instead stays.
  if (!post || post.revision > 1) return;
  if (post.body === opening.body && post.language === language) return;
  await tx
    .update(posts)
    .set({ ...opening, language })
    .where(eq(posts.id, post.id));
  await announce(tx, app.clock, 'edited', [post]);
}

/** Threads are never deleted: those of questions that were withdrawn are hidden. */
async function takeOut(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .update(threads)
    .set({ state: 'hidden', conversationId: null, questionNumber: null, sourceKey: null })
    .where(inArray(threads.id, [...ids]));
}
