import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { placeField } from '~/domain/forum/posts/post-fields';
import { findPost, locatePost } from '~/domain/forum/posts/posts';
import { EVERYBODY, readerOf } from '~/domain/forum/visibility';
import { meTooPlace } from '~/domain/publishing/pending-submissions';
import { askForAccount } from '~/server/draft-forms';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { rememberedPlace } from '~/server/remembered-place';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { Byline } from '~/ui/forum/byline';
import { VisitorEmail } from '~/ui/forum/composer';
import { MeToo } from '~/ui/forum/me-too';
import { PlaceField } from '~/ui/forum/place-field';
import { postView } from '~/ui/forum/view';
import { refusalOf } from '~/ui/forum/waiting';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/** The button on its own page: for people who are not logged in, and after a refusal. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const found = await findPost(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!found) throw notFound();
  const { html: _notShown, ...post } = postView(found.post, visit.visitor, visit.i18n);
  return {
    head: { title: visit.i18n.t('conversation.meToo.title'), noindex: true },
    post,
    excerpt: found.post.excerpt,
    refusal: visit.visitor.person ? refusalOf(visit.visitor, visit.i18n.t) : null,
    anonymous: visit.visitor.person === null,
    country: (await rememberedPlace(context, request)).country,
  };
}

const meTooForm = z.object({
  on: z.enum(['1', '0'], 'site.error.field'),
  country: placeField,
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const id = args.params.id ?? '';
  return submit(args, meTooForm, async ({ on, country: place }, typed) => {
    if (!visit.visitor.person) {
      const found = await findPost(app.db.reader, id, EVERYBODY);
      if (!found || found.post.isOpening || on !== '1') throw notFound();
      return askForAccount(args, meTooPlace(id), typed.values);
    }
    await setMeToo(app, visit.visitor, id, { on: on === '1', country: place.country });
    const address = await locatePost(app.db.reader, id, readerOf(visit.visitor));
    return redirect(address ?? '/', 303);
  });
}

export default function MeTooPage() {
  const { post, excerpt, refusal, anonymous, country } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('conversation.meToo.title')}</h1>
      <p>{post.own ? t('conversation.meToo.own') : (refusal ?? t('conversation.meToo.lead'))}</p>
      <Byline {...post} />
      <blockquote className="prose" lang={post.language} dir="auto">
        {excerpt}
      </blockquote>
      {anonymous ? (
        <form method="post" action={`${post.path}/face`}>
          <input type="hidden" name="on" value="1" />
          <p className="quiet">{t('conversation.meToo.later')}</p>
          <PlaceField value={country} />
          <VisitorEmail />
          <Submit label={t('conversation.meToo.button')} />
        </form>
      ) : (
        <MeToo post={post} />
      )}
      <LinkLine className="after-form" href={post.path} label={t('conversation.meToo.back')} />
    </div>
  );
}
