import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField } from '~/domain/accounts/auth/account-fields';
import { kindsNamedIn, offeredKinds } from '~/domain/barriers/key-points/asking';
import { findConversation, peopleIn } from '~/domain/forum/conversations/conversations';
import { type Posting, postingIn } from '~/domain/forum/conversations/window';
import { draftPlace, NEW_THREAD } from '~/domain/forum/drafts/drafts';
import { threadPath, withParameter } from '~/domain/forum/paths';
import { takesReports } from '~/domain/forum/posts/evidence';
import { requireOpenThread } from '~/domain/forum/posts/permission';
import { postForm, REPEATED_POST_FIELDS } from '~/domain/forum/posts/post-fields';
import { newestContributions } from '~/domain/forum/posts/posts';
import { bodyField } from '~/domain/forum/posts/submission-fields';
import { findThread, questionsOf, type ThreadRow } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { askForAccount } from '~/server/draft-forms';
import { embedQuery, mayAnswerIn, readEmbedOptions } from '~/server/embed';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { keepTyped, restrictToAnswerOrigins } from '~/server/headers';
import { keyPointRowsOfConversation, keyPointRowsOfThread } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { ErrorSummary } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { ClosedNotice } from '~/ui/forum/closed-notice';
import { EmbeddedAnswerForm } from '~/ui/forum/embedded-answer-form';
import { InThread } from '~/ui/forum/newest';
import { Contribution } from '~/ui/forum/post';
import { contributionView } from '~/ui/forum/view';
import { sayWhatFollows } from '~/ui/forum/waiting';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';

/** The newest contributions, and how much of them: the page and its style sheet stay below 14 kB. */
const SHOWN = { contributions: 6, posts: 14, bytes: 12_000 };

/** What is embedded: one thread, or a conversation with all its questions. */
interface Subject {
  title: string;
  language: string;
  /** Its page on the site, and the embedded one. */
  path: string;
  embedPath: string;
  /** Where it can be answered on the site. */
  answerPath: string;
  people: number;
  countries: number;
  posting: Posting;
  /** The threads that can be answered if posts are taken. */
  threads: ThreadRow[];
  posts: { threadId: string } | { conversationId: string };
}

async function findSubject(
  { app, visit: { i18n } }: AppLoadContext,
  { slug, id }: LoaderFunctionArgs['params'],
) {
  const found = slug ? await conversation(app, i18n, slug) : await thread(app, i18n, id);
  if (!found) throw notFound();
  return found;
}

async function thread(
  { db, clock }: AppContext,
  i18n: SiteTranslator,
  wanted = '',
): Promise<Subject | null> {
  const found = await findThread(db.reader, wanted, EVERYBODY);
  if (!found) return null;
  const { id, title, language, people, countries } = i18n.titled('thread', found);
  return {
    ...{ title, language, people, countries },
    path: threadPath(found),
    answerPath: `${threadPath(found)}#reply`,
    embedPath: pathTo('/embed/t/:id', { id }),
    posting: postingIn(found.conversation, clock.now()),
    threads: [found].filter(({ state }) => state === 'open'),
    posts: { threadId: id },
  };
}

async function conversation(
  { db, clock }: AppContext,
  i18n: SiteTranslator,
  wanted: string,
): Promise<Subject | null> {
  const found = await findConversation(db.reader, wanted, EVERYBODY);
  if (!found) return null;
  const { id, slug, title, language } = i18n.titled('conversation', found);
  const questions = await questionsOf(db.reader, id);
  return {
    ...{ title, language },
    ...(await peopleIn(db.reader, id)),
    path: pathTo('/c/:slug', { slug }),
    answerPath: `${pathTo('/c/:slug', { slug })}#questions`,
    embedPath: pathTo('/embed/c/:slug', { slug }),
    posting: postingIn(found, clock.now()),
    threads: questions.filter(({ state }) => state === 'open'),
    posts: { conversationId: id },
  };
}

/**
 * A thread or a conversation, to be embedded in other sites; the same for every visitor. On the sites
 * that the keeper lists it takes answers.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const subject = await findSubject(context, params);
  const url = new URL(request.url);
  const failed = visit.method === 'POST';
  if (!failed && 'threadId' in subject.posts && params.id !== subject.posts.threadId) {
    throw redirect(subject.embedPath + url.search, 301);
  }
  const { title, language, path, people, countries, posting, posts } = subject;
  const takesPosts = posting.takesPosts && subject.threads.length > 0;
  const asks =
    failed || (takesPosts && mayAnswerIn(Object.fromEntries(request.headers), app.config));
  if (asks) {
    restrictToAnswerOrigins(visit.headers, app.config, readEmbedOptions(url.searchParams).resize);
    keepTyped(visit.headers);
  }
  const { contributions, isAll } = await newestContributions(app.db.reader, posts, SHOWN);
  const isThread = 'threadId' in posts;
  return {
    head: { title, canonical: path, noindex: true },
    ...{ path, title, language, people, countries, posting, takesPosts, isAll },
    answerPath: subject.answerPath,
    locked: subject.threads.length === 0,
    siteName: app.config.siteName,
    keyPoints: isThread
      ? await keyPointRowsOfThread(app, posts.threadId, i18n)
      : await keyPointRowsOfConversation(app, posts.conversationId, i18n),
    contributions: contributions.map(({ thread, ...contribution }) => {
      const view = contributionView(contribution, visit.visitor, i18n);
      return {
        ...view,
        // The posts that replies answer have no page of their own here.
        replies: view.replies.map((reply) => ({ ...reply, inReplyTo: null })),
        thread: isThread ? null : { ...i18n.titled('thread', thread), path: threadPath(thread) },
      };
    }),
    form: asks ? await answerForm(context, subject, url.search) : null,
  };
}

/** Loads what the form shows. While a person writes nobody knows the text; the next time it is known. */
async function answerForm(context: AppLoadContext, subject: Subject, search: string) {
  const { app, visit } = context;
  const body = visit.kept?.fields.find(([name]) => name === 'body')?.[1];
  const { threads } = subject;
  const [only] = threads.length === 1 ? threads : [];
  return {
    action: subject.embedPath + search,
    questions: threads.map((row) => {
      const { id, title, language } = visit.i18n.titled('thread', row);
      return { id, title, language };
    }),
    asks: only && takesReports(only) ? 'report' : 'answer',
    kinds: body
      ? await offeredKinds(app, { body, language: visit.i18n.locale })
      : await kindsNamedIn(app, subject.posts),
    next: await sayWhatFollows(context, NEW_THREAD),
  } as const;
}

const fields = postForm('reply', {
  body: bodyField,
  /** The question that is answered, where there are several. */
  thread: z.string().default(''),
  email: emailField,
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const { threads, embedPath } = await findSubject(args.context, args.params);
  return submit(
    args,
    fields,
    async (form, typed) => {
      const [only] = threads.length === 1 ? threads : [];
      const thread = only ?? threads.find(({ id }) => id === form.thread);
      if (!thread && threads.length > 0) {
        throw new DomainError('invalid', 'embed.error.question', { field: 'thread' });
      }
      if (!thread) throw new DomainError('refused', 'conversation.error.locked');
      await requireOpenThread(app.db.reader, app.clock, visit.visitor, thread.id);
      await askForAccount(args, draftPlace(thread.id, null), typed.values);
      const { search, searchParams } = new URL(args.request.url);
      const sent = new URLSearchParams(embedQuery(readEmbedOptions(searchParams)));
      sent.set('thread', thread.id);
      sent.set('back', embedPath + search);
      return redirect(pathTo(`/embed/sent?${sent}`), 303);
    },
    REPEATED_POST_FIELDS,
  );
}

export default function EmbeddedDiscussion() {
  const data = useLoaderData<typeof loader>();
  const { path, title, language, people, countries, form, siteName } = data;
  const state = useFormState();
  const { t } = useI18n();
  return (
    <>
      <h1 lang={language} dir="auto">
        <a href={path}>{title}</a>
      </h1>
      <ErrorSummary />
      {people > 0 && (
        <Meta>
          <span>{t('conversation.peopleIn', { people, countries })}</span>
        </Meta>
      )}
      <ClosedNotice posting={data.posting} />
      {data.posting.takesPosts && data.locked && <p>{t('conversation.composer.locked')}</p>}
      {form && !state && (
        <p>
          {/* Within the frame: other links open a new tab. */}
          <a className="button" href="#reply" target="_self">
            {t('conversation.composer.title')}
          </a>
        </p>
      )}
      {/* After an error, what is to be corrected stands where the page begins. */}
      {form && state && <EmbeddedAnswerForm {...form} />}
      <KeyPoints points={data.keyPoints} />
      <section aria-labelledby="latest">
        <h2 id="latest">{t('conversation.home.latest')}</h2>
        {data.contributions.length === 0 && (
          <p className="empty">{t('conversation.thread.none')}</p>
        )}
        <ol className="contributions">
          {data.contributions.map(({ thread, ...contribution }, at) => (
            <Contribution
              key={contribution.id}
              contribution={contribution}
              replyHref={
                data.takesPosts
                  ? (id) => `${withParameter(thread?.path ?? path, 'replyTo', id)}#reply`
                  : undefined
              }
              // Posts of one thread in a row name it once.
              about={
                thread &&
                data.contributions[at - 1]?.thread?.path !== thread.path && (
                  <InThread thread={thread} />
                )
              }
            />
          ))}
        </ol>
        {!data.isAll && <LinkLine href={path} label={t('embed.all', { site: siteName })} />}
      </section>
      {form && !state && <EmbeddedAnswerForm {...form} />}
      {data.takesPosts && (
        <LinkLine
          className="after-form"
          href={data.answerPath}
          label={t('embed.answer', { site: siteName })}
        />
      )}
    </>
  );
}
