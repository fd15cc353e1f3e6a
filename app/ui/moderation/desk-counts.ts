import type { AppLoadContext } from '@remix-run/node';
import { countOpenCases } from '~/domain/moderation/cases/queue';
import { countWaitingConversations } from '~/domain/moderation/modmail/modmail';

export type DeskCounts = Awaited<ReturnType<typeof deskCounts>>;

/** Returns what the navigation of the moderators' pages shows. For loaders. */
export async function deskCounts({ app, visit }: AppLoadContext) {
  const db = app.db.reader;
  return {
    cases: await countOpenCases(db),
    conversations: await countWaitingConversations(db),
    administrator: visit.visitor.standing === 'administrator',
  };
}
