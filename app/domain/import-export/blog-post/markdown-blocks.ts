import { Marked } from 'marked';
import markedCjkFriendly from 'marked-cjk-friendly';
import { asciiDigits } from '~/platform/text/digits';
import type { Block } from './blocks';
import { readHtml } from './html-blocks';
import { PostFormatError } from './post-format-error';
import { TIGHT_BULLETS } from './text-blocks';

const marked = new Marked({ gfm: true, async: false }, markedCjkFriendly());

/** Maximum indentation in columns and levels of quotation; deeper lines are moved to the left. */
const DEEPEST_INDENT = 40;
const DEEPEST_QUOTE = 10;
const DEEPEST_ITEM = 10;

/**
 * Reads Markdown by converting it to HTML, so that links, emphasis, entities and embedded HTML are
 * read as a browser would show them.
 * @throws PostFormatError if it is nested too deeply
 */
export function readMarkdown(source: string): Block[] {
  return readHtml(renderedHtml(prepare(source))).places.at(-1) ?? [];
}

function renderedHtml(markdown: string): string {
  try {
    return marked.parse(markdown, { async: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PostFormatError('too-deep', 'The article is nested too deeply.');
  }
}

/** A number in front of an item that Markdown does not know: `١.`, `२)`, `3、`. */
const NUMBER =
  /^([ \t]*)[(（]?(\p{Nd}{1,3})(?:[.)）．](?:[ \t]+|(?=\p{Script=Han}))|[、][ \t]*)(?=\S)/u;

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
        .replace(NUMBER, (_, indent, digits) => `${indent}${asciiDigits(digits)}. `)
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
