/** The most characters of a flag's note to the moderators. */
export const FLAG_NOTE_LENGTH = 500;

/** The most characters of a moderator's note to the author. */
export const DECISION_NOTE_LENGTH = 1000;

/** The most characters of an appeal. */
export const APPEAL_LENGTH = 4000;
