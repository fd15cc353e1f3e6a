import { Fragment, type FunctionComponent, type ReactNode } from 'react';
import { IMPACTS, isIndustry } from '~/domain/community/vocabularies';
import {
  asks,
  NO_BARRIER,
  type PostDetails,
  type PostFieldName,
  type PostForm,
} from '~/domain/forum/posts/post-fields';
import type { Post } from '~/domain/forum/posts/posts';
import type { FormState } from '~/platform/form-state';
import { Choices, optionsOf, Select } from '~/ui/forms/fields';
import { langOfTerm, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { PillarMark } from './pillar-mark';
import { PlaceField } from './place-field';

/* The fields of a post besides its text: their form controls, and how they are shown. */

interface FormProps {
  form: PostForm;
  state: FormState | undefined;
}

interface ControlProps extends FormProps {
  /** The values in a new form. */
  said: readonly string[];
}

/** The control of each field, in the order of the forms. */
const CONTROLS: Record<PostFieldName, FunctionComponent<ControlProps>> = {
  country: ({ said, state }) => <PlaceField value={said[0] ?? null} state={state} />,
  elsewhere: ElsewhereField,
  industry: IndustryField,
  barrier: BarriersField,
  impact: ImpactField,
  pillar: PillarsField,
};

interface PostFieldsProps extends FormProps {
  /** The values in a new form. */
  said?: Partial<Record<PostFieldName, readonly string[]>> | undefined;
  /** Only these fields. */
  only?: readonly PostFieldName[];
  /** All fields except these. */
  without?: readonly PostFieldName[];
}

/** The form fields of a post besides its text. */
export function PostFields({ said = {}, only, without = [], ...form }: PostFieldsProps) {
  const names = Object.keys(CONTROLS) as PostFieldName[];
  return names
    .filter((name) => asks(form.form, name))
    .filter((name) => (only ? only.includes(name) : !without.includes(name)))
    .map((name) => {
      const Control = CONTROLS[name];
      return <Control key={name} {...form} said={said[name] ?? []} />;
    });
}

function ElsewhereField({ state, said }: ControlProps) {
  const { t } = useI18n();
  return (
    <Choices
      name="elsewhere"
      legend={t('asking.elsewhere')}
      hint={t('asking.elsewhereHint')}
      type="checkbox"
      chosen={said}
      options={[{ value: '1', label: t('asking.elsewhereBox') }]}
      state={state}
    />
  );
}

function IndustryField({ state, said }: ControlProps) {
  const { t, community, name, describe } = useI18n();
  // Who edits an older post keeps an industry that is no longer offered.
  const sections = [...new Set([...community.industries, ...said.filter(isIndustry)])];
  return (
    <Select
      name="industry"
      label={t('asking.work')}
      empty={t('asking.workNone')}
      options={optionsOf(sections, (one) => describe('industry', one) || name('industry', one))}
      value={said[0] ?? ''}
      state={state}
    />
  );
}

function BarriersField({ state, said }: ControlProps) {
  const i18n = useI18n();
  const { t, community, name, describe } = i18n;
  return (
    <Choices
      name="barrier"
      legend={t('conversation.composer.barriers')}
      type="checkbox"
      chosen={said}
      options={[
        ...community.kinds.map((kind) => ({
          value: kind,
          label: (
            <>
              {name('barrier', kind)}
              {' – '}
              <span className="hint" {...langOfTerm(i18n, 'barrier', kind)}>
                {describe('barrier', kind)}
              </span>
            </>
          ),
        })),
        { value: NO_BARRIER, label: t('keyPoints.notBarrier') },
      ]}
      state={state}
    />
  );
}

function ImpactField({ state, said }: ControlProps) {
  const { t } = useI18n();
  return (
    <Choices
      name="impact"
      legend={t('barriers.impact.legend')}
      hint={t('barriers.impact.hint')}
      type="radio"
      chosen={[said[0] ?? '']}
      options={[
        ...IMPACTS.map((step) => ({ value: String(step), label: t(`barriers.impact.${step}`) })),
        { value: '', label: t('barriers.impact.none') },
      ]}
      state={state}
    />
  );
}

function PillarsField({ form, state, said }: ControlProps) {
  const { t, name, community } = useI18n();
  return (
    <Choices
      name="pillar"
      legend={t(form === 'thread' ? 'conversation.new.pillars' : 'conversation.composer.pillars')}
      type="checkbox"
      chosen={said}
      options={optionsOf(community.pillars, (pillar) => name('pillar', pillar))}
      state={state}
    />
  );
}

/** The fields shown below a post; its place is shown above. */
export type PostTopics = Omit<PostDetails, 'country' | 'region' | 'writtenFrom' | 'notBarrier'> &
  Pick<Post, 'barriersNamedBy'>;

/** Shows the fields of a post in a fixed order. */
export function Topics({ barriers, barriersNamedBy, impact, industry, pillars }: PostTopics) {
  const { t, name } = useI18n();
  const said = {
    barriers: barriers.map((kind, at) => (
      <span key={kind}>
        {t('conversation.post.kind', {
          kind: name('barrier', kind),
          by: barriersNamedBy[at] ?? 'author',
        })}
      </span>
    )),
    impact: impact && <span>{t(`barriers.impact.${impact}`)}</span>,
    industry: industry && <span>{name('industry', industry)}</span>,
    pillars: pillars.map((pillar) => <PillarMark key={pillar} pillar={pillar} />),
  } satisfies Record<keyof Omit<PostTopics, 'barriersNamedBy'>, ReactNode>;
  const shown = Object.entries(said).filter(([, node]) => (Array.isArray(node) ? node[0] : node));
  if (shown.length === 0) return null;
  return (
    <Meta className="topics">
      {shown.map(([name, node]) => (
        <Fragment key={name}>{node}</Fragment>
      ))}
    </Meta>
  );
}
