import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { roleField } from '~/domain/accounts/auth/account-fields';
import {
  invite,
  LONGEST_DAYS,
  listInvitations,
  MOST_USES,
  revokeInvitation,
} from '~/domain/administration/invitations';
import { pathTo } from '~/platform/paths';
import { wholeNumber } from '~/platform/site-settings';
import {
  endedNewInvitationCookie,
  NEW_INVITATION_COOKIE,
  newInvitationCookie,
  readCookie,
} from '~/server/cookies';
import { submit } from '~/server/forms';
import { requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { RoleChoices } from '~/ui/admin/role-choices';
import { ErrorSummary, Input, Status, Submit } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';

export const links = deskLinks;

const DONE = ['made', 'emailed', 'revoked'] as const;

const fields = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('invite'),
    role: roleField,
    email: z.string().trim().default(''),
    uses: wholeNumber(1, MOST_USES, 'admin.invitations.error.uses'),
    days: wholeNumber(1, LONGEST_DAYS, 'admin.invitations.error.days'),
  }),
  z.object({ action: z.literal('revoke'), invitation: z.string() }),
]);

/** The link of a new invitation is in a cookie, and is shown once: the site stores only its hash. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireProvenAdministrator(context, request);
  const { app, visit } = context;
  const { db, clock, config } = app;
  const token = readCookie(request.headers.get('Cookie'), NEW_INVITATION_COOKIE);
  if (token) visit.headers.append('Set-Cookie', endedNewInvitationCookie(config.origin));
  visit.headers.set('Cache-Control', 'no-store');
  return {
    head: { title: visit.i18n.t('admin.invitations.title'), noindex: true },
    done: doneIn(request, DONE),
    link: token && config.origin + pathTo('/invitations/:token', { token }),
    invitations: await listInvitations(db.reader, clock),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { id } = requireProvenAdministrator(context, request);
  const { app, visit } = context;
  return submit({ request, context }, fields, async (input) => {
    if (input.action === 'revoke') {
      await app.db.write((tx) => revokeInvitation(tx, app.clock, input.invitation));
      return redirect(pathTo('/admin/invitations?done=revoked'), 303);
    }
    const email = input.email || null;
    const token = await invite(app, visit.i18n, id, { ...input, email });
    if (email) return redirect(pathTo('/admin/invitations?done=emailed'), 303);
    const headers = { 'Set-Cookie': newInvitationCookie(token, app.config.origin) };
    return redirect(pathTo('/admin/invitations?done=made'), { status: 303, headers });
  });
}

export default function Invitations() {
  const { done, link, invitations } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current="invitations" />
      <div className="single">
        <h1>{t('admin.invitations.title')}</h1>
        {done && <Status>{t(`admin.invitations.done.${done}`)}</Status>}
        {link && (
          <>
            <h2>{t('admin.invitations.link')}</h2>
            <p>
              <code dir="ltr">{link}</code>
            </p>
            <p className="quiet">{t('admin.invitations.once')}</p>
          </>
        )}
        <ErrorSummary />
        <h2>{t('admin.invitations.new')}</h2>
        <form method="post" action={pathTo('/admin/invitations')}>
          <input type="hidden" name="action" value="invite" />
          <RoleChoices chosen="member" />
          <Input
            name="email"
            type="email"
            label={t('admin.invitations.email')}
            hint={t('admin.invitations.emailHint')}
            autoComplete="off"
          />
          <Input
            name="uses"
            type="number"
            label={t('admin.invitations.uses')}
            hint={t('admin.invitations.usesHint', { most: MOST_USES })}
            value="1"
            required
          />
          <Input
            name="days"
            type="number"
            label={t('admin.invitations.days')}
            hint={t('admin.invitations.daysHint', { most: LONGEST_DAYS })}
            value="7"
            required
          />
          <p className="quiet">{t('admin.invitations.next')}</p>
          <Submit label={t('admin.invitations.submit')} />
        </form>
        <h2>{t('admin.invitations.all')}</h2>
        {invitations.length === 0 && <p>{t('admin.invitations.none')}</p>}
        <ul className="rows">
          {invitations.map((one) => (
            <InvitationRow key={one.id} of={one} />
          ))}
        </ul>
      </div>
    </>
  );
}

type Listed = ReturnType<typeof useLoaderData<typeof loader>>['invitations'][number];

function InvitationRow({ of }: { of: Listed }) {
  const { t, list } = useI18n();
  const { id, role, email, by, createdAt, expiresAt, revokedAt, usedBy, maxUses, isOpen } = of;
  return (
    <li>
      <Meta>
        <b>{t(`guard.people.role.${role}`)}</b>
        {email && <bdi dir="ltr">{email}</bdi>}
        <bdi>{by}</bdi>
        <Day ms={createdAt} />
        {revokedAt === null ? (
          <span>
            {t(isOpen ? 'admin.invitations.until' : 'admin.invitations.ended')}{' '}
            <Day ms={expiresAt} />
          </span>
        ) : (
          <span>
            {t('admin.invitations.revoked')} <Day ms={revokedAt} />
          </span>
        )}
      </Meta>
      <p>
        {t('admin.invitations.used', { count: usedBy.length, most: maxUses })}
        <Gap />
        {usedBy.length > 0 && <bdi>{list(usedBy)}</bdi>}
      </p>
      {isOpen && (
        <form method="post" action={pathTo('/admin/invitations')}>
          <input type="hidden" name="action" value="revoke" />
          <input type="hidden" name="invitation" value={id} />
          <Submit look="danger" label={t('admin.invitations.revoke')} />
        </form>
      )}
    </li>
  );
}
