import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createTraffic } from './metrics';
import { createTurns, type Turn } from './turns';

const ATTACKER = '198.51.100.7';
const NEIGHBOUR = '198.51.100.8';
const VISITOR = '203.0.113.9';

/** Turns, who had one, in order, and a way to end the one that began first. */
function setUp() {
  const traffic = createTraffic();
  const turns = createTurns(traffic, 1, async () => undefined);
  const had: string[] = [];
  const running: Turn[] = [];
  const ask = (address: string, url: string, method = 'GET') => {
    const request = { method, url, headers: { 'x-forwarded-for': address }, socket: {} };
    void turns.take(request as unknown as IncomingMessage).then((turn) => {
      had.push(`${turn ? '' : 'refused '}${address} ${url}`);
      if (turn) running.push(turn);
    });
  };
  const settle = async () => {
    for (let turn = 0; turn < 9; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const endOne = async () => {
    running.shift()?.giveBack();
    await settle();
  };
  return { traffic, had, ask, settle, endOne };
}

it('lets another network begin at once, and a neighbour next, while one client has a queue', async () => {
  const { had, ask, settle, endOne } = setUp();
  for (let n = 0; n < 60; n++) ask(ATTACKER, `/t/long/long?x=${n}`);
  ask(NEIGHBOUR, '/about');
  ask(VISITOR, '/about');
  await settle();
  expect(had).toEqual([`${ATTACKER} /t/long/long?x=0`, `${VISITOR} /about`, `${NEIGHBOUR} /about`]);
  await endOne();
  expect(had.at(-1)).toBe(`${ATTACKER} /t/long/long?x=1`);
});

it('keeps forms and monitors apart from pages, and counts what it refuses', async () => {
  const { traffic, had, ask, settle } = setUp();
  for (let n = 0; n < 70; n++) ask(ATTACKER, '/t/long/long');
  for (const path of ['/healthz', '/readyz', '/metrics']) ask(ATTACKER, path);
  ask(ATTACKER, '/t/long', 'POST');
  await settle();
  const refused = had.filter((one) => one.startsWith('refused'));
  expect(refused).toHaveLength(4);
  const begun = had.filter((one) => !refused.includes(one));
  expect(begun.toSorted()).toEqual(
    ['/healthz', '/metrics', '/readyz', '/t/long', '/t/long/long', '/t/long/long'].map(
      (path) => `${ATTACKER} ${path}`,
    ),
  );
  expect(Object.fromEntries(traffic.read().work)).toEqual({ made: 3, refused: 4 });
});
