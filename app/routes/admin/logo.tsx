import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { changeSettings } from '~/domain/administration/settings';
import { DomainError } from '~/platform/errors';
import type { FormState } from '~/platform/form-state';
import { LOGO_BYTES, readLogo } from '~/platform/logo';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { ErrorSummary, FileInput, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { SiteLogo } from '~/ui/shell';

export const links = deskLinks;

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { logo } = context.app.community.settings;
  return {
    head: { title: context.visit.i18n.t('admin.logo.title'), noindex: true },
    seen: seenOf({ logo }),
  };
}

/** Stores the image that was sent, or removes the one there is. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { id } = requireAdministrator(context);
  const { app, visit } = context;
  const form = visit.tooLarge ? new FormData() : await request.formData().catch(unsupported);
  const file = form.get('file');
  const logo = file instanceof File ? readLogo(new Uint8Array(await file.arrayBuffer())) : null;
  if (!logo && !form.has('remove')) {
    visit.answered = 400;
    const errors = { file: visit.i18n.t('admin.logo.error', { kilobytes: LOGO_BYTES / 1000 }) };
    return data({ values: {}, errors } satisfies FormState, { status: 400 });
  }
  const seen = String(form.get('seen') ?? '{}');
  const changed = await app.db
    .write((tx) => changeSettings(tx, app.clock, id, { logo }, { seen }))
    .catch((error) => {
      if (error instanceof DomainError) return error;
      throw error;
    });
  if (changed instanceof DomainError) {
    visit.answered = 422;
    // A browser keeps no file that was chosen.
    const errors = { file: visit.i18n.t('admin.logo.changed') };
    return data({ values: {}, errors } satisfies FormState, { status: 422 });
  }
  return redirect(pathTo(`/admin/settings?done=${changed ? 'saved' : 'same'}`), 303);
}

function unsupported(): never {
  throw new Response(null, { status: 415, statusText: 'Unsupported Media Type' });
}

export default function AdminLogo() {
  const { head, seen } = useLoaderData<typeof loader>();
  const { t, community } = useI18n();
  const { logo } = community.settings;
  const action = pathTo('/admin/logo');
  return (
    <>
      <AdminNav current="settings" />
      <div className="single">
        <h1>{head.title}</h1>
        <p className="lead">{t('admin.logo.lead')}</p>
        <ErrorSummary />
        {logo && (
          <form method="post" action={action} encType="multipart/form-data">
            <SiteLogo logo={logo} />
            <input type="hidden" name="seen" value={seen} />
            <input type="hidden" name="remove" value="1" />
            <Submit label={t('admin.logo.remove')} look="danger" />
          </form>
        )}
        <form method="post" action={action} encType="multipart/form-data">
          <input type="hidden" name="seen" value={seen} />
          <FileInput
            name="file"
            label={t('admin.logo.file')}
            hint={t('admin.logo.hint', { kilobytes: LOGO_BYTES / 1000 })}
            accept=".svg,.png,image/svg+xml,image/png"
          />
          <Submit label={t('admin.logo.submit')} />
        </form>
      </div>
    </>
  );
}
