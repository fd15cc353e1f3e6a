import type { FormState } from '~/platform/form-state';
import type { MessageKey, Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';

/** What was understood of the filters, and the names of those that were not. */
interface Understood {
  unknown: readonly string[];
  country?: string | null | undefined;
  pillar?: string | null | undefined;
  kind?: string | null | undefined;
}

/**
 * Returns the form above a filtered list: what was typed, the country by name, of a merged pillar or
 * kind the one that took it over, and the errors.
 */
export function filterState(
  i18n: Translator,
  values: FormState['values'],
  { unknown, country, pillar, kind }: Understood,
  messages: Partial<Record<string, MessageKey>> = { country: 'conversation.error.noCountry' },
): FormState {
  const error = (name: string) => [name, i18n.t(messages[name] ?? 'site.error.field')];
  return {
    values: {
      ...values,
      ...(country && { country: [placeName(country, i18n.locale)] }),
      ...(pillar && { pillar: [pillar] }),
      ...(kind && { kind: [kind] }),
    },
    errors: Object.fromEntries(unknown.map(error)),
  };
}
