import { pathTo } from '~/platform/paths';
import { drawnOnce } from '~/ui/drawn-once';
import { Text, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';
import { PillarMark } from './pillar-mark';
import type { ThreadRowView } from './view';

/** A thread in a list: its title and one line of details. */
const ThreadRow = drawnOnce(({ thread }: { thread: ThreadRowView }) => {
  const { t } = useI18n();
  const { people, countries, questionNumber } = thread;
  return (
    <li className="thread-row">
      <h3 lang={thread.language} dir="auto">
        <a href={thread.path}>{thread.title}</a>
      </h3>
      <Meta>
        {thread.unread > 0 && (
          <a
            className="unread"
            href={pathTo('/reading/:id', { id: thread.id })}
            aria-label={t('reading.unreadIn', { n: thread.unread, title: thread.title })}
          >
            {t('reading.unread', { n: thread.unread })}
          </a>
        )}
        {thread.muted && <span>{t('reading.muted')}</span>}
        {thread.pinned && <span>{t('conversation.thread.pinned')}</span>}
        {thread.locked && <span>{t('conversation.locked')}</span>}
        {questionNumber !== null && (
          <span>{t('conversation.questionNumber', { number: questionNumber })}</span>
        )}
        {thread.pillars.map((pillar) => (
          <PillarMark key={pillar} pillar={pillar} />
        ))}
        {thread.answers > 0 && (
          <>
            <span>{t('conversation.peopleIn', { people, countries })}</span>
            <span>
              <Text k="conversation.active" values={{ date: <Day ms={thread.activeAt} /> }} />
            </span>
          </>
        )}
        {thread.answers === 0 && <span>{t('conversation.answers', { n: 0 })}</span>}
      </Meta>
    </li>
  );
});

export function ThreadRows({ rows }: { rows: ThreadRowView[] }) {
  return (
    <ol className="rows thread-rows">
      {rows.map((thread) => (
        <ThreadRow key={thread.id} thread={thread} />
      ))}
    </ol>
  );
}
