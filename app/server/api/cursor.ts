import type { Position } from '~db/position';

/** Encodes the position after which the next page starts, for a URL. The format is internal. */
export function writeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** Returns null for any text that `writeCursor` did not write. */
export function readCursor(text: string): Position | null {
  const match = /^(\d{1,15}) (\S{1,200})$/.exec(Buffer.from(text, 'base64url').toString());
  return match?.[1] && match[2] ? { createdAt: Number(match[1]), id: match[2] } : null;
}
