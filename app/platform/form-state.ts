/** The data for showing a form again: the values as typed, and the errors. */
export interface FormState {
  values: Record<string, string[]>;
  /** Messages by field name; the key `form` is for errors about the whole form. */
  errors: Record<string, string>;
  /** Links for these messages, by field name, where they do not link to the field. */
  links?: Record<string, string>;
  /** By the name of a field in which a place is typed: the codes of those that may be meant. */
  places?: Record<string, string[]>;
}

/** The names of all form fields in which people write sentences: nothing typed there may be lost. */
export const WRITTEN_FIELDS = [
  ...[
    'title',
    'body',
    'subject',
    'note',
    'privateNote',
    'text',
    'explanation',
    'answer',
    'sentence',
  ],
  // An article and what was found in it.
  ...['article', 'questions', 'introduction', 'summary', 'glossary', 'topics'],
  // The words of a term, each with its language: `name.fr`.
  ...['name', 'short', 'description', 'examples'],
  // Cue words.
  ...['topic', 'hint'],
  ...['operatorPeople', 'frameOrigins', 'answerOrigins'],
] as const;

/** A form that was sent and could not be processed, as far as it can be shown again. */
export interface KeptForm {
  /** The path it was sent to. */
  action: string;
  /** Names and values in order, without passwords and buttons. */
  fields: [name: string, value: string][];
}

/** Returns whether a field holds sentences; where a name is not known for that, its value shows it. */
export function isWritten(name: string, value: string): boolean {
  const [field = ''] = name.split('.', 1);
  const text = value.trim();
  if (text === '' || UNFILLED_FIELDS.has(name)) return false;
  return (WRITTEN_FIELDS as readonly string[]).includes(field) || /\s/.test(text);
}

/** The names of hidden fields and buttons. A form that has only these is a press, which costs nobody anything. */
export const UNFILLED_FIELDS: ReadonlySet<string> = new Set([
  ...['act', 'change', 'digest', 'found', 'id', 'invitation', 'job', 'key', 'on', 'originals'],
  ...['passkey', 'press', 'pressed', 'redirectTo', 'remove', 'replyTo', 'revision', 'seen'],
  ...['restore', 'session', 'started', 'through', 'undo', 'upTo', 'visitor'],
]);

/** True if a person typed or chose something in a field: in any that is no hidden field and no button. */
export function isFilledIn(name: string, value: string): boolean {
  return value.trim() !== '' && !UNFILLED_FIELDS.has(name);
}
