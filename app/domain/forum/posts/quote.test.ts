import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '~/platform/markdown/render';
import { paragraphsOf, quotation } from './quote';

const from = { attribution: 'Ada [x] *wrote*', url: 'https://here.example/p/1' };

describe('quoting', () => {
  it('takes paragraphs, code whole, and no quotation in a quotation', () => {
    expect(paragraphsOf('One\ntwo\n\n> said before\n\n```\na\n\nb\n```\n\n\nLast')).toEqual([
      'One\ntwo',
      '```\na\n\nb\n```',
      'Last',
    ]);
    expect(paragraphsOf('~~~\nnever closed\n\nto the end')).toHaveLength(1);
  });

  it('writes Markdown that says who said it and links there', () => {
    const text = quotation(['One\ntwo', '- a\n- b'], [], from);
    const rendered = renderMarkdown(`${text}My answer`);
    if (!rendered.ok) throw new Error(rendered.reason);
    expect(rendered.html).toContain('<a href="https://here.example/p/1"');
    expect(rendered.html).toContain('>Ada [x] *wrote*</a>');
    expect(rendered.html.match(/<blockquote/g)).toHaveLength(1);
    expect(rendered.html).toContain('<li');
    expect(rendered.html.split('</blockquote>')[1]).toContain('My answer');
  });

  it('takes the chosen part only, and leaves room to answer', () => {
    expect(quotation(['One', 'Two', 'Three'], [1], from)).not.toMatch(/One|Three/);
    expect(quotation(['x'.repeat(7000), 'y'.repeat(7000)], [], from).length).toBeLessThan(9000);
  });
});
