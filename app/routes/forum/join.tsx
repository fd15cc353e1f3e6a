import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
  type SerializeFrom,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField, handleField } from '~/domain/accounts/auth/account-fields';
import { suggestHandle } from '~/domain/accounts/users/suggest-handle';
import { mayFlag, mayPost } from '~/domain/accounts/users/visitor';
import {
  flaggedPost,
  giveWaiting,
  isText,
  offerWaiting,
  postWaiting,
  readWaiting,
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
import { WaitingPreview } from '~/ui/forum/waiting-preview';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { waitingView } from './waiting-view';

/** How the page greets a visitor. */
const ASK = {
  answer: 'writing.join.title',
  report: 'writing.join.title',
  thread: 'writing.join.title',
  meToo: 'writing.join.titleMeToo',
  stance: 'writing.join.titleStance',
  flag: 'writing.join.titleFlag',
} as const;

/** After a post without an account: asks for an email address or login; the text is stored. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n;
  const token = params.token ?? '';
  const waiting = await readWaiting(app.db.reader, token);
  if (!waiting) {
    const head = { title: t('writing.join.gone'), noindex: true };
    return data({ head, token, waits: null }, 404);
  }
  const { person } = visit.visitor;
  const { place } = waiting;
  const view = await waitingView(context, waiting);
  return data({
    head: { title: person ? view.title : t(ASK[view.kind]), noindex: true },
    token,
    waits: {
      ...view,
      key: newFormKey(),
      handle: person || !view.isText ? '' : await suggestHandle(app),
      started: app.clock.now(),
      next: view.isText ? await sayWhatFollows(context, place, { stored: true }) : '',
      person: person && {
        handle: person.handle,
        mayPost: !view.isText || (await mayPostAt(context, place)),
      },
    },
  });
}

async function mayPostAt({ app, visit }: AppLoadContext, place: string): Promise<boolean> {
  return (await whatFollows(app, visit.visitor, place)).outcome !== 'refused';
}

const signUpForm = z.object({
  email: emailField,
  // Asked with a text only, under which it appears.
  handle: handleField.optional(),
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
      const waiting = await readWaiting(app.db.reader, token);
      const isFlag = waiting !== null && flaggedPost(waiting.place) !== null;
      const ready = isFlag ? mayFlag(visit.visitor) : mayPost(visit.visitor);
      // A text becomes a draft; anything else stays waiting until the person may send it.
      if (!ready && waiting && isText(waiting.place)) {
        await app.db.write((tx) => offerWaiting(tx, app.clock, token, person.id));
        return redirect(pathTo('/drafts'), 303);
      }
      await app.db.write((tx) => giveWaiting(tx, app.clock, token, person.id));
      if (!ready) return redirect(pathTo('/confirm'), 303);
      return redirect((await postWaiting(app, person.id)) ?? pathTo('/drafts'), 303);
    });
  }
  return submit({ request, context }, signUpForm, async ({ homepage, started, ...input }) => {
    checkHoneypot(app, { homepage, started });
    const { handle = null, password } = input;
    const given = { ...input, handle, password: password || null };
    const place = (await readWaiting(app.db.reader, token))?.place;
    return redirect(await signUpForWaiting(context, { token, place }, given), 303);
  });
}

export default function Join() {
  const { head, token, waits } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  if (waits) return <Waits title={head.title} token={token} waits={waits} />;
  return (
    <>
      <h1>{head.title}</h1>
      <p className="lead">{t('writing.join.goneText')}</p>
    </>
  );
}

type Waits = NonNullable<SerializeFrom<typeof loader>['waits']>;

function Waits({ title, token, waits }: { title: string; token: string; waits: Waits }) {
  const { kind, isText, key, handle, started, next, person } = waits;
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const path = pathTo('/join/:token', { token });
  const query = `?redirectTo=${encodeURIComponent(path)}`;
  const lead = isText ? 'writing.join.lead' : 'writing.join.leadMeToo';
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{title}</h1>
      {!person && <p className="lead">{t(kind === 'flag' ? 'writing.join.leadFlag' : lead)}</p>}
      <WaitingPreview {...waits} />
      {next && <Next says={next} />}
      <form method="post" action={path}>
        {person ? (
          <Submit label={labelFor(waits, person, t)} />
        ) : (
          <>
            <FormKey value={state?.values.key?.[0] ?? key} />
            <Honeypot started={started} />
            <EmailField hint={t('people.field.emailHint')} />
            {isText && <HandleField hint={t('asking.handleHint')} value={handle} />}
            <Terms />
            <Submit label={t('writing.join.submit')} />
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

/** Returns the button of a logged-in person. */
function labelFor(
  { isText, action }: Waits,
  { handle, mayPost }: NonNullable<Waits['person']>,
  t: ReturnType<typeof useI18n>['t'],
): string {
  if (!isText) return action;
  return mayPost ? t('writing.join.postAs', { handle }) : t('writing.draft.save');
}
