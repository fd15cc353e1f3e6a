import type { Language } from '../language';

export const language = {
  name: 'العربية',
  short: 'عر',
  // "and", "in", "like", "to" and the article are prefixes of the next word.
  wordForms: { before: '(?:[وفبك]?(?:ال)?|لل?)', after: '' },
} as const satisfies Language;
