import type { FormState } from '~/http/forms';
import { outcomeOf } from '~/moderation/outcome';
import { RULES } from '~/vocabularies/vocabularies';
import type { DecisionAction } from '../../../db/schema/moderation';
import { Choices, FormKey, TextArea } from '../forms/fields';
import { useI18n } from '../i18n';

interface DecisionFormProps {
  matter: {
    id: string;
    closedAt: number | null;
    choices: readonly DecisionAction[];
    decisions: { id: string }[];
    thread: { title: string };
    author: { reads: string };
    post: { state: string; revision: number; isOpening: boolean };
  };
  formKey: string;
  state: FormState | undefined;
}

/**
 * Decides a case. Under what is chosen stands the notice as the author will read it, with the
 * rules in the place where the chosen one will stand. A case that is closed opens on request.
 */
export function DecisionForm(props: DecisionFormProps) {
  const { t } = useI18n();
  const { matter, state } = props;
  if (matter.closedAt === null) {
    return (
      <section className="decide" aria-labelledby="decide-title">
        <h2 id="decide-title">{t('moderation.decide.title')}</h2>
        <Fields {...props} />
      </section>
    );
  }
  return (
    <details className="decide" open={state !== undefined}>
      <summary>{t('moderation.decide.again')}</summary>
      <Fields {...props} />
    </details>
  );
}

function Fields({ matter, formKey, state }: DecisionFormProps) {
  const { t } = useI18n();
  const { thread, author, post } = matter;
  const outcomes = matter.choices.map((action) => outcomeOf(action, post.state === 'held'));
  return (
    <form method="post" action={`/mod/cases/${matter.id}`}>
      <FormKey value={formKey} />
      <input type="hidden" name="revision" value={post.revision} />
      <input type="hidden" name="decision" value={matter.decisions.at(-1)?.id ?? ''} />
      <Choices
        name="action"
        type="radio"
        legend={t('moderation.decide.action')}
        hint={post.isOpening ? t('moderation.decide.opening') : undefined}
        state={state}
        chosen={matter.choices.length === 1 ? matter.choices : []}
        options={matter.choices.map((action, at) => ({
          value: action,
          label: (
            <>
              <b>{t(`moderation.action.${action}.name`)}</b>{' '}
              <span className="quiet">{t(`moderation.effect.${outcomes[at] ?? action}`)}</span>
            </>
          ),
        }))}
      />
      <div className="letter">
        <h3>{t('moderation.decide.letter', { language: author.reads })}</h3>
        {outcomes.map((outcome) =>
          outcome === 'dismiss' ? null : (
            <p key={outcome} data-outcome={outcome}>
              {t(`moderation.mail.${outcome}.what`, { thread: thread.title })}
            </p>
          ),
        )}
        {matter.choices.includes('hide') && (
          <Choices
            name="reason"
            type="radio"
            legend={t('moderation.decide.rule')}
            hint={t('moderation.decide.ruleHint')}
            state={state}
            options={RULES.map((rule) => ({
              value: rule,
              label: (
                <>
                  <b>{t(`vocabulary.rule.${rule}.title`)}</b>{' '}
                  <span className="rule-text">{t(`vocabulary.rule.${rule}.text`)}</span>
                </>
              ),
            }))}
          />
        )}
        <TextArea
          name="note"
          rows={4}
          label={t('moderation.decide.note')}
          hint={t('moderation.decide.noteHint')}
          state={state}
        />
        {outcomes.map((outcome) =>
          outcome === 'dismiss' ? null : (
            <p key={outcome} data-outcome={outcome}>
              {t(`moderation.mail.${outcome}.next`)}
            </p>
          ),
        )}
      </div>
      <button className="primary" type="submit">
        {t('moderation.decide.send')}
      </button>
    </form>
  );
}
