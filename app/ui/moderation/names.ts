import type { SiteTranslator } from '~/platform/community/site-translator';

/*
 * Names of values stored in moderation records. A value that is no longer in the vocabulary is
 * shown as stored, because records outlive vocabularies.
 */

export function reasonName({ short }: SiteTranslator, reason: string): string {
  return short('rule', reason);
}

export function ruleTitle({ name }: SiteTranslator, rule: string): string {
  return name('rule', rule);
}
