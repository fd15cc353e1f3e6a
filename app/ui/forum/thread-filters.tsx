import type { ThreadSort } from '~/domain/forum/threads/threads';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { type Option, optionsOf, Select } from '~/ui/forms/fields';
import {
  IndustryFilter,
  LanguageFilter,
  PillarFilter,
  PlaceFilters,
} from '~/ui/forms/filter-fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import type { PlaceOption } from './place-options';

interface ThreadFiltersProps {
  state: FormState;
  sort: ThreadSort;
  sorts: readonly ThreadSort[];
  regions: PlaceOption[];
  /** Languages that occur in posts. */
  languages: Option[];
  narrowed: boolean;
  /** The slug of the conversation whose threads are filtered. */
  conversation: string | null;
}

/** The filter form for threads; it uses GET, so that the result has a URL that can be shared. */
export function ThreadFilters({
  state,
  sort,
  sorts,
  regions,
  languages,
  narrowed,
  conversation,
}: ThreadFiltersProps) {
  const { t } = useI18n();
  return (
    <form
      id="filters"
      className="filters"
      action={pathTo('/threads')}
      aria-label={t('conversation.threads.filter')}
    >
      {conversation !== null && <input type="hidden" name="conversation" value={conversation} />}
      <Select
        name="sort"
        label={t('conversation.threads.sort')}
        value={sort}
        options={optionsOf(sorts, (value) => t(`conversation.threads.sort.${value}`))}
      />
      <PillarFilter state={state} />
      <PlaceFilters regions={regions} state={state} />
      <IndustryFilter state={state} />
      <LanguageFilter languages={languages} state={state} />
      <Row className="actions">
        <button type="submit">{t('conversation.threads.apply')}</button>
        {narrowed && <a href={pathTo('/threads')}>{t('conversation.threads.clear')}</a>}
      </Row>
    </form>
  );
}
