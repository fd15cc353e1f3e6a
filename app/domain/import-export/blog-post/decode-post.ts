import { fromWindows1252 } from './windows-1252';

/**
 * Decodes a file of unknown encoding: UTF-16 if it has a byte order mark, UTF-8, or Windows-1252 if
 * it has high bytes and none of them form UTF-8. Broken bytes in a UTF-8 text become U+FFFD, which
 * `repairText` removes.
 */
export function decodePost(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);

  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.includes('\ufffd');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is meant
  const sound = /[^\u0000-\u007f\ufffd]/.test(text);
  if (!broken || sound) return text;
  return fromWindows1252(bytes);
}
