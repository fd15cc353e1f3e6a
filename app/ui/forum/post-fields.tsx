import { Fragment, type FunctionComponent, type ReactNode } from 'react';
import {
  BARRIER_KINDS,
  type BarrierKind,
  IMPACTS,
  INDUSTRIES,
  PILLARS,
  type Pillar,
} from '~/domain/community/vocabularies';
import {
  asks,
  type PostDetails,
  type PostFieldName,
  type PostForm,
} from '~/domain/forum/posts/post-fields';
import type { FormState } from '~/platform/form-state';
import { Suggested } from '~/ui/barriers/suggested';
import { Choices, Select } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { PillarMarks } from './pillar-mark';
import { PlaceField, type PlaceOptions } from './place-field';

/*
 * What a post says beside its text, as its author is asked for it and as it is shown.
 */

/** A form that writes a post, once it came back. */
export interface FieldsState extends FormState {
  /** What the words seem to be about, while their author has ticked nothing. */
  suggested?: { barriers: BarrierKind[]; pillars: Pillar[] };
}

interface FormProps {
  form: PostForm;
  places: PlaceOptions;
  state: FieldsState | undefined;
  placeRequired?: boolean;
}

interface ControlProps extends FormProps {
  /** What the field holds when the form is fresh. */
  said: readonly string[];
}

/** The control of each field, in the order in which forms have them. */
const CONTROLS: Record<PostFieldName, FunctionComponent<ControlProps>> = {
  country: ({ places, said, state, placeRequired }) => (
    <PlaceField options={places} value={said[0] ?? null} state={state} required={placeRequired} />
  ),
  industry: IndustryField,
  barrier: BarriersField,
  impact: ImpactField,
  pillar: PillarsField,
};

interface PostFieldsProps extends FormProps {
  /** What the fields hold when the form is fresh. */
  said?: Partial<Record<PostFieldName, readonly string[]>> | undefined;
  /** Some of the fields that the form asks for. */
  only?: readonly PostFieldName[];
  /** All that the form asks for but these. */
  without?: readonly PostFieldName[];
}

/** The fields with which a form asks for what a post says beside its text. */
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

function IndustryField({ state, said }: ControlProps) {
  const { t } = useI18n();
  return (
    <Select
      name="industry"
      label={t('conversation.composer.industry')}
      empty={t('conversation.composer.industryNone')}
      options={INDUSTRIES.map((section) => ({
        value: section,
        label: t(`vocabulary.industry.${section}`),
      }))}
      value={said[0] ?? ''}
      state={state}
    />
  );
}

/** The kinds of barrier; those that are only suggested are marked as such. */
function BarriersField({ state, said }: ControlProps) {
  const { t } = useI18n();
  return (
    <>
      <Suggested {...state?.suggested} />
      <Choices
        name="barrier"
        legend={t('conversation.composer.barriers')}
        type="checkbox"
        chosen={said}
        options={BARRIER_KINDS.map((kind) => {
          const name = t(`vocabulary.barrier.${kind}.name`);
          const suggested = state?.suggested?.barriers.includes(kind);
          return { value: kind, label: suggested ? t('barriers.suggest.mark', { name }) : name };
        })}
        state={state}
      />
    </>
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
  const { t } = useI18n();
  return (
    <Choices
      name="pillar"
      legend={t(form === 'thread' ? 'conversation.new.pillars' : 'conversation.composer.pillars')}
      type="checkbox"
      chosen={said}
      options={PILLARS.map((pillar) => {
        const name = t(`vocabulary.pillar.${pillar}.name`);
        const suggested = state?.suggested?.pillars.includes(pillar);
        return { value: pillar, label: suggested ? t('barriers.suggest.mark', { name }) : name };
      })}
      state={state}
    />
  );
}

/** What stands below a post; its place stands above it. */
export type PostTopics = Omit<PostDetails, 'country' | 'region'>;

/** What a post says beside its text, in the order in which it is shown. */
export function Topics({ barriers, impact, industry, pillars }: PostTopics) {
  const { t } = useI18n();
  const said = {
    barriers: barriers.map((kind) => (
      <span key={kind}>{t(`vocabulary.barrier.${kind}.name`)}</span>
    )),
    impact: impact && <span>{t(`barriers.impact.${impact}`)}</span>,
    industry: industry && <span>{t(`vocabulary.industry.${industry}`)}</span>,
    pillars: pillars.length > 0 && <PillarMarks pillars={pillars} />,
  } satisfies Record<keyof PostTopics, ReactNode>;
  const shown = Object.entries(said).filter(([, node]) => (Array.isArray(node) ? node[0] : node));
  if (shown.length === 0) return null;
  return (
    <p className="meta topics">
      {shown.map(([name, node]) => (
        <Fragment key={name}>{node}</Fragment>
      ))}
    </p>
  );
}
