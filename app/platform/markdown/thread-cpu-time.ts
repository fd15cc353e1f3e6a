import { readFileSync, readlinkSync } from 'node:fs';

/** Linux counts the time of threads in hundredths of a second, whatever the kernel's own clock. */
const MILLISECONDS_A_TICK = 10;

/** The system's number of the thread that calls this; null where the system does not say. */
export function ownThread(): string | null {
  try {
    return readlinkSync('/proc/thread-self').split('/').at(-1) ?? null;
  } catch {
    return null;
  }
}

/**
 * How long a thread of this process has had a processor so far, in milliseconds (proc(5), `utime`
 * and `stime`). Null where the system does not say, or the thread has ended.
 */
export function threadTime(thread: string): number | null {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
    // The second field is a name in parentheses, which may hold anything, blanks too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_A_TICK;
  } catch {
    return null;
  }
}
