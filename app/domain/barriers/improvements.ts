import type { Span } from '~/domain/barriers/quoting/spans';
import phrases from '~db/seed/easing.json';

/*
 * Detects sentences that report an improvement, by phrases in ten languages that compare with the
 * past. Strict on purpose, because "better" alone may compare anything.
 */

const patterns = new Map(
  Object.entries(phrases).map(([language, list]) => {
    // Chinese has no spaces between words; the others need word boundaries.
    const apart = language === 'zh' ? '' : '(?<!\\p{L})';
    return [language, new RegExp(`${apart}(?:${list.join('|')})`, 'iu')];
  }),
);

/** True if a sentence reports an improvement. `language` is BCP 47. */
export function reportsImprovement({ text }: Span, language: string): boolean {
  const pattern = patterns.get(language.split('-')[0] ?? '');
  return pattern?.test(text.replace(/\s+/g, ' ').replaceAll('’', "'")) ?? false;
}
