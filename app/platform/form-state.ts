/** The data for showing a form again: the values as typed, and the errors. */
export interface FormState {
  values: Record<string, string[]>;
  /** Messages by field name; the key `form` is for errors about the whole form. */
  errors: Record<string, string>;
  /** Links for these messages, by field name, where they do not link to the field. */
  links?: Record<string, string>;
}
