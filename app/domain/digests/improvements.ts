import phrases from '~db/seed/easing.json';
import type { Span } from './spans';

/*
 * Sentences in which somebody says that it has become better. By phrases that compare with before,
 * in ten languages: cautious, since "better" alone compares anything.
 */

const patterns = new Map(
  Object.entries(phrases).map(([language, list]) => {
    // Words of these scripts stand apart; Chinese ones do not.
    const apart = language === 'zh' ? '' : '(?<!\\p{L})';
    return [language, new RegExp(`${apart}(?:${list.join('|')})`, 'iu')];
  }),
);

/** Whether a sentence says that something has become better. `language` is BCP 47. */
export function reportsImprovement({ text }: Span, language: string): boolean {
  const pattern = patterns.get(language.split('-')[0] ?? '');
  return pattern?.test(text.replace(/\s+/g, ' ').replaceAll('’', "'")) ?? false;
}
