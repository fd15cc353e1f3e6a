/** The language that `?language=` asks for, in its canonical form; null where it names none. */
export function readLanguage(text: string | null): string | null {
  if (!text) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/** Whether a post is in the language that is asked for: `pt-BR` is where `pt` is. */
export function isInLanguage(post: string, wanted: string): boolean {
  return post === wanted || post.startsWith(`${wanted}-`);
}
