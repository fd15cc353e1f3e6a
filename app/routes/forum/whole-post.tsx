import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { postPath, READ, threadPath, wholePostPath, withParameter } from '~/domain/forum/paths';
import { wholePost } from '~/domain/forum/posts/posts';
import { translationsInThread } from '~/domain/forum/translations/translations';
import { readerOf } from '~/domain/forum/visibility';
import { readPage } from '~/platform/paging';
import { notFound } from '~/server/guards';
import { Post } from '~/ui/forum/post';
import { TranslationsShown } from '~/ui/forum/post-translation';
import { countTranslated, readingOf, translating } from '~/ui/forum/post-translation-view';
import { contributionView } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';

/** A post that is too long for its page of the thread, or has too many replies: all of it. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const reader = readerOf(visit.visitor);
  const url = new URL(request.url);
  const wanted = readPage(url.searchParams.get('page'));
  const read = readingOf(url, visit.visitor, visit.i18n.locale);
  const db = app.db.reader;
  const found = await wholePost(db, params.id ?? '', reader, wanted, read.languages);
  if (!found) throw notFound();
  const { page, pages, total, offset } = found;
  const thread = visit.i18n.titled('thread', found.thread);
  const view = contributionView(found, visit.visitor, visit.i18n);
  const ids = [found.id, ...view.replies.map((reply) => reply.id)];
  const path = wholePostPath(found.id, page);
  const translations = await translationsInThread(db, found.thread.id, ids, read.languages);
  const translate = translating(translations, { read, i18n: visit.i18n, path });
  const post = view.post && translate(view.post);
  const replies = view.replies.map(translate);
  return {
    head: { title: thread.title, canonical: path, noindex: true },
    id: found.id,
    thread: { ...thread, path: threadPath(thread) },
    post,
    replies,
    translations: countTranslated([post, ...replies], path),
    read: read.chosen,
    paging: { page, pages, total, offset },
  };
}

/** The path in the same choice of translations. */
function inReading(path: string, read: string | null): string {
  return read ? withParameter(path, READ, read) : path;
}

export default function WholePostPage() {
  const { id, thread, post, replies, paging, translations, read } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const replyHref = (postId: string) => `${withParameter(thread.path, 'replyTo', postId)}#reply`;
  return (
    <div className="single">
      <h1 lang={thread.language} dir="auto">
        {thread.title}
      </h1>
      <TextLine
        k="conversation.whole.back"
        values={{ link: linkTo(post ? postPath(id) : thread.path) }}
      />
      <TranslationsShown {...translations} />
      {post ? (
        <Post post={post} replyHref={replyHref(post.id)} />
      ) : (
        <p className="quiet">{t('conversation.post.gone')}</p>
      )}
      {replies.length > 0 && (
        <section aria-labelledby="replies">
          <h2 id="replies">{t('conversation.replies.title', { n: paging.total })}</h2>
          <ol className="contributions" start={paging.offset + 1}>
            {replies.map((reply) => (
              <li key={reply.id}>
                <Post post={reply} replyHref={replyHref(reply.id)} />
              </li>
            ))}
          </ol>
          <Pagination
            {...paging}
            href={(page) => `${inReading(wholePostPath(id, page), read)}#replies`}
          />
        </section>
      )}
    </div>
  );
}
