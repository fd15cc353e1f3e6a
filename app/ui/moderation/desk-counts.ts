import type { AppLoadContext } from '@remix-run/node';
import { countOpenCases } from '~/domain/moderation/cases/queue';
import { countWaitingConversations } from '~/domain/moderation/modmail/modmail';

export type DeskCounts = Awaited<ReturnType<typeof deskCounts>>;

/**
 * Returns what the navigation of the moderators' pages shows. For loaders. `cases` is the number of
 * open cases, if it is known.
 */
export async function deskCounts({ app }: AppLoadContext, cases?: number) {
  const db = app.db.reader;
  return {
    cases: cases ?? (await countOpenCases(db)),
    conversations: await countWaitingConversations(db),
  };
}
