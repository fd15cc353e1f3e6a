import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findDeleted, findOwnPost } from '~/domain/forum/posts/own-posts';
import { readerOf } from '~/domain/forum/visibility';
import { deletePost, undeletePost } from '~/domain/publishing/delete-post';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { ErrorSummary, Pressed, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Words } from '~/ui/moderation/words';
import { Row } from '~/ui/row';

/** Asks for confirmation; after deletion, shows where the text can be read and restored. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const person = requirePerson(context, request);
  const db = app.db.reader;
  const id = params.id ?? '';
  const path = pathTo('/p/:id', { id });
  const head = (title: string) => ({ title, noindex: true });
  const deleted = await findDeleted(db, app.clock, id, person.id);
  if (deleted) {
    const { html, language, purgedAt } = deleted;
    const title = visit.i18n.t('writing.deleted.title');
    return {
      ...{ head: head(title), path, title, html, language, purgedAt },
      ...{ isOpening: false, isPublic: false },
    };
  }
  const post = await findOwnPost(db, id, readerOf(visit.visitor));
  if (!post) throw notFound();
  const { html, language, isOpening, state } = post;
  const title = visit.i18n.t('writing.delete.title');
  return {
    ...{ head: head(title), path, title, html, language, purgedAt: null },
    ...{ isOpening, isPublic: state === 'visible' },
  };
}

const fields = z.object({ restore: z.literal('1').optional() });

export async function action(args: ActionFunctionArgs) {
  const { context, request, params } = args;
  requirePerson(context, request);
  return submit(args, fields, async ({ restore }) => {
    const change = restore ? undeletePost : deletePost;
    return redirect(await change(context.app, context.visit.visitor, params.id ?? ''), 303);
  });
}

export default function Delete() {
  const { path, title, html, language, purgedAt, isOpening, isPublic } =
    useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{title}</h1>
      <p>
        {purgedAt === null
          ? t(isPublic ? 'writing.delete.text' : 'writing.delete.unseen')
          : t('writing.deleted.text', { date: day(purgedAt) })}
      </p>
      {isOpening && <p>{t('writing.delete.opening')}</p>}
      <Words html={html} language={language} />
      <form method="post" action={`${path}/delete`}>
        <Pressed />
        <Row className="actions">
          {purgedAt === null ? (
            <>
              <Submit look="danger" label={t('writing.delete.submit')} />
              <a href={path}>{t('writing.edit.back')}</a>
            </>
          ) : (
            <Submit name="restore" value="1" label={t('writing.deleted.restore')} />
          )}
        </Row>
      </form>
    </div>
  );
}
