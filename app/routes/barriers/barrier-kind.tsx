import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listReports } from '~/domain/barriers/explore';
import { throughToday } from '~/domain/barriers/query';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { Latest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { langOfTerm, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';

/** One kind of barrier: contributions, places, number of people, development and digests. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const slug = params.kind ?? '';
  const kind = app.community.resolve('barrier', slug);
  if (!kind) throw notFound();
  if (kind !== slug) throw redirect(pathTo('/barriers/kinds/:kind', { kind }), 301);
  const span = throughToday(app.clock.now());
  const filter = { scope: 'world', kind, span };
  const { rows } = await listReports(app.db.reader, filter, 1);
  return {
    head: {
      title: visit.i18n.name('barrier', kind),
      description: visit.i18n.describe('barrier', kind),
      canonical: pathTo('/barriers/kinds/:kind', { kind }),
    },
    kind,
    keyPoints: await keyPointRows(app, { kind }, visit.i18n),
    standing: await loadOverview(app, { kind }, visit.i18n),
    latest: rows.map((post) => excerptView(post, visit.i18n)),
  };
}

export default function BarrierKindPage() {
  const { kind, keyPoints, standing, latest } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t, name, describe, community } = i18n;
  return (
    <div className="page">
      <header className="page-head">
        <Meta>
          <a href={pathTo('/barriers')}>{t('barriers.title')}</a>
        </Meta>
        <h1 {...langOfTerm(i18n, 'barrier', kind, 'name')}>{name('barrier', kind)}</h1>
        <p className="lead" {...langOfTerm(i18n, 'barrier', kind)}>
          {describe('barrier', kind)}
        </p>
      </header>
      <div className="page-main">
        <KeyPoints points={keyPoints} />
        <OverviewSection standing={standing} by="places" />
        <Latest excerpts={latest} />
        {latest.length === 0 && (
          <TextLine
            className="empty"
            k="barriers.none"
            values={{ all: linkTo(pathTo('/barriers')), new: linkTo(pathTo('/barriers/new')) }}
          />
        )}
      </div>
      <aside className="page-aside">
        <h2>{t('barriers.kinds.title')}</h2>
        <ul>
          {community.kinds.map((one) => (
            <li key={one}>
              <a
                href={pathTo('/barriers/kinds/:kind', { kind: one })}
                aria-current={one === kind ? 'page' : undefined}
              >
                {name('barrier', one)}
              </a>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
}
