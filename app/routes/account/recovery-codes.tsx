import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { endedRecoveryCookie, RECOVERY_COOKIE, readCookie } from '~/server/cookies';
import { requirePerson } from '~/server/guards';
import { useI18n } from '~/ui/i18n';

/**
 * Shows the recovery codes once. They are in a short-lived cookie of the browser that created them,
 * which this page deletes: the site stores only their digests.
 */
export function loader({ request, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { app, visit } = context;
  const codes = readCookie(request.headers.get('Cookie'), RECOVERY_COOKIE)?.split('.') ?? [];
  if (codes.length === 0) throw redirect(pathTo('/settings/second-factor'), 303);
  const head = { title: visit.i18n.t('security.codes.title'), noindex: true };
  visit.headers.set('Cache-Control', 'no-store');
  visit.headers.append('Set-Cookie', endedRecoveryCookie(app.config.origin));
  return { head, codes };
}

export default function RecoveryCodes() {
  const { codes } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.codes.title')}</h1>
      <p className="lead">{t('security.codes.text')}</p>
      <ul className="codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <a className="button" href={pathTo('/settings/security')}>
          {t('security.codes.kept')}
        </a>
      </p>
    </>
  );
}
