import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '~/platform/clock';

/**
 * Limits sending to a number of emails per second, measured with the machine's monotonic clock: a
 * full second's quota may be sent at once, after that one every 1/n of a second (generic cell rate
 * algorithm). Without a limit it never waits.
 *
 * Nodemailer's `rateLimit` is not used: it lets each new connection send at once, and it would
 * delay an email after it was claimed and composed, not before.
 */
export class Pace {
  /** Time at which the next email would be due if none had been sent early, in ms. */
  #due = 0;

  constructor(readonly perSecond: number) {}

  /** Returns how long the next email has to wait, in ms, and counts it as sent after that time. */
  take(now: number): number {
    if (this.perSecond === 0) return 0;
    const step = SECOND / this.perSecond;
    const ahead = Math.max(0, SECOND - step);
    this.#due = Math.max(this.#due, now) + step;
    return Math.max(0, this.#due - step - ahead - now);
  }

  /** Resolves when the next email may be sent, or when `signal` is aborted. */
  async wait(signal?: AbortSignal): Promise<void> {
    const ms = this.take(performance.now());
    if (ms === 0) return;
    await pause(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  }
}
