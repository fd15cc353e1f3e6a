import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { versionPath } from '~/domain/digests/present-edition';
import { pathTo } from '~/platform/paths';
import { requireDigest } from '~/server/digest-guard';
import { Digest, DigestMargin } from '~/ui/digests/digest';
import { EditionFoot, EditionHead, Errata } from '~/ui/digests/edition';
import { useI18n } from '~/ui/i18n';
import { editionView, listedSources } from './digest-views';

/** A published digest: the barriers of a place and period, each statement with its sources. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const digest = await requireDigest(app, { request, params });
  const { scope, period, version, content } = digest;
  const said = presentDigest(content, digest.visible, i18n.utc, editionOf(app, digest));
  const edition = await editionView(app, digest, i18n);
  return {
    head: {
      title: said.title,
      description: i18n.t('digests.page.description', { title: said.title }),
      canonical: edition.newest ? versionPath(scope, period.id, version) : said.path,
      card: `${said.path}/card.png`,
      feeds: [
        {
          title: i18n.t('digests.feed.titleOf', { place: said.place }),
          path: pathTo('/digests/:scope/feed.xml', { scope }),
        },
      ],
    },
    scope,
    digest: said,
    version,
    publishedAt: digest.publishedAt,
    edition,
    sources: await listedSources(app, said, i18n),
  };
}

export default function DigestPage() {
  const { scope, digest, version, publishedAt, edition, sources } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <div className="page digest">
      <header className="page-head">
        <p className="meta">
          <a href={pathTo('/digests/:scope', { scope })}>{t('digests.page.digest')}</a>
          <span>{t('digests.page.edition', { version, day: day(publishedAt) })}</span>
        </p>
        <h1>{digest.title}</h1>
        <EditionHead edition={edition} />
        <Errata errata={edition.errata} />
      </header>
      <Digest digest={digest} scope={scope} sources={sources}>
        <EditionFoot edition={edition} />
      </Digest>
      <DigestMargin digest={digest} scope={scope} version={version} />
    </div>
  );
}
