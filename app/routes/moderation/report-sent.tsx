import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Gap, useI18n } from '~/ui/i18n';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const given = new URL(request.url).searchParams.get('reference') ?? '';
  return {
    head: { title: context.visit.i18n.t('guard.report.sent'), noindex: true },
    reference: /^[0-9a-z]{26}$/.test(given) ? given.toUpperCase() : null,
  };
}

export default function ReportSent() {
  const { reference } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('guard.report.sent')}</h1>
      <p className="lead">{t('guard.report.sentText')}</p>
      {reference && (
        <p>
          {t('guard.report.reference')}
          <Gap />
          <code dir="ltr">{reference}</code>
        </p>
      )}
    </div>
  );
}
