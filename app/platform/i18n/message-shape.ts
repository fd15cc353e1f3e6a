import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/*
 * What a translation must have in common with the English message: placeholders, tags and the plural
 * categories of its language.
 */

/** The parts within an element: the content of a tag, or the branches of a plural or a choice. */
function within(element: MessageFormatElement): MessageFormatElement[][] {
  if (element.type === TYPE.tag) return [element.children];
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
  return Object.values(element.options).map(({ value }) => value);
}

/** Returns all elements of a message in order, those within tags and plurals too. */
export function allElements(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => [element, ...within(element).flatMap(allElements)]);
}

/** Returns all elements of a message. @throws SyntaxError if it is not in the ICU message format */
export function elementsOf(message: string): MessageFormatElement[] {
  return allElements(parse(message));
}

/** Returns the distinct names of placeholders, plurals and tags in a message, sorted. */
export function namesIn(message: string): string[] {
  const named = elementsOf(message).flatMap((element) =>
    element.type === TYPE.literal || element.type === TYPE.pound ? [] : [element.value],
  );
  return [...new Set(named)].sort();
}

/** True if a message has letters of its own, not only placeholders and signs. */
export function hasWords(message: string): boolean {
  return elementsOf(message).some(
    (element) => element.type === TYPE.literal && /\p{L}/u.test(element.value),
  );
}

/** Returns the CLDR plural categories that whole numbers below a thousand have in a language. */
function categoriesOf(language: string): string[] {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({ length: 1000 }, (_, n) => rules.select(n));
  return [...new Set([...numbers, 'other'])];
}

/** Returns the plural categories of a language (BCP 47) that plurals of a message lack, sorted. */
function missingPlurals(message: string, language: string): string[] {
  const missing = elementsOf(message).flatMap((element) => {
    if (element.type !== TYPE.plural || element.pluralType !== 'cardinal') return [];
    return categoriesOf(language).filter((category) => !Object.hasOwn(element.options, category));
  });
  return [...new Set(missing)].sort();
}

/**
 * Returns what is wrong with a translation, in English for translators; null if nothing is.
 * @param language of the translation, BCP 47
 */
export function faultOfTranslation(
  translation: string,
  english: string,
  language: string,
): string | null {
  let names: string;
  try {
    names = namesIn(translation).join(', ');
  } catch (error) {
    return `is not in the ICU message format: ${(error as Error).message}`;
  }
  const expected = namesIn(english).join(', ');
  if (names !== expected) {
    return `has the placeholders ${names || '(none)'} instead of ${expected || '(none)'}`;
  }
  const plurals = missingPlurals(translation, language).join(', ');
  return plurals === '' ? null : `lacks the plural ${plurals}`;
}
