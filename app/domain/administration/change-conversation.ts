import { listRecorded, undoRecorded } from '~/domain/community/recorded-changes';
import {
  closeConversation,
  deleteDraft,
  publishConversation,
  reopenConversation,
  setWindow,
  withdrawConversation,
} from '~/domain/forum/conversations/change';
import {
  type Conversation,
  conversationById,
  standingOf,
} from '~/domain/forum/conversations/conversations';
import {
  recordConversation,
  recordedConversation,
  requireUnanswered,
  threadsIn,
} from '~/domain/import-export/conversation-record';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { dayOf } from '~/platform/day';
import { DomainError } from '~/platform/errors';
import { type SentFrom, withoutStale } from '~/platform/stale-form';
import type { Db } from '~db/client';

/** What administrators do to a conversation besides its dates, each with the states in which they can. */
export const CONVERSATION_ACTS = {
  publish: ['draft'],
  close: ['open'],
  reopen: ['closed'],
  withdraw: ['open', 'closed'],
  delete: ['draft'],
} as const;

export type ConversationAct = keyof typeof CONVERSATION_ACTS;

/** The days between which a conversation takes posts, in UTC: first and last one; empty for none. */
export type ConversationDays = Record<'opens' | 'closes', string>;

/** Who changes which conversation. */
interface Change {
  id: string;
  personId: string;
}

/**
 * Carries out an act, and records it.
 * @throws DomainError `missing`; `refused` if its state does not allow the act, or if others have posted
 * in what is to become a draft
 */
export async function changeConversation(
  tx: Db,
  { clock }: AppContext,
  { id, personId }: Change,
  act: ConversationAct,
): Promise<void> {
  const now = clock.now();
  const standing = standingOf(await existing(tx, id));
  if (!CONVERSATION_ACTS[act].some((state) => state === standing)) {
    throw new DomainError('refused', 'community.error.already');
  }
  if (act === 'withdraw') await requireUnanswered(tx, id, personId);
  await recordConversation(tx, clock, personId, id, async () => {
    if (act === 'publish') await publishConversation(tx, id, now);
    if (act === 'close') await closeConversation(tx, id, now);
    if (act === 'reopen') await reopenConversation(tx, id);
    if (act === 'withdraw') await withdrawConversation(tx, id);
    if (act === 'delete') await deleteDraft(tx, id, now);
  });
}

/**
 * Sets the days of a conversation, and records it.
 * @throws DomainError `missing`; `invalid` as `setWindow`; `refused` if another change clashes with it
 */
export async function changeDays(
  tx: Db,
  { clock }: AppContext,
  { id, personId }: Change,
  wanted: ConversationDays,
  sent: SentFrom,
): Promise<void> {
  const { opens, closes } = withoutStale(wanted, daysOf(await existing(tx, id)), sent);
  const begin = (day: string) => (day === '' ? null : Date.parse(`${day}T00:00:00Z`));
  const last = begin(closes);
  const window = { opensAt: begin(opens), closesAt: last === null ? null : last + DAY };
  await recordConversation(tx, clock, personId, id, () => setWindow(tx, id, window, clock.now()));
}

/** Returns the days of a conversation. */
export function daysOf({
  opensAt,
  closesAt,
}: Pick<Conversation, 'opensAt' | 'closesAt'>): ConversationDays {
  return {
    opens: opensAt === null ? '' : dayOf(opensAt),
    // The last day on which it takes posts.
    closes: closesAt === null ? '' : dayOf(closesAt - 1),
  };
}

/**
 * Takes back a change of a conversation, as `undoRecorded` does.
 * @throws DomainError `refused` also if it would become a draft after others have posted in it
 */
export async function undoConversation(
  tx: Db,
  { clock }: AppContext,
  { id, personId }: Change,
  changeId: string,
): Promise<void> {
  await undoRecorded(tx, clock, personId, changeId, recordedConversation(clock, id, personId));
}

/** A change of a conversation: its values, and for each question what it was and is. */
export interface ListedConversationChange {
  id: string;
  /** The handle of who made it. */
  by: string;
  createdAt: number;
  isUndo: boolean;
  undone: boolean;
  before: Readonly<Record<string, unknown>>;
  after: Readonly<Record<string, unknown>>;
  /** Questions that were added, reworded or taken out; null where there was or is none. */
  questions: { before: string | null; after: string | null }[];
}

/** Returns the newest changes of a conversation, newest first. */
export async function conversationChanges(db: Db, id: string): Promise<ListedConversationChange[]> {
  return (await listRecorded(db, id)).map((change) => {
    const { before, after } = change;
    const questions = threadsIn(Object.keys(after)).flatMap((thread) => {
      const titles = [before, after].map((values) => values[`${thread}.title`] as string | null);
      const [was = null, is = null] = titles;
      return was === is ? [] : [{ before: was, after: is }];
    });
    return { ...change, questions };
  });
}

async function existing(tx: Db, id: string): Promise<Conversation> {
  const found = await conversationById(tx, id);
  if (!found) throw new DomainError('missing', 'site.problem.404.title');
  return found;
}
