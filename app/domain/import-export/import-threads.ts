import { and, eq, gt, inArray, or } from 'drizzle-orm';
import { firstConversation } from '~/domain/forum/conversations/conversations';
import { importedDetails } from '~/domain/forum/posts/post-fields';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { conversations, posts, threads } from '~db/schema';
import { questionKey } from './blog-post/question-key';
import type { ImportReport, Numbered, ThreadLine } from './exchange-lines';
import { importedAuthor, isReservedAuthor } from './imported-authors';
import { insertThread } from './insert-thread';
import { siteAccount } from './site-account';

/** Creates the missing threads of an import; returns their ids by their slug in the file. */
export async function importThreads(
  app: AppContext,
  lines: readonly Numbered<ThreadLine>[],
  report: ImportReport,
  dryRun: boolean,
): Promise<Map<string, string>> {
  const idOf = new Map<string, string>();
  for (const { line, value: thread } of lines) {
    const fail = (reason: string) => report.failed.push({ line, reason });
    const known = await findKnown(app.db.reader, thread);
    if (known) {
      report.known += 1;
      idOf.set(thread.slug, known.id);
      if (!dryRun) await app.db.write((tx) => dateBack(tx, known.id, thread.createdAt));
      continue;
    }
    if (idOf.has(thread.slug) || [...idOf.values()].includes(thread.id)) {
      fail(`thread ${thread.slug} appears twice`);
      continue;
    }
    const rendered = await app.markdown.render(thread.body);
    if (!rendered.ok) {
      fail(`body is ${rendered.reason}`);
      continue;
    }
    report.added += 1;
    idOf.set(thread.slug, thread.id);
    if (!dryRun) await app.db.write((tx) => storeThread(tx, app, thread, rendered));
  }
  return idOf;
}

/** Finds a thread with the same id or made from the same question. */
async function findKnown(db: Db, thread: ThreadLine): Promise<{ id: string } | null> {
  const [known] = await db
    .select({ id: threads.id })
    .from(threads)
    .where(or(eq(threads.id, thread.id), eq(threads.sourceKey, sourceKeyOf(thread) ?? '')));
  return known ?? null;
}

/** A question has one thread, even if the seed runs after the import. */
function sourceKeyOf({ author, questionNumber, title }: ThreadLine): string | null {
  return questionNumber !== null && isReservedAuthor(author) ? questionKey(title) : null;
}

/** The conversation that a file names, or for questions of older files the first, if there is one. */
async function conversationOf(tx: Db, thread: ThreadLine): Promise<string | null> {
  if (thread.conversation !== null) {
    const [named] = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.slug, thread.conversation));
    if (named) return named.id;
  }
  if (sourceKeyOf(thread) === null) return null;
  return (await firstConversation(tx))?.id ?? null;
}

/** Threads of the seed date from its run; the import has the date of the original. */
async function dateBack(tx: Db, threadId: string, createdAt: number): Promise<void> {
  const [changed] = await tx
    .update(threads)
    .set({ createdAt })
    .where(and(eq(threads.id, threadId), gt(threads.createdAt, createdAt)))
    .returning({ id: threads.id });
  if (!changed) return;
  await tx
    .update(posts)
    .set({ createdAt })
    .where(and(inArray(posts.threadId, [threadId]), eq(posts.isOpening, true)));
}

async function storeThread(
  tx: Db,
  app: AppContext,
  thread: ThreadLine,
  { html, excerpt }: { html: string; excerpt: string },
): Promise<void> {
  const { id, author, name, country, body, language, createdAt, editedAt } = thread;
  const isSite = isReservedAuthor(author);
  const authorId = isSite
    ? await siteAccount(tx, app.clock, app.community.settings.siteName)
    : await importedAuthor(tx, app, { handle: author, name, country });
  await insertThread(
    tx,
    {
      id,
      slug: thread.slug,
      title: thread.title,
      state: thread.state,
      language,
      authorId,
      conversationId: await conversationOf(tx, thread),
      sourceKey: sourceKeyOf(thread),
      sourceUrl: null,
      number: thread.questionNumber,
      pillars: thread.pillars,
      createdAt,
    },
    {
      body,
      html,
      excerpt,
      editedAt,
      ...importedDetails({
        ...thread,
        pillars: isSite ? [] : thread.pillars,
        barriers: [],
        impact: null,
      }),
      importedAt: app.clock.now(),
    },
  );
}
