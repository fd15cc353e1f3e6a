/** What the interface needs to know of a language besides its messages. */
export interface Language {
  /** Its own name. */
  name: string;
  dir: 'ltr' | 'rtl';
  /** What may stand before and after a word in running text, as regular expressions. */
  wordForms: { before: string; after: string };
}
