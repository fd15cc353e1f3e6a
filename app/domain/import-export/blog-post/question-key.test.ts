import { expect, test } from 'vitest';
import { questionKey } from './question-key';

const QUESTION = 'How could your town’s council help — would a “key” be enough?';

test('a key is 32 hexadecimal digits and stays the same for good', () => {
  // Stored with imported threads: if this value changed, every post would be imported again.
  expect(questionKey('What did you mend last month?')).toBe('19054217df38ca5d5351a319fb4ff1c0');
  expect(questionKey(QUESTION)).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  'How could your town\'s council help -- would a "key" be enough ?',
  'HOW COULD YOUR TOWN’S COUNCIL HELP: WOULD A KEY BE ENOUGH',
  '  How could your\u00a0town’s\r\n council help — would a “key” be enough? 💬',
  'How could your townâ€™s council help â€” would a â€œkeyâ€\u009d be enough?',
  'How could your town\ufffds council help \ufffd would a \ufffdkey\ufffd be enough?',
  'Ｈｏｗ could your town’s council help — would a “key” be enough？',
  '**How could your town’s council help** — would a “key” be enough?',
])('the same question however it is written: %s', (text) => {
  expect(questionKey(text)).toBe(questionKey(QUESTION));
});

test('another question has another key', () => {
  const others = [
    'What did you mend?',
    'What did you mend 2?',
    'What did he mend?',
    'Café?',
    'Cafe?',
  ];
  expect(new Set(others.map(questionKey)).size).toBe(others.length);
});
