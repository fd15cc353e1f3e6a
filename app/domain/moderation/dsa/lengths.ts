/** The most characters of what makes content illegal. */
export const LONGEST_EXPLANATION = 5000;
