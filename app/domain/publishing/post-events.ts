import { forgetWordsOf } from '~/domain/barriers/key-points/acts';
import { recheckDigests } from '~/domain/digests/errata';
import { refreshActivity } from '~/domain/forum/threads/activity';
import { closeIfOnly, openCase } from '~/domain/moderation/cases/open-case';
import { unnotify } from '~/domain/notifications/notify';
import { notifyMentioned } from '~/domain/notifications/notify-mentioned';
import { notifyPublished } from '~/domain/notifications/notify-published';
import { indexNewPost, indexPost, removePost } from '~/domain/search/index-post';
import type { Clock } from '~/platform/clock';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import type { PostState } from '~db/schema/conversation';

/** A post after an event. */
export interface ChangedPost {
  id: string;
  threadId: string;
  state: PostState;
  /** The former values of what the event changed. */
  before?: { state?: PostState; threadId?: string };
  /** Of a post that was just stored, so that it need not be read again. */
  html?: string;
  isOpening?: boolean;
}

type Subscriber = (tx: Db, clock: Clock, posts: readonly ChangedPost[]) => Promise<void>;

const tellOfPost = eachPost((tx, clock, { id }) => notifyPublished(tx, clock, id));
const tellMentioned = eachPost((tx, clock, { id }) => notifyMentioned(tx, clock, id));
const withdrawNotifications = eachPost((tx, clock, { id }) => unnotify(tx, clock, id));
const indexNewText = eachPost((tx, _clock, post) => indexNewPost(tx, post));
const indexText = eachPost((tx, _clock, { id }) => indexPost(tx, id));
const removeFromIndex = eachPost((tx, _clock, { id }) => removePost(tx, id));
const updateActivity = eachThread(refreshActivity);
const recheckThread = eachThread(recheckDigests);

const openHeldCase = eachPost(async (tx, clock, { id: postId, state }) => {
  if (state === 'held') await openCase(tx, clock, { subject: { postId }, cause: 'held' });
});

/** A deleted post no longer needs approval; a case with flags stays open. */
const closeHeldCase = eachPost(async (tx, clock, { id, before }) => {
  if (before?.state === 'held') await closeIfOnly(tx, clock, id, 'held');
});

const forgetTitles: Subscriber = (tx, _clock, posts) => forgetWordsOf(tx, idsOf(posts));

/** The functions that run after each event on a post, in the same transaction. */
const SUBSCRIBERS = {
  /** It was written or imported, and is visible or held. */
  stored: [indexNewText, openHeldCase],
  /** It became public for the first time, not by import. */
  published: [tellOfPost],
  /** Its first publication was undone: it counts as never published. */
  unpublished: [withdrawNotifications],
  /** It was imported, out of chronological order. */
  imported: [updateActivity],
  /** Its author edited the text. */
  edited: [tellMentioned, indexText, recheckThread],
  /** A moderator approved, hid, held or restored it. */
  moderated: [openHeldCase, updateActivity, recheckThread],
  /** Its author deleted it, or it was erased with its author. */
  deleted: [closeHeldCase, updateActivity, recheckThread],
  /** Its author restored it. */
  undeleted: [openHeldCase, updateActivity, recheckThread],
  /** Its text was erased. */
  emptied: [removeFromIndex, forgetTitles],
  /** It was moved within its thread or to another thread. */
  moved: [indexText, updateActivity],
  /** A translation of it was written, removed or put back. */
  translated: [indexText],
  /** It was said to be in another language: a translation into that language is shown no longer. */
  languageCorrected: [indexText],
  /** It opens a thread whose title was changed. */
  retitled: [indexText],
} satisfies Record<string, readonly Subscriber[]>;

export type PostEvent = keyof typeof SUBSCRIBERS;

/** Runs the subscribers of an event, in the caller's transaction. */
export async function announce(
  tx: Db,
  clock: Clock,
  event: PostEvent,
  posts: readonly ChangedPost[],
): Promise<void> {
  for (const subscriber of SUBSCRIBERS[event]) await subscriber(tx, clock, posts);
}

function eachPost(work: (tx: Db, clock: Clock, post: ChangedPost) => Promise<void>): Subscriber {
  return async (tx, clock, posts) => {
    for (const post of posts) await work(tx, clock, post);
  };
}

function eachThread(work: (tx: Db, threadId: string) => Promise<void>): Subscriber {
  return async (tx, _clock, posts) => {
    const ids = posts.flatMap(({ threadId, before }) => [before?.threadId ?? threadId, threadId]);
    for (const id of new Set(ids)) await work(tx, id);
  };
}
