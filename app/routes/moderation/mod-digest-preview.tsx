import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readableDigest } from '~/domain/digests/digests';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { versionPath } from '~/domain/digests/present-edition';
import { pathTo } from '~/platform/paths';
import { listedSources } from '~/routes/digests/digest-views';
import { notFound, requireModerator } from '~/server/guards';
import { Digest } from '~/ui/digests/digest';
import { EditorsNote } from '~/ui/digests/edition';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';

/** A draft as readers will see it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const digest = await readableDigest(app.db.reader, params.id ?? '');
  if (!digest) throw notFound();
  // Once published, it is not a draft any more: its own page shows it.
  if (digest.state === 'published') {
    throw redirect(versionPath(digest.scope, digest.period.id, digest.version), 303);
  }
  const said = presentDigest(digest.content, digest.visible, i18n, editionOf(app, digest));
  return {
    head: { title: said.title, noindex: true },
    id: digest.id,
    scope: digest.scope,
    builtAt: digest.builtAt,
    note: digest.note,
    digest: said,
    sources: await listedSources(app, digest, said, i18n),
  };
}

export default function DigestPreview() {
  const { id, scope, builtAt, note, digest, sources } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <div className="page digest">
      <header className="page-head">
        <LinkLine
          className="desk-back"
          href={pathTo('/mod/digests/:id', { id })}
          label={t('editions.desk.edit')}
        />
        <Meta>
          <span>{t('digests.page.draft', { day: day(builtAt) })}</span>
        </Meta>
        <h1>{digest.title}</h1>
        {note && <EditorsNote note={note} />}
      </header>
      <Digest digest={digest} scope={scope} sources={sources} draft />
    </div>
  );
}
