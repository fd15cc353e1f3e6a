/** Maximum length of a modmail message or note, and of a subject, in characters. */
export const LONGEST_MESSAGE = 5000;
export const LONGEST_SUBJECT = 120;
export const LONGEST_NOTE = 1000;
