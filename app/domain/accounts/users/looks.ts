import { lookOf, wordsOf } from '~/platform/text/look';

/** Returns what a name or handle looks like as a whole: its words without what separates them. */
export function wholeLook(text: string): string {
  return lookOf(wordsOf(text).join(''));
}

/** Returns the columns of an account by which names and handles that look alike are found. */
export function looksOf(facts: { handle?: string; name?: string | null | undefined }) {
  return {
    ...(facts.handle !== undefined && { handleLook: wholeLook(facts.handle) }),
    ...(facts.name !== undefined && { nameLook: facts.name && wholeLook(facts.name) }),
  };
}
