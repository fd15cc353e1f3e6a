import type { Language } from '../language';

export const messages: Record<string, string> = Object.assign(
  {},
  ...Object.values(import.meta.glob('./*.json', { eager: true, import: 'default' })),
);

/** Messages that are the same words in Spanish. */
export const sameAsEnglish = ['Chip', 'Cookies', 'UTC'];

export const language = {
  name: 'Español',
  short: 'ES',
  // The plurals of "modelo" and "señal" are "modelos" and "señales".
  wordForms: { before: '', after: '(?:e?s)?' },
} as const satisfies Language;
