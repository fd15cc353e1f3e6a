import { createHash } from 'node:crypto';

/** The tag of an answer; weak, since the same one is sent with different compressions. */
export function weakTag(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Whether the reader has just this already, by `If-None-Match` (RFC 9110, 13.1.2). */
export function tagIsKnown(tags: string | null, etag: string): boolean {
  if (tags === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}
