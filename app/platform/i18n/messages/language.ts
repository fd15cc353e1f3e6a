/** Facts about an interface language besides its messages. */
export interface Language {
  /** The language's name in that language. */
  name: string;
  dir: 'ltr' | 'rtl';
  /** Regular expressions for the prefixes and suffixes that a word may have in running text. */
  wordForms: { before: string; after: string };
}
