import { expect, test } from 'vitest';
import { type Block, tidy, withoutRepeats, wordsOf } from './blocks';

const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text, lead: null, group: 0 });

test('what is repeated under one heading goes, what is quoted under another stays', () => {
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

test('emoji are taken from the ends of a line, signs of trade are not', () => {
  expect(tidy(' 💬 👩🏽‍🔧 Join the\n conversation ❤️ ')).toBe('Join the conversation');
  expect(tidy('1️⃣ What is 💬 here?')).toBe('What is 💬 here?');
  expect(tidy('Shed™')).toBe('Shed™');
});

test('words come without case, signs and the number of a section', () => {
  expect(wordsOf('2. Join — the “Conversation”!')).toEqual(['join', 'the', 'conversation']);
  expect(wordsOf('💬')).toEqual([]);
});
