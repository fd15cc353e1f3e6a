/** What Windows-1252 shows for the bytes 0x80–0x9F; the five it leaves undefined stay controls. */
export const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const BYTE_OF = new Map([...HIGH_CONTROLS].map((char, index) => [char, 0x80 + index]));

/** The byte behind a character that was read as Windows-1252 or Latin-1. */
export function byteOf(char: string): number {
  return BYTE_OF.get(char) ?? char.charCodeAt(0);
}

/** Written out, as Node's own decoder of this name read it as Latin-1 in some releases. */
export function fromWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => HIGH_CONTROLS[char.charCodeAt(0) - 0x80] ?? char);
}
