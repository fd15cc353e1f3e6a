import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listPeople } from '~/domain/accounts/users/directory';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound, requireModerator } from '~/server/guards';
import { Input } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { PeopleList } from '~/ui/moderation/people-list';
import { Pagination } from '~/ui/pagination';

export const links = deskLinks;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get('q') ?? '';
  const page = readPage(searchParams.get('page'));
  const found = await listPeople(app, { typed, page });
  if (page > found.pages) throw notFound();
  return {
    head: { title: visit.i18n.t('guard.people.title'), noindex: true },
    counts: await deskCounts(context),
    typed,
    page,
    ...found,
  };
}

export default function People() {
  const { typed, page, pages, people, counts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <DeskNav current="people" counts={counts} />
      <div className="single">
        <h1>{t('guard.people.title')}</h1>
        <form method="get" action={pathTo('/mod/people')}>
          <Input name="q" type="search" label={t('guard.people.find')} value={typed} dir="auto" />
          <button type="submit">{t('guard.people.search')}</button>
        </form>
        <PeopleList
          people={people}
          hrefOf={(handle) => pathTo('/mod/people/:handle/record', { handle })}
        />
        <Pagination
          page={page}
          pages={pages}
          href={(n) => pathTo(`/mod/people?${new URLSearchParams({ q: typed, page: String(n) })}`)}
        />
      </div>
    </>
  );
}
