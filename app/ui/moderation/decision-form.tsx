import { BARRIER_KINDS, PILLARS, RULES } from '~/domain/community/vocabularies';
import { ACTIONS, CANNED, DECISION_NOTE_LENGTH } from '~/domain/moderation/actions';
import { Choices, FormKey, Input, optionsOf, Select, Submit, TextArea } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { PlaceField } from '~/ui/forum/place-field';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import type { CaseView } from './case-view';

interface DecisionFormProps {
  matter: CaseView;
  action: string;
  formKey: string;
}

type Choice = CaseView['choices'][number];

/** The most frequent actions; the others are folded. */
const FIRST = ['approve', 'hide', 'restore', 'dismiss', 'warn', 'spam-clean'];

/**
 * The form for deciding a case. Below the chosen action it shows the note to the author, and for
 * each rule its text; the whole statement can be previewed before it is sent. For a closed case the
 * form is folded.
 */
export function DecisionForm(props: DecisionFormProps) {
  const { t } = useI18n();
  const state = useFormState();
  if (props.matter.closedAt === null) {
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

function Fields({ matter, action, formKey }: DecisionFormProps) {
  const state = useFormState();
  const { t } = useI18n();
  const { post, author, choices } = matter;
  const isFirst = ({ action }: Choice) => FIRST.includes(action);
  const isThread = ({ action }: Choice) => ACTIONS[action].about === 'thread';
  const first = choices.filter(isFirst);
  const more = choices.filter((one) => !isFirst(one) && !isThread(one));
  const thread = choices.filter(isThread);
  const chosen = state?.values.action?.[0];
  const open = (list: Choice[]) => list.some(({ action }) => action === chosen);
  const only = first.length === 1 && more.length === 0 ? first[0]?.action : undefined;
  return (
    <form method="post" action={action}>
      <FormKey value={formKey} />
      {post && <input type="hidden" name="revision" value={post.revision} />}
      {post && <input type="hidden" name="decision" value={matter.decisions.at(-1)?.id ?? ''} />}
      <fieldset id="action" className="field choices">
        <legend>{t('moderation.decide.action')}</legend>
        {post?.isOpening && <p className="hint">{t('moderation.decide.opening')}</p>}
        {state?.errors.action && <p className="field-error">{state.errors.action}</p>}
        <Actions of={first} chosen={chosen ?? only} />
        {more.length > 0 && (
          <details open={open(more)}>
            <summary>{t('moderation.decide.more')}</summary>
            <Actions of={more} chosen={chosen} />
          </details>
        )}
        {thread.length > 0 && (
          <details open={open(thread)}>
            <summary>{t('moderation.decide.thread')}</summary>
            <Actions of={thread} chosen={chosen} />
          </details>
        )}
        <Details matter={matter} />
      </fieldset>
      <Choices
        name="reason"
        type="radio"
        legend={t('moderation.decide.rule')}
        hint={t('moderation.decide.ruleHint')}
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
      <Select
        name="canned"
        label={t('moderation.decide.canned')}
        empty={t('moderation.decide.cannedNone')}
        options={optionsOf(CANNED, (one) => t(`moderation.canned.${one}`))}
      />
      <TextArea
        name="note"
        rows={4}
        label={t('moderation.decide.note')}
        hint={`${t('moderation.decide.noteHint')} ${t('moderation.decide.letter', { language: author.reads })}.`}
        maxLength={DECISION_NOTE_LENGTH}
      />
      <TextArea name="privateNote" rows={2} label={t('moderation.decide.private')} />
      <Row className="actions">
        <Submit accessKey="d" label={t('moderation.decide.send')} />
        <button type="submit" name="preview" value="1">
          {t('moderation.decide.preview')}
        </button>
      </Row>
    </form>
  );
}

function Actions({ of, chosen }: { of: Choice[]; chosen: string | undefined }) {
  const { t } = useI18n();
  return of.map(({ action, outcome, told }) => (
    <label key={action} className="choice">
      <input type="radio" name="action" value={action} defaultChecked={action === chosen} />{' '}
      <span>
        <b>{t(`moderation.action.${action}.name`)}</b>{' '}
        <span className="quiet">
          {t(`moderation.effect.${outcome === 'refuse' ? outcome : action}`)}
        </span>
        {ACTIONS[action].tells && <span className="told">{told}</span>}
      </span>
    </label>
  ));
}

/** Fields that only some actions use; the others ignore them. */
function Details({ matter }: Pick<DecisionFormProps, 'matter'>) {
  const state = useFormState();
  const { t } = useI18n();
  const { tags, thread, places } = matter;
  const names = new Set(matter.choices.map(({ action }) => action));
  const some = (...of: Choice['action'][]) => of.some((one) => names.has(one));
  const wrong = ['to', 'title', 'days', 'minutes'].some((name) => state?.errors[name]);
  return (
    <details className="more" open={wrong || state?.values.preview !== undefined}>
      <summary>{t('moderation.decide.details')}</summary>
      <Input name="days" type="number" inputMode="numeric" label={t('moderation.decide.days')} />
      {some('slow') && (
        <Input
          name="minutes"
          type="number"
          inputMode="numeric"
          label={t('moderation.decide.minutes')}
        />
      )}
      {some('move', 'merge', 'duplicate') && (
        <Input name="to" dir="ltr" label={t('moderation.decide.to')} />
      )}
      {some('title', 'split') && (
        <Input
          name="title"
          dir="auto"
          label={t('moderation.decide.newTitle')}
          value={some('title') ? (thread?.title ?? '') : ''}
        />
      )}
      {some('retag') && tags && (
        <>
          <Choices
            name="pillar"
            type="checkbox"
            legend={t('moderation.decide.pillars')}
            chosen={tags.pillars}
            options={optionsOf(PILLARS, (one) => t(`vocabulary.pillar.${one}.name`))}
          />
          <Choices
            name="barrier"
            type="checkbox"
            legend={t('moderation.decide.barriers')}
            chosen={tags.barriers}
            options={optionsOf(BARRIER_KINDS, (one) => t(`vocabulary.barrier.${one}.name`))}
          />
          <PlaceField options={places} value={tags.place} />
        </>
      )}
    </details>
  );
}
