import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { Person } from '~/domain/accounts/users/visitor';
import { withParameter } from '~/domain/forum/paths';
import {
  FLAG_NOTE_LENGTH,
  flagForm,
  flaggable,
  flaggableTranslation,
  flaggedAt,
  flagPost,
} from '~/domain/moderation/cases/flag';
import { flagPlace } from '~/domain/publishing/pending-submissions';
import { pathTo } from '~/platform/paths';
import { askForAccount } from '~/server/draft-forms';
import { submit } from '~/server/forms';
import { notFound, requireMember } from '~/server/guards';
import { keepTyped } from '~/server/headers';
import { Choices, ErrorSummary, optionsOf, Submit, TextArea } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { VisitorEmail } from '~/ui/forum/composer';
import { TextLine, useI18n } from '~/ui/i18n';
import { Words } from '~/ui/moderation/words';
import { Row } from '~/ui/row';

/** Visitors say what is wrong first, and then who they are. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = memberOrVisitor(context, request);
  const { i18n, headers } = context.visit;
  if (person) keepTyped(headers);
  const db = context.app.db.reader;
  const post = await flaggable(db, params.id ?? '');
  if (!post) throw notFound();
  const translationId = new URL(request.url).searchParams.get('translation') ?? '';
  const translation = await flaggableTranslation(db, post.id, translationId);
  if (translationId && !translation) throw notFound();
  const { author, ...quoted } = post;
  const writerId = translation ? translation.translatorId : author.id;
  return {
    head: { title: i18n.t('moderation.flag.title'), noindex: true },
    post: { ...quoted, author: author.handle, thread: i18n.titled('thread', quoted.thread) },
    translation: translation && {
      id: translationId,
      html: translation.html,
      language: translation.language,
    },
    visitor: person === null,
    own: person !== null && writerId === person.id,
    flaggedAt: person && (await flaggedAt(db, person.id, post.id, translationId)),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app } = context;
  const person = memberOrVisitor(context, request);
  const postId = params.id ?? '';
  const where = { request, context };
  return submit(where, flagForm, async ({ reason, note, translation }, typed) => {
    if (!person) {
      if (!(await flaggable(app.db.reader, postId))) throw notFound();
      return askForAccount(where, flagPlace(postId), typed.values);
    }
    await flagPost(app, person, { postId, reason, note, translation });
    return redirect(pathTo('/p/:id', { id: postId }), 303);
  });
}

/** Returns who flags: null for a visitor. People who may not flag get a 404 response. */
function memberOrVisitor(context: AppLoadContext, request: Request): Person | null {
  return context.visit.visitor.person && requireMember(context, request);
}

function flagPath(postId: string, translationId: string | undefined): string {
  const path = pathTo('/p/:id/flag', { id: postId });
  return translationId ? withParameter(path, 'translation', translationId) : path;
}

export default function Flag() {
  const { post, translation, visitor, own, flaggedAt } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, day, community, short } = useI18n();
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
      {translation && <p>{t('translations.flag.about')}</p>}
      <Words {...(translation ?? post)} />
      <ErrorSummary />
      {flaggedAt !== null && (
        <p className="notice">{t('moderation.flag.already', { day: day(flaggedAt) })}</p>
      )}
      {own && !state && <p className="notice">{t('moderation.error.ownFlag')}</p>}
      {flaggedAt === null && !own && (
        <form method="post" action={flagPath(post.id, translation?.id)}>
          {translation && <input type="hidden" name="translation" value={translation.id} />}
          <Choices
            name="reason"
            type="radio"
            legend={t('moderation.flag.reason')}
            options={optionsOf(community.flagReasons, (reason) => short('rule', reason))}
          />
          <TextArea
            name="note"
            rows={4}
            label={t('moderation.flag.note')}
            hint={t('moderation.flag.noteHint')}
            maxLength={FLAG_NOTE_LENGTH}
          />
          {visitor && (
            <>
              <Honeypot />
              <VisitorEmail />
            </>
          )}
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
