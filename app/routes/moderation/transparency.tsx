import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { reportYears } from '~/domain/moderation/dsa/transparency';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import { LinkItem, LinkLine } from '~/ui/links';

export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('guard.transparency.title'),
      description: visit.i18n.t('guard.transparency.lead'),
      canonical: pathTo('/transparency'),
    },
    years: await reportYears(app.db.reader, app.clock),
  };
}

export default function Transparency() {
  const { years } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('guard.transparency.title')}</h1>
      <p className="lead">{t('guard.transparency.lead')}</p>
      <ul className="rows">
        {years.map((year) => (
          <LinkItem key={year} href={pathTo('/transparency/:year', { year })} label={year} />
        ))}
      </ul>
      <LinkLine href={pathTo('/moderation')} label={t('guard.transparency.log')} />
    </div>
  );
}
