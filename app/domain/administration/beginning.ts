import { eq, isNull, ne, or } from 'drizzle-orm';
import {
  defaultCommunity,
  neutralCommunity,
  replaceVocabularies,
} from '~/domain/community/seed-community';
import { deleteDraft, withdrawConversation } from '~/domain/forum/conversations/change';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { questionsOf } from '~/domain/forum/threads/threads';
import { postsInAnyState } from '~/domain/forum/visibility';
import { FIRST_CONVERSATION, seed } from '~/domain/import-export/seed';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { findValue, putValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { communityChanges, posts, threads } from '~db/schema';
import { storeSettings } from './settings';

/*
 * What a new site begins with: the example, or nothing about any subject. Nothing of the other choice
 * stays, and no record of it, so this is for a site on which nobody has written or changed anything.
 */

/** `own`: no subject, for an article of one's own; `example`: the seed. */
export const BEGINNINGS = ['own', 'example'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** The setting that says what was chosen. */
const CHOSEN = 'begun-with';

/** Returns what was chosen; null while nothing was. */
export async function chosenBeginning(db: Db): Promise<Beginning | null> {
  const value = await findValue(db, CHOSEN);
  return BEGINNINGS.find((one) => one === value) ?? null;
}

/** True while nothing was written and no term changed, so that the site may still begin otherwise. */
export async function mayBegin(db: Db): Promise<boolean> {
  if ((await countOf(db, communityChanges)) > 0) return false;
  const { conversationId } = threads;
  const [written] = await db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      or(
        eq(posts.isOpening, false),
        isNull(conversationId),
        ne(conversationId, FIRST_CONVERSATION),
      ),
    )
    .limit(1);
  return written === undefined;
}

/**
 * Begins the site. It may be chosen again while `mayBegin`.
 * @throws DomainError `refused` after that
 */
export async function begin(app: AppContext, beginning: Beginning): Promise<void> {
  const { db } = app;
  const community = beginning === 'own' ? neutralCommunity() : defaultCommunity();
  const { articleTitle, articleUrl } = community.settings;
  await db.write(async (tx) => {
    if (!(await mayBegin(tx))) throw new DomainError('refused', 'admin.start.error.late');
    await replaceVocabularies(tx, community);
    await storeSettings(tx, { articleTitle, articleUrl });
    if (beginning === 'own') await withdrawExample(tx, app.clock.now());
    await putValue(tx, CHOSEN, beginning);
  });
  if (beginning === 'example') await seed(app);
  await app.refreshCommunity();
}

/**
 * Takes the questions of the example off the site, without topics, since these are gone. Its article is about its
 * own subject, so it is a deleted draft, which `seed` brings back.
 */
async function withdrawExample(tx: Db, now: number): Promise<void> {
  const reader = { personId: null, moderates: true };
  for (const { id } of await questionsOf(tx, FIRST_CONVERSATION, reader)) {
    await setThreadPillars(tx, id, []);
  }
  await withdrawConversation(tx, FIRST_CONVERSATION);
  await deleteDraft(tx, FIRST_CONVERSATION, now);
}
