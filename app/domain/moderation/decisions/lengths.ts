/** Maximum length of a flag's note, in characters. */
export const FLAG_NOTE_LENGTH = 500;

/** Maximum length of a moderator's note to the author, in characters. */
export const DECISION_NOTE_LENGTH = 1000;

/** Maximum length of an appeal, in characters. */
export const APPEAL_LENGTH = 4000;
