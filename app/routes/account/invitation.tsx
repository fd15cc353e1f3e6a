import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { newAccountFields } from '~/domain/accounts/auth/account-fields';
import { signUp } from '~/domain/accounts/auth/sign-up';
import { mayPost } from '~/domain/accounts/users/visitor';
import {
  acceptInvitation,
  findInvitation,
  isForEmail,
  raises,
  signUpInvited,
  spendInvitation,
} from '~/domain/administration/invitations';
import { pathTo } from '~/platform/paths';
import { countUses, networkUses, takeBackUses } from '~/platform/rate-limits/limiter';
import { invitationCookie } from '~/server/cookies';
import { newFormKey, submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { startSession } from '~/server/session';
import { NewAccount } from '~/ui/accounts/account-fields';
import { ErrorSummary, FormKey, Pressed, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const fields = z.object({
  ...newAccountFields,
  key: z.string().optional(),
});

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { token, invitation } = await requireInvitation(params.token, context);
  const { app, visit } = context;
  const { visitor, i18n } = visit;
  const { person } = visitor;
  const values = { site: app.config.siteName, role: invitation.role };
  return {
    head: { title: i18n.t('admin.invitation.title', values), noindex: true },
    token,
    role: invitation.role,
    email: invitation.email ?? '',
    handle: person?.handle ?? null,
    waits: person !== null && !mayPost(visitor),
    raises: person !== null && raises(invitation, person.role),
    key: newFormKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { token, invitation } = await requireInvitation(params.token, context);
  const { app, visit } = context;
  const { visitor, i18n } = visit;
  const reason = i18n.t('admin.invitation.reason');
  const next = invitation.role === 'member' ? pathTo('/you') : pathTo('/settings/second-factor');
  const { person } = visitor;
  if (person) {
    if (!mayPost(visitor)) throw notFound();
    return submit({ request, context }, z.object({}), async () => {
      await app.db.write((tx) => acceptInvitation(tx, app, { token, userId: person.id, reason }));
      return redirect(next, 303);
    });
  }
  return submit({ request, context }, fields, async (input) => {
    const { key, ...credentials } = input;
    if (isForEmail(invitation, input.email)) {
      const uses = networkUses('setup-network', visit.address);
      await countUses(app, uses);
      const headers = new Headers();
      await signUpInvited(app, { ...credentials, token, reason }, async (tx, userId) => {
        headers.set('Set-Cookie', await startSession(tx, { request, context }, userId));
      });
      await takeBackUses(app, uses);
      return redirect(next, { status: 303, headers });
    }
    // Anyone can have the link: the email address is confirmed first, and the role comes after.
    const sent = await signUp(app, {
      ...input,
      redirectTo: invitation.role === 'member' ? null : pathTo('/invitations'),
      language: i18n.locale,
      address: visit.address,
      onAccount: {
        async made(tx, userId) {
          if (invitation.role === 'member') await spendInvitation(tx, app.clock, token, userId);
          return null;
        },
        known: async () => null,
      },
    });
    const headers = { 'Set-Cookie': invitationCookie(token, app.config.origin) };
    return redirect(sent, { status: 303, headers });
  });
}

/** A link that is wrong, revoked, late or used up gets the same answer as no page. */
async function requireInvitation(token = '', { app }: AppLoadContext) {
  const invitation = await findInvitation(app.db.reader, app.clock, token);
  if (!invitation) throw notFound();
  return { token, invitation };
}

export default function InvitationPage() {
  const { head, handle, role } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      <p className="lead">{t('admin.invitation.what', { role })}</p>
      {role !== 'member' && <p>{t('admin.invitation.factor')}</p>}
      {handle === null ? <New /> : <Known handle={handle} />}
    </>
  );
}

function New() {
  const { token, email, key } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const here = pathTo('/invitations/:token', { token });
  const hint = t(email ? 'admin.invitation.emailKnown' : 'people.field.emailHint');
  return (
    <>
      <ErrorSummary />
      <form method="post" action={here}>
        <FormKey value={key} />
        <NewAccount email={{ value: email, hint }} submit={t('people.signup.submit')} />
      </form>
      <TextLine
        className="after-form"
        k="people.signup.login"
        values={{ link: linkTo(`${pathTo('/login')}?redirectTo=${encodeURIComponent(here)}`) }}
      />
    </>
  );
}

function Known({ handle }: { handle: string }) {
  const data = useLoaderData<typeof loader>();
  const { t } = useI18n();
  if (data.waits) return <p>{t('admin.invitation.waits')}</p>;
  if (!data.raises) {
    return (
      <>
        <p>{t('admin.invitation.has')}</p>
        <LinkLine href={pathTo('/')} label={t('admin.invitation.home')} />
      </>
    );
  }
  return (
    <form method="post" action={pathTo('/invitations/:token', { token: data.token })}>
      <Pressed />
      <TextLine k="admin.invitation.as" values={{ handle: <bdi>{handle}</bdi> }} />
      <Submit label={t('admin.invitation.accept')} />
    </form>
  );
}
