import { describe, expect, it } from 'vitest';
import { parseScope, scopeContains } from './scope';

describe('parseScope', () => {
  it.each([
    ['world', 'world'],
    ['World', 'world'],
    ['001', 'world'],
    ['011', '011'],
    ['419', '419'],
    ['NG', 'NG'],
    ['ng', 'NG'],
    [' ng ', 'NG'],
  ])('reads %j as %s', (text, scope) => {
    expect(parseScope(text)).toBe(scope);
  });

  it.each(['', 'XA', 'NGA', '11', '999', '003', 'nigeria', '../NG', 'constructor'])(
    'refuses %j',
    (text) => {
      expect(parseScope(text)).toBeNull();
    },
  );
});

describe('scopeContains', () => {
  it('holds everything in the world, even without a place', () => {
    expect(scopeContains('world', 'NG', null)).toBe(true);
    expect(scopeContains('world', null, null)).toBe(true);
  });

  it('follows a country up through its regions', () => {
    for (const scope of ['NG', '011', '202', '002']) {
      expect(scopeContains(scope, 'NG', null), scope).toBe(true);
    }
    expect(scopeContains('014', 'NG', null)).toBe(false);
    expect(scopeContains('KE', 'NG', null)).toBe(false);
  });

  it('uses the region where the country is not known', () => {
    expect(scopeContains('202', null, '011')).toBe(true);
    expect(scopeContains('011', null, '202')).toBe(false);
    expect(scopeContains('NG', null, '011')).toBe(false);
  });

  it('trusts the country over the region', () => {
    expect(scopeContains('011', 'KE', '011')).toBe(false);
  });

  it('holds nothing without a place below the world', () => {
    expect(scopeContains('011', null, null)).toBe(false);
  });
});
