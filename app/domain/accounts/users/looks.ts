import { lookOf, shapeOf, wordsOf } from '~/platform/text/look';
import { handleSkeleton } from './handles';

/** Returns what a name or handle looks like as a whole: its words without what separates them. */
export function wholeLook(text: string): string {
  return lookOf(wordsOf(text).join(''));
}

/** Returns the shape of a name or handle as a whole, by which it is compared with others'. */
export function wholeShape(text: string): string {
  return shapeOf(wordsOf(text).join(''));
}

/**
 * Returns the columns of an account by which names and handles that look alike are found. When
 * `shapeOf` changes, a migration empties them, and a job fills them again.
 */
export function looksOf(facts: { handle?: string; name?: string | null | undefined }) {
  return {
    ...(facts.handle !== undefined && {
      handleSkeleton: handleSkeleton(facts.handle),
      handleLook: wholeShape(facts.handle),
    }),
    ...(facts.name !== undefined && { nameLook: facts.name && wholeShape(facts.name) }),
  };
}
