import { isFlagReason, isRule } from '~/domain/community/vocabularies';
import type { Translator } from '~/platform/i18n/translator';

/*
 * Names of values stored in moderation records. A value that is no longer in the vocabulary is
 * shown as stored, because records outlive vocabularies.
 */

export function reasonName({ t }: Translator, reason: string): string {
  return isFlagReason(reason) ? t(`vocabulary.flag.${reason}`) : reason;
}

export function ruleTitle({ t }: Translator, rule: string): string {
  return isRule(rule) ? t(`vocabulary.rule.${rule}.title`) : rule;
}
