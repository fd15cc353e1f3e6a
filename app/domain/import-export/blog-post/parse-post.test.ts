import { existsSync, readFileSync } from 'node:fs';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { LARGEST_POST, type ParsedPost, parsePost, requireComplete } from './parse-post';
import { type PostFault, PostFormatError } from './post-format-error';
import { questionKey } from './question-key';

const ROOT = new URL('../../../../', import.meta.url);
const readFixture = (form: string) =>
  readFileSync(new URL(`tests/fixtures/post-own.${form}`, ROOT), 'utf8');
const OWN = readFixture('md');

/**
 * The real post that opens the forum is not part of the project; if it is available nearby, it is
 * tested too.
 */
const REAL_POST = new URL('../shared/post.md', ROOT);

const OWN_QUESTIONS = [
  'Which tool would you lend to a stranger, and what stops you from doing so today?',
  'How could your town’s council help a shed without running it — would a “key for a year” be enough?',
  'What did you mend last month that a borrowed tool made possible?',
];
const REAL_QUESTIONS = [
  'What do you see as the biggest barrier to democratizing AI power in your region or industry?',
  'Which open-source AI initiative or platform do you believe has the most potential to bridge the AI divide?',
  'How can governments and international organizations best collaborate to ensure equitable AI access globally?',
  'What role can individual developers or small businesses play in promoting AI democratization?',
  'If AI power were truly democratized, what new solutions or innovations do you think would emerge globally?',
];

/**
 * Returns what must be the same for every format and damage: everything except format and warnings.
 */
function contentOf({ title, summaryPoints, pillars, glossary, questions }: ParsedPost) {
  return { title, summaryPoints, pillars, glossary, questions };
}

const textsOf = (post: ParsedPost) => post.questions.map(({ text }) => text);
const keysOf = (post: ParsedPost) => post.questions.map(({ text }) => questionKey(text));

function faultOf(source: string): PostFault {
  try {
    requireComplete(parsePost(source));
  } catch (error) {
    if (error instanceof PostFormatError) return error.fault;
    throw error;
  }
  throw new Error('The post was read, though it should have been refused.');
}

// Ways in which a post may arrive. Each takes the intact Markdown.

const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function misread(source: string): string {
  const bytes = Buffer.from(source, 'utf8');
  return Array.from(bytes, (byte) =>
    byte >= 0x80 && byte < 0xa0 ? [...CP1252][byte - 0x80] : String.fromCharCode(byte),
  ).join('');
}

const misreadAsLatin1 = (source: string) => Buffer.from(source, 'utf8').toString('latin1');

function stripped(source: string): string {
  return source.replace(/^#+ /gm, '').replace(/\*\*/g, '');
}

/** As copied from a page in Firefox: bullets and numbers, indented. */
function bulleted(source: string, bullet = '    • '): string {
  return stripped(source)
    .replace(/^- /gm, bullet)
    .replace(/^(\d\. .*\.)$/gm, '    $1');
}

/** As copied from a page in Chrome: items without bullets. */
function bare(source: string): string {
  return stripped(source)
    .replace(/^- /gm, '')
    .replace(/^\d\. (.*\.)$/gm, '$1');
}

function wrapped(source: string, width: number, hanging = ''): string {
  return source
    .split('\n')
    .map((line) => {
      if (line.startsWith('#')) return line;
      const rows: string[] = [];
      let row = '';
      for (const word of line.split(' ')) {
        if (row.trim() && row.length + 1 + word.length > width) {
          rows.push(row);
          row = hanging + word;
        } else
          row =
            row === '' && rows.length === 0 && word === '' ? ' ' : row ? `${row} ${word}` : word;
      }
      return [...rows, row].join('\n');
    })
    .join('\n');
}

const spacedOut = (source: string) => source.replace(/\n+/g, '\n\n');
const squeezed = (source: string) => source.replace(/\n+/g, '\n');
const withCrlf = (source: string) => source.replace(/\n/g, '\r\n');
const withNbsp = (source: string) => source.replace(/(\w) (\w)/g, '$1\u00a0$2');
const eachBlockTwice = (source: string) =>
  source.replace(/^.+(?:\n.+)*/gm, (block) => `${block}\n\n${block}`);
const eachLineTwice = (source: string) => source.replace(/^.+$/gm, (line) => `${line}\n${line}`);
const brokenEmoji = (source: string) =>
  source.replace(/^(#* *)(Join the|2\. Pillars)/gmu, '$1\ufffd\ufffd $2');

function page(source: string): string {
  const content = marked.parse(source, { async: false });
  return `<!DOCTYPE html><html><head><title>Post | Site</title>
    <style>h1 { color: red }</style><script>var html = "<h2>Join the Conversation</h2>";</script></head>
    <body class=x><nav><ul><li>Home<li>What is this site about?</ul></nav><div><div>
    <main><div class="post">${content}</div></main>
    <aside><h2>Join the Conversation</h2><ul><li>Did you see our other posts?</li></ul></aside></div></div>
    <footer><h3>Glossary</h3><p>Terms: and conditions</p></footer><script>go()</script></body></html>`;
}

/** HTML from an editor that only has paragraphs. */
function pageOfParagraphs(source: string): string {
  const lines = bulleted(source, '• ').split(/\n+/);
  return `<html><body>${lines.map((line) => `<p>${line.replaceAll('&', '&amp;')}</p>`).join('')}</body></html>`;
}

/** HTML from an editor that has neither lists nor headings. */
function pageOfBreaks(source: string): string {
  const paragraphs = bulleted(source, '• ').split(/\n\n+/);
  const [title = '', ...rest] = paragraphs;
  return `<div><h1>${title}</h1>${rest
    .map((paragraph) => `<p>${paragraph.trim().replace(/\n/g, '<br>\n')}</p>`)
    .join('\n')}</div>`;
}

const DAMAGES: Record<string, (source: string) => string> = {
  'no damage': (source) => source,
  'a byte order mark': (source) => `\ufeff${source}`,
  'Windows line ends': withCrlf,
  'old Macintosh line ends': (source) => source.replace(/\n/g, '\r'),
  'non-breaking spaces': withNbsp,
  'zero-width characters': (source) => source.replace(/(\w) (\w)/g, '$1\u200b \u2060$2'),
  'UTF-8 read as Windows-1252': misread,
  'UTF-8 read as Windows-1252 twice': (source) => misread(misread(source)),
  'UTF-8 read as Latin-1': misreadAsLatin1,
  'broken emoji': brokenEmoji,
  'the document pasted twice': (source) => `${source}\n\n${source}`,
  'every block twice': eachBlockTwice,
  'every line twice': (source) => eachLineTwice(source),
};

const FORMS: Record<string, (source: string) => string> = {
  Markdown: (source) => source,
  'Markdown with asterisks': (source) => source.replace(/^- /gm, '* '),
  'Markdown with typographic bullets': (source) => source.replace(/^- /gm, '• '),
  'Markdown with loose lists': spacedOut,
  'Markdown under one indentation': (source) => source.replace(/^(?=.)/gm, '        '),
  'Markdown wrapped at 72': (source) => wrapped(source, 72, '  '),
  'an HTML page': page,
  'an HTML fragment': (source) => marked.parse(source, { async: false }),
  'an HTML page with line breaks for lists': pageOfBreaks,
  'an HTML page of paragraphs alone': pageOfParagraphs,
  'text with bullets': (source) => bulleted(source),
  'text with bullets and tabs': (source) => bulleted(source, '•\t'),
  'text with dashes': (source) => bulleted(source, '– '),
  'text with bare items': bare,
  'text with bullets, every line apart': (source) => spacedOut(bulleted(source)),
  'text with bullets, no empty lines': (source) => squeezed(bulleted(source)),
  'text with bare items, no empty lines': (source) => squeezed(bare(source)),
  'text with marks of Markdown left': (source) => source.replace(/^#+ /gm, ''),
};

function describeReading(name: string, source: () => string, questions: string[]) {
  describe(name, () => {
    const forms = Object.entries(FORMS).map(([form, make]) => ({ form, make }));

    describe.each(forms)('as $form', ({ make }) => {
      test.each(Object.entries(DAMAGES))('with %s gives the same content', (_, damage) => {
        const sound = parsePost(source());
        const read = parsePost(damage(make(source())));
        expect(contentOf(read)).toEqual(contentOf(sound));
        expect(textsOf(read)).toEqual(questions);
        expect(read.questions.map(({ number }) => number)).toEqual(questions.map((_, i) => i + 1));
      });
    });

    test.each([60, 66, 72, 78, 80, 100])('text wrapped at %i columns', (width) => {
      const sound = contentOf(parsePost(source()));
      for (const indent of ['', '      ']) {
        expect(contentOf(parsePost(wrapped(bulleted(source()), width, indent)))).toEqual(sound);
        const quoted = wrapped(bulleted(source()), width, indent).replace(/^/gm, '> ');
        expect(contentOf(parsePost(quoted))).toEqual(sound);
      }
      expect(textsOf(parsePost(wrapped(bare(source()), width)))).toEqual(questions);
      expect(textsOf(parsePost(squeezed(wrapped(bare(source()), width))))).toEqual(questions);
    });

    test('straight and curly quotes give the same keys', () => {
      const straight = source().replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/—/g, '--');
      const curly = source().replace(/'/g, '’');
      const keys = questions.map(questionKey);
      for (const make of Object.values(FORMS)) {
        expect(keysOf(parsePost(make(straight)))).toEqual(keys);
        expect(keysOf(parsePost(make(curly)))).toEqual(keys);
      }
    });

    test('a truncated post gives whole questions or a clear error', () => {
      for (const make of [FORMS.Markdown, FORMS['an HTML page'], bulleted, bare]) {
        const whole = make?.(source()) ?? '';
        const step = Math.ceil(whole.length / 50);
        for (let end = 0; end < whole.length; end += step) {
          let read: string[] = [];
          try {
            read = textsOf(requireComplete(parsePost(whole.slice(0, end))));
          } catch (error) {
            expect(error).toBeInstanceOf(PostFormatError);
          }
          expect(questions.slice(0, read.length)).toEqual(read);
        }
      }
    });

    test('a post truncated inside a question gives a warning', () => {
      for (const make of [FORMS.Markdown, bulleted, bare]) {
        const whole = make?.(source()) ?? '';
        const cut = whole.slice(0, whole.indexOf(questions[1] ?? '') + 30);
        const post = parsePost(cut);
        expect(textsOf(post)).toEqual(questions.slice(0, 1));
        expect(post.warnings.join()).toMatch(/Left out of the questions/);
      }
    });

    test.each([
      ['summary', /^In this post, we explore[\s\S]*?(?=^## )/m, /summary/, 'summaryPoints'],
      ['pillars', /^## 2\. [\s\S]*?(?=^### )/m, /pillars/, 'pillars'],
      ['glossary', /^## Glossary[\s\S]*/m, /glossary/, 'glossary'],
    ] as const)('without its %s it is read, with a warning', (_, section, warning, field) => {
      const without = source().replace(section, '');
      expect(without).not.toBe(source());
      for (const make of Object.values(FORMS)) {
        const post = parsePost(make(without));
        expect(textsOf(post)).toEqual(questions);
        expect(post[field]).toEqual([]);
        expect(post.warnings.join('\n')).toMatch(warning);
      }
    });

    test('without its questions it is refused', () => {
      const section = /^## Join the Conversation[\s\S]*?(?=^## )/m;
      const empty = source().replace(
        section,
        '## Join the Conversation\n\nCome and talk to us!\n\n',
      );
      for (const make of Object.values(FORMS)) {
        expect(faultOf(make(source().replace(section, '')))).toBe('no-conversation');
        expect(faultOf(make(empty))).toBe('no-questions');
      }
    });

    test('without its title it is refused', () => {
      expect(faultOf(source().replace(/^# .*\n/, ''))).toBe('no-title');
      const opening = /^# [\s\S]*?(?=^[A-Z])/m;
      expect(faultOf(bulleted(source().replace(opening, '')))).toBe('no-title');
    });
  });
}

describeReading('a post of our own', () => OWN, OWN_QUESTIONS);

describe.skipIf(!existsSync(REAL_POST))('the post that the forum opens with', () => {
  describeReading('read in full', () => readFileSync(REAL_POST, 'utf8'), REAL_QUESTIONS);

  test('names the four pillars of the forum', () => {
    const { pillars, summaryPoints, glossary, warnings } = parsePost(
      readFileSync(REAL_POST, 'utf8'),
    );
    expect(pillars.map(({ name }) => name)).toEqual([
      'Open-Source AI and Collaborative Research',
      'Accessible Education and Skill Development',
      'Distributed Infrastructure',
      'Inclusive Policy and Governance',
    ]);
    expect(summaryPoints).toHaveLength(5);
    expect(glossary).toHaveLength(7);
    expect(warnings).toEqual([]);
  });
});

describe('three files of the same post', () => {
  test.each([
    ['md', 'markdown'],
    ['html', 'html'],
    ['txt', 'text'],
  ])('.%s', (extension, format) => {
    const post = parsePost(readFixture(extension));
    expect(post.format).toBe(format);
    expect(contentOf(post)).toEqual({
      title: 'Sharing the Workshop: How Tool Libraries Keep a Town Repairing',
      summaryPoints: [
        'Why good tools gather dust in a few garages.',
        'What a lending shed needs before its first morning.',
        'How volunteers keep it going after the second winter.',
      ],
      pillars: [
        {
          name: 'Open-Source Plans and Jigs',
          description:
            'Drawings that anyone may copy, change and hand on, so that no shed starts from a blank sheet.',
        },
        {
          name: 'Hands-On Education',
          description: 'Evenings at which a beginner ruins a plank in good company.',
        },
        {
          name: 'Shared Infrastructure',
          description: "A dry room, a sturdy bench and a socket that doesn't trip.",
        },
        {
          name: 'Volunteer Care',
          description: 'Rest, thanks and cake for those who keep the keys.',
        },
      ],
      glossary: [
        {
          term: 'Tool Library',
          definition: 'A place that lends tools the way others lend books.',
        },
        {
          term: 'Jig (template)',
          definition:
            'A home-made guide that holds a piece of work so that each cut comes out alike.',
        },
        {
          term: 'Repair Café',
          definition: 'An afternoon at which visitors mend what they brought, with help.',
        },
      ],
      questions: OWN_QUESTIONS.map((text, index) => ({ number: index + 1, text, heading: null })),
    });
  });
});

describe('questions written another way', () => {
  const post = (section: string) => `# A title of three\n\nWords.\n\n${section}\n`;
  const ask = (section: string) =>
    parsePost(post(section)).questions.map(({ text, heading }) => [heading, text]);

  test('under a heading with other words, case and punctuation', () => {
    for (const name of [
      '💬 JOIN THE CONVERSATION!',
      'Join our discussion:',
      'Have your say',
      '7. Join the Conversation',
    ]) {
      expect(ask(`## ${name}\n\n- What would you mend?`)).toEqual([[null, 'What would you mend?']]);
    }
  });

  test('numbered, labelled in bold, or each under its own subheading', () => {
    const expected = [
      ['Barriers', 'What is in your way?'],
      ['Help', 'Who could help you?'],
    ];
    expect(
      ask(
        '## Join the Conversation\n\n1. **Barriers:** What is in your way?\n2. **Help:** Who could help you?',
      ),
    ).toEqual(expected);
    expect(
      ask(
        '## Join the Conversation\n\n### Barriers\n\nWhat is in your way?\n\n### Help\n\nWho could help you?',
      ),
    ).toEqual(expected);
    expect(
      ask('## Join the Conversation\n\n### What is in your way?\n\n### Who could help you?'),
    ).toEqual(expected.map(([, text]) => [null, text]));
    expect(
      ask(
        '## Join the Conversation\n\nQ1: What is in your way?\n\nQuestion 2: Who could help you?',
      ),
    ).toEqual(expected.map(([, text]) => [null, text]));
  });

  test('a colon inside a question does not make a label', () => {
    const text = 'Given a choice: what would you mend first?';
    expect(ask(`## Join the Conversation\n\n- ${text}`)).toEqual([[null, text]]);
  });

  test('text that is not a question, or is outside the list, is left out with a warning', () => {
    const read = parsePost(
      post(
        '## Join the Conversation\n\nShall we?\n\n- What would you mend?\n- Tell us of your shed.',
      ),
    );
    expect(textsOf(read)).toEqual(['What would you mend?']);
    expect(read.warnings.join('\n')).toMatch(/does not ask: “Tell us of your shed\.”/);
    expect(read.warnings.join('\n')).toMatch(/outside the list of questions: “Shall we\?”/);
  });

  test('a question that speaks of comments does not close the list', () => {
    const texts = ['What would you mend?', 'How do you share your ideas?', 'Who could help you?'];
    const read = parsePost(`A title of three\n\nJoin the Conversation\n\n${texts.join('\n')}\n`);
    expect(textsOf(read)).toEqual(texts);
  });

  test('in Arabic', () => {
    expect(ask('## Join the Conversation\n\n- ما أكبر عائق في منطقتك؟')).toEqual([
      [null, 'ما أكبر عائق في منطقتك؟'],
    ]);
  });

  test('content after the post is not part of it', () => {
    const text = parsePost(
      'A title of three\n\nJoin the Conversation\n\nWhat would you mend?\nWho could help you?\n\nShare your thoughts in the comments below!\n\nDid this help you at all?\n\nRelated posts\n\nWhy do sheds matter so much?\n',
    );
    expect(textsOf(text)).toEqual(['What would you mend?', 'Who could help you?']);
  });
});

describe('a title', () => {
  const rest = '## Join the Conversation\n\n- What would you mend?';

  test('from front matter', () => {
    expect(parsePost(`---\ntitle: "On sheds"\ntags: [a]\n---\n\nWords.\n\n${rest}`).title).toBe(
      'On sheds',
    );
  });

  test('from the head of a page without a main heading', () => {
    const html = `<html><title>On sheds</title><body>${marked.parse(rest, { async: false })}`;
    expect(parsePost(html).title).toBe('On sheds');
  });

  test('outside the article, not from the frame of the page', () => {
    const html = `<header><h1>On sheds</h1></header><article>${marked.parse(rest, { async: false })}</article>`;
    expect(parsePost(html).title).toBe('On sheds');
  });
});

describe('files that are not posts', () => {
  test.each<[string, string, PostFault]>([
    ['an empty file', '', 'empty'],
    ['blanks', ' \r\n\t\ufeff\n', 'empty'],
    [
      'binary data',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 256)).toString(),
      'not-text',
    ],
    ['zero bytes', '\0'.repeat(1000), 'not-text'],
    ['more than 2 MB', 'word '.repeat(LARGEST_POST / 5 + 1), 'too-large'],
    [
      'more than 2 MB in bytes, fewer in characters',
      '語'.repeat(LARGEST_POST / 3 + 1),
      'too-large',
    ],
    ['one line', 'Hello', 'no-conversation'],
    ['a heading alone', '# Join the Conversation\n\n- What would you mend?', 'no-title'],
    ['divisions nested 50 000 deep', `<body>${'<div>'.repeat(50_000)}`, 'too-deep'],
  ])('%s', (_, source, fault) => {
    expect(faultOf(source)).toBe(fault);
  });

  const deep = 20_000;
  test.each([
    ['quotations', '> '.repeat(deep)],
    ['lists on a line', '- '.repeat(deep)],
    [
      'lists by indentation',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n'),
    ],
    ['brackets', '['.repeat(deep)],
    ['emphasis', '*a **b '.repeat(2000)],
    ['inline tags', '<b><i>'.repeat(200)],
  ])('deep nesting of %s does no harm to the rest', (_, nest) => {
    const source = `# A title of three\n\n${nest}\n\n## Join the Conversation\n\n- What would you mend?\n`;
    expect(textsOf(parsePost(source))).toEqual(['What would you mend?']);
  });

  test.each([
    ['lines that join', 'a: b c\n'],
    ['lines', 'a b c.\n'],
    ['emoji', '💬 x '],
    ['items', '- a b c\n'],
    ['misread characters', 'ðŸ’¬â€'],
  ])('400 kB of %s are read in seconds', (_, unit) => {
    const bulk = unit.repeat(LARGEST_POST / 5 / Buffer.byteLength(unit));
    const source = `A title of three\n\n${bulk}\n\nJoin the Conversation\n\n- What would you mend?\n`;
    expect(textsOf(parsePost(source))).toEqual(['What would you mend?']);
  });

  test('many thousand items and lines do not overflow the stack', () => {
    const questions = Array.from({ length: 20_000 }, (_, i) => `What would you mend ${i}?`);
    const list = questions.map((text) => `<li>${text}`).join('');
    const lines = Array.from({ length: 150_000 }, (_, i) => `<br>${i}`).join('');
    const html = `<h1>On sheds</h1><p>Words${lines}<h2>Join the conversation</h2><ul>${list}</ul>`;
    expect(textsOf(parsePost(html))).toEqual(questions);
  });

  test('an error is one clear line', () => {
    expect(() => requireComplete(parsePost('# On sheds\n\nWords.'))).toThrow(
      new PostFormatError('no-conversation', 'The post has no "Join the Conversation" section.'),
    );
  });
});
