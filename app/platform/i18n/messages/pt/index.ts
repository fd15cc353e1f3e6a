import type { Language } from '../language';

/** Messages that are the same words in Portuguese. */
export const sameAsEnglish = ['Backups', 'Chip', 'Cookies', 'Feed', 'Menu', 'UTC'];

export const language = {
  name: 'Português',
  short: 'PT',
  // The plurals of "modelo" and "professor" are "modelos" and "professores".
  wordForms: { before: '', after: '(?:e?s)?' },
  firstOfMonth: '1º',
} as const satisfies Language;
