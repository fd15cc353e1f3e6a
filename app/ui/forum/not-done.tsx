import type { FormState } from '~/platform/form-state';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

interface NotDoneProps {
  state: FormState | undefined;
  /** The page with the button. */
  back: string;
}

/** The page for a button on another page that was refused or could not be stored. */
export function NotDone({ state, back }: NotDoneProps) {
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('site.problem.title')}</h1>
      <ErrorSummary state={state} />
      <p>
        <a href={back}>{t('reading.back')}</a>
      </p>
    </div>
  );
}
