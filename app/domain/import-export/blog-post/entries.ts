import { type Block, outermostDepth, withoutSeparator, wordCount } from './blocks';
import { lettersAndDigits } from './question-key';

/** A name with its description: a pillar, or a glossary term. */
export interface Entry {
  name: string;
  description: string;
}

const SEPARATOR = /\s*:(?:\s+|$)|\s*：\s*|\s+[—–-]\s+|\s*——\s*/u;
const LONGEST_NAME = 14;
const LONGEST_BARE_NAME = 8;

/**
 * Returns the distinct entries of a section: items or rows “Name: description”, subheadings with a
 * paragraph, or, if the section has neither, plain paragraphs of the same form. An entry without a
 * description is left out, unless `bare` allows short names alone.
 */
export function entriesOf(blocks: readonly Block[], { bare = false } = {}): Entry[] {
  const outermost = outermostDepth(blocks);
  const headed = bare && hasHeadingsForNames(blocks);
  const listed: Entry[] = [];
  const written: Entry[] = [];
  let open: Entry | null = null;
  let isUnderHeading = false;
  for (const block of blocks) {
    const entry = splitEntry(block);
    if (block.kind === 'heading' && block.level !== null) {
      open = { name: withoutSeparator(block.text), description: '' };
      listed.push(open);
      isUnderHeading = true;
    } else if (block.kind === 'item' && block.depth === outermost && !headed) {
      // A heading above a list of entries names the list.
      if (bare && isUnderHeading && open?.description === '') listed.pop();
      isUnderHeading = false;
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
  const found = unlabelled(listed.length ? listed : alike(written)).filter(
    ({ name, description }) => description || (bare && mayBeBareName(name)),
  );
  return firstOfEach(found);
}

/**
 * Among paragraphs, a sentence with a colon may look like an entry; it is recognised because its
 * continuation begins in lower case where the real descriptions begin with a capital, or the
 * reverse.
 */
function alike(entries: readonly Entry[]): Entry[] {
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

const LABEL = /^(\p{L}+)\s*(?:\p{Nd}+|[IVX]+)$/u;
const END_OF_NAME = /\s*[:：]\s+|\s+[—–-]\s+|[.。।]\s*/u;

/** Where each name is one word with a number (“Axis 1: Public hours. Each street …”), the real names follow it. */
function unlabelled(entries: readonly Entry[]): readonly Entry[] {
  const labels = new Set(entries.map(({ name }) => LABEL.exec(name)?.[1]?.toLowerCase()));
  if (entries.length < 2 || labels.size !== 1 || labels.has(undefined)) return entries;
  const real = entries.map(({ description }) => {
    const [name = ''] = description.split(END_OF_NAME, 1);
    const rest = description.slice(name.length).replace(END_OF_NAME, '');
    return { name, description: rest };
  });
  return real.every(({ name }) => name && wordCount(name) <= LONGEST_NAME) ? real : entries;
}

/** True if subheadings are the names, and the lists under them their descriptions. */
function hasHeadingsForNames(blocks: readonly Block[]): boolean {
  const headings = blocks.filter((block) => block.kind === 'heading' && block.level !== null);
  const items = blocks.filter(({ kind }) => kind === 'item');
  const first = blocks.findIndex(({ kind }) => kind === 'item');
  const above = blocks.slice(0, first).some((block) => headings.includes(block));
  return headings.length > 1 && items.length > 0 && above && !items.some(splitEntry);
}

function mayBeBareName(name: string): boolean {
  return wordCount(name) <= LONGEST_BARE_NAME && !/[.?!…؟。？！।]$/.test(name);
}

function entry(name: string, description: string): Entry | null {
  const plain = withoutSeparator(name);
  const words = wordCount(plain);
  if (words === 0 || words > LONGEST_NAME || /[.?!]\s/.test(plain) || !description) return null;
  return { name: plain, description };
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
