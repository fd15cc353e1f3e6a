import type { AppLoadContext, LoaderFunctionArgs, SerializeFrom } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { openConversations } from '~/domain/forum/conversations/conversations';
import { draftPath, draftsOf } from '~/domain/forum/drafts/drafts';
import { threadPath } from '~/domain/forum/paths';
import {
  listOwnPosts,
  OWN_POST_STATES,
  type OwnPost,
  type OwnPostState,
} from '~/domain/forum/posts/own-posts-list';
import { listBookmarks } from '~/domain/forum/read-state/bookmarks';
import { followed } from '~/domain/forum/read-state/follow';
import { listThreads, questionsOf } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { messagesOf } from '~/domain/moderation/decisions/decision-messages';
import {
  ownDecisions,
  type Withheld,
  whyWithheld,
} from '~/domain/moderation/decisions/own-decisions';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { regionOf } from '~/platform/places/places';
import { requirePerson } from '~/server/guards';
import { rememberedPlace } from '~/server/remembered-place';
import { Select } from '~/ui/forms/fields';
import { regionOptions } from '~/ui/forum/place-options';
import { waitingSentences } from '~/ui/forum/waiting';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { ruleTitle } from '~/ui/moderation/names';
import { Said } from '~/ui/moderation/words';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';

/** How many drafts, bookmarks and decisions the page shows at once. */
const SHOWN = 5;

/** How many decisions it lists. They are on no other page, so older ones are folded, not left out. */
const MOST_DECISIONS = 200;

/** Everything of one's own on one page: posts in every state, drafts, bookmarks, follows, decisions. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id: personId, handle } = requirePerson(context, request);
  const { app, visit } = context;
  const db = app.db.reader;
  const { i18n } = visit;
  const reader = { ...readerOf(visit.visitor), personId };
  const query = new URL(request.url).searchParams;
  const state = OWN_POST_STATES.find((one) => one === query.get('state')) ?? null;
  const { posts, counts, ...paging } = await listOwnPosts(
    db,
    app.clock,
    personId,
    state,
    readPage(query.get('page')),
  );
  const drafts = await draftsOf(db, reader);
  const bookmarks = await listBookmarks(db, reader, 1);
  const watched = await listThreads(db, { watch: { personId, state: 'watching' } }, 'latest', 1);
  const isNew = Object.values(counts).every((n) => n === 0) && drafts.length === 0;
  const decisions = await ownDecisions(db, personId, MOST_DECISIONS);
  return {
    head: { title: i18n.t('people.you.title'), noindex: true },
    handle,
    next: isNew ? await nextSteps(context, request) : null,
    state,
    counts,
    paging,
    posts: await explained(context, posts),
    drafts: {
      total: drafts.length,
      rows: drafts.slice(0, SHOWN).map((draft) => {
        const thread = draft.thread && i18n.titled('thread', draft.thread);
        return {
          place: draft.place,
          href: draftPath(draft),
          language: thread?.language,
          title: thread?.title ?? draft.fields.title?.[0] ?? '',
          savedAt: draft.savedAt,
        };
      }),
    },
    bookmarks: {
      total: bookmarks.total,
      rows: bookmarks.posts.slice(0, SHOWN).map(({ id, excerpt, language }) => ({
        id,
        excerpt,
        language,
      })),
    },
    following: {
      threads: watched.total,
      areas: (await followed(db, app.community, personId)).length,
    },
    decisions: decisions.map(
      ({ id, outcome, thread, until, createdAt, takenBack }): DecisionView => ({
        id,
        createdAt,
        takenBack,
        title: messagesOf(i18n, outcome, { thread, until, day: createdAt }).title,
      }),
    ),
  };
}

/** What a person who has written nothing can do next. */
async function nextSteps(context: AppLoadContext, request: Request) {
  const { app, visit } = context;
  const [newest] = await openConversations(app.db.reader);
  const questions = newest ? await questionsOf(app.db.reader, newest.id) : [];
  const { country } = await rememberedPlace(context, request);
  return {
    questions: questions.map((row) => {
      const { title, language } = visit.i18n.titled('thread', row);
      return { path: threadPath(row), title, language };
    }),
    regions: regionOptions(visit.i18n.locale).map(({ code, name }) => ({
      value: code,
      label: name,
    })),
    region: regionOf(country) ?? country,
  };
}

interface DecisionView {
  id: string;
  title: string;
  createdAt: number;
  takenBack: boolean;
}

interface OwnPostView extends OwnPost {
  /** Why it waits, and how long that usually takes. */
  waits: string | null;
  /** The decision of a moderator that it waits or is hidden. */
  withheld: (Pick<Withheld, 'decisionId' | 'mayAppeal' | 'note'> & { rule: string }) | null;
}

/** Adds why posts are not public. */
async function explained(
  context: AppLoadContext,
  posts: readonly OwnPost[],
): Promise<OwnPostView[]> {
  const ids = (...states: OwnPostState[]) =>
    posts.flatMap((post) => (states.includes(post.state) ? [post.id] : []));
  const waiting = await waitingSentences(context, ids('waiting'));
  const decided = await whyWithheld(context.app, ids('waiting', 'hidden'));
  return posts.map((post) => {
    const because = decided.get(post.id);
    return {
      ...post,
      thread: context.visit.i18n.titled('thread', post.thread),
      waits: waiting.get(post.id) ?? null,
      withheld: because
        ? { ...because, rule: because.rule ? ruleTitle(context.visit.i18n, because.rule) : '' }
        : null,
    };
  });
}

export default function You() {
  const { handle, next, state, counts, paging, posts, drafts, bookmarks, following, decisions } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  const older = decisions.length - SHOWN;
  const path = state ? pathTo(`/you?state=${state}`) : pathTo('/you');
  const page = (n: number) => (n > 1 ? `${path}${state ? '&' : '?'}page=${n}` : path);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('people.you.title')}</h1>
        <TextLine
          className="lead"
          k="people.you.lead"
          values={{ link: linkTo(pathTo('/u/:handle', { handle })) }}
        />
      </header>
      <section className="page-main" aria-labelledby="posts">
        {next && <NextSteps {...next} />}
        <h2 id="posts">{t('people.you.posts')}</h2>
        <States chosen={state} counts={counts} />
        {posts.length === 0 ? (
          <p className="empty">{t(state ? 'people.you.noneSo' : 'people.you.none')}</p>
        ) : (
          <ol className="rows written">
            {posts.map((post) => (
              <OwnPostRow key={post.id} post={post} />
            ))}
          </ol>
        )}
        <Pagination page={paging.page} pages={paging.pages} href={page} />
      </section>
      <aside className="page-aside">
        <section aria-labelledby="drafts">
          <h2 id="drafts">{t('people.you.drafts', { n: drafts.total })}</h2>
          <ul className="kept">
            {drafts.rows.map(({ place, href, title, language, savedAt }) => (
              <li key={place}>
                <a href={href ?? pathTo('/drafts')} lang={language} dir="auto">
                  {title || t('writing.drafts.untitled')}
                </a>{' '}
                <span className="quiet">
                  <Day ms={savedAt} />
                </span>
              </li>
            ))}
          </ul>
          <LinkLine href={pathTo('/drafts')} label={t('people.you.allDrafts')} />
        </section>
        <section aria-labelledby="bookmarks">
          <h2 id="bookmarks">{t('people.you.bookmarks', { n: bookmarks.total })}</h2>
          <ul className="kept">
            {bookmarks.rows.map(({ id, excerpt, language }) => (
              <li key={id}>
                <a href={pathTo('/p/:id', { id })} lang={language} dir="auto">
                  {excerpt}
                </a>
              </li>
            ))}
          </ul>
          <LinkLine href={pathTo('/bookmarks')} label={t('people.you.allBookmarks')} />
        </section>
        <section aria-labelledby="following">
          <h2 id="following">{t('reading.following.title')}</h2>
          <p>{t('people.you.following', following)}</p>
          <LinkLine href={pathTo('/following')} label={t('people.you.allFollowing')} />
        </section>
        <section aria-labelledby="decisions">
          <h2 id="decisions">{t('people.you.decisions')}</h2>
          {decisions.length === 0 && <p className="quiet">{t('people.you.decisionsNone')}</p>}
          <Decisions decisions={decisions.slice(0, SHOWN)} />
          {older > 0 && (
            <details>
              <summary>{t('people.you.olderDecisions', { n: older })}</summary>
              <Decisions decisions={decisions.slice(SHOWN)} />
            </details>
          )}
        </section>
      </aside>
    </div>
  );
}

type Next = NonNullable<SerializeFrom<typeof loader>['next']>;

/** For a new account: a question to answer, a region to follow. */
function NextSteps({ questions, regions, region }: Next) {
  const { t } = useI18n();
  return (
    <>
      <h2 id="next">{t('people.you.next')}</h2>
      {questions.length > 0 && (
        <>
          <h3>{t('people.you.next.answer')}</h3>
          <ul className="rows">
            {questions.map(({ path, title, language }) => (
              <li key={path}>
                <a href={path} lang={language} dir="auto">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <form method="post" action={pathTo('/following')}>
        <input type="hidden" name="kind" value="region" />
        <input type="hidden" name="redirectTo" value={pathTo('/you')} />
        <Select
          name="code"
          label={t('people.you.next.follow')}
          hint={t('people.you.next.hint')}
          options={regions}
          value={region}
        />
        <button type="submit" name="action" value="follow">
          {t('reading.follow.start')}
        </button>
      </form>
    </>
  );
}

function Decisions({ decisions }: { decisions: readonly DecisionView[] }) {
  const { t } = useI18n();
  return (
    <ul className="kept">
      {decisions.map(({ id, title, createdAt, takenBack }) => (
        <li key={id}>
          <a href={pathTo('/decisions/:id', { id })}>{title}</a>{' '}
          <span className="quiet">
            <Day ms={createdAt} />
            {takenBack && ` · ${t('moderation.log.takenBack')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Links to the posts in one state; states without posts are left out. */
function States({
  chosen,
  counts,
}: {
  chosen: OwnPostState | null;
  counts: Record<OwnPostState, number>;
}) {
  const { t } = useI18n();
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  if (all === 0) return null;
  return (
    <Meta as="nav" aria-label={t('people.you.states')}>
      <a href={pathTo('/you')} aria-current={chosen === null ? 'true' : undefined}>
        {t('people.you.all', { n: all })}
      </a>
      {OWN_POST_STATES.filter((one) => counts[one] > 0 || one === chosen).map((one) => (
        <a
          key={one}
          href={pathTo(`/you?state=${one}`)}
          aria-current={chosen === one ? 'true' : undefined}
        >
          {t('people.you.stateCount', { state: t(`people.you.state.${one}`), n: counts[one] })}
        </a>
      ))}
    </Meta>
  );
}

function OwnPostRow({ post }: { post: OwnPostView }) {
  const { t, day } = useI18n();
  const { id, state, thread, withheld, waits, erasedAt } = post;
  const deleted = state === 'deleted';
  const href = deleted ? pathTo('/p/:id/delete', { id }) : pathTo('/p/:id', { id });
  return (
    <li>
      <h3 lang={thread.language} dir="auto">
        {state === 'withdrawn' ? thread.title : <a href={href}>{thread.title}</a>}
      </h3>
      <p className="excerpt" lang={post.language} dir="auto">
        {post.excerpt}
      </p>
      <Meta>
        <strong>{t(`people.you.state.${state}`)}</strong>
        <Day ms={post.createdAt} />
      </Meta>
      {waits && <p className="quiet">{waits}</p>}
      {state === 'withdrawn' && <p className="quiet">{t('people.you.withdrawn')}</p>}
      {deleted && erasedAt !== null && (
        <p className="quiet">{t('people.you.deleted', { day: day(erasedAt) })}</p>
      )}
      {withheld && (
        <div className="quiet">
          {withheld.rule && <p>{t('people.you.rule', { rule: withheld.rule })}</p>}
          {withheld.note && <Said>{withheld.note}</Said>}
          <LinkLine
            href={pathTo('/decisions/:id', { id: withheld.decisionId })}
            label={t(withheld.mayAppeal ? 'people.you.appeal' : 'people.you.why')}
          />
        </div>
      )}
    </li>
  );
}
