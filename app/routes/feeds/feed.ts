import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { feedTitle } from './feed-title';
import { postsFeed } from './post-entry';

/** All posts, newest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const title = feedTitle(context, context.visit.i18n.t('conversation.feed.all'));
  return postsFeed({ request, context }, {}, { title, self: pathTo('/feed.xml'), page: '/' });
}
