import type { LoaderFunctionArgs } from '@remix-run/node';
import { useI18n } from '~/ui/i18n';

export async function loader({ context }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  return { head: { title: i18n.t('subscriptions.sent.title'), noindex: true } };
}

/** The same for every email address, so that it reveals nothing about it. */
export default function SubscribeSent() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('subscriptions.sent.title')}</h1>
      <p className="lead">{t('subscriptions.sent.text')}</p>
      <p className="quiet">{t('subscriptions.sent.nothing')}</p>
    </>
  );
}
