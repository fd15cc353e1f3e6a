import { parsePlace } from '~/domain/forum/posts/typed-place';
import type { FormState } from '~/platform/form-state';
import { Labelled, Options, useField } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

export interface PlaceOption {
  code: string;
  name: string;
}

/** All places that can be chosen for a post, named in the page's language. */
export interface PlaceOptions {
  countries: readonly PlaceOption[];
  regions: readonly PlaceOption[];
}

interface PlaceFieldProps {
  /** Null on a shared page, which has no room for the list: there the name is typed. */
  options: PlaceOptions | null;
  /** The value in a new form. */
  value: string | null;
  state?: FormState | undefined;
}

/** "Where is this?": a country or, for people who prefer not to name it, a region. */
export function PlaceField({ options, value, state }: PlaceFieldProps) {
  const { t } = useI18n();
  const { error, typed: sent } = useField({ name: 'country', state });
  const typed = sent?.[0] ?? value ?? '';
  const place = parsePlace(typed);
  return (
    <Labelled
      name="country"
      label={t('conversation.composer.place')}
      hint={options === null && t('asking.placeHint')}
      error={error}
    >
      {options === null ? (
        <input
          id="country"
          name="country"
          type="text"
          autoComplete="country-name"
          dir="auto"
          defaultValue={typed}
          aria-describedby="country-hint"
        />
      ) : (
        <select
          id="country"
          name="country"
          defaultValue={(place?.country ?? place?.region) || typed}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && 'country-error'}
        >
          <option value="">{t('conversation.composer.placeNone')}</option>
          <optgroup label={t('conversation.composer.countries')}>
            <Options of={options.countries.map(asOption)} />
          </optgroup>
          <optgroup label={t('conversation.composer.regions')}>
            <Options of={options.regions.map(asOption)} />
          </optgroup>
        </select>
      )}
    </Labelled>
  );
}

function asOption({ code, name }: PlaceOption) {
  return { value: code, label: name };
}
