import { pathTo } from '~/platform/paths';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { Bar } from './bar';
import { PeopleOverTime } from './columns';
import type { ArchiveEntryView } from './view';

/** Maximum number of digests listed on a page. */
export const LIST_LENGTH = 100;

interface DigestListProps {
  title: string;
  entries: ArchiveEntryView[];
  more: boolean;
  /** True for a list of one place: shows its figures and a link to all places. */
  all?: boolean;
  /** The URL of the subscription form for these digests. */
  subscribe: string;
  feed: { path: string; label: string };
}

/** Published digests, the newest first. */
export function DigestList({ title, entries, more, all, subscribe, feed }: DigestListProps) {
  const { t, day, number } = useI18n();
  return (
    <div className="listing">
      <h1>{title}</h1>
      <p className="lead">{t('digests.list.lead')}</p>
      {all && <PeopleOverTime entries={entries} />}
      {entries.length === 0 && <p className="empty">{t('digests.list.empty')}</p>}
      <ol className="rows">
        {entries.map(({ id, path, title, version, publishedAt, people, bars }) => (
          <li key={id}>
            <h2>
              <a href={path}>{title}</a>
            </h2>
            <Meta>
              {publishedAt !== null && (
                <span>{t('digests.list.published', { day: day(publishedAt) })}</span>
              )}
              {version > 1 && <span>{t('digests.list.version', { version })}</span>}
              {people !== null && <span>{t('digests.count.people', { people })}</span>}
            </Meta>
            {bars.length > 0 && (
              <ul className="glance">
                {bars.map(({ kind, name, people, share }) => (
                  <li key={kind}>
                    <span>{name}</span> <b>{number(people)}</b>
                    <Bar share={share} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
      {entries.length > 0 && (
        <p className="quiet">
          <NotSurvey />
        </p>
      )}
      {more && <p className="quiet">{t('digests.list.more')}</p>}
      <TextLine k="digests.list.subscribe" values={{ link: linkTo(subscribe) }} />
      <Meta>
        {all && <a href={pathTo('/digests')}>{t('digests.list.title')}</a>}
        <a href={feed.path}>{feed.label}</a>
      </Meta>
    </div>
  );
}
