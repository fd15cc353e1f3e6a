import { describe, expect, test } from 'vitest';
import data from '~db/seed/post-words.json';
import { parsePost } from './parse-post';
import { opensWith, says, usualHeadings, wordLanguages } from './post-words';
import { sectionKind } from './sections';

const KIND = {
  conversation: ['conversation', 'discussion'],
  summary: ['summary'],
  pillars: ['pillars'],
  glossary: ['glossary'],
};

describe.each(Object.entries(data))('%s', (language, { headings, ...uses }) => {
  const named = Object.entries(headings).flatMap(([part, texts]) =>
    texts.map((text) => [part as keyof typeof KIND, text] as const),
  );

  test.each(named)('%s: “%s” names it, in any case and with a number', (part, text) => {
    for (const written of [text, text.toUpperCase(), `3. ${text}`, `💬 ${text} `]) {
      expect(KIND[part]).toContain(sectionKind({ kind: 'heading', level: 2, text: written }));
    }
  });

  test('a question under each usual heading is found', () => {
    for (const heading of headings.conversation) {
      const { questions } = parsePost(
        `# X\n\nY.\n\n## ${heading}\n\n- aaa bbb ccc ddd?\n- eee fff ggg?`,
      );
      expect([heading, questions.length]).toEqual([heading, 2]);
    }
  });

  test('has the same lists as English, none of them empty', () => {
    expect(Object.keys(uses).sort()).toEqual(
      Object.keys(data.en)
        .filter((name) => name !== 'headings')
        .sort(),
    );
    for (const [use, phrases] of Object.entries(uses)) expect(phrases, use).not.toEqual([]);
    expect(wordLanguages()).toContain(language);
  });
});

test.each([
  [
    'pillars',
    ['Three themes', 'Nos quatre axes', '3 ejes', 'Três eixos', 'Mada tatu', 'Tiga tema'],
  ],
  ['pillars', ['तीन विषय', 'Три темы', 'المحاور', 'ثلاثة محاور']],
  ['pillars', ['Three themes for change', 'Quatre axes pour changer', 'TRES EJES PARA CAMBIARLO']],
  ['pillars', ['Quatro frentes de trabalho', 'ثلاثة محاور للعمل', 'Три направления на год']],
  [
    'summary',
    ['What we learned', 'Ce que nous avons appris', 'LO QUE APRENDIMOS', 'O que aprendemos'],
  ],
  [
    'summary',
    ['ماذا تعلمنا', 'Tulichojifunza', 'हमने क्या सीखा', 'Apa yang kami temukan', 'Что мы узнали'],
  ],
  [
    'glossary',
    ['The words we use', 'Les mots employés', 'PALABRAS QUE USAMOS', 'Maneno tunayotumia'],
  ],
  ['glossary', ['Istilah yang kami pakai', 'Слова, которые мы используем', '文中用语']],
  ['summary', ['In brief', 'En résumé', 'En breve', 'Em resumo', 'Вкратце']],
])('%s: %s name it', (part, headings) => {
  const kinds = headings.map((text) => sectionKind({ kind: 'heading', level: 2, text }));
  expect(kinds).toEqual(headings.map(() => part));
});

test.each([
  'Discussion of the results',
  'The conversation we never had',
  'Why do we need pillars?',
  'What do you think of the new road?',
  'Summary statistics',
  'A school in every village',
])('“%s” names no section of questions', (text) => {
  const kind = sectionKind({ kind: 'heading', level: 2, text });
  expect(['conversation', 'discussion']).not.toContain(kind);
});

test('headings looked for are in the language of the post, then in English', () => {
  expect(usualHeadings('glossary', 'pt-BR')).toEqual([
    ...['Glossário', 'Termos importantes', 'Glossary', 'Key terms'],
  ]);
  expect(usualHeadings('glossary', 'en')).toEqual(['Glossary', 'Key terms']);
  expect(usualHeadings('glossary', 'is')).toEqual(['Glossary', 'Key terms']);
});

test('a phrase is found anywhere, at the beginning or as a whole', () => {
  expect(says('invitation', 'Answer in the comments, please.')).toBe(true);
  expect(opensWith('byline', 'Written by Ada')).toBe(2);
  expect(opensWith('byline', 'Ada, by the river')).toBe(0);
});
