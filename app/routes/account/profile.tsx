import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { profile } from '~/domain/accounts/users/profile';
import { countWithheld } from '~/domain/forum/posts/own-posts-list';
import { POSTS_A_PAGE, publicPostsBy } from '~/domain/forum/posts/posts-by-author';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { notFound } from '~/server/guards';
import { NameMarks } from '~/ui/forum/byline';
import { Text, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const person = await profile(app.db.reader, params.handle ?? '');
  const own = person !== null && person.id === visit.visitor.person?.id;
  // Profiles of unconfirmed accounts are not public.
  if (!person || !(person.confirmed || own)) throw notFound();
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const { posts, total } = await publicPostsBy(app.db.reader, person.id, page);
  const pages = Math.max(1, Math.ceil(total / POSTS_A_PAGE));
  if (page > pages) throw notFound();
  const { id: _, place, ...shown } = person;
  const path = pathTo('/u/:handle', { handle: person.handle });
  return {
    head: {
      title: person.handle,
      description: visit.i18n.t('people.profile.description', { handle: person.handle }),
      canonical: page === 1 ? path : `${path}?page=${page}`,
      noindex: total === 0,
    },
    path,
    person: { ...shown, place: place && placeName(place, visit.i18n.locale) },
    own,
    withheld: own ? await countWithheld(app.db.reader, person.id) : 0,
    posts,
    total,
    page,
    pages,
  };
}

export default function Profile() {
  const { path, person, own, withheld, posts, total, page, pages } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <>
      <h1>
        <bdi>{person.name ?? person.handle}</bdi>
      </h1>
      <Meta>
        {(person.name !== null || person.role !== 'member') && (
          <span>
            <NameMarks
              author={{
                handle: person.handle,
                name: person.name ?? person.handle,
                role: person.role === 'member' ? null : person.role,
              }}
            />
          </span>
        )}
        {person.place && <span>{person.place}</span>}
        {!person.imported && <span>{t('people.profile.since', { day: day(person.since) })}</span>}
      </Meta>
      {person.imported && <p className="quiet">{t('people.profile.imported')}</p>}
      {own && (
        <p className="quiet">
          <Text
            k={person.confirmed ? 'people.profile.own' : 'people.profile.ownUnconfirmed'}
            values={{
              you: (words) => <a href={pathTo('/you')}>{words}</a>,
              link: (words) => <a href={pathTo('/settings')}>{words}</a>,
            }}
          />
        </p>
      )}
      {withheld > 0 && (
        <p className="notice">
          <Text
            k="people.profile.withheld"
            values={{ n: withheld, link: (words) => <a href={pathTo('/you')}>{words}</a> }}
          />
        </p>
      )}
      <h2>{t('people.profile.posts', { count: total })}</h2>
      {total === 0 ? (
        <p className="quiet">{t(own ? 'people.profile.noneOwn' : 'people.profile.none')}</p>
      ) : (
        <ol className="rows written">
          {posts.map((post) => (
            <li key={post.id}>
              <h3 lang={post.titleLanguage} dir="auto">
                <a href={pathTo('/p/:id', { id: post.id })}>{post.title}</a>
              </h3>
              <p className="excerpt" lang={post.language} dir="auto">
                {post.excerpt}
              </p>
              <Meta>
                <time dateTime={new Date(post.createdAt).toISOString()}>{day(post.createdAt)}</time>
              </Meta>
            </li>
          ))}
        </ol>
      )}
      <Pagination page={page} pages={pages} href={(n) => (n === 1 ? path : `${path}?page=${n}`)} />
    </>
  );
}
