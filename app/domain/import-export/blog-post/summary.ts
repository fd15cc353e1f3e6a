import type { Block } from './blocks';

const LONGEST_POINT = 300;

/** Returns the points of the summary list, with or without bullets. */
export function pointsOf(blocks: Block[]): string[] {
  const first = blocks[0];
  if (first?.kind === 'paragraph') {
    const together = blocks.filter((block) => isParagraph(block) && block.group === first.group);
    if (together.length > 1) return texts(together);
  }

  const start = blocks.findIndex((block) => block.kind === 'item');
  if (start !== -1) {
    const list = firstRun(blocks.slice(start), (block) => block.kind === 'item');
    return texts(list.filter((block) => block.kind === 'item' && block.depth === depthOf(list[0])));
  }

  const short = firstRun(
    blocks,
    (block) => isParagraph(block) && block.text.length <= LONGEST_POINT,
  );
  return short.length > 1 ? texts(short) : [];
}

function firstRun(blocks: Block[], belongs: (block: Block) => boolean): Block[] {
  const end = blocks.findIndex((block) => !belongs(block));
  return end === -1 ? blocks : blocks.slice(0, end);
}

function isParagraph(block: Block) {
  return block.kind === 'paragraph';
}

function depthOf(block: Block | undefined): number {
  return block?.kind === 'item' ? block.depth : 0;
}

function texts(blocks: Block[]): string[] {
  return blocks.map(({ text }) => text);
}
