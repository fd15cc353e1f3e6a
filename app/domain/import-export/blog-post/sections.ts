import { type Block, type Heading, wordCount } from './blocks';
import { type FoundPhrase, nameOf, type PhraseUse, phrasesIn, says } from './post-words';
import { lettersAndDigits } from './question-key';
import { asks, endsAsking } from './questions';

/** In the order in which a name that fits several is read. */
const KINDS = [
  /** Questions that the post answers itself. */
  'faq',
  /** A repeated summary of a section. */
  'recap',
  'conversation',
  'glossary',
  'summary',
  'pillars',
  /** Content below a post on its page: comments, links, the author. */
  'page',
  /** Has the questions to readers if no `conversation` section has: its name is ambiguous. */
  'discussion',
] as const satisfies readonly PhraseUse[];

export type SectionKind = (typeof KINDS)[number] | 'other';

export interface Section {
  kind: SectionKind;
  /** The heading or line that opens it; null above the first. */
  opening: Block | null;
  blocks: Block[];
}

/** Kinds of sections that subheadings are part of. */
const WITH_SUBHEADINGS: readonly SectionKind[] = [
  'conversation',
  'discussion',
  'faq',
  'glossary',
  'pillars',
];

const LONGEST_HEADING = 20;
/** Maximum number of words for an unmarked line to be a section's name. */
const LONGEST_BARE_NAME = 6;
/** In characters: a longer text is only read if a list follows it. */
const LONGEST_LINE = 400;

/** Splits blocks into sections by name or first sentence. A second title: pasted twice. */
export function sectionsOf(blocks: readonly Block[], title: string | null): Section[] {
  const start = title === null ? null : lettersAndDigits(title);
  let open: Section = { kind: 'other', opening: null, blocks: [] };
  const sections = [open];
  let level = 0;
  const begin = (kind: SectionKind, opening: Block, at: number) => {
    open = { kind, opening, blocks: [] };
    level = at;
    sections.push(open);
  };

  for (const block of blocks) {
    const kind = block.quoted && block.kind !== 'paragraph' ? null : sectionKind(block);
    if (lettersAndDigits(block.text) === start) {
      begin('other', block, 1);
      continue;
    }
    if (block.kind === 'heading') {
      const inside = belongsTo(open, level, block);
      if (inside && (!kind || kind === open.kind)) open.blocks.push(block);
      else begin(kind ?? 'other', block, block.level ?? 2);
      continue;
    }
    // A list's introduction opens a section that any heading ends.
    if (kind && kind !== open.kind) begin(kind, block, endsWithColon(block.text) ? 7 : 2);
    else if (!kind || says('invitation', block.text)) open.blocks.push(block);
  }
  return sections;
}

/** True if a heading is part of the open section and does not end it. */
function belongsTo(open: Section, level: number, heading: Heading): boolean {
  if (heading.level !== null) {
    if (heading.level > level) return WITH_SUBHEADINGS.includes(open.kind);
    // Some editors have one level of headings: there the questions are beside the section's name.
    const heads = open.kind === 'conversation' || open.kind === 'discussion';
    return heads && endsAsking(heading.text) && open.blocks.every(isHeadingOrSilent);
  }
  // In plain text a term with a short definition, or the label of a question, looks like a heading.
  if (open.kind === 'glossary') return /:\s/.test(heading.text);
  return open.kind === 'conversation' || open.kind === 'discussion';
}

function isHeadingOrSilent(block: Block): boolean {
  return block.kind === 'heading' || !asks(block.text);
}

/** Returns the kind of section that this block names or introduces; null if neither. */
export function sectionKind(block: Block): SectionKind | null {
  const { kind, text } = block;
  if (kind === 'heading') {
    if (wordCount(text) > LONGEST_HEADING) return null;
    const name = nameOf(text);
    // “What do you think?” names a section, any other question is one.
    return kindOf(name, endsAsking(text) ? ({ length }) => length === name.length : () => true);
  }
  // A heading is only read as an item if a broken character stood before it.
  if (kind === 'item' && /^\p{N}+[.)]\s/u.test(text)) {
    return isName(text, LONGEST_HEADING) ? kindOf(nameOf(text)) : null;
  }
  if (kind === 'paragraph' && endsWithColon(text)) {
    const sentence = nameOf(
      text
        .slice(-LONGEST_LINE)
        .split(/[.!?؟।]\s|[。！？]/)
        .at(-1) ?? '',
    );
    const found = phrasesIn(sentence);
    const introduced = (['summary', 'pillars'] as const).find((each) =>
      found.some(({ use }) => use === each),
    );
    if (introduced) return introduced;
  }
  if (!isName(text, LONGEST_HEADING)) return null;
  const name = nameOf(text);
  if (kindOf(name, ({ use, at }) => use === 'recap' && at < 2)) return 'recap';
  if (wordCount(text) > LONGEST_BARE_NAME) return null;
  const named = kindOf(name);
  if (kind === 'paragraph') return named;
  return named === 'conversation' || named === 'glossary' ? named : null;
}

function isName(text: string, mostWords: number): boolean {
  if (text.length > LONGEST_LINE || /[.?;,؟؛،。？！；।]$/.test(text)) return false;
  return wordCount(text) <= mostWords;
}

export function endsWithColon(text: string): boolean {
  return /[:：]$/.test(text);
}

function kindOf(
  name: readonly string[],
  fits: (found: FoundPhrase) => boolean = () => true,
): SectionKind | null {
  const uses = phrasesIn(name)
    .filter(fits)
    .map(({ use }) => use);
  return KINDS.find((kind) => uses.includes(kind)) ?? null;
}
