import { LICENCE } from '~/domain/community/licence';
import { pathTo } from '~/platform/paths';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';

/** Links to the page's data. `query` begins with a question mark or is empty. */
export function Downloads({ query }: { query: string }) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="data-title">
      <h2 id="data-title">{t('barriers.data.title')}</h2>
      <ul>
        <LinkItem href={pathTo('/barriers.csv') + query} label={t('barriers.data.csv')} />
        <LinkItem
          href={pathTo('/barriers/contributions.csv') + query}
          label={t('barriers.data.reports')}
        />
        <LinkItem href={pathTo('/barriers.json') + query} label={t('barriers.data.json')} />
      </ul>
      <TextLine
        className="hint"
        k="barriers.data.licence"
        values={{ link: linkTo(LICENCE, 'license') }}
      />
    </section>
  );
}
