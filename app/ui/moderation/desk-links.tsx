import { useI18n } from '~/ui/i18n';

/** The other rooms of the desk; `talks` counts those that wait for an answer. */
export function DeskLinks({ talks }: { talks: number }) {
  const { t, number } = useI18n();
  return (
    <>
      <li>
        <a href="/mod/modmail">{t('guard.talk.desk')}</a>
        {talks > 0 && <> {number(talks)}</>}
      </li>
      <li>
        <a href="/mod/people">{t('guard.people.title')}</a>
      </li>
      <li>
        <a href="/mod/patterns">{t('guard.patterns.title')}</a>
      </li>
      <li>
        <a href="/mod/practice">{t('guard.practice.title')}</a>
      </li>
    </>
  );
}
