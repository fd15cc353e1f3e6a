import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  DISPUTE_LENGTH,
  dispute,
  quotingDigests,
  takeBackDispute,
} from '~/domain/digests/disputes';
import { digestTitle } from '~/domain/digests/present';
import { versionPath } from '~/domain/digests/present-edition';
import { quotedPost } from '~/domain/digests/quoted-words';
import { findOwnPost } from '~/domain/forum/posts/own-posts';
import { readerOf } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { visibleText } from '~/platform/text/visible';
import { newFormKey, readFields, redirectOnce, submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { Objected, ObjectForm, QuotedWordsList } from '~/ui/digests/quoted-words';
import { ErrorSummary, FormKey, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Said } from '~/ui/moderation/words';

/**
 * Shows an author which digests quote one of their posts, and takes objections. Visible to the
 * author only.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { app, visit } = context;
  const { i18n, visitor } = visit;
  const db = app.db.reader;
  const post = await findOwnPost(db, params.id ?? '', readerOf(visitor));
  if (!post) throw notFound();
  const published = (await quotingDigests(db, post.id)).filter(
    // Of a withdrawn quote, only what moderators answered about it is told.
    ({ state, withdrawn, dispute }) =>
      state === 'published' && (!withdrawn || dispute?.state === 'accepted'),
  );
  return {
    head: { title: i18n.t('editions.quoted.title'), noindex: true },
    path: pathTo('/p/:id', { id: post.id }),
    language: post.language,
    quoted: await quotedPost(app, i18n, post.id),
    quoting: published.map(({ digestId, scope, period, version, quotes, dispute }) => ({
      digestId,
      dispute,
      title: digestTitle(i18n, scope, period),
      path: versionPath(scope, period, version),
      quotes: quotes.map(({ text }) => text.replace(/\s+/g, ' ')),
      formKey: newFormKey(),
    })),
  };
}

const fields = z.object({
  digest: z.string().max(64),
  body: z
    .string()
    .transform(visibleText)
    .pipe(z.string().min(1, 'site.error.required').max(DISPUTE_LENGTH, 'editions.dispute.length')),
  key: z.string().optional(),
});
const back = fields.omit({ body: true });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app } = context;
  const postId = params.id ?? '';
  const page = pathTo('/p/:id/quoted', { id: postId });
  if ((await readFields(request)).takeBack) {
    return submit({ request, context }, back, async ({ digest, key }) => {
      const taken = { postId, digestId: digest, authorId: person.id };
      return redirectOnce(app, { by: person.id, key, sent: { taken } }, async (tx) => {
        await takeBackDispute(tx, app, taken);
        return page;
      });
    });
  }
  return submit({ request, context }, fields, async ({ digest, body, key }) => {
    return redirectOnce(app, { by: person.id, key, sent: { postId, digest, body } }, async (tx) => {
      await dispute(tx, app, { postId, digestId: digest, authorId: person.id, body });
      return page;
    });
  });
}

export default function Quoted() {
  const { path, language, quoted, quoting } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const sent = state?.values.digest?.[0];
  return (
    <>
      <h1>{t('editions.quoted.title')}</h1>
      <p className="lead">{t('editions.quoted.lead')}</p>
      <LinkLine href={path} label={t('editions.quoted.post')} />
      <ErrorSummary />
      {quoted.objected && <Objected {...quoted} />}
      {quoted.until !== null && !quoted.objected && (
        <section aria-labelledby="object">
          <h2 id="object">{t('quotes.title')}</h2>
          <QuotedWordsList words={quoted.words} />
          <ObjectForm object={quoted.object} until={quoted.until} />
        </section>
      )}
      {quoting.length === 0 && quoted.words.length === 0 && (
        <p className="empty">{t('editions.quoted.none')}</p>
      )}
      {quoting.map(({ digestId, title, path: digest, quotes, dispute, formKey }) => (
        <section key={digestId} aria-labelledby={`d-${digestId}`}>
          <h2 id={`d-${digestId}`}>
            <a href={digest}>{title}</a>
          </h2>
          {quotes.map((quote) => (
            <blockquote key={quote} className="prose" lang={language} dir="auto">
              {quote}
            </blockquote>
          ))}
          {dispute && (
            <>
              <p className="notice">{t(`editions.dispute.${dispute.state}`)}</p>
              <Said>{dispute.body}</Said>
              {dispute.answer && <Said quoted>{dispute.answer}</Said>}
              {dispute.state === 'open' && (
                <form method="post" action={`${path}/quoted`}>
                  <FormKey value={formKey} />
                  <input type="hidden" name="digest" value={digestId} />
                  <button type="submit" name="takeBack" value="1">
                    {t('editions.dispute.takeBack')}
                  </button>
                </form>
              )}
            </>
          )}
          {!dispute && (
            <details open={sent === digestId}>
              <summary>{t('editions.quoted.object')}</summary>
              <form method="post" action={`${path}/quoted`}>
                <FormKey value={formKey} />
                <input type="hidden" name="digest" value={digestId} />
                <TextArea
                  name="body"
                  label={t('editions.quoted.body')}
                  hint={t('editions.quoted.hint')}
                  rows={4}
                  state={sent === digestId ? state : null}
                />
                <button type="submit">{t('editions.quoted.send')}</button>
              </form>
            </details>
          )}
        </section>
      ))}
    </>
  );
}
