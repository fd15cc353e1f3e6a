import { expect, it } from 'vitest';
import { readLocation } from './location';

it.each([
  ['https://forum.example/p/01abc', { postId: '01abc' }],
  [' /p/01abc/revisions ', { postId: '01abc' }],
  ['https://forum.example/t/q1/biggest-barrier', { threadId: 'q1' }],
  ['https://forum.example/t/q1/biggest-barrier?page=2#p-01abc', { postId: '01abc' }],
  ['https://elsewhere.example/p/01abc', null],
  ['https://forum.example/u/kofi', null],
  ['https://forum.example/p/', null],
  ['javascript:alert(1)', null],
  ['http://[', null],
  ['', null],
])('reads %s', (typed, place) => {
  expect(readLocation('https://forum.example', typed)).toEqual(place);
});
