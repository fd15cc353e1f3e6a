import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { postPath, threadPath, wholePostPath, withParameter } from '~/domain/forum/paths';
import { wholePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import { readPage } from '~/platform/paging';
import { notFound } from '~/server/guards';
import { Post } from '~/ui/forum/post';
import { contributionView } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';

/** A post that is too long for its page of the thread, or has too many replies: all of it. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const reader = readerOf(visit.visitor);
  const wanted = readPage(new URL(request.url).searchParams.get('page'));
  const found = await wholePost(app.db.reader, params.id ?? '', reader, wanted);
  if (!found) throw notFound();
  const { page, pages, total, offset } = found;
  const thread = visit.i18n.titled('thread', found.thread);
  const { post, replies } = contributionView(found, visit.visitor, visit.i18n);
  return {
    head: { title: thread.title, canonical: wholePostPath(found.id, page), noindex: true },
    id: found.id,
    thread: { ...thread, path: threadPath(thread) },
    post,
    replies,
    paging: { page, pages, total, offset },
  };
}

export default function WholePostPage() {
  const { id, thread, post, replies, paging } = useLoaderData<typeof loader>();
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
                <Post post={reply} kind="reply" replyHref={replyHref(reply.id)} />
              </li>
            ))}
          </ol>
          <Pagination {...paging} href={(page) => `${wholePostPath(id, page)}#replies`} />
        </section>
      )}
    </div>
  );
}
