import { readFileSync, readlinkSync } from 'node:fs';

/** Linux reports thread times in hundredths of a second, whatever the kernel's own clock. */
const MILLISECONDS_A_TICK = 10;

/** Returns the operating system's id of the current thread; null if it is not available. */
export function ownThread(): string | null {
  try {
    return readlinkSync('/proc/thread-self').split('/').at(-1) ?? null;
  } catch {
    return null;
  }
}

/**
 * Returns the CPU time used so far by a thread of this process, in milliseconds (proc(5), `utime`
 * and `stime`). Null if it is not available or the thread has ended.
 */
export function threadTime(thread: string): number | null {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
    // The second field is a name in parentheses, which may contain anything, including spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_A_TICK;
  } catch {
    return null;
  }
}
