import { postAnchor } from '~/domain/forum/paths';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { pathTo } from '~/platform/paths';

/**
 * Returns where the author goes after a contribution was posted: to the questions that the form did
 * not answer, then to the post. A form that named a kind leaves two: whether a kind that its text denies is a
 * barrier, and whether an earlier report is the same. If there is nothing to ask, that page redirects to the post.
 * @param address the URL of the post, `…#p-<id>`
 */
export function questionsAfter(
  address: string,
  said: { details: Partial<PostDetails>; keyPoint?: string | undefined },
): string {
  const id = /#p-(.+)$/.exec(address)?.[1];
  if (!id || said.details.notBarrier || said.keyPoint) return address;
  const postId = decodeURIComponent(id);
  const named = (said.details.barriers ?? []).map((kind) => ['named', kind]);
  const query = named.length > 0 ? `?${new URLSearchParams(named)}` : '';
  return `${pathTo('/p/:id/about', { id: postId })}${query}#${postAnchor(postId)}`;
}
