import { type AppLoadContext, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { topicName } from '~/domain/digests/digest-key';
import { publishedDigest } from '~/domain/digests/digests';
import { formatPeriod, type Period, parsePeriod } from '~/domain/digests/period';
import { digestPath, editionOf, presentDigest } from '~/domain/digests/present';
import { versionPath } from '~/domain/digests/present-edition';
import { nearestDigests } from '~/domain/digests/published';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { placeInSentence } from '~/platform/places/names';
import { readDigestAddress } from '~/server/digest-guard';
import { Digest } from '~/ui/digests/digest';
import { EditionFoot, EditionHead, Errata } from '~/ui/digests/edition';
import { cardIn } from '~/ui/forum/translations';
import { useI18n } from '~/ui/i18n';
import { LinkItem, LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';
import { editionView, listedSources } from './digest-views';

/** A published digest: the barriers of a place and period, each statement with its sources. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const address = readDigestAddress(app, { request, params });
  const { scope, period, wanted } = address;
  const digest = await publishedDigest(app.db.reader, scope, period.id, { version: wanted });
  if (!digest) return data({ ...(await missing(context, address)), found: null }, 404);
  const { version, content } = digest;
  const said = presentDigest(content, digest.visible, i18n.utc, editionOf(app, digest));
  const edition = await editionView(app, digest, i18n);
  return {
    head: {
      sheet: 'digest' as const,
      title: said.title,
      description: i18n.t('digests.page.description', {
        what: i18n.t('digests.page.what'),
        title: said.title,
      }),
      canonical: edition.newest ? versionPath(scope, period.id, version) : said.path,
      card: cardIn(`${said.path}/card.png`, i18n.locale, DEFAULT_LOCALE),
      feeds: [
        {
          title: i18n.t('digests.feed.titleOf', { place: said.place }),
          path: pathTo('/digests/:scope/feed.xml', { scope }),
        },
      ],
    },
    near: [],
    found: {
      scope,
      digest: said,
      version,
      publishedAt: digest.publishedAt,
      edition,
      sources: await listedSources(app, digest, said, i18n),
    },
  };
}

/** What is shown for a digest that has not been published: the nearest ones. */
async function missing(
  { app, visit }: AppLoadContext,
  { scope, period }: ReturnType<typeof readDigestAddress>,
) {
  const { i18n } = visit;
  const name = (topic: string, of: Period) => ({
    place: topicName(i18n, topic),
    period: formatPeriod(of, i18n.locale),
  });
  const near = await nearestDigests(app.db.reader, scope, period);
  return {
    head: {
      title: i18n.t('digests.missing.title', {
        ...name(scope, period),
        place: topicName(i18n, scope, placeInSentence),
      }),
      noindex: true,
    },
    near: near.flatMap(({ topic, period: id }) => {
      const of = parsePeriod(id);
      return of
        ? { path: digestPath(topic, id), title: i18n.t('digests.title', name(topic, of)) }
        : [];
    }),
  };
}

export default function DigestPage() {
  const { head, near, found } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  if (!found) return <MissingDigest title={head.title} near={near} />;
  const { scope, digest, version, publishedAt, edition, sources } = found;
  return (
    <div className="page digest">
      <header className="page-head">
        <Meta>
          <a href={pathTo('/digests/:scope', { scope })}>{t('digests.page.digest')}</a>
          <span>{t('digests.page.edition', { version, day: day(publishedAt) })}</span>
        </Meta>
        <h1>{digest.title}</h1>
        <EditionHead edition={edition} />
        <Errata errata={edition.errata} />
      </header>
      <Digest digest={digest} scope={scope} sources={sources}>
        <EditionFoot edition={edition} />
      </Digest>
    </div>
  );
}

function MissingDigest({
  title,
  near,
}: {
  title: string;
  near: { path: string; title: string }[];
}) {
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{title}</h1>
      {near.length > 0 && (
        <>
          <p className="lead">{t('digests.missing.text')}</p>
          <ul>
            {near.map(({ path, title: other }) => (
              <LinkItem key={path} href={path} label={other} />
            ))}
          </ul>
        </>
      )}
      <LinkLine href={pathTo('/digests')} label={t('digests.missing.all')} />
    </div>
  );
}
