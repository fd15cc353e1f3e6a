import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { allConversations } from '~/domain/moderation/modmail/modmail';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound, requireModerator } from '~/server/guards';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { ConversationList } from '~/ui/moderation/modmail-conversation';
import { Pagination } from '~/ui/pagination';

export const links = deskLinks;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { searchParams } = new URL(request.url);
  const which = searchParams.get('closed') === '1' ? 'closed' : 'open';
  const page = readPage(searchParams.get('page'));
  const { conversations, pages } = await allConversations(context.app.db.reader, which, page);
  if (page > pages) throw notFound();
  const title = context.visit.i18n.t('guard.talk.desk');
  const counts = await deskCounts(context);
  return { head: { title, noindex: true }, counts, which, page, pages, conversations };
}

export default function ModModmail() {
  const { which, page, pages, conversations, counts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const query = which === 'closed' ? 'closed=1&' : '';
  return (
    <>
      <DeskNav current="conversations" counts={counts} />
      <div className="single">
        <h1>{t('guard.talk.desk')}</h1>
        <p>
          {which === 'open' ? (
            <a href={pathTo('/mod/modmail?closed=1')}>{t('guard.talk.showClosed')}</a>
          ) : (
            <a href={pathTo('/mod/modmail')}>{t('guard.talk.showOpen')}</a>
          )}
        </p>
        {conversations.length === 0 && <p className="quiet">{t('guard.talk.none')}</p>}
        <ConversationList conversations={conversations} base={pathTo('/mod/modmail')} asModerator />
        <Pagination
          page={page}
          pages={pages}
          href={(n) => pathTo(`/mod/modmail?${query}page=${n}`)}
        />
      </div>
    </>
  );
}
