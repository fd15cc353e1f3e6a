import { describe, expect, it } from 'vitest';
import { addMark, type ReadMark } from './reading-position';

const mark = (throughId: string, seenAt: number): ReadMark => ({
  throughId,
  through: throughId === '' ? 0 : throughId.charCodeAt(0),
  seenAt,
});

describe('reading positions in a thread', () => {
  it('are one for a person who reads in order', () => {
    let marks: ReadMark[] = [];
    for (const [at, id] of ['a', 'b', 'c', ''].entries()) marks = addMark(marks, mark(id, at));
    expect(marks).toEqual([mark('', 3)]);
  });

  it('keep the lower position when a person reads further up again', () => {
    const marks = addMark([mark('c', 1)], mark('a', 5));
    expect(marks).toEqual([mark('c', 1), mark('a', 5)]);
    expect(addMark(marks, mark('b', 6))).toEqual([mark('c', 1), mark('b', 6)]);
    expect(addMark(marks, mark('', 7))).toEqual([mark('', 7)]);
  });

  it('do not go back if an old page is submitted late', () => {
    expect(addMark([mark('', 9)], mark('b', 4))).toEqual([mark('', 9)]);
    expect(addMark([mark('c', 9)], mark('c', 4))).toEqual([mark('c', 9)]);
  });

  it('distinguish contributions of the same time by their ids', () => {
    const first = { throughId: 'x1', through: 7, seenAt: 1 };
    const second = { throughId: 'x2', through: 7, seenAt: 1 };
    expect(addMark([second], first)).toEqual([second]);
    expect(addMark([first], second)).toEqual([second]);
  });
});
