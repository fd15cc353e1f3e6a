import { describe, expect, it } from 'vitest';
import { printOf } from '~/domain/moderation/anti-spam/fingerprints';
import { findCountry } from '~/platform/places/typed';
import { titleField } from './submission-fields';

describe('a title is long enough by what it says, not by its letters', () => {
  it.each([
    ...[
      '学校网络太慢了',
      '停电影响学习',
      '网费太贵',
      '学校の停電',
      'ネットが高い',
      '인터넷 느림',
      '전기 없음',
    ],
    ...['น้ำไม่พอ', 'ไฟดับบ่อย', 'ភ្លើងដាច់', 'ບໍ່ມີໄຟ', 'မီးပျက်', 'መብራት የለም', 'لا كهرباء', 'אין חשמל'],
    ...['बिजली नहीं', 'No power', 'Нет света', 'Pas d’eau'],
  ])('%s', (title) => {
    expect(titleField.safeParse(title).success).toBe(true);
  });

  it.each([
    '问题',
    '网费贵',
    '电脑',
    'しつもん'.slice(0, 3),
    '질문',
    'ไฟ',
    'سؤال',
    'Why?',
    'Problem',
    '1234567890',
    '٢٠٢٦-١٢-٠١',
    'नल',
    '',
  ])('but not %j', (title) => {
    expect(titleField.safeParse(title).success).toBe(false);
  });

  it('and is cut at the same number of characters in every script', () => {
    expect(titleField.safeParse('网'.repeat(160)).success).toBe(true);
    expect(titleField.safeParse('网'.repeat(161)).success).toBe(false);
  });
});

it('compares repeated words from a sentence on in every script', () => {
  expect(printOf('谢谢你的帮助，很有用！')).toBeNull();
  expect(printOf('Thank you, that helped us a lot')).toBeNull();
  expect(printOf('我们学校的网络太慢，老师们根本没有办法在线上课。')).not.toBeNull();
  expect(printOf('Our network at school is too slow for teaching')).not.toBeNull();
});

it('reads the beginning of a name of two Chinese characters, not of one', () => {
  expect(findCountry('阿根')).toBe('AR');
  expect(findCountry('阿')).toBeNull();
});
