import { describe, expect, it } from 'vitest';
import { emailKey, mailboxKey, readEmail } from './email-address';

describe('an email address', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada+news@Example.ORG ', 'Ada+news@example.org'],
    ["o'neil@mail.example.co.za", "o'neil@mail.example.co.za"],
    ['amina@بريد.example', 'amina@xn--ngbof4h.example'],
    ['x@example.рф', 'x@example.xn--p1ai'],
  ])('is read from %j', (text, email) => {
    expect(readEmail(text)).toBe(email);
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@@example.org',
    'a b@example.org',
    'ada@exa mple.org',
    'ada@example.org\nBcc: all@example.org',
    'ada@example.org,bob@example.org',
    '<ada@example.org>',
    'Ada <ada@example.org>',
    '.ada@example.org',
    'ada.@example.org',
    'a..b@example.org',
    'ada@example..org',
    'ada@-example.org',
    'ada@192.0.2.1',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a.'.repeat(130)}org`,
  ])('is not %j', (text) => {
    expect(readEmail(text)).toBeNull();
  });

  it('is the same person in capitals, and another with a dot or a tag', () => {
    expect(emailKey(' ADA@Example.org')).toBe(emailKey('ada@example.org'));
    expect(emailKey('ada+x@example.org')).not.toBe(emailKey('ada@example.org'));
    expect(emailKey('a.da@example.org')).not.toBe(emailKey('ada@example.org'));
  });
});

it.each([
  ['Ada@Example.org', 'ada+news@example.org'],
  ['ada.lovelace@gmail.com', 'AdaLovelace+1@googlemail.com'],
  ['a.d.a@gmail.com', 'ada@gmail.com'],
  ['ada_lovelace@proton.me', 'AdaLovelace@pm.me'],
  ['ada-lovelace@ya.ru', 'ada.lovelace+x@yandex.com'],
  ['ada@me.com', 'ada@icloud.com'],
])('%s and %s are counted as one mailbox', (one, other) => {
  expect(mailboxKey(one)).toBe(mailboxKey(other));
});

it('counts mailboxes apart that are not the same', () => {
  expect(mailboxKey('a.da@example.org')).not.toBe(mailboxKey('ada@example.org'));
  expect(mailboxKey('a.da@yandex.ru')).not.toBe(mailboxKey('ada@yandex.ru'));
});
