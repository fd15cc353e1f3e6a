import { Marked } from 'marked';
import type { Block } from './blocks';
import { readHtml } from './html-blocks';
import { PostFormatError } from './post-format-error';
import { TIGHT_BULLETS } from './text-blocks';

const marked = new Marked({ gfm: true, async: false });

/** Maximum indentation in columns and levels of quotation; deeper lines are moved to the left. */
const DEEPEST_INDENT = 40;
const DEEPEST_QUOTE = 10;
const DEEPEST_ITEM = 10;

export interface MarkdownPost {
  /** `title` of the front matter; null if there is none. */
  title: string | null;
  blocks: Block[];
}

/**
 * Reads Markdown by converting it to HTML, so that links, emphasis, entities and embedded HTML are
 * read as a browser would show them.
 * @throws PostFormatError if it is nested too deeply
 */
export function readMarkdown(source: string): MarkdownPost {
  const { title, body } = splitFrontMatter(source);
  return { title, blocks: readHtml(renderedHtml(prepare(body))).places.at(-1) ?? [] };
}

function renderedHtml(markdown: string): string {
  try {
    return marked.parse(markdown, { async: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PostFormatError('too-deep', 'The article is nested too deeply.');
  }
}

function splitFrontMatter(source: string): { title: string | null; body: string } {
  const matter = /^\s*---[ \t]*\n([\s\S]{0,20000}?)\n---[ \t]*(?:\n|$)/.exec(source);
  const line = matter && /^title:[ \t]*(.+)$/m.exec(matter[1] ?? '');
  if (!matter || !line) return { title: null, body: source };
  const title = (line[1] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
  return { title: title || null, body: source.slice(matter[0].length) };
}

/** Repairs Markdown that was pasted: typographic bullets, common indentation, `##Heading`. */
function prepare(body: string): string {
  const bullet = new RegExp(`^([ \\t]*)[${TIGHT_BULLETS}][ \\t]*(?=\\S)`, 'u');
  const lines = body.split('\n');
  const common = lines
    .filter((line) => line.trim())
    .reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity);
  return lines
    .map((line) =>
      shallow(line.slice(Math.min(common, line.length)))
        .replace(bullet, '$1- ')
        .replace(/^(#{2,6})(?=[^\s#])/, '$1 '),
    )
    .join('\n');
}

/** Limits the nesting that one line can open: each level needs a stack frame in the parser. */
function shallow(line: string): string {
  return line
    .replace(/^[ \t]+/, (indent) => indent.slice(0, DEEPEST_INDENT))
    .replace(/^(?:[ \t]*>){11,}/, '>'.repeat(DEEPEST_QUOTE))
    .replace(/^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]){11,}/, '- '.repeat(DEEPEST_ITEM));
}
