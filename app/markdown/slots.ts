/** A counter of free places with a bounded line of those who wait, first come, first served. */
export interface Slots {
  /** A promise of a place, or undefined if the line is full. Each place taken is given back once. */
  take(): Promise<void> | undefined;
  /** A promise of a place, however many wait. */
  wait(): Promise<void>;
  give(): void;
  /** Rejects those who wait and all who come later. Places already taken stay taken. */
  close(reason: Error): void;
}

export function createSlots(places: number, maxWaiting: number): Slots {
  const waiting: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  let free = places;
  let closed: Error | undefined;

  function wait(): Promise<void> {
    if (closed) return Promise.reject(closed);
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  return {
    take: () => (free === 0 && waiting.length >= maxWaiting && !closed ? undefined : wait()),
    wait,

    give() {
      const next = waiting.shift();
      if (next) next.resolve();
      else free += 1;
    },

    close(reason) {
      closed = reason;
      for (const { reject } of waiting.splice(0)) reject(reason);
    },
  };
}
