import { describe, expect, it } from 'vitest';
import { markedText, type Part, snippet } from './marks';
import { readSearchTerms } from './words';

const shown = (parts: Part[]) => parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const mark = (text: string, typed: string) =>
  shown(markedText(text, readSearchTerms(typed).wanted));

describe('marks cover the text as written', () => {
  it.each([
    ['In der Straße', 'strasse', 'In der [Straße]'],
    ['Su ısı iyi', 'ISI', 'Su [ısı] iyi'],
    ['في الْمَدْرَسَةِ اليوم', 'مدرسة', 'في [الْمَدْرَسَةِ] اليوم'],
    ['我们的人工智能', '智能', '我们的人工[智能]'],
    ['ภาษาไทยง่าย', 'ไทย', 'ภาษา[ไทย]ง่าย'],
    ['One nurse, two nurses', 'nurse', 'One [nurse], two [nurses]'],
    ['One nurse, two nurses', '"nurse"', 'One [nurse], two nurses'],
    ['Write an e-mail. We don’t', 'email dont', 'Write an [e-mail]. We [don’t]'],
    ['Write an email', 'e-mail', 'Write an [email]'],
    ['One nurse', 'nurses', 'One [nurse]'],
    ['في البيت والمدرسة', 'المدرسة', 'في البيت [والمدرسة]'],
    ['solar panel and panel', '"solar panel"', '[solar panel] and panel'],
    ['<b>bold</b> & more', 'bold', '<b>[bold]</b> & more'],
    ['nothing here', 'other', 'nothing here'],
  ])('%s', (text, typed, expected) => {
    expect(mark(text, typed)).toBe(expected);
  });
});

describe('a snippet', () => {
  const filler = 'Lorem ipsum dolor sit amet. '.repeat(30);

  it('is a whole short text, in one line', () => {
    expect(shown(snippet('One\n\ntwo', readSearchTerms('two').wanted))).toBe('One [two]');
  });

  it('shows the place with the most hits', () => {
    const text = `${filler} power. ${filler} power and power grid. ${filler}`;
    const parts = snippet(text, readSearchTerms('power').wanted);
    expect(parts.filter(({ hit }) => hit).length).toBe(2);
    expect(shown(parts)).toMatch(/^… \S.* …$/);
    expect(shown(parts).length).toBeLessThan(350);
  });

  it('begins at the beginning when only the title was found', () => {
    expect(shown(snippet(filler, readSearchTerms('power').wanted))).toMatch(/^Lorem .* …$/);
  });

  it('cuts a text without spaces too', () => {
    const text = `${'世界'.repeat(400)}学校${'世界'.repeat(400)}`;
    const found = shown(snippet(text, readSearchTerms('学校').wanted));
    expect(found).toContain('[学校]');
    expect(found.length).toBeLessThan(350);
  });
});
