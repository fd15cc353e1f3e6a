import type { DecisionAction } from '~/domain/moderation/actions';
import { APPEAL_LENGTH } from '~/domain/moderation/decisions/appeal';
import { pathTo } from '~/platform/paths';
import { FormKey, TextArea } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';

interface AppealFormProps {
  decisionId: string;
  formKey: string;
}

/** The form to appeal against a decision. */
export function AppealForm({ decisionId, formKey }: AppealFormProps) {
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/decisions/:id/appeal', { id: decisionId })} id="appeal">
      <FormKey value={formKey} />
      <TextArea
        name="body"
        rows={5}
        label={t('moderation.appeal.body')}
        hint={t('moderation.appeal.hint')}
        maxLength={APPEAL_LENGTH}
      />
      <button type="submit">{t('moderation.appeal.send')}</button>
    </form>
  );
}

interface AppealStateProps {
  appeal: {
    body: string;
    createdAt: number;
    outcome: { id: string; action: DecisionAction; createdAt: number } | null;
  };
}

/** An appeal and its outcome. */
export function AppealState({ appeal: { body, createdAt, outcome } }: AppealStateProps) {
  const { t, day } = useI18n();
  return (
    <section aria-labelledby="your-appeal">
      <h2 id="your-appeal">{t('moderation.appeal.yours')}</h2>
      <Said quoted>{body}</Said>
      {outcome ? (
        <p>
          {t('moderation.appeal.answered', { day: day(outcome.createdAt) })}
          <Gap />
          <a href={pathTo('/decisions/:id', { id: outcome.id })}>
            {t(`moderation.action.${outcome.action}.done`)}
          </a>
        </p>
      ) : (
        <p>{t('moderation.appeal.sent', { day: day(createdAt) })}</p>
      )}
    </section>
  );
}
