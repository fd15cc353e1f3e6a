/** Where a thread is, or one of its pages. */
export function threadPath(thread: { id: string; slug: string }, page = 1): string {
  const path = pathTo('/t/:id/:slug?', { id: thread.id, slug: thread.slug });
  return page > 1 ? `${path}?page=${page}` : path;
}

/** The id of a post's element in its page, for `#…`. */
export function postAnchor(postId: string): string {
  return `p-${encodeURIComponent(postId)}`;
}

/** The address of a post that stays, whatever page of its thread it comes to stand on. */
export function postPath(postId: string): string {
  return pathTo('/p/:id', { id: postId });
}

/** A path with one more parameter in its query. */
export function withParameter(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
}

/** A path without one parameter of its query. */
export function withoutParameter(path: string, name: string): string {
  const [base = path, search = ''] = path.split('?');
  const query = new URLSearchParams(search);
  query.delete(name);
  return query.size > 0 ? `${base}?${query}` : base;
}

import { pathTo } from '~/platform/paths';
