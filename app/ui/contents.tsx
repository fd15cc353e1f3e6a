import { useI18n } from './i18n';

interface ContentsProps {
  /** The headings of this page, each by its id. */
  entries: { id: string; title: string }[];
}

/** What a long page holds, in the margin beside it. */
export function Contents({ entries }: ContentsProps) {
  const { t } = useI18n();
  return (
    <nav className="page-aside contents" aria-labelledby="contents">
      <h2 id="contents">{t('pages.contents')}</h2>
      <ul>
        {entries.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
