/** Things in one answer, where it is not said how many, and at most. */
export const USUAL_IN_ANSWER = 50;
export const MOST_IN_ANSWER = 200;
