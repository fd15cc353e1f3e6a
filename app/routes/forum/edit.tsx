import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { mayPost } from '~/domain/accounts/users/visitor';
import { inEditWindow } from '~/domain/forum/posts/edit-window';
import { findOwnPost } from '~/domain/forum/posts/own-posts';
import { postForm, REPEATED_POST_FIELDS, typedDetails } from '~/domain/forum/posts/post-fields';
import { findPost } from '~/domain/forum/posts/posts';
import { previewPost } from '~/domain/forum/posts/preview';
import {
  bodyField,
  keyField,
  LONGEST_REASON,
  previewField,
} from '~/domain/forum/posts/submission-fields';
import { readerOf } from '~/domain/forum/visibility';
import { editPost } from '~/domain/publishing/edit-post';
import { pathTo } from '~/platform/paths';
import { singleLine } from '~/platform/text/visible';
import { confirmArrival } from '~/server/draft-forms';
import { newFormKey, submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { allowScript, keepTyped } from '~/server/headers';
import { ErrorSummary, FormKey, Input } from '~/ui/forms/fields';
import { BodyField, Buttons, type ComposerState, LoginToWrite, Preview } from '~/ui/forum/composer';
import { KeepText, keptName } from '~/ui/forum/keep-text';
import { PostFields } from '~/ui/forum/post-fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const id = params.id ?? '';
  const sent = visit.method === 'POST';
  const head = { title: visit.i18n.t('writing.edit.title'), noindex: true };
  const key = newFormKey();
  const path = pathTo('/p/:id', { id });
  // If the session ends while a person writes, the form keeps the text they sent.
  if (sent && !visit.visitor.person) return { head, path, key, keptName: null, post: null };
  requirePerson(context, request);
  const db = app.db.reader;
  const reader = readerOf(visit.visitor);
  const row = await findOwnPost(db, id, reader);
  const found = row && (await findPost(db, id, reader));
  if (!row || !found) throw notFound();
  if (!sent && (row.state === 'hidden' || !mayPost(visit.visitor))) throw notFound();
  allowScript(visit.headers);
  keepTyped(visit.headers);
  const grace = await inEditWindow(db, app.clock, row);
  return {
    head,
    path,
    key,
    keptName: keptName(visit.visitor.person, `edit/${id}`),
    post: {
      body: row.body,
      language: row.language,
      revision: row.revision,
      said: typedDetails(found.post),
      trace: row.state === 'held' ? 'held' : grace ? 'grace' : 'kept',
    } as const,
  };
}

const editForm = postForm('edit', {
  body: bodyField,
  reason: z
    .string()
    .default('')
    .transform(singleLine)
    .refine((text) => [...text].length <= LONGEST_REASON, 'writing.error.reasonLong'),
  revision: z.coerce.number().int().optional(),
  key: keyField,
  preview: previewField,
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const id = args.params.id ?? '';
  return submit(
    args,
    editForm,
    async (form, typed) => {
      const { address } = visit;
      if (form.preview) {
        return data({
          ...typed,
          preview: await previewPost(app, visit.visitor, { body: form.body, address }),
        });
      }
      const path = await editPost(app, visit.visitor, {
        address,
        postId: id,
        body: form.body,
        reason: form.reason,
        seen: form.revision,
        // A program may send only the text; our own form always includes a place.
        details: typed.values.country ? form.details : {},
        key: form.key,
      });
      confirmArrival(args.context, typed.values);
      return redirect(path, 303);
    },
    REPEATED_POST_FIELDS,
  );
}

export default function Edit() {
  const { path, key, keptName, post } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as ComposerState | undefined;
  const { t } = useI18n();
  // After a preview the form is still based on the revision it was opened with; after a refusal,
  // which shows the current post, on the current revision.
  const seen = state?.preview ? state.values.revision?.[0] : post?.revision;
  const conflict = post && state && String(seen) !== state.values.revision?.[0];
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('writing.edit.title')}</h1>
      {post && <p>{t(`writing.edit.${post.trace}`)}</p>}
      <Preview state={state} />
      {conflict && (
        <section className="preview" aria-labelledby="now">
          <h2 id="now">{t('writing.edit.now')}</h2>
          <p className="typed" lang={post.language} dir="auto">
            {post.body}
          </p>
        </section>
      )}
      {!post && <LoginToWrite back={`${path}/edit`} newTab k="writing.edit.login" />}
      <form className="composer" method="post" action={`${path}/edit`}>
        <FormKey value={key} />
        {seen !== undefined && <input type="hidden" name="revision" value={seen} />}
        <KeepText name={keptName} />
        <BodyField state={state} value={post?.body} />
        {post?.trace !== 'held' && (
          <Input
            name="reason"
            label={t('writing.edit.reason')}
            hint={t('writing.edit.reasonHint')}
            maxLength={LONGEST_REASON}
            dir="auto"
            state={state}
          />
        )}
        <PostFields form="edit" said={post?.said} state={state} />
        <Buttons submit={t('writing.edit.submit')} />
      </form>
      <LinkLine className="after-form" href={path} label={t('writing.edit.back')} />
    </div>
  );
}
