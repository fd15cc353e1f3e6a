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

/**
 * Returns the numbers of the pages that are linked, in order: the first, the last, and the neighbours of the current
 * one. Null stands for two or more between them.
 */
export function pagesShown(page: number, pages: number): (number | null)[] {
  const linked = new Set([1, page - 1, page, page + 1, pages]);
  const all = Array.from({ length: pages }, (_, at) => at + 1);
  return all.flatMap((n) => {
    // A gap of one page is as wide as its number.
    if (linked.has(n) || (linked.has(n - 1) && linked.has(n + 1))) return [n];
    return linked.has(n - 1) ? [null] : [];
  });
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
        {pagesShown(page, pages).map((n, at) =>
          n === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: there are two at most, which never move
            <li key={`gap ${at}`} aria-hidden="true">
              …
            </li>
          ) : (
            <li key={n}>
              <a href={href(n)} aria-current={n === page ? 'page' : undefined}>
                {number(n)}
              </a>
            </li>
          ),
        )}
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
