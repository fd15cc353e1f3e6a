/**
 * Who asks for work, from coarse to fine: the network, an address in it, what is asked for. Empty
 * for work of the operator, which no limit for one network applies to.
 */
export type Asker = readonly string[];

/** Gives a place back. Calling it again does nothing. */
export type GiveBack = () => void;

export interface FairQueueOptions {
  /** How many pieces of work run at the same time. */
  places: number;
  /** How many of these one network may have. */
  placesEach: number;
  /** How many may wait: from one address, and in total. */
  waitingEach: number;
  waitingInAll: number;
}

export interface FairQueue {
  /**
   * Takes a place, at once or in turn. Resolves to null if too many wait, or after waiting
   * `milliseconds`. With `always`, it waits however many wait already.
   * @throws the reason given to `close`.
   */
  take(
    asker: Asker,
    options?: { milliseconds?: number | undefined; always?: boolean },
  ): Promise<GiveBack | null>;
  /** Rejects everything that waits or comes later. Places already taken stay taken. */
  close(reason: Error): void;
}

interface Waiting {
  /** One name for each level of its asker; each contains those before it. */
  names: string[];
  always: boolean;
  timer?: NodeJS.Timeout;
  resolve(place: GiveBack | null): void;
  reject(reason: Error): void;
}

/** After so many pieces of work, everything counted so far counts half. */
const REMEMBERED = 500;

/**
 * A semaphore with a bounded queue that is fair to networks. A free place goes to the network that
 * had the fewest pieces of work lately; within it to the address that had the fewest; within that
 * to what was asked for least. So a newcomer waits for work that has begun, and never for the queue
 * of whoever asks a lot. If too many wait, the newest of those who wait most is refused.
 *
 * All work begins in a later turn of the event loop than it was asked for, one piece in each turn.
 * Work that never waits for anything would otherwise run on and on, while nobody else's request is
 * even received; and of many requests that arrive at once the fairest begins.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { places, placesEach, waitingEach, waitingInAll } = options;
  /** In the order of arrival. */
  const waiting: Waiting[] = [];
  const running = new Map<string, number>();
  /** Pieces of work lately, by name. */
  const served = new Map<string, number>();
  let free = places;
  let begun = 0;
  let isBeginning = false;
  let closed: Error | undefined;

  /** How many more places a network can have. */
  const roomOf = ([network]: string[]) =>
    network === undefined ? free : Math.min(free, placesEach - (running.get(network) ?? 0));

  function begin(names: string[]): GiveBack {
    const [network] = names;
    free -= 1;
    if (network !== undefined) running.set(network, (running.get(network) ?? 0) + 1);
    for (const name of names) served.set(name, (served.get(name) ?? 0) + 1);
    if (++begun % REMEMBERED === 0) halve(served);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      free += 1;
      if (network !== undefined) leave(running, network);
      beginSoon();
    };
  }

  /** Lets one begin in a later turn of the loop, and the others that have room in turns after that. */
  function beginSoon(): void {
    if (isBeginning || free === 0 || waiting.length === 0) return;
    isBeginning = true;
    inTurnOfLoop(() => {
      isBeginning = false;
      const next = turnOf();
      if (!next) return;
      remove(next);
      next.resolve(begin(next.names));
      beginSoon();
    });
  }

  /** Whose turn it is, if any of those who wait can begin. */
  function turnOf(): Waiting | undefined {
    return narrowed(
      waiting.filter(({ names }) => roomOf(names) > 0),
      (name) => -(served.get(name) ?? 0),
    )[0];
  }

  /** Refuses the newest of those who wait most. */
  function refuseOne(among: Waiting[]): void {
    const waitingFor = new Map<string, number>();
    for (const { names } of among) {
      for (const name of names) waitingFor.set(name, (waitingFor.get(name) ?? 0) + 1);
    }
    const newestFirst = among.toReversed();
    const [refused] = narrowed(newestFirst, (name) => waitingFor.get(name) ?? 0);
    if (!refused) return;
    remove(refused);
    refused.resolve(null);
  }

  function remove(one: Waiting): void {
    clearTimeout(one.timer);
    waiting.splice(waiting.indexOf(one), 1);
  }

  return {
    take(asker, { milliseconds, always = false } = {}) {
      if (closed) return Promise.reject(closed);
      const names = asker.map((_, level) => asker.slice(0, level + 1).join(' '));
      return new Promise((resolve, reject) => {
        const one: Waiting = { names, always, resolve, reject };
        waiting.push(one);
        if (milliseconds !== undefined) {
          one.timer = setTimeout(() => {
            remove(one);
            resolve(null);
          }, milliseconds);
        }
        const bounded = waiting.filter((other) => !other.always);
        const place = names[1] ?? names[0];
        const beside = bounded.filter((other) => place && other.names.includes(place));
        // Those that begin in the next turns do not count as waiting.
        if (beside.length > waitingEach + roomOf(names)) refuseOne(beside);
        else if (bounded.length > waitingInAll + free) refuseOne(bounded);
        beginSoon();
      });
    },

    close(reason) {
      closed = reason;
      for (const one of [...waiting]) {
        remove(one);
        one.reject(reason);
      }
    },
  };
}

/** What waits for a turn of the event loop, in the order of arrival. */
const ahead: (() => void)[] = [];

/**
 * How long a piece of work lets turns of the loop pass while requests arrive, in ms. Node accepts one
 * connection in each turn: a visitor would otherwise wait for as many pages as others have opened
 * connections.
 */
const ARRIVING = 5;

let hasArrived = false;
let waitsSince: number | null = null;

/** Says that a connection or a request has arrived in this turn of the event loop. */
export function noteArrival(): void {
  hasArrived = true;
}

/** Runs `work` in a later turn of the event loop, and nothing else that was given to this in it. */
function inTurnOfLoop(work: () => void): void {
  if (ahead.push(work) === 1) setImmediate(runOne);
}

function runOne(): void {
  waitsSince ??= performance.now();
  if (hasArrived && performance.now() - waitsSince < ARRIVING) {
    hasArrived = false;
    setImmediate(runOne);
    return;
  }
  waitsSince = null;
  ahead[0]?.();
  ahead.shift();
  if (ahead.length > 0) setImmediate(runOne);
}

/** Level by level, keeps those with the highest rank; of equals, those listed first. */
function narrowed(all: Waiting[], rank: (name: string) => number): Waiting[] {
  const levels = Math.max(0, ...all.map(({ names }) => names.length));
  let left = all;
  for (let level = 0; level < levels; level++) {
    const ranks = left.map(({ names: { [level]: name } }) => (name === undefined ? 0 : rank(name)));
    const chosen = left[ranks.indexOf(Math.max(...ranks))];
    left = left.filter(({ names }) => names[level] === chosen?.names[level]);
  }
  return left;
}

function leave(counts: Map<string, number>, name: string): void {
  const left = (counts.get(name) ?? 0) - 1;
  if (left > 0) counts.set(name, left);
  else counts.delete(name);
}

function halve(counts: Map<string, number>): void {
  for (const [name, count] of counts) {
    if (count > 1) counts.set(name, count / 2);
    else counts.delete(name);
  }
}
