import type { ReactNode } from 'react';
import { ACTIONS, DECISION_NOTE_LENGTH, type DetailField } from '~/domain/moderation/actions';
import type { FormState } from '~/platform/form-state';
import {
  Choices,
  FieldError,
  FormKey,
  Input,
  optionsOf,
  Select,
  Submit,
  TextArea,
} from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { PlaceField } from '~/ui/forum/place-field';
import { langOfTerm, useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';
import { Row } from '~/ui/row';
import type { CaseView } from './case-view';

interface DecisionFormProps {
  view: CaseView;
  /** The URL that the form is sent to. */
  action: string;
  formKey: string;
}

type Choice = CaseView['choices'][number];

/** The most frequent actions. The others are links that show the form for one of them. */
const FIRST = ['approve', 'hide', 'restore', 'dismiss', 'warn', 'spam-clean'];

/** Decided with one press: they need no field, and restrict nobody. */
const AT_ONCE = ['approve', 'restore', 'dismiss'];

/** Where the form is on its page. */
const FORM = 'decide';

/** A form with the preview of its statement; `notice` is null if the author would not be told. */
type Sent = FormState & { notice?: string | null };

/** The URL of a case with an action chosen. */
const choosing = (action: string, chosen: Choice['action']) => `${action}?action=${chosen}#${FORM}`;

/** What a decision was made on: it is refused if that has changed meanwhile. */
function Seen({ view: { post, decisions }, formKey }: Omit<DecisionFormProps, 'action'>) {
  return (
    <>
      <FormKey value={formKey} />
      {post && <input type="hidden" name="revision" value={post.revision} />}
      {post && <input type="hidden" name="decision" value={decisions.at(-1)?.id ?? ''} />}
    </>
  );
}

/** The decisions that one press makes, and the way to hide. */
export function QuickDecisions({ view, action, formKey }: DecisionFormProps) {
  const { t } = useI18n();
  const atOnce = view.choices.filter((choice) => AT_ONCE.includes(choice.action));
  const mayHide = view.choices.some((choice) => choice.action === 'hide');
  if (view.closedAt !== null || atOnce.length === 0) return null;
  return (
    <Row as="form" className="actions" method="post" action={action}>
      <Seen view={view} formKey={formKey} />
      {atOnce.map((choice, at) => (
        <button
          key={choice.action}
          className={choice.action === 'approve' ? 'primary' : undefined}
          type="submit"
          name="action"
          value={choice.action}
          accessKey={at === 0 ? 'a' : undefined}
        >
          {t(`moderation.action.${choice.action}.name`)}
        </button>
      ))}
      {mayHide && (
        <a className="button" href={choosing(action, 'hide')} accessKey="h">
          {t('moderation.action.hide.name')}
        </a>
      )}
    </Row>
  );
}

/**
 * The form for deciding a case. It shows the fields of the chosen action, and beside the button the
 * statement that the author will get. For a closed case the form is folded.
 */
export function DecisionForm(props: DecisionFormProps) {
  const { t } = useI18n();
  const state = useFormState();
  const { closedAt, asked } = props.view;
  if (closedAt === null) {
    return (
      <section className="decide" id={FORM} aria-labelledby="decide-title">
        <h2 id="decide-title">{t('moderation.decide.title')}</h2>
        <Fields {...props} />
      </section>
    );
  }
  return (
    <details className="decide" id={FORM} open={state !== undefined || asked !== null}>
      <summary>{t('moderation.decide.again')}</summary>
      <Fields {...props} />
    </details>
  );
}

function Fields({ view, action, formKey }: DecisionFormProps) {
  const state: Sent | undefined = useFormState();
  const i18n = useI18n();
  const { t, community, name, describe } = i18n;
  const { post, choices, asked } = view;
  const chosen = state?.values.action?.[0] ?? asked;
  const offered = choices.filter((one) => FIRST.includes(one.action) || one.action === chosen);
  const others = choices.filter((one) => !offered.includes(one));
  const only = choices.length === 1 ? choices[0]?.action : undefined;
  return (
    <form className="decide-form" method="post" action={action}>
      <Seen view={view} formKey={formKey} />
      <div className="decide-choice">
        <fieldset id="action" className="field choices">
          <legend className="visually-hidden">{t('moderation.decide.action')}</legend>
          {post?.isOpening && <p className="hint">{t('moderation.decide.opening')}</p>}
          <FieldError name="action" error={state?.errors.action} />
          {offered.map((one) => (
            <ActionChoice key={one.action} {...one} chosen={one.action === (chosen ?? only)} />
          ))}
          {others.length > 0 && <OtherActions of={others} action={action} />}
        </fieldset>
        <Details view={view} fields={new Set(offered.flatMap(detailsOf))} />
        <div data-field="rule">
          <Choices
            name="reason"
            type="radio"
            legend={t('moderation.decide.rule')}
            hint={t('moderation.decide.ruleHint')}
            options={community.rules.map((rule) => ({
              value: rule,
              label: (
                <>
                  {name('rule', rule)}{' '}
                  <span className="rule-text" {...langOfTerm(i18n, 'rule', rule)}>
                    {describe('rule', rule)}
                  </span>
                </>
              ),
            }))}
          />
        </div>
      </div>
      <div className="decide-notice">
        {state?.notice !== undefined && <Notice text={state.notice} />}
        <Letter view={view} offered={state?.notice === undefined ? offered : []} />
      </div>
      <div className="decide-send">
        <details open={Boolean(state?.values.privateNote?.[0])}>
          <summary>{t('moderation.decide.private')}</summary>
          <TextArea
            name="privateNote"
            rows={2}
            label={<span className="visually-hidden">{t('moderation.decide.private')}</span>}
          />
        </details>
        <Row className="actions">
          <Submit accessKey="d" label={t('moderation.decide.send')} />
          <button type="submit" name="preview" value="1" data-field="notice">
            {t('moderation.decide.preview')}
          </button>
        </Row>
      </div>
    </form>
  );
}

const detailsOf = ({ action }: Choice) => ACTIONS[action].details;

/** The parts of the form that an action needs. The style sheet shows them when it is chosen. */
function needsOf({ action }: Choice): string {
  const { limits, rule, tells, details } = ACTIONS[action];
  return [(limits || rule) && 'rule', tells && 'notice', ...details].filter(Boolean).join(' ');
}

/** Under which name the style sheet shows what belongs to an action. */
const slotOf = ({ action }: Choice) => (FIRST.includes(action) ? action : 'other');

function ActionChoice({ chosen, ...choice }: Choice & { chosen: boolean }) {
  const { t } = useI18n();
  const { action, outcome } = choice;
  return (
    <div>
      <label className="choice">
        <input
          type="radio"
          name="action"
          value={action}
          defaultChecked={chosen}
          data-slot={slotOf(choice)}
          data-needs={needsOf(choice)}
        />{' '}
        <span>
          {t(`moderation.action.${action}.name`)}{' '}
          <span className="hint">
            {t(`moderation.effect.${outcome === 'refuse' ? outcome : action}`)}
          </span>
        </span>
      </label>
    </div>
  );
}

/** Links that show the form with one of the other actions chosen. */
function OtherActions({ of, action }: { of: Choice[]; action: string }) {
  const { t } = useI18n();
  const isThread = (one: Choice) => ACTIONS[one.action].about === 'thread';
  const groups = [
    { title: t('moderation.decide.more'), of: of.filter((one) => !isThread(one)) },
    { title: t('moderation.decide.thread'), of: of.filter(isThread) },
  ];
  return groups.map(
    (group) =>
      group.of.length > 0 && (
        <details key={group.title}>
          <summary>{group.title}</summary>
          <ul className="other-actions">
            {group.of.map((one) => (
              <li key={one.action}>
                <a href={choosing(action, one.action)}>
                  {t(`moderation.action.${one.action}.name`)}
                </a>{' '}
                <span className="hint">{t(`moderation.effect.${one.action}`)}</span>
              </li>
            ))}
          </ul>
        </details>
      ),
  );
}

/** Fields that only some actions need; the others ignore them. */
function Details({ view, fields }: Pick<DecisionFormProps, 'view'> & { fields: Set<DetailField> }) {
  const { t, name, community } = useI18n();
  const { tags, thread, choices } = view;
  const renames = choices.some(({ action }) => action === 'title');
  const field = (name: DetailField, controls: ReactNode) =>
    fields.has(name) && <div data-field={name}>{controls}</div>;
  return (
    <>
      {field(
        'minutes',
        <Input
          name="minutes"
          type="number"
          inputMode="numeric"
          label={t('moderation.decide.minutes')}
        />,
      )}
      {field(
        'days',
        <Input name="days" type="number" inputMode="numeric" label={t('moderation.decide.days')} />,
      )}
      {field('to', <Input name="to" dir="ltr" label={t('moderation.decide.to')} />)}
      {field(
        'title',
        <Input
          name="title"
          dir="auto"
          label={t('moderation.decide.newTitle')}
          value={renames ? (thread?.original ?? '') : ''}
        />,
      )}
      {tags &&
        field(
          'labels',
          <>
            <Choices
              name="pillar"
              type="checkbox"
              legend={t('moderation.decide.pillars')}
              chosen={tags.pillars}
              options={optionsOf(community.pillars, (one) => name('pillar', one))}
            />
            <Choices
              name="barrier"
              type="checkbox"
              legend={t('moderation.decide.barriers')}
              chosen={tags.barriers}
              options={optionsOf(community.kinds, (one) => name('barrier', one))}
            />
            <PlaceField value={tags.place} />
          </>,
        )}
    </>
  );
}

/**
 * The statement as the author will read it, in their language, with the note written in its place.
 * The style sheet shows the sentences of the chosen action and rule.
 */
function Letter({
  view: { letter },
  offered,
}: Pick<DecisionFormProps, 'view'> & { offered: Choice[] }) {
  const { t, community, name } = useI18n();
  const told = offered.flatMap((one) => (one.letter ? [{ slot: slotOf(one), ...one.letter }] : []));
  const lang = { lang: letter.locale, dir: letter.dir };
  return (
    <div className="letter" data-field="notice">
      {told.length > 0 && <h3>{t('moderation.decide.letter', { language: letter.language })}</h3>}
      {told.map(({ slot, subject, what, rule }) => (
        <div key={slot} data-letter={slot} {...lang}>
          <p className="letter-subject">{subject}</p>
          <p>{what}</p>
          {rule && <p data-rule="default">{rule}</p>}
        </div>
      ))}
      {told.length > 0 && (
        <div data-field="rule" {...lang}>
          {letter.rules.map(({ rule, words }, at) => (
            <p key={rule} data-rule={at + 1}>
              {words}
            </p>
          ))}
        </div>
      )}
      <Select
        name="canned"
        label={t('moderation.decide.canned')}
        empty={t('moderation.decide.cannedNone')}
        options={optionsOf(community.replies, (one) => name('reply', one))}
      />
      <TextArea
        name="note"
        rows={3}
        label={t('moderation.decide.note')}
        hint={t('moderation.decide.noteHint')}
        maxLength={DECISION_NOTE_LENGTH}
      />
      {told.map(({ slot, facts, next, redress }) => (
        <div key={slot} data-letter={slot} {...lang}>
          {facts && <p>{facts}</p>}
          <p>{next}</p>
          {redress && <p>{redress}</p>}
        </div>
      ))}
    </div>
  );
}

/** The statement as it would be emailed to the author, word for word. */
function Notice({ text }: { text: string | null }) {
  const { t } = useI18n();
  return (
    <section className="letter" aria-labelledby="notice-title" tabIndex={-1} id="notice">
      <h3 id="notice-title">{t('moderation.decide.previewTitle')}</h3>
      <Said>{text ?? t('moderation.decide.previewNone')}</Said>
    </section>
  );
}
