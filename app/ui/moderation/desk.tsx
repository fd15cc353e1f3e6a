import type { LinksFunction } from '@remix-run/node';
import { Fragment, type ReactNode } from 'react';
import { AGES, BULK_ACTIONS, CASE_CAUSES, CLAIMS, QUEUE_SORTS } from '~/domain/moderation/lists';
import { pathTo } from '~/platform/paths';
import { FormKey, Options, optionsOf } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Name } from '~/ui/moderation/words';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';
import desk from '~/ui/styles/desk.css?url';
import { formatAge } from './age';
import type { DeskQueue } from './desk-queue';
import { KeyHelp } from './key-help';
import { reasonName } from './names';

/** The moderation pages have their own style sheet, so that readers do not load it. */
export const deskLinks: LinksFunction = () => [{ rel: 'stylesheet', href: desk }];

interface DeskProps {
  queue: DeskQueue;
  children: ReactNode;
}

/** The page of a case: the case, and the queue below it. */
export function Desk({ queue, current, children }: DeskProps & { current?: string }) {
  return (
    <>
      {children}
      <KeyHelp />
      <Queue queue={queue} current={current} />
    </>
  );
}

interface QueueProps {
  queue: DeskQueue;
  /** The id of the open case. */
  current?: string | undefined;
  /** If set, cases can be selected and decided together. */
  bulkKey?: string;
}

/** The open cases, with filters. */
export function Queue({ queue, current, bulkKey }: QueueProps) {
  const { t, number } = useI18n();
  const list = <List queue={queue} current={current} choose={bulkKey !== undefined} />;
  return (
    <nav className="desk-cases" aria-labelledby="queue-title">
      <h2 id="queue-title" className={bulkKey ? 'visually-hidden' : undefined}>
        {t('moderation.desk.queue')} <span className="quiet">{number(queue.open)}</span>
      </h2>
      <Causes queue={queue} />
      <Filters queue={queue} />
      {queue.kept !== '' && (
        <p className="quiet">{t('moderation.desk.found', { count: queue.found })}</p>
      )}
      {bulkKey === undefined || queue.cases.length === 0 ? (
        list
      ) : (
        <form method="post" action={queue.kept ? pathTo(`/mod?${queue.kept}`) : pathTo('/mod')}>
          <FormKey value={bulkKey} />
          {list}
          <Bulk />
        </form>
      )}
      <Pagination
        page={queue.page}
        pages={queue.pages}
        href={(page) => withQuery(pathTo('/mod'), queue.kept, `page=${page}`)}
      />
    </nav>
  );
}

function withQuery(path: string, ...parts: string[]): string {
  const query = parts.filter((part) => part !== '').join('&');
  return query ? `${path}?${query}` : path;
}

/** Number of cases for each cause; each is a filter link. */
function Causes({ queue }: { queue: DeskQueue }) {
  const { t, number } = useI18n();
  const some = CASE_CAUSES.filter((cause) => queue.byCause[cause] > 0);
  if (some.length === 0) return null;
  return (
    <Meta className="desk-causes">
      {some.map((cause) => (
        <a
          key={cause}
          href={pathTo(`/mod?cause=${cause}`)}
          aria-current={queue.query.cause === cause ? 'true' : undefined}
        >
          {t(`moderation.cause.${cause}`)} {number(queue.byCause[cause])}
        </a>
      ))}
      {queue.kept !== '' && <a href={pathTo('/mod')}>{t('moderation.desk.any')}</a>}
    </Meta>
  );
}

function Filters({ queue }: { queue: DeskQueue }) {
  const { t, locale, community, short } = useI18n();
  const { query } = queue;
  const any = t('moderation.desk.any');
  return (
    <details className="desk-filters">
      <summary>{t('moderation.desk.filter')}</summary>
      <form method="get" action={pathTo('/mod')}>
        <Filter
          name="cause"
          label={t('moderation.desk.cause')}
          empty={any}
          value={query.cause ?? ''}
          options={optionsOf(CASE_CAUSES, (one) => t(`moderation.cause.${one}`))}
        />
        <Filter
          name="reason"
          label={t('moderation.desk.reason')}
          empty={any}
          value={query.reason ?? ''}
          options={optionsOf(community.flagReasons, (one) => short('rule', one))}
        />
        <Filter
          name="region"
          label={t('moderation.desk.region')}
          empty={any}
          value={query.region ?? ''}
          options={queue.regions.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Filter
          name="language"
          label={t('moderation.desk.language')}
          empty={any}
          value={query.language ?? ''}
          options={queue.languages.map(({ tag, name }) => ({ value: tag, label: name }))}
        />
        <Filter
          name="age"
          label={t('moderation.desk.age')}
          empty={any}
          value={String(query.age ?? '')}
          options={AGES.map((hours) => ({
            value: String(hours),
            label: formatAge(locale, hours * 3_600_000),
          }))}
        />
        <Filter
          name="claimed"
          label={t('moderation.desk.claimed')}
          empty={any}
          value={query.claimed ?? ''}
          options={optionsOf(CLAIMS, (one) => t(`moderation.desk.claimed.${one}`))}
        />
        <Filter
          name="sort"
          label={t('moderation.desk.sort')}
          value={query.sort}
          options={optionsOf(QUEUE_SORTS, (one) => t(`moderation.desk.sort.${one}`))}
        />
        <button type="submit">{t('moderation.desk.apply')}</button>
      </form>
    </details>
  );
}

interface FilterProps {
  name: string;
  label: string;
  value: string;
  /** The label of the empty choice; without it there is no empty choice. */
  empty?: string;
  options: { value: string; label: string }[];
}

/** The decision form on this page has the same field names, so ids here have a prefix. */
function Filter({ name, label, value, empty, options }: FilterProps) {
  const id = `filter-${name}`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>{' '}
      <select id={id} name={name} defaultValue={value}>
        {empty !== undefined && <option value="">{empty}</option>}
        <Options of={options} />
      </select>
    </div>
  );
}

function Bulk() {
  const { t } = useI18n();
  return (
    <fieldset className="desk-bulk">
      <legend>{t('moderation.desk.bulk')}</legend>{' '}
      {BULK_ACTIONS.map((one) => (
        <Fragment key={one}>
          <button type="submit" name="bulk" value={one}>
            {t(`moderation.desk.bulk.${one}`)}
          </button>{' '}
        </Fragment>
      ))}
    </fieldset>
  );
}

interface ListProps {
  queue: DeskQueue;
  current: string | undefined;
  choose: boolean;
}

function List({ queue, current, choose }: ListProps) {
  const { t } = useI18n();
  if (queue.cases.length === 0) return <p className="quiet">{t('moderation.desk.empty')}</p>;
  const page = queue.page > 1 ? `page=${queue.page}` : '';
  return (
    <ol className="queue rows">
      {queue.cases.map((row) => (
        <QueueRow
          key={row.id}
          row={row}
          href={withQuery(pathTo('/mod/cases/:id', { id: row.id }), queue.kept, page)}
          current={row.id === current}
          choose={choose}
        />
      ))}
    </ol>
  );
}

interface QueueRowProps {
  row: DeskQueue['cases'][number];
  href: string;
  current: boolean;
  choose: boolean;
}

function QueueRow({ row, href, current, choose }: QueueRowProps) {
  const i18n = useI18n();
  const { t, number, locale } = i18n;
  const { thread, author } = row;
  const other = row.causes.filter((cause) => cause !== 'flag');
  return (
    <li>
      <Meta>
        {choose && (
          <input
            type="checkbox"
            name="case"
            value={row.id}
            aria-label={t('moderation.desk.select', { author: author ?? '' })}
          />
        )}
        <span>
          <b>{formatAge(locale, row.waited)}</b>
        </span>
        {other.map((cause) => (
          <span key={cause}>{t(`moderation.cause.${cause}`)}</span>
        ))}
        {row.reasons.map(({ reason, count }) => (
          <span key={reason}>
            {reasonName(i18n, reason)} {number(count)}
          </span>
        ))}
        {row.claimedBy && (
          <span className="claimed">{t('moderation.desk.takenBy', { who: row.claimedBy })}</span>
        )}
      </Meta>
      <a
        className="queue-link"
        href={href}
        lang={row.language ?? undefined}
        dir="auto"
        aria-current={current ? 'page' : undefined}
      >
        {row.excerpt ?? t('moderation.desk.person')}
      </a>
      <div className="where">
        <Meta>
          <Name>{author}</Name>
          {row.place && <span>{row.place}</span>}
        </Meta>
        {thread && (
          <Meta>
            <bdi lang={thread.language}>{thread.title}</bdi>
          </Meta>
        )}
      </div>
    </li>
  );
}
