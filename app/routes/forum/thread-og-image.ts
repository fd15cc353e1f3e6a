import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { translatorFor } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { cardResponse } from '~/server/og-image-response';
import { wantedLanguage } from '~/ui/forum/translations';

/** The preview image of a thread, for shared links; the same for everyone. `?in=` is the language of its title. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { cards, community, config, db } = context.app;
  const thread = await findThread(db.reader, params.id ?? '', EVERYBODY);
  if (!thread) throw notFound();
  if (params.id !== thread.id) {
    throw redirect(pathTo('/t/:id/:slug?', { id: thread.id, slug: 'card.png' }), 301);
  }
  // In the language of the page that names it, because the programs that fetch it request none.
  const wanted = wantedLanguage(new URL(request.url), thread.language);
  const { title, language, people, countries } = community.titled('thread', thread, wanted);
  const { t } = translatorFor(language.split('-', 1)[0]);
  const detail = people > 0 ? t('conversation.peopleIn', { people, countries }) : '';
  return cardResponse(request, cards.draw({ siteName: config.siteName, title, language, detail }));
}
