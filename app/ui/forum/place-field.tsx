import type { FormState } from '~/platform/form-state';
import type { Locale } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import { placeNamed } from '~/platform/places/typed';
import { Input } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';

interface PlaceFieldProps {
  /** The code of the place in a new form. */
  value: string | null;
  state?: FormState | undefined;
}

/**
 * "Where is this?": a country or, for people who prefer not to name it, a region. A typed name is
 * understood in ten languages, and costs a page a hundredth of a list of all places.
 */
export function PlaceField({ value, state }: PlaceFieldProps) {
  const { t, locale } = useI18n();
  const sent = useFormState();
  return (
    <Input
      name="country"
      label={t('conversation.composer.place')}
      hint={t('asking.placeHint')}
      value={placeTyped(value ?? '', locale)}
      state={named(state ?? sent, locale)}
      autoComplete="country-name"
      dir="auto"
    />
  );
}

/** A form that holds a code, as drafts and links do, shows its name. */
function named(state: FormState | undefined, locale: Locale): FormState | undefined {
  const [typed] = state?.values.country ?? [];
  if (!state || !typed) return state;
  return { ...state, values: { ...state.values, country: [placeTyped(typed, locale)] } };
}

/** The name of a place that was typed or is stored; what names none stays as it was typed. */
function placeTyped(typed: string, locale: Locale): string {
  const code = typed && placeNamed(typed);
  return code ? placeName(code, locale) : typed;
}
