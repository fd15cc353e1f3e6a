import type { ReactNode } from 'react';
import { LICENCE } from '~/domain/community/licence';
import { POST_FIELD_NAMES, type PostFieldName } from '~/domain/forum/posts/post-fields';
import type { FormState } from '~/platform/form-state';
import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import type { NearbyView } from '~/ui/barriers/nearby';
import { FormKey, TextArea } from '~/ui/forms/fields';
import { Trap } from '~/ui/forms/honeypot';
import { Text, useI18n } from '~/ui/i18n';
import { DraftBase, type DraftView, SaveDraft } from './draft-line';
import { KeepText } from './keep-text';
import type { PlaceOptions } from './place-field';
import { type FieldsState, PostFields } from './post-fields';

/** What a form that writes a post needs from its loader. */
export interface ComposerData {
  key: string;
  places: PlaceOptions;
  /** Where the author is, as far as others are told. */
  country: string | null;
  /** How long the post will wait for a moderator, as a sentence; null if it does not. */
  held: string | null;
  /** What was written here before and not posted. */
  draft?: DraftView | null;
  /** What the author's device calls a text for this place. */
  keptName: string | null;
  /** Where barriers are told: the fields of a report are open, impact among them. */
  report?: boolean;
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
  /** What the form shows: what was sent, or a draft. */
  state: ComposerState | undefined;
  /** The form as it came back. */
  sent?: ComposerState | undefined;
  /** The post that is answered. */
  replyTo: AnsweredPost | null;
  /** The same page without an addressee. */
  unaddressed: string;
}

/** All but the place are folded away. */
const IN_SIGHT: readonly PostFieldName[] = ['country'];
const FOLDED = POST_FIELD_NAMES.filter((name) => !IN_SIGHT.includes(name));

/** The form at the end of a thread. */
export function ReplyForm({ action, composer, state, sent, replyTo, unaddressed }: ReplyFormProps) {
  const { t } = useI18n();
  const fields = {
    form: composer.report ? 'report' : 'reply',
    places: composer.places,
    said: { country: [composer.country ?? ''] },
    state,
  } as const;
  const used =
    FOLDED.some((name) => state?.errors[name] || state?.values[name]?.some(Boolean)) ||
    Boolean(state?.suggested);
  return (
    <form className="composer" method="post" action={action}>
      <FormKey value={composer.key} />
      <DraftBase draft={composer.draft ?? null} />
      <Answered replyTo={replyTo} state={state} unaddressed={unaddressed} />
      <KeepText name={composer.keptName} state={sent} draft={composer.draft ?? null} />
      <BodyField state={state} />
      <PostFields {...fields} only={IN_SIGHT} />
      <details open={used}>
        <summary>{t('conversation.composer.more')}</summary>
        <PostFields {...fields} only={FOLDED} />
      </details>
      <Next held={composer.held} />
      <Buttons submit={t('conversation.composer.submit')} drafts />
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

export function BodyField({ state, value }: StateProps & { value?: string | undefined }) {
  const { t } = useI18n();
  return (
    <TextArea
      name="body"
      label={t('conversation.composer.body')}
      hint={t('conversation.composer.bodyHint')}
      value={value}
      state={state}
      required
    />
  );
}

/** A form that writes a post, once it came back: what is wrong with it, or what it will look like. */
export interface ComposerState extends FieldsState {
  /** Safe HTML. */
  preview?: string;
  /** What others from there reported of the same. */
  nearby?: NearbyView[];
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
export function Buttons({ submit, drafts = false }: { submit: string; drafts?: boolean }) {
  const { t } = useI18n();
  return (
    <p className="actions">
      <button className="primary" type="submit">
        {submit}
      </button>
      <button type="submit" name="preview" value="1">
        {t('conversation.composer.preview')}
      </button>
      {drafts && <SaveDraft />}
    </p>
  );
}

/** What happens after sending. */
export function Next({ held }: { held: string | null }) {
  const { t } = useI18n();
  return (
    <>
      <p className="quiet next">
        {held === null
          ? t('conversation.composer.next')
          : `${t('conversation.composer.nextHeld')} ${held}`}
      </p>
      <Licence />
    </>
  );
}

/** What posting agrees to. */
function Licence() {
  return (
    <p className="quiet next">
      <Text
        k="barriers.licence"
        values={{
          link: (inner) => (
            <a href={LICENCE} rel="license">
              {inner}
            </a>
          ),
        }}
      />
    </p>
  );
}

/** For visitors without an account: they write first and say who they are on the next page. */
export function VisitorForm({
  action,
  composer,
  state,
  replyTo,
  unaddressed,
}: Omit<ReplyFormProps, 'composer'> & { composer: { key: string | null } }) {
  const { t } = useI18n();
  return (
    <form className="composer" method="post" action={action}>
      {composer.key ? (
        <FormKey value={composer.key} />
      ) : (
        <input type="hidden" name="visitor" value="1" />
      )}
      <Trap state={state} />
      <Answered replyTo={replyTo} state={state} unaddressed={unaddressed} />
      <BodyField state={state} />
      <p className="quiet next">{t('writing.visitor.next')}</p>
      <p className="actions">
        <button className="primary" type="submit">
          {t('conversation.composer.submit')}
        </button>
      </p>
    </form>
  );
}

interface LoginToWriteProps {
  /** Where to come back to. */
  back: string;
  replyTo?: string | undefined;
  /** Beside a form with their text in it, which has to stay open. */
  newTab?: boolean;
  /** The sentence; it names what the form is for. */
  k?: MessageKey;
}

/** For whoever is not logged in; afterwards they come back here. */
export function LoginToWrite({ back, replyTo, newTab = false, k }: LoginToWriteProps) {
  const query = `?redirectTo=${encodeURIComponent(back)}`;
  const link = (path: string) => (inner: ReactNode[]) => (
    <a href={path + query} target={newTab ? '_blank' : undefined}>
      {inner}
    </a>
  );
  const values = { login: link(pathTo('/login')), signup: link(pathTo('/signup')) };
  return (
    <p className="login-to-write">
      {replyTo ? (
        <Text k="conversation.composer.anonymousReply" values={{ ...values, name: replyTo }} />
      ) : (
        <Text k={k ?? 'conversation.composer.anonymous'} values={values} />
      )}
    </p>
  );
}
