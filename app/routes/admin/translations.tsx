import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { conversationById } from '~/domain/forum/conversations/conversations';
import {
  listTranslations,
  type OriginalText,
  originalTexts,
  type StoredTranslation,
  textKey,
  translationsOf,
} from '~/domain/forum/conversations/translations';
import { questionsOf } from '~/domain/forum/threads/threads';
import { storeTranslations, undoTranslation } from '~/domain/publishing/translate';
import type { AppContext } from '~/platform/app-context';
import { originalKey } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { idsOf } from '~/platform/ids';
import { POST_LANGUAGES } from '~/platform/languages/detect';
import { languageNames, ownName } from '~/platform/languages/names';
import { readLanguage } from '~/platform/languages/tags';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { visibleText, withoutBlanks } from '~/platform/text/visible';
import { submit } from '~/server/forms';
import { notFound, requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { Choice, ErrorSummary, Input, Select, Status, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Name, Said } from '~/ui/moderation/words';
import { Meta, Row } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

const DONE = ['saved', 'same', 'older', 'undone'] as const;

/** In UTF-16 units; a form holds 256 kB. */
const LONGEST = { title: 300, prompt: 20_000, introduction: 20_000, summary: 5_000 } as const;

/** Number of changes listed. */
const LISTED = 50;

/** A conversation with its questions and all texts that can be translated; null if there is none. */
async function findTexts({ db }: AppContext, id: string) {
  const conversation = await conversationById(db.reader, id);
  if (!conversation) return null;
  const questions = await questionsOf(db.reader, id, { personId: null, moderates: true });
  const texts = await originalTexts(db.reader, conversation, questions);
  const stored = [
    ...(await translationsOf(db.reader, 'conversation', [id])),
    ...(await translationsOf(db.reader, 'thread', idsOf(questions))),
  ];
  // What an editor translates from.
  const originals = originalKey(JSON.stringify(texts));
  return { conversation, questions, texts, stored, originals };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const found = await findTexts(app, params.id ?? '');
  if (!found) throw notFound();
  const { conversation, questions, texts, stored, originals } = found;
  const language = readLanguage(new URL(request.url).searchParams.get('language'));
  const languageName = languageNames(i18n.locale);
  const shown = i18n.titled('conversation', conversation);
  const numberOf = new Map(questions.map((row) => [row.id, row.questionNumber]));
  const textOf = new Map(texts.map((text) => [textKey(text), text]));
  const isOlder = outdatedIn(texts);
  const known = [...new Set(stored.map((row) => row.language))].sort();
  const choices = new Set([...LOCALE_TAGS, ...known, ...POST_LANGUAGES]);
  choices.delete(conversation.language);
  return {
    head: { title: i18n.t('admin.translations.title'), noindex: true },
    id: conversation.id,
    title: shown.title,
    titleLanguage: shown.language,
    language,
    languageName: language && languageName(language),
    total: texts.length,
    originals,
    seen: seenOf(
      Object.fromEntries(
        texts.map((text) => {
          const row = stored.find(
            (one) => one.language === language && textKey(one) === textKey(text),
          );
          return [textKey(text), row?.text ?? ''];
        }),
      ),
    ),
    known: known.map((tag) => {
      const rows = stored.filter((row) => row.language === tag && textOf.has(textKey(row)));
      return { tag, name: ownName(tag), n: rows.length, older: rows.filter(isOlder).length };
    }),
    choices: [...choices].map((value) => ({ value, label: languageName(value) })),
    texts: texts.map((text) => {
      const key = textKey(text);
      const row = stored.find((one) => one.language === language && textKey(one) === key);
      return {
        ...{ key, field: text.field, original: text.text, originalLanguage: text.language },
        number: numberOf.get(text.subjectId) ?? null,
        text: row?.text ?? '',
        older: row !== undefined && isOlder(row),
      };
    }),
    changes: language
      ? (
          await listTranslations(app.db.reader, conversation.id, idsOf(questions), {
            language,
            limit: LISTED,
          })
        ).map((row) => ({
          ...{ id: row.id, at: row.at, field: row.field, text: row.text },
          number: numberOf.get(row.subjectId) ?? null,
          by: row.personId === null ? null : (row.by ?? i18n.t('community.log.someone')),
          undone: row.undoneAt !== null,
        }))
      : [],
    done: doneIn(request, DONE),
  };
}

/** Tells whether a translation is of an older text than that which a conversation has now. */
function outdatedIn(texts: readonly OriginalText[]) {
  const keys = new Map(texts.map((of) => [textKey(of), originalKey(of.text)]));
  return (row: StoredTranslation) => row.original !== keys.get(textKey(row));
}

/** The form has one field for each text, named by `textKey`. */
function fieldsFor(texts: readonly OriginalText[]) {
  const named = texts.map((text) => {
    // Not one line with plain spaces: French needs its own before marks.
    const read = text.field === 'title' ? withoutBlanks : (typed: string) => typed;
    const typed = z.string().transform((one) => visibleText(read(one)));
    return [
      textKey(text),
      typed.pipe(z.string().max(LONGEST[text.field], 'community.error.long')).optional(),
    ];
  });
  return z.discriminatedUnion('action', [
    z.object({
      action: z.literal('save'),
      language: z.string().transform(readLanguage).pipe(z.string('conversations.error.language')),
      originals: z.string().optional(),
      seen: z.string().optional(),
      /** The translations of an older text that are right for the present one as well. */
      keep: z.array(z.string()).default([]),
      ...(Object.fromEntries(named) as Record<string, z.ZodType<string | undefined>>),
    }),
    z.object({ action: z.literal('undo'), language: z.string(), change: z.string() }),
  ]);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { id: personId } = requireAdministrator(context);
  const { app } = context;
  const found = await findTexts(app, params.id ?? '');
  if (!found) throw notFound();
  const { conversation, texts, stored } = found;
  const back = (language: string, done: (typeof DONE)[number]) =>
    redirect(`${pagePath(conversation.id, language)}&done=${done}`, 303);
  return submit(
    { request, context },
    fieldsFor(texts),
    async (input) => {
      if (input.action === 'undo') {
        const listedAt = `${pagePath(conversation.id, input.language)}#changes`;
        await undoTranslation(app, personId, input.change, listedAt);
        return back(input.language, 'undone');
      }
      const { language, keep, seen, originals = found.originals } = input;
      if (originals !== found.originals)
        throw new DomainError('refused', 'admin.translations.error.changed');
      const typed = input as Record<string, unknown>;
      const changed = texts.flatMap((of) => {
        const name = textKey(of);
        const now = stored.find((row) => row.language === language && textKey(row) === name);
        const text = typed[name];
        if (typeof text !== 'string') return [];
        const isSame = text === (now?.text ?? '') && !keep.includes(name);
        return isSame ? [] : [{ of, language, text, name }];
      });
      await storeTranslations(app, personId, changed, { seen });
      if (changed.length > 0) return back(language, 'saved');
      const isOlder = outdatedIn(texts);
      const older = stored.some((row) => row.language === language && isOlder(row));
      return back(language, older ? 'older' : 'same');
    },
    ['keep'],
  );
}

function pagePath(id: string, language: string): string {
  const path = pathTo('/admin/conversations/:id/translations', { id });
  return `${path}?language=${encodeURIComponent(language)}`;
}

export default function Translations() {
  const { id, title, titleLanguage, language, done, known, total, choices } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current="conversations" />
      <div className="single">
        <p>
          <a href={pathTo('/admin/conversations/:id', { id })} lang={titleLanguage} dir="auto">
            {title}
          </a>
        </p>
        <h1>{t('admin.translations.title')}</h1>
        <p className="lead">{t('admin.translations.lead')}</p>
        {done && <Status>{t(`admin.translations.done.${done}`)}</Status>}
        <ErrorSummary />
        <ul className="rows">
          {known.map(({ tag, name, n, older }) => (
            <li key={tag}>
              <a href={pagePath(id, tag)} lang={tag} aria-current={tag === language || undefined}>
                {name}
              </a>
              <Meta>
                <span>{t('admin.translations.count', { n, total })}</span>
                {older > 0 && <span>{t('admin.translations.olderCount', { n: older })}</span>}
              </Meta>
            </li>
          ))}
        </ul>
        <form method="get" action={pathTo('/admin/conversations/:id/translations', { id })}>
          <Select
            name="language"
            state={null}
            label={t('admin.translations.language')}
            options={choices}
            value={language ?? ''}
          />
          <button type="submit">{t('admin.translations.choose')}</button>
        </form>
        {language && (
          <>
            <Texts language={language} />
            <Changes language={language} />
          </>
        )}
      </div>
    </>
  );
}

/** Each text beside its translation. */
function Texts({ language }: { language: string }) {
  const { id, texts, languageName, originals, seen } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <form method="post" action={pagePath(id, language)}>
      <h2>{languageName}</h2>
      <p className="quiet">{t('admin.translations.hint')}</p>
      <input type="hidden" name="action" value="save" />
      <input type="hidden" name="language" value={language} />
      <input type="hidden" name="originals" value={originals} />
      <input type="hidden" name="seen" value={seen} />
      {texts.map(({ key, number, field, original, originalLanguage, text, older }) => {
        const label = <TextName number={number} field={field} />;
        const control = {
          name: key,
          label,
          value: text,
          maxLength: LONGEST[field],
          lang: language,
        };
        return (
          <div key={key}>
            <div className="beside">
              <p className="said typed" lang={originalLanguage} dir="auto">
                {original}
              </p>
              {field === 'title' ? (
                <Input {...control} dir="auto" />
              ) : (
                <TextArea {...control} rows={8} />
              )}
            </div>
            {older && (
              <>
                <p className="notice warning">{t('admin.translations.older')}</p>
                <Choice
                  type="checkbox"
                  name="keep"
                  value={key}
                  label={t('admin.translations.keep')}
                />
              </>
            )}
          </div>
        );
      })}
      <Submit label={t('admin.translations.save')} />
    </form>
  );
}

function TextName({ number, field }: { number: number | null; field: OriginalText['field'] }) {
  const { t } = useI18n();
  const of =
    number === null ? t('conversations.kicker') : t('conversation.questionNumber', { number });
  return t('site.pair', { of, what: t(`admin.translations.field.${field}`) });
}

function Changes({ language }: { language: string }) {
  const { id, changes } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t('admin.translations.changes')}</h2>
      <ul className="rows">
        {changes.map(({ id: change, at, by, number, field, text, undone }) => (
          <li key={change}>
            <TextName number={number} field={field} />
            <Meta>
              {by === null ? <span>{t('admin.translations.supplied')}</span> : <Name>{by}</Name>}
              <Minute ms={at} />
              {undone && <span>{t('admin.settings.undone')}</span>}
            </Meta>
            {text === '' ? (
              <p>{t('admin.translations.removed')}</p>
            ) : (
              <div lang={language}>
                <Said>{text}</Said>
              </div>
            )}
            {!undone && (
              <Row as="form" className="actions" method="post" action={pagePath(id, language)}>
                <input type="hidden" name="action" value="undo" />
                <input type="hidden" name="language" value={language} />
                <input type="hidden" name="change" value={change} />
                <button type="submit">{t('admin.settings.undo')}</button>
              </Row>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
