import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { countUse } from '~/platform/rate-limits/limiter';
import { useCauseway } from './support/causeway';

it('allows a number of uses per key and window, and says when the next is possible', async () => {
  const { app, clock } = await useCauseway();
  const use = (key: string) => countUse(app, 'mail-network', key);
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
