import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import { refOf } from '~/domain/digests/quote-slots';
import { pickedFor, quotedParts } from '~/domain/digests/translated-quotes';
import { withParameter } from '~/domain/forum/paths';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { findPost } from '~/domain/forum/posts/posts';
import { keyField } from '~/domain/forum/posts/submission-fields';
import { mayTranslate, translationInto } from '~/domain/forum/translations/translations';
import { readerOf } from '~/domain/forum/visibility';
import { machineOf, translateByMachine } from '~/domain/publishing/machine-translation';
import {
  findOriginal,
  isTranslationLanguage,
  quoteField,
  translatePost,
  typedQuotes,
} from '~/domain/publishing/translate-post';
import { DomainError } from '~/platform/errors';
import { isLocale, LOCALE_TAGS } from '~/platform/i18n/locales';
import { POST_LANGUAGES } from '~/platform/languages/detect';
import { languageNames } from '~/platform/languages/names';
import { isInLanguage, readLanguage } from '~/platform/languages/tags';
import { MAX_BODY_CHARS } from '~/platform/markdown/limits';
import { pathTo } from '~/platform/paths';
import { isVisible } from '~/platform/text/visible';
import { confirmArrival } from '~/server/draft-forms';
import { newFormKey, submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { allowScript, keepTyped } from '~/server/headers';
import { ErrorSummary, FormKey, Select, Submit, TextArea } from '~/ui/forms/fields';
import { PostLine } from '~/ui/forum/byline';
import { LoginToWrite } from '~/ui/forum/composer';
import { KeepText, keptName } from '~/ui/forum/keep-text';
import { authorView } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** The form with which a member translates a post, or corrects a translation. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n, visitor } = visit;
  const db = app.db.reader;
  const id = params.id ?? '';
  const sent = visit.method === 'POST';
  const path = pathTo('/p/:id/translate', { id });
  const form = {
    head: { title: i18n.t('translations.title'), noindex: true },
    key: newFormKey(),
    ...{ path, list: pathTo('/p/:id/translations', { id }) },
  };
  const to = chosenLanguage(request, i18n.locale);
  // If the session ends while a person writes, the form keeps the text they sent.
  if (sent && !visitor.person)
    return { ...form, to, name: '', keptName: null, machine: null, post: null, waits: false };
  requirePerson(context, request);
  const reader = readerOf(visitor);
  const original = await findOriginal(db, id, reader);
  const found = original && (await findPost(db, id, reader));
  if (!original || !found || !(sent || mayTranslate(visitor, found.post))) throw notFound();
  allowScript(visit.headers);
  keepTyped(visit.headers);
  const name = languageNames(i18n.locale);
  const alphabet = new Intl.Collator(i18n.locale);
  const into = isInLanguage(original.language, to)
    ? (LOCALE_TAGS.find((tag) => !isInLanguage(original.language, tag)) ?? to)
    : to;
  const present = await translationInto(db, id, into);
  const asksMachine = isLocale(into) && (!present || present.isOlder);
  const { html, language, revision } = original;
  return {
    ...form,
    ...{ to: into, name: name(into) },
    // Told before a person writes; what was sent keeps its form.
    waits: !sent && (await waitsForModerator(db, app, visitor)),
    keptName: keptName(visitor.person, `translate/${id}/${into}`),
    machine: asksMachine ? (machineOf(app)?.name ?? null) : null,
    post: {
      ...{ html, language, revision, languageName: name(language) },
      path: pathTo('/p/:id', { id }),
      author: authorView(found.post.author, i18n.locale),
      thread: i18n.titled('thread', found.thread),
      quotes: (await quotedParts(db, original)).map((quote) => ({
        name: quoteField(refOf(quote)),
        text: asOneLine(quote.text),
        words: pickedFor(quote, present?.picked ?? []) ?? '',
      })),
      present: present && { id: present.id, text: present.text, isOlder: present.isOlder },
      languages: [...new Set([...LOCALE_TAGS, ...POST_LANGUAGES])]
        .filter((tag) => !isInLanguage(language, tag))
        .map((value) => ({ value, label: name(value) }))
        .sort((a, b) => alphabet.compare(a.label, b.label)),
    },
  };
}

function chosenLanguage(request: Request, own: string): string {
  const tag = readLanguage(new URL(request.url).searchParams.get('to'));
  return tag && isTranslationLanguage(tag) ? tag : own;
}

const fields = z.object({
  language: z.string('translations.error.language'),
  // An empty one is refused when it is rendered.
  body: z.string().max(MAX_BODY_CHARS, 'conversation.error.bodyLong').default(''),
  /** The button to get a translation by machine. */
  machine: z.string().optional(),
  revision: z.coerce.number().int().optional(),
  translation: z.string().optional(),
  key: keyField,
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const postId = args.params.id ?? '';
  return submit(args, fields, async ({ revision, translation, machine, ...form }, typed) => {
    if (machine) {
      if (isVisible(form.body)) {
        throw new DomainError('refused', 'translations.machine.typed', { field: 'body' });
      }
      const { language } = form;
      return redirect(await translateByMachine(app, visit.visitor, { postId, language }), 303);
    }
    const path = await translatePost(app, visit.visitor, {
      ...{ ...form, postId, quotes: typedQuotes(typed.values), address: visit.address },
      seen: { revision, translation },
    });
    confirmArrival(args.context, typed.values);
    return redirect(path, 303);
  });
}

export default function Translate() {
  const { path, list, to, post, waits } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('translations.title')}</h1>
      {post && <PostLine author={post.author} thread={post.thread} path={post.path} />}
      {waits && <p className="notice">{t('translations.error.waits')}</p>}
      {post && !waits && (
        <>
          <p>{t('translations.lead')}</p>
          <form method="get" action={path}>
            <Select
              name="to"
              state={null}
              label={t('translations.language')}
              options={post.languages}
              value={to}
            />
            <button type="submit">{t('translations.choose')}</button>
          </form>
          {post.present && (
            <TextLine className="notice" k="translations.correct" values={{ link: linkTo(list) }} />
          )}
          {post.present?.isOlder && <p className="notice warning">{t('translations.older')}</p>}
        </>
      )}
      {!post && <LoginToWrite back={path} newTab k="writing.edit.login" />}
      {!waits && <TranslationForm />}
    </div>
  );
}

/** The original beside the text that is typed. */
function TranslationForm() {
  const { path, to, name, key, keptName, machine, post } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const present = post?.present;
  const isOvertaken = state && state.values.translation?.[0] !== (present?.id ?? '');
  return (
    <>
      {isOvertaken && present && (
        <section className="preview" aria-labelledby="now">
          <h2 id="now">{t('translations.now')}</h2>
          <p className="typed" lang={to} dir="auto">
            {present.text}
          </p>
        </section>
      )}
      <form className="composer" method="post" action={withParameter(path, 'to', to)}>
        <FormKey value={key} />
        <input type="hidden" name="language" value={to} />
        {post && <input type="hidden" name="revision" value={post.revision} />}
        {post && <input type="hidden" name="translation" value={present?.id ?? ''} />}
        <KeepText name={keptName} />
        <div className="beside">
          {post && (
            <div>
              <p>
                <b>{t('conversation.original', { language: post.languageName })}</b>
              </p>
              <div
                className="prose"
                lang={post.language}
                // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the Markdown renderer
                dangerouslySetInnerHTML={{ __html: post.html }}
              />
            </div>
          )}
          <TextArea
            name="body"
            label={t('translations.text', { language: name || to })}
            rows={12}
            value={present?.text ?? ''}
            lang={to}
            required
          />
        </div>
        {!post &&
          [...typedQuotes(state?.values ?? {})].map(([ref, words]) => (
            <input key={ref} type="hidden" name={quoteField(ref)} value={words} />
          ))}
        {post?.quotes.map(({ name: field, text, words }) => (
          <TextArea
            key={field}
            name={field}
            label={t('translations.quote', { quote: text })}
            hint={t('translations.quoteHint')}
            rows={3}
            value={words}
            lang={to}
          />
        ))}
        <Row className="actions">
          <Submit label={t('translations.submit')} />
          {machine && (
            <button type="submit" name="machine" value="1" formNoValidate>
              {t('translations.machine.ask')}
            </button>
          )}
        </Row>
        {machine && <p className="quiet">{t('translations.machine.hint', { name: machine })}</p>}
      </form>
    </>
  );
}
