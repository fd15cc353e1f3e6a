import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { publishedDigest } from '~/digests/digests';
import { presentDigest } from '~/digests/present';
import { editionOf, requireDigest } from '~/http/digest-guard';
import { Digest, DigestMargin } from '~/ui/digests/digest';
import { listedSources } from '~/ui/digests/view';
import { useI18n } from '~/ui/i18n';

/** A published digest: what was raised in a place and a period, each claim with its sources. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { site, visit } = context;
  const { i18n } = visit;
  const db = site.db.reader;
  const digest = await requireDigest(site, { request, params });
  const { scope, period, version, content } = digest;
  const said = presentDigest(content, digest.visible, i18n, editionOf(site, digest));
  const newest = await publishedDigest(db, scope, period.id);
  const older = newest !== null && newest.version > version;
  return {
    head: {
      title: said.title,
      description: i18n.t('digests.page.description', { title: said.title }),
      canonical: older ? `${said.path}?version=${version}` : said.path,
      card: `${said.path}/card.png`,
      feeds: [
        {
          title: i18n.t('digests.feed.titleOf', { place: said.place }),
          path: `/digests/${scope}/feed.xml`,
        },
      ],
    },
    scope,
    digest: said,
    version,
    publishedAt: digest.publishedAt,
    older,
    sources: await listedSources(db, said, i18n),
  };
}

export default function DigestPage() {
  const { scope, digest, version, publishedAt, older, sources } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <div className="page digest">
      <header className="page-head">
        <p className="meta">
          <a href={`/digests/${scope}`}>{t('digests.page.digest')}</a>
          <span>{t('digests.page.edition', { version, day: day(publishedAt) })}</span>
        </p>
        <h1>{digest.title}</h1>
        {older && (
          <p className="notice">
            {t('digests.page.older', { version })}{' '}
            <a href={digest.path}>{t('digests.page.newest')}</a>
          </p>
        )}
      </header>
      <Digest digest={digest} scope={scope} sources={sources} />
      <DigestMargin digest={digest} scope={scope} version={version} />
    </div>
  );
}
