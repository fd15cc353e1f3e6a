import type { Language } from '../language';

/** Messages that are the same words in Chinese. */
export const sameAsEnglish = ['UTC'];

export const language = {
  name: '简体中文',
  short: '中',
  wordForms: { before: '', after: '' },
  unspaced: true,
} as const satisfies Language;
