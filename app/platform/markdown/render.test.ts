import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { MAX_BODY_CHARS, MAX_DEPTH, MAX_HTML_BYTES } from './limits';
import { plainText } from './plain-text';
import { renderMarkdown } from './render';

function html(source: string): string {
  const rendered = renderMarkdown(source);
  if (!rendered.ok) throw new Error(`refused as ${rendered.reason}: ${source.slice(0, 80)}`);
  return rendered.html;
}

function excerptOf(source: string): string {
  const rendered = renderMarkdown(source);
  if (!rendered.ok) throw new Error(`refused as ${rendered.reason}: ${source.slice(0, 80)}`);
  return rendered.excerpt;
}

/** Returns a short result for failure messages: `ok` or the reason for the refusal. */
function verdict(source: string): string {
  const rendered = renderMarkdown(source);
  return rendered.ok ? 'ok' : rendered.reason;
}

/** Returns all elements in the HTML as a browser would build them. */
function elements(fragment: string): DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = [];
  const nodes: DefaultTreeAdapterTypes.ChildNode[] = [...parseFragment(fragment).childNodes];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (!('tagName' in node)) continue;
    found.push(node);
    nodes.push(...node.childNodes);
  }
  return found;
}

describe('Markdown', () => {
  test.each([
    ['emphasis', '*a* **b** ~~c~~', '<p dir="auto"><em>a</em> <strong>b</strong> <del>c</del></p>'],
    ['code span', '`a < b`', '<p dir="auto"><code>a &lt; b</code></p>'],
    [
      'fenced code',
      '```Python title="x"\nif a < b:\n```',
      '<pre dir="ltr"><code class="language-python">if a &lt; b:\n</code></pre>',
    ],
    ['a language that is no plain word', '```c++\nx\n```', '<pre dir="ltr"><code>x\n</code></pre>'],
    ['a language that would be markup', '```"><b\nx\n```', '<pre dir="ltr"><code>x\n</code></pre>'],
    [
      'an empty code block',
      '```\n```\n\na',
      '<pre dir="ltr"><code></code></pre>\n<p dir="auto">a</p>',
    ],
    ['a hard line break', 'a  \nb', '<p dir="auto">a<br />b</p>'],
    [
      'a list that does not begin at one',
      '3. a\n4. b',
      '<ol start="3" dir="auto">\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ol>',
    ],
    [
      'a task list, without form controls',
      '- [x] done\n- [ ] open',
      '<ul dir="auto">\n<li dir="auto">☑ done</li>\n<li dir="auto">☐ open</li>\n</ul>',
    ],
    [
      'a table',
      '|a|b|\n|-|:-:|\n|1|2|',
      '<table dir="auto">\n<thead>\n<tr>\n<th scope="col" dir="auto">a</th>\n' +
        '<th scope="col" align="center" dir="auto">b</th>\n</tr>\n</thead>\n<tbody><tr>\n' +
        '<td dir="auto">1</td>\n<td align="center" dir="auto">2</td>\n</tr>\n</tbody></table>',
    ],
    ['CRLF line ends', 'a\r\n\r\nb', '<p dir="auto">a</p>\n<p dir="auto">b</p>'],
    ['CJK', '**日本語**の文章', '<p dir="auto"><strong>日本語</strong>の文章</p>'],
    ['emoji with joiners', '👩🏽‍💻 👨‍👩‍👧', '<p dir="auto">👩🏽‍💻 👨‍👩‍👧</p>'],
    ['Persian with a zero-width non-joiner', 'می‌خواهم', '<p dir="auto">می‌خواهم</p>'],
  ])('%s', (_, source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test('headings go below those of the page', () => {
    const source = '# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6\n\nSetext\n===';
    const tags = html(source).match(/<h\d[^>]*>/g);

    expect(tags).toEqual([3, 4, 5, 6, 6, 6, 3].map((level) => `<h${level} dir="auto">`));
  });

  test('raw HTML is shown as it was written', () => {
    expect(html('Use `Vec` or Vec<String>, not <script>.')).toBe(
      '<p dir="auto">Use <code>Vec</code> or Vec&lt;String&gt;, not &lt;script&gt;.</p>',
    );
    expect(html('<div>\n**bold**\n</div>\n<!-- note -->')).toBe(
      '<p dir="auto">&lt;div&gt;\n<strong>bold</strong>\n&lt;/div&gt;\n&lt;!-- note --&gt;</p>',
    );
  });
});

describe('links', () => {
  const REL = 'rel="nofollow ugc noopener"';

  test.each([
    ['https', '[a](https://example.org/?a=1&b=2)', 'https://example.org/?a=1&amp;b=2', 'a'],
    ['mailto', '[a](mailto:a@example.org)', 'mailto:a@example.org', 'a'],
    ['bare address', 'https://example.org/x', 'https://example.org/x', 'https://example.org/x'],
    ['bare host', 'www.example.org', 'http://www.example.org', 'www.example.org'],
    ['e-mail', '<a@example.org>', 'mailto:a@example.org', 'a@example.org'],
    ['reference', '[a]\n\n[a]: https://example.org', 'https://example.org', 'a'],
  ])('%s', (_, source, href, text) => {
    expect(html(source)).toBe(`<p dir="auto"><a href="${href}" ${REL}>${text}</a></p>`);
  });

  test('keep their title', () => {
    expect(html('[a](https://example.org "A \\" title")')).toBe(
      `<p dir="auto"><a href="https://example.org" ${REL} title="A &quot; title">a</a></p>`,
    );
  });

  test.each([
    'ftp://example.org/',
    'tel:+123',
    '/logout',
    'example.org',
    '#p-1',
    '//example.org/',
    'https://bank.example@evil.example/',
    'https:///',
    'https:settings',
    'http:settings',
    'http:/settings',
    'https://[',
  ])('to %s are their text', (href) => {
    expect(html(`[the text](<${href}>)`)).toBe('<p dir="auto">the text</p>');
  });

  test('an image is a link with its alternative text', () => {
    expect(html('![A *map* & key](https://example.org/map.png)')).toBe(
      `<p dir="auto"><a href="https://example.org/map.png" ${REL}>A map &amp; key</a></p>`,
    );
  });

  test('an image without alternative text is a link with its address', () => {
    expect(html('![](https://example.org/map.png)')).toBe(
      `<p dir="auto"><a href="https://example.org/map.png" ${REL}>https://example.org/map.png</a></p>`,
    );
  });

  test('an image in a link leaves its alternative text to that link', () => {
    expect(html('[![map](https://example.org/map.png)](https://example.org/)')).toBe(
      `<p dir="auto"><a href="https://example.org/" ${REL}>map</a></p>`,
    );
  });

  test('an image that cannot be linked is its alternative text', () => {
    expect(html('![map](data:image/png;base64,AAAA)')).toBe('<p dir="auto">map</p>');
  });
});

describe('direction', () => {
  test('every block finds its own, code is left to right', () => {
    const source = '# a\n\nb\n\n- c\n\n> d\n\n|e|\n|-|\n|f|\n\n```\ng\n```';
    const directions = elements(html(source))
      .filter(({ tagName }) => /^(?:h3|p|ul|li|blockquote|table|t[hd]|pre)$/.test(tagName))
      .map(({ tagName, attrs }) => [tagName, attrs.find(({ name }) => name === 'dir')?.value]);

    expect(directions).toHaveLength(10);
    for (const [tagName, dir] of directions) expect(dir).toBe(tagName === 'pre' ? 'ltr' : 'auto');
  });

  // Browsers resolve "auto" without looking into blocks that have their own direction.
  test.each([
    ['Arabic', '> **مرحبا** hello'],
    ['Hebrew', '> 1. "שלום", he said'],
    ['Dhivehi', '> - ދިވެހި'],
    ['a link', '> [سلام](https://example.org)'],
  ])('a quotation that begins in %s is right-to-left', (_, source) => {
    expect(html(source)).toMatch(/^<blockquote dir="rtl">/);
  });

  test('a list takes the direction of its first letters, each item its own', () => {
    expect(html('- أولا\n- second')).toBe(
      '<ul dir="rtl">\n<li dir="rtl">أولا</li>\n<li dir="auto">second</li>\n</ul>',
    );
    expect(html('- first\n- ثانيا')).toMatch(/^<ul dir="auto">/);
  });

  test('many character references do not slow it down', () => {
    expect(html("- '".repeat(19) + "'".repeat(5000))).toContain('dir="auto"');
  });
});

describe('characters', () => {
  test.each([
    ['NUL and other controls', 'a\u0000b\u0007c\u001bd\u007fe\u0085f', 'abcdef'],
    ['bidirectional overrides', 'a\u202eb\u202cc', 'abc'],
    ['bidirectional isolates', 'a\u2066b\u2067c\u2068d\u2069e', 'abcde'],
    ['references to control characters', 'a&#1;b&#x202E;c&#8296;d', 'abcd'],
    ['a reference to NUL', 'a&#0;b', 'a\ufffdb'],
    ['lone surrogates', 'a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
    ['a reference to a surrogate', 'a&#xD800;b', 'a\ufffdb'],
    ['noncharacters', 'a\ufffeb\uffffc', 'abc'],
    ['marks that languages need', 'a\u200eb\u200fc\u061cd', 'a\u200eb\u200fc\u061cd'],
    ['pairs of surrogates', '𐀀😀', '𐀀😀'],
  ])('%s', (_, source, expected) => {
    expect(html(source)).toBe(`<p dir="auto">${expected}</p>`);
  });

  test('overrides are removed in code too, where they deceive most', () => {
    expect(html('`a\u202eb`')).toBe('<p dir="auto"><code>ab</code></p>');
  });

  test('a lone surrogate in an address does no harm', () => {
    expect(elements(html('[a](https://example.org/\ud800)'))[0]?.tagName).toBe('p');
  });
});

describe('refusals', () => {
  test.each([
    ['nothing', ''],
    ['white space', ' \r\n\t\u00a0\u3000'],
    ['controls', '\u0000\u0001'],
    ['invisible characters', '\u200b\u200d\u2060\ufeff\u00ad\u3164\u2800'],
    ['a reference to an invisible character', '&#8203;&shy;'],
    ['a definition', '[a]: https://example.org'],
    ['a rule', '***'],
    ['an empty quotation', '>\n>'],
  ])('%s is empty', (_, source) => {
    expect(verdict(source)).toBe('empty');
  });

  test('a text may be as long as the limit and no longer', () => {
    expect(verdict('a'.repeat(MAX_BODY_CHARS))).toBe('ok');
    expect(verdict('a'.repeat(MAX_BODY_CHARS + 1))).toBe('too-long');
  });

  test('a line end counts once, however a form sends it', () => {
    expect(verdict('a\r\n'.repeat(MAX_BODY_CHARS / 2))).toBe('ok');
    expect(verdict('a\r\n'.repeat(MAX_BODY_CHARS / 2 + 1))).toBe('too-long');
    expect(verdict('\r\n'.repeat(5_000_000))).toBe('too-long');
  });

  test('a text that would grow beyond measure is too large', () => {
    const manyReferences = `[a]: https://example.org/${'b'.repeat(9_000)}\n\n${'[a]'.repeat(3_000)}`;
    const wideTable = `${'|a'.repeat(1_500)}|\n${'|-'.repeat(1_500)}|\n${'|\n'.repeat(6_000)}`;
    const tables = `${'|a'.repeat(100)}|\n${'|-'.repeat(100)}|\n${'|\n'.repeat(150)}\n`.repeat(20);
    const images = `[a]: https://example.org/${'b'.repeat(9_000)}\n\n${'![a]'.repeat(2_500)}`;

    const shortReferences = `[a]: http://e.example/xxxx\n\n${'[a] '.repeat(3_900)}`;
    const titles = `[a]: http://e.example "${'&'.repeat(500)}"\n\n${'[a] '.repeat(3_900)}`;
    const footnotes = `${'[^a] '.repeat(3_900)}\n\n[^a]: b`;
    const notes = Array.from({ length: 1_200 }, (_, n) => `[^${n}]\n\n[^${n}]: b`).join('\n\n');

    for (const source of [
      ...[manyReferences, wideTable, tables.slice(0, MAX_BODY_CHARS), images],
      ...[shortReferences, titles, footnotes, notes.slice(0, MAX_BODY_CHARS)],
    ]) {
      expect(source.length).toBeLessThanOrEqual(MAX_BODY_CHARS);
      expect(verdict(source), source.slice(0, 30)).toBe('too-large');
    }
  });

  test('honest dense texts fit', () => {
    const list = '- a\n'.repeat(MAX_BODY_CHARS / 4);
    const table = `|a|b|\n|-|-|\n${'|1|2|\n'.repeat((MAX_BODY_CHARS - 12) / 6)}`;

    const devanagari = '\u0915'.repeat(MAX_BODY_CHARS);

    for (const source of [list, table, '"'.repeat(MAX_BODY_CHARS), devanagari]) {
      expect(Buffer.byteLength(html(source))).toBeLessThanOrEqual(MAX_HTML_BYTES);
    }
  });

  test('quotations may nest as deep as the limit and no deeper', () => {
    expect(verdict(`${'> '.repeat(MAX_DEPTH)}a`)).toBe('ok');
    expect(verdict(`${'> '.repeat(MAX_DEPTH + 1)}a`)).toBe('too-deep');
  });
});

describe('nested markers', () => {
  const MARKERS = ['>', '> ', '- ', '1. ', '> - ', '>1) '];

  for (const chars of [6_000, MAX_BODY_CHARS - 1]) {
    test.each(MARKERS)(`${chars} characters of %j`, (marker) => {
      const source = `${marker.repeat(Math.floor(chars / marker.length))}a`;
      expect(verdict(source)).toBe('too-deep');
    });
  }

  test.each([
    ['emphasis', '*a '.repeat(1_000) + ' a*'.repeat(1_000)],
    ['strong emphasis', '**a '.repeat(750) + ' a**'.repeat(750)],
    ['alternating emphasis', '*a _b '.repeat(500) + ' b_ a*'.repeat(500)],
    [
      'lists by indentation',
      Array.from({ length: 100 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
    ],
  ])('%s is refused rather than overflowing the stack', (_, source) => {
    expect(verdict(source)).toBe('too-deep');
  });

  test.each([
    ['[', '['.repeat(20_000)],
    ['![', '!['.repeat(10_000)],
    ['[ and ]', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['images in images', '!['.repeat(3_000) + '](a)'.repeat(3_000)],
    ['links in links', '['.repeat(3_000) + '](a)'.repeat(3_000)],
    ['unclosed links', '[a](b'.repeat(4_000)],
    ['parentheses', `[a](${'('.repeat(9_000)}${')'.repeat(9_000)})`],
    ['*', '*'.repeat(20_000)],
    ['_', '_'.repeat(20_000)],
    ['~', '~'.repeat(20_000)],
    ['back-ticks', Array.from({ length: 190 }, (_, i) => '`'.repeat(i + 1)).join(' ')],
    ['open tags', '<a '.repeat(6_666)],
    ['comments', '<!--'.repeat(5_000)],
    ['backslashes', '\\'.repeat(20_000)],
    ['rules', '- - - -\n'.repeat(2_500)],
    ['ampersands', '&'.repeat(20_000)],
    ['spaces', `a${' '.repeat(19_000)}b`],
  ])('%s neither throw nor take until the test is stopped', (_, source) => {
    expect(['ok', 'empty', 'too-deep', 'too-large']).toContain(verdict(source));
  });
});

describe('plainText', () => {
  const reply = html('> They said *this*.\n>\n> > Deeper.\n\nI say **that**.\n\n- one\n- two');

  test('is the text without the markup, blocks apart', () => {
    expect(plainText(reply)).toBe('They said this.\n\nDeeper.\n\nI say that.\n\none\ntwo');
  });

  test('leaves out quotations when asked', () => {
    expect(plainText(reply, { quotes: false })).toBe('I say that.\n\none\ntwo');
    expect(plainText(html('> only a quotation'), { quotes: false })).toBe('');
  });

  test('resolves character references, keeps lines of code, joins lines of prose', () => {
    expect(plainText(html('a &lt;b&gt; &amp; c\nd  \ne'))).toBe('a <b> & c d\ne');
    expect(plainText(html('```\nif a:\n    b\n```'))).toBe('if a:\n    b');
    expect(plainText(html('|a|b|\n|-|-|\n|1|2|'))).toBe('a b\n1 2');
    expect(plainText(html('[text](https://example.org)'))).toBe('text');
  });
});

describe('excerpt', () => {
  test('is a short text in one line', () => {
    expect(excerptOf('# Title\n\nSome *text*,\nmore.')).toBe('Title Some text, more.');
  });

  test('prefers the author’s own words to quotations', () => {
    expect(excerptOf('> theirs\n\nmine')).toBe('mine');
    expect(excerptOf('> theirs')).toBe('theirs');
  });

  test('is text, not HTML', () => {
    expect(excerptOf('<b> & "c"')).toBe('<b> & "c"');
  });

  test('ends between words', () => {
    const excerpt = excerptOf('word '.repeat(100));
    expect(excerpt).toMatch(/^(?:word )+word…$/);
    expect(excerpt.length).toBeGreaterThan(190);
    expect(excerpt.length).toBeLessThanOrEqual(201);
  });

  test('ends between words in scripts without spaces', () => {
    const sentence = '私は東京に住んでいます。';
    const excerpt = excerptOf(sentence.repeat(30)).slice(0, -1);
    const words = [
      ...new Intl.Segmenter('ja', { granularity: 'word' }).segment(sentence.repeat(30)),
    ];

    expect(words.map(({ index }) => index)).toContain(excerpt.length);
    expect(excerpt.length).toBeGreaterThan(180);
  });

  test('never splits an emoji, nor a character in a very long word', () => {
    expect(excerptOf('👨‍👩‍👧‍👦'.repeat(60))).toMatch(/^(?:👨‍👩‍👧‍👦)+…$/u);
    expect(excerptOf('a'.repeat(1_000))).toMatch(/^a{190,200}…$/);
    expect(excerptOf(`x${'\u0301'.repeat(1_000)}`).length).toBeLessThanOrEqual(201);
  });
});
