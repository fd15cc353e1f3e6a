import { describe, expect, it } from 'vitest';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { plainText } from '~/platform/markdown/plain-text';
import { renderMarkdown } from '~/platform/markdown/render';
import { paragraphsOf, quotation } from './quote';

const from = 'Ada_b [x] *wrote* www.x.example';

describe('quoting', () => {
  it('takes paragraphs and whole code blocks, without nested quotations', () => {
    expect(paragraphsOf('One\ntwo\n\n> said before\n\n```\na\n\nb\n```\n\n\nLast')).toEqual([
      'One\ntwo',
      '```\na\n\nb\n```',
      'Last',
    ]);
    expect(paragraphsOf('~~~\nnever closed\n\nto the end')).toHaveLength(1);
    expect(paragraphsOf('```x```\n\nOne\n\nTwo')).toEqual(['```x```', 'One', 'Two']);
    expect(paragraphsOf('One\r# two\r\rThree')).toEqual(['One\n# two', 'Three']);
  });

  it('writes Markdown with the author, whose name is no markup', () => {
    const text = quotation(['One\ntwo', '- a\n- b'], [], from);
    const rendered = renderMarkdown(`${text}My answer`);
    if (!rendered.ok) throw new Error(rendered.reason);
    expect(rendered.html).toContain('Ada_b [x] *wrote* www.x.example:');
    expect(rendered.html).not.toContain('<a ');
    expect(text).toContain('> Ada_b ');
    expect(rendered.html.match(/<blockquote/g)).toHaveLength(1);
    expect(rendered.html).toContain('<li');
    expect(rendered.html.split('</blockquote>')[1]).toContain('My answer');
  });

  it('reads what follows an address without a space', () => {
    const definition = '[1]: https://example.org/b';
    expect(quotation(['请看https://example.org，见[甲][1]。', definition], [0], from)).toContain(
      definition,
    );
    expect(ownWords('请看https://example.org，太贵了。').trim()).toMatch(/^请看 +，太贵了。$/);
  });

  it('takes only the chosen part, and leaves room for a reply', () => {
    expect(quotation(['One', 'Two', 'Three'], [1], from)).not.toMatch(/One|Three/);
    expect(quotation(['x'.repeat(7000), 'y'.repeat(7000)], [], from).length).toBeLessThan(9000);
  });
});

/** Parts of a quoted text, with unclosed Markdown constructs. */
const THEIRS = [
  ...['theirs', ' theirs ', '**theirs', '`theirs', '[theirs](https://theirs.example)', '@theirs'],
  ...['[^1]', '[^a]', '[theirs][1]', '\n', '\n\n', '\n\n', '\r', '\n    ', '\t', '\u2028', '\0'],
  ...['\n\n[^1]: theirs', '\n\n[^a]: theirs[^1]', '\n[^1]: > theirs', '\n\n[1]: /theirs'],
  ...['\n- theirs', '\n1. theirs', '\n   - [ ] theirs', '\n# theirs', '\n> theirs', '\n- > theirs'],
  ...[
    '\n```\n',
    '\n~~~ theirs\n',
    '```theirs```',
    '\n| theirs | b |\n|---|---|\n| theirs |',
    '\n---\n',
  ],
  ...[
    '<b>theirs',
    '</blockquote>theirs',
    '&lt;',
    '\\',
    '\u202e',
    '![theirs](https://theirs.example)',
  ],
];

/** Parts of a reply, with all blocks closed. */
const MINE = [
  ...['mine', 'mine[^1] mine', '**mine** mine', '- mine\n- mine', '1. mine\n\n   mine', '# mine'],
  ...['[^1]: mine', '| mine | mine |\n|---|---|\n| mine | mine |', 'mine\nmine', '[mine][1]'],
  ...['[^a]: mine', 'mine[^a]', '[1]: https://mine.example', 'mine\n---', '* * *'],
];

/** A random choice that repeats for the same seed. */
function chooser(seed: number) {
  let state = seed;
  return (from: string[], atMost: number): string[] => {
    const next = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    return Array.from({ length: 1 + next(atMost) }, () => from[next(from.length)] ?? '');
  };
}

describe('the author of quoted words', () => {
  it('keeps a quoted footnote inside the quotation, and an own footnote outside', () => {
    const theirs = paragraphsOf('The clinic has no GPU.[^1]\n\n[^1]: Theirs.');
    const text = `${quotation(theirs, [0], from)}Ours has.[^1]\n\n[^1]: Mine.`;
    const rendered = renderMarkdown(text);
    if (!rendered.ok) throw new Error(rendered.reason);
    expect(plainText(rendered.html, { quotes: false })).toBe('Ours has.\n\nMine.');
    expect(plainText(rendered.html)).toContain('Theirs.');
    expect(rendered.html.match(/ id="[^"]*"/g)?.sort()).toEqual(
      ['fn-1', 'fn-2', 'fnref-1', 'fnref-2'].map((id) => ` id="${id}"`),
    );
  });

  it('quotes a reference without footnote as text, and a footnote without reference as its words', () => {
    expect(quotation(['No GPU.[^1] `[^2]`'], [], from)).toContain('> No GPU.\\[^1] `[^2]`');
    expect(quotation(['No GPU.[^1]', '[^1]: A note.'], [1], from)).toContain('> A note.');
  });

  it('resolves a link label as its author meant it', () => {
    const theirs = quotation(['See [it][1].', '[1]: https://theirs.example'], [], from);
    const rendered = renderMarkdown(`${theirs}No, [mine][1].\n\n[1]: https://mine.example`);
    if (!rendered.ok) throw new Error(rendered.reason);
    expect(rendered.html).toMatch(/theirs\.example"[^>]*>it<\/a>/);
    expect(rendered.html).toMatch(/mine\.example"[^>]*>mine<\/a>/);
  });

  it('never sends a quoted link label to an address of the person who quotes', () => {
    const theirs = paragraphsOf(
      'As [1] says, and [it][S], ![it][2] and [it] (https://theirs.example/?a[1]=b) `[1]`:[^n]\n\n' +
        '- [x] [done](https://theirs.example)\n\n[^n]: See [s].\n\n[s]: https://theirs.example/s',
    );
    const mine = ['1', '2', 's', 'it', 'x', 'done', 'n'].map((label) => {
      return `[${label}]: https://mine.example`;
    });
    for (const chosen of [[], [0], [0, 1]]) {
      const text = `${quotation(theirs, chosen, from)}No, [1].\n\n${mine.join('\n')}`;
      const rendered = renderMarkdown(text);
      if (!rendered.ok) throw new Error(rendered.reason);
      const [quoted = '', answer] = rendered.html.split('</blockquote>');
      expect(quoted).not.toContain('mine.example');
      expect(quoted.match(/theirs\.example\/s"/g)).toHaveLength(2);
      expect(quoted).toContain('theirs.example/?a[1]=b');
      expect(plainText(quoted)).toContain('As [1] says, and it, ![it][2] and [it]');
      expect(answer).toContain('mine.example');
    }
  });

  const byButton = (theirs: string) => quotation(paragraphsOf(theirs), [], 'Ada');
  const byHand = (theirs: string) => `> ${theirs.replace(/\r\n?|\n/g, '\n> ')}\n\n`;

  it.each([
    ['by the button', byButton],
    ['by hand', byHand],
  ])('counts all own words and no quoted words as the author’s own %s', (_, quote) => {
    let read = 0;
    for (let seed = 1; seed <= 600; seed += 1) {
      const some = chooser(seed);
      const theirs = some(THEIRS, 20).join('');
      const before = some(MINE, 3).join('\n\n');
      const after = some(MINE, 3).join('\n\n');
      const source = `${before}\n\n${quote(theirs)}${after}`;
      const rendered = renderMarkdown(source);
      if (!rendered.ok) continue;
      read += 1;
      const said = plainText(rendered.html, { quotes: false });
      expect(said, JSON.stringify(source)).not.toContain('theirs');
      expect(ownWords(source), JSON.stringify(source)).not.toContain('theirs');
      // A footnote without a reference is not shown in either text.
      const alone = renderMarkdown(`${before}\n\n${after}`);
      const words = alone.ok ? plainText(alone.html) : '';
      expect(count(said), JSON.stringify(source)).toBeGreaterThanOrEqual(count(words));
      expect(count(ownWords(source)), JSON.stringify(source)).toBe(
        count(ownWords(`${before}\n\n${after}`)),
      );
    }
    expect(read).toBeGreaterThan(450);
  });
});

function count(text: string): number {
  return text.split('mine').length;
}
