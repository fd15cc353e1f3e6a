import { and, eq, gt, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { countOf } from '~db/dialect';
import { conversations } from '~db/schema';
import type { ConversationLine, ImportReport, Numbered } from './exchange-lines';
import { freeSourceKey } from './store-conversation';

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
      await tx.insert(conversations).values({
        ...{ ...line, author, pillars },
        sourceKey: await freeSourceKey(tx, line.title, line.id),
        openedAt: line.openedAt ?? line.createdAt,
      });
    });
  }
}
