import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';

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
      <LinkItem href={pathTo('/mod/people')} label={t('guard.people.title')} />
      <LinkItem href={pathTo('/mod/patterns')} label={t('guard.patterns.title')} />
      <LinkItem href={pathTo('/mod/practice')} label={t('guard.practice.title')} />
      {administrator && <LinkItem href={pathTo('/mod/jobs')} label={t('jobs.title')} />}
    </>
  );
}
