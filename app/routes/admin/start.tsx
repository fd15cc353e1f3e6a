import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { BEGINNINGS, begin, chosenBeginning, mayBegin } from '~/domain/administration/beginning';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

const fields = z.object({ beginning: z.enum(BEGINNINGS) });

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const db = app.db.reader;
  return {
    head: { title: visit.i18n.t('admin.start.title'), noindex: true },
    chosen: await chosenBeginning(db),
    isOpen: await mayBegin(db),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireAdministrator(context);
  return submit({ request, context }, fields, async ({ beginning }) => {
    await begin(context.app, beginning);
    const next = beginning === 'own' ? pathTo('/admin/conversations') : pathTo('/admin');
    return redirect(next, 303);
  });
}

export default function Start() {
  const { chosen, isOpen } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current={null} />
      <div className="single">
        <h1>{t('admin.start.title')}</h1>
        <ErrorSummary />
        {!isOpen && <p>{t('admin.start.error.late')}</p>}
        {isOpen && <p className="lead">{t('admin.start.lead')}</p>}
        {isOpen &&
          BEGINNINGS.map((beginning) => (
            <section key={beginning}>
              <h2>{t(`admin.start.${beginning}`)}</h2>
              <p>{t(`admin.start.${beginning}Does`)}</p>
              {beginning === chosen && <p className="quiet">{t('admin.start.chosen')}</p>}
              <form method="post" action={pathTo('/admin/start')}>
                <input type="hidden" name="beginning" value={beginning} />
                <Submit label={t(`admin.start.${beginning}Submit`)} />
              </form>
            </section>
          ))}
      </div>
    </>
  );
}
