import type { FormState } from '~/platform/form-state';
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
  options: PlaceOptions;
  /** The value in a new form. */
  value: string | null;
  state: FormState | undefined;
  /** True if a place must be chosen. */
  required?: boolean;
}

/** "Where is this?": a country or, for people who prefer not to name it, a region. */
export function PlaceField({ options, value, state, required }: PlaceFieldProps) {
  const { t } = useI18n();
  const error = state?.errors.country;
  return (
    <div className="field">
      <label htmlFor="country">{t('conversation.composer.place')}</label>
      {error && (
        <p className="field-error" id="country-error">
          {error}
        </p>
      )}
      <select
        id="country"
        name="country"
        defaultValue={state?.values.country?.[0] ?? value ?? ''}
        required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && 'country-error'}
      >
        <option value="">
          {t(required ? 'barriers.place.choose' : 'conversation.composer.placeNone')}
        </option>
        <optgroup label={t('conversation.composer.countries')}>
          <Options of={options.countries} />
        </optgroup>
        <optgroup label={t('conversation.composer.regions')}>
          <Options of={options.regions} />
        </optgroup>
      </select>
    </div>
  );
}

function Options({ of }: { of: readonly PlaceOption[] }) {
  return of.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}
