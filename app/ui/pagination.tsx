import { pageUrl } from '~/platform/paging';
import { useI18n } from './i18n';

interface PaginationProps {
  page: number;
  pages: number;
  /** The URL of the list, which is that of its first page. */
  path?: string;
  /** Returns the URL of a page by its number, from 1. */
  href?: (page: number) => string;
}

/** Links to numbered pages: the first, the last, and the neighbours of the current page. */
export function Pagination({
  page,
  pages,
  path = '',
  href = (n) => pageUrl(path, n),
}: PaginationProps) {
  const { t, number } = useI18n();
  if (pages <= 1) return null;
  const shown = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const numbers = [...new Set(shown)].sort((a, b) => a - b);
  return (
    <nav className="pagination" aria-label={t('site.pages.label')}>
      <ul>
        {page > 1 && (
          <li>
            <a rel="prev" href={href(page - 1)}>
              {t('site.pages.previous')}
            </a>
          </li>
        )}
        {numbers.map((n) => (
          <li key={n}>
            <a href={href(n)} aria-current={n === page ? 'page' : undefined}>
              {number(n)}
            </a>
          </li>
        ))}
        {page < pages && (
          <li>
            <a rel="next" href={href(page + 1)}>
              {t('site.pages.next')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
