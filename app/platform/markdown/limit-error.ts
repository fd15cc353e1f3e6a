/** Thrown inside this folder to leave marked's recursion; `renderMarkdown` turns it into a value. */
export class MarkdownLimitError extends Error {
  override name = 'MarkdownLimitError';

  constructor(readonly reason: 'too-long' | 'too-deep') {
    super(`Markdown refused: ${reason}`);
  }
}
