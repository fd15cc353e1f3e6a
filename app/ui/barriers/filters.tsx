import { USUAL_DAYS } from '~/domain/barriers/query';
import { formatPeriod, periodContaining, previousPeriod } from '~/domain/digests/period';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { type Option, Select } from '~/ui/forms/fields';
import {
  ConversationFilter,
  IndustryFilter,
  KindFilter,
  PillarFilter,
  PlaceFilters,
} from '~/ui/forms/filter-fields';
import type { PlaceOption } from '~/ui/forum/place-options';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** Returns the months from the first report to now, newest first. */
export function monthOptions(first: number, now: number, locale: string): Option[] {
  const options: Option[] = [];
  for (let one = periodContaining(now, 'month'); one.end > first; one = previousPeriod(one)) {
    options.push({ value: one.id, label: formatPeriod(one, locale) });
  }
  return options;
}

interface MonthFilterProps {
  name: 'from' | 'to';
  label: string;
  hint?: string;
  /** What it means to choose no month. */
  empty: string;
  months: Option[];
  state: FormState;
}

/** A list of months. A link may have named a day instead, which then is in the list too. */
function MonthFilter({ months, ...props }: MonthFilterProps) {
  const given = props.state.values[props.name]?.[0];
  const known = !given || months.some(({ value }) => value === given);
  return (
    <Select {...props} options={known ? months : [{ value: given, label: given }, ...months]} />
  );
}

interface BarrierFiltersProps {
  state: FormState;
  conversations: Option[];
  regions: PlaceOption[];
  months: Option[];
  narrowed: boolean;
}

/** The filter form; it uses GET, so that the result has a URL that can be shared. */
export function BarrierFilters({ state, narrowed, ...choices }: BarrierFiltersProps) {
  const { t } = useI18n();
  return (
    <form
      id="filters"
      className="filters"
      action={pathTo('/barriers')}
      aria-label={t('barriers.filter.title')}
    >
      <PlaceFilters regions={choices.regions} state={state} />
      <KindFilter label={t('barriers.filter.kind')} state={state} />
      <PillarFilter state={state} />
      <IndustryFilter state={state} />
      <ConversationFilter options={choices.conversations} state={state} />
      <MonthFilter
        name="from"
        label={t('barriers.filter.from')}
        empty={t('barriers.filter.usual', { n: USUAL_DAYS })}
        months={choices.months}
        state={state}
      />
      <MonthFilter
        name="to"
        label={t('barriers.filter.to')}
        hint={t('barriers.filter.monthHint')}
        empty={t('barriers.filter.today')}
        months={choices.months}
        state={state}
      />
      <Row className="actions">
        <button type="submit">{t('conversation.threads.apply')}</button>
        {narrowed && <a href={pathTo('/barriers')}>{t('conversation.threads.clear')}</a>}
      </Row>
    </form>
  );
}
