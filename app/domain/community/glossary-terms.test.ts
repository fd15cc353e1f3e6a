import { describe, expect, test } from 'vitest';
import { decorateHtml } from '~/platform/markdown/decorate-html';
import { renderMarkdown } from '~/platform/markdown/render';
import { processorTime } from '../../../tests/support/processor-time';
import { glossaryTerms } from './glossary-terms';
import { defaultCommunity } from './seed-community';

const community = defaultCommunity();

/** Returns the words linked in a post, each with its anchor in the glossary. */
function explained(markdown: string, language = 'en'): string[] {
  const rendered = renderMarkdown(markdown);
  if (!rendered.ok) throw new Error(rendered.reason);
  const html = decorateHtml(rendered.html, {
    anchor: 'p-1',
    terms: glossaryTerms(community, language),
  });
  return [...html.matchAll(/<a class="term" href="\/glossary#([^"]*)">([^<]*)<\/a>/g)].map(
    ([, slug, text]) => `${slug}: ${text}`,
  );
}

describe('glossary terms', () => {
  test.each([
    ['en', 'Brain drain hurts us.', ['brain-drain: Brain drain']],
    [
      'en',
      'Too many **low-resource languages**!',
      ['low-resource-language: low-resource languages'],
    ],
    ['en', 'open source AI', ['open-source-ai: open source AI']],
    [
      'en',
      'artificial intelligence (AI) and AI',
      ['artificial-intelligence: artificial intelligence'],
    ],
    ['en-NG', 'vendor lock‑in', ['vendor-lock-in: vendor lock‑in']],
    ['fr', "La gouvernance de l'IA", ["ai-governance: gouvernance de l'IA"]],
    ['fr', 'Des langues peu dotées', ['low-resource-language: langues peu dotées']],
    ['ar', 'وحوكمة الذكاء الاصطناعي مهمة', ['ai-governance: وحوكمة الذكاء الاصطناعي']],
    ['ar', 'هَذا العائق كبير', ['barrier: العائق']],
    ['ar', 'الاستحواذُ التنظيميّ', ['regulatory-capture: الاستحواذُ التنظيميّ']],
  ])('%s: %s', (language, markdown, expected) => {
    expect(explained(markdown, language)).toEqual(expected);
  });

  test('are in the language of the post', () => {
    expect(explained('brain drain', 'fr')).toEqual([]);
    expect(explained('brain drain', 'sw')).toEqual([]);
    expect(explained('fuite des cerveaux', 'en')).toEqual([]);
  });

  test('are linked once per post', () => {
    expect(explained('brain drain, data commons, Brain Drain\n\nbrain drain')).toEqual([
      'brain-drain: brain drain',
      'data-commons: data commons',
    ]);
  });

  test.each([
    ['code', '`brain drain`'],
    ['blocks of code', '```\nbrain drain\n```'],
    ['links', '[brain drain](https://example.org)'],
    ['addresses', 'https://example.org/brain-drain'],
    ['quotations', '> brain drain'],
    ['headings', '# Brain drain'],
    ['attributes', '[x](https://example.org "brain drain")'],
    ['longer words', 'brain drained, unbrain drain, barrierless, xbarrier'],
  ])('are not linked in %s', (_, markdown) => {
    expect(explained(markdown)).toEqual([]);
    expect(explained(`${markdown}\n\nbrain drain`)).toHaveLength(1);
  });

  test('leave every other character as it was', () => {
    const rendered = renderMarkdown('A *barrier* & <b> of `code`\n\n> barrier\n\n- digest');
    if (!rendered.ok) throw new Error(rendered.reason);
    const html = decorateHtml(rendered.html, {
      anchor: 'p-1',
      terms: glossaryTerms(community, 'en'),
    });
    expect(html).not.toBe(rendered.html);
    expect(html.replace(/<a class="term"[^>]*>([^<]*)<\/a>/g, '$1')).toBe(rendered.html);
  });

  test('take time in proportion to the text', () => {
    const took = (times: number) => {
      const html = `<p>${'open source low-resource vendor lock Artificial  artificial '.repeat(times)}</p>`;
      return processorTime(() =>
        decorateHtml(html, { anchor: 'p-1', terms: glossaryTerms(community, 'en') }),
      );
    };
    // The text is 100 times as long; quadratic time would take 10,000 times as long.
    expect(took(40_000)).toBeLessThan(2_000 * Math.max(took(400), 0.5));
  });
});

describe('footnotes of several posts on a page', () => {
  test('have different ids per post', () => {
    const rendered = renderMarkdown('a[^1] `id="fn-1"` id="fn-1"\n\n[^1]: b');
    if (!rendered.ok) throw new Error(rendered.reason);
    const html = decorateHtml(rendered.html, { anchor: 'p-X' });
    expect(html.match(/ (?:id|href)="[^"]*"/g)).toEqual([
      ' href="#p-X-fn-1"',
      ' id="p-X-fnref-1"',
      ' id="fn-1"',
      ' id="p-X-fn-1"',
      ' href="#p-X-fnref-1"',
    ]);
  });
});
