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
  const headers = { Language: language, 'Content-Type': 'text/plain; charset=utf-8' };
  // Not folded, so that a change of a word changes one line.
  return po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 0 });
}

/** Returns the translations of a PO file by key, without those that are empty or marked as doubtful. */
export function fromPo(file: Buffer): Map<string, string> {
  const found = Object.values(po.parse(file).translations).flatMap(Object.values);
  return new Map(
    (found as GetTextTranslation[])
      .filter(({ msgctxt, comments }) => msgctxt && !/\bfuzzy\b/.test(comments?.flag ?? ''))
      .flatMap(({ msgctxt = '', msgstr: [text = ''] }) => (text ? [[msgctxt, text] as const] : [])),
  );
}

/** Returns a line for each translation that cannot be shown in place of its English message. */
export function faultsOf(
  translations: ReadonlyMap<string, string>,
  english: Catalogue,
  language: string,
): string[] {
  const originals: Record<string, string> = Object.assign({}, ...english.values());
  return [...translations].flatMap(([key, text]) => {
    const original = originals[key];
    const fault =
      original === undefined
        ? 'is not a message of the interface'
        : faultOfTranslation(text, original, language);
    return fault ? [`${key} ${fault}`] : [];
  });
}
