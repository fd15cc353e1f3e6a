import type { ReactNode } from 'react';
import type { FormState } from '~/http/forms';
import { BARRIER_KINDS, INDUSTRIES, PILLARS } from '~/vocabularies/vocabularies';
import { Choices, FormKey, Select, TextArea } from '../forms/fields';
import { Text, useI18n } from '../i18n';
import { PlaceField, type PlaceOptions } from './place-field';

/** What a form that writes a post needs from its loader. */
export interface ComposerData {
  key: string;
  places: PlaceOptions;
  /** The author's own country. */
  country: string | null;
  /** Whether the post will wait for a moderator. */
  held: boolean;
}

export interface AnsweredPost {
  id: string;
  name: string;
  excerpt: string;
  language: string;
}

interface ReplyFormProps {
  action: string;
  composer: ComposerData;
  state: FormState | undefined;
  /** The post that is answered. */
  replyTo: AnsweredPost | null;
  /** The same page without an addressee. */
  unaddressed: string;
}

/** The form at the end of a thread. */
export function ReplyForm({ action, composer, state, replyTo, unaddressed }: ReplyFormProps) {
  const { t } = useI18n();
  const folded = ['industry', 'barrier', 'pillar'];
  const used = folded.some((name) => state?.errors[name] || state?.values[name]?.some(Boolean));
  return (
    <form className="composer" method="post" action={action}>
      <FormKey value={composer.key} />
      <Answered replyTo={replyTo} state={state} unaddressed={unaddressed} />
      <BodyField state={state} />
      <PlaceField options={composer.places} value={composer.country} state={state} />
      <details open={used}>
        <summary>{t('conversation.composer.more')}</summary>
        <IndustryField state={state} />
        <Choices
          name="barrier"
          legend={t('conversation.composer.barriers')}
          type="checkbox"
          options={BARRIER_KINDS.map((kind) => ({
            value: kind,
            label: t(`vocabulary.barrier.${kind}.name`),
          }))}
          state={state}
        />
        <PillarsField state={state} legend={t('conversation.composer.pillars')} />
      </details>
      <Next held={composer.held} />
      <Buttons submit={t('conversation.composer.submit')} />
    </form>
  );
}

/** Names the post that is answered; if it is gone, the text is sent to the whole thread next. */
function Answered({
  replyTo,
  state,
  unaddressed,
}: Pick<ReplyFormProps, 'replyTo' | 'state' | 'unaddressed'>) {
  const { t } = useI18n();
  const error = state?.errors.replyTo;
  if (error) {
    return (
      <p className="field-error" id="replyTo" tabIndex={-1}>
        {error}
      </p>
    );
  }
  const id = state?.values.replyTo?.[0] ?? replyTo?.id;
  if (!id) return null;
  return (
    <>
      <input type="hidden" name="replyTo" value={id} />
      {replyTo && (
        <div className="answered">
          <blockquote lang={replyTo.language} dir="auto">
            {replyTo.excerpt}
          </blockquote>
          <a href={unaddressed}>{t('conversation.composer.unaddressed')}</a>
        </div>
      )}
    </>
  );
}

interface StateProps {
  state: FormState | undefined;
}

export function BodyField({ state }: StateProps) {
  const { t } = useI18n();
  return (
    <TextArea
      name="body"
      label={t('conversation.composer.body')}
      hint={t('conversation.composer.bodyHint')}
      state={state}
      required
    />
  );
}

export function IndustryField({ state }: StateProps) {
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
      state={state}
    />
  );
}

export function PillarsField({ state, legend }: StateProps & { legend: string }) {
  const { t } = useI18n();
  return (
    <Choices
      name="pillar"
      legend={legend}
      type="checkbox"
      options={PILLARS.map((pillar) => ({
        value: pillar,
        label: t(`vocabulary.pillar.${pillar}.name`),
      }))}
      state={state}
    />
  );
}

/** A form that writes a post, once it came back: what is wrong with it, or what it will look like. */
export interface ComposerState extends FormState {
  /** Safe HTML. */
  preview?: string;
}

/** What the text will look like; nothing is stored yet. */
export function Preview({ state }: { state: ComposerState | undefined }) {
  const { t } = useI18n();
  if (!state?.preview) return null;
  return (
    <section className="preview" aria-labelledby="preview">
      <h3 id="preview">{t('conversation.composer.previewTitle')}</h3>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the renderer */}
      <div className="prose" dangerouslySetInnerHTML={{ __html: state.preview }} />
    </section>
  );
}

/** The first one is also what the Enter key presses. */
export function Buttons({ submit }: { submit: string }) {
  const { t } = useI18n();
  return (
    <p className="actions">
      <button className="primary" type="submit">
        {submit}
      </button>
      <button type="submit" name="preview" value="1">
        {t('conversation.composer.preview')}
      </button>
    </p>
  );
}

/** What happens after sending. */
export function Next({ held }: { held: boolean }) {
  const { t } = useI18n();
  return (
    <p className="quiet next">
      {t(held ? 'conversation.composer.nextHeld' : 'conversation.composer.next')}
    </p>
  );
}

interface LoginToWriteProps {
  /** Where to come back to. */
  back: string;
  replyTo?: string | undefined;
  /** Beside a form with their text in it, which has to stay open. */
  newTab?: boolean;
}

/** For whoever is not logged in; afterwards they come back here. */
export function LoginToWrite({ back, replyTo, newTab = false }: LoginToWriteProps) {
  const query = `?redirectTo=${encodeURIComponent(back)}`;
  const link = (path: string) => (inner: ReactNode[]) => (
    <a href={path + query} target={newTab ? '_blank' : undefined}>
      {inner}
    </a>
  );
  const values = { login: link('/login'), signup: link('/signup') };
  return (
    <p className="login-to-write">
      {replyTo ? (
        <Text k="conversation.composer.anonymousReply" values={{ ...values, name: replyTo }} />
      ) : (
        <Text k="conversation.composer.anonymous" values={values} />
      )}
    </p>
  );
}
