import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '~/platform/clock';

/**
 * Holds a sender to a number of mails a second, by the machine's own time: a second's worth may go
 * at once, after that one every 1/n of a second (the generic cell rate algorithm). Without a limit
 * it never waits.
 *
 * Nodemailer's `rateLimit` is not used: it lets each new connection send at once, and a mail would
 * wait after it was claimed and written, not before.
 */
export class Pace {
  /** When the next mail would be due if none had been sent ahead of time, in ms. */
  #due = 0;

  constructor(readonly perSecond: number) {}

  /** How long the next mail has to wait at a moment, in ms; counts it as sent then. */
  take(now: number): number {
    if (this.perSecond === 0) return 0;
    const step = SECOND / this.perSecond;
    const ahead = Math.max(0, SECOND - step);
    this.#due = Math.max(this.#due, now) + step;
    return Math.max(0, this.#due - step - ahead - now);
  }

  /** Resolves when the next mail may go, or when `signal` says that none is to go any more. */
  async wait(signal?: AbortSignal): Promise<void> {
    const ms = this.take(performance.now());
    if (ms === 0) return;
    await pause(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  }
}
