import { describe, expect, it } from 'vitest';
import { handleProblem, isReservedHandle } from './handles';
import { mixesScripts, speaksForSite } from './impersonation';
import { readName, withoutMarks } from './user-settings';

const siteNamed = (siteName: string) =>
  ({ config: { siteName } }) as Parameters<typeof speaksForSite>[0];
const app = siteNamed('Causeway');

describe('names and handles that would speak for the site', () => {
  it.each([
    ...[
      'admin',
      'ADMlN',
      'adm1n',
      'AdMiN',
      '4dm1n',
      '@dm!n',
      'аdmin',
      'ａｄｍｉｎ',
      'ᴀᴅᴍɪɴ',
      '𝓐𝓭𝓶𝓲𝓷',
      'admіп',
    ],
    ...[
      'a\u0301d\u0489m\u20d2in',
      'ᗩdmin',
      'ⲁdmin',
      'adrnin',
      'Админ',
      'Модератор',
      'АДМИН',
      'A d m i n',
      'a.d.m.i.n',
    ],
    ...['Админы', '運営', 'Ada (モデレーター)', '관리자', 'Yönetici', 'amministratore', 'प्रशासक'],
    ...['OFFlClAL', 'oﬃcial', '0fficial', 'Officiel', 'oficial', 'Unofficial', 'Official Ada'],
    ...['Moderator', 'M0derat0r', 'm0derator', 'rnoderator', 'moclerator', 'ｍoderator'],
    ...[
      'Ada (moderator)',
      'Ada [MOD]',
      'Ada M O D',
      'The Moderators',
      'themoderator',
      'moderator_jane',
      'moderatorjane',
    ],
    ...[
      'admin_2026',
      'jane_admin1',
      '1admin1',
      'AdminJane',
      'ForumMod',
      'Modératrice',
      'МОДЕРАТОР',
      'المشرف',
    ],
    ...['管理员', 'Kofi, staff', 'ꜱtaff', '$taff', 'Support Team', 'team'],
    ...[
      'Causeway',
      'Cаuseway',
      'Cau5eway',
      'Causevvay',
      'Ϲauseway',
      'ꓚauseway',
      'СAUSEWAY',
      'C.a.u.s.e.w.a.y',
    ],
    ...[
      'Causeway-Team',
      'CausewayTeam',
      'Causeway Support',
      'causewayng',
      'TheCauseway',
      'Causeway 2',
    ],
    ...[
      'A former member',
      'Former member',
      'Ancien membre',
      'عضو سابق',
      'Automatic',
      'Automatique',
      'آلي',
    ],
    ...['Moderator', 'Administrator', 'Modération', 'Administration', 'مشرف', 'مدير'],
  ])('%s', (name) => {
    expect(speaksForSite(app, name)).toBe(true);
  });

  it.each([
    ['Kivu Forum', 'Kivu Forum'],
    ['Kivu Forum', 'The KIVU F0RUM people'],
    ['Kivu Forum', 'kivuforum'],
    ['Kivu Forum', 'kivu_forum_news'],
    ['Kivu Forum', 'KivuForumRDC'],
    ['Forum Congo', 'Equipe du Forum Congo'],
  ])('where the site is called %s: %s', (siteName, name) => {
    expect(speaksForSite(siteNamed(siteName), name)).toBe(true);
  });

  it('finds a short name of the site only as a word', () => {
    expect(speaksForSite(siteNamed('Ada'), 'Adaeze')).toBe(false);
    expect(speaksForSite(siteNamed('Kivu Forum'), 'Kivu')).toBe(false);
  });
});

it.each([
  ...[
    'Ada Lovelace',
    'Akyerεko',
    'Ali',
    'Amina',
    'Maud',
    'Modou Ndiaye',
    'Badmin',
    'Administrasi',
    'Helpful Kofi',
  ],
  ...['अमित', 'தமிழ்', 'กิตติ', 'မောင်', 'فاطمة', 'Team Kenya', 'Press Officer', 'Osei', 'Ida'],
  ...[
    'Ñandú',
    "O'Brien",
    'O’Brien',
    'Newall',
    'Ada Newall',
    'José María',
    'Nguyễn Văn Ánh',
    'Łukasz',
    'Øystein',
  ],
  ...[
    'Ада Лавлейс',
    'Νίκος',
    'Անի',
    'דוד',
    '김철수',
    '山田太郎',
    'さくら',
    'ሰላም',
    'ߊߡߊ',
    'ⴰⵎⴰⵣⵉⵖ',
    'ᏣᎳᎩ',
    'ᐃᓄᒃ',
    'ගමගේ',
  ],
  ...[
    'Mo Diallo',
    'Steph McCloud',
    'Claire',
    'J. R. R. Tolkien',
    'DJ Kwame',
    'María-José',
    'Nkrumah, K.',
  ],
  ...[
    'محمد بن سلمان',
    'نمی\u200cخواهم',
    'Aさん',
    'Kenji・Sato',
    'Jean Modeste',
    'Modibo',
    'Admire',
  ],
])('%s is a name that deceives nobody', (name) => {
  expect(readName(name)).toEqual({ name: name.normalize('NFC') });
  expect(speaksForSite(app, name)).toBe(false);
  expect(mixesScripts(name)).toBe(false);
});

it.each([
  ...[
    '\u3164',
    '\u2800',
    '\uffa0',
    '\u200b',
    '\u{1d159}',
    '\u{13441}',
    '\u115f\u1160',
    '\u180e',
    '\u00ad',
  ],
  ...[
    '\ufe0f',
    '\u{e0041}\u{e007f}',
    '\u034f',
    '\u17b4',
    '\u2062',
    '\u0301\u0302',
    '...',
    '—',
    '\ufff9',
  ],
  ...[
    'A\u202eda',
    'A\u2067da',
    'A\u200bda',
    'A\u00adda',
    'Ad\u{e0100}a',
    'Ad\u3164a',

    'Ada\ufffe',
  ],
  ...[
    'Ada ✓',
    'Ada √',
    'Ada ☑️',
    '★ Ada',
    'Ada ⋆',
    'Ada 🛡',
    'Ada \uf8ff',
    'Ada Ⓜ',
    'Ada 🅼🅾🅳',
    'Ada M\u20dd',
  ],
  ...['Ada @moderator', 'Ada ＠mona', 'Ada (﹫mona)', 'a\u20d2da'],
])('%j is not a valid name', (name) => {
  expect(readName(name)).toBeNull();
});

it.each([
  ['A\u200dda', 'Ada'],
  ['Ada\ufe0f', 'Ada'],
  ['هۆبه\u200c', 'هۆبه'],
])('reads %j without joiners and selectors that do nothing', (typed, name) => {
  expect(readName(typed)).toEqual({ name });
});

it.each(['Wаnjiru', 'Ωmega', 'Αmina', 'ᗩda', 'Adа Lovelace', 'mဝd', 'aсme', 'Mهna', 'Mסna'])(
  '%s mixes scripts',
  (name) => {
    expect(mixesScripts(name)).toBe(true);
  },
);

it('keeps what an imported name says without its pictures', () => {
  expect(withoutMarks('🌍 Kofi ✨ @accra \u3164')).toBe('Kofi accra');
  expect(withoutMarks('✨\u3164')).toBe('');
});

it.each(['अमित', 'தமிழ்', 'กิตติ', 'မောင်', 'Ñandú', 'kofi_dev', 'ада', 'فاطمة'])(
  '%s is a handle',
  (handle) => {
    expect(handleProblem(handle)).toBeNull();
    expect(isReservedHandle(handle) || speaksForSite(app, handle)).toBe(false);
  },
);
