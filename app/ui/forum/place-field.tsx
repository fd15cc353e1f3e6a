import type { FormState } from '~/platform/form-state';
import type { Locale } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import { placeNamed } from '~/platform/places/typed';
import { Input } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

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
    >
      <PlacesMeant name="country" state={state} />
    </Input>
  );
}

/**
 * Buttons under the error of a place that is not known: each sends the form with a place that may be
 * meant, the last one without any. Of two values of a field the first counts, and these stand before it.
 */
export function PlacesMeant({ name, state }: { name: string; state?: FormState | undefined }) {
  const { t, locale } = useI18n();
  const sent = useFormState();
  const places = (state ?? sent)?.places?.[name];
  if (!places) return null;
  return (
    <Row as="div" className="actions">
      {/* Enter in a field sends what is typed, not the first of these places. */}
      <button className="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
      {places.map((code) => (
        <button key={code} type="submit" name={name} value={code}>
          {t('asking.placeIs', { place: placeName(code, locale) })}
        </button>
      ))}
      <button type="submit" name={name} value="">
        {t('asking.placeEmpty')}
      </button>
    </Row>
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
