import { type Block, lengthOf, withoutRepeats } from './blocks';
import { entriesOf } from './entries';
import { readFrontMatter } from './front-matter';
import { readHtml } from './html-blocks';
import { readMarkdown } from './markdown-blocks';
import { type Fact, type FactSource, factsOf } from './post-facts';
import { formatOf, type PostFormat } from './post-format';
import { PostFormatError } from './post-format-error';
import { type HeadedPart, usualHeadings } from './post-words';
import { lastQuestionGroup, QUESTION_SHAPES, type QuestionShape } from './question-groups';
import { endsAsking, numbered, type PostQuestion, questionsOf } from './questions';
import { hasBrokenCharacters, repairText, withoutRepeatedLines } from './repair';
import { type Section, type SectionKind, sectionKind, sectionsOf } from './sections';
import { pointsOf } from './summary';
import { blocksFromText } from './text-blocks';
import { titleOfHeadings, titleOfText } from './title';

/** A part of a post that `parsePost` looks for. */
export type PostPart =
  | ('title' | 'link' | 'author' | 'language' | 'date' | 'introduction')
  | ('summary' | 'questions' | 'pillars' | 'glossary');

/** How a part was looked for. */
export interface LookedFor {
  /** `last-group`: the last questions of a post that has no heading for them. Null: not found. */
  found: FactSource | 'section' | 'last-group';
  /** The heading or line that opens the section where it is or should be; null if there is none. */
  under: string | null;
  /** Usual headings that were looked for, in the post's language and in English. */
  headings: string[];
  /** The forms that were looked for; empty except for questions. */
  shapes: readonly QuestionShape[];
}

export interface ParsedPost {
  title: string | null;
  /** The http or https URL that the post gives as its own. */
  link: string | null;
  author: string | null;
  /** BCP 47: as the post says, or else as its words show. */
  language: string;
  /** `YYYY-MM-DD`. */
  date: string | null;
  summaryPoints: string[];
  /** Plain text; its paragraphs are separated by an empty line. */
  introduction: string | null;
  questions: PostQuestion[];
  /** `description` is empty if the post only names them. */
  pillars: { name: string; description: string }[];
  glossary: { term: string; definition: string }[];
  looked: Record<PostPart, LookedFor>;
  /** The text in order, for marking the questions by hand if they were not recognised. */
  passages: { kind: Block['kind']; text: string }[];
  format: PostFormat;
  /** For the operator, one sentence about each thing missing, repaired or ambiguous. */
  warnings: string[];
}

/** A post from which a conversation can be made: it has a title and at least one question. */
export type CompletePost = ParsedPost & { title: string };

/** In bytes of UTF-8. */
export const LARGEST_POST = 2 * 1024 * 1024;

/** With a larger share of control characters at its beginning, the file is not text. */
const MOST_CONTROLS = 0.05;

interface Reading {
  title: string | null;
  blocks: Block[];
}

/** What was found in a section; `under` is the heading or line that opens it. */
interface Found<Value> {
  value: Value[];
  source: LookedFor['found'];
  under: string | null;
}

/**
 * Reads a blog post as Markdown, HTML or plain text copied from a browser, in any language and also
 * if damaged. A part that is missing is null or empty, and `looked` says how it was looked for.
 *
 * @throws PostFormatError if it is empty, larger than `LARGEST_POST`, not text or nested too deeply
 */
export function parsePost(source: string): ParsedPost {
  refuseUnreadable(source);
  const { text: repaired, repeats: lines } = withoutRepeatedLines(repairText(source));
  const { values: frontMatter, body } = readFrontMatter(repaired);
  // Under front matter text is Markdown, even if it has no headings.
  const isMarkdown = frontMatter.size > 0 && !/^\s*</.test(body);
  const format = isMarkdown ? 'markdown' : formatOf(body);
  const warnings: string[] = [];
  if (hasBrokenCharacters(source)) {
    warnings.push('Some characters could not be read and were left out.');
  }

  const page = format === 'html' ? readHtml(body) : null;
  const metadata = page?.metadata ?? null;
  const stated = frontMatter.get('title') || metadata?.title || null;
  const { title, blocks: read } = page
    ? readPage(page.places, stated, warnings)
    : readWriting(format, body, stated, warnings);

  const { blocks, repeats } = withoutRepeats(withoutNeedlessQuotation(read));
  if (lines + repeats) warnings.push(`${lines + repeats} repeated lines or blocks were left out.`);
  const sections = sectionsOf(blocks, title);

  const questions = findQuestions(sections, warnings);
  const summary = richest(sections, 'summary', pointsOf);
  if (summary.value.length === 0) warnings.push('No summary points were found.');
  const pillars = richest(sections, 'pillars', (inside) => entriesOf(inside, { bare: true }));
  if (pillars.value.length === 0) warnings.push('No pillars were found.');
  const glossary = richest(sections, 'glossary', (inside) => entriesOf(inside));
  if (glossary.value.length === 0) warnings.push('No glossary was found.');

  const asked = questions.value.map(({ text }) => text);
  const facts = factsOf({ frontMatter, metadata }, title, blocks, asked);
  const { link, author, language, date, introduction } = facts;
  const fact = ({ source }: Fact): LookedFor => {
    return { found: source, under: null, headings: [], shapes: [] };
  };
  const section = (part: HeadedPart, { source, under }: Found<unknown>): LookedFor => {
    return { found: source, under, headings: usualHeadings(part, language.value), shapes: [] };
  };

  return {
    title,
    link: link.value,
    author: author.value,
    language: language.value,
    date: date.value,
    summaryPoints: summary.value,
    introduction: introduction.value,
    questions: questions.value,
    pillars: pillars.value,
    glossary: glossary.value.map(({ name, description }) => {
      return { term: name, definition: description };
    }),
    looked: {
      title: fact({ value: title, source: titleSource(title, frontMatter.get('title'), stated) }),
      link: fact(link),
      author: fact(author),
      language: fact(language),
      date: fact(date),
      introduction: fact(introduction),
      summary: section('summary', summary),
      questions: { ...section('conversation', questions), shapes: QUESTION_SHAPES },
      pillars: section('pillars', pillars),
      glossary: section('glossary', glossary),
    },
    passages: blocks.map(({ kind, text }) => ({ kind, text })),
    format,
    warnings,
  };
}

/**
 * Returns the post if it has what a conversation needs.
 * @throws PostFormatError if it has no title or no questions
 */
export function requireComplete(post: ParsedPost): CompletePost {
  const { title, questions, looked } = post;
  if (!title) throw new PostFormatError('no-title', 'The article has no title.');
  if (questions.length > 0) return { ...post, title };
  throw looked.questions.under === null
    ? new PostFormatError('no-conversation', 'The post has no "Join the Conversation" section.')
    : new PostFormatError(
        'no-questions',
        'The "Join the Conversation" section of the post has no questions.',
      );
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

function readWriting(
  format: PostFormat,
  source: string,
  stated: string | null,
  warnings: string[],
): Reading {
  if (format === 'text') {
    const blocks = blocksFromText(source);
    return { title: titleOfText(blocks, warnings), blocks };
  }
  const blocks = readMarkdown(source);
  const hasMain = blocks.some((block) => block.kind === 'heading' && block.level === 1);
  const title = stated && !hasMain ? stated : titleOfHeadings(blocks, warnings);
  return { title, blocks };
}

/** Reads the smallest part of a page that has the questions, without navigation and footer. */
function readPage(places: Block[][], stated: string | null, warnings: string[]): Reading {
  const body = places.at(-1) ?? [];
  const blocks =
    places.find((place) => place.some((block) => sectionKind(block) === 'conversation')) ??
    places.find((place) => place.some((block) => sectionKind(block) === 'discussion')) ??
    places.find((place) => lengthOf(place) * 2 > lengthOf(body)) ??
    body;
  const inside = titleOfHeadings(blocks, warnings);
  if (inside) return { title: inside, blocks };
  const outside = body.find((block) => block.kind === 'heading' && block.level === 1);
  const title = outside?.text ?? stated;
  if (title || blocks.some(({ kind }) => kind === 'heading')) return { title, blocks };
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

function titleSource(
  title: string | null,
  matter: string | undefined,
  stated: string | null,
): FactSource {
  if (title === null) return null;
  if (title === matter) return 'front-matter';
  return title === stated ? 'metadata' : 'text';
}

/** A post that is quoted as a whole was forwarded. */
function withoutNeedlessQuotation(blocks: Block[]): Block[] {
  if (!blocks.every(({ quoted }) => quoted)) return blocks;
  return blocks.map((block) => ({ ...block, quoted: false }));
}

/**
 * Finds the questions to readers: in the sections named for them, or else in the last section whose
 * name may mean that, or else the last group of questions in the post.
 */
function findQuestions(sections: Section[], warnings: string[]): Found<PostQuestion> {
  const named = sections.filter(({ kind }) => kind === 'conversation');
  const maybe = sections.filter(({ kind }) => kind === 'discussion').reverse();
  const under = (named[0] ?? maybe[0])?.opening?.text ?? null;
  const sure = numbered(named.flatMap((section) => questionsOf(section.blocks, warnings)));
  if (sure.length > 0) return { value: sure, source: 'section', under };

  for (const { opening, blocks } of [...maybe, ...named]) {
    const value = numbered(questionsOf(blocks, []));
    if (value.length > 0) return { value, source: 'section', under: opening?.text ?? null };
  }
  // “What about you?” may be all that is asked.
  const asking = named.flatMap(({ opening }) =>
    opening && endsAsking(opening.text) ? questionsOf([opening], []) : [],
  );
  if (asking.length > 0) return { value: numbered(asking), source: 'section', under };

  const value = numbered(questionsOf(lastQuestionGroup(sections), warnings));
  if (value.length === 0) return { value, source: null, under };
  warnings.push('No heading names the questions; the last ones in the text were taken.');
  return { value, source: 'last-group', under: null };
}

/** Returns the section with most content: a table of contents may have the same name. */
function richest<Value>(
  sections: Section[],
  kind: SectionKind,
  read: (blocks: Block[]) => Value[],
): Found<Value> {
  return sections
    .filter((section) => section.kind === kind)
    .map(({ blocks, opening }) => ({ value: read(blocks), under: opening?.text ?? null }))
    .reduce<Found<Value>>(
      (best, { value, under }) =>
        value.length > best.value.length ? { value, source: 'section', under } : best,
      { value: [], source: null, under: null },
    );
}
