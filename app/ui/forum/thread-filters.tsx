import { INDUSTRIES, PILLARS } from '~/domain/community/vocabularies';
import type { ThreadSort } from '~/domain/forum/threads/threads';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Input, type Option, Select } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import type { PlaceOption } from './place-field';

interface ThreadFiltersProps {
  state: FormState;
  sort: ThreadSort;
  sorts: readonly ThreadSort[];
  regions: PlaceOption[];
  /** Languages that occur in posts. */
  languages: Option[];
  narrowed: boolean;
}

/** The filter form for threads; it uses GET, so that the result has a URL that can be shared. */
export function ThreadFilters({
  state,
  sort,
  sorts,
  regions,
  languages,
  narrowed,
}: ThreadFiltersProps) {
  const { t } = useI18n();
  const any = t('conversation.threads.any');
  return (
    <form
      id="filters"
      className="filters"
      action={pathTo('/threads')}
      aria-label={t('conversation.threads.filter')}
    >
      <Select
        name="sort"
        label={t('conversation.threads.sort')}
        value={sort}
        options={sorts.map((value) => ({ value, label: t(`conversation.threads.sort.${value}`) }))}
      />
      <Select
        name="pillar"
        label={t('conversation.threads.pillar')}
        empty={any}
        options={PILLARS.map((value) => ({ value, label: t(`vocabulary.pillar.${value}.short`) }))}
        state={state}
      />
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
        name="industry"
        label={t('conversation.threads.industry')}
        empty={any}
        options={INDUSTRIES.map((value) => ({ value, label: t(`vocabulary.industry.${value}`) }))}
        state={state}
      />
      <Select
        name="language"
        label={t('conversation.threads.language')}
        empty={any}
        options={languages}
        state={state}
      />
      <Row className="actions">
        <button type="submit">{t('conversation.threads.apply')}</button>
        {narrowed && <a href={pathTo('/threads')}>{t('conversation.threads.clear')}</a>}
      </Row>
    </form>
  );
}
