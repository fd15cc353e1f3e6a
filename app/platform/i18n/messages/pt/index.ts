import type { Language } from '../language';

export const messages: Record<string, string> = Object.assign(
  {},
  ...Object.values(import.meta.glob('./*.json', { eager: true, import: 'default' })),
);

/** Messages that are the same words in Portuguese. */
export const sameAsEnglish = ['Backups', 'Chip', 'Cookies', 'Feed', 'Menu', 'UTC'];

export const language = {
  name: 'Português',
  short: 'PT',
  // The plurals of "modelo" and "professor" are "modelos" and "professores".
  wordForms: { before: '', after: '(?:e?s)?' },
  firstOfMonth: '1º',
} as const satisfies Language;
