/** Returns the path of a thread or of one of its pages. */
export function threadPath(thread: { id: string; slug: string }, page = 1): string {
  const path = pathTo('/t/:id/:slug?', { id: thread.id, slug: thread.slug });
  return page > 1 ? `${path}?page=${page}` : path;
}

/** Returns the HTML id of a post on its page, for `#…`. */
export function postAnchor(postId: string): string {
  return `p-${encodeURIComponent(postId)}`;
}

/** Returns the permanent path of a post, independent of its page in the thread. */
export function postPath(postId: string): string {
  return pathTo('/p/:id', { id: postId });
}

/** Returns the path of a post on a page of its own, or of one page of the replies to it. */
export function wholePostPath(postId: string, page = 1): string {
  const path = pathTo('/p/:id/whole', { id: postId });
  return page > 1 ? `${path}?page=${page}` : path;
}

/** Returns the path with one more query parameter, before its fragment if it has one. */
export function withParameter(path: string, name: string, value: string): string {
  const [page = path, ...fragment] = path.split('#');
  const more = `${page.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
  return [page + more, ...fragment].join('#');
}

/** The parameter of a page that shows translations of posts first: a language, or `original`. */
export const READ = 'read';

/** Returns the path without a query parameter. */
export function withoutParameter(path: string, name: string): string {
  const [base = path, search = ''] = path.split('?');
  const query = new URLSearchParams(search);
  query.delete(name);
  return query.size > 0 ? `${base}?${query}` : base;
}

import { pathTo } from '~/platform/paths';
