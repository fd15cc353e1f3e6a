import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readForm } from '~/domain/publishing/pending-submissions';
import { notFound, requirePerson } from '~/server/guards';
import { KeptForm } from '~/ui/forms/kept-form';
import { useI18n } from '~/ui/i18n';

/** A form whose sender had to authenticate first: after login it can be sent again. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  requirePerson(context, request);
  const kept = await readForm(app.db.reader, params.token ?? '');
  if (!kept) throw notFound();
  return { head: { title: visit.i18n.t('site.kept.ended'), noindex: true }, kept };
}

export default function Kept() {
  const { kept } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('site.kept.ended')}</h1>
      <KeptForm kept={kept} resend />
    </div>
  );
}
