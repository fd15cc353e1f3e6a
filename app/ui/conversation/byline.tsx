import { useI18n } from '../i18n';
import type { AuthorView } from './view';

interface BylineProps {
  author: AuthorView;
  place: string | null;
  createdAt: number;
  /** Where the post is for good. */
  path: string;
  editedAt?: number | null;
  reading?: { unread: boolean };
}

/** Who, where, when: above people's words. */
export function Byline({ author, place, createdAt, path, editedAt, reading }: BylineProps) {
  const { t, day } = useI18n();
  return (
    <p className="meta byline">
      {reading?.unread && <strong className="unread">{t('people.notices.unread')}</strong>}
      <a className="author" href={`/u/${encodeURIComponent(author.handle)}`}>
        <bdi>{author.name}</bdi>
      </a>
      {place && <span>{place}</span>}
      <a href={path}>
        <Time ms={createdAt} />
      </a>
      {editedAt && (
        <a href={`${path}/revisions`} rel="nofollow">
          {t('conversation.post.edited', { date: day(editedAt) })}
        </a>
      )}
    </p>
  );
}

/** A day, exact to the second for programs. */
export function Time({ ms }: { ms: number }) {
  const { day } = useI18n();
  return <time dateTime={new Date(ms).toISOString()}>{day(ms)}</time>;
}
