import type { Config } from '~/platform/config';
import { fetchText } from '~/platform/http-client';

/** The data sent to the service; it gets nothing else. */
export interface SpamQuestion {
  /** The author's IP address. */
  address: string;
  /** The author's public handle. */
  author: string;
  text: string;
  /** BCP 47. */
  language: string;
  kind: 'forum-post' | 'reply';
}

export type SpamAnswer = 'spam' | 'fine' | 'failed';

/** In characters; longer than any valid answer. */
const LONGEST_ANSWER = 64;

/**
 * Asks a service with Akismet's `comment-check` API (https://akismet.com/developers) whether a text
 * is spam. Never call it in a transaction: it takes up to `config.akismet.timeout` ms. Returns
 * `failed` on every error: no answer, a late answer, or one that is neither `true` nor `false`.
 */
export async function askSpamCheck(
  { akismet, origin }: Pick<Config, 'akismet' | 'origin'>,
  question: SpamQuestion,
): Promise<SpamAnswer | null> {
  if (!akismet) return null;
  const body = new URLSearchParams({
    api_key: akismet.key,
    blog: origin,
    user_ip: question.address,
    comment_type: question.kind,
    comment_author: question.author,
    comment_content: question.text,
    blog_lang: question.language,
    blog_charset: 'UTF-8',
  });
  try {
    const { ok, text } = await fetchText(
      akismet.url,
      { method: 'POST', body, headers: { 'User-Agent': 'Causeway/1 | Akismet/1' } },
      { timeoutMs: akismet.timeout, maxBytes: LONGEST_ANSWER },
    );
    const answer = text.trim();
    if (!ok) return 'failed';
    if (answer === 'true') return 'spam';
    return answer === 'false' ? 'fine' : 'failed';
  } catch {
    return 'failed';
  }
}
