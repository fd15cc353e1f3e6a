import { expect, test } from 'vitest';
import { comparePosts } from './compare-posts';
import { parsePost } from './parse-post';

const post = `# Sheds

We lend what we own.

## Key points

- Tools gather dust.
- Keys get lost.

## Pillars

- **Room:** A dry bench.
- **Care:** Thanks and cake.

## Join the Conversation

- Which tool would you lend to a stranger?
- What did you mend last month?

## Glossary

- **Jig:** A home-made guide.
`;

test('a post is the same as itself, in another format and order', () => {
  const same = { added: [], removed: [], changed: [] };
  const reordered = post.replace(/(- Which.*\n)(- What.*\n)/, '$2$1').replace(/\n/g, '\r\n');
  expect(comparePosts(parsePost(post), parsePost(reordered))).toEqual({
    title: null,
    introduction: null,
    summaryPoints: same,
    questions: same,
    pillars: same,
    glossary: same,
  });
});

test('what was added, removed and written anew is told apart', () => {
  const edited = post
    .replace('# Sheds', '# Tool sheds')
    .replace('We lend what', 'We share what')
    .replace('- Keys get lost.\n', '')
    .replace('lend to a stranger?', 'lend to a neighbour?')
    .replace('- What did you mend last month?', '- Who should hold the key?')
    .replace('A dry bench.', 'A dry bench and a socket.')
    .replace('**Care:**', '**People:**')
    .replace('- **Jig:** A home-made guide.', '- **Clamp:** Holds two pieces together.');
  const differences = comparePosts(parsePost(post), parsePost(edited));
  expect(differences.title).toEqual({ before: 'Sheds', after: 'Tool sheds' });
  expect(differences.introduction?.after).toBe('We share what we own.');
  expect(differences.summaryPoints).toEqual({
    ...{ added: [], removed: ['Keys get lost.'], changed: [] },
  });
  const { added, removed, changed } = differences.questions;
  expect(added.map(({ text }) => text)).toEqual(['Who should hold the key?']);
  expect(removed.map(({ text }) => text)).toEqual(['What did you mend last month?']);
  expect(changed.map(({ before, after }) => [before.text, after.text])).toEqual([
    ['Which tool would you lend to a stranger?', 'Which tool would you lend to a neighbour?'],
  ]);
  // A pillar with the same name or the same description is the same.
  expect(differences.pillars.changed.map(({ before, after }) => [before.name, after.name])).toEqual(
    expect.arrayContaining([
      ['Room', 'Room'],
      ['Care', 'People'],
    ]),
  );
  expect(differences.glossary.added.map(({ term }) => term)).toEqual(['Clamp']);
  expect(differences.glossary.removed.map(({ term }) => term)).toEqual(['Jig']);
});

test('questions are matched in scripts without spaces too', () => {
  const ask = (text: string) => parsePost(`# 保单\n\n## 讨论\n\n- ${text}\n- 保险费由谁来付？\n`);
  const { changed, added } = comparePosts(
    ask('您每个月付多少保险费？'),
    ask('您每年付多少保险费？'),
  ).questions;
  expect(changed.map(({ after }) => after.text)).toEqual(['您每年付多少保险费？']);
  expect(added).toEqual([]);
});
