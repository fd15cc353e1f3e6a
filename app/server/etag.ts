import { createHash } from 'node:crypto';

/** Returns an ETag for a body; weak, because the same body is sent with different compressions. */
export function weakTag(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** True if the client already has this version, according to `If-None-Match` (RFC 9110, 13.1.2). */
export function tagIsKnown(tags: string | null, etag: string): boolean {
  if (tags === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}
