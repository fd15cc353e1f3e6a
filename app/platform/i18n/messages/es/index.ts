import type { Language } from '../language';

/** Messages that are the same words in Spanish. */
export const sameAsEnglish = ['Chip', 'Cookies', 'UTC'];

export const language = {
  name: 'Español',
  short: 'ES',
  // The plurals of "modelo" and "señal" are "modelos" and "señales".
  wordForms: { before: '', after: '(?:e?s)?' },
} as const satisfies Language;
