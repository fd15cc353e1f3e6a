import type { FormState } from '~/platform/form-state';
import type { MessageKey, Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';

/** Returns the form above a filtered list: what was typed, the country by name, and the errors. */
export function filterState(
  i18n: Translator,
  values: FormState['values'],
  { unknown, country }: { unknown: readonly string[]; country?: string | null | undefined },
  messages: Partial<Record<string, MessageKey>> = { country: 'conversation.error.noCountry' },
): FormState {
  const error = (name: string) => [name, i18n.t(messages[name] ?? 'site.error.field')];
  return {
    values: country ? { ...values, country: [placeName(country, i18n.locale)] } : values,
    errors: Object.fromEntries(unknown.map(error)),
  };
}
