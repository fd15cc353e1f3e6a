import type { Language } from '../language';

export const messages: Record<string, string> = Object.assign(
  {},
  ...Object.values(import.meta.glob('./*.json', { eager: true, import: 'default' })),
);

export const language = {
  name: 'Français',
  dir: 'ltr',
  wordForms: { before: '', after: 's?' },
} as const satisfies Language;
