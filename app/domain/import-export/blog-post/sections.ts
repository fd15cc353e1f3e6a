import { type Block, type Heading, wordsOf } from './blocks';
import { lettersAndDigits } from './question-key';

export type SectionKind =
  | 'summary'
  | 'pillars'
  | 'glossary'
  | 'conversation'
  /** A repeated summary of a section. */
  | 'recap'
  /** Content below a post on its page: comments, links, the author. */
  | 'page'
  | 'other';

export interface Section {
  kind: SectionKind;
  blocks: Block[];
}

const RECAP = /\b(?:takeaways?|recap|in short)\b/;
const CONVERSATION =
  /\bjoin (?:in )?(?:(?:on )?(?:the|our|this) )?(?:conversation|discussion|debate|dialogue)\b|\b(?:discussion questions|questions for (?:discussion|reflection|readers|you|the community)|over to you|have your say)\b/;
const GLOSSARY =
  /\bglossary\b|^(?:key|important) (?:terms|concepts|definitions)\b|^(?:terminology|definitions|terms)$/;
const PILLARS = /\bpillars\b/;
const SUMMARY =
  /^in this (?:blog )?(?:post|article|piece|essay|guide|report)(?: (?:we|you|i)\b|$)|^what (?:you ll|you will|we ll|we will) (?:learn|cover|explore|find)|^what this (?:post|article|piece|guide) (?:covers|explores)|^(?:summary|key points|main points|at a glance|tl dr)$/;
const PAGE =
  /^(?:(?:\p{N}+ )?comments?|(?:leave|post) a (?:comment|reply)|related (?:posts|articles|reading)|about the authors?|share this(?: \p{L}+)?|references|further reading|newsletter|subscribe|you may also like|previous post|next post)\b/u;

const LONGEST_HEADING = 20;
/** Maximum number of words for an unmarked line to be a section's name. */
const LONGEST_BARE_NAME = 6;

/** Splits blocks into sections by name or first sentence. A second title: pasted twice. */
export function sectionsOf(blocks: Block[], title: string): Section[] {
  const start = lettersAndDigits(title);
  const sections: Section[] = [];
  let open: Section = { kind: 'other', blocks: [] };
  let level = 0;
  const begin = (kind: SectionKind, at: number) => {
    open = { kind, blocks: [] };
    level = at;
    sections.push(open);
  };

  for (const block of blocks) {
    const kind = sectionKind(block);
    if (lettersAndDigits(block.text) === start) {
      begin('other', 1);
      continue;
    }
    if (block.kind === 'heading') {
      const inside = belongsTo(open, level, block);
      if (inside && (!kind || kind === open.kind)) open.blocks.push(block);
      else begin(kind ?? 'other', block.level ?? 2);
      continue;
    }
    // A list's introduction opens a section that any heading ends.
    if (kind && kind !== open.kind) begin(kind, block.text.endsWith(':') ? 7 : 2);
    else if (!kind) open.blocks.push(block);
  }
  return sections;
}

/** True if a heading is part of the open section and does not end it. */
function belongsTo(open: Section, level: number, heading: Heading): boolean {
  if (heading.level !== null) {
    return heading.level > level && ['conversation', 'glossary', 'pillars'].includes(open.kind);
  }
  // In plain text a term with a short definition, or the label of a question, looks like a heading.
  if (open.kind === 'glossary') return /:\s/.test(heading.text);
  return open.kind === 'conversation';
}

/** Returns the kind of section that this block names or introduces; null if neither. */
export function sectionKind(block: Block): SectionKind | null {
  const words = wordsOf(block.text);
  const name = words.join(' ');
  if (block.kind === 'heading') {
    return words.length <= LONGEST_HEADING && !block.text.endsWith('?') ? kindOfName(name) : null;
  }
  // A heading is only read as an item if a broken character stood before it.
  if (block.kind === 'item' && /^\p{N}+[.)]\s/u.test(block.text)) {
    return words.length <= LONGEST_HEADING && !/[.?;,]$/.test(block.text) ? kindOfName(name) : null;
  }
  if (block.kind === 'paragraph' && block.text.endsWith(':')) {
    const sentence = wordsOf(block.text.split(/[.!?]\s/).at(-1) ?? '').join(' ');
    if (SUMMARY.test(sentence)) return 'summary';
    if (PILLARS.test(sentence)) return 'pillars';
  }
  if (/^(?:key )?takeaways\b/.test(name) && words.length <= LONGEST_HEADING) return 'recap';
  if (words.length > LONGEST_BARE_NAME || /[.?;,]$/.test(block.text)) return null;
  const kind = kindOfName(name);
  if (block.kind === 'item') return kind === 'conversation' || kind === 'glossary' ? kind : null;
  return kind;
}

function kindOfName(name: string): SectionKind | null {
  if (RECAP.test(name)) return 'recap';
  if (CONVERSATION.test(name)) return 'conversation';
  if (GLOSSARY.test(name)) return 'glossary';
  if (SUMMARY.test(name)) return 'summary';
  if (PILLARS.test(name)) return 'pillars';
  if (PAGE.test(name)) return 'page';
  return null;
}
