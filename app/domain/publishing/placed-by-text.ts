import { speaksOfElsewhere } from '~/domain/barriers/elsewhere';
import { languageOf } from '~/domain/barriers/lexicon';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { sentencesOf } from '~/domain/barriers/tokens';
import { type PostDetails, placedNowhere } from '~/domain/forum/posts/post-fields';

interface Written {
  isOpening: boolean;
  /** Markdown. */
  body: string;
  /** BCP 47. */
  language: string;
}

/**
 * Returns the fields of a post with its place withheld if the text speaks of another one: then it
 * counts for no place, until its author or a moderator says which. A rule may be wrong, so it only
 * withholds, and never names the other place.
 */
export function placedByText<Details extends Partial<PostDetails>>(
  details: Details,
  text: Written,
): Details {
  return speaksOfOther(details, text) ? placedNowhere(details) : details;
}

/**
 * The same for a changed text; not where the former text spoke of another place too, because its
 * author has answered that.
 */
export function placedByChange<Details extends Partial<PostDetails>>(
  details: Details,
  text: Written,
  former: string,
): Details {
  const answered = speaksOfOther(details, { ...text, body: former });
  return answered ? details : placedByText(details, text);
}

function speaksOfOther(
  { country, region }: Partial<PostDetails>,
  { isOpening, body, language }: Written,
): boolean {
  const place = country ?? region ?? null;
  if (isOpening || place === null) return false;
  return speaksOfElsewhere(body, place, languageOf(sentencesOf(ownWords(body)), language));
}
