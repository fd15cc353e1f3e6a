import { and, eq, gt, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { countOf } from '~db/dialect';
import { conversations } from '~db/schema';
import { questionKey } from './blog-post/question-key';
import type { ConversationLine, ImportReport, Numbered } from './exchange-lines';

/** Creates the missing conversations of an import: those whose id and slug the site does not have. */
export async function importConversations(
  app: AppContext,
  lines: readonly Numbered<ConversationLine>[],
  report: ImportReport,
  dryRun: boolean,
): Promise<void> {
  for (const { value } of lines) {
    const { articleAuthor: author, topics: pillars, ...line } = value;
    const isKnown = or(eq(conversations.id, line.id), eq(conversations.slug, line.slug));
    await app.db.write(async (tx) => {
      if ((await countOf(tx, conversations, isKnown)) > 0) {
        report.known += 1;
        if (dryRun) return;
        // That of the seed dates from its run; the import has the dates of the original.
        const { createdAt, openedAt } = line;
        await tx
          .update(conversations)
          .set({ createdAt, openedAt: openedAt ?? createdAt })
          .where(and(eq(conversations.id, line.id), gt(conversations.createdAt, createdAt)));
        return;
      }
      report.added += 1;
      if (dryRun) return;
      const key = questionKey(line.title);
      const isTaken = (await countOf(tx, conversations, eq(conversations.sourceKey, key))) > 0;
      const sourceKey = isTaken ? questionKey(line.title + line.id) : key;
      await tx.insert(conversations).values({
        ...{ ...line, author, pillars, sourceKey },
        openedAt: line.openedAt ?? line.createdAt,
      });
    });
  }
}
