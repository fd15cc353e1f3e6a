import type { LoaderFunctionArgs } from '@remix-run/node';
import { newestEntries } from '~/domain/moderation/decisions/public-log';
import { pathTo } from '~/platform/paths';
import { atomResponse } from '~/server/atom';
import { logNotes } from '~/ui/moderation/log-line';
import { feedTitle } from './feed-title';

const FEED_LENGTH = 50;

/** The newest entries of the public log. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const entries = await newestEntries(app.db.reader, FEED_LENGTH);
  return atomResponse(request, app.config.origin, {
    title: feedTitle(context, i18n.t('moderation.log.feed')),
    self: pathTo('/moderation/feed.xml'),
    page: pathTo('/moderation'),
    language: i18n.locale,
    since: 0,
    entries: entries.map((one) => ({
      path: pathTo(`/moderation#${one.id}`),
      title: i18n.t(`moderation.action.${one.action}.done`),
      author: one.moderator ?? i18n.t('moderation.log.machine'),
      published: one.createdAt,
      updated: one.takenBackAt ?? one.appealedAt ?? one.createdAt,
      summary: [
        ...(one.thread ? [i18n.titled('thread', one.thread).title] : []),
        ...logNotes(i18n, one),
      ].join('\n'),
    })),
  });
}
