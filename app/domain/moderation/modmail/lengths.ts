/** The most characters of a message to or from the moderators, of its subject, and of a note. */
export const LONGEST_MESSAGE = 5000;
export const LONGEST_SUBJECT = 120;
export const LONGEST_NOTE = 1000;
