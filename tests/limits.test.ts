import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { countNetworkUse, waitForUse } from '~/platform/rate-limits/limiter';
import { useCauseway } from './support/causeway';

it('allows a number of uses per key and window, and says when the next is possible', async () => {
  const { app, clock } = await useCauseway();
  const use = (key: string) => countNetworkUse(app, 'mail-network', key);
  for (let n = 0; n < 30; n += 1) await use('192.0.2.1');
  clock.advance(20 * MINUTE);
  const refusal = await use('192.0.2.1').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toMatchObject({
    kind: 'too-many',
    options: { retryAfter: 40 * 60, values: { minutes: 40 } },
  });

  await use('192.0.2.2');
  clock.advance(40 * MINUTE);
  await use('192.0.2.1');
  clock.advance(HOUR);
  for (let n = 0; n < 30; n += 1) await use('192.0.2.1');
  await expect(use('192.0.2.1')).rejects.toBeInstanceOf(DomainError);
});

it('counts the networks of one /48 together, with four times as many uses', async () => {
  const { app } = await useCauseway();
  const use = (network: number) =>
    countNetworkUse(app, 'mail-network', `2001:db8:1:${network.toString(16)}::1`);
  for (let n = 0; n < 120; n += 1) await use(n);
  await expect(use(1_000)).rejects.toBeInstanceOf(DomainError);
  await countNetworkUse(app, 'mail-network', '2001:db8:2::1');
});

it('spreads what may wait over the windows to come', async () => {
  const { app, clock } = await useCauseway();
  const wait = () => waitForUse(app, 'mail-domain', 'small.example', DAY);
  clock.advance(MINUTE);
  const waits: number[] = [];
  for (let n = 0; n < 350; n += 1) waits.push(await wait());
  const count = (ms: number) => waits.filter((one) => one === ms).length;
  expect([0, HOUR, 2 * HOUR, 3 * HOUR].map(count)).toEqual([100, 100, 100, 50]);
});
