import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listDigests } from '~/domain/digests/digests';
import { pathTo } from '~/platform/paths';
import { DigestList, LIST_LENGTH } from '~/ui/digests/list';
import { useI18n } from '~/ui/i18n';
import { archiveView } from './digest-views';

/** All published digests, newest first. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const found = await listDigests(app.db.reader, { limit: LIST_LENGTH + 1 });
  return {
    head: {
      title: i18n.t('digests.list.title'),
      description: i18n.t('digests.list.lead'),
      canonical: pathTo('/digests'),
      feeds: [{ title: i18n.t('digests.feed.title'), path: pathTo('/digests/feed.xml') }],
    },
    entries: await archiveView(app, found.slice(0, LIST_LENGTH), i18n),
    more: found.length > LIST_LENGTH,
  };
}

export default function Digests() {
  const { entries, more } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <DigestList
      title={t('digests.list.title')}
      entries={entries}
      more={more}
      subscribe={pathTo('/subscribe')}
      feed={{ path: pathTo('/digests/feed.xml'), label: t('digests.list.feed') }}
    />
  );
}
