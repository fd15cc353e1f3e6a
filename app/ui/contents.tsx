import { LinkItem } from '~/ui/links';
import { useI18n } from './i18n';

interface ContentsProps {
  /** The headings of the page, with their ids. */
  entries: { id: string; title: string }[];
}

/** The table of contents of a long page, in the margin. */
export function Contents({ entries }: ContentsProps) {
  const { t } = useI18n();
  return (
    <nav className="page-aside contents" aria-labelledby="contents">
      <h2 id="contents">{t('pages.contents')}</h2>
      <ul>
        {entries.map(({ id, title }) => (
          <LinkItem key={id} href={`#${id}`} label={title} />
        ))}
      </ul>
    </nav>
  );
}
