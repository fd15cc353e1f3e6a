/** Facts about an interface language besides its messages. */
export interface Language {
  /** The language's name in that language. */
  name: string;
  /** One or two letters that its readers know it by, for the header. */
  short: string;
  /** Regular expressions for the prefixes and suffixes that a word may have in running text. */
  wordForms: { before: string; after: string };
  /** The tag by which dates and lists are written, where the language's own does it otherwise. */
  formats?: string;
  /** The first day of a month, where `Intl` writes only "1". */
  firstOfMonth?: string;
  /** True if words are written without spaces between them. */
  unspaced?: true;
}
