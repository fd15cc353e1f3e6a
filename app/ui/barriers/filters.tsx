import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Input } from '~/ui/forms/fields';
import { IndustryFilter, KindFilter, PillarFilter, PlaceFilters } from '~/ui/forms/filter-fields';
import type { PlaceOption } from '~/ui/forum/place-options';
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
  const day = { dir: 'ltr', state } as const;
  return (
    <form
      id="filters"
      className="filters"
      action={pathTo('/barriers')}
      aria-label={t('barriers.filter.title')}
    >
      <PlaceFilters regions={regions} state={state} />
      <KindFilter label={t('barriers.filter.kind')} state={state} />
      <PillarFilter state={state} />
      <IndustryFilter state={state} />
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
