import type { Config } from '~/platform/config';
import { fetchText } from '~/platform/http-client';

/** What is asked about; the service is told nothing else. */
export interface SpamQuestion {
  /** The network address of the author. */
  address: string;
  /** Their public handle. */
  author: string;
  text: string;
  /** BCP 47. */
  language: string;
  kind: 'forum-post' | 'reply';
}

export type SpamAnswer = 'spam' | 'fine' | 'failed';

/** More than any answer of the method has. */
const LONGEST_ANSWER = 64;

/**
 * Asks a service that speaks Akismet's `comment-check` (https://akismet.com/developers) whether a
 * text is spam. Never inside a transaction: it takes up to `config.akismet.timeout` ms. Whatever
 * goes wrong, be it no answer, a late one or one that is neither `true` nor `false`, is `failed`.
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
