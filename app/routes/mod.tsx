import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readPage } from '~/conversation/paging';
import { notFound, requireModerator } from '~/http/guards';
import { readQueue } from '~/moderation/queue';
import { countWaitingTalks } from '~/modmail/modmail';
import { useI18n } from '~/ui/i18n';
import { formatAge } from '~/ui/moderation/age';
import { Desk } from '~/ui/moderation/desk';
import { DeskLinks } from '~/ui/moderation/desk-links';
import { deskQueue } from '~/ui/moderation/desk-queue';

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { site, visit } = context;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const queue = await readQueue(site.db.reader, page);
  if (page > queue.pages) throw notFound();
  return {
    head: { title: visit.i18n.t('moderation.desk.title'), noindex: true },
    talks: await countWaitingTalks(site.db.reader),
    queue: deskQueue(queue, visit.i18n.locale, site.clock),
  };
}

export default function ModerationDesk() {
  const { queue, talks } = useLoaderData<typeof loader>();
  const { t, locale } = useI18n();
  const [oldest] = queue.page === 1 ? queue.cases : [];
  return (
    <Desk queue={queue}>
      <h1>{t('moderation.desk.title')}</h1>
      <p>
        {queue.open === 0
          ? t('moderation.desk.allDone')
          : t('moderation.desk.open', { count: queue.open })}
        {oldest && <> {t('moderation.desk.oldest', { age: formatAge(locale, oldest.waited) })}</>}
      </p>
      <p className="quiet">{t('moderation.desk.advice')}</p>
      <ul className="desk-links">
        <li>
          <a href="/mod/barriers">{t('barriers.groups.desk')}</a>
        </li>
        <li>
          <a href="/mod/digests">{t('moderation.desk.digests')}</a>
        </li>
        <DeskLinks talks={talks} />
        <li>
          <a href="/moderation">{t('moderation.desk.log')}</a>
        </li>
      </ul>
    </Desk>
  );
}
