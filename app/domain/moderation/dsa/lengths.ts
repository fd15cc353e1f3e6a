/** Maximum length of the explanation why content is illegal, in characters. */
export const LONGEST_EXPLANATION = 5000;
