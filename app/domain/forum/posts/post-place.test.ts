import { describe, expect, it } from 'vitest';
import { regionsWithin } from './post-place';
import { parsePlace } from './typed-place';

describe('the place field', () => {
  it.each([
    ['NG', { country: 'NG', region: '011' }],
    [' ng ', { country: 'NG', region: '011' }],
    ['Nigeria', { country: 'NG', region: '011' }],
    ['Sénégal', { country: 'SN', region: '011' }],
    ['western africa', { country: null, region: '011' }],
    ['419', { country: null, region: '419' }],
    ['', { country: null, region: null }],
    ['001', { country: null, region: null }],
  ])('reads %j', (text, place) => {
    expect(parsePlace(text)).toEqual(place);
  });

  it.each(['XX', 'Nigeriaa', 'World', '999', '11', 'NG; drop', '__proto__'])(
    'refuses %j',
    (text) => {
      expect(parsePlace(text)).toBeNull();
    },
  );
});

describe('the regions within a region', () => {
  it('are itself and all below it', () => {
    const africa = regionsWithin('002');
    expect(africa).toContain('002');
    expect(africa).toContain('202');
    expect(africa).toContain('011');
    expect(africa).not.toContain('150');
    expect(africa).not.toContain('001');
  });

  it('are itself alone where there is nothing below', () => {
    expect(regionsWithin('011')).toEqual(['011']);
  });
});
