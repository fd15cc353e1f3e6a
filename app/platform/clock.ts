/** The domain's only source of time, so that periods, tokens and schedules can be tested. */
export interface Clock {
  /** The current time in UTC milliseconds since 1970. */
  now(): number;
  /** Milliseconds since any fixed time; goes on evenly when the machine's clock is set. */
  elapsed?(): number;
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

/**
 * Returns a clock that never goes back, even if `clock` does, so that what was written later also
 * sorts later. After `clock` was set back this one goes half as fast, or stands still if it cannot
 * tell how much time has passed, until the other has caught up. A step of a day or more is followed:
 * then the time before was wrong.
 * @param notBefore a time that was reached before this process started, in UTC milliseconds
 */
export function steadyClock(clock: Clock, notBefore = 0): Clock {
  const elapsed = () => clock.elapsed?.() ?? 0;
  let last = notBefore;
  let lastElapsed = elapsed();
  let isBehind = false;
  return {
    now() {
      const time = clock.now();
      const passed = elapsed();
      const steady = last + (isBehind ? (passed - lastElapsed) / 2 : 0);
      isBehind = time < steady && steady - time < DAY;
      last = isBehind ? steady : time;
      lastElapsed = passed;
      return Math.floor(last);
    },
  };
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
