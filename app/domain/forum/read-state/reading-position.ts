/**
 * A record of reading: everything under the contributions up to a position that was public at a
 * given time.
 */
export interface ReadMark {
  /** The last contribution that was read; '' for the whole thread. */
  throughId: string;
  /** Time of that contribution (UTC ms); with its id, the position in the thread. */
  through: number;
  /** UTC ms. */
  seenAt: number;
}

/**
 * Returns the marks after adding one, without any that another one covers. Marks further down the
 * thread are always older; a person who reads in order has one or two.
 */
export function addMark(marks: readonly ReadMark[], added: ReadMark): ReadMark[] {
  if (marks.some((mark) => covers(mark, added))) return [...marks];
  return [...marks.filter((mark) => !covers(added, mark)), added];
}

function covers(a: ReadMark, b: ReadMark): boolean {
  return a.seenAt >= b.seenAt && reaches(a, b);
}

function reaches(a: ReadMark, b: ReadMark): boolean {
  if (a.throughId === '') return true;
  if (b.throughId === '') return false;
  return a.through > b.through || (a.through === b.through && a.throughId >= b.throughId);
}
