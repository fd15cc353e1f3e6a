/**
 * One step of how far a thread was read: everything under the contributions up to a place that
 * was public at a moment.
 */
export interface ReadMark {
  /** The last contribution that was read; '' for the whole thread. */
  throughId: string;
  /** When that contribution was written (UTC ms): with its id, its place in the thread. */
  through: number;
  /** UTC ms. */
  seenAt: number;
}

/**
 * The marks that are left when one is added: none that another covers. They form a staircase,
 * the further down the thread the longer ago, and are one or two for whoever reads in order.
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
