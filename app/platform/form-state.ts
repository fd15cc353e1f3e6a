/** What a page needs to show a form again: what was typed, and what is wrong with it. */
export interface FormState {
  values: Record<string, string[]>;
  /** Sentences by field name; `form` is about the whole. */
  errors: Record<string, string>;
  /** Where a sentence leads, by field name, if not to its field. */
  links?: Record<string, string>;
}
