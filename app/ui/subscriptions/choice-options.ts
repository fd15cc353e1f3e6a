import { PILLARS } from '~/domain/community/vocabularies';
import { FREQUENCIES } from '~/domain/subscriptions/choices';
import type { Locale } from '~/platform/i18n/locales';
import { countriesByName, placeName } from '~/platform/places/names';
import { regionTree } from '~/platform/places/region-tree';
import type { ChoiceOptions } from './choice-fields';

/** Returns the options of `ChoiceFields`. For loaders. */
export function choiceOptions(locale: Locale): ChoiceOptions {
  return {
    world: placeName('world', locale),
    regions: regionTree('world', locale),
    countries: countriesByName(locale),
    pillars: [...PILLARS],
    frequencies: [...FREQUENCIES],
  };
}
