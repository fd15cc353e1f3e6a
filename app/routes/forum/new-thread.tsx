import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { NEW_THREAD } from '~/domain/forum/drafts/drafts';
import { threadPath } from '~/domain/forum/paths';
import { postForm, REPEATED_POST_FIELDS } from '~/domain/forum/posts/post-fields';
import { previewPost } from '~/domain/forum/posts/preview';
import {
  againField,
  bodyField,
  keyField,
  LONGEST_TITLE,
  previewField,
  titleField,
} from '~/domain/forum/posts/submission-fields';
import { startThread } from '~/domain/publishing/start-thread';
import { similarThreads } from '~/domain/search/similar-threads';
import { pathTo } from '~/platform/paths';
import { askForAccount, withDraft } from '~/server/draft-forms';
import { submit } from '~/server/forms';
import { ErrorSummary, FormKey, Input } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import {
  BodyField,
  Buttons,
  type ComposerState,
  LoginToWrite,
  Next,
  offered,
  Preview,
  VisitorEmail,
} from '~/ui/forum/composer';
import { DraftBase, DraftLine, typedOrDraft } from '~/ui/forum/draft-line';
import { KeepText } from '~/ui/forum/keep-text';
import { PostFields } from '~/ui/forum/post-fields';
import { SimilarThreads, type SimilarThreadView } from '~/ui/forum/similar-threads';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { composerData } from './composer-data';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: { title: visit.i18n.t('conversation.new.title'), noindex: true },
    anonymous: visit.visitor.person === null,
    started: app.clock.now(),
    composer: await composerData(context, request, NEW_THREAD),
  };
}

const MOST_SIMILAR = 5;

const threadForm = postForm('thread', {
  title: titleField,
  body: bodyField,
  key: keyField,
  preview: previewField,
  again: againField,
});

export async function action(args: ActionFunctionArgs) {
  const where = async () => ({ place: NEW_THREAD, back: pathTo('/threads/new') });
  return withDraft(args, where, () => start(args));
}

async function start(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const answer = await submit(
    args,
    threadForm,
    async (form, typed) => {
      if (form.preview) {
        const { address } = visit;
        return {
          ...typed,
          preview: await previewPost(app, visit.visitor, { body: form.body, address }),
        };
      }
      if (!visit.visitor.person) {
        return askForAccount(args, NEW_THREAD, typed.values);
      }
      const address = await startThread(app, visit.visitor, {
        address: visit.address,
        title: form.title,
        body: form.body,
        details: form.details,
        language: visit.i18n.locale,
        again: Boolean(form.again),
        key: form.key,
      });
      return redirect(address, 303);
    },
    REPEATED_POST_FIELDS,
  );
  if (answer instanceof Response) return answer;
  // When the form comes back, as a preview or with an error, show similar threads.
  const { data: state, init } = ('init' in answer ? answer : data(answer)) as ReturnType<
    typeof data<ThreadFormState>
  >;
  const similar = await similarTo(args.context, state.values.title?.[0] ?? '');
  return data({ ...state, similar }, init ?? {});
}

async function similarTo(
  { app, visit }: AppLoadContext,
  title: string,
): Promise<SimilarThreadView[]> {
  const found = await similarThreads(app.db.reader, title, MOST_SIMILAR);
  return found.map(({ slug, ...thread }) => ({
    ...visit.i18n.titled('thread', thread),
    path: threadPath({ id: thread.id, slug }),
  }));
}

interface ThreadFormState extends ComposerState {
  similar?: SimilarThreadView[];
}

export default function NewThread() {
  const { anonymous, started, composer } = useLoaderData<typeof loader>();
  const { draft, keptName } = composer;
  const sent = useActionData<typeof action>() as ThreadFormState | undefined;
  const state: ThreadFormState | undefined = typedOrDraft(sent, draft);
  const { t } = useI18n();
  const fields = {
    form: 'thread',
    said: offered(composer.last),
    state,
  } as const;
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('conversation.new.title')}</h1>
      <TextLine k="conversation.new.lead" values={{ link: linkTo('/#questions') }} />
      <Preview state={sent} />
      {anonymous && <LoginToWrite back={pathTo('/threads/new')} newTab />}
      <DraftLine draft={draft} back={pathTo('/threads/new')} />
      <form className="composer" method="post" action={pathTo('/threads/new')}>
        <FormKey value={composer.key} />
        <DraftBase draft={draft} />
        <KeepText name={keptName} draft={draft} />
        {anonymous && <Honeypot started={started} />}
        <Input
          name="title"
          label={t('conversation.new.titleField')}
          hint={t('conversation.new.titleHint')}
          maxLength={LONGEST_TITLE}
          dir="auto"
          state={state}
          required
        />
        <SimilarThreads threads={state?.similar} />
        <BodyField state={state} />
        <PostFields {...fields} />
        {anonymous && <VisitorEmail />}
        <Next says={composer.next} />
        <Buttons submit={t('conversation.new.submit')} drafts={!anonymous} state={state} />
      </form>
    </div>
  );
}
