export type PostFormat = 'markdown' | 'html' | 'text';

/** Returns the format of a post: the one whose markup is most frequent in it. */
export function formatOf(source: string): PostFormat {
  if (/^\s*<(?:!doctype html|html)\b/i.test(source)) return 'html';

  const marked = countOf(source, /^[ \t]*#{1,6}[ \t]+\S|^\S[^\n]*\n={3,}[ \t]*$/gm);
  const tagged = countOf(source, /<\/h[1-6]\s*>/gi);
  // A code listing in a page may contain a line that looks like a heading, and Markdown may contain
  // tags.
  if (marked > 0 && marked >= tagged) return 'markdown';
  if (/^\s*---[ \t]*\n(?:[^\n]*\n){0,50}?title:/.test(source)) return 'markdown';
  const blocks = /<\/?(?:h[1-6]|p|ul|ol|li|dl|div|section|article|main|body)(?=[\s>])/gi;
  if (countOf(source, blocks) > 2) return 'html';
  return 'text';
}

function countOf(source: string, pattern: RegExp): number {
  return source.match(pattern)?.length ?? 0;
}
