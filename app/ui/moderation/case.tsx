import { pathTo } from '~/platform/paths';
import { Disputes } from '~/ui/digests/disputes';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { Text, useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';
import { Meta, Row, UNSEEN } from '~/ui/row';
import { formatAge } from './age';
import type { CaseView } from './case-view';
import { DecisionForm, QuickDecisions } from './decision-form';
import { Evidence } from './evidence';

interface CaseProps {
  view: CaseView;
  /** The URL that its forms are sent to. */
  action: string;
  formKey: string;
  /** The next case in the queue. */
  next: string | null;
}

/** A case: its facts and the quickest decisions on top, the evidence, and the decision beside it. */
export function Case({ view, action, formKey, next }: CaseProps) {
  const { t } = useI18n();
  const { appeals, disputes } = view;
  return (
    <div className="case">
      <CaseHead view={view} action={action} formKey={formKey} next={next} />
      <div className="case-evidence">
        <Evidence view={view} action={action} />
      </div>
      <div className="case-decision">
        {view.own && <p className="notice">{t('moderation.error.ownPost')}</p>}
        {view.above && <p className="notice">{t('moderation.case.above')}</p>}
        <Disputes disputes={disputes} formKey={formKey} />
        {appeals.map((appeal) => (
          <Appeal key={appeal.id} appeal={appeal} action={action} formKey={formKey} />
        ))}
        {view.choices.length > 0 && <DecisionForm view={view} action={action} formKey={formKey} />}
      </div>
    </div>
  );
}

function CaseHead({ view, action, formKey, next }: CaseProps) {
  const { t, locale, minute } = useI18n();
  const { post, author } = view;
  const values = { author: <bdi>{author.handle}</bdi> };
  return (
    <header className="case-head">
      <Row className="desk-back" separator={UNSEEN}>
        <a href={pathTo('/mod')} accessKey="q">
          {t('moderation.case.back')}
        </a>
        {next && view.closedAt === null && <Next id={next} />}
      </Row>
      <ErrorSummary />
      <div>
        <h1>
          {post ? (
            <Text
              k="moderation.case.heading"
              values={{ kind: post.isOpening ? 'opening' : 'post', ...values }}
            />
          ) : (
            <Text k="moderation.case.headingPerson" values={values} />
          )}
        </h1>
        <Meta>
          {view.causes.map((cause) => (
            <span key={cause}>{t(`moderation.cause.${cause}`)}</span>
          ))}
          {view.id && (
            <span>
              {view.closedAt === null
                ? t('moderation.case.waiting', { age: formatAge(locale, view.waited) })
                : t('moderation.case.closed', { when: minute(view.closedAt) })}
            </span>
          )}
          {post && <span>{t(`moderation.state.${post.state}`)}</span>}
        </Meta>
        {view.id === null && <p className="quiet">{t('moderation.case.fresh')}</p>}
      </div>
      <div className="case-tools">
        <QuickDecisions view={view} action={action} formKey={formKey} />
        {view.id && view.closedAt === null && !view.own && (
          <Claim claim={view.claim} action={action} />
        )}
        {next && view.closedAt !== null && <Next id={next} className="button primary" />}
      </div>
    </header>
  );
}

function Next({ id, className }: { id: string; className?: string }) {
  const { t } = useI18n();
  return (
    <a className={className} href={pathTo('/mod/cases/:id', { id })} accessKey="n">
      {t('moderation.case.next')}
    </a>
  );
}

function Claim({ claim, action }: { claim: CaseView['claim']; action: string }) {
  const { t, minute } = useI18n();
  if (claim && !claim.mine) {
    const values = { who: claim.by, when: minute(claim.until) };
    return <p className="notice warning">{t('moderation.claim.by', values)}</p>;
  }
  return (
    <Row as="form" className="actions claim" method="post" action={action}>
      <button type="submit" name="action" value={claim ? 'release' : 'claim'} accessKey="c">
        {t(claim ? 'moderation.claim.release' : 'moderation.claim.take')}
      </button>
      {claim && (
        <span className="quiet">{t('moderation.claim.mine', { when: minute(claim.until) })}</span>
      )}
    </Row>
  );
}

interface AppealProps extends Pick<CaseProps, 'action' | 'formKey'> {
  appeal: CaseView['appeals'][number];
}

function Appeal({ appeal, action, formKey }: AppealProps) {
  const state = useFormState();
  const { t, minute } = useI18n();
  const { against } = appeal;
  return (
    <section className="decide" aria-labelledby={`appeal-${appeal.id}`}>
      <h2 id={`appeal-${appeal.id}`}>{t('moderation.appeal.case')}</h2>
      <Meta>
        <a href={pathTo('/decisions/:id', { id: against.id })}>
          {t('moderation.appeal.against', {
            action: t(`moderation.action.${against.action}.done`),
            moderator: against.by ?? t('moderation.appeal.machine'),
          })}
        </a>
        <span>{minute(appeal.createdAt)}</span>
      </Meta>
      <Said quoted>{appeal.body}</Said>
      {appeal.mayDecide ? (
        <form method="post" action={action}>
          <FormKey value={`${formKey}-${appeal.id}`} />
          <input type="hidden" name="appeal" value={appeal.id} />
          <div className="field">
            <label htmlFor={`answer-${appeal.id}`}>{t('moderation.appeal.note')}</label>{' '}
            <textarea
              id={`answer-${appeal.id}`}
              name="note"
              rows={3}
              dir="auto"
              defaultValue={state?.values.appeal ? state.values.note?.[0] : undefined}
            />
          </div>
          <Row className="actions">
            <Submit name="action" value="reverse" label={t('moderation.action.reverse.name')} />
            <button type="submit" name="action" value="uphold">
              {t('moderation.action.uphold.name')}
            </button>
          </Row>
        </form>
      ) : (
        <p className="notice">{t('moderation.error.ownDecision')}</p>
      )}
    </section>
  );
}
