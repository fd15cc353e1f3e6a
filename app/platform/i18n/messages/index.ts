import * as ar from './ar';
import * as en from './en';
import * as fr from './fr';

/** The interface languages by BCP 47 tag, in the order of the language menu. */
export const LANGUAGES = { en, fr, ar };
