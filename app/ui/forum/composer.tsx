import type { ReactNode } from 'react';
import { LICENCE } from '~/domain/community/licence';
import type { LastPlace } from '~/domain/forum/posts/last-place';
import { POST_FIELD_NAMES, type PostFieldName } from '~/domain/forum/posts/post-fields';
import type { FormState } from '~/platform/form-state';
import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import type { NearbyView } from '~/ui/barriers/nearby';
import { FormKey, Input, Submit, TextArea } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { useFormState } from '~/ui/forms/state';
import { langOfMessage, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import { DraftBase, type DraftView, SaveDraft } from './draft-line';
import { KeepText } from './keep-text';
import { PostFields } from './post-fields';

/** The data from the loader for a form that writes a post. */
export interface ComposerData {
  key: string;
  /** The place and industry of the last post, offered again. */
  last: LastPlace;
  /** What follows when this visitor sends it, from `sayWhatFollows`. */
  next: string;
  /** The unposted draft for this place. */
  draft: DraftView | null;
  /** The key of this place's text on the author's device. */
  keptName: string | null;
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
  /** The values in the form: what was sent, or the draft. */
  state: ComposerState | undefined;
  /** The post that is replied to. */
  replyTo: AnsweredPost | null;
  /** The URL of the same page without `replyTo`. */
  unaddressed: string;
  /** What the thread asks for; a report has more fields than an answer. */
  asks: 'answer' | 'report';
}

/** Asked after the text, in this order; the other fields are folded. */
export const IN_SIGHT: readonly PostFieldName[] = ['country', 'industry'];
export const FOLDED = POST_FIELD_NAMES.filter((name) => !IN_SIGHT.includes(name));

/** The values of a new form. */
export function offered({ country, industry }: LastPlace) {
  return { country: [country], industry: [industry] };
}

/** The same verb as the form's heading: people answer a thread, and reply to a person. */
function postAction(replyTo: AnsweredPost | null): MessageKey {
  return replyTo ? 'writing.post.action.reply' : 'writing.post.action.answer';
}

/** The form at the end of a thread. */
export function ReplyForm({ action, composer, state, replyTo, unaddressed, asks }: ReplyFormProps) {
  const { t } = useI18n();
  const fields = {
    form: asks === 'report' ? 'report' : 'reply',
    said: offered(composer.last),
    state,
  } as const;
  return (
    <form className="composer" method="post" action={action}>
      <FormKey value={composer.key} />
      <DraftBase draft={composer.draft} />
      <Answered replyTo={replyTo} state={state} unaddressed={unaddressed} />
      <KeepText name={composer.keptName} draft={composer.draft} />
      <BodyField asks={replyTo ? 'reply' : askedBy(asks)} state={state} />
      <PostFields {...fields} only={IN_SIGHT} />
      <More state={state}>
        <PostFields {...fields} only={FOLDED} />
      </More>
      <Next says={composer.next} />
      <Buttons submit={t(postAction(replyTo))} drafts state={state} />
    </form>
  );
}

/** Optional fields, folded unless one is filled in or has an error. */
export function More({ state, children }: StateProps & { children: ReactNode }) {
  const { t } = useI18n();
  const used = [...FOLDED, 'title'].some(
    (name) => state?.errors[name] || state?.values[name]?.some(Boolean),
  );
  return (
    <details open={used}>
      <summary>{t('conversation.composer.more')}</summary>
      <div>{children}</div>
    </details>
  );
}

/** Names the post that is replied to; without it, the text goes to the whole thread. */
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

/** The label for an answer: that of the first question may be the community's own. */
export function askedBy(asks: ReplyFormProps['asks']): 'answer' | 'first' {
  return asks === 'report' ? 'first' : 'answer';
}

interface BodyFieldProps extends StateProps {
  /** What the label asks for. */
  asks?: 'post' | 'answer' | 'first' | 'reply' | 'report';
  value?: string | undefined;
}

export function BodyField({ asks = 'post', state, value }: BodyFieldProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const asked = `conversation.composer.body.${asks}` as const;
  return (
    <>
      <TextArea
        name="body"
        label={<span {...langOfMessage(i18n, asked)}>{t(asked)}</span>}
        hint={t('conversation.composer.bodyHint')}
        value={value}
        state={state}
        required
      />
      <details>
        <summary>{t('conversation.composer.formatting')}</summary>
        <p className="hint">{t('conversation.composer.markdown')}</p>
      </details>
    </>
  );
}

/** A form that writes a post, after it came back: with its errors or a preview. */
export interface ComposerState extends FormState {
  /** Safe HTML. */
  preview?: string;
  /** Similar reports from the same place. */
  nearby?: NearbyView[];
}

/** A preview of the text; nothing is stored yet. */
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

/** The first button is also the one that the Enter key presses. */
export function Buttons({
  submit,
  drafts = false,
  state,
}: {
  submit: string;
  drafts?: boolean;
  state?: FormState | undefined;
}) {
  const { t } = useI18n();
  return (
    <Row className="actions">
      <Submit label={submit} />
      <button type="submit" name="preview" value="1">
        {t('conversation.composer.preview')}
      </button>
      {state?.errors.again && <PostAgain />}
      {drafts && <SaveDraft />}
    </Row>
  );
}

/** The button to post the same text in the same place a second time. */
export function PostAgain() {
  const { t } = useI18n();
  return (
    <button type="submit" name="again" value="1">
      {t('conversation.composer.again')}
    </button>
  );
}

/** Says what follows for this visitor; a form that was refused has said so above. */
export function Next({ says }: { says: string }) {
  const state = useFormState();
  return (
    <>
      {!state?.errors.form && <p className="quiet next">{says}</p>}
      <Licence />
    </>
  );
}

/** The licence that a person agrees to by posting. */
function Licence() {
  return (
    <TextLine
      className="quiet next"
      k="barriers.licence"
      values={{ link: linkTo(LICENCE, 'license') }}
    />
  );
}

/** For visitors without an account: they write first and give an email address afterwards. */
export function VisitorForm({
  action,
  composer,
  state,
  replyTo,
  unaddressed,
  asks,
}: Omit<ReplyFormProps, 'composer'> & {
  composer: Pick<ComposerData, 'last' | 'next'> & {
    key: string | null;
  };
}) {
  const { t } = useI18n();
  return (
    <form className="composer" method="post" action={action}>
      {composer.key ? (
        <FormKey value={composer.key} />
      ) : (
        <input type="hidden" name="visitor" value="1" />
      )}
      <Honeypot />
      <Answered replyTo={replyTo} state={state} unaddressed={unaddressed} />
      <BodyField asks={replyTo ? 'reply' : askedBy(asks)} state={state} />
      <PostFields form="reply" said={offered(composer.last)} state={state} only={IN_SIGHT} />
      <VisitorEmail />
      <Next says={composer.next} />
      <Buttons submit={t(postAction(replyTo))} />
    </form>
  );
}

/** Who a visitor is. Without an email address here, the next page asks for it. */
export function VisitorEmail() {
  const { t } = useI18n();
  return (
    <Input
      name="email"
      type="email"
      label={t('asking.email')}
      hint={t('asking.emailHint')}
      autoComplete="email"
    />
  );
}

interface LoginToWriteProps {
  /** The URL to return to. */
  back: string;
  /** True if the visitor's text is in a form on this page, which must stay open. */
  newTab?: boolean;
  /** Another message. */
  k?: MessageKey;
}

/** Login and sign-up links for logged-out visitors; afterwards they return here. */
export function LoginToWrite({ back, newTab = false, k }: LoginToWriteProps) {
  const query = `?redirectTo=${encodeURIComponent(back)}`;
  const link = (path: string) => (inner: ReactNode[]) => (
    <a href={path + query} target={newTab ? '_blank' : undefined}>
      {inner}
    </a>
  );
  const values = { login: link(pathTo('/login')), signup: link(pathTo('/signup')) };
  return (
    <TextLine
      className="login-to-write"
      k={k ?? 'conversation.composer.anonymous'}
      values={values}
    />
  );
}
