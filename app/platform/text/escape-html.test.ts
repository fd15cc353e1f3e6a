import { expect, it } from 'vitest';
import { escapeHtml, escapeXml } from './escape-html';

it('leaves no character that ends text or a quoted attribute', () => {
  expect(escapeHtml('<a href="x">&amp;</a>')).toBe(
    '&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;',
  );
});

it('removes characters that XML does not allow: controls, lone surrogates, noncharacters', () => {
  expect(escapeXml('a\u0000b\u001bc\ud800d\uffffe\t\n😀&')).toBe('abcde\t\n😀&amp;');
});
