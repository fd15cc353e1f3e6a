import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { LOCALE_TAGS } from './locales';
import { type Catalogue, faultsOf, fromPo, mergeTranslations, type PoFile, toPo } from './po-file';

function textsOf(language: string): Map<string, string> {
  const files = globSync(`app/platform/i18n/messages/${language}/*.json`);
  return new Map(files.map((file) => [basename(file), readFileSync(file, 'utf8')]));
}

function catalogueOf(language: string): Catalogue {
  return new Map([...textsOf(language)].map(([name, text]) => [name, JSON.parse(text)]));
}

const english = catalogueOf('en');

/** Reads a file that must be a PO file. */
function read(file: Buffer): PoFile {
  const found = fromPo(file);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

function translated(file: Buffer | string): Record<string, string> {
  const found = [...read(Buffer.from(file)).translations];
  return Object.fromEntries(found.map(([key, { text }]) => [key, text]));
}

it.each(LOCALE_TAGS)('takes the messages of %s back as they were, byte for byte', (language) => {
  const known = catalogueOf(language);
  const { language: said, translations } = read(toPo(language, english, known));
  expect(said).toBe(language);
  expect(faultsOf(translations, english, language)).toEqual([]);
  expect(mergeTranslations(english, known, translations)).toEqual({
    files: new Map(),
    imported: 0,
    missing: 0,
  });
  const { files, missing } = mergeTranslations(english, new Map(), translations);
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(textsOf(language)));
  expect(missing).toBe(0);
});

it('writes only the files with another text, in the order of the English keys', () => {
  const originals = new Map<string, Record<string, string>>([
    ['a.json', { 'a.new': 'New', 'a.say': 'Say', 'a.read': 'Read' }],
    ['b.json', { 'b.one': 'one' }],
  ]);
  const known = new Map<string, Record<string, string>>([
    ['a.json', { 'a.read': 'Lire', 'a.say': 'Dire' }],
    ['b.json', { 'b.one': 'un' }],
  ]);
  const translations = new Map([
    ['a.read', { text: 'Voir', original: 'Read' }],
    ['b.one', { text: 'un', original: 'one' }],
  ]);
  const merged = mergeTranslations(originals, known, translations);
  expect([...merged.files]).toEqual([['a.json', '{\n  "a.say": "Dire",\n  "a.read": "Voir"\n}\n']]);
  expect(merged).toMatchObject({ imported: 1, missing: 1 });
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
  expect(translated(done)).toEqual({ 'a.link': 'Lire <link>{title}</link>' });
  const doubtful = done.replaceAll('#, icu-message-format', '#, icu-message-format, fuzzy');
  expect(translated(doubtful)).toEqual({});
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

const header = (charset: string) =>
  `msgid ""\nmsgstr "Content-Type: text/plain; charset=${charset}\\n"\n\n`;
const entry = 'msgctxt "a.link"\nmsgid "Read"\nmsgstr "Relevé"\n';

it.each([
  ['empty', Buffer.from('')],
  ['empty', Buffer.from('\uFEFF \n', 'utf16le').subarray(2)],
  ['format', Buffer.from('not a PO file')],
  ['format', Buffer.from('déjà vu', 'latin1')],
  ['format', Buffer.from('<xliff version="2.0"/>')],
  ['encoding', Buffer.from(entry, 'latin1')],
  ['encoding', Buffer.from(header('UTF-8') + entry, 'latin1')],
  ['encoding', Buffer.from(header('nonsense') + entry, 'latin1')],
  ['encoding', Buffer.from(header('UTF-16') + entry, 'utf16le')],
])('knows a file that it cannot read, by its fault: %s (%#)', (fault, file) => {
  expect(fromPo(file)).toBe(fault);
});

it.each([
  Buffer.from(entry),
  Buffer.from(`\uFEFF${entry}`),
  Buffer.from(header('UTF-8') + entry),
  Buffer.from(header('ISO-8859-1') + entry, 'latin1'),
])('reads a file in UTF-8, or in the encoding that it names (%#)', (file) => {
  expect(translated(file)).toEqual({ 'a.link': 'Relevé' });
});
