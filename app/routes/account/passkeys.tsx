import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  offerPasskey,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from '~/domain/accounts/auth/passkeys';
import { pathTo } from '~/platform/paths';
import { attemptCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { requireOwner } from '~/server/guards';
import { renewSession } from '~/server/session';
import { ErrorSummary, Input, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Row } from '~/ui/row';

const fields = z.object({
  action: z.enum(['begin', 'rename', 'remove']),
  passkey: z.string().default(''),
  name: z.string().default(''),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { person } = requireOwner(context, request);
  const { i18n } = context.visit;
  const known = await passkeysOf(context.app.db.reader, person.id);
  return {
    head: { title: i18n.t('security.passkey.title'), noindex: true },
    passkeys: known.map(({ id, name, createdAt, usedAt }) => ({
      id,
      name,
      since: i18n.day(createdAt),
      used: usedAt === null ? null : i18n.day(usedAt),
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { person } = requireOwner(context, request);
  const { app } = context;
  return submit({ request, context }, fields, async ({ action: wish, passkey, name }) => {
    if (wish === 'begin') {
      const token = await offerPasskey(app, person, name);
      const headers = { 'Set-Cookie': attemptCookie(token, app.config.origin) };
      return redirect(pathTo('/settings/passkeys/new'), { status: 303, headers });
    }
    if (wish === 'rename') {
      await app.db.write((tx) => renamePasskey(tx, person.id, passkey, name));
      return redirect(pathTo('/settings/passkeys'), 303);
    }
    await app.db.write((tx) => removePasskey(tx, app, person.id, passkey));
    await renewSession(context);
    return redirect(pathTo('/settings/security?done=passkey-off'), 303);
  });
}

export default function Passkeys() {
  const { passkeys } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.passkey.title')}</h1>
      <p className="lead">{t('security.passkey.text')}</p>
      <ErrorSummary />
      {passkeys.length === 0 && <p>{t('security.passkey.none')}</p>}
      <ul className="rows">
        {passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} />
        ))}
      </ul>
      <h2>{t('security.passkey.begin')}</h2>
      <form method="post" action={pathTo('/settings/passkeys')}>
        <input type="hidden" name="action" value="begin" />
        <Input
          name="name"
          label={t('security.passkey.name')}
          hint={t('security.passkey.nameHint')}
          autoComplete="off"
          maxLength={40}
          dir="auto"
          required
        />
        <Submit label={t('security.passkey.begin')} />
      </form>
      <LinkLine
        className="after-form"
        href={pathTo('/settings/security')}
        label={t('security.title')}
      />
    </>
  );
}

interface PasskeyRowProps {
  passkey: { id: string; name: string; since: string; used: string | null };
}

function PasskeyRow({ passkey: { id, name, since, used } }: PasskeyRowProps) {
  const { t } = useI18n();
  return (
    <li>
      <p>
        <strong dir="auto">{name}</strong>{' '}
        <span className="quiet">
          {t('security.passkey.since', { day: since })}
          {used && ` · ${t('security.passkey.used', { day: used })}`}
        </span>
      </p>
      <Row as="div" className="actions">
        <Row as="form" className="actions" method="post" action={pathTo('/settings/passkeys')}>
          <input type="hidden" name="action" value="rename" />
          <input type="hidden" name="passkey" value={id} />
          <input
            name="name"
            aria-label={t('security.passkey.rename')}
            defaultValue={name}
            maxLength={40}
            dir="auto"
            required
          />
          <button type="submit">{t('security.passkey.renameSubmit')}</button>
        </Row>
        <form method="post" action={pathTo('/settings/passkeys')}>
          <input type="hidden" name="action" value="remove" />
          <input type="hidden" name="passkey" value={id} />
          <Submit look="danger" label={t('security.passkey.remove')} />
        </form>
      </Row>
    </li>
  );
}
