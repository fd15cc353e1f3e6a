import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { sourcesOf } from '~/digests/content';
import { buildDigest, publishDigest, readableDigest } from '~/digests/digests';
import { presentDigest } from '~/digests/present';
import { editionOf } from '~/http/digest-guard';
import type { FormState } from '~/http/forms';
import { submit } from '~/http/forms';
import { notFound, requireModerator } from '~/http/guards';
import { Digest } from '~/ui/digests/digest';
import { listedSources } from '~/ui/digests/view';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

/** A draft as readers will see it, with the button that publishes it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { site, visit } = context;
  const { i18n } = visit;
  const digest = await readableDigest(site.db.reader, params.id ?? '');
  if (!digest) throw notFound();
  const { id, scope, version, state, builtAt, content, visible } = digest;
  const said = presentDigest(content, visible, i18n, editionOf(site, digest));
  return {
    head: { title: said.title, noindex: true },
    id,
    scope,
    version,
    state,
    builtAt,
    digest: said,
    changed: sourcesOf(content).filter((postId) => !visible.has(postId)).length,
    sources: await listedSources(site.db.reader, said, i18n),
  };
}

const fields = z.object({ action: z.enum(['publish', 'build']) });

export async function action(args: ActionFunctionArgs) {
  const { params, context } = args;
  const moderator = requireModerator(context);
  const { site } = context;
  const digest = await readableDigest(site.db.reader, params.id ?? '');
  if (!digest) throw notFound();
  return submit(args, fields, async ({ action }) => {
    if (action === 'publish') {
      await publishDigest(site, digest.id, moderator.id);
      return redirect(`/mod/digests/${digest.id}`, 303);
    }
    const { id } = await buildDigest(site, digest.scope, digest.period.id);
    return redirect(`/mod/digests/${id}`, 303);
  });
}

export default function DigestDraft() {
  const data = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, day } = useI18n();
  const { digest, scope, version, builtAt, sources } = data;
  const draft = data.state === 'draft';
  return (
    <div className="page digest">
      <header className="page-head">
        <p className="desk-back">
          <a href="/mod/digests">{t('digests.desk.back')}</a>
        </p>
        <p className="meta">
          <span>{t('digests.list.version', { version })}</span>
          <span>
            {draft ? t('digests.page.draft', { day: day(builtAt) }) : t('digests.desk.isPublished')}
          </span>
        </p>
        <h1>{digest.title}</h1>
        <Desk data={data} state={state} />
      </header>
      <Digest digest={digest} scope={scope} sources={sources} draft />
    </div>
  );
}

interface DeskProps {
  data: ReturnType<typeof useLoaderData<typeof loader>>;
  state: FormState | undefined;
}

/** What can be done with it, before what it says. */
function Desk({ data: { id, state: digestState, changed, digest }, state }: DeskProps) {
  const { t } = useI18n();
  return (
    <>
      <ErrorSummary state={state} />
      <form className="actions" method="post" action={`/mod/digests/${id}`}>
        {digestState === 'published' ? (
          <a className="button" href={digest.path}>
            {t('digests.desk.read')}
          </a>
        ) : (
          <button
            className={changed > 0 ? undefined : 'primary'}
            type="submit"
            name="action"
            value="publish"
          >
            {t('digests.desk.publish')}
          </button>
        )}
        <button type="submit" name="action" value="build">
          {t('digests.desk.rebuild')}
        </button>
      </form>
      {digestState === 'draft' && changed > 0 && (
        <p className="notice warning">{t('digests.desk.changedSources', { n: changed })}</p>
      )}
      {digestState === 'draft' && <p className="hint">{t('digests.desk.publishHint')}</p>}
    </>
  );
}
