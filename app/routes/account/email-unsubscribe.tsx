import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { suppress } from '~/platform/mail/suppression';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireLeaver } from '~/server/unsubscribe-guard';
import { ErrorSummary, Pressed, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** Unsubscribes from notification emails without logging in; a GET only shows the button. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireLeaver(context.app, params.token);
  return {
    head: { title: context.visit.i18n.t('reading.leave.title'), noindex: true },
    path: pathTo('/mail/:token', { token: params.token ?? '' }),
    done: new URL(request.url).searchParams.has('done'),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app } = context;
  const hash = await requireLeaver(app, params.token);
  return submit({ request, context }, z.object({}), async () => {
    await app.db.write((tx) => suppress(tx, app.clock, hash, 'notice'));
    return redirect(`${pathTo('/mail/:token', { token: params.token ?? '' })}?done`, 303);
  });
}

export default function MailLeave() {
  const { path, done } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('reading.leave.title')}</h1>
      {done ? (
        <TextLine
          className="lead"
          k="reading.leave.done"
          values={{ link: linkTo(pathTo('/settings/notices')) }}
        />
      ) : (
        <form method="post" action={path}>
          <Pressed />
          <ErrorSummary />
          <p className="lead">{t('reading.leave.text')}</p>
          <Submit label={t('reading.leave.action')} />
        </form>
      )}
    </>
  );
}
