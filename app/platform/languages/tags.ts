/** Reads `?language=`: the tag in canonical form; null if it is not a language tag. */
export function readLanguage(text: string | null): string | null {
  if (!text) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/** True if a post is in the wanted language: a post in `pt-BR` matches `pt`. */
export function isInLanguage(post: string, wanted: string): boolean {
  return post === wanted || post.startsWith(`${wanted}-`);
}
