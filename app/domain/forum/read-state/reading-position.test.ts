import { describe, expect, it } from 'vitest';
import { addMark, type ReadMark } from './reading-position';

const mark = (throughId: string, seenAt: number): ReadMark => ({
  throughId,
  through: throughId === '' ? 0 : throughId.charCodeAt(0),
  seenAt,
});

describe('marks of how far a thread was read', () => {
  it('stay one for whoever reads in order', () => {
    let marks: ReadMark[] = [];
    for (const [at, id] of ['a', 'b', 'c', ''].entries()) marks = addMark(marks, mark(id, at));
    expect(marks).toEqual([mark('', 3)]);
  });

  it('keep what was read further down when somebody reads again further up', () => {
    const marks = addMark([mark('c', 1)], mark('a', 5));
    expect(marks).toEqual([mark('c', 1), mark('a', 5)]);
    expect(addMark(marks, mark('b', 6))).toEqual([mark('c', 1), mark('b', 6)]);
    expect(addMark(marks, mark('', 7))).toEqual([mark('', 7)]);
  });

  it('do not go back when an old page is sent late', () => {
    expect(addMark([mark('', 9)], mark('b', 4))).toEqual([mark('', 9)]);
    expect(addMark([mark('c', 9)], mark('c', 4))).toEqual([mark('c', 9)]);
  });

  it('tell contributions of the same moment apart by their ids', () => {
    const first = { throughId: 'x1', through: 7, seenAt: 1 };
    const second = { throughId: 'x2', through: 7, seenAt: 1 };
    expect(addMark([second], first)).toEqual([second]);
    expect(addMark([first], second)).toEqual([second]);
  });
});
