import * as ar from './ar';
import * as en from './en';
import * as es from './es';
import * as fr from './fr';
import * as hi from './hi';
import * as id from './id';
import * as pt from './pt';
import * as ru from './ru';
import * as sw from './sw';
import * as zh from './zh';

/** The interface languages by BCP 47 tag, in the order of the language menu. */
export const LANGUAGES = { en, fr, ar, es, pt, sw, hi, id, zh, ru };
