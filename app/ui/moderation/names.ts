import { isFlagReason, isRule } from '~/domain/community/vocabularies';
import type { Translator } from '~/platform/i18n/translator';

/*
 * Names of what stands in the records. A word that has left the vocabulary since is shown as it
 * was stored: records outlive lists.
 */

export function reasonName({ t }: Translator, reason: string): string {
  return isFlagReason(reason) ? t(`vocabulary.flag.${reason}`) : reason;
}

export function ruleTitle({ t }: Translator, rule: string): string {
  return isRule(rule) ? t(`vocabulary.rule.${rule}.title`) : rule;
}
