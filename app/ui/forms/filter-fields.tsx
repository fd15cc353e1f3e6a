import type { FormState } from '~/platform/form-state';
import type { PlaceOption } from '~/ui/forum/place-options';
import { useI18n } from '~/ui/i18n';
import { Input, type Option, optionsOf, Select } from './fields';

/* The fields with which lists of threads, posts and barriers are filtered. */

interface FilterProps {
  state: FormState | undefined;
}

interface ChoiceProps extends FilterProps {
  name: string;
  label: string;
  options: Option[];
}

function ChoiceFilter(props: ChoiceProps) {
  const { t } = useI18n();
  return <Select {...props} empty={t('conversation.threads.any')} />;
}

export function PillarFilter({ state }: FilterProps) {
  const { t, short, community } = useI18n();
  return (
    <ChoiceFilter
      name="pillar"
      label={t('conversation.threads.pillar')}
      options={optionsOf(community.pillars, (value) => short('pillar', value))}
      state={state}
    />
  );
}

export function KindFilter({ label, state }: FilterProps & { label: string }) {
  const { name, community } = useI18n();
  return (
    <ChoiceFilter
      name="kind"
      label={label}
      options={optionsOf(community.kinds, (value) => name('barrier', value))}
      state={state}
    />
  );
}

export function IndustryFilter({ state }: FilterProps) {
  const { t, community, name } = useI18n();
  return (
    <ChoiceFilter
      name="industry"
      label={t('conversation.threads.industry')}
      options={optionsOf(community.industries, (value) => name('industry', value))}
      state={state}
    />
  );
}

/** The conversations that the site has opened. */
export function ConversationFilter({ options, state }: FilterProps & { options: Option[] }) {
  const { t } = useI18n();
  return (
    options.length > 0 && (
      <ChoiceFilter
        name="conversation"
        label={t('search.conversation')}
        options={options}
        state={state}
      />
    )
  );
}

/** Region and country; if both are given, the country counts. */
export function PlaceFilters({ regions, state }: FilterProps & { regions: PlaceOption[] }) {
  const { t } = useI18n();
  return (
    <>
      <ChoiceFilter
        name="region"
        label={t('conversation.threads.region')}
        options={regions.map(({ code, name }) => ({ value: code, label: name }))}
        state={state}
      />
      <Input
        name="country"
        label={t('conversation.threads.country')}
        hint={t('conversation.threads.countryHint')}
        dir="auto"
        state={state}
      />
    </>
  );
}

export function LanguageFilter({ languages, state }: FilterProps & { languages: Option[] }) {
  const { t } = useI18n();
  return (
    <ChoiceFilter
      name="language"
      label={t('conversation.threads.language')}
      options={languages}
      state={state}
    />
  );
}
