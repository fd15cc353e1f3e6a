import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/** The page for a button on another page, `back`, that was refused or could not be stored. */
export function NotDone({ back }: { back: string }) {
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('site.problem.title')}</h1>
      <ErrorSummary />
      <LinkLine href={back} label={t('reading.back')} />
    </div>
  );
}
