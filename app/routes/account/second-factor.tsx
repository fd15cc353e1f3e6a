import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  beginAuthenticator,
  confirmAuthenticator,
  pendingSecret,
  removeAuthenticator,
  replaceRecoveryCodes,
  secondFactors,
} from '~/domain/accounts/auth/totp';
import { officeRests } from '~/domain/accounts/users/visitor';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { recoveryCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { requireOwner } from '~/server/guards';
import { renewSession } from '~/server/session';
import { CodeField } from '~/ui/accounts/account-fields';
import { QrCode } from '~/ui/accounts/qr-code';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Row } from '~/ui/row';

const fields = z.object({
  action: z.enum(['begin', 'confirm', 'codes', 'remove']),
  code: z.string().default(''),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { person } = requireOwner(context, request);
  const { app, visit } = context;
  const head = { title: visit.i18n.t('security.second.title'), noindex: true };
  const factors = await secondFactors(app.db.reader, person.id);
  const pending = await pendingSecret(app, person);
  visit.headers.set('Cache-Control', 'no-store');
  return {
    head,
    factors,
    pending,
    rests: officeRests(visit.visitor),
    office: person.role !== 'member',
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { person, session } = requireOwner(context, request);
  const { app } = context;
  const { db, clock, config } = app;
  return submit({ request, context }, fields, async ({ action: wish, code }) => {
    if (wish === 'begin') {
      await db.write((tx) => beginAuthenticator(tx, clock, person.id));
      return redirect(pathTo('/settings/second-factor'), 303);
    }
    if (wish === 'remove') {
      await db.write((tx) => removeAuthenticator(tx, app, person.id));
      await renewSession(context);
      return redirect(pathTo('/settings/security?done=app-off'), 303);
    }
    if (wish === 'codes' && !(await secondFactors(db.reader, person.id)).app) {
      throw new DomainError('missing', 'security.error.code');
    }
    const codes =
      wish === 'codes'
        ? await db.write((tx) => replaceRecoveryCodes(tx, clock, person.id))
        : await confirmAuthenticator(app, { userId: person.id, sessionId: session.id }, code);
    await renewSession(context);
    const headers = { 'Set-Cookie': recoveryCookie(codes.join('.'), config.origin) };
    return redirect(pathTo('/settings/second-factor/codes'), { status: 303, headers });
  });
}

export default function SecondFactorSettings() {
  const { factors, pending, rests, office } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.second.title')}</h1>
      {rests && (
        <p className="notice warning">
          {factors.app || factors.passkeys > 0
            ? t('security.office.use')
            : t('security.office.rests')}
        </p>
      )}
      <p className="lead">{t('security.app.text')}</p>
      {factors.app ? (
        <On office={office} left={factors.recoveryCodes} />
      ) : (
        <Off pending={pending} />
      )}
      <LinkLine
        className="after-form"
        href={pathTo('/settings/security')}
        label={t('security.title')}
      />
    </>
  );
}

function On({ office, left }: { office: boolean; left: number }) {
  const { t } = useI18n();
  return (
    <>
      <p>{t('security.app.is', { count: left })}</p>
      {office && <p className="quiet">{t('security.app.office')}</p>}
      <Row as="div" className="actions">
        <Act wish="codes">{t('security.app.codes')}</Act>
        <Act wish="remove" danger>
          {t('security.app.remove')}
        </Act>
      </Row>
    </>
  );
}

function Off({ pending }: { pending: { secret: string; uri: string } | null }) {
  const { t } = useI18n();
  if (!pending) return <Act wish="begin">{t('security.app.begin')}</Act>;
  const secret = pending.secret.replace(/(.{4})(?=.)/g, '$1 ');
  return (
    <>
      <ErrorSummary />
      <ol className="prose-list">
        <li>{t('security.app.scan')}</li>
        <li>
          <Text k="security.app.secret" values={{ secret: <code dir="ltr">{secret}</code> }} />
        </li>
        <li>{t('security.app.type')}</li>
      </ol>
      <QrCode text={pending.uri} label={t('security.app.qr')} />
      <form method="post" action={pathTo('/settings/second-factor')}>
        <input type="hidden" name="action" value="confirm" />
        <CodeField numeric />
        <Submit label={t('security.app.confirm')} />
      </form>
    </>
  );
}

interface ActProps {
  wish: string;
  danger?: boolean;
  children: string;
}

function Act({ wish, danger = false, children }: ActProps) {
  return (
    <form method="post" action={pathTo('/settings/second-factor')}>
      <input type="hidden" name="action" value={wish} />
      <button className={danger ? 'danger' : 'primary'} type="submit">
        {children}
      </button>
    </form>
  );
}
