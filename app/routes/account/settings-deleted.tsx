import type { LoaderFunctionArgs } from '@remix-run/node';
import { useI18n } from '~/ui/i18n';

export async function loader({ context }: LoaderFunctionArgs) {
  return { head: { title: context.visit.i18n.t('account.deleted.title'), noindex: true } };
}

export default function Deleted() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('account.deleted.title')}</h1>
      <p>{t('account.deleted.text')}</p>
    </>
  );
}
