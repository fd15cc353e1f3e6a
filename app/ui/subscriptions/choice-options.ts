import type { Locale } from '~/i18n/locales';
import { countriesByName, placeName } from '~/places/names';
import { regionTree } from '~/places/region-tree';
import { FREQUENCIES } from '~/subscriptions/choices';
import { PILLARS } from '~/vocabularies/vocabularies';
import type { ChoiceOptions } from './choice-fields';

/** What `ChoiceFields` offers, for a loader. */
export function choiceOptions(locale: Locale): ChoiceOptions {
  return {
    world: placeName('world', locale),
    regions: regionTree('world', locale),
    countries: countriesByName(locale),
    pillars: [...PILLARS],
    frequencies: [...FREQUENCIES],
  };
}
