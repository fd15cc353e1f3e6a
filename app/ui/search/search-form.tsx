import { LONGEST_SEARCH } from '~/domain/search/words';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Input, type Option, Submit } from '~/ui/forms/fields';
import {
  ConversationFilter,
  IndustryFilter,
  KindFilter,
  LanguageFilter,
  PillarFilter,
  PlaceFilters,
} from '~/ui/forms/filter-fields';
import type { PlaceOption } from '~/ui/forum/place-options';
import { useI18n } from '~/ui/i18n';

interface SearchFormProps {
  state: FormState;
  regions: PlaceOption[];
  conversations: Option[];
  /** Languages that occur in posts. */
  languages: Option[];
  /** Number of active filters. */
  narrowed: number;
}

/** The search form: by GET, so that results have a URL. Rarely used filters are folded. */
export function SearchForm({
  state,
  regions,
  conversations,
  languages,
  narrowed,
}: SearchFormProps) {
  const { t } = useI18n();
  return (
    <search>
      <form className="filters" action={pathTo('/search')}>
        <div className="search-line">
          <input
            id="q"
            name="q"
            type="search"
            dir="auto"
            maxLength={LONGEST_SEARCH}
            aria-label={t('search.words')}
            aria-describedby="q-hint"
            defaultValue={state.values.q?.[0]}
          />
          <Submit label={t('search.submit')} />
        </div>
        <p className="hint" id="q-hint">
          {t('search.hint')}
        </p>
        <details open={Object.keys(state.errors).length > 0}>
          <summary>
            {narrowed > 0 ? t('search.narrowed', { n: narrowed }) : t('search.narrow')}
          </summary>
          <div className="fields">
            <PillarFilter state={state} />
            <KindFilter label={t('search.kind')} state={state} />
            <PlaceFilters regions={regions} state={state} />
            <IndustryFilter state={state} />
            <ConversationFilter options={conversations} state={state} />
            <LanguageFilter languages={languages} state={state} />
            <Input
              name="author"
              label={t('search.author')}
              hint={t('search.authorHint')}
              dir="auto"
              state={state}
            />
            <Input name="from" type="date" label={t('search.from')} state={state} />
            <Input name="to" type="date" label={t('search.to')} state={state} />
          </div>
        </details>
      </form>
    </search>
  );
}
