import type { Pillar } from '~/domain/community/vocabularies';
import { type Block, withoutRepeats } from './blocks';
import { entriesOf } from './entries';
import { readHtml } from './html-blocks';
import { readMarkdown } from './markdown-blocks';
import { pillarNamed } from './pillars';
import { formatOf, type PostFormat } from './post-format';
import { PostFormatError } from './post-format-error';
import { numbered, type PostQuestion, questionsOf } from './questions';
import { hasBrokenCharacters, repairText, withoutRepeatedLines } from './repair';
import { type Section, type SectionKind, sectionKind, sectionsOf } from './sections';
import { pointsOf } from './summary';
import { blocksFromText } from './text-blocks';
import { titleOfHeadings, titleOfText } from './title';

export interface ParsedPost {
  title: string;
  summaryPoints: string[];
  /** `slug` is null if the name does not match exactly one of the forum's pillars. */
  pillars: { name: string; slug: Pillar | null; description: string }[];
  glossary: { term: string; definition: string }[];
  questions: PostQuestion[];
  format: PostFormat;
  /** For the operator, one sentence about each thing missing, repaired or ambiguous. */
  warnings: string[];
}

/** In bytes of UTF-8. */
export const LARGEST_POST = 2 * 1024 * 1024;

/** With a larger share of control characters at its beginning, the file is not text. */
const MOST_CONTROLS = 0.05;

interface Reading {
  title: string | null;
  blocks: Block[];
}

/**
 * Reads a blog post as Markdown, HTML or plain text copied from a browser, also if damaged: title,
 * summary points, pillars, glossary and "Join the Conversation" questions.
 *
 * @throws PostFormatError if it is empty, larger than `LARGEST_POST`, not text, nested too deeply,
 * or has no title or no questions; anything else that is missing is a warning
 */
export function parsePost(source: string): ParsedPost {
  refuseUnreadable(source);
  const { text: repaired, repeats: lines } = withoutRepeatedLines(repairText(source));
  const format = formatOf(repaired);
  const warnings: string[] = [];
  if (hasBrokenCharacters(source)) {
    warnings.push('Some characters could not be read and were left out.');
  }

  const { title, blocks: read } = readAs(format, repaired, warnings);
  if (!title) throw new PostFormatError('no-title', 'The article has no title.');

  const { blocks, repeats } = withoutRepeats(read);
  if (lines + repeats) warnings.push(`${lines + repeats} repeated lines or blocks were left out.`);
  const sections = sectionsOf(blocks, title);

  return {
    title,
    questions: readQuestions(sections, warnings),
    summaryPoints: readSummary(sections, warnings),
    pillars: readPillars(sections, warnings),
    glossary: readGlossary(sections, warnings),
    format,
    warnings,
  };
}

function refuseUnreadable(source: string): void {
  if (Buffer.byteLength(source) > LARGEST_POST) {
    throw new PostFormatError('too-large', 'The article is larger than 2 MB.');
  }
  if (source.trim() === '') throw new PostFormatError('empty', 'The article is empty.');

  const start = source.slice(0, 20_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls tell binary data from text
  const controls = start.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  if (controls > start.length * MOST_CONTROLS) {
    throw new PostFormatError('not-text', 'The article is not text.');
  }
}

function readAs(format: PostFormat, source: string, warnings: string[]): Reading {
  if (format === 'markdown') {
    const { title, blocks } = readMarkdown(source);
    return { title: titleOf(title, blocks, warnings), blocks };
  }
  if (format === 'html') return readPage(source, warnings);
  const blocks = blocksFromText(source);
  return { title: titleOfText(blocks, warnings), blocks };
}

/** Returns a heading of level 1, or else the title in the document's metadata. */
function titleOf(stated: string | null, blocks: Block[], warnings: string[]): string | null {
  const hasMain = blocks.some((block) => block.kind === 'heading' && block.level === 1);
  if (stated && !hasMain) return stated;
  return titleOfHeadings(blocks, warnings);
}

/** Reads the smallest part of a page that has the questions, without navigation and footer. */
function readPage(source: string, warnings: string[]): Reading {
  const { title, places } = readHtml(source);
  const body = places.at(-1) ?? [];
  const blocks =
    places.find((place) => place.some((block) => sectionKind(block) === 'conversation')) ?? body;
  const inside = titleOfHeadings(blocks, warnings);
  if (inside) return { title: inside, blocks };
  const outside = body.find((block) => block.kind === 'heading' && block.level === 1);
  const stated = outside?.text ?? title;
  if (stated || blocks.some(({ kind }) => kind === 'heading')) return { title: stated, blocks };
  return readUnmarked(blocks, warnings);
}

/** A page of paragraphs only, as some editors paste: its lines are read like plain text. */
function readUnmarked(paragraphs: Block[], warnings: string[]): Reading {
  const lines = paragraphs.map(({ kind, text }) => (kind === 'item' ? `• ${text}` : text));
  const blocks = blocksFromText(lines.join('\n\n'));
  const title = titleOfText(blocks, warnings);
  if (title) warnings.push('The page marks no headings; its lines were read as plain text.');
  return { title, blocks };
}

function readQuestions(sections: Section[], warnings: string[]): PostQuestion[] {
  const conversations = sections.filter(({ kind }) => kind === 'conversation');
  if (conversations.length === 0) {
    throw new PostFormatError(
      'no-conversation',
      'The post has no "Join the Conversation" section.',
    );
  }
  const questions = numbered(conversations.flatMap(({ blocks }) => questionsOf(blocks, warnings)));
  if (questions.length === 0) {
    throw new PostFormatError(
      'no-questions',
      'The "Join the Conversation" section of the post has no questions.',
    );
  }
  return questions;
}

function readSummary(sections: Section[], warnings: string[]): string[] {
  const points = richest(sections, 'summary', pointsOf);
  if (points.length === 0) warnings.push('No summary points were found.');
  return points;
}

function readPillars(sections: Section[], warnings: string[]): ParsedPost['pillars'] {
  const pillars = richest(sections, 'pillars', entriesOf).map(({ name, description }) => {
    const slug = pillarNamed(name);
    if (!slug) warnings.push(`The pillar “${name}” is none of the forum's, or more than one.`);
    return { name, slug, description };
  });
  if (pillars.length === 0) warnings.push('No pillars were found.');
  return pillars;
}

function readGlossary(sections: Section[], warnings: string[]): ParsedPost['glossary'] {
  const entries = richest(sections, 'glossary', entriesOf);
  if (entries.length === 0) warnings.push('No glossary was found.');
  return entries.map(({ name, description }) => ({ term: name, definition: description }));
}

/** Returns the section with most content: a table of contents may have the same name. */
function richest<Found>(
  sections: Section[],
  kind: SectionKind,
  read: (blocks: Block[]) => Found[],
): Found[] {
  return sections
    .filter((section) => section.kind === kind)
    .map(({ blocks }) => read(blocks))
    .reduce<Found[]>((best, found) => (found.length > best.length ? found : best), []);
}
