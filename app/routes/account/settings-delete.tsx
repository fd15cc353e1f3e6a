import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { proveAgain } from '~/domain/accounts/auth/log-in';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { accountById } from '~/domain/accounts/users/accounts';
import { BACKUP_DAYS } from '~/domain/ops/backup-days';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireFreshProof, requirePerson } from '~/server/guards';
import { endSession } from '~/server/session';
import { PasswordField } from '~/ui/accounts/account-fields';
import { Choices, ErrorSummary, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const fields = z.object({
  words: z.enum(['keep', 'remove'], 'account.error.words'),
  password: z.string().default(''),
});

const GONE = ['account', 'meToos', 'handle', 'record', 'digests', 'others', 'backups'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, handle } = requirePerson(context, request);
  const account = await accountById(context.app.db.reader, id);
  if (!account?.passwordHash) requireFreshProof(context, request);
  return {
    head: { title: context.visit.i18n.t('account.delete.title'), noindex: true },
    handle,
    hasPassword: Boolean(account?.passwordHash),
    backupDays: BACKUP_DAYS,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { id } = requirePerson(context, request);
  return submit({ request, context }, fields, async ({ words, password }) => {
    const account = await accountById(app.db.reader, id);
    if (!account) throw notFound();
    if (account.passwordHash === null) requireFreshProof(context, request);
    else if (password === '') {
      throw new DomainError('invalid', 'people.error.passwordEmpty', { field: 'password' });
    } else await proveAgain(app, { userId: id, sessionId: visit.session?.id ?? '' }, password);
    await app.db.write((tx) => eraseAccount(tx, app, id, words));
    const headers = { 'Set-Cookie': await endSession({ request, context }) };
    return redirect(pathTo('/settings/deleted'), { status: 303, headers });
  });
}

export default function DeleteAccount() {
  const { head, handle, hasPassword, backupDays } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      <ErrorSummary />
      <TextLine
        className="notice warning"
        k="account.delete.what"
        values={{ handle: <bdi>{handle}</bdi> }}
      />
      <ul className="prose">
        {GONE.map((one) => (
          <li key={one}>{t(`account.delete.gone.${one}`, { count: backupDays })}</li>
        ))}
      </ul>
      <form method="post" action={pathTo('/settings/delete')}>
        <Choices
          name="words"
          type="radio"
          legend={t('account.delete.words')}
          options={[
            { value: 'keep', label: t('account.delete.keep') },
            { value: 'remove', label: t('account.delete.remove') },
          ]}
        />
        {hasPassword && <PasswordField />}
        <Row as="div" className="actions">
          <Submit label={t('account.delete.submit')} />
          <a href={pathTo('/settings/data')}>{t('account.delete.back')}</a>
        </Row>
      </form>
    </>
  );
}
