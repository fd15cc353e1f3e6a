import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { requirePerson } from '~/server/guards';
import { Pressed } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  return { head: { title: context.visit.i18n.t('account.data.title'), noindex: true } };
}

export default function YourData() {
  const { head } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="prose">
      <h1>{head.title}</h1>
      <h2>{t('account.export.title')}</h2>
      <p>{t('account.export.text')}</p>
      <form method="post" action={pathTo('/settings/data/export')}>
        <Pressed />
        <button type="submit">{t('account.export.submit')}</button>
      </form>
      <h2>{t('account.delete.title')}</h2>
      <p>{t('account.delete.lead')}</p>
      <LinkLine href={pathTo('/settings/delete')} label={t('account.delete.go')} />
    </div>
  );
}
