import { useI18n } from '~/ui/i18n';

export interface SimilarThreadView {
  id: string;
  path: string;
  title: string;
  language: string;
}

/** Similar threads, to check before starting one; in a new tab, so that the text stays. */
export function SimilarThreads({ threads }: { threads: readonly SimilarThreadView[] | undefined }) {
  const { t } = useI18n();
  if (!threads || threads.length === 0) return null;
  return (
    <section className="similar" aria-labelledby="similar">
      <h2 id="similar" className="list-count">
        {t('search.similar')}
      </h2>
      <p className="hint">{t('search.similarLead')}</p>
      <ul>
        {threads.map(({ id, path, title, language }) => (
          <li key={id}>
            <a href={path} target="_blank" lang={language} dir="auto" rel="noopener">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
