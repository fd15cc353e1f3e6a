import type { Language } from '../language';

/** Messages that are the same words in French. */
export const sameAsEnglish = [
  ...['Administration', 'Code', 'Contact', 'Conversation', 'Conversations', 'Cookies', 'Date'],
  ...['Errata', 'Exception', 'Globe', 'Image', 'Introduction', 'Invitations', 'Logo', 'Menu'],
  ...['Notes', 'Notifications', 'Olive', 'Organisation', 'Pages', 'Public', 'Question {number}'],
  ...['Questions', 'Signal', 'Source {number}', 'Sources', 'UTC', 'Version {number, number}'],
  ...['Versions', 'Violet', 'version {version}'],
];

export const language = {
  name: 'Français',
  short: 'FR',
  wordForms: { before: '', after: 's?' },
  firstOfMonth: '1er',
} as const satisfies Language;
