import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField, handleField } from '~/domain/accounts/auth/account-fields';
import { suggestHandle } from '~/domain/accounts/users/suggest-handle';
import { mayPost } from '~/domain/accounts/users/visitor';
import { findKeyPoint, keyPointText } from '~/domain/barriers/key-points/key-points';
import { findPost } from '~/domain/forum/posts/posts';
import { EVERYBODY } from '~/domain/forum/visibility';
import {
  giveWaiting,
  isVoice,
  meTooPost,
  postWaiting,
  readWaiting,
  waitingStance,
} from '~/domain/publishing/pending-submissions';
import { whatFollows } from '~/domain/publishing/what-follows';
import { pathTo } from '~/platform/paths';
import { signUpForWaiting } from '~/server/draft-forms';
import { newFormKey, submit } from '~/server/forms';
import { checkHoneypot, honeypotFields } from '~/server/honeypot';
import { EmailField, HandleField, Terms } from '~/ui/accounts/account-fields';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { Next } from '~/ui/forum/composer';
import { sayWhatFollows } from '~/ui/forum/waiting';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

const TITLES = {
  text: { own: 'writing.join.own', ask: 'writing.join.title' },
  meToo: { own: 'writing.join.ownMeToo', ask: 'writing.join.titleMeToo' },
  stance: { own: 'writing.join.ownStance', ask: 'writing.join.titleStance' },
} as const;

/** After a post without an account: asks for an email address or login; the text is stored. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = params.token ?? '';
  const waiting = await readWaiting(app.db.reader, token);
  const head = (title: string) => ({ title, noindex: true });
  if (!waiting) {
    const title = visit.i18n.t('writing.join.gone');
    return data(
      {
        head: head(title),
        title,
        token,
        voice: null,
        text: null,
        key: '',
        handle: '',
        started: 0,
        next: '',
        person: null,
      },
      404,
    );
  }
  const { person } = visit.visitor;
  const meToo = meTooPost(waiting.place);
  const found = meToo === null ? null : await findPost(app.db.reader, meToo, EVERYBODY);
  const stance = waitingStance(waiting.place);
  const point = stance && (await findKeyPoint(app.db.reader, stance.keyPointId));
  const waits = meToo ? 'meToo' : stance ? 'stance' : 'text';
  const title = visit.i18n.t(TITLES[waits][person ? 'own' : 'ask']);
  const voice = meToo ? ('me-too' as const) : (stance?.stance ?? null);
  return data({
    head: head(title),
    title,
    token,
    voice,
    text: voice
      ? (found?.post.excerpt ?? (point ? keyPointText(point, visit.i18n.locale).title : ''))
      : [waiting.fields.title?.[0], waiting.fields.body?.[0]].filter(Boolean).join('\n\n'),
    key: newFormKey(),
    handle: person ? '' : await suggestHandle(app),
    started: app.clock.now(),
    next: voice ? '' : await sayWhatFollows(context, waiting.place, { stored: true }),
    person: person && {
      handle: person.handle,
      mayPost: voice !== null || (await mayPostAt(context, waiting.place)),
    },
  });
}

async function mayPostAt({ app, visit }: AppLoadContext, place: string): Promise<boolean> {
  return (await whatFollows(app, visit.visitor, place)).outcome !== 'refused';
}

const signUpForm = z.object({
  email: emailField,
  handle: handleField,
  // Not asked; the person logs in by email and can set one later.
  password: z.string().optional(),
  key: z.string().optional(),
  ...honeypotFields,
});

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { app, visit } = context;
  const token = params.token ?? '';
  const { person } = visit.visitor;
  if (person) {
    return submit({ request, context }, z.object({}), async () => {
      const ready = mayPost(visit.visitor);
      const waiting = await readWaiting(app.db.reader, token);
      const voice = waiting !== null && isVoice(waiting.place);
      // A me-too or a stance cannot be a draft: it stays waiting until the person has an account.
      const known = !ready && !voice;
      await app.db.write((tx) => giveWaiting(tx, app.clock, token, { userId: person.id, known }));
      if (voice && !ready) return redirect(pathTo('/confirm'), 303);
      return redirect((known ? null : await postWaiting(app, person.id)) ?? pathTo('/drafts'), 303);
    });
  }
  return submit({ request, context }, signUpForm, async ({ homepage, started, ...input }) => {
    checkHoneypot(app, { homepage, started });
    const given = { ...input, password: input.password || null };
    return redirect(await signUpForWaiting(context, token, given), 303);
  });
}

export default function Join() {
  const { title, token, voice, text, key, handle, started, next, person } =
    useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const path = pathTo('/join/:token', { token });
  const query = `?redirectTo=${encodeURIComponent(path)}`;
  if (text === null) {
    return (
      <>
        <h1>{title}</h1>
        <p className="lead">{t('writing.join.goneText')}</p>
      </>
    );
  }
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{title}</h1>
      {!person && (
        <p className="lead">{t(voice ? 'writing.join.leadMeToo' : 'writing.join.lead')}</p>
      )}
      <section className="preview" aria-labelledby="kept">
        <h2 id="kept">{t(voice ? `keyPoints.stance.${voice}` : 'writing.join.kept')}</h2>
        <p className="typed" dir="auto">
          {text}
        </p>
      </section>
      {next && <Next says={next} />}
      <form method="post" action={path}>
        {person ? (
          <button className="primary" type="submit">
            {voice && t(`keyPoints.stance.${voice}`)}
            {!voice &&
              (person.mayPost
                ? t('writing.join.postAs', { handle: person.handle })
                : t('writing.draft.save'))}
          </button>
        ) : (
          <>
            <FormKey value={state?.values.key?.[0] ?? key} />
            <Honeypot started={started} />
            <Account handle={handle} />
          </>
        )}
      </form>
      {!person && (
        <TextLine
          className="after-form"
          k="writing.join.login"
          values={{ link: linkTo(pathTo('/login') + query) }}
        />
      )}
    </div>
  );
}

interface AccountProps {
  /** The suggested handle. */
  handle: string;
}

/** Who the person is; a password can be set later. */
function Account({ handle }: AccountProps) {
  const { t } = useI18n();
  return (
    <>
      <EmailField hint={t('people.field.emailHint')} />
      <HandleField hint={t('asking.handleHint')} value={handle} />
      <Terms />
      <Submit label={t('writing.join.submit')} />
    </>
  );
}
