import { Text, useI18n } from '../i18n';
import type { EntryView } from './view';

/** As many as a page lists. */
export const LIST_LENGTH = 100;

interface DigestListProps {
  title: string;
  entries: EntryView[];
  more: boolean;
  /** Shows the way to all places. */
  all?: boolean;
  /** Where one subscribes to what is listed. */
  subscribe: string;
  feed: { path: string; label: string };
}

/** Published digests, the newest first. */
export function DigestList({ title, entries, more, all, subscribe, feed }: DigestListProps) {
  const { t, day } = useI18n();
  return (
    <div className="listing">
      <h1>{title}</h1>
      <p className="lead">{t('digests.list.lead')}</p>
      {entries.length === 0 && <p className="empty">{t('digests.list.empty')}</p>}
      <ol className="rows">
        {entries.map(({ id, path, title, version, publishedAt }) => (
          <li key={id}>
            <h2>
              <a href={path}>{title}</a>
            </h2>
            <p className="meta">
              {publishedAt !== null && (
                <span>{t('digests.list.published', { day: day(publishedAt) })}</span>
              )}
              {version > 1 && <span>{t('digests.list.version', { version })}</span>}
            </p>
          </li>
        ))}
      </ol>
      {more && <p className="quiet">{t('digests.list.more')}</p>}
      <p>
        <Text
          k="digests.list.subscribe"
          values={{ link: (inner) => <a href={subscribe}>{inner}</a> }}
        />
      </p>
      <p className="meta">
        {all && <a href="/digests">{t('digests.list.title')}</a>}
        <a href={feed.path}>{feed.label}</a>
      </p>
    </div>
  );
}
