import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { FLAG_REASONS } from '~/domain/community/vocabularies';
import { flaggable, flaggedAt, flagPost } from '~/domain/moderation/cases/flag';
import { pathTo } from '~/platform/paths';
import { visibleText } from '~/platform/text/visible';
import { submit } from '~/server/forms';
import { notFound, requireMember } from '~/server/guards';
import { keepTyped } from '~/server/headers';
import { Choices, ErrorSummary, optionsOf, Submit, TextArea } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';
import { Words } from '~/ui/moderation/words';
import { Row } from '~/ui/row';

/** Maximum length of the note, in characters. */
const FLAG_NOTE_LENGTH = 500;

const fields = z.object({
  reason: z.enum(FLAG_REASONS, { error: 'moderation.error.reason' }),
  note: z
    .string()
    .transform(visibleText)
    .pipe(z.string().max(FLAG_NOTE_LENGTH, 'moderation.error.noteLength'))
    .default(''),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = requireMember(context, request);
  const { i18n, headers } = context.visit;
  keepTyped(headers);
  const db = context.app.db.reader;
  const post = await flaggable(db, params.id ?? '');
  if (!post) throw notFound();
  const { author, ...quoted } = post;
  return {
    head: { title: i18n.t('moderation.flag.title'), noindex: true },
    post: { ...quoted, author: author.handle },
    own: author.id === person.id,
    flaggedAt: await flaggedAt(db, person.id, post.id),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireMember(context, request);
  const postId = params.id ?? '';
  return submit({ request, context }, fields, async ({ reason, note }) => {
    await flagPost(context.app, person, { postId, reason, note });
    return redirect(pathTo('/p/:id', { id: postId }), 303);
  });
}

export default function Flag() {
  const { post, own, flaggedAt } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, day } = useI18n();
  const back = <a href={pathTo('/p/:id', { id: post.id })}>{t('moderation.flag.back')}</a>;
  return (
    <div className="flag">
      <h1>{t('moderation.flag.title')}</h1>
      <TextLine
        className="quiet"
        k="moderation.flag.of"
        values={{
          author: <bdi>{post.author}</bdi>,
          thread: <bdi lang={post.thread.language}>{post.thread.title}</bdi>,
          day: day(post.createdAt),
        }}
      />
      <Words html={post.html} language={post.language} />
      <ErrorSummary />
      {flaggedAt !== null && (
        <p className="notice">{t('moderation.flag.already', { day: day(flaggedAt) })}</p>
      )}
      {own && !state && <p className="notice">{t('moderation.error.ownFlag')}</p>}
      {flaggedAt === null && !own && (
        <form method="post" action={pathTo('/p/:id/flag', { id: post.id })}>
          <Choices
            name="reason"
            type="radio"
            legend={t('moderation.flag.reason')}
            options={optionsOf(FLAG_REASONS, (reason) => t(`vocabulary.flag.${reason}`))}
          />
          <TextArea
            name="note"
            rows={4}
            label={t('moderation.flag.note')}
            hint={t('moderation.flag.noteHint')}
            maxLength={FLAG_NOTE_LENGTH}
          />
          <p className="quiet">{t('moderation.flag.next')}</p>
          <Row className="actions">
            <Submit label={t('moderation.flag.send')} />
            {back}
          </Row>
        </form>
      )}
      {(flaggedAt !== null || own) && <p>{back}</p>}
    </div>
  );
}
