import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listBookmarks } from '~/domain/forum/read-state/bookmarks';
import { readerOf } from '~/domain/forum/visibility';
import { pageUrl, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { requirePerson } from '~/server/guards';
import { BookmarkButton } from '~/ui/forum/bookmark-button';
import { Newest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';

/** A person's bookmarked posts. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const { app, visit } = context;
  const reader = { ...readerOf(visit.visitor), personId: person.id };
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const { posts, ...paging } = await listBookmarks(app.db.reader, reader, page);
  return {
    head: { title: visit.i18n.t('reading.bookmarks.title'), noindex: true },
    posts: posts.map((post) => excerptView(post, visit.i18n)),
    paging,
  };
}

export default function Bookmarks() {
  const { posts, paging } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const path = pathTo('/bookmarks');
  return (
    <div className="single">
      <h1>{t('reading.bookmarks.title')}</h1>
      <p className="quiet">{t('reading.bookmarks.lead')}</p>
      {posts.length === 0 && <p className="empty">{t('reading.bookmarks.none')}</p>}
      <Newest
        excerpts={posts}
        act={(post) => (
          <BookmarkButton
            path={post.path}
            on
            name={post.author.label}
            back={pageUrl(path, paging.page)}
          />
        )}
      />
      <Pagination {...paging} path={path} />
    </div>
  );
}
