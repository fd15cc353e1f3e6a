import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { allConversations } from '~/domain/moderation/modmail/modmail';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound, requireModerator } from '~/server/guards';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { ConversationList } from '~/ui/moderation/modmail-conversation';
import { Pagination } from '~/ui/pagination';

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { searchParams } = new URL(request.url);
  const which = searchParams.get('closed') === '1' ? 'closed' : 'open';
  const page = readPage(searchParams.get('page'));
  const { conversations, pages } = await allConversations(context.app.db.reader, which, page);
  if (page > pages) throw notFound();
  const title = context.visit.i18n.t('guard.talk.desk');
  return { head: { title, noindex: true }, which, page, pages, conversations };
}

export default function ModModmail() {
  const { which, page, pages, conversations } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const query = which === 'closed' ? 'closed=1&' : '';
  return (
    <div className="single">
      <LinkLine className="desk-back" href={pathTo('/mod')} label={t('moderation.desk.title')} />
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
  );
}
