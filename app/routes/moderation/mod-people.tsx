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
import { Name, Since } from '~/ui/moderation/words';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';

export const links = deskLinks;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get('q') ?? '';
  const page = readPage(searchParams.get('page'));
  const { people, pages } = await listPeople(app.db.reader, typed, page);
  if (page > pages) throw notFound();
  const now = app.clock.now();
  return {
    head: { title: visit.i18n.t('guard.people.title'), noindex: true },
    counts: await deskCounts(context),
    typed,
    page,
    pages,
    people: people.map(({ suspendedUntil, confirmedAt, importedAt, ...person }) => ({
      ...person,
      suspended: (suspendedUntil ?? 0) > now,
      importedAt,
      unconfirmed: confirmedAt === null && importedAt === null,
    })),
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
        {people.length === 0 && <p className="quiet">{t('guard.people.none')}</p>}
        <ul className="rows">
          {people.map((person) => (
            <li key={person.id}>
              <h2>
                <a href={pathTo('/mod/people/:handle/record', { handle: person.handle })}>
                  <bdi>{person.handle}</bdi>
                </a>
              </h2>
              <Meta>
                {person.name && <Name>{person.name}</Name>}
                {person.role !== 'member' && <span>{t(`guard.people.role.${person.role}`)}</span>}
                {person.unconfirmed && <span>{t('guard.people.unconfirmed')}</span>}
                {person.suspended && <span>{t('guard.people.suspended')}</span>}
                <span>
                  <Since {...person} />
                </span>
              </Meta>
            </li>
          ))}
        </ul>
        <Pagination
          page={page}
          pages={pages}
          href={(n) => pathTo(`/mod/people?${new URLSearchParams({ q: typed, page: String(n) })}`)}
        />
      </div>
    </>
  );
}
