import type { Language } from '../language';

/** Messages that are the same words in Indonesian. */
export const sameAsEnglish = [
  ...['Administrator', 'Email', 'Email:', 'Feed', 'Filter', 'Logo', 'Menu', 'Moderator', 'UTC'],
];

export const language = {
  name: 'Bahasa Indonesia',
  short: 'ID',
  // "-nya", "-ku" and "-mu" say whose it is; "-lah", "-kah" and "-pun" stress the word.
  wordForms: { before: '', after: '(?:nya|ku|mu)?(?:lah|kah|pun)?' },
} as const satisfies Language;
