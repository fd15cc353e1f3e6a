import { type Block, wordCount } from './blocks';
import { says } from './post-words';
import { lettersAndDigits } from './question-key';
import { sectionKind } from './sections';

/** Lines at the top of a plain text among which its title is. */
const MOST_LINES = 100;
/** In words. */
const LONGEST_TITLE = 30;
const LONGEST_SENTENCE = 12;

/** Returns the heading of level 1, or the first if it is above all others; null if neither. */
export function titleOfHeadings(blocks: Block[], warnings: string[]): string | null {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const firsts = headings.filter((block) => block.level === 1 && !namesQuestions(block));
  const [title] = firsts;
  if (title) {
    const names = new Set(firsts.map(({ text }) => lettersAndDigits(text)));
    if (names.size > 1) warnings.push(`Of ${names.size} main headings the first is the title.`);
    return title.text;
  }

  const opening = blocks[0];
  if (opening?.kind !== 'heading' || sectionKind(opening)) return null;
  const rivals = headings.filter(({ level }) => (level ?? 7) <= (opening.level ?? 7));
  if (rivals.length > 1) return null;
  warnings.push('There is no main heading; the heading above all others is the title.');
  return opening.text;
}

/**
 * Returns the title of a plain text: the first of the short lines above its first paragraph that is
 * neither navigation nor a byline.
 */
export function titleOfText(blocks: Block[], warnings: string[]): string | null {
  const top = blocks.slice(0, MOST_LINES);
  const opening = top.findIndex((block) => !mayBeTitle(block));
  const lines = opening === -1 ? top : top.slice(0, opening);
  const titles = lines.filter(({ text }) => !says('navigation', text));
  const title =
    titles.find(({ text }) => wordCount(text) > 2 && !/[.।。]$/.test(text)) ?? titles[0];
  if (!title) return null;
  const skipped = lines.indexOf(title);
  if (skipped > 0) warnings.push(`${skipped} lines above the title were left out.`);
  return title.text;
}

/** "Join the Conversation" alone is a section's name, even if it is marked up as a title. */
function namesQuestions(block: Block): boolean {
  return (
    sectionKind({ ...block, kind: 'heading', level: null }) === 'conversation' &&
    wordCount(block.text) < 6
  );
}

function mayBeTitle(block: Block): boolean {
  const words = wordCount(block.text);
  if (sectionKind(block) || words > LONGEST_TITLE) return false;
  return words <= LONGEST_SENTENCE || !/[.;:,…。；：，।]$/.test(block.text);
}
