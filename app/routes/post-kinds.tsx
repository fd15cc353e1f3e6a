import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { acceptKinds, takeBackKinds } from '~/barriers/accept';
import { kindsKey, setAside } from '~/barriers/grouping';
import { postPath } from '~/conversation/addresses';
import { locatePost } from '~/conversation/posts';
import { barriersField, pillarsField } from '~/conversation/submission-fields';
import { readerOf } from '~/conversation/visibility';
import { type FormState, submit } from '~/http/forms';
import { requireModerator, requirePerson } from '~/http/guards';
import { ownPath } from '~/http/own-path';
import { NotDone } from '~/ui/reading/not-done';

/** Whoever had to log in first finds the button at the post. */
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

/** What a post is about, said by its author or a moderator who accepts what was suggested. */
export async function action(args: ActionFunctionArgs) {
  const { site, visit } = args.context;
  requirePerson(args.context, args.request);
  const id = args.params.id ?? '';
  return submit(
    args,
    fields,
    async ({ act, barrier, pillar, redirectTo }) => {
      if (act === 'accept') {
        await acceptKinds(site, visit.visitor, id, { barriers: barrier, pillars: pillar });
      } else if (act === 'take-back') {
        await takeBackKinds(site, visit.visitor, id);
      } else {
        const moderator = requireModerator(args.context);
        await site.db.write((tx) => setAside(tx, site.clock, moderator.id, kindsKey(id), [id]));
      }
      const post = await locatePost(site.db.reader, id, readerOf(visit.visitor));
      return redirect(ownPath(redirectTo) ?? post ?? '/', 303);
    },
    ['barrier', 'pillar'],
  );
}

export default function PostKinds() {
  const { back } = useLoaderData<typeof loader>();
  return <NotDone state={useActionData<typeof action>() as FormState | undefined} back={back} />;
}
