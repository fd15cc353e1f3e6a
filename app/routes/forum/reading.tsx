import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { postPath, threadPath } from '~/domain/forum/paths';
import { markRead } from '~/domain/forum/read-state/mark-read';
import { firstUnread } from '~/domain/forum/read-state/unread';
import { setWatch } from '~/domain/forum/read-state/watch';
import { findBareThread } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { NotDone } from '~/ui/forum/not-done';

/** Redirects to the first unread post of a thread; a GET changes nothing. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const thread = await theThread({ context, params });
  if (context.visit.method === 'POST') {
    const title = context.visit.i18n.t('site.problem.title');
    return { head: { title, noindex: true }, back: threadPath(thread) };
  }
  const first = await firstUnread(context.app.db.reader, person.id, thread.id);
  throw redirect(first ? postPath(first) : threadPath(thread), 303);
}

const momentField = z.string().regex(/^\d{1,15}$/, 'site.error.field');

const fields = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('read'),
    /** The last contribution on the page; empty for the whole thread. */
    through: z.string().max(64).default(''),
    /** Time at which the page was made, in UTC ms. */
    seen: momentField.transform(Number),
    redirectTo: z.string().default(''),
  }),
  z.object({
    action: z.enum(['watch', 'mute', 'neither']),
    redirectTo: z.string().default(''),
  }),
]);

const WATCH = { watch: 'watching', mute: 'muted', neither: null } as const;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { db, clock } = context.app;
  const thread = await theThread({ context, params });
  return submit({ request, context }, fields, async (form) => {
    const about = [`thread:${thread.id}`, `person:${person.id}`] as const;
    await db.write(
      async (tx) => {
        if (form.action !== 'read') {
          return setWatch(tx, clock, person.id, thread.id, WATCH[form.action]);
        }
        return markRead(tx, clock, person.id, {
          threadId: thread.id,
          throughId: form.through || null,
          seenAt: form.seen,
        });
      },
      { about },
    );
    return redirect(safeRedirect(form.redirectTo, threadPath(thread)), 303);
  });
}

export default function Reading() {
  const { back } = useLoaderData<typeof loader>();
  return <NotDone back={back} />;
}

async function theThread({ context, params }: Pick<LoaderFunctionArgs, 'context' | 'params'>) {
  const { app, visit } = context;
  const thread = await findBareThread(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!thread) throw notFound();
  return thread;
}
