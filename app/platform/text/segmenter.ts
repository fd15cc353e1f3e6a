const segmenters = new Map<string, Intl.Segmenter>();

/**
 * Returns the segmenter of a language (BCP 47) for words or sentences (UAX 29). Each is made once,
 * because making one takes longer than using it.
 */
export function segmenterFor(language: string, granularity: 'word' | 'sentence'): Intl.Segmenter {
  const name = `${granularity} ${language}`;
  const known = segmenters.get(name);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity });
  segmenters.set(name, made);
  return made;
}
