import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readSent } from '~/server/sent-mail';
import { sentTo } from '~/ui/accounts/check-mail';
import { TextLine, useI18n } from '~/ui/i18n';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  const { email } = readSent(request);
  return { head: { title: i18n.t('subscriptions.sent.title'), noindex: true }, email };
}

/** The same whatever is known about the email address. */
export default function SubscribeSent() {
  const { email } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('subscriptions.sent.title')}</h1>
      <TextLine className="lead" k="subscriptions.sent.text" values={sentTo(email)} />
      <p className="quiet">{t('subscriptions.sent.nothing')}</p>
    </>
  );
}
