import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { mayCorrectLanguage } from '~/domain/forum/posts/post-language';
import { findPost, locatePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import { correctLanguage } from '~/domain/publishing/correct-language';
import { POST_LANGUAGES } from '~/platform/languages/detect';
import { languageNames } from '~/platform/languages/names';
import { submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { ErrorSummary, Select } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

/** The form with which an author or moderator corrects the language of a post. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { app, visit } = context;
  const { i18n, visitor } = visit;
  const found = await findPost(app.db.reader, params.id ?? '', readerOf(visitor));
  if (!found || !mayCorrectLanguage(visitor, found.post.author.id)) throw notFound();
  const { language, excerpt } = found.post;
  const name = languageNames(i18n.locale);
  const alphabet = new Intl.Collator(i18n.locale);
  return {
    head: { title: i18n.t('words.language.title'), noindex: true },
    language,
    excerpt,
    // Imported posts may have a language tag that is not in the list.
    languages: [...new Set([...POST_LANGUAGES, language])]
      .map((tag) => ({ value: tag, label: name(tag) }))
      .sort((a, b) => alphabet.compare(a.label, b.label)),
  };
}

const languageForm = z.object({ language: z.string('site.error.required') });

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const id = args.params.id ?? '';
  requirePerson(args.context, args.request);
  return submit(args, languageForm, async ({ language }) => {
    await correctLanguage(app, visit.visitor, id, language);
    const address = await locatePost(app.db.reader, id, readerOf(visit.visitor));
    return redirect(address ?? '/', 303);
  });
}

export default function PostLanguage() {
  const { language, excerpt, languages } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <form className="single" method="post">
      <ErrorSummary />
      <h1>{t('words.language.title')}</h1>
      <blockquote className="prose" lang={language} dir="auto">
        {excerpt}
      </blockquote>
      <Select
        name="language"
        label={t('words.language.field')}
        hint={t('words.language.hint')}
        options={languages}
        value={language}
      />
      <button type="submit">{t('words.language.save')}</button>
    </form>
  );
}
