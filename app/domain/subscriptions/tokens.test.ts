import { describe, expect, it } from 'vitest';
import { readSubscriptionToken, subscriptionToken } from './tokens';

const secret = Buffer.alloc(32, 1);
const token = subscriptionToken(secret, '01abc');

describe('a token for a subscription', () => {
  it('contains the subscription, and is safe in a URL', () => {
    expect(readSubscriptionToken(secret, token)).toBe('01abc');
    expect(encodeURIComponent(token)).toBe(token);
  });

  it.each([
    ['another id', token.replace('01abc', '01abd')],
    ['a changed signature', token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA')],
    ['a cut signature', token.slice(0, -1)],
    ['no signature', '01abc.'],
    ['no dot', '01abc'],
    ['no id', token.slice(5)],
    ['nothing', ''],
    ['what is no base64', '01abc.ééé'],
  ])('opens nothing with %s', (_what, wrong) => {
    expect(readSubscriptionToken(secret, wrong)).toBeNull();
  });

  it('is not valid on another installation', () => {
    expect(readSubscriptionToken(Buffer.alloc(32, 2), token)).toBeNull();
  });
});
