import type { Language } from '../language';

/** Messages that are the same words in Russian. */
export const sameAsEnglish = ['UTC'];

export const language = {
  name: 'Русский',
  short: 'РУ',
  // Case endings of nouns that end in a consonant. Others change their last letter, which no suffix can.
  wordForms: { before: '', after: '(?:а|у|е|ы|и|о[мв]|е[мв]|а[мх]|ами)?' },
} as const satisfies Language;
