import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { topicName } from '~/domain/digests/digest-key';
import { listDigests } from '~/domain/digests/digests';
import { pathTo } from '~/platform/paths';
import { requireTopic } from '~/server/digest-guard';
import { DigestList, LIST_LENGTH } from '~/ui/digests/list';
import { useI18n } from '~/ui/i18n';
import { archiveView } from './digest-views';

/** The digests of one place. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const scope = requireTopic(app, params.scope);
  if (params.scope !== scope) throw redirect(pathTo('/digests/:scope', { scope }), 301);
  const found = await listDigests(app.db.reader, { scope, limit: LIST_LENGTH + 1 });
  const title = i18n.t('digests.feed.titleOf', { place: topicName(i18n, scope) });
  return {
    head: {
      title,
      description: i18n.t('digests.list.lead'),
      canonical: pathTo('/digests/:scope', { scope }),
      feeds: [{ title, path: pathTo('/digests/:scope/feed.xml', { scope }) }],
      // Empty lists for 280 places would be duplicate pages.
      noindex: found.length === 0,
    },
    scope,
    title,
    entries: await archiveView(app, found.slice(0, LIST_LENGTH), i18n),
    more: found.length > LIST_LENGTH,
  };
}

export default function DigestsOfScope() {
  const { scope, title, entries, more } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <DigestList
      title={title}
      entries={entries}
      more={more}
      all
      subscribe={pathTo(`/subscribe?scope=${scope}`)}
      feed={{ path: pathTo('/digests/:scope/feed.xml', { scope }), label: t('digests.page.feed') }}
    />
  );
}
