import { withParameter } from '~/domain/forum/paths';
import { POST_SORTS, type PostSort } from '~/domain/forum/posts/post-sorts';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';

/** Links for the sort orders of contributions; the first has the thread's own URL. */
export function SortLinks({ path, chosen }: { path: string; chosen: PostSort }) {
  const { t } = useI18n();
  return (
    <nav aria-label={t('writing.sort.label')}>
      <Meta>
        {POST_SORTS.map((sort) => (
          <a
            key={sort}
            href={sort === 'oldest' ? path : withParameter(path, 'sort', sort)}
            rel="nofollow"
            aria-current={sort === chosen ? 'true' : undefined}
          >
            {t(`writing.sort.${sort}`)}
          </a>
        ))}
      </Meta>
    </nav>
  );
}
