import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** Links to the other pages; `talks`: modmail conversations that wait for an answer. */
export function DeskLinks({ talks, administrator }: { talks: number; administrator: boolean }) {
  const { t, number } = useI18n();
  return (
    <>
      <li>
        <a href={pathTo('/mod/modmail')}>{t('guard.talk.desk')}</a>
        {talks > 0 && <> {number(talks)}</>}
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
