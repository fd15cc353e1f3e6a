import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { acceptKinds, takeBackKinds } from '~/domain/barriers/accept-suggestion';
import { kindsKey, setAside } from '~/domain/barriers/grouping';
import { postPath } from '~/domain/forum/paths';
import { barriersField, pillarsField } from '~/domain/forum/posts/post-fields';
import { locatePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import type { FormState } from '~/platform/form-state';
import { submit } from '~/server/forms';
import { requireModerator, requirePerson } from '~/server/guards';
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
  act: z.enum(['accept', 'take-back', 'aside'], 'site.error.field'),
  barrier: barriersField,
  pillar: pillarsField,
  redirectTo: z.string().default(''),
});

/** Accepts the suggested kinds and pillars of a post, for its author or a moderator. */
export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  requirePerson(args.context, args.request);
  const id = args.params.id ?? '';
  return submit(
    args,
    fields,
    async ({ act, barrier, pillar, redirectTo }) => {
      if (act === 'accept') {
        await acceptKinds(app, visit.visitor, id, { barriers: barrier, pillars: pillar });
      } else if (act === 'take-back') {
        await takeBackKinds(app, visit.visitor, id);
      } else {
        const moderator = requireModerator(args.context);
        await app.db.write((tx) => setAside(tx, app.clock, moderator.id, kindsKey(id), [id]));
      }
      const post = await locatePost(app.db.reader, id, readerOf(visit.visitor));
      return redirect(safeRedirect(redirectTo, post ?? '/'), 303);
    },
    ['barrier', 'pillar'],
  );
}

export default function PostKinds() {
  const { back } = useLoaderData<typeof loader>();
  return <NotDone state={useActionData<typeof action>() as FormState | undefined} back={back} />;
}
