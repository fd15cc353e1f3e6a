import type { LoaderFunctionArgs } from '@remix-run/node';
import { topicName } from '~/domain/digests/digest-key';
import { pathTo } from '~/platform/paths';
import { atomResponse } from '~/server/atom';
import { requireTopic } from '~/server/digest-guard';
import { digestEntries } from './digest-entries';
import { feedTitle } from './feed-title';

/** Published digests, newest first: of all places or of one. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const scope = params.scope === undefined ? undefined : requireTopic(app, params.scope);
  const folder = scope ? pathTo('/digests/:scope', { scope }) : pathTo('/digests');
  const title = scope
    ? i18n.t('digests.feed.titleOf', { place: topicName(i18n, scope) })
    : i18n.t('digests.feed.title');
  return atomResponse(request, app.config.origin, {
    title: feedTitle(context, title),
    self: `${folder}/feed.xml`,
    page: folder,
    language: i18n.locale,
    since: 0,
    entries: await digestEntries(app, i18n, scope),
  });
}
