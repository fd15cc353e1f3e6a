import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { accountById } from '~/domain/accounts/users/accounts';
import { readOutbox, resendMail, sendTestMail, tryDelayedMails } from '~/domain/ops/outbox';
import { refusedMail } from '~/domain/ops/refused-mail';
import { shownSender } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { ErrorSummary, Status, Submit } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

const DONE = ['test', 'resend', 'retry'] as const;

const fields = z.object({ action: z.enum(DONE), mail: z.string().default('') });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id } = requireAdministrator(context);
  const { app, visit } = context;
  const { db, clock, config } = app;
  return {
    head: { title: visit.i18n.t('admin.mail.title'), noindex: true },
    done: doneIn(request, DONE),
    own: (await accountById(db.reader, id))?.email ?? null,
    folder: config.smtpUrl ? null : config.outboxDir,
    server: config.smtpUrl ? new URL(config.smtpUrl).host : null,
    from: shownSender(config),
    outbox: await readOutbox(db.reader, clock),
    refused: await refusedMail(db.reader, clock),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { id } = requireAdministrator(context);
  const { app, visit } = context;
  const { db, clock } = app;
  return submit({ request, context }, fields, async ({ action: wish, mail }) => {
    if (wish === 'test') {
      const email = (await accountById(db.reader, id))?.email;
      if (email) await sendTestMail(app, visit.i18n, { id, email });
    } else {
      await db.write((tx) =>
        wish === 'resend' ? resendMail(tx, clock, mail) : tryDelayedMails(tx, clock),
      );
    }
    return redirect(pathTo(`/admin/mail?done=${wish}`), 303);
  });
}

export default function AdminMail() {
  const { done, own, folder, server, from, outbox, refused } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  return (
    <>
      <AdminNav current="mail" />
      <div className="single">
        <h1>{t('admin.mail.title')}</h1>
        {done && <Status>{t(`admin.mail.done.${done}`)}</Status>}
        <ErrorSummary />
        <p>
          {folder === null
            ? t('admin.mail.byServer', { server: server ?? '', from })
            : t('admin.mail.toFolder', { folder })}
        </p>
        <p>
          {t('admin.mail.counts', {
            sent: number(outbox.sentToday),
            waiting: number(outbox.waiting),
          })}
        </p>
        {own && (
          <form method="post" action={pathTo('/admin/mail')}>
            <input type="hidden" name="action" value="test" />
            <p className="quiet">{t('admin.mail.test.to', { email: own })}</p>
            <Submit label={t('admin.mail.test.submit')} />
          </form>
        )}
        <h2>{t('admin.mail.failed')}</h2>
        <p className="quiet">{t('admin.mail.failedHint')}</p>
        <Emails of={outbox.failed} none={t('admin.mail.noneFailed')} resend />
        <h2>{t('admin.mail.delayed')}</h2>
        <p className="quiet">{t('admin.mail.delayedHint')}</p>
        <Emails of={outbox.delayed} none={t('admin.mail.noneDelayed')} />
        {outbox.delayed.length > 0 && (
          <form method="post" action={pathTo('/admin/mail')}>
            <input type="hidden" name="action" value="retry" />
            <button type="submit">{t('admin.mail.retry')}</button>
          </form>
        )}
        {refused.length > 0 && (
          <>
            <h2>{t('jobs.refused')}</h2>
            <ul>
              {refused.map(({ cause, emails, domain, reply }) => (
                <li key={cause}>
                  {t('mail.refused.line', {
                    count: emails,
                    cause: t(`mail.refused.cause.${cause}`),
                  })}
                  <Gap />
                  {domain && t('mail.refused.domain', { domain })}
                  <Gap />
                  <code dir="ltr">{reply}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}

type Listed = ReturnType<typeof useLoaderData<typeof loader>>['outbox']['failed'];

function Emails({ of, none, resend = false }: { of: Listed; none: string; resend?: boolean }) {
  const { t } = useI18n();
  if (of.length === 0) return <p>{none}</p>;
  return (
    <ul className="rows">
      {of.map(({ id, kind, domain, createdAt, failedAt, notBefore, attempts, error }) => (
        <li key={id}>
          <Meta>
            <span>{t(`admin.mail.kind.${kind}`)}</span>
            {domain && <bdi dir="ltr">@{domain}</bdi>}
            <Minute ms={createdAt} />
            <span>{t('admin.mail.attempts', { count: attempts })}</span>
            {failedAt === null && (
              <span>
                {t('admin.mail.next')}
                <Gap />
                <Minute ms={notBefore} />
              </span>
            )}
          </Meta>
          <p>
            <code dir="ltr">{error}</code>
          </p>
          {resend && domain && (
            <form method="post" action={pathTo('/admin/mail')}>
              <input type="hidden" name="action" value="resend" />
              <input type="hidden" name="mail" value={id} />
              <button type="submit">{t('admin.mail.resend')}</button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
