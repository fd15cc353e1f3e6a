import type { AppLoadContext } from '@remix-run/node';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { requireWriter } from '~/domain/forum/posts/permission';
import { usualWait, waitReasons } from '~/domain/moderation/anti-spam/waiting';
import { whatFollows } from '~/domain/publishing/what-follows';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Translator } from '~/platform/i18n/translator';
import { idsOf } from '~/platform/ids';
import { formatAge } from '~/ui/moderation/age';
import type { PostView } from './view';

/** Says that an email follows the decision and, if known, how long posts usually wait for it. */
function usualWaitSentence({ t, locale, gap }: Translator, usual: number | null): string {
  const email = t('guard.wait.email');
  if (usual === null) return email;
  // Rounded up: "3 hours or less" is false of 3 hours and a half, and no one waits 0 minutes.
  const unit = [DAY, HOUR].find((one) => usual > one) ?? MINUTE;
  const most = Math.max(1, Math.ceil(usual / unit)) * unit;
  return `${t('guard.wait.usual', { age: formatAge(locale, most) })}${gap}${email}`;
}

const AFTER_LINK = {
  refused: 'writing.next.link.refused',
  held: 'writing.next.link.held',
  checked: 'writing.next.link.checked',
  published: 'writing.next.link.checked',
} as const;

/** Says why a person may not post or say "I face this too" now; null if they may. */
export function refusalOf(visitor: Visitor, t: Translator['t']): string | null {
  try {
    requireWriter(visitor);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return sayRefusal(t, error);
  }
}

/** Says why a visitor cannot post. */
function sayRefusal(t: Translator['t'], { kind, key, options }: DomainError): string {
  return kind === 'missing' ? t('writing.drafts.gone') : t(key, options.values);
}

/**
 * Says what follows when this visitor sends a post for a place, as in `drafts.place`; `stored` if
 * the post was sent and waits for an account.
 */
export async function sayWhatFollows(
  { app, visit }: AppLoadContext,
  place: string,
  { stored = false } = {},
): Promise<string> {
  const { t, gap } = visit.i18n;
  const follows = await whatFollows(app, visit.visitor, place);
  const refusal = follows.outcome === 'refused' ? sayRefusal(t, follows.error) : null;
  if (!visit.visitor.person) {
    // A form refuses a visitor's text at once; what waits for an account becomes a draft.
    if (refusal && !stored) return refusal;
    const link = `${t('writing.next.email')}${gap}${t(AFTER_LINK[follows.outcome])}`;
    return refusal ? refusal + gap + link : link;
  }
  if (refusal) return refusal + gap + t('writing.next.kept');
  if (follows.outcome === 'published') return t('writing.next.published');
  if (follows.outcome === 'checked') return t('writing.next.checked');
  const usual = usualWaitSentence(visit.i18n, await usualWait(app.db.reader, app.clock));
  return t('writing.next.held') + gap + usual;
}

/** Returns why posts wait that were never public, and how long that usually takes, by post. */
export async function waitingSentences(
  { app, visit }: AppLoadContext,
  postIds: readonly string[],
): Promise<Map<string, string>> {
  const reasons = await waitReasons(app.db.reader, postIds);
  if (reasons.size === 0) return new Map();
  const usual = usualWaitSentence(visit.i18n, await usualWait(app.db.reader, app.clock));
  const { t, gap } = visit.i18n;
  return new Map([...reasons].map(([id, why]) => [id, t(`guard.wait.${why}`) + gap + usual]));
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
