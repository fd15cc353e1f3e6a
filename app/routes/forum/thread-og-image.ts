import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { translatorFor } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { cardResponse } from '~/server/og-image-response';

/** The preview image of a thread, for shared links; the same for everyone. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { cards, config, db } = context.app;
  const thread = await findThread(db.reader, params.id ?? '', EVERYBODY);
  if (!thread) throw notFound();
  if (params.id !== thread.id) {
    throw redirect(pathTo('/t/:id/:slug?', { id: thread.id, slug: 'card.png' }), 301);
  }
  const { title, language, people, countries } = thread;
  // In the language of the title, because the programs that fetch it request no language.
  const { t } = translatorFor(language.split('-', 1)[0]);
  const detail = people > 0 ? t('conversation.peopleIn', { people, countries }) : '';
  return cardResponse(request, cards.draw({ siteName: config.siteName, title, language, detail }));
}
