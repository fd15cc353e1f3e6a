import { type Block, outermostDepth, wordsOf } from './blocks';
import { lettersAndDigits } from './question-key';

/** A name with its description: a pillar, or a glossary term. */
export interface Entry {
  name: string;
  description: string;
}

const SEPARATOR = /\s*:(?:\s+|$)|\s*：\s*|\s+[—–-]\s+/u;
const LONGEST_NAME = 14;

/**
 * Returns the distinct entries of a section: items or rows “Name: description”, subheadings with a
 * paragraph, or, if the section has neither, plain paragraphs of the same form.
 */
export function entriesOf(blocks: Block[]): Entry[] {
  const outermost = outermostDepth(blocks);
  const listed: Entry[] = [];
  const written: Entry[] = [];
  let open: Entry | null = null;
  for (const block of blocks) {
    const entry = splitEntry(block);
    if (block.kind === 'heading' && block.level !== null) {
      open = { name: withoutSeparator(block.text), description: '' };
      listed.push(open);
    } else if (block.kind === 'item' && block.depth === outermost) {
      open = entry ?? { name: withoutSeparator(block.text), description: '' };
      listed.push(open);
    } else if (open && open.description === '') {
      open.description = block.text;
    } else if (block.kind === 'item' && open) {
      open.description += ` ${block.text}`;
    } else if (entry) {
      written.push(entry);
    }
  }
  const found = (listed.length ? listed : alike(written)).filter((entry) => entry.description);
  return firstOfEach(found);
}

/**
 * Among paragraphs, a sentence with a colon may look like an entry; it is recognised because its
 * continuation begins in lower case where the real descriptions begin with a capital, or the
 * reverse.
 */
function alike(entries: Entry[]): Entry[] {
  const small = entries.filter(({ description }) => /^\p{Ll}/u.test(description));
  if (small.length * 2 > entries.length) return small;
  return entries.filter((each) => !small.includes(each));
}

function splitEntry(block: Block): Entry | null {
  const { text } = block;
  const lead = block.kind === 'heading' ? null : block.lead;
  const separator = SEPARATOR.exec(text);
  const byLead = lead && text.startsWith(lead) ? text.slice(lead.length) : null;
  const leadIsWhole =
    byLead !== null && (/[:：—–-]$/u.test(lead ?? '') || SEPARATOR.exec(byLead)?.index === 0);
  if (lead && byLead !== null && (leadIsWhole || !separator)) {
    return entry(lead, byLead.replace(/^[\s:：—–.-]+/u, ''));
  }
  if (!separator) return null;
  return entry(text.slice(0, separator.index), text.slice(separator.index + separator[0].length));
}

function entry(name: string, description: string): Entry | null {
  const plain = withoutSeparator(name);
  const words = wordsOf(plain).length;
  if (words === 0 || words > LONGEST_NAME || /[.?!]\s/.test(plain) || !description) return null;
  return { name: plain, description };
}

function withoutSeparator(name: string): string {
  return name.replace(/[\s:：—–-]+$/u, '').trim();
}

function firstOfEach(entries: Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ name }) => {
    const key = lettersAndDigits(name);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
