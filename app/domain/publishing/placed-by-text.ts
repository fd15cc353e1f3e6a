import { speaksOfElsewhere } from '~/domain/barriers/elsewhere';
import { signsOf } from '~/domain/barriers/suggest';
import { type PostDetails, placedNowhere } from '~/domain/forum/posts/post-fields';

interface Written extends Partial<Pick<PostDetails, 'country' | 'region'>> {
  isOpening: boolean;
  /** Markdown. */
  body: string;
  /** BCP 47. */
  language: string;
}

/**
 * Returns a post with its place withheld if the text speaks of another one: then it counts for no
 * place, until its author or a moderator says which. A rule may be wrong, so it only withholds, and
 * never names the other place.
 */
export function placedByText<Post extends Written>(post: Post): Post {
  return speaksOfOther(post, post.body) ? placedNowhere(post) : post;
}

/**
 * The same for a changed text; not where the former text spoke of another place too, because its
 * author has answered that.
 */
export function placedByChange<Post extends Written>(post: Post, former: string): Post {
  return speaksOfOther(post, former) ? post : placedByText(post);
}

function speaksOfOther({ isOpening, country, region, language }: Written, body: string): boolean {
  const place = country ?? region ?? null;
  if (isOpening || place === null) return false;
  return speaksOfElsewhere(body, place, signsOf(body, language).language);
}
