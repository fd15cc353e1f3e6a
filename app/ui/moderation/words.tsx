interface WordsProps {
  /** Rendered and sanitized when the text was written. */
  html: string;
  /** BCP 47. */
  language: string;
}

/** A post's own words, whole. */
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
