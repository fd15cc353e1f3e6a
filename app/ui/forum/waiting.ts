import type { AppLoadContext } from '@remix-run/node';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { usualWait, waitReasons } from '~/domain/moderation/anti-spam/waiting';
import type { Translator } from '~/platform/i18n/translator';
import { idsOf } from '~/platform/ids';
import { formatAge } from '~/ui/moderation/age';
import type { PostView } from './view';

/** Returns how long a post usually waits for a moderator, as a sentence. */
function usualWaitSentence({ t, locale }: Translator, usual: number | null): string {
  return usual === null
    ? t('guard.wait.unknown')
    : t('guard.wait.usual', { age: formatAge(locale, usual) });
}

/** Returns how long a post from this form will wait; null if it is published immediately. */
export async function waitNotice({ app, visit }: AppLoadContext): Promise<string | null> {
  const db = app.db.reader;
  if (!(await waitsForModerator(db, app, visit.visitor))) return null;
  return usualWaitSentence(visit.i18n, await usualWait(db, app.clock));
}

/** Returns why posts wait that were never public, and how long that usually takes, by post. */
export async function waitingSentences(
  { app, visit }: AppLoadContext,
  postIds: readonly string[],
): Promise<Map<string, string>> {
  const reasons = await waitReasons(app.db.reader, postIds);
  if (reasons.size === 0) return new Map();
  const usual = usualWaitSentence(visit.i18n, await usualWait(app.db.reader, app.clock));
  return new Map(
    [...reasons].map(([id, why]) => [id, `${visit.i18n.t(`guard.wait.${why}`)} ${usual}`]),
  );
}

/** Adds to the reader's own held posts why they wait and how long that usually takes. */
export async function explainWaiting(
  context: AppLoadContext,
  posts: readonly (PostView | null)[],
): Promise<void> {
  const waiting = posts.flatMap((post) => (post?.own && post.state === 'held' ? [post] : []));
  const sentences = await waitingSentences(context, idsOf(waiting));
  for (const post of waiting) {
    const why = sentences.get(post.id);
    if (why) post.waits = why;
  }
}
