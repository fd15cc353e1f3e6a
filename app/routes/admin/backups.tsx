import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { BACKUP_DAYS } from '~/domain/ops/backup-days';
import { deleteBackup, readStorage, storeBackup } from '~/domain/ops/stored-backups';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireAdministrator, requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { formatBytes } from '~/ui/admin/bytes';
import { doneIn } from '~/ui/admin/done';
import { ErrorSummary, Status, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { formatAge } from '~/ui/moderation/age';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta, Row } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

const DONE = ['make', 'delete'] as const;

const fields = z.object({ action: z.enum(DONE), file: z.string().default('') });

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  return {
    head: { title: visit.i18n.t('admin.backups.title'), noindex: true },
    done: doneIn(request, DONE),
    now: app.clock.now(),
    ...(await readStorage(app)),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireProvenAdministrator(context, request, pathTo('/admin/backups'));
  const { app } = context;
  return submit({ request, context }, fields, async ({ action: wish, file }) => {
    await (wish === 'make' ? storeBackup(app) : deleteBackup(app, file));
    return redirect(pathTo(`/admin/backups?done=${wish}`), 303);
  });
}

export default function Backups() {
  const { done, now, bytes, free, lastBackupAt, backups } = useLoaderData<typeof loader>();
  const { t, locale } = useI18n();
  return (
    <>
      <AdminNav current="backups" />
      <div className="single">
        <h1>{t('admin.backups.title')}</h1>
        {done && <Status>{t(`admin.backups.done.${done}`)}</Status>}
        <ErrorSummary />
        <p>
          {free === null
            ? t('admin.backups.size', { size: formatBytes(locale, bytes) })
            : t('admin.backups.sizeAndFree', {
                size: formatBytes(locale, bytes),
                free: formatBytes(locale, free),
              })}
        </p>
        {backups === null ? (
          <p>{t('admin.backups.server')}</p>
        ) : (
          <>
            <p>
              {lastBackupAt === null
                ? t('admin.backups.never')
                : t('admin.backups.last', { age: formatAge(locale, now - lastBackupAt) })}
            </p>
            <form method="post" action={pathTo('/admin/backups')}>
              <input type="hidden" name="action" value="make" />
              <p className="quiet">{t('admin.backups.what', { days: BACKUP_DAYS })}</p>
              <Submit label={t('admin.backups.make')} />
            </form>
            <h2>{t('admin.backups.list')}</h2>
            <p className="quiet">{t('admin.backups.secret')}</p>
            {backups.length === 0 && <p>{t('admin.backups.none')}</p>}
            <ul className="rows">
              {backups.map((backup) => (
                <li key={backup.name}>
                  <Meta>
                    <Minute ms={backup.madeAt} />
                    <span>{formatBytes(locale, backup.bytes)}</span>
                    <code dir="ltr">{backup.name}</code>
                  </Meta>
                  <Row as="div" className="actions">
                    <a href={pathTo('/admin/backups/:name', { name: backup.name })}>
                      {t('admin.backups.download')}
                    </a>
                    <form method="post" action={pathTo('/admin/backups')}>
                      <input type="hidden" name="action" value="delete" />
                      <input type="hidden" name="file" value={backup.name} />
                      <Submit look="danger" label={t('admin.backups.delete')} />
                    </form>
                  </Row>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}
