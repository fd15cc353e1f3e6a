import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** Links to the other pages; `conversations`: modmail conversations that wait for an answer. */
export function DeskLinks({
  conversations,
  administrator,
}: {
  conversations: number;
  administrator: boolean;
}) {
  const { t, number } = useI18n();
  return (
    <>
      <li>
        <a href={pathTo('/mod/modmail')}>{t('guard.talk.desk')}</a>
        {conversations > 0 && <> {number(conversations)}</>}
      </li>
      <li>
        <a href={pathTo('/mod/people')}>{t('guard.people.title')}</a>
      </li>
      <li>
        <a href={pathTo('/mod/patterns')}>{t('guard.patterns.title')}</a>
      </li>
      <li>
        <a href={pathTo('/mod/practice')}>{t('guard.practice.title')}</a>
      </li>
      {administrator && (
        <li>
          <a href={pathTo('/mod/jobs')}>{t('jobs.title')}</a>
        </li>
      )}
    </>
  );
}
