import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { siteTranslator } from '~/platform/community/site-translator';
import { digestKeyOf, parseDigestKey, pillarOf, scopeOf, topicName } from './digest-key';

describe('the topic of a digest', () => {
  it.each([
    ['ng', 'NG'],
    ['001', 'world'],
    ['011~education', '011~education'],
    ['WORLD~Open-Source', 'world~open-source'],
  ])('has one spelling: %s', (text, topic) => {
    expect(parseDigestKey(text)).toBe(topic);
  });

  it.each(['', '~', '011~', '011~g old', 'atlantis~policy', '011~policy~education', '~policy'])(
    'is not valid: %j',
    (text) => {
      expect(parseDigestKey(text)).toBeNull();
    },
  );

  it('is a place, optionally with a pillar', () => {
    const topic = digestKeyOf('011', 'policy');
    expect(topic).toBe('011~policy');
    expect([scopeOf(topic), pillarOf(topic)]).toEqual(['011', 'policy']);
    expect([scopeOf('NG'), pillarOf('NG')]).toEqual(['NG', null]);
    expect(topicName(siteTranslator(defaultCommunity(), 'en'), topic)).toBe(
      'Western Africa: Policy',
    );
  });
});
