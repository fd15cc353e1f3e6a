import type { ReactNode } from 'react';
import type { QueuedCase } from '~/moderation/queue';
import { useI18n } from '../i18n';
import { Pagination } from '../pagination';
import { formatAge } from './age';
import { reasonName } from './names';

/** The queue as the desk shows it: with the names of places, and how long each case waits. */
export interface DeskQueue {
  open: number;
  page: number;
  pages: number;
  cases: (QueuedCase & { place: string | null; waited: number })[];
}

interface DeskProps {
  queue: DeskQueue;
  /** The case that is shown beside the queue. */
  current?: string;
  children: ReactNode;
}

/** The moderators' desk: the queue on one side, the matter in hand on the other. */
export function Desk({ queue, current, children }: DeskProps) {
  const { t, number } = useI18n();
  return (
    <div className="desk">
      <div className="desk-matter">{children}</div>
      <nav className="desk-queue" aria-labelledby="queue-title">
        <h2 id="queue-title">
          {t('moderation.desk.queue')} <span className="quiet">{number(queue.open)}</span>
        </h2>
        {queue.cases.length === 0 ? (
          <p className="quiet">{t('moderation.desk.empty')}</p>
        ) : (
          <ol className="queue rows">
            {queue.cases.map((row) => (
              <QueueRow key={row.id} row={row} current={row.id === current} page={queue.page} />
            ))}
          </ol>
        )}
        <Pagination page={queue.page} pages={queue.pages} href={(page) => `/mod?page=${page}`} />
      </nav>
    </div>
  );
}

interface QueueRowProps {
  row: DeskQueue['cases'][number];
  current: boolean;
  page: number;
}

function QueueRow({ row, current, page }: QueueRowProps) {
  const i18n = useI18n();
  const { t, number, locale } = i18n;
  const href = page > 1 ? `/mod/cases/${row.id}?page=${page}` : `/mod/cases/${row.id}`;
  return (
    <li>
      <p className="meta">
        <span>
          <b>{formatAge(locale, row.waited)}</b>
        </span>
        {row.causes.includes('held') && <span>{t('moderation.cause.held')}</span>}
        {row.reasons.map(({ reason, count }) => (
          <span key={reason}>
            {reasonName(i18n, reason)} {number(count)}
          </span>
        ))}
      </p>
      <a
        href={href}
        lang={row.post.language}
        dir="auto"
        aria-current={current ? 'page' : undefined}
      >
        {row.post.excerpt}
      </a>
      <p className="meta">
        <span>
          <bdi>{row.author}</bdi>
        </span>
        {row.place && <span>{row.place}</span>}
        <span>
          <bdi lang={row.thread.language}>{row.thread.title}</bdi>
        </span>
      </p>
    </li>
  );
}
