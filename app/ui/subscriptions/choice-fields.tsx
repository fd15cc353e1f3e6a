import { LOCALES, type Locale } from '~/platform/i18n/locales';
import {
  Choice,
  Choices,
  FieldError,
  Hint,
  Labelled,
  Options,
  optionsOf,
  Select,
  useField,
} from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import type { PlaceOption } from '~/ui/forum/place-options';
import { useI18n } from '~/ui/i18n';

/** The values in a new form. */
export interface Chosen {
  scopes: string[];
  pillars: string[];
  frequency: string;
  language: Locale;
}

/** The places and topics that can be chosen, by name. */
export interface ChoiceOptions {
  world: string;
  regions: readonly PlaceOption[];
  countries: readonly PlaceOption[];
  pillars: string[];
  frequencies: string[];
}

interface ChoiceFieldsProps {
  options: ChoiceOptions;
  chosen: Chosen;
}

/** The fields of a subscription: places, topics, frequency and language; all but places folded. */
export function ChoiceFields({
  options,
  chosen,
  adding = false,
}: ChoiceFieldsProps & {
  /** True for a subscription that has its places: further ones can be added. */
  adding?: boolean;
}) {
  const { t, name, community } = useI18n();
  const state = useFormState();
  const several = adding || chosen.scopes.length > 1 || (state?.values.scope?.length ?? 0) > 1;
  const { pillar, frequency, language } = state?.errors ?? {};
  const wrong = Boolean(pillar || frequency || language);
  return (
    <>
      {several ? (
        <ScopesField options={options} chosen={chosen} />
      ) : (
        <ScopeField options={options} chosen={chosen} />
      )}
      <details open={wrong}>
        <summary>{t('subscriptions.more')}</summary>
        <div>
          <Choices
            name="pillar"
            legend={t('subscriptions.pillar')}
            hint={t('subscriptions.pillar.hint')}
            type="checkbox"
            options={options.pillars.map((pillar) => ({
              value: pillar,
              label: name('pillar', pillar),
            }))}
            chosen={chosen.pillars}
          />
          <Choices
            name="frequency"
            legend={t('subscriptions.frequency')}
            type="radio"
            options={options.frequencies.map((frequency) => ({
              value: frequency,
              label: t(`subscriptions.frequency.${frequency}` as 'subscriptions.frequency.weekly'),
            }))}
            chosen={[chosen.frequency]}
          />
          <Select
            name="language"
            label={t('subscriptions.language')}
            hint={t('subscriptions.language.hint')}
            options={optionsOf(community.settings.languages, (tag) => LOCALES[tag].name)}
            value={chosen.language}
          />
        </div>
      </details>
    </>
  );
}

/** One place, chosen from a list. */
function ScopeField({ options, chosen }: ChoiceFieldsProps) {
  const { typed, error, aria } = useField({ name: 'scope', hint: true });
  const { t } = useI18n();
  return (
    <Labelled
      name="scope"
      label={t('subscriptions.place')}
      hint={t('subscriptions.place.hint')}
      error={error}
    >
      <select
        id="scope"
        name="scope"
        defaultValue={typed?.find(Boolean) ?? chosen.scopes[0]}
        {...aria}
      >
        <PlaceList options={options} />
      </select>
    </Labelled>
  );
}

/** The chosen places as checkboxes, and a list to add another. */
function ScopesField({ options, chosen }: ChoiceFieldsProps) {
  const { typed, error, aria } = useField({ name: 'scope', hint: true });
  const { t } = useI18n();
  const names = new Map([
    ['world', options.world],
    ...[...options.regions, ...options.countries].map(({ code, name }) => [code, name] as const),
  ]);
  const scopes = [...new Set([...(typed ?? []), ...chosen.scopes])].filter((one) => names.has(one));
  const ticked = new Set(typed ?? chosen.scopes);
  return (
    <>
      <fieldset id="scope" tabIndex={-1} className="field" {...aria}>
        <legend>{t('subscriptions.scope')}</legend>
        <Hint name="scope" hint={t('subscriptions.scope.hint')} />
        <FieldError name="scope" error={error} />
        {scopes.map((code) => (
          <Choice
            key={code}
            type="checkbox"
            name="scope"
            value={code}
            label={names.get(code)}
            chosen={ticked.has(code)}
          />
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="another">{t('subscriptions.another')}</label>{' '}
        <select id="another" name="scope" defaultValue="">
          <option value="">{t('subscriptions.another.none')}</option>
          <PlaceList options={options} />
        </select>
      </div>
    </>
  );
}

/** All places: the world, regions and countries. */
function PlaceList({ options }: { options: ChoiceOptions }) {
  const { t } = useI18n();
  const named = (places: readonly PlaceOption[]) =>
    places.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <option value="world">{options.world}</option>
      <optgroup label={t('conversation.composer.regions')}>
        <Options of={named(options.regions)} />
      </optgroup>
      <optgroup label={t('conversation.composer.countries')}>
        <Options of={named(options.countries)} />
      </optgroup>
    </>
  );
}
