import { BARRIER_KINDS, INDUSTRIES, PILLARS } from '~/domain/community/vocabularies';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Input, Select } from '~/ui/forms/fields';
import type { PlaceOption } from '~/ui/forum/place-field';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

interface BarrierFiltersProps {
  state: FormState;
  regions: PlaceOption[];
  narrowed: boolean;
}

/** The filter form; it uses GET, so that the result has a URL that can be shared. */
export function BarrierFilters({ state, regions, narrowed }: BarrierFiltersProps) {
  const { t } = useI18n();
  const any = t('conversation.threads.any');
  const day = { dir: 'ltr', state } as const;
  return (
    <form
      id="filters"
      className="filters"
      action={pathTo('/barriers')}
      aria-label={t('barriers.filter.title')}
    >
      <Select
        name="region"
        label={t('conversation.threads.region')}
        empty={any}
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
      <Select
        name="kind"
        label={t('barriers.filter.kind')}
        empty={any}
        options={BARRIER_KINDS.map((value) => ({
          value,
          label: t(`vocabulary.barrier.${value}.name`),
        }))}
        state={state}
      />
      <Select
        name="pillar"
        label={t('conversation.threads.pillar')}
        empty={any}
        options={PILLARS.map((value) => ({ value, label: t(`vocabulary.pillar.${value}.short`) }))}
        state={state}
      />
      <Select
        name="industry"
        label={t('conversation.threads.industry')}
        empty={any}
        options={INDUSTRIES.map((value) => ({ value, label: t(`vocabulary.industry.${value}`) }))}
        state={state}
      />
      <Input name="from" label={t('barriers.filter.from')} {...day} />
      <Input
        name="to"
        label={t('barriers.filter.to')}
        hint={t('barriers.filter.dayHint')}
        {...day}
      />
      <Row className="actions">
        <button type="submit">{t('conversation.threads.apply')}</button>
        {narrowed && <a href={pathTo('/barriers')}>{t('conversation.threads.clear')}</a>}
      </Row>
    </form>
  );
}
