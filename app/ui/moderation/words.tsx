interface WordsProps {
  /** Rendered and sanitised when the post was written. */
  html: string;
  /** BCP 47. */
  language: string;
}

/** A post's complete text. */
export function Words({ html, language }: WordsProps) {
  return (
    <div
      className="quoted prose"
      lang={language}
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized before it was stored
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
