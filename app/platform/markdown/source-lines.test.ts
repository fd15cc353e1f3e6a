import { describe, expect, it } from 'vitest';
import { kindsOfLines } from './source-lines';

/** Returns the first letter of each line's kind. */
function kinds(text: string): string {
  return kindsOfLines(text.split('\n'))
    .map(([letter]) => letter)
    .join('');
}

describe('the kind of a line of Markdown', () => {
  it.each([
    ['own\n\n> theirs\n\nown', 'ooqoo'],
    ['> theirs\nalso theirs\n\nown', 'qqoo'],
    ['> # theirs\nown', 'qo'],
    ['> ```\n> code\n> ```\nown', 'qqqo'],
    ['> - theirs\nalso theirs\n- own', 'qqo'],
    ['> theirs\n# own\nown', 'qoo'],
    ['> theirs\n```\ncode\n```\nown', 'qccco'],
    ['own\n> theirs', 'oq'],
    ['- > theirs\n  > theirs\n\n  own\n- own', 'qqooo'],
    ['1. own\n\n   > theirs\n\nown', 'ooqoo'],
    ['[^1]: > theirs\n\nown', 'qoo'],
    ['> > theirs\n> theirs\ntheirs', 'qqq'],
    ['    > indented code\n\nown', 'ooo'],
    ['```x```\n\nown', 'ooo'],
    ['``` x\ncode\n```\nown', 'ccco'],
    ['```\n``` x\n````\nown', 'ccco'],
    ['~~~ a`b`\ncode\n~~~\nown', 'ccco'],
    ['- ```\n  code\n\n  code\n  ```\n\nown', 'cccccoo'],
    ['- ```\n  code\nown', 'cco'],
    ['- item\n\n      code\n\n> theirs', 'ooooq'],
    ['\u0001> theirs\n\u202e> theirs', 'qq'],
    ['* * *\n> theirs', 'oq'],
    ['[^1]: own\n```\ncode\n\ncode', 'occcc'],
    ['never closed\n~~~\n> code', 'occ'],
  ])('%j', (text, expected) => {
    expect(kinds(text)).toBe(expected);
  });

  it.each(['>', '- ', '> - ', '1) ', '[^a]: ', '\t', '`'])('reads thousands of %j', (mark) => {
    expect(kinds(mark.repeat(20_000 / mark.length))).toHaveLength(1);
    expect(kinds(`${mark}\n`.repeat(20_000 / mark.length))).not.toBe('');
  });
});
