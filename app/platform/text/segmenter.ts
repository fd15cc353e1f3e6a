const segmenters = new Map<string, Intl.Segmenter>();

/** Returns the segmenter of a language (UAX 29); each is made once, which takes longest. */
export function segmenterFor(language: string, granularity: 'word' | 'sentence'): Intl.Segmenter {
  const name = `${granularity} ${language}`;
  const known = segmenters.get(name);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity });
  segmenters.set(name, made);
  return made;
}
