import { postAnchor } from '~/domain/forum/paths';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { pathTo } from '~/platform/paths';

/**
 * Returns where the author goes after a contribution was posted: to the questions what it is about,
 * unless the form answered them; then to the post.
 * @param address the URL of the post, `…#p-<id>`
 */
export function questionsAfter(
  address: string,
  said: { details: Partial<PostDetails>; keyPoint?: string | undefined },
): string {
  const id = /#p-(.+)$/.exec(address)?.[1];
  const { barriers = [], notBarrier } = said.details;
  if (!id || barriers.length > 0 || notBarrier || said.keyPoint) return address;
  const postId = decodeURIComponent(id);
  return `${pathTo('/p/:id/about', { id: postId })}#${postAnchor(postId)}`;
}
