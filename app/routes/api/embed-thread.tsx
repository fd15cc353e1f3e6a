import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { threadPath } from '~/domain/forum/paths';
import { newestPosts } from '~/domain/forum/posts/posts';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { Newest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';

const SHOWN = 5;

/** A thread, to be embedded in other sites; the same for every visitor. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { reader } = app.db;
  const thread = await findThread(reader, params.id ?? '', EVERYBODY);
  if (!thread) throw notFound();
  if (params.id !== thread.id) throw redirect(pathTo('/embed/t/:id', { id: thread.id }), 301);
  const latest = await newestPosts(reader, {
    threadId: thread.id,
    answersOnly: true,
    limit: SHOWN,
  });
  const { people, countries, answers } = thread;
  const { title, language } = visit.i18n.titled('thread', thread);
  return {
    head: { title, canonical: threadPath(thread), noindex: true },
    path: threadPath(thread),
    title,
    language,
    people,
    countries,
    answers,
    siteName: app.config.siteName,
    latest: latest.map((post) => excerptView(post, visit.i18n)),
  };
}

export default function EmbeddedThread() {
  const { path, title, language, people, countries, answers, siteName, latest } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1 lang={language} dir="auto">
        <a href={path}>{title}</a>
      </h1>
      <Meta>
        <span>{t('conversation.answers', { n: answers })}</span>
        {people > 0 && <span>{t('conversation.peopleIn', { people, countries })}</span>}
      </Meta>
      <Newest excerpts={latest} />
      <LinkLine href={`${path}#reply`} label={t('barriers.embed.join', { site: siteName })} />
    </>
  );
}
