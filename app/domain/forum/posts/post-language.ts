import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { detectLanguage } from '~/platform/languages/detect';
import { plainText } from '~/platform/markdown/plain-text';

/** Length of HTML that is examined; with any markup it contains enough text. */
const SAMPLE_CHARS = 20_000;

/**
 * Detects the language (BCP 47) of a post from its HTML and, for an opening post, the thread's
 * title. Code and quotations are ignored. `expected` is the language of the page it was written on,
 * `others` are languages of its author and thread.
 */
export function languageOf(
  html: string,
  expected: string,
  title = '',
  others: readonly string[] = [],
): string {
  const words = plainText(html.slice(0, SAMPLE_CHARS), { quotes: false, code: false });
  return detectLanguage(`${title}\n${words}`, expected, others);
}

/** True if the visitor may change the language of a post: its author, and moderators. */
export function mayCorrectLanguage(visitor: Visitor, authorId: string): boolean {
  return visitor.person?.id === authorId || mayModerate(visitor);
}
