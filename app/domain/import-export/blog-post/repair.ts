import { undoMojibake } from './mojibake';

/**
 * Repairs damage from copying, wrong encodings and word processors, keeping words and lines:
 * misread UTF-8 is decoded again, unrecoverable characters are removed, line ends become `\n`,
 * spaces of every width become plain spaces, and invisible characters are removed.
 *
 * Joiners are kept between letters or emoji, because Persian and Indic scripts need them. Repeated
 * blocks are handled by `withoutRepeats`.
 */
export function repairText(source: string): string {
  return dropBroken(undoMojibake(source))
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]/gu, '')
    .replace(/[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu, '')
    .replace(/(?<=[a-z])[\u200c\u200d]|[\u200c\u200d](?=[a-z])/gi, '');
}

/** Removes repeated lines. A line with only a tag stays: `</div>` may occur twice. */
export function withoutRepeatedLines(text: string): { text: string; repeats: number } {
  const lines = text.split('\n');
  const kept = lines.filter((line, index) => {
    const repeats = index > 0 && line.trim() === lines[index - 1]?.trim();
    return !repeats || !/\p{L}{2}/u.test(line) || /^\s*<[^<>]*>\s*$/.test(line);
  });
  return { text: kept.join('\n'), repeats: lines.length - kept.length };
}

/** True if some characters in the source are unrecoverable, so that the operator can be warned. */
export function hasBrokenCharacters(source: string): boolean {
  return /\ufffd|\p{Cs}/u.test(source);
}

function dropBroken(text: string): string {
  return (
    text
      // The last byte of a misread ” is undefined in Windows-1252 and usually lost.
      .replace(/â€(?=$|[\s.,;:!?)\]])/gm, '”')
      .replace(/ðŸ[\u0080-\u00bf‘’“”•–—˜™š›œžŸ€‚ƒ„…†‡ˆ‰Š‹ŒŽ]{0,2}/g, '')
      .replace(/â€[™˜œ”“’‘¦¢]?|ï¸/g, '')
      .replace(/(?<!\p{Lu})Â(?=$|\s)/gmu, '')
      // A broken character at the start of a line was its bullet or emoji: replace it by a bullet.
      .replace(/^([ \t]*)\ufffd+[ \t]+(?=\S)/gm, '$1• ')
      .replace(/\ufffd|\p{Cs}/gu, '')
      // Control characters other than tab, and those that `repairText` turns into line ends.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g, '')
  );
}
