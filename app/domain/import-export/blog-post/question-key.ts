import { digestOf } from '~/platform/ids';
import { repairText } from './repair';

/** Returns the letters and digits of a text in lower case, whatever its format. */
export function lettersAndDigits(text: string): string {
  return repairText(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Returns a stable fingerprint of a question, 32 hexadecimal digits, the same for Markdown, HTML
 * and plain text, so that importing a post twice recognises existing threads.
 */
export function questionKey(text: string): string {
  return digestOf(lettersAndDigits(text)).slice(0, 32);
}
