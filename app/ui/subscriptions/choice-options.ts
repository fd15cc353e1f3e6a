import { PILLARS } from '~/domain/community/vocabularies';
import { FREQUENCIES } from '~/domain/subscriptions/choices';
import type { Locale } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import { placeOptions } from '~/ui/forum/place-options';
import type { ChoiceOptions } from './choice-fields';

/** Returns the options of `ChoiceFields`. For loaders. */
export function choiceOptions(locale: Locale): ChoiceOptions {
  return {
    world: placeName('world', locale),
    ...placeOptions(locale),
    pillars: [...PILLARS],
    frequencies: [...FREQUENCIES],
  };
}
