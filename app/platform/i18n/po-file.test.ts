import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { LOCALE_TAGS } from './locales';
import { LANGUAGES } from './messages';
import { type Catalogue, faultsOf, fromPo, toPo } from './po-file';

function catalogueOf(language: string): Catalogue {
  const files = globSync(`app/platform/i18n/messages/${language}/*.json`);
  return new Map(files.map((file) => [basename(file), JSON.parse(readFileSync(file, 'utf8'))]));
}

const english = catalogueOf('en');

it.each(LOCALE_TAGS)('keeps every message of %s as it is', (language) => {
  const read = fromPo(toPo(language, english, catalogueOf(language)));
  expect(Object.fromEntries(read)).toEqual(LANGUAGES[language].messages);
  expect(faultsOf(read, english, language)).toEqual([]);
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
  expect(file.match(/msgstr ""/g)).toHaveLength(3);
  const link = 'msgid "Read <link>{title}</link>"\nmsgstr ""';
  expect(file).toContain(link);
  const done = file.replace(link, link.replace('msgstr ""', 'msgstr "Lire <link>{title}</link>"'));
  expect([...fromPo(Buffer.from(done))]).toEqual([['a.link', 'Lire <link>{title}</link>']]);
  const doubtful = done.replaceAll('#, icu-message-format', '#, icu-message-format, fuzzy');
  expect([...fromPo(Buffer.from(doubtful))]).toEqual([]);
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
  const [found = null] = faultsOf(new Map([[key, text]]), messages, 'fr');
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeNull();
});
