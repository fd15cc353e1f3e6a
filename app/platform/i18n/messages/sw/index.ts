import type { Language } from '../language';

/** Messages that are the same words in Swahili. */
export const sameAsEnglish = ['UTC'];

export const language = {
  name: 'Kiswahili',
  short: 'SW',
  // "ma-" makes plurals, as in "mashamba"; "-ni" says "in" or "at", as in "shambani".
  wordForms: { before: '(?:ma)?', after: '(?:ni)?' },
} as const satisfies Language;
