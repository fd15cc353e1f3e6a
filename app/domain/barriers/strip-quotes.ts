/**
 * Returns a contribution's Markdown with everything replaced by blanks that is not the author's own
 * words: quotations, code, URLs and link syntax. The length stays the same, so that offsets into
 * the result are offsets into the source. One pass per line; no pattern backtracks.
 */
export function ownWords(markdown: string): string {
  const lines = markdown.split('\n');
  let fence = '';
  let quoting = false;

  for (const [at, line] of lines.entries()) {
    const start = line.trimStart();
    const mark = /^(`{3,}|~{3,})/.exec(start)?.[1];
    if (fence) {
      lines[at] = blank(line);
      if (mark?.startsWith(fence)) fence = '';
      continue;
    }
    if (mark) {
      fence = mark;
      lines[at] = blank(line);
      continue;
    }
    // A quotation continues until an empty line, even if later lines have no ">".
    quoting = start.startsWith('>') || (quoting && start !== '');
    lines[at] = quoting ? blank(line) : withoutCodeAndAddresses(line);
  }
  return lines.join('\n');
}

function withoutCodeAndAddresses(line: string): string {
  return line
    .replace(/`[^`]*`/g, blank)
    .replace(/\]\([^()\s]*\)/g, blank)
    .replace(/\b(?:https?:\/\/|www\.)[^\s<>)\]]+/gi, blank)
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}/g, blank);
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}
