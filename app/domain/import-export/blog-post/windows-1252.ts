/** The characters of Windows-1252 for the bytes 0x80–0x9F; five are undefined, and controls. */
export const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const BYTE_OF = new Map([...HIGH_CONTROLS].map((char, index) => [char, 0x80 + index]));

/** Returns the byte of a character that was read as Windows-1252 or Latin-1. */
export function byteOf(char: string): number {
  return BYTE_OF.get(char) ?? char.charCodeAt(0);
}

/** Written by hand, because some releases of Node decode this encoding as Latin-1. */
export function fromWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => HIGH_CONTROLS[char.charCodeAt(0) - 0x80] ?? char);
}
