import type { After } from '~/domain/forum/posts/cursor';

/** Where a page ended, as text for an address. Its form is nobody's business but ours. */
export function writeCursor({ createdAt, id }: After): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** Null for anything that `writeCursor` did not write. */
export function readCursor(text: string): After | null {
  const match = /^(\d{1,15}) (\S{1,200})$/.exec(Buffer.from(text, 'base64url').toString());
  return match?.[1] && match[2] ? { createdAt: Number(match[1]), id: match[2] } : null;
}
