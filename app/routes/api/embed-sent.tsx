import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { findBareThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { notFound } from '~/server/guards';
import { isEmbedded } from '~/server/headers';
import { safeRedirect } from '~/server/safe-redirect';
import { CheckMail } from '~/ui/accounts/check-mail';

/** After an answer was sent within another site: what waits, and the way back to the form. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { searchParams } = new URL(request.url);
  const thread = await findBareThread(app.db.reader, searchParams.get('thread') ?? '', EVERYBODY);
  const back = safeRedirect(searchParams.get('back'), null);
  if (!thread || !back || !isEmbedded(back)) throw notFound();
  const { title, language } = visit.i18n.titled('thread', thread);
  return {
    head: { title: visit.i18n.t('people.sent.title'), noindex: true },
    waits: { kind: 'answer', thread: { title, language } } as const,
    again: back,
  };
}

export default function EmbeddedSent() {
  return <CheckMail {...useLoaderData<typeof loader>()} email={null} inFrame />;
}
