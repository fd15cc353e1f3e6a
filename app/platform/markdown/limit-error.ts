/** Thrown to leave marked's recursion; `renderMarkdown` converts it into a result. */
export class MarkdownLimitError extends Error {
  override name = 'MarkdownLimitError';

  constructor(readonly reason: 'too-large' | 'too-deep') {
    super(`Markdown refused: ${reason}`);
  }
}
