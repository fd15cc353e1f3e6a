import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { LOCALE_TAGS } from './locales';
import { type Catalogue, faultsOf, fromPo, toPo } from './po-file';
import { messagesOf } from './read-messages';

function catalogueOf(language: string): Catalogue {
  const files = globSync(`app/platform/i18n/messages/${language}/*.json`);
  return new Map(files.map((file) => [basename(file), JSON.parse(readFileSync(file, 'utf8'))]));
}

const english = catalogueOf('en');

function textsOf(read: ReturnType<typeof fromPo>): Record<string, string> {
  return Object.fromEntries([...(read?.translations ?? [])].map(([key, { text }]) => [key, text]));
}

it.each(LOCALE_TAGS)('keeps every message of %s as it is', (language) => {
  const read = fromPo(toPo(language, english, catalogueOf(language)));
  expect(read?.language).toBe(language);
  expect(textsOf(read)).toEqual(messagesOf(language));
  expect(faultsOf(read?.translations ?? new Map(), english, language)).toEqual([]);
});

const messages = new Map([
  [
    'a.json',
    {
      'a.quoted': 'Say "no" \\ or\n{n, plural, one {# word} other {# words}}.',
      'a.link': 'Read <link>{title}</link>',
    },
  ],
]);

it('asks for the messages of a new language, and takes over none that is empty or doubtful', () => {
  const file = toPo('fr', messages, new Map()).toString();
  expect(file).toContain('Language: fr');
  // Without these, msgfmt --check warns.
  for (const name of ['MIME-Version', 'Content-Transfer-Encoding']) expect(file).toContain(name);
  expect(file.match(/msgstr ""/g)).toHaveLength(3);
  const link = 'msgid "Read <link>{title}</link>"\nmsgstr ""';
  expect(file).toContain(link);
  const done = file.replace(link, link.replace('msgstr ""', 'msgstr "Lire <link>{title}</link>"'));
  expect(textsOf(fromPo(Buffer.from(done)))).toEqual({ 'a.link': 'Lire <link>{title}</link>' });
  const doubtful = done.replaceAll('#, icu-message-format', '#, icu-message-format, fuzzy');
  expect(textsOf(fromPo(Buffer.from(doubtful)))).toEqual({});
});

it.each([
  [
    'a.link',
    'Lire <link>{titre}</link>',
    /^a\.link has the placeholders link, titre instead of link, title$/,
  ],
  ['a.link', 'Lire {title}', /^a\.link has the placeholders title instead of link, title$/],
  ['a.link', 'Lire <link>{title}', /^a\.link is not in the ICU message format/],
  ['a.quoted', '{n, plural, other {# mots}}', /^a\.quoted lacks the plural one$/],
  ['a.quoted', '{n} mots', null],
  ['a.none', 'Rien', /^a\.none is not a message of the interface$/],
])('checks a translation of %s: %s', (key, text, fault) => {
  const original = messages.get('a.json')?.[key as 'a.link'] ?? '';
  const [found = null] = faultsOf(new Map([[key, { text, original }]]), messages, 'fr');
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeNull();
});

it('takes over no translation of an English message that has changed since', () => {
  const older = new Map([
    ['a.link', { text: 'Voir <link>{title}</link>', original: 'See <link>{title}</link>' }],
  ]);
  expect(faultsOf(older, messages, 'fr')).toEqual([
    'a.link is translated from another English message: export again, and check it',
  ]);
});

it.each([
  Buffer.from('not a PO file'),
  Buffer.from(''),
  Buffer.from('msgid ""\nmsgstr ""\n', 'utf16le'),
])('knows what is no PO file', (file) => {
  expect(fromPo(file)).toBeNull();
});
