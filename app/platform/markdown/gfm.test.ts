import { describe, expect, test } from 'vitest';
import { canonicalHtml, type Rewrite } from '../../../tests/support/canonical-html';
import { renderMarkdown } from './render';

/*
 * The additions of GitHub Flavored Markdown to CommonMark (https://github.github.com/gfm/, sections
 * 4.10, 5.3, 6.5 and 6.9; footnotes as in its documentation), with our own examples because no
 * package contains the specification's.
 */

const withoutAdditions: Rewrite = ({ attributes }) => {
  for (const name of ['dir', 'rel', 'scope']) attributes.delete(name);
  return undefined;
};

function html(markdown: string): string {
  const rendered = renderMarkdown(markdown);
  if (!rendered.ok) throw new Error(rendered.reason);
  return canonicalHtml(rendered.html, withoutAdditions);
}

function row(cell: 'td' | 'th', ...cells: string[]): string {
  return `<tr>${cells.map((text) => `<${cell}>${text}</${cell}>`).join('')}</tr>`;
}

function table(head: string, ...body: string[]): string {
  const rows = body.length > 0 ? `<tbody>${body.join('')}</tbody>` : '';
  return `<table><thead>${head}</thead>${rows}</table>`;
}

describe('tables', () => {
  test.each([
    [
      'need no bars at the ends',
      'crop | yield\n--- | ---\nmaize | 3\n',
      table(row('th', 'crop', 'yield'), row('td', 'maize', '3')),
    ],
    ['may be a head alone', '|crop|\n|-|\n', table(row('th', 'crop'))],
    [
      'fill short rows and cut long ones',
      '|a|b|\n|-|-|\n|1|\n|1|2|3|',
      table(row('th', 'a', 'b'), row('td', '1', ''), row('td', '1', '2')),
    ],
    [
      'hold spans',
      '|a|\n|-|\n|*b* `c` [d](https://example.org)|',
      table(
        row('th', 'a'),
        row('td', '<em>b</em> <code>c</code> <a href="https://example.org">d</a>'),
      ),
    ],
    [
      'take a bar that is escaped, in code too',
      '|a|\n|-|\n|b \\| c|\n|`d \\| e`|',
      table(row('th', 'a'), row('td', 'b | c'), row('td', '<code>d | e</code>')),
    ],
    [
      'end at the first other block',
      '|a|\n|-|\n|1|\n> quoted',
      `${table(row('th', 'a'), row('td', '1'))}<blockquote><p>quoted</p></blockquote>`,
    ],
    [
      'end at an empty line',
      '|a|\n|-|\n|1|\n\nafter',
      `${table(row('th', 'a'), row('td', '1'))}<p>after</p>`,
    ],
    ['need as many rules as headings', '|a|b|\n|-|\n|1|', '<p>|a|b| |-| |1|</p>'],
    [
      'stand in a quotation',
      '> |a|\n> |-|\n> |1|',
      `<blockquote>${table(row('th', 'a'), row('td', '1'))}</blockquote>`,
    ],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test('align their columns', () => {
    expect(html('|a|b|c|d|\n|:-|:-:|-:|-|')).toBe(
      '<table><thead><tr><th align="left">a</th><th align="center">b</th>' +
        '<th align="right">c</th><th>d</th></tr></thead></table>',
    );
  });
});

describe('task lists', () => {
  test.each([
    ['are signs', '- [ ] open\n- [x] done', '<ul><li>☐ open</li><li>☑ done</li></ul>'],
    ['take a capital X', '- [X] done', '<ul><li>☑ done</li></ul>'],
    ['may be numbered', '1. [ ] first', '<ol><li>☐ first</li></ol>'],
    ['may nest', '- [x] a\n  - [ ] b', '<ul><li>☑ a<ul><li>☐ b</li></ul></li></ul>'],
    ['may mix', '- [x] a\n- b', '<ul><li>☑ a</li><li>b</li></ul>'],
    ['need a space after the box', '- [x]a', '<ul><li>[x]a</li></ul>'],
    ['know no other mark', '- [y] a', '<ul><li>[y] a</li></ul>'],
    ['are lists', '[x] a', '<p>[x] a</p>'],
    ['may be loose', '- [ ] a\n\n- [x] b', '<ul><li><p>☐ a</p></li><li><p>☑ b</p></li></ul>'],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('strikethrough', () => {
  test.each([
    ['two tildes', 'a ~~b c~~ d', '<p>a <del>b c</del> d</p>'],
    ['one tilde', 'a ~b~ c', '<p>a <del>b</del> c</p>'],
    ['not three', 'a ~~~b~~~ c', '<p>a ~~~b~~~ c</p>'],
    ['not over paragraphs', 'a ~~b\n\nc~~ d', '<p>a ~~b</p><p>c~~ d</p>'],
    ['spans inside', '~~a *b*~~', '<p><del>a <em>b</em></del></p>'],
    ['not in code', '`~~a~~`', '<p><code>~~a~~</code></p>'],
    ['escaped', '\\~\\~a\\~\\~', '<p>~~a~~</p>'],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('emphasis without spaces around it', () => {
  test.each([
    ['**「强调」**文字', '<strong>「强调」</strong>文字'],
    ['这是**“强调”**的文字', '这是<strong>“强调”</strong>的文字'],
    ['文字**（说明）**文字', '文字<strong>（说明）</strong>文字'],
    ['**重要。**后面', '<strong>重要。</strong>后面'],
    ['*重要！*后面', '<em>重要！</em>后面'],
    ['***「强调」***文字', '<em><strong>「强调」</strong></em>文字'],
    [
      '**[链接](https://example.org)**文字',
      '<strong><a href="https://example.org">链接</a></strong>文字',
    ],
    ['**`代码`**文字', '<strong><code>代码</code></strong>文字'],
    ['これは**「強調」**です', 'これは<strong>「強調」</strong>です'],
    ['**강조(괄호)**는', '<strong>강조(괄호)</strong>는'],
    ['~~「删除」~~文字', '<del>「删除」</del>文字'],
    [
      '**「一」**和**「二」**与**三**',
      '<strong>「一」</strong>和<strong>「二」</strong>与<strong>三</strong>',
    ],
    ['**𠮷（よし）**𠮷', '<strong>𠮷（よし）</strong>𠮷'],
    ['价格 2 * 3 * 4 元', '价格 2 * 3 * 4 元'],
    ['文件_名_称', '文件_名_称'],
    ['a*(foo)*', 'a*(foo)*'],
    ['ข้อความ**เน้น(สำคัญ)**ต่อ', 'ข้อความ<strong>เน้น(สำคัญ)</strong>ต่อ'],
    ['ไทย~~“ลบ”~~ไทย', 'ไทย<del>“ลบ”</del>ไทย'],
    ['**ສຳຄັນ(a)**ລາວ', '<strong>ສຳຄັນ(a)</strong>ລາວ'],
    ['**សំខាន់។**ខ្មែរ', '<strong>សំខាន់។</strong>ខ្មែរ'],
    ['**အရေးကြီး။**မြန်မာ', '<strong>အရေးကြီး။</strong>မြန်မာ'],
    ['و**«المدرسة»** بعيدة', 'و<strong>«المدرسة»</strong> بعيدة'],
    ['**هل يعمل؟**نعم', '<strong>هل يعمل؟</strong>نعم'],
    ['ו**„הבית”** רחוק', 'ו<strong>„הבית”</strong> רחוק'],
    ['#ذكاء_اصطناعي_مفتوح _مائل_', '#ذكاء_اصطناعي_مفتوح <em>مائل</em>'],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });

  test('leaves what CommonMark says of Latin text in a text with both', () => {
    expect(html('中文 **bold** *a* snake_case_word **(q)**b')).toBe(
      '<p>中文 <strong>bold</strong> <em>a</em> snake_case_word **(q)**b</p>',
    );
  });
});

describe('bare addresses', () => {
  const link = (href: string, text = href) => `<a href="${href}">${text}</a>`;

  test.each([
    ['www.example.org', link('http://www.example.org', 'www.example.org')],
    ['see https://example.org/a now', `see ${link('https://example.org/a')} now`],
    ['http://example.org', link('http://example.org')],
    ['at www.example.org/a.', `at ${link('http://www.example.org/a', 'www.example.org/a')}.`],
    ['https://example.org/a?', `${link('https://example.org/a')}?`],
    ['(https://example.org/a)', `(${link('https://example.org/a')})`],
    ['https://example.org/a_(b)', link('https://example.org/a_(b)')],
    ['(https://example.org/a_(b))', `(${link('https://example.org/a_(b)')})`],
    ['https://example.org/?q=a&hl=en', link('https://example.org/?q=a&amp;hl=en')],
    ['https://example.org/&amp;', `${link('https://example.org/')}&amp;`],
    ['https://example.org/<b', `${link('https://example.org/')}&lt;b`],
    ['*https://example.org/a*', `<em>${link('https://example.org/a')}</em>`],
    [
      'write to a.b-c_d@example.org.',
      `write to ${link('mailto:a.b-c_d@example.org', 'a.b-c_d@example.org')}.`,
    ],
    ['a@b', 'a@b'],
    ['`https://example.org`', '<code>https://example.org</code>'],
    ['请看https://example.org，谢谢。', `请看${link('https://example.org')}，谢谢。`],
    ['请看https://example.org/a?b=c谢谢', `请看${link('https://example.org/a?b=c')}谢谢`],
    ['（https://example.org/a）谢谢', `（${link('https://example.org/a')}）谢谢`],
    ['「https://example.org」と書く', `「${link('https://example.org')}」と書く`],
    ['www.example.org、ほか', `${link('http://www.example.org', 'www.example.org')}、ほか`],
    ['https://example.org에서 봤다', `${link('https://example.org')}에서 봤다`],
    ['ดูhttps://example.orgครับ', `ดู${link('https://example.org')}ครับ`],
    ['देखें https://example.org/a। फिर', `देखें ${link('https://example.org/a')}। फिर`],
    ['انظر https://example.org/a، ثم', `انظر ${link('https://example.org/a')}، ثم`],
    ['هل https://example.org؟', `هل ${link('https://example.org')}؟`],
    ['https://example.org\u200f؛', `${link('https://example.org')}\u200f؛`],
    ['«https://example.org/a»', `«${link('https://example.org/a')}»`],
    ['“https://example.org/a.”', `“${link('https://example.org/a')}.”`],
    ['https://example.org…', `${link('https://example.org')}…`],
    ['https://example.org—see', `${link('https://example.org')}—see`],
    ['https://example.org። ሌላ', `${link('https://example.org')}። ሌላ`],
    ['(https://example.org)谢谢', `(${link('https://example.org')})谢谢`],
    ['https://example.org/a– и', `${link('https://example.org/a')}– и`],
    [
      'см. https://пример.рф/путь.',
      `см. ${link('https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C', 'https://пример.рф/путь')}.`,
    ],
    [
      '请看https://例子.中国/路径，谢谢',
      `请看${link('https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF%E5%BE%84', 'https://例子.中国/路径')}，谢谢`,
    ],
    [
      '(https://éxample.org:8080/a)',
      `(${link('https://xn--xample-9ua.org:8080/a', 'https://éxample.org:8080/a')})`,
    ],
    ['https://example.org/a’s', `${link('https://example.org/a')}’s`],
    ["see https://example.org/a's.", `see ${link('https://example.org/a')}'s.`],
    ['https://example.org´s', `${link('https://example.org')}´s`],
    ['https://example.org’un', `${link('https://example.org')}’un`],
    ['https://example.org/rapor’dan sonra', `${link('https://example.org/rapor')}’dan sonra`],
    ['[https://example.org/a]', `[${link('https://example.org/a')}]`],
    ['{https://example.org/a}。', `{${link('https://example.org/a')}}。`],
    [
      'https://example.org/?a[]=1',
      link('https://example.org/?a%5B%5D=1', 'https://example.org/?a[]=1'),
    ],
    ['https://example.org/a👍🏽 да', `${link('https://example.org/a')}👍🏽 да`],
    ['https://@рф https://..рф', 'https://@рф https://..рф'],
    ['https://', 'https://'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });

  test.each([...'،؛؟۔।॥。、，！？：；…‥”’»›」』】）》〉〕］｝～።፣៕၊།׃·・｡､｣´'])(
    'end before %s',
    (sign) => {
      for (const after of ['', ' ', '\n']) {
        expect(html(`https://example.org/a${sign}${after}`)).toContain(
          `${link('https://example.org/a')}${sign}`,
        );
      }
    },
  );

  test.each([
    ...[
      'https://zh.wikipedia.org/wiki/东京都',
      'https://example.org/?q=日本',
      'https://example.中国/a',
    ],
    ...[
      'https://ja.wikipedia.org/wiki/ジョン・スミス',
      'https://example.org/l’eau',
      'https://example.org/a–b',
      'https://zh.wikipedia.org/wiki/T恤',
    ],
    ...['https://example.org/l’s/a', 'https://uk.wikipedia.org/wiki/Здоров’я'],
    ...["https://example.org/McDonald's_menu", 'https://example.org/L’Aquila'],
    ...['https://ru.wikipedia.org/wiki/Вода', 'https://ar.wikipedia.org/wiki/ماء'],
  ])('include letters of any script where an address has them: %s', (address) => {
    expect(html(`${address}。`)).toContain(`>${address}</a>。`);
  });
});

describe('footnotes', () => {
  test('are at the end and link back', () => {
    expect(html('A claim.[^who]\n\n[^who]: Said *who*.\n\nMore.')).toBe(
      '<p>A claim.<sup><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p><p>More.</p>' +
        '<hr><ol><li id="fn-1"><p>Said <em>who</em>. <a href="#fnref-1" role="doc-backlink">↩</a></p></li></ol>',
    );
  });

  test('are numbered in the order of reference, each once', () => {
    const rendered = html('a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n[^x]: X');
    expect(rendered.match(/<li id="[^"]*"><p>\w/g)).toEqual([
      '<li id="fn-1"><p>X',
      '<li id="fn-2"><p>Y',
    ]);
    expect(rendered.match(/ id="[^"]*"/g)?.sort()).toEqual(
      ['fn-1', 'fn-2', 'fnref-1', 'fnref-1-2', 'fnref-2'].map((id) => ` id="${id}"`),
    );
  });

  test('references without a footnote are text, and footnotes without a reference are not shown', () => {
    expect(html('a[^x]')).toBe('<p>a[^x]</p>');
    expect(html('a\n\n[^x]: X')).toBe('<p>a</p>');
  });

  test('cannot link to other ids or other parts of the page', () => {
    const rendered = html('a[^x"onclick] [b](#p-1) [c](#fn-1x)\n\n[^x"onclick]: "b');
    expect(rendered).not.toContain('onclick');
    expect(rendered).not.toContain('#p-1');
    expect(rendered).not.toContain('#fn-1x');
  });

  test('with circular references terminate', () => {
    expect(html('a[^x]\n\n[^x]: b[^y]\n\n[^y]: c[^x]')).toContain('id="fn-2"');
  });

  test('do not multiply the length of a text', () => {
    const rendered = renderMarkdown(`${'[^a]'.repeat(4_900)}\n\n[^a]: b`);
    expect(rendered).toEqual({ ok: false, reason: 'too-large' });
  });

  test('leave only their words in excerpts', () => {
    const rendered = renderMarkdown('A claim.[^1]\n\n[^1]: The source.');
    expect(rendered.ok && rendered.excerpt).toBe('A claim. The source.');
  });
});

test('a line break in a paragraph is kept', () => {
  // Line breaks are shown by `white-space: pre-line` (docs/decisions); the HTML is as in
  // CommonMark.
  const rendered = renderMarkdown('first\nsecond');
  expect(rendered.ok && rendered.html).toBe('<p dir="auto">first\nsecond</p>');
});
