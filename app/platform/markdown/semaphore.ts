/** A semaphore with a bounded queue, first come, first served. */
export interface Slots {
  /**
   * Takes a slot. Resolves to true immediately or once a slot is free; to false if the queue is
   * full or after waiting `milliseconds`. Each slot taken must be given back once.
   */
  take(milliseconds?: number): Promise<boolean>;
  /** Takes a slot without limits on the queue or the waiting time. */
  wait(): Promise<boolean>;
  give(): void;
  /** Rejects everything that waits or comes later. Slots already taken stay taken. */
  close(reason: Error): void;
}

interface Waiting {
  resolve(hasPlace: boolean): void;
  reject(reason: Error): void;
  timer?: NodeJS.Timeout;
}

export function createSlots(places: number, maxWaiting: number): Slots {
  const waiting: Waiting[] = [];
  let free = places;
  let closed: Error | undefined;

  function wait(milliseconds?: number): Promise<boolean> {
    if (closed) return Promise.reject(closed);
    if (free > 0) {
      free -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      const one: Waiting = { resolve, reject };
      waiting.push(one);
      if (milliseconds === undefined) return;
      one.timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        resolve(false);
      }, milliseconds);
    });
  }

  return {
    async take(milliseconds) {
      if (free === 0 && waiting.length >= maxWaiting && !closed) return false;
      return wait(milliseconds);
    },

    wait: () => wait(),

    give() {
      const next = waiting.shift();
      if (!next) {
        free += 1;
        return;
      }
      clearTimeout(next.timer);
      next.resolve(true);
    },

    close(reason) {
      closed = reason;
      for (const { reject, timer } of waiting.splice(0)) {
        clearTimeout(timer);
        reject(reason);
      }
    },
  };
}
