import { digestOf } from '~/platform/ids';
import { repairText } from './repair';

/** The letters and digits of a text in one case: what no change of form or typography touches. */
export function lettersAndDigits(text: string): string {
  return repairText(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * A stable fingerprint of a question, 32 hexadecimal digits, equal for the same question in
 * Markdown, HTML and plain text: importing a post twice can recognise what it already made.
 */
export function questionKey(text: string): string {
  return digestOf(lettersAndDigits(text)).slice(0, 32);
}
