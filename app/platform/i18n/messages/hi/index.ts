import type { Language } from '../language';

/** Messages that are the same words in Hindi. */
export const sameAsEnglish = ['UTC'];

export const language = {
  name: 'हिन्दी',
  short: 'हि',
  // Endings of the plural and of the oblique case. Nouns in -ा change their last letter, which no suffix can.
  wordForms: { before: '', after: '(?:ें|ों|एँ|ओं|यों|याँ)?' },
} as const satisfies Language;
