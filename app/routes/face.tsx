import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { affirm } from '~/conversation/affirm';
import { findPost, locatePost } from '~/conversation/posts';
import { placeField } from '~/conversation/submission-fields';
import { readerOf } from '~/conversation/visibility';
import { type FormState, submit } from '~/http/forms';
import { notFound, requirePerson } from '~/http/guards';
import { Byline } from '~/ui/conversation/byline';
import { Faces } from '~/ui/conversation/faces';
import { postView } from '~/ui/conversation/view';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

/** The button on a page of its own: after logging in, and when a mark was refused. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { site, visit } = context;
  const found = await findPost(site.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!found) throw notFound();
  const { html: _notShown, ...post } = postView(found.post, visit.visitor, visit.i18n.locale);
  return {
    head: { title: visit.i18n.t('conversation.faces.title'), noindex: true },
    post,
    excerpt: found.post.excerpt,
  };
}

const faceForm = z.object({
  on: z.enum(['1', '0'], 'site.error.field'),
  country: placeField,
});

export async function action(args: ActionFunctionArgs) {
  const { site, visit } = args.context;
  const id = args.params.id ?? '';
  requirePerson(args.context, args.request);
  return submit(args, faceForm, async ({ on, country: place }) => {
    await affirm(site, visit.visitor, id, { on: on === '1', country: place.country });
    const address = await locatePost(site.db.reader, id, readerOf(visit.visitor));
    return redirect(address ?? '/', 303);
  });
}

export default function Face() {
  const { post, excerpt } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as FormState | undefined;
  const { t } = useI18n();
  return (
    <div className="single">
      <ErrorSummary state={state} />
      <h1>{t('conversation.faces.title')}</h1>
      <p>{t(post.own ? 'conversation.faces.own' : 'conversation.faces.lead')}</p>
      <Byline {...post} />
      <blockquote className="prose" lang={post.language} dir="auto">
        {excerpt}
      </blockquote>
      <Faces post={post} />
      <p>
        <a href={post.path}>{t('conversation.faces.back')}</a>
      </p>
    </div>
  );
}
