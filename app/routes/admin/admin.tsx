import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { secondFactors } from '~/domain/accounts/auth/totp';
import { chosenBeginning, mayBegin } from '~/domain/administration/beginning';
import { readOutbox } from '~/domain/ops/outbox';
import { readStorage } from '~/domain/ops/stored-backups';
import { listRecords } from '~/jobs/records';
import { DAY } from '~/platform/clock';
import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { requireAdministrator } from '~/server/guards';
import { AdminNav, SECTIONS } from '~/ui/admin/admin-nav';
import { useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

/** How old the newest backup may be. */
const BACKUP_DUE = 7 * DAY;

interface Task {
  message: MessageKey;
  path: string;
}

export async function loader({ context }: LoaderFunctionArgs) {
  const { id } = requireAdministrator(context);
  const { app, visit } = context;
  const { db, clock } = app;
  const factors = await secondFactors(db.reader, id);
  const outbox = await readOutbox(db.reader, clock);
  const { backups, lastBackupAt } = await readStorage(app);
  const jobs = await listRecords(db.reader);
  const tasks: (Task | false)[] = [
    !factors.app &&
      factors.passkeys === 0 && {
        message: 'admin.todo.factor',
        path: pathTo('/settings/second-factor'),
      },
    (await chosenBeginning(db.reader)) === null &&
      (await mayBegin(db.reader)) && { message: 'admin.todo.start', path: pathTo('/admin/start') },
    outbox.failed.length > 0 && { message: 'admin.todo.mail', path: pathTo('/admin/mail') },
    jobs.some(({ ok }) => ok === false) && {
      message: 'admin.todo.jobs',
      path: pathTo('/admin/jobs'),
    },
    backups !== null &&
      clock.now() - (lastBackupAt ?? 0) > BACKUP_DUE && {
        message: 'admin.todo.backup',
        path: pathTo('/admin/backups'),
      },
  ];
  return {
    head: { title: visit.i18n.t('admin.title'), noindex: true },
    tasks: tasks.filter((task) => task !== false),
  };
}

export default function Admin() {
  const { tasks } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current={null} />
      <div className="single">
        <h1>{t('admin.title')}</h1>
        {tasks.length > 0 && (
          <>
            <h2>{t('admin.todo.title')}</h2>
            <ul>
              {tasks.map(({ message, path }) => (
                <LinkItem key={message} href={path} label={t(message)} />
              ))}
            </ul>
          </>
        )}
        <h2>{t('admin.sections')}</h2>
        <dl>
          {Object.values(SECTIONS).map(({ path, title, does }) => (
            <div key={path}>
              <dt>
                <a href={path}>{t(title)}</a>
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
