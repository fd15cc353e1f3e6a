import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { postsFeed } from './post-entry';

/** All posts, newest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n.withoutIsolates();
  const title = t('site.pair', { of: app.config.siteName, what: t('conversation.feed.all') });
  return postsFeed({ request, context }, {}, { title, self: pathTo('/feed.xml'), page: '/' });
}
