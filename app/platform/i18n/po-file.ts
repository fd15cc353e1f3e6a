import { isUtf8 } from 'node:buffer';
import { type GetTextTranslation, po } from 'gettext-parser';
import { faultOfTranslation } from './message-shape';

/** The messages of one language: text by key, by the name of their file. */
export type Catalogue = ReadonlyMap<string, Record<string, string>>;

/**
 * Returns the messages as a PO file: the key as context, the English message as source. Plurals stay within
 * the message, which is in the ICU format.
 */
export function toPo(language: string, english: Catalogue, known: Catalogue): Buffer {
  const translations: Record<string, Record<string, GetTextTranslation>> = {};
  for (const [name, originals] of english) {
    for (const [key, msgid] of Object.entries(originals)) {
      translations[key] = {
        [msgid]: {
          ...{ msgctxt: key, msgid, msgstr: [known.get(name)?.[key] ?? ''] },
          comments: { reference: name, flag: 'icu-message-format' },
        },
      };
    }
  }
  const headers = {
    Language: language,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  };
  // Not folded, so that a change of a word changes one line.
  return po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 0 });
}

/** A translation of a message, and the English that it was made from. */
export interface PoTranslation {
  text: string;
  original: string;
}

/** The translations of a PO file by key, and the language (BCP 47) that it says it is in, or ''. */
export interface PoFile {
  language: string;
  translations: Map<string, PoTranslation>;
}

/** Why a file cannot be read: it has nothing in it, is no PO file, or is not in the encoding that it should be in. */
export type PoFault = 'empty' | 'format' | 'encoding';

/**
 * Returns the translations of a PO file, without those that are empty or marked as doubtful. A file that does not
 * name its encoding is in UTF-8.
 */
export function fromPo(file: Buffer): PoFile | PoFault {
  const parsed = parsedPo(file);
  if (typeof parsed === 'string') return parsed;
  const found = Object.values(parsed.translations).flatMap(Object.values);
  const translations = new Map(
    (found as GetTextTranslation[])
      .filter(({ msgctxt, comments }) => msgctxt && !/\bfuzzy\b/.test(comments?.flag ?? ''))
      .flatMap(({ msgctxt = '', msgid: original, msgstr: [text = ''] }) =>
        text ? [[msgctxt, { text, original }] as const] : [],
      ),
  );
  // The library has no headers for a file that begins with a message.
  const { Language } = parsed.headers ?? {};
  return { language: Language?.replace('_', '-') ?? '', translations };
}

function parsedPo(file: Buffer): ReturnType<typeof po.parse> | PoFault {
  // Of UTF-16, every other byte is zero.
  const letters = file.toString('latin1').replaceAll('\0', '');
  if (!letters.trim()) return 'empty';
  if (!/^\W*(?:msgid|msgctxt)\b/m.test(letters)) return 'format';
  const [, named = ''] = /[; ]charset=([\w-]+)/i.exec(letters) ?? [];
  const text = decoded(file, isUtf8(file) ? 'utf-8' : named || 'utf-8');
  if (text === null) return 'encoding';
  try {
    return po.parse(text);
  } catch {
    return 'format';
  }
}

/** Null for bytes that the encoding does not have, and for an encoding that nobody knows. */
function decoded(file: Buffer, encoding: string): string | null {
  if (file.includes(0)) return null;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

/** Returns a line for each translation that cannot be shown in place of its English message. */
export function faultsOf(
  translations: ReadonlyMap<string, PoTranslation>,
  english: Catalogue,
  language: string,
): string[] {
  const originals: Record<string, string> = Object.assign({}, ...english.values());
  return [...translations].flatMap(([key, { text, original }]) => {
    const present = originals[key];
    const fault =
      present === undefined
        ? 'is not a message of the interface'
        : present !== original
          ? 'is translated from another English message: export again, and check it'
          : faultOfTranslation(text, present, language);
    return fault ? [`${key} ${fault}`] : [];
  });
}

/** What an import changes: the new texts of the files that change, and how many messages it changes and leaves open. */
export interface Merged {
  files: Map<string, string>;
  imported: number;
  missing: number;
}

/** Puts translations by key into the messages of a language. A file keeps the order of the English one. */
export function mergeTranslations(
  english: Catalogue,
  known: Catalogue,
  translations: ReadonlyMap<string, PoTranslation>,
): Merged {
  const merged: Merged = { files: new Map(), imported: 0, missing: 0 };
  for (const [name, originals] of english) {
    const before = known.get(name) ?? {};
    const now: Record<string, string | undefined> = {};
    for (const key of Object.keys(originals)) now[key] = translations.get(key)?.text ?? before[key];
    const changed = Object.keys(now).filter((key) => now[key] !== before[key]).length;
    merged.imported += changed;
    merged.missing += Object.values(now).filter((text) => text === undefined).length;
    if (changed > 0) merged.files.set(name, `${JSON.stringify(now, null, 2)}\n`);
  }
  return merged;
}
