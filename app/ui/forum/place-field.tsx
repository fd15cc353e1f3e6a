import { parsePlace } from '~/domain/forum/posts/typed-place';
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
  /** Null on a shared page, which has no room for the list: there the name is typed. */
  options: PlaceOptions | null;
  /** The value in a new form. */
  value: string | null;
  state: FormState | undefined;
}

/** "Where is this?": a country or, for people who prefer not to name it, a region. */
export function PlaceField({ options, value, state }: PlaceFieldProps) {
  const { t } = useI18n();
  const error = state?.errors.country;
  const typed = state?.values.country?.[0] ?? value ?? '';
  const place = parsePlace(typed);
  return (
    <div className="field">
      <label htmlFor="country">{t('conversation.composer.place')}</label>
      {options === null && (
        <p className="hint" id="country-hint">
          {t('asking.placeHint')}
        </p>
      )}
      {error && (
        <p className="field-error" id="country-error">
          {error}
        </p>
      )}
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
            <Options of={options.countries} />
          </optgroup>
          <optgroup label={t('conversation.composer.regions')}>
            <Options of={options.regions} />
          </optgroup>
        </select>
      )}
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
