import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { findQuotable } from '~/domain/forum/posts/quote';
import { readerOf } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { Choice, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** Asks which paragraphs of a post to quote; with only one, redirects to the reply form. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const found = await findQuotable(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!found) throw notFound();
  const { id, threadId, language, paragraphs } = found;
  const action = pathTo('/t/:id/:slug?', { id: threadId });
  if (paragraphs.length < 2) {
    throw redirect(`${action}?quote=${encodeURIComponent(id)}#reply`, 303);
  }
  return {
    head: { title: visit.i18n.t('writing.quote.title'), noindex: true },
    action,
    id,
    language,
    paragraphs,
  };
}

export default function Quote() {
  const { action, id, language, paragraphs } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('writing.quote.title')}</h1>
      <form method="get" action={`${action}#reply`}>
        <input type="hidden" name="quote" value={id} />
        <fieldset className="field choices">
          <legend>{t('writing.quote.which')}</legend>
          {paragraphs.map((text, at) => (
            <Choice
              // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text never move
              key={at}
              type="checkbox"
              name="part"
              value={String(at)}
              chosen
              label={
                <span className="typed" lang={language} dir="auto">
                  {text}
                </span>
              }
            />
          ))}
        </fieldset>
        <Row className="actions">
          <Submit label={t('writing.quote.submit')} />
          <a href={pathTo('/p/:id', { id })}>{t('writing.edit.back')}</a>
        </Row>
      </form>
    </div>
  );
}
