import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { allowQuotesAgain, objectToQuotes } from '~/domain/digests/announce';
import { readObjectionToken } from '~/domain/digests/objection-token';
import { quotedPost } from '~/domain/digests/quoted-words';
import type { AppContext } from '~/platform/app-context';
import { pathTo } from '~/platform/paths';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { Objected, ObjectForm, QuotedWordsList } from '~/ui/digests/quoted-words';
import { ErrorSummary } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** Takes an author's quotes out of digests without logging in; a GET only shows the button. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const postId = await requireAuthorOf(app, params.token);
  return {
    head: { title: visit.i18n.t('quotes.title'), noindex: true },
    quoted: await quotedPost(app, visit.i18n, postId),
    page: pathTo('/p/:id/quoted', { id: postId }),
  };
}

/** `again`: to take back what was pressed. */
const fields = z.object({ again: z.literal('1').optional() });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app } = context;
  const postId = await requireAuthorOf(app, params.token);
  return submit({ request, context }, fields, async ({ again }) => {
    await app.db.write((tx) => (again ? allowQuotesAgain : objectToQuotes)(tx, app, postId));
    return redirect(pathTo('/quotes/:token', { token: params.token ?? '' }), 303);
  });
}

async function requireAuthorOf(app: AppContext, token: string | undefined): Promise<string> {
  const secret = await findLinkSecret(app.db.reader);
  const postId = secret && readObjectionToken(secret, token ?? '');
  if (!postId) throw notFound();
  return postId;
}

export default function ObjectToQuote() {
  const { quoted, page } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('quotes.title')}</h1>
      <ErrorSummary />
      {quoted.objected ? (
        <Objected {...quoted} />
      ) : (
        <>
          <p className="lead">{t(quoted.shown ? 'quotes.lead' : 'quotes.gone')}</p>
          <QuotedWordsList words={quoted.words} />
          {quoted.until === null ? (
            <TextLine k="quotes.late" values={{ link: linkTo(page) }} />
          ) : (
            <ObjectForm object={quoted.object} until={quoted.until} />
          )}
        </>
      )}
    </>
  );
}
