import { expect, test } from 'vitest';
import { type Block, tidy, withoutRepeats, wordsOf } from './blocks';

const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text, lead: null, group: 0 });

test('text repeated under one heading is removed, text quoted under another is kept', () => {
  const blocks = [
    heading('Sheds'),
    paragraph('What would you mend?'),
    paragraph('what would you mend ?'),
    heading('Join in'),
    heading('Join in!'),
    paragraph('What would you mend?'),
    heading('Sheds'),
    paragraph('What would you mend?'),
  ];
  const { blocks: kept, repeats } = withoutRepeats(blocks);
  expect(kept.map(({ text }) => text)).toEqual([
    'Sheds',
    'What would you mend?',
    'Join in',
    'What would you mend?',
    'Sheds',
  ]);
  expect(repeats).toBe(2);
});

test('emoji are removed from the ends of a line, trademark signs are not', () => {
  expect(tidy(' 💬 👩🏽‍🔧 Join the\n conversation ❤️ ')).toBe('Join the conversation');
  expect(tidy('1️⃣ What is 💬 here?')).toBe('What is 💬 here?');
  expect(tidy('Shed™')).toBe('Shed™');
});

test('words are in lower case, without punctuation and section numbers', () => {
  expect(wordsOf('2. Join — the “Conversation”!')).toEqual(['join', 'the', 'conversation']);
  expect(wordsOf('💬')).toEqual([]);
});
