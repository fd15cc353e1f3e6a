import { expect, it } from 'vitest';
import {
  type Asker,
  createFairQueue,
  type FairQueueOptions,
  type GiveBack,
  noteArrival,
} from './fair-queue';

const LIMITS = { places: 2, placesEach: 1, waitingEach: 4, waitingInAll: 8 };

/** A queue, what has begun and what was refused, in order, and a way to end the oldest work. */
function setUp(limits: Partial<FairQueueOptions> = {}) {
  const queue = createFairQueue({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const refused: string[] = [];
  const running: GiveBack[] = [];
  const ask = (name: string, asker: Asker) => {
    void queue.take(asker).then((place) => {
      if (!place) return refused.push(name);
      begun.push(name);
      return running.push(place);
    });
  };
  const settle = async () => {
    for (let turn = 0; turn < 9; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const endOne = async () => {
    running.shift()?.();
    await settle();
  };
  return { queue, begun, refused, ask, settle, endOne, running };
}

it('lets a newcomer begin at once while another network has a long queue', async () => {
  const { begun, ask, settle } = setUp();
  for (const n of [1, 2, 3, 4, 5]) ask(`greedy ${n}`, ['greedy', 'g1', '/']);
  ask('newcomer', ['other', 'o1', '/']);
  await settle();
  expect(begun).toEqual(['greedy 1', 'newcomer']);
});

it('gives a free place to the network that had the least, however many others wait', async () => {
  const { begun, ask, settle, endOne } = setUp({ waitingInAll: 50 });
  for (let n = 0; n < 10; n++) {
    ask(`a${n}`, ['a', 'a1', '/']);
    ask(`b${n}`, ['b', 'b1', '/']);
  }
  await settle();
  await endOne();
  await endOne();
  ask('newcomer', ['c', 'c1', '/']);
  await endOne();
  expect(begun.at(-1)).toBe('newcomer');
});

it('is fair within a network too: to its other addresses, and to what else one asks for', async () => {
  const { begun, ask, settle, endOne } = setUp();
  for (const n of [1, 2, 3, 4]) ask(`flood ${n}`, ['net', 'a1', '/t/long']);
  ask('the same address', ['net', 'a1', '/about']);
  ask('a neighbour', ['net', 'a2', '/t/long']);
  await settle();
  await endOne();
  await endOne();
  await endOne();
  expect(begun).toEqual(['flood 1', 'a neighbour', 'the same address', 'flood 2']);
});

it('refuses the newest of those who wait most', async () => {
  const { refused, ask, settle } = setUp();
  for (const n of [1, 2, 3, 4, 5, 6]) ask(`flood ${n}`, ['net', 'a1', '/t/long']);
  ask('the same address', ['net', 'a1', '/about']);
  await settle();
  expect(refused).toEqual(['flood 6', 'flood 5']);
});

it('bounds what all networks together let wait, at the cost of the greediest', async () => {
  const { refused, ask, settle } = setUp({ places: 1, waitingEach: 6, waitingInAll: 6 });
  ask('running', ['x', 'x1', '/']);
  for (const n of [1, 2, 3, 4, 5, 6]) ask(`greedy ${n}`, ['greedy', `g${n}`, '/']);
  ask('newcomer', ['other', 'o1', '/']);
  await settle();
  expect(refused).toEqual(['greedy 6']);
});

it('never gives one network more than its places, and a place back only once', async () => {
  const { begun, ask, settle, running } = setUp({ places: 4, placesEach: 2 });
  for (const n of [1, 2, 3, 4]) ask(`greedy ${n}`, ['greedy', 'g1', '/']);
  await settle();
  expect(begun).toEqual(['greedy 1', 'greedy 2']);
  running[0]?.();
  running[0]?.();
  await settle();
  expect(begun).toEqual(['greedy 1', 'greedy 2', 'greedy 3']);
});

it('lets the event loop turn between pieces of work that never wait', async () => {
  const { queue } = setUp({ places: 2, placesEach: 2, waitingEach: 50, waitingInAll: 50 });
  const order: string[] = [];
  const pieces = Array.from({ length: 20 }, () =>
    queue.take(['busy', 'b1']).then((place) => {
      order.push('piece');
      place?.();
    }),
  );
  // As a request that arrives while they run.
  const arrive = () => {
    order.push('arrival');
    if (order.length < 20) setImmediate(arrive);
  };
  setImmediate(arrive);
  await Promise.all(pieces);
  expect(order.slice(0, 20).filter((one) => one === 'arrival').length).toBeGreaterThan(8);
});

it('lets what arrives come in first, but not for ever', async () => {
  const { queue } = setUp({ places: 1, waitingEach: 50, waitingInAll: 50 });
  let turns = 0;
  let isOver = false;
  const arrive = () => {
    turns += 1;
    noteArrival();
    if (turns === 2) queue.take(['newcomer', 'n1']).then(begin('newcomer'));
    if (!isOver) setImmediate(arrive);
  };
  const order: string[] = [];
  const begin = (name: string) => (place: GiveBack | null) => {
    order.push(name);
    place?.();
  };
  await queue.take(['busy', 'b1']).then(begin('busy'));
  arrive();
  const work = [1, 2, 3].map((n) => queue.take(['busy', 'b1']).then(begin(`busy ${n}`)));
  await Promise.all(work);
  isOver = true;
  expect(order.slice(0, 2)).toEqual(['busy', 'newcomer']);
});

it('lets the fairest begin of those who ask at the same time', async () => {
  const { begun, ask, settle, endOne } = setUp({ places: 1 });
  ask('the first', ['a', 'a1', '/']);
  await settle();
  await endOne();
  for (const n of [1, 2, 3]) ask(`the same ${n}`, ['a', 'a1', '/']);
  ask('another', ['b', 'b1', '/']);
  await settle();
  expect(begun).toEqual(['the first', 'another']);
});

it('limits no network in the work of the operator, and refuses none of it where told', async () => {
  const { queue, begun, ask, settle } = setUp({ waitingInAll: 1 });
  for (const n of [1, 2]) ask(`own ${n}`, []);
  await settle();
  expect(begun).toEqual(['own 1', 'own 2']);
  const places = [1, 2, 3].map(() => queue.take([], { always: true }));
  queue.close(new Error('closed'));
  await expect(Promise.all(places)).rejects.toThrow('closed');
  await expect(queue.take(['late'])).rejects.toThrow('closed');
});

it('forgets in time what a network had', async () => {
  const queue = createFairQueue({ ...LIMITS, places: 1 });
  for (let n = 0; n < 600; n++) (await queue.take(['old', 'o1']))?.();
  for (let n = 0; n < 400; n++) (await queue.take(['new', 'n1']))?.();
  const order: string[] = [];
  const last = await queue.take(['x']);
  const waits = ['new', 'old'].map((name) =>
    queue.take([name, 'a']).then((place) => {
      order.push(name);
      place?.();
    }),
  );
  last?.();
  await Promise.all(waits);
  expect(order).toEqual(['old', 'new']);
});
