import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { threadOfDraft } from '~/domain/forum/drafts/drafts';
import { findBareThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { waitingKind } from '~/domain/publishing/pending-submissions';
import { pathTo } from '~/platform/paths';
import { readSent } from '~/server/sent-mail';
import { CheckMail } from '~/ui/accounts/check-mail';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { email, place } = readSent(request);
  return {
    head: { title: context.visit.i18n.t('people.sent.title'), noindex: true },
    email,
    waits: place ? await waiting(context, place) : null,
  };
}

/** Returns what waits at a place; null if its thread is gone. */
async function waiting({ app, visit }: AppLoadContext, place: string) {
  const kind = waitingKind(place);
  if (kind !== 'answer') return { kind, thread: null };
  const thread = await findBareThread(app.db.reader, threadOfDraft(place), EVERYBODY);
  if (!thread) return null;
  const { title, language } = visit.i18n.titled('thread', thread);
  return { kind, thread: { title, language } };
}

export default function SignUpSent() {
  return <CheckMail {...useLoaderData<typeof loader>()} again={pathTo('/signup')} />;
}
