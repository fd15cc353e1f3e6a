import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findPost } from '~/domain/forum/posts/posts';
import { revisionsOf, withholdRevision } from '~/domain/forum/posts/revisions';
import { readerOf } from '~/domain/forum/visibility';
import type { Community } from '~/platform/community/community';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { ruleField } from '~/server/moderation-form';
import { ErrorSummary } from '~/ui/forms/fields';
import { PostLine } from '~/ui/forum/byline';
import { RevisionEntry } from '~/ui/forum/revision';
import { authorView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';

/** Former versions of a post, for everyone who may read the post. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const db = app.db.reader;
  const reader = readerOf(visit.visitor);
  const found = await findPost(db, params.id ?? '', reader);
  if (!found) throw notFound();
  const { post, thread } = found;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  return {
    head: { title: visit.i18n.t('writing.revisions.title'), noindex: true },
    path: pathTo('/p/:id', { id: post.id }),
    author: authorView(post.author, visit.i18n.locale),
    language: post.language,
    thread: visit.i18n.titled('thread', thread),
    moderates: reader.moderates && post.author.id !== reader.personId,
    ...(await revisionsOf(db, post.id, reader, page)),
  };
}

const fields = (community: Community) =>
  z.object({
    number: z.coerce.number().int(),
    /** The rule under which a version is hidden; empty to show it again. */
    reason: ruleField(community),
  });

export async function action(args: ActionFunctionArgs) {
  const { context, params } = args;
  const moderator = requireModerator(context);
  const { app } = context;
  const postId = params.id ?? '';
  return submit(args, fields, async ({ number, reason }) => {
    await app.db.write((tx) =>
      withholdRevision(tx, app, moderator, { postId, number, rule: reason || null }),
    );
    return redirect(pathTo('/p/:id/revisions', { id: postId }), 303);
  });
}

export default function Revisions() {
  const data = useLoaderData<typeof loader>();
  const { path, author, thread, revisions, page, pages } = data;
  const { t } = useI18n();
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('writing.revisions.title')}</h1>
      <PostLine author={author} thread={thread} path={path} />
      {revisions.length === 0 && <p>{t('writing.revisions.none')}</p>}
      <ol className="rows revisions">
        {revisions.map((revision) => (
          <RevisionEntry
            key={revision.number}
            revision={revision}
            language={data.language}
            path={path}
            moderates={data.moderates}
          />
        ))}
      </ol>
      <Pagination page={page} pages={pages} path={`${path}/revisions`} />
    </div>
  );
}
