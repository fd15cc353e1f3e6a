import type { Part } from '~/domain/search/marks';

/** Text with the search terms marked. */
export function Marked({ parts }: { parts: readonly Part[] }) {
  return parts.map(({ text, hit }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    hit ? <mark key={at}>{text}</mark> : text,
  );
}
