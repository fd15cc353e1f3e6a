import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { findGroup } from '~/domain/barriers/grouped';
import { BARRIER_KINDS } from '~/domain/community/vocabularies';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { notFound } from '~/server/guards';
import { groupLine } from '~/ui/barriers/group-view';
import { Newest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';

/** Contributions that report the same barrier. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t, locale } = visit.i18n;
  const least = app.config.digestMinAuthors;
  const found = await findGroup(app.db.reader, params.id ?? '', least);
  if (!found) throw notFound();
  const { group, contributions } = found;
  const place = placeName(group.region, locale);
  return {
    head: {
      title: t('barriers.groups.pageTitle', { n: contributions.length }),
      description: t('barriers.groups.description', { place }),
      canonical: pathTo('/barriers/groups/:id', { id: group.id }),
    },
    title: t('barriers.groups.pageTitle', { n: contributions.length }),
    region: { code: group.region, name: place },
    line: groupLine(group, least, visit.i18n),
    kinds: BARRIER_KINDS.filter((kind) =>
      contributions.some(({ barriers }) => barriers.includes(kind)),
    ),
    contributions: contributions.map((post) => excerptView(post, locale)),
  };
}

export default function BarrierGroup() {
  const { title, region, line, kinds, contributions } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <p className="meta">
        <a href={pathTo('/barriers')}>{t('barriers.title')}</a>
        <a href={pathTo('/regions/:m49', { m49: region.code })}>{region.name}</a>
      </p>
      <h1>{title}</h1>
      <p>
        <strong>{line}</strong>. {t('barriers.groups.not')}
      </p>
      <p className="quiet">{t('barriers.groups.lead', { place: region.name })}</p>
      {kinds.length > 0 && (
        <p className="meta topics">
          {kinds.map((kind) => (
            <a key={kind} href={pathTo('/barriers/kinds/:kind', { kind })}>
              {t(`vocabulary.barrier.${kind}.name`)}
            </a>
          ))}
        </p>
      )}
      <Newest excerpts={contributions} />
    </div>
  );
}
