import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { siteTranslator } from '~/platform/community/site-translator';
import {
  conversationOf,
  parseDigestKey,
  pillarOf,
  scopeOf,
  topicName,
  topicOf,
} from './digest-key';

describe('the topic of a digest', () => {
  it.each([
    ['ng', 'NG'],
    ['001', 'world'],
    ['011~education', '011~education'],
    ['WORLD~Open-Source', 'world~open-source'],
    ['ke~c~water-at-night', 'KE~c~water-at-night'],
    ['011~c~نقاش', '011~c~نقاش'],
    ['011~c', '011~c'],
  ])('has one spelling: %s', (text, topic) => {
    expect(parseDigestKey(text)).toBe(topic);
  });

  it.each([
    '',
    '~',
    '011~',
    '011~g old',
    'atlantis~policy',
    '011~policy~education',
    '~policy',
    '011~c~',
    '011~c~a/b',
    '011~c~a~b',
  ])('is not valid: %j', (text) => {
    expect(parseDigestKey(text)).toBeNull();
  });

  it('is a place, optionally with a pillar or conversation', () => {
    const topic = topicOf({ scope: '011', pillar: 'policy' });
    expect(topic).toBe('011~policy');
    expect([scopeOf(topic), pillarOf(topic)]).toEqual(['011', 'policy']);
    expect([scopeOf('NG'), pillarOf('NG')]).toEqual(['NG', null]);
    expect(topicName(siteTranslator(defaultCommunity(), 'en'), topic)).toBe(
      'Western Africa: Policy',
    );
    const other = topicOf({ scope: 'KE', conversation: 'water-at-night' });
    expect([scopeOf(other), pillarOf(other)]).toEqual(['KE', null]);
    expect([conversationOf(other), conversationOf('011~c')]).toEqual(['water-at-night', null]);
  });
});
