import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { placeInSentence } from '~/platform/places/names';
import { isRegion } from '~/platform/places/places';
import { notFound } from '~/server/guards';
import { postsFeed } from './post-entry';

/** Posts from one region, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  const region = params.m49 ?? '';
  if (!isRegion(region)) throw notFound();
  const title = i18n.t('conversation.feed.region', { place: placeInSentence(region, i18n.locale) });
  const self = pathTo('/regions/:m49/feed.xml', { m49: region });
  const page = pathTo('/regions/:m49', { m49: region });
  return postsFeed({ request, context }, { region }, { title, self, page });
}
