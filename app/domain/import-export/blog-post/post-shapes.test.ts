import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodePost } from './decode-post';
import { type ParsedPost, parsePost } from './parse-post';

/** Posts of different shape, each with what should be read from it in a file `NAME.json` beside it. */
const FOLDER = new URL('../../../../tests/fixtures/posts/', import.meta.url);
const POSTS = readdirSync(FOLDER).filter((name) => !name.endsWith('.json'));

const source = (name: string) => decodePost(readFileSync(new URL(name, FOLDER)));

function contentOf({ looked, passages: _, ...post }: ParsedPost) {
  const found = Object.entries(looked).map(([part, { found: where }]) => [part, where]);
  return { ...post, found: Object.fromEntries(found) };
}

describe('posts of different shape and language', () => {
  test.each(POSTS)('%s', (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
    expect(contentOf(parsePost(source(name)))).toEqual(expected);
  });

  test.each(POSTS)('%s with Windows line ends and a byte order mark', (name) => {
    const text = source(name).replace(/\r/g, '');
    const damaged = `\ufeff${text.replace(/\n/g, '\r\n')}`;
    expect(contentOf(parsePost(damaged))).toEqual(contentOf(parsePost(text)));
  });
});

const asked = (text: string) => parsePost(text).questions.map(({ text: question }) => question);
const listed = ['What would you mend?', 'Who could help you?'];
const post = (end: string) => `# On sheds\n\nSheds are dry.\n\n## Why\n\nThey help.\n\n${end}\n`;

describe('questions without a heading of their own', () => {
  test.each([
    ['a list', '- What would you mend?\n- Who could help you?'],
    [
      'a list before a glossary',
      '- What would you mend?\n- Who could help you?\n\n## Glossary\n\n- **Jig:** A guide.',
    ],
    ['headings', '## What would you mend?\n\n## Who could help you?'],
    ['bold paragraphs', '**What would you mend?**\n\n**Who could help you?** Name them.'],
    ['numbers of another script', '٢. What would you mend?\n٣. Who could help you?'],
    ['sentences', 'We are curious. What would you mend? Who could help you? Write to us.'],
  ])('%s', (_, end) => {
    const read = parsePost(post(end));
    expect(read.questions.map(({ text }) => text)).toEqual(listed);
    expect(read.looked.questions).toMatchObject({ found: 'last-group', under: null });
    expect(read.warnings.join('\n')).toMatch(/No heading names the questions/);
  });

  test('one question at the very end', () => {
    expect(asked(post('And so it rained.\n\nWhat would you mend first?'))).toEqual([
      'What would you mend first?',
    ]);
  });

  test.each([
    ['in the text', 'Who pays? Nobody knows.\n\nThe end.'],
    [
      'as headings of its parts',
      '## Who pays for it?\n\nThe town.\n\n## Who mends it?\n\nA man with a ladder, three times a year and never on time.',
    ],
    ['in a quotation', '> What would you mend?\n>\n> Who could help you?'],
    ['in code', '```\nWhat would you mend?\nWho could help you?\n```'],
    ['that it answers', '## Frequently asked questions\n\n- Is it open? Yes.\n- Is it dry? Yes.'],
    ['of visitors', '## Comments\n\n- Can I come?\n- When do you open?'],
    ['of its summary', 'In this post we ask:\n\n- Who owns a shed?\n- Who needs one?\n\nThe end.'],
  ])('none: the questions are %s', (_, end) => {
    expect(asked(post(end))).toEqual([]);
  });

  test('it is said what was looked for, and the text is there to be marked', () => {
    const { looked, passages } = parsePost(source('night-bus-fr.md'));
    expect(looked.questions.found).toBeNull();
    expect(looked.questions.headings).toEqual(
      expect.arrayContaining(['Participez à la conversation', 'Join the Conversation']),
    );
    expect(looked.questions.shapes).toEqual([
      ...['list', 'headings', 'paragraphs', 'sentences', 'closing'],
    ]);
    expect(passages[0]).toEqual({ kind: 'heading', text: 'Le dernier bus part à 21 h 40' });
    expect(passages.at(-1)?.text).toMatch(/premier lundi du mois\.$/);
  });
});

describe('questions under a heading', () => {
  test('those of an ambiguous heading count if no other has any', () => {
    const discussion = '## Discussion\n\nIs it fair? We think so.\n\n';
    expect(asked(post(discussion))).toEqual(['Is it fair?']);
    expect(asked(post(`${discussion}## Your say\n\n## Have your say\n\n- ${listed[0]}`))).toEqual([
      listed[0],
    ]);
  });

  test('in one paragraph with words around them', () => {
    const text = `We are curious. ${listed.join(' ')} And why? Write in the comments.`;
    expect(asked(post(`## Your turn\n\n${text}`))).toEqual([listed[0], `${listed[1]} And why?`]);
    // A long one asks for itself, with any first word: “o” is “or” in Spanish, and “the” in Portuguese.
    const long = [
      'O que mudou na sua barraca desde que o cartão chegou?',
      'E quem, na sua cidade, ficou sem lugar para vender?',
    ];
    expect(asked(post(`## A sua vez\n\nConte. ${long.join(' ')} Escreva.`))).toEqual(long);
  });

  test('a prompt and its question are one', () => {
    const text = 'Think of the last time it broke. What did you do?';
    for (const form of ['- ', '1. ', '', '### ']) {
      expect(asked(post(`## Your turn\n\n${form}${text}`))).toEqual([text]);
    }
  });

  test('an invitation before a question is not part of it', () => {
    const text = 'Share your thoughts in the comments! What would you mend?';
    expect(asked(post(`## Your turn\n\n${text}`))).toEqual([listed[0]]);
  });

  test('a heading that asks is the question if nothing else does', () => {
    expect(asked(post('## What do you think?\n\nWe read every answer.'))).toEqual([
      'What do you think?',
    ]);
    expect(asked(post(`## What do you think?\n\n- ${listed[0]}`))).toEqual([listed[0]]);
  });

  test('in a part of the page that opens and closes', () => {
    const details = `<details><summary>Join the Conversation</summary>\n\n- ${listed.join('\n- ')}\n\n</details>`;
    expect(asked(post(`${details}\n\n## Why now?\n\nIt rains.`))).toEqual(listed);
  });

  test('a colon in a question of a script without capitals makes no label', () => {
    const text = 'في رأيك: ما الذي ينقص السوق؟';
    expect(asked(post(`## النقاش\n\n- ${text}`))).toEqual([text]);
    const [question] = parsePost(post('## النقاش\n\n- **السوق:** ما الذي ينقصه اليوم؟')).questions;
    expect(question).toMatchObject({ heading: 'السوق', text: 'ما الذي ينقصه اليوم؟' });
  });

  test.each([
    ['Greek', 'Τι θα άλλαζες στην αγορά;'],
    ['Chinese', '你想先修什么？'],
    ['French', 'Que répareriez-vous d’abord ?'],
    ['Urdu', 'آپ سب سے پہلے کیا ٹھیک کریں گے؟'],
  ])('with the question mark of %s', (_, text) => {
    expect(asked(post(`## Your turn\n\n- ${text}`))).toEqual([text]);
  });
});

describe('short questions of a list', () => {
  test.each([
    ['English', '- What would you mend?\n- Who pays?', ['What would you mend?', 'Who pays?']],
    ['Arabic', '١. ما الذي ينقص السوق؟\n٢. من يصلحه؟', ['ما الذي ينقص السوق؟', 'من يصلحه؟']],
    [
      'Swahili',
      '1. Nini kinavuja mtaani kwako?\n2. Nani anatengeneza?',
      ['Nini kinavuja mtaani kwako?', 'Nani anatengeneza?'],
    ],
  ])('count from two words on: %s', (_, list, expected) => {
    expect(asked(post(`## Your turn\n\n${list}`))).toEqual(expected);
  });

  test('one word alone is left out, and said', () => {
    const read = parsePost(post('## Your turn\n\n- What would you mend?\n- Why?'));
    expect(read.questions.map(({ text }) => text)).toEqual(['What would you mend?']);
    expect(read.warnings.join('\n')).toContain('Too short to be taken as a question: “Why?”');
  });
});

test.each([
  ['一、你想先修什么？\n\n二、谁能帮助你？'],
  ['（一）你想先修什么？\n\n（二）谁能帮助你？'],
  ['- 一、你想先修什么？\n- 二、谁能帮助你？'],
])('Chinese numbers are not part of the questions', (written) => {
  expect(asked(post(`## 参与讨论\n\n${written}`))).toEqual(['你想先修什么？', '谁能帮助你？']);
});

describe('facts about a post', () => {
  test('front matter has flat keys, lists and quoted values; what is nested is ignored', () => {
    const read = parsePost(
      `---\ntitle: 'On: sheds'\nauthors:\n  - Ada Ba\n  - "Cy Do"\nlanguage: pt_BR\nlang: pt-BR\nparams:\n  title: Other\n---\n\nWords.\n`,
    );
    expect(read).toMatchObject({ title: 'On: sheds', author: 'Ada Ba, Cy Do', language: 'pt-BR' });
    expect(read.looked.author.found).toBe('front-matter');
  });

  test.each([
    ['Published on 14 November 2026 by Ada Obi', 'Ada Obi'],
    ['Publicado el 14 de noviembre de 2026 por Ada Obi', 'Ada Obi'],
    ['Publié par Ada Obi le 14 novembre 2026', 'Ada Obi'],
    ['14 ноября 2026, автор: Ада Оби', 'Ада Оби'],
    ['On 14 November 2026 we walked by the river', null],
  ])('the author beside a date: %s', (line, author) => {
    const read = parsePost(`# On sheds\n\n${line}\n\nSheds are dry.\n\nWhat would you mend?`);
    expect([read.author, read.date]).toEqual([author, '2026-11-14']);
  });

  test('lines between rules are no front matter without a usual key', () => {
    expect(parsePost('# On sheds\n\n---\nNote: dry\n---\n\nWords.').passages.length).toBe(3);
  });

  test.each([
    ['12 March 2026', '2026-03-12'],
    ['March 12th, 2026', '2026-03-12'],
    ['12 de marzo de 2026', '2026-03-12'],
    ['12 mars 2026', '2026-03-12'],
    ['1er août 2026', '2026-08-01'],
    ['١٢ مارس ٢٠٢٦', '2026-03-12'],
    ['१२ मार्च २०२६', '2026-03-12'],
    ['১২ মার্চ ২০২৬', '2026-03-12'],
    ['12 Maret 2026', '2026-03-12'],
    ['12 Machi 2026', '2026-03-12'],
    ['12 марта 2026 г.', '2026-03-12'],
    ['2026年3月12日', '2026-03-12'],
    ['2026-03-12', '2026-03-12'],
    ['12/03/2026', null],
    ['31 February 2026', null],
    ['in 2026', null],
  ])('the date %s', (line, date) => {
    expect(parsePost(`# On sheds\n\n${line}\n\nSheds are dry.`).date).toBe(date);
  });

  test('the claim of a page to be in English is checked against its words', () => {
    const page = (lang: string, text: string) =>
      parsePost(`<!doctype html><html lang="${lang}"><h1>${text}</h1><p>${text}</p></html>`)
        .language;
    const french =
      'La bibliothèque ferme à cinq heures, quand tout le monde travaille encore. Ceux qui viennent du centre trouvent la porte fermée, et personne ne sait qui a choisi cet horaire.';
    expect(page('en-US', french)).toBe('fr');
    expect(page('fr-CA', french)).toBe('fr-CA');
    expect(page('en-GB', 'The library closes at five, when everybody is still at work.')).toBe(
      'en-GB',
    );
  });

  test('only an http link is taken', () => {
    expect(parsePost('---\ntitle: X\nlink: javascript:alert(1)\n---\nY').link).toBeNull();
    expect(parsePost('---\ntitle: X\nurl: /posts/x\n---\nY').link).toBeNull();
  });
});

test.each([
  ['मंगल बाज़ार', 'बाज़ार हर मंगलवार को लगता है।', 'अब आपकी बारी', 'आप बाज़ार कब जाते हैं?'],
  ['On sheds', 'Sheds are dry.', 'Your turn', 'What would you mend?'],
])('a title of two words in plain text: %s', (title, ...rest) => {
  const read = parsePost([title, ...rest].join('\n\n'));
  expect([read.title, read.questions.length]).toEqual([title, 1]);
});

test('a numbered subheading is a label without its number', () => {
  const [question] = parsePost(
    post('## Your turn\n\n### 1. Repair\n\nWhat would you mend?'),
  ).questions;
  expect(question?.heading).toBe('Repair');
});

describe('pillars', () => {
  test.each([
    ['a list of names', '- Room\n- Care', ['Room', ''], ['Care', '']],
    [
      'subheadings with lists',
      '### Room\n\n- Dry\n- Warm\n\n### Care\n\n- Cake',
      ['Room', 'Dry Warm'],
      ['Care', 'Cake'],
    ],
    [
      'a list under a subheading',
      '### Our two\n\n- Room: Dry.\n- Care',
      ['Room', 'Dry.'],
      ['Care', ''],
    ],
    [
      'numbers before the names',
      'Axis 1: Room. Dry and warm.\n\nAxis 2: Care – Cake.\n\nAxis 3: Time',
      ['Room', 'Dry and warm.'],
      ['Care', 'Cake.'],
      ['Time', ''],
    ],
    [
      'a table',
      '| Pillar | Meaning |\n|---|---|\n| Room | Dry |\n| Care | Cake |',
      ['Room', 'Dry'],
      ['Care', 'Cake'],
    ],
  ])('%s', (_, section, ...expected) => {
    const { pillars } = parsePost(post(`## The two pillars\n\n${section}`));
    expect(pillars.map(({ name, description }) => [name, description])).toEqual(expected);
  });
});

test('many thousand paragraphs and bare names without a heading are read in seconds', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `<p>It rained ${i}.`).join('');
  const names = Array.from({ length: 5_000 }, (_, i) => `<li>Name ${i}`).join('');
  const html = `<h1>On sheds</h1>${lines}<h2>Pillars</h2><ul>${names}</ul><h2>End</h2><ul><li>What would you mend?</ul>`;
  const read = parsePost(html);
  expect(read.questions.map(({ text }) => text)).toEqual(['What would you mend?']);
  expect(read.pillars.length).toBe(5_000);
});

test.each([
  ['closing quotation marks', '”', '?'],
  ['dashes', '—', 'x'],
  ['question marks', '？', 'x'],
  ['colons', '：', 'x'],
  ['full stops', '。', 'x'],
])('a hundred thousand %s in a row are read in seconds', (_, unit, end) => {
  const run = `Well${unit.repeat(150_000)}${end}`;
  const forms = [run, `**${run}** What?`, `- ${run}`].join('\n\n');
  const read = parsePost(post(`## Pillars\n\n${forms}\n\n## Your turn\n\n${run}\n\n${listed[0]}`));
  expect(read.questions.map(({ text }) => text)).toContain(listed[0]);
});

test.each([
  ['By Monday the river had risen.', null],
  ['By Ada Ba, 4 min read', 'Ada Ba'],
  ['Por Ada Ba · 3 de mayo de 2026', 'Ada Ba'],
])('the author in the line “%s”', (line, author) => {
  expect(parsePost(`# On sheds\n\n${line}\n\nSheds are dry.`).author).toBe(author);
});
