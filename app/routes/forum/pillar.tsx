import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { isFollowed } from '~/domain/forum/read-state/follow';
import { readingOf } from '~/domain/forum/read-state/unread';
import { listThreads } from '~/domain/forum/threads/threads';
import { idsOf } from '~/platform/ids';
import { pageUrl, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { FollowButton } from '~/ui/forum/follow-button';
import { PillarGlyph, pillarClass } from '~/ui/forum/pillar-mark';
import { ThreadRows } from '~/ui/forum/thread-row';
import { threadRowView } from '~/ui/forum/view';
import { langOfTerm, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const slug = params.slug ?? '';
  const pillar = app.community.resolve('pillar', slug);
  if (!pillar) throw notFound();
  if (pillar !== slug) throw redirect(pathTo('/pillars/:slug', { slug: pillar }), 301);
  const wanted = readPage(new URL(request.url).searchParams.get('page'));
  const { rows, ...paging } = await listThreads(app.db.reader, { pillar }, 'latest', wanted);
  const path = pathTo('/pillars/:slug', { slug: pillar });
  const personId = visit.visitor.person?.id ?? null;
  const reading = await readingOf(app.db.reader, personId, idsOf(rows));
  return {
    head: {
      title: visit.i18n.name('pillar', pillar),
      description: visit.i18n.describe('pillar', pillar),
      canonical: pageUrl(path, paging.page),
    },
    pillar,
    standing: paging.page === 1 ? await loadOverview(app, { pillar }, visit.i18n) : null,
    path,
    paging,
    rows: rows.map((row) => threadRowView(row, visit.i18n, reading.get(row.id))),
    followed:
      personId === null
        ? null
        : await isFollowed(app.db.reader, personId, { kind: 'pillar', code: pillar }),
  };
}

export default function PillarPage() {
  const { pillar, standing, path, paging, rows, followed } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t, name, describe, community } = i18n;
  return (
    <div className="listing">
      <header className="pillar-head">
        <p className={pillarClass(community, pillar)}>
          <PillarGlyph pillar={pillar} />
          {t('conversation.pillar.kicker')}
        </p>
        <h1 {...langOfTerm(i18n, 'pillar', pillar, 'name')}>{name('pillar', pillar)}</h1>
        <p className="lead" {...langOfTerm(i18n, 'pillar', pillar)}>
          {describe('pillar', pillar)}
        </p>
        {followed !== null && (
          <FollowButton
            kind="pillar"
            code={pillar}
            name={name('pillar', pillar)}
            followed={followed}
            back={path}
          />
        )}
      </header>
      {standing && <OverviewSection standing={standing} by="kinds" />}
      <section aria-labelledby="list">
        <h2 id="list" className="list-count">
          {t('conversation.threads.count', { n: paging.total })}
        </h2>
        <ThreadRows rows={rows} />
        <Pagination {...paging} path={path} />
      </section>
    </div>
  );
}
