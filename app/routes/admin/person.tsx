import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { roleField } from '~/domain/accounts/auth/account-fields';
import { personByHandle } from '~/domain/accounts/users/accounts';
import { changeRole, roleChanges, undoRoleChange } from '~/domain/moderation/decisions/change-role';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { visibleText } from '~/platform/text/visible';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { RoleChoices } from '~/ui/admin/role-choices';
import { ErrorSummary, FormKey, Input, Status, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { Name, Said, Since } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

const LONGEST_REASON = 500;

const reason = z
  .string()
  .transform(visibleText)
  .pipe(z.string().min(1, 'admin.person.error.reason').max(LONGEST_REASON));

const fields = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('change'),
    role: roleField,
    reason,
    seen: z.string().optional(),
    key: z.string().optional(),
  }),
  z.object({ action: z.literal('undo'), decision: z.string(), key: z.string().optional() }),
]);

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireProvenAdministrator(context, request);
  const { app, visit } = context;
  const person = await personByHandle(app.db.reader, params.handle ?? '');
  if (!person || person.erasedAt !== null) throw notFound();
  const { handle, name, role, createdAt, importedAt } = person;
  return {
    head: { title: handle, noindex: true },
    person: { handle, name, role, createdAt, importedAt },
    seen: seenOf({ role }),
    own: person.id === visit.visitor.person?.id,
    changes: await roleChanges(app.db.reader, person),
    done: doneIn(request, ['changed']),
    key: newFormKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const by = requireProvenAdministrator(context, request);
  const { app, visit } = context;
  const handle = params.handle ?? '';
  const asTyped = (_: string, role: unknown) => [
    visit.i18n.t(`guard.people.role.${role as 'member'}`),
  ];
  return submit({ request, context }, fields, (input) =>
    redirectOnce(app, { by: by.id, key: input.key, sent: input }, async (tx) => {
      if (input.action === 'change') {
        const { role, reason, seen } = input;
        await changeRole(tx, app, { handle, role, reason, byId: by.id, sent: { seen, asTyped } });
      } else {
        await undoRoleChange(tx, app, {
          ...{ handle, byId: by.id, decisionId: input.decision },
          reason: visit.i18n.t('admin.person.undone'),
        });
      }
      return by.handle === handle
        ? pathTo('/')
        : `${pathTo('/admin/people/:handle', { handle })}?done=changed`;
    }),
  );
}

export default function AdminPerson() {
  const { person, own, changes, seen, done, key } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { handle, name, role, createdAt, importedAt } = person;
  const here = pathTo('/admin/people/:handle', { handle });
  const [newest] = changes;
  return (
    <>
      <AdminNav current="people" />
      <div className="single">
        <h1>
          <bdi>{handle}</bdi>
        </h1>
        <Meta>
          {name && <Name>{name}</Name>}
          <span>{t(`guard.people.role.${role}`)}</span>
          <span>
            <Since createdAt={createdAt} importedAt={importedAt} />
          </span>
        </Meta>
        {done && <Status>{t('admin.person.done')}</Status>}
        <ErrorSummary />
        <h2>{t('admin.person.change')}</h2>
        <form method="post" action={here}>
          <FormKey value={key} />
          <input type="hidden" name="action" value="change" />
          <input type="hidden" name="seen" value={seen} />
          <RoleChoices chosen={role} />
          <Input
            name="reason"
            label={t('admin.person.reason')}
            hint={t('admin.person.reasonHint')}
            maxLength={LONGEST_REASON}
            dir="auto"
            required
          />
          <p className="quiet">{t(own ? 'admin.person.nextOwn' : 'admin.person.next')}</p>
          <Submit label={t('admin.person.submit')} />
        </form>
        <LinkLine
          className="after-form"
          href={pathTo('/mod/people/:handle/record', { handle })}
          label={t('admin.person.record')}
        />
        {changes.length > 0 && <h2 id="history">{t('admin.person.history')}</h2>}
        <ul className="rows">
          {changes.map((change) => (
            <li key={change.id}>
              {t('admin.person.changed', {
                from: t(`guard.people.role.${change.from}`),
                to: t(`guard.people.role.${change.to}`),
              })}
              <Meta>
                {change.by && <Name>{change.by}</Name>}
                <Minute ms={change.createdAt} />
              </Meta>
              <Said>{change.reason}</Said>
              {change === newest && !change.undone && (
                <form method="post" action={here}>
                  <FormKey value={`undo-${change.id}`} />
                  <input type="hidden" name="action" value="undo" />
                  <input type="hidden" name="decision" value={change.id} />
                  <button type="submit">
                    {t('admin.person.undo', { role: t(`guard.people.role.${change.from}`) })}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
