import { detectLanguage } from '~/platform/languages/detect';
import { readLanguage } from '~/platform/languages/tags';
import { readAbsoluteUrl } from '~/platform/text/absolute-url';
import type { Block } from './blocks';
import { bylineOf, isByline } from './byline';
import type { PageMetadata } from './html-blocks';
import { dateIn } from './post-date';
import { lettersAndDigits } from './question-key';
import { endsWithColon, sectionKind } from './sections';

/** Where a fact was found; null if it was not. `detected`: from the words of the post. */
export type FactSource = 'front-matter' | 'metadata' | 'text' | 'detected' | null;

export interface Fact<Value = string | null> {
  value: Value;
  source: FactSource;
}

export interface PostFacts {
  /** The http or https URL that the post gives as its own. */
  link: Fact;
  author: Fact;
  /** BCP 47. */
  language: Fact<string>;
  /** `YYYY-MM-DD`. */
  date: Fact;
  /** Plain text; its paragraphs are separated by an empty line. */
  introduction: Fact;
}

/** What a post says outside its text. Keys of the front matter are in lower case. */
export interface Stated {
  frontMatter: ReadonlyMap<string, string>;
  metadata: PageMetadata | null;
}

/** Maximum number of paragraphs; a post without headings has no other end of its introduction. */
const LONGEST_INTRODUCTION = 3;
/** In characters; more would not change the language that is detected. */
const SAMPLE = 4_000;

/** Reads the facts about a post. `asked` are its questions, which are not part of its introduction. */
export function factsOf(
  { frontMatter, metadata }: Stated,
  title: string | null,
  blocks: readonly Block[],
  asked: readonly string[],
): PostFacts {
  const value = (...keys: string[]) =>
    keys.map((key) => frontMatter.get(key)).find((each) => each) ?? null;
  const text = afterTitle(blocks, title);
  const byline = bylineOf(text);
  return {
    link: first(
      urlOf(value('canonicalurl', 'canonical', 'canonical_url', 'link', 'url')),
      urlOf(metadata?.link),
      null,
    ),
    author: first(value('author', 'authors'), metadata?.author, byline.author),
    language: languageOf(value('lang', 'language'), metadata?.language, title, blocks),
    date: first(dateIn(value('date') ?? ''), dateIn(metadata?.date ?? ''), byline.date),
    introduction: first(
      null,
      null,
      introductionOf(text, asked),
      value('description', 'summary') ?? metadata?.description,
    ),
  };
}

type Candidate = string | null | undefined;

function first(matter: Candidate, page: Candidate, text: Candidate, described?: Candidate): Fact {
  if (matter) return { value: matter, source: 'front-matter' };
  if (page) return { value: page, source: 'metadata' };
  if (text) return { value: text, source: 'text' };
  return described ? { value: described, source: 'metadata' } : { value: null, source: null };
}

function urlOf(text: Candidate): string | null {
  return text ? (readAbsoluteUrl(text)?.href ?? null) : null;
}

/** Many pages claim to be in English, because their theme is; their words are believed instead. */
function languageOf(
  matter: Candidate,
  page: Candidate,
  title: string | null,
  blocks: readonly Block[],
): Fact<string> {
  const stated = readLanguage(matter ?? null);
  if (stated) return { value: stated, source: 'front-matter' };
  const claimed = readLanguage(page ?? null);
  if (claimed && !/^en\b/.test(claimed)) return { value: claimed, source: 'metadata' };
  const sample = [title ?? '', ...blocks.map(({ text }) => text)].join('\n').slice(0, SAMPLE);
  const detected = detectLanguage(sample, claimed ?? 'en');
  return { value: detected, source: detected === claimed ? 'metadata' : 'detected' };
}

function afterTitle(blocks: readonly Block[], title: string | null): readonly Block[] {
  const wanted = lettersAndDigits(title ?? '');
  const at = wanted ? blocks.findIndex(({ text }) => lettersAndDigits(text) === wanted) : -1;
  return blocks.slice(at + 1);
}

function introductionOf(blocks: readonly Block[], asked: readonly string[]): string | null {
  const paragraphs: string[] = [];
  for (const block of blocks) {
    if (paragraphs.length === LONGEST_INTRODUCTION || sectionKind(block)) break;
    if (asked.some((question) => block.text.includes(question)) || endsWithColon(block.text)) break;
    if (block.kind === 'paragraph' && !block.quoted) {
      if (!isByline(block)) paragraphs.push(block.text);
    } else if (paragraphs.length > 0) break;
  }
  return paragraphs.join('\n\n') || null;
}
