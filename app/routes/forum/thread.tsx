import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { type ReadThread, readThread } from '~/domain/barriers/key-points/read-thread';
import { postingIn } from '~/domain/forum/conversations/window';
import { draftPlace, NEW_THREAD } from '~/domain/forum/drafts/drafts';
import { READ, threadPath, withParameter } from '~/domain/forum/paths';
import { takesReports } from '~/domain/forum/posts/evidence';
import { onlyAsked, postForm, REPEATED_POST_FIELDS } from '~/domain/forum/posts/post-fields';
import { POST_SORTS } from '~/domain/forum/posts/post-sorts';
import { findPost, type Post as StoredPost } from '~/domain/forum/posts/posts';
import { previewPost } from '~/domain/forum/posts/preview';
import { findQuotable, quotation } from '~/domain/forum/posts/quote';
import {
  againField,
  bodyField,
  keyField,
  keyPointField,
  previewField,
} from '~/domain/forum/posts/submission-fields';
import { pageReading } from '~/domain/forum/read-state/thread-reading';
import { type BareThread, findBareThread } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { questionsAfter } from '~/domain/publishing/questions-after';
import { reply } from '~/domain/publishing/reply';
import { languageNames } from '~/platform/languages/names';
import { readLanguage } from '~/platform/languages/tags';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { reportPreviewState } from '~/routes/barriers/preview-state';
import { askForAccount, withDraft } from '~/server/draft-forms';
import { keyOfText, newFormKey, submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { rememberedPlace } from '~/server/remembered-place';
import { Counts, placeCount } from '~/ui/barriers/counts';
import { linksOf, sharedLinks } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { Nearby } from '~/ui/barriers/nearby';
import { ErrorSummary } from '~/ui/forms/fields';
import { AuthorName } from '~/ui/forum/byline';
import { ClosedNotice } from '~/ui/forum/closed-notice';
import {
  type AnsweredPost,
  type ComposerState,
  LoginToWrite,
  Preview,
  ReplyForm,
  VisitorForm,
} from '~/ui/forum/composer';
import { DraftLine, typedOrDraft, withQuote } from '~/ui/forum/draft-line';
import { FilterNotice, LanguageFilter } from '~/ui/forum/language-filter';
import { MarkRead } from '~/ui/forum/mark-read';
import { PillarMark } from '~/ui/forum/pillar-mark';
import { Contribution, Post } from '~/ui/forum/post';
import { TranslationsShown } from '~/ui/forum/post-translation';
import { countTranslated, readingOf, translating } from '~/ui/forum/post-translation-view';
import { SortLinks } from '~/ui/forum/sort-links';
import { cardIn, LanguageLinks, languageLinks, wantedLanguage } from '~/ui/forum/translations';
import {
  authorView,
  type ContributionView,
  contributionView,
  type PostView,
  postView,
  threadRowView,
  titlesIn,
  withReading,
} from '~/ui/forum/view';
import { explainWaiting, sayWhatFollows } from '~/ui/forum/waiting';
import { WatchForm } from '~/ui/forum/watch-form';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Pagination } from '~/ui/pagination';
import { Row, UNSEEN } from '~/ui/row';
import { composerData } from './composer-data';

/** Number of countries and kinds of barrier in the margin. */
const COUNTRIES = 6;
const KINDS = 4;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { visitor, i18n } = visit;
  const db = app.db.reader;
  const reader = readerOf(visitor);
  const failed = visit.method === 'POST';
  const url = new URL(request.url);
  const read = readingOf(url, visitor, i18n.locale);
  const sort = POST_SORTS.find((one) => one === url.searchParams.get('sort')) ?? 'oldest';
  const wanted = wantedLanguage(url, i18n.locale);
  const found = await readThread(app, params.id ?? '', reader, {
    page: readPage(url.searchParams.get('page')),
    sort,
    languages: read.languages,
    language: wanted,
  });
  if (!found) throw notFound();
  const { thread, prompt, context: about } = found;
  if (!failed && params.id !== thread.id) throw redirect(threadPath(thread), 301);
  if (!failed && params.slug !== thread.slug) {
    throw redirect(threadPath(thread) + url.search, 301);
  }

  const { opening, contributions, ...paging } = found.page;
  const canonical = threadPath(thread, sort === 'oldest' ? paging.page : 1);
  const here = threadPath(thread, paging.page);
  const shown = [opening, ...contributions.flatMap((one) => [one.post, ...one.replies])];
  const shownIds = shown.flatMap((post) => post?.id ?? []);
  const points = linksOf(found.keyPoints.ofPosts, i18n);
  const reading = await pageReading(db, reader.personId, thread.id, shownIds);
  const language = readLanguage(url.searchParams.get('language'));
  const languageName = languageNames(i18n.locale);
  // A person who may not write still sees the form if it came back with their text.
  const quote = url.searchParams.get('quote');
  const replyTo = await findAnswered(context, thread.id, url.searchParams.get('replyTo') ?? quote);
  const posting = postingIn(thread.conversation, app.clock.now());
  const takesPosts = thread.state === 'open' && posting.takesPosts;
  const writable = takesPosts || failed;
  const composer =
    visitor.person && writable
      ? await composerData(context, request, draftPlace(thread.id, replyTo?.id ?? null))
      : null;
  const last = visitor.person ? null : await rememberedPlace(context, request);
  const titles = titlesIn(i18n, wanted);
  const titled = titles.titled('thread', thread);
  const path = sort === 'oldest' ? here : withParameter(here, 'sort', sort);
  const translate = translating(found.translations, { read, i18n, path });
  const openingShown =
    opening && translate(withReading(openingView(opening, prompt, context), reading));
  const contributionsShown = contributions
    .map((one) => contributionView(one, visitor, i18n, reading))
    .map((one) => ({
      ...one,
      post: one.post && translate(one.post),
      replies: one.replies.map(translate),
    }));
  const postsShown = [
    openingShown,
    ...contributionsShown.flatMap((one) => [one.post, ...one.replies]),
  ];
  await explainWaiting(context, postsShown);
  const feed = {
    title: i18n.t('conversation.feed.thread', { title: titled.title }),
    path: pathTo('/t/:id/:slug?', { id: thread.id, slug: 'feed.xml' }),
  };
  return {
    head: {
      sheet: 'thread' as const,
      title: titled.title,
      description: openingShown?.excerpt,
      canonical,
      feeds: [feed],
      card: cardIn(
        pathTo('/t/:id/:slug?', { id: thread.id, slug: 'card.png' }),
        titled.language,
        thread.language,
      ),
      embeddable: thread.state === 'open' || thread.state === 'locked',
      noindex: thread.state === 'draft' || thread.state === 'hidden',
    },
    thread: {
      ...threadRowView(thread, titles),
      state: thread.state,
      posting,
      takesPosts,
      article: thread.conversation && {
        title: titles.titled('conversation', thread.conversation).title,
        path: pathTo('/c/:slug', { slug: thread.conversation.slug }),
      },
      createdAt: thread.createdAt,
      author: authorView(thread.author, i18n.locale),
    },
    questions: found.questions,
    paging,
    counts: [
      {
        title: i18n.t('conversation.thread.places'),
        rows: about.countries
          .slice(0, COUNTRIES)
          .map(({ value, posts }) => placeCount(value, posts, i18n)),
      },
      {
        title: i18n.t('conversation.thread.kinds'),
        rows: about.kinds.slice(0, KINDS).map(({ value, posts }) => ({
          path: pathTo('/barriers/kinds/:kind', { kind: value }),
          name: i18n.name('barrier', value),
          text: i18n.number(posts),
        })),
      },
    ],
    keyPoints: sharedLinks(found.keyPoints.ofThread, i18n),
    opening: openingShown,
    translations: countTranslated(postsShown, path),
    read: read.chosen,
    // The page of a long thread has no room for more: that of its conversation has all languages.
    otherLanguages: languageLinks(i18n, 'thread', thread, titled, here).filter(
      ({ language }) => language === thread.language || language === i18n.locale,
    ),
    contributions: contributionsShown.map((one) => withKeyPoints(one, points)),
    reading: reading && {
      unread: reading.unread,
      watch: reading.watch,
      // The last page marks the whole thread as read.
      through: paging.page < paging.pages ? (contributions.at(-1)?.id ?? '') : '',
      seen: app.clock.now(),
      next: threadPath(thread, Math.min(paging.page + 1, paging.pages)),
    },
    path,
    sort,
    language: language ? { tag: language, name: languageName(language) } : null,
    languages: about.languages.map(({ value, posts }) => ({
      language: value,
      name: languageName(value),
      posts,
    })),
    // With query and fragment, so that a form that comes back is shown in the same place.
    action: `${pathTo('/t/:id/:slug?', { id: thread.id })}${url.search}#reply`,
    feed: feed.path,
    composer,
    asks: takesReports(thread) ? ('report' as const) : ('answer' as const),
    anonymous: visitor.person === null,
    writable,
    // A visitor's text for an open thread takes the same way as one for a new thread. Nothing that
    // changes is read for it, because all visitors share the page.
    next: last && writable ? await sayWhatFollows(context, NEW_THREAD) : '',
    // The page is shared by all visitors, so it contains no form key. Visitors get a key on the
    // next page.
    key: failed ? newFormKey() : null,
    last,
    replyTo,
    quoted: quote && (await quoted(context, thread.id, quote, url.searchParams.getAll('part'))),
  };
}

/** Returns the opening post in a translation, if there is one. */
function openingView(
  opening: StoredPost,
  prompt: ReadThread['prompt'],
  { visit }: AppLoadContext,
): PostView {
  const shown = postView({ ...opening, ...prompt }, visit.visitor, visit.i18n);
  // Moderators correct the language of the original.
  return prompt ? { ...shown, mayCorrectLanguage: false } : shown;
}

/** Adds to the posts of a contribution the key points that they report. */
function withKeyPoints(
  contribution: ContributionView,
  points: ReturnType<typeof linksOf>,
): ContributionView {
  const { post, replies } = contribution;
  const add = (one: PostView): PostView => ({ ...one, keyPoint: points[one.id] });
  return { ...contribution, post: post && add(post), replies: replies.map(add) };
}

/** Returns the post in `?replyTo=`, if it is in this thread. */
async function findAnswered(
  { app, visit }: AppLoadContext,
  threadId: string,
  id: string | null,
): Promise<AnsweredPost | null> {
  const found = id ? await findPost(app.db.reader, id, readerOf(visit.visitor)) : null;
  if (found?.thread.id !== threadId) return null;
  const { author, excerpt, language } = found.post;
  return {
    id: found.post.id,
    name: authorView(author, visit.i18n.locale).label,
    excerpt,
    language,
  };
}

/** Returns the quotation for `?quote=` as Markdown, if that post is in this thread. */
async function quoted(
  { app, visit }: AppLoadContext,
  threadId: string,
  id: string,
  parts: string[],
): Promise<string | null> {
  const found = await findQuotable(app.db.reader, id, readerOf(visit.visitor));
  if (found?.threadId !== threadId) return null;
  const { label: name } = authorView(found.author, visit.i18n.locale);
  const attribution = visit.i18n.t('writing.quote.wrote', { name });
  return quotation(found.paragraphs, parts.map(Number), attribution);
}

const replyForm = postForm('report', {
  body: bodyField,
  replyTo: z.string().default(''),
  key: keyField,
  preview: previewField,
  again: againField,
  keyPoint: keyPointField,
  visitor: z.string().optional(),
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const { params } = args;
  const reader = readerOf(visit.visitor);
  // A reply to a thread that was merged meanwhile goes to the thread it was merged into.
  const thread = await findBareThread(app.db.reader, params.id ?? '', reader);
  return withDraft(
    args,
    async (typed) => {
      // The draft is kept even if the thread was hidden while the person was writing.
      if (!thread) return { place: params.id?.slice(0, 64) ?? '', back: pathTo('/drafts') };
      const answered = await findAnswered(args.context, thread.id, typed.replyTo?.[0] ?? null);
      const path = threadPath(thread);
      return {
        place: draftPlace(thread.id, answered?.id ?? null),
        back: `${answered ? withParameter(path, 'replyTo', answered.id) : path}#reply`,
      };
    },
    async () => {
      if (!thread) throw notFound();
      return write(args, thread);
    },
  );
}

function write(args: ActionFunctionArgs, thread: BareThread) {
  const { app, visit } = args.context;
  return submit(
    args,
    replyForm,
    async (form, typed) => {
      if (form.preview && takesReports(thread)) {
        const making = {
          text: form.body,
          details: form.details,
          language: visit.i18n.locale,
          address: visit.address,
        };
        return reportPreviewState(app, visit, making, typed);
      }
      if (form.preview) {
        const { address } = visit;
        return {
          ...typed,
          preview: await previewPost(app, visit.visitor, { body: form.body, address }),
        };
      }
      const { takesPosts } = postingIn(thread.conversation, app.clock.now());
      if (!visit.visitor.person && thread.state === 'open' && takesPosts) {
        return askForAccount(args, thread.id, typed.values);
      }
      const address = await reply(app, visit.visitor, {
        address: visit.address,
        threadId: thread.id,
        replyTo: form.replyTo || null,
        body: form.body,
        details: takesReports(thread) ? form.details : onlyAsked('reply', form.details),
        language: visit.i18n.locale,
        keyPointId: form.keyPoint,
        again: Boolean(form.again),
        // A person who logged in after opening a shared page could send its form twice, so the key
        // comes from the text.
        key: form.key ?? (form.visitor && keyOfText(thread.id, form.replyTo, form.body)),
      });
      return redirect(questionsAfter(address, form), 303);
    },
    REPEATED_POST_FIELDS,
  );
}

type ThreadData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Thread() {
  const data = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as ComposerState | undefined;
  const { t } = useI18n();
  const { thread, opening, contributions, paging } = data;
  const { people, countries } = thread;
  const pageHref = (page: number) => {
    const path = page > 1 ? withParameter(thread.path, 'page', String(page)) : thread.path;
    const sorted = data.sort === 'oldest' ? path : withParameter(path, 'sort', data.sort);
    const read = data.read ? withParameter(sorted, READ, data.read) : sorted;
    return data.language ? withParameter(read, 'language', data.language.tag) : read;
  };
  const replyHref = thread.takesPosts
    ? (id: string) => `${withParameter(data.path, 'replyTo', id)}#reply`
    : undefined;
  return (
    <div className="page" itemScope itemType="https://schema.org/DiscussionForumPosting">
      <link itemProp="mainEntityOfPage" href={thread.path} />
      <meta itemProp="commentCount" content={String(thread.answers)} />
      {!opening && (
        <>
          <meta itemProp="author" content={thread.author.label} />
          <meta itemProp="datePublished" content={new Date(thread.createdAt).toISOString()} />
        </>
      )}
      <header className="page-head">
        {thread.questionNumber !== null && data.questions > 0 && (
          <p className="quiet">
            {t('conversation.question', { number: thread.questionNumber, total: data.questions })}
          </p>
        )}
        <h1 itemProp="headline" lang={thread.language} dir="auto">
          {thread.title}
        </h1>
        <Row className="actions" separator={UNSEEN}>
          {thread.takesPosts && (
            <a className="button" href="#reply">
              {t('conversation.composer.title')}
            </a>
          )}
          {data.reading && data.reading.unread > 0 && (
            <a className="unread" href={pathTo('/reading/:id', { id: thread.id })}>
              {t('reading.toFirst', { n: data.reading.unread })}
            </a>
          )}
        </Row>
        {thread.state === 'draft' && (
          <p className="notice warning">{t('conversation.thread.draft')}</p>
        )}
        {thread.state === 'hidden' && (
          <p className="notice warning">{t('conversation.thread.hidden')}</p>
        )}
      </header>
      <div className="page-main">
        {opening && <Post post={opening} opening />}
        {opening && <LanguageLinks links={data.otherLanguages} />}
        <TranslationsShown {...data.translations} />
        {people > 0 && <p>{t('conversation.thread.people', { people, countries })}</p>}
        <KeyPoints points={data.keyPoints} />
        <section aria-labelledby="contributions">
          <h2 id="contributions">{t('conversation.answers', { n: thread.answers })}</h2>
          {paging.total === 0 && <p className="empty">{t('conversation.thread.none')}</p>}
          {paging.total > 1 && <SortLinks path={thread.path} chosen={data.sort} />}
          <LanguageFilter
            languages={data.languages}
            path={data.path}
            chosen={data.language?.tag ?? null}
          />
          {data.language && (
            <FilterNotice
              contributions={contributions}
              chosen={data.language.tag}
              name={data.language.name}
              path={data.path}
            />
          )}
          <ol className="contributions" start={paging.offset > 0 ? paging.offset + 1 : undefined}>
            {contributions.map((one) => (
              <Contribution
                key={one.id}
                contribution={one}
                replyHref={replyHref}
                language={data.language?.tag}
              />
            ))}
          </ol>
          {data.sort === 'oldest' && data.reading && data.reading.unread > 0 && (
            <MarkRead threadId={thread.id} {...data.reading} />
          )}
          <Pagination page={paging.page} pages={paging.pages} href={pageHref} />
        </section>
        <Write data={data} state={state} />
      </div>
      <ThreadMargin data={data} />
    </div>
  );
}

/** The margin, on a phone after the answers: topics of the thread, its posts by country and kind of barrier. */
function ThreadMargin({ data }: { data: ThreadData }) {
  const { t } = useI18n();
  const { thread, feed, reading, path } = data;
  return (
    <aside className="page-aside thread-facts" aria-label={t('conversation.thread.about')}>
      {thread.article === null ? (
        <TextLine
          k="conversation.thread.startedBy"
          values={{
            name: <AuthorName author={thread.author} />,
          }}
        />
      ) : (
        <TextLine
          k="conversation.thread.source"
          values={{ link: linkTo(thread.article.path), title: thread.article.title }}
        />
      )}
      {thread.pillars.length > 0 && (
        <Row className="pillars" separator={UNSEEN}>
          {thread.pillars.map((pillar) => (
            <PillarMark key={pillar} pillar={pillar} />
          ))}
        </Row>
      )}
      {data.counts.map((counts) => (
        <Counts key={counts.title} {...counts} />
      ))}
      {reading && <WatchForm threadId={thread.id} watch={reading.watch} back={path} />}
      <LinkLine href={feed} label={t('conversation.thread.feed')} />
    </aside>
  );
}

/** The end of the page: the form, or what is needed to use it. */
function Write({ data, state }: { data: ThreadData; state: ComposerState | undefined }) {
  const { t } = useI18n();
  const { thread, composer, replyTo, path, anonymous } = data;
  return (
    <section id="reply" className="write" aria-labelledby="write">
      <h2 id="write">
        {replyTo
          ? t('conversation.composer.titleReply', { name: replyTo.name })
          : t('conversation.composer.title')}
      </h2>
      <ErrorSummary />
      <Preview state={state} />
      <Nearby reports={state?.nearby} place={state?.values.country?.[0] ?? ''} />
      {thread.state === 'locked' && <p>{t('conversation.composer.locked')}</p>}
      {thread.state === 'open' && <ClosedNotice posting={thread.posting} />}
      {data.writable && anonymous && data.last && (
        <VisitorForm
          action={data.action}
          composer={{ key: data.key, last: data.last, next: data.next }}
          state={state ?? withQuote(state, data.quoted)}
          replyTo={replyTo}
          unaddressed={`${path}#reply`}
          asks={data.asks}
        />
      )}
      {thread.takesPosts && anonymous && (
        <LoginToWrite
          back={`${replyTo ? withParameter(path, 'replyTo', replyTo.id) : path}#reply`}
          newTab={state !== undefined}
        />
      )}
      <DraftLine
        draft={composer?.draft ?? null}
        back={`${replyTo ? withParameter(path, 'replyTo', replyTo.id) : path}#reply`}
      />
      {composer && (
        <ReplyForm
          action={data.action}
          composer={composer}
          state={state ?? withQuote(typedOrDraft(state, composer.draft ?? null), data.quoted)}
          replyTo={replyTo}
          unaddressed={`${path}#reply`}
          asks={data.asks}
        />
      )}
    </section>
  );
}
