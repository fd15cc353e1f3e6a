import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Outlet,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { mayModerate, officeRests } from './domain/accounts/users/visitor';
import { countUnread } from './domain/notifications/inbox';
import { NO_COMMUNITY } from './platform/community/community';
import {
  type SiteTranslator,
  siteArticle,
  siteTranslator,
} from './platform/community/site-translator';
import { DEFAULT_LOCALE } from './platform/i18n/locales';
import { readEmbedOptions } from './server/embed';
import { isEmbedded } from './server/headers';
import type { RequestContext } from './server/request-context';
import { TranslatorProvider } from './ui/i18n';
import { type PageHead, PageHeadTags } from './ui/page-head';
import { ProblemPage, problemTitle } from './ui/problem-page';
import { EmbedFrame, Shell } from './ui/shell';
import digestStyles from './ui/styles/digest-page.css?url';
import styles from './ui/styles/index.css?url';
import memberStyles from './ui/styles/members.css?url';
import threadStyles from './ui/styles/thread-page.css?url';

/** The style sheet of each page; the largest pages have one with no more than they need. */
const SHEETS = { all: styles, thread: threadStyles, digest: digestStyles };

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { person } = visit.visitor;
  const url = new URL(request.url);
  const embed = isEmbedded(url.pathname) ? readEmbedOptions(url.searchParams) : null;
  return {
    // Not sent to the browser: loader data stay on the server.
    i18n: visit.i18n as unknown,
    theme: person?.theme ?? embed?.theme ?? null,
    embed,
    siteName: app.config.siteName,
    origin: app.config.origin,
    demo: app.config.demo,
    operator: {
      name: app.config.operatorName,
      place: app.config.operatorPlace,
      article: siteArticle(visit.i18n),
    },
    kept: visit.kept,
    path: url.pathname + url.search,
    person: person && {
      handle: person.handle,
      moderates: mayModerate(visit.visitor),
      administers: visit.visitor.standing === 'administrator',
      unconfirmed: person.confirmedAt === null,
      office: officeNotice(visit),
      unread: await countUnread(app.db.reader, person.id),
    },
  };
}

/** Returns what moderators without a second factor are told, and from which day it is required. */
function officeNotice({
  visitor,
  session,
  i18n,
}: RequestContext): { day: string } | 'rests' | null {
  if (officeRests(visitor)) return 'rests';
  const due = visitor.person?.secondFactorFrom ?? null;
  return due !== null && session?.secondFactorAt === null ? { day: i18n.day(due) } : null;
}

/** The frame of every page; also used around an error, when the root loader may not have run. */
export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const matches = useMatches();
  const error = useRouteError();
  const i18n =
    (data?.i18n as SiteTranslator | undefined) ?? siteTranslator(NO_COMMUNITY, DEFAULT_LOCALE);
  const page = matches.at(-1)?.data as { head?: PageHead } | undefined;
  // An error page is shown within another site only to give back what was written there.
  const embed = !error || data?.kept ? (data?.embed ?? null) : null;
  const Frame = embed ? EmbedFrame : Shell;
  const head: PageHead | undefined = error
    ? { title: problemTitle(i18n, statusOf(error)) }
    : page?.head;
  return (
    <html
      lang={i18n.locale}
      dir={i18n.dir}
      data-theme={data?.theme ?? undefined}
      className={i18n.community.settings.accent ?? undefined}
      data-accent={i18n.community.settings.accent ?? undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={data?.theme ?? 'light dark'} />
        <PageHeadTags
          head={head}
          siteName={data?.siteName ?? 'Causeway'}
          origin={data?.origin ?? ''}
        />
        {embed ? (
          <>
            {/* Nothing else that pages link to: no browser shows the icon of a frame. */}
            <link rel="stylesheet" href={styles} />
            <base target="_blank" />
            {embed.resize && <script src="/embed.js" async />}
          </>
        ) : (
          <>
            <link rel="stylesheet" href={SHEETS[head?.sheet ?? 'all']} />
            <Links />
            {data?.person && <link rel="stylesheet" href={memberStyles} />}
          </>
        )}
      </head>
      <body>
        <TranslatorProvider value={i18n}>
          <Frame
            siteName={data?.siteName ?? 'Causeway'}
            person={data?.person ?? null}
            path={data?.path ?? '/'}
            demo={data?.demo ?? false}
            operator={data?.operator ?? { name: null, place: null, article: null }}
          >
            {children}
          </Frame>
        </TranslatorProvider>
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <ProblemPage
      status={statusOf(error)}
      kept={data?.kept ?? null}
      embedded={Boolean(data?.embed && data.kept)}
    />
  );
}

/** Returns the HTTP status of an error that a route threw. */
function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}
