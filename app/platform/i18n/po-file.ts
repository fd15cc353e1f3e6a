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

/**
 * Returns the translations of a PO file by key, without those that are empty or marked as doubtful, and the
 * language (BCP 47) that it says it is in, or ''. Null for a file that is not a PO file in UTF-8.
 */
export function fromPo(
  file: Buffer,
): { language: string; translations: Map<string, PoTranslation> } | null {
  const parsed = parsedPo(file);
  if (!parsed) return null;
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

function parsedPo(file: Buffer) {
  try {
    const parsed = po.parse(file);
    return Object.keys(parsed.translations).length > 0 ? parsed : null;
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
