import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listPeople } from '~/domain/accounts/users/directory';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound, requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { Choices, Input, optionsOf } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { PeopleList } from '~/ui/moderation/people-list';
import { Pagination } from '~/ui/pagination';

export const links = deskLinks;

const WITH_ROLE = 'role';

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get('q') ?? '';
  // Without a search, the people who have a role come first.
  const withRole = searchParams.get('only') === WITH_ROLE || !searchParams.has('q');
  const page = readPage(searchParams.get('page'));
  const found = await listPeople(app, { typed, page, withRole });
  if (page > found.pages) throw notFound();
  return {
    head: { title: visit.i18n.t('admin.people.title'), noindex: true },
    ...{ typed, withRole, page },
    ...found,
  };
}

export default function AdminPeople() {
  const { typed, withRole, page, pages, people } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const only: Record<string, string> = withRole ? { only: WITH_ROLE } : {};
  return (
    <>
      <AdminNav current="people" />
      <div className="single">
        <h1>{t('admin.people.title')}</h1>
        <p className="lead">{t('admin.people.lead')}</p>
        <form method="get" action={pathTo('/admin/people')}>
          <Input name="q" type="search" label={t('guard.people.find')} value={typed} dir="auto" />
          <Choices
            name="only"
            type="checkbox"
            legend={t('admin.people.who')}
            options={optionsOf([WITH_ROLE], () => t('admin.people.withRole'))}
            chosen={withRole ? [WITH_ROLE] : []}
          />
          <p>
            <button type="submit">{t('guard.people.search')}</button>
          </p>
        </form>
        <PeopleList
          people={people}
          hrefOf={(handle) => pathTo('/admin/people/:handle', { handle })}
        />
        <Pagination
          page={page}
          pages={pages}
          href={(n) =>
            pathTo(`/admin/people?${new URLSearchParams({ q: typed, ...only, page: String(n) })}`)
          }
        />
      </div>
    </>
  );
}
