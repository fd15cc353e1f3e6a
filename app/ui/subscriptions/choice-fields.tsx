import { LOCALES, type Locale } from '~/platform/i18n/locales';
import type { NamedCountry } from '~/platform/places/names';
import type { RegionNode } from '~/platform/places/region-tree';
import { Choices, FieldError, Hint, Options, Select } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
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
  regions: RegionNode[];
  countries: readonly NamedCountry[];
  pillars: string[];
  frequencies: string[];
}

interface ChoiceFieldsProps {
  options: ChoiceOptions;
  chosen: Chosen;
}

/** The fields of a subscription: places, topics, frequency and language. */
export function ChoiceFields({ options, chosen }: ChoiceFieldsProps) {
  const { t } = useI18n();
  return (
    <>
      <ScopeFields options={options} chosen={chosen} />
      <Choices
        name="pillar"
        legend={t('subscriptions.pillar')}
        hint={t('subscriptions.pillar.hint')}
        type="checkbox"
        options={options.pillars.map((pillar) => ({
          value: pillar,
          label: t(`vocabulary.pillar.${pillar}.name` as 'vocabulary.pillar.policy.name'),
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
        options={Object.entries(LOCALES).map(([tag, { name }]) => ({ value: tag, label: name }))}
        value={chosen.language}
      />
    </>
  );
}

/** Regions as a tree of checkboxes; the 249 countries as a list to add from. */
function ScopeFields({ options, chosen }: ChoiceFieldsProps) {
  const state = useFormState();
  const { t } = useI18n();
  const error = state?.errors.scope;
  const ticked = new Set(state ? state.values.scope : chosen.scopes);
  const countries = options.countries.filter(({ code }) => ticked.has(code));
  const describedBy = error ? 'scope-hint scope-error' : 'scope-hint';
  return (
    <>
      <fieldset id="scope" tabIndex={-1} className="field" aria-describedby={describedBy}>
        <legend>{t('subscriptions.scope')}</legend>
        <Hint name="scope" hint={t('subscriptions.scope.hint')} />
        <FieldError name="scope" error={error} />
        <ScopeBox code="world" name={options.world} ticked={ticked} />
        {countries.map(({ code, name }) => (
          <ScopeBox key={code} code={code} name={name} ticked={ticked} />
        ))}
        <Regions className="places" regions={options.regions} ticked={ticked} />
      </fieldset>
      <div className="field">
        <label htmlFor="country">{t('subscriptions.country')}</label>
        <Hint name="country" hint={t('subscriptions.country.hint')} />
        <select id="country" name="scope" defaultValue="" aria-describedby="country-hint">
          <option value="">{t('subscriptions.country.none')}</option>
          <Options of={options.countries.map(({ code, name }) => ({ value: code, label: name }))} />
        </select>
      </div>
    </>
  );
}

interface RegionsProps {
  className?: string;
  regions: RegionNode[];
  ticked: Set<string>;
}

function Regions({ className, regions, ticked }: RegionsProps) {
  return (
    <ul className={className}>
      {regions.map((region) => (
        <li key={region.code}>
          <ScopeBox code={region.code} name={region.name} ticked={ticked} />
          {region.regions.length > 0 && <Regions regions={region.regions} ticked={ticked} />}
        </li>
      ))}
    </ul>
  );
}

interface ScopeBoxProps {
  code: string;
  name: string;
  ticked: Set<string>;
}

function ScopeBox({ code, name, ticked }: ScopeBoxProps) {
  return (
    <label className="choice">
      <input type="checkbox" name="scope" value={code} defaultChecked={ticked.has(code)} />{' '}
      <span>{name}</span>
    </label>
  );
}
