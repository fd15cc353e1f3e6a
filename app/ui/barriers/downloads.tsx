import { LICENCE } from '~/domain/community/licence';
import { pathTo } from '~/platform/paths';
import { Text, useI18n } from '~/ui/i18n';

/** Links to the page's data. `query` begins with a question mark or is empty. */
export function Downloads({ query }: { query: string }) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="data-title">
      <h2 id="data-title">{t('barriers.data.title')}</h2>
      <ul>
        <li>
          <a href={pathTo('/barriers.csv') + query}>{t('barriers.data.csv')}</a>
        </li>
        <li>
          <a href={pathTo('/barriers/contributions.csv') + query}>{t('barriers.data.reports')}</a>
        </li>
        <li>
          <a href={pathTo('/barriers.json') + query}>{t('barriers.data.json')}</a>
        </li>
      </ul>
      <p className="hint">
        <Text
          k="barriers.data.licence"
          values={{
            link: (inner) => (
              <a href={LICENCE} rel="license">
                {inner}
              </a>
            ),
          }}
        />
      </p>
    </section>
  );
}
