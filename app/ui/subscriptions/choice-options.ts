import { FREQUENCIES } from '~/domain/subscriptions/choices';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import { placeOptions } from '~/ui/forum/place-options';
import type { ChoiceOptions } from './choice-fields';

/** Returns the options of `ChoiceFields`. For loaders. */
export function choiceOptions({ locale, community }: SiteTranslator): ChoiceOptions {
  return {
    world: placeName('world', locale),
    ...placeOptions(locale),
    pillars: [...community.pillars],
    frequencies: [...FREQUENCIES],
  };
}
