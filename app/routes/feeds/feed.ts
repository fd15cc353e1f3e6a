import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { postsFeed } from './post-entry';

/** All posts, newest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const title = `${context.app.config.siteName}: ${context.visit.i18n.t('conversation.feed.all')}`;
  return postsFeed({ request, context }, {}, { title, self: pathTo('/feed.xml'), page: '/' });
}
