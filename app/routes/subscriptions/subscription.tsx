import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { CHOICE_LISTS, choiceFields, choicesFrom } from '~/domain/subscriptions/choices';
import {
  confirmSubscription,
  unsubscribe,
  updateSubscription,
} from '~/domain/subscriptions/subscriptions';
import { isFromNetwork } from '~/domain/subscriptions/tokens';
import type { Community } from '~/platform/community/community';
import { addressHash } from '~/platform/mail/suppression';
import { pathTo } from '~/platform/paths';
import { placeInSentence } from '~/platform/places/names';
import { parseScope } from '~/platform/places/scope';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { endedLinkCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { isOpenedByPress, isOpenedByRequester } from '~/server/mail-links';
import type { RouteArgs } from '~/server/request-context';
import { requireSubscription } from '~/server/subscription-guard';
import { ErrorSummary, Status, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Row } from '~/ui/row';
import { ChoiceFields } from '~/ui/subscriptions/choice-fields';
import { choiceOptions } from '~/ui/subscriptions/choice-options';

const schema = (community: Community) =>
  z.discriminatedUnion('action', [
    z.object({ action: z.literal('confirm') }),
    z.object({ action: z.literal('update'), ...choiceFields(community) }),
    z.object({ action: z.literal('unsubscribe') }),
  ]);

/** The actions that the page confirms. */
const DONE = ['confirm', 'update'] as const;

/**
 * Shows a subscription to anyone who has its link; `?scope=` preselects further places, `?leave`
 * asks only whether to end it. A GET confirms only in the browser that asked for the link, and where
 * a press opens it in another one of the same network, such as the one inside an email app.
 */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { id, state, email, ...chosen } = await requireSubscription(app, params.token);
  const path = pathTo('/subscriptions/:token', { token: params.token ?? '' });
  const { searchParams } = new URL(request.url);
  const isRequester = async () =>
    (email && isOpenedByRequester(request, addressHash(email))) ||
    (isOpenedByPress(request) && (await isAskedFromHere({ request, context }, id)));
  if (state === 'pending' && (await isRequester())) {
    await app.db.write((tx) => confirmSubscription(tx, app.clock, id));
    const headers = { 'Set-Cookie': endedLinkCookie(app.config.origin, 'subscription') };
    throw redirect(`${path}?done=confirm`, { status: 303, headers });
  }
  const leaving = state === 'active' && searchParams.has('leave');
  const added = searchParams.getAll('scope').slice(0, 100).map(parseScope);
  const titles = {
    pending: 'subscriptions.pending.title',
    active: 'subscriptions.manage.title',
    left: 'subscriptions.left.title',
  } as const;
  const title = i18n.t(leaving ? 'subscriptions.leave.title' : titles[state]);
  return {
    head: { title, noindex: true },
    path,
    state,
    leaving,
    email: email ?? '',
    places: chosen.scopes.map((scope) => placeInSentence(scope, i18n.locale)),
    chosen: {
      ...chosen,
      scopes: [...chosen.scopes, ...added.filter((scope) => scope !== null)],
    },
    options: state === 'active' && !leaving ? choiceOptions(i18n) : null,
    done: DONE.find((one) => one === searchParams.get('done')) ?? null,
  };
}

/** True if the request comes from the network that asked for the subscription. */
async function isAskedFromHere({ request, context }: RouteArgs, id: string): Promise<boolean> {
  const { app, visit } = context;
  // Behind a proxy that the operator forgot to trust, everybody has the proxy's address.
  const isHidden = app.config.trustProxy === 0 && request.headers.has('X-Forwarded-For');
  const from = new URL(request.url).searchParams.get('from') ?? '';
  const secret = await findLinkSecret(app.db.reader);
  return !isHidden && secret !== null && isFromNetwork(secret, id, visit.address, from);
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { id } = await requireSubscription(app, params.token);
  return submit(
    { request, context },
    schema,
    async (input) => {
      await app.db.write(async (tx) => {
        if (input.action === 'confirm') return confirmSubscription(tx, app.clock, id);
        if (input.action === 'unsubscribe') return unsubscribe(tx, app.clock, id);
        return updateSubscription(tx, id, choicesFrom(input, visit.i18n.locale));
      });
      return redirect(
        `${pathTo('/subscriptions/:token', { token: params.token ?? '' })}?done=${input.action}`,
        303,
      );
    },
    CHOICE_LISTS,
  );
}

export default function SubscriptionPage() {
  const { t } = useI18n();
  const { head, state, leaving, done } = useLoaderData<typeof loader>();
  if (leaving) return <Leave />;
  return (
    <>
      <h1>{head.title}</h1>
      {state === 'active' && done && <Status>{t(`subscriptions.done.${done}`)}</Status>}
      {state === 'pending' && <Pending />}
      {state === 'active' && <Active />}
      {state === 'left' && <Left />}
    </>
  );
}

function Pending() {
  const { t, list } = useI18n();
  const { path, email, places } = useLoaderData<typeof loader>();
  return (
    <>
      <TextLine
        className="lead"
        k="subscriptions.pending.text"
        values={{ places: list(places), email: <bdi>{email}</bdi> }}
      />
      <Row as="form" className="actions" method="post" action={path}>
        <Submit name="action" value="confirm" label={t('subscriptions.pending.confirm')} />
        <button type="submit" name="action" value="unsubscribe">
          {t('subscriptions.pending.deny')}
        </button>
      </Row>
    </>
  );
}

function Active() {
  const { t } = useI18n();
  const { path, email, options, chosen } = useLoaderData<typeof loader>();
  return (
    <>
      <TextLine
        className="lead"
        k="subscriptions.active.text"
        values={{ email: <bdi>{email}</bdi> }}
      />
      <ErrorSummary />
      <form method="post" action={path}>
        {options && <ChoiceFields options={options} chosen={chosen} adding />}
        <Submit name="action" value="update" label={t('subscriptions.update')} />
      </form>
      <form className="leave" id="leave" method="post" action={path}>
        <h2>{t('subscriptions.leave.title')}</h2>
        <p>{t('subscriptions.leave.text')}</p>
        <button type="submit" name="action" value="unsubscribe">
          {t('subscriptions.leave.action')}
        </button>
      </form>
    </>
  );
}

/** From the link of an email: one button, and a way to the choices instead. */
function Leave() {
  const { t } = useI18n();
  const { head, path } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{head.title}</h1>
      <p className="lead">{t('subscriptions.leave.text')}</p>
      <form method="post" action={path}>
        <Submit name="action" value="unsubscribe" label={t('subscriptions.leave.action')} />
      </form>
      <LinkLine className="after-form" href={path} label={t('subscriptions.leave.change')} />
    </>
  );
}

function Left() {
  const { t } = useI18n();
  return (
    <>
      <p className="lead">{t('subscriptions.left.text')}</p>
      <TextLine k="subscriptions.left.again" values={{ link: linkTo(pathTo('/subscribe')) }} />
    </>
  );
}
