/** A counter of free places with a bounded line of those who wait, first come, first served. */
export interface Slots {
  /**
   * Whether there is a place: true at once or when it is one's turn, false if the line is full or
   * one has stood in it for so many milliseconds. Each place taken is given back once.
   */
  take(milliseconds?: number): Promise<boolean>;
  /** Resolves with a place, however many wait and for however long. */
  wait(): Promise<boolean>;
  give(): void;
  /** Rejects those who wait and all who come later. Places already taken stay taken. */
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
