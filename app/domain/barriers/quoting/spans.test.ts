import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '~/platform/markdown/render';
import { ownParagraphs, quotableSentences, type Span } from './spans';

function sentencesIn(body: string, language = 'en'): Span[] {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  return quotableSentences(body, ownParagraphs(rendered.html), language);
}

function sentences(body: string, language?: string): string[] {
  const spans = sentencesIn(body, language);
  for (const { start, end, text } of spans) expect(body.slice(start, end)).toBe(text);
  return spans.map(({ text }) => text);
}

describe('the quotable sentences of a post', () => {
  it('are its sentences as in its Markdown', () => {
    expect(sentences('The grid fails daily. We compute at night.')).toEqual([
      'The grid fails daily.',
      'We compute at night.',
    ]);
  });

  it('begin after the handles of those whom they answer', () => {
    expect(sentences('@gus @ana_b: the grid fails daily. Ask @gus.')).toEqual([
      'the grid fails daily.',
      'Ask @gus.',
    ]);
  });

  it('exclude quotations and code', () => {
    const body = '> The grid fails daily.\n\nNot here.\n\n```\nThe clinic waits.\n```';
    expect(sentences(body)).toEqual(['Not here.']);
  });

  it('include the author’s own sentence even if the same sentence is also quoted', () => {
    const body = '> We have no data.\n\nI agree. We have no data.';
    const spans = sentencesIn(body);
    const own = spans.find(({ text }) => text === 'We have no data.');
    expect(own?.start).toBe(body.lastIndexOf('We have'));
  });

  it('contain no markup', () => {
    const found = sentences('The **price** of a card is a salary. The rest is paper.');
    expect(found).toEqual(['The rest is paper.']);
  });

  it('end by the rules of the language', () => {
    expect(sentences('没有电。没有网络。', 'zh')).toEqual(['没有电。', '没有网络。']);
    expect(sentences('बिजली नहीं है। इंटरनेट धीमा है।', 'hi')).toEqual([
      'बिजली नहीं है।',
      'इंटरनेट धीमा है।',
    ]);
  });
});
