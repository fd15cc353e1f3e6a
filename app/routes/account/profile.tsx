import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { profile } from '~/domain/accounts/users/profile';
import { countWithheld } from '~/domain/forum/posts/own-posts-list';
import { POSTS_A_PAGE, publicPostsBy } from '~/domain/forum/posts/posts-by-author';
import { pageUrl, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { notFound } from '~/server/guards';
import { NameMarks } from '~/ui/forum/byline';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';

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
      canonical: pageUrl(path, page),
      noindex: total === 0,
    },
    path,
    person: { ...shown, place: place && placeName(place, visit.i18n.locale) },
    own,
    withheld: own ? await countWithheld(app.db.reader, person.id) : 0,
    posts: posts.map((post) => ({ ...post, thread: visit.i18n.titled('thread', post.thread) })),
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
        <TextLine
          className="quiet"
          k={person.confirmed ? 'people.profile.own' : 'people.profile.ownUnconfirmed'}
          values={{ you: linkTo(pathTo('/you')), link: linkTo(pathTo('/settings')) }}
        />
      )}
      {withheld > 0 && (
        <TextLine
          className="notice"
          k="people.profile.withheld"
          values={{ n: withheld, link: linkTo(pathTo('/you')) }}
        />
      )}
      <h2>{t('people.profile.posts', { count: total })}</h2>
      {total === 0 ? (
        <p className="quiet">{t(own ? 'people.profile.noneOwn' : 'people.profile.none')}</p>
      ) : (
        <ol className="rows written">
          {posts.map((post) => (
            <li key={post.id}>
              <h3 lang={post.thread.language} dir="auto">
                <a href={pathTo('/p/:id', { id: post.id })}>{post.thread.title}</a>
              </h3>
              <p className="excerpt" lang={post.language} dir="auto">
                {post.excerpt}
              </p>
              <Meta>
                <Day ms={post.createdAt} />
              </Meta>
            </li>
          ))}
        </ol>
      )}
      <Pagination page={page} pages={pages} path={path} />
    </>
  );
}
