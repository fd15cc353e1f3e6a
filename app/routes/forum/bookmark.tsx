import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { postPath } from '~/domain/forum/paths';
import { locatePost } from '~/domain/forum/posts/posts';
import { setBookmark } from '~/domain/forum/read-state/bookmarks';
import { readerOf } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { NotDone } from '~/ui/forum/not-done';

/** After logging in, the person is taken to the button at the post. */
export function loader({ context, params }: LoaderFunctionArgs) {
  const { method, i18n } = context.visit;
  const back = postPath(params.id ?? '');
  if (method !== 'POST') throw redirect(back, 303);
  return { head: { title: i18n.t('site.problem.title'), noindex: true }, back };
}

const fields = z.object({
  on: z.enum(['1', '0'], 'site.error.field'),
  redirectTo: z.string().default(''),
});

export async function action({ request, context, params }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app, visit } = context;
  const id = params.id ?? '';
  const reader = { ...readerOf(visit.visitor), personId: person.id };
  return submit({ request, context }, fields, async ({ on, redirectTo }) => {
    const about = [`person:${reader.personId}`] as const;
    await app.db.write((tx) => setBookmark(tx, app.clock, reader, id, on === '1'), { about });
    const post = await locatePost(app.db.reader, id, reader);
    return redirect(safeRedirect(redirectTo, post ?? pathTo('/bookmarks')), 303);
  });
}

export default function Bookmark() {
  const { back } = useLoaderData<typeof loader>();
  return <NotDone back={back} />;
}
