import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { allConversations, standingOf } from '~/domain/forum/conversations/conversations';
import { decodePost } from '~/domain/import-export/blog-post/decode-post';
import { lettersAndDigits } from '~/domain/import-export/blog-post/question-key';
import { numbered } from '~/domain/import-export/blog-post/questions';
import { addTerms, newTerms, type PostPreview, readPost } from '~/domain/import-export/read-post';
import { knownConversation, storeConversation } from '~/domain/import-export/store-conversation';
import type { AppContext } from '~/platform/app-context';
import { readDay } from '~/platform/day';
import { DomainError } from '~/platform/errors';
import type { FormState } from '~/platform/form-state';
import { readLanguage } from '~/platform/languages/tags';
import { pathTo } from '~/platform/paths';
import { readAbsoluteUrl } from '~/platform/text/absolute-url';
import { visibleText } from '~/platform/text/visible';
import { submit } from '~/server/forms';
import { requireAdministrator } from '~/server/guards';
import type { RouteArgs } from '~/server/request-context';
import { AdminNav } from '~/ui/admin/admin-nav';
import { type DifferingPost, PostDifferencesList } from '~/ui/admin/post-differences';
import {
  type KnownPost,
  NEW_PILLAR,
  PostPreviewForm,
  readFound,
} from '~/ui/admin/post-preview-form';
import { ErrorSummary, FileInput, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';

export const links = deskLinks;

/** In characters; a form holds 256 kB. */
const LONGEST_PASTE = 200_000;
/** In bytes. */
const LONGEST_FILE = 250_000;
const LONGEST_INTRODUCTION = 5_000;
const MOST_LINES = 60;

const line = z
  .string()
  .transform(visibleText)
  .pipe(z.string().max(400, 'conversations.error.long'));
/** Titles and questions are recognised by their letters and digits. */
const saysAnything = (text: string) => lettersAndDigits(text) !== '';

const optionalLine = line.transform((text) => text || null);

/** A field with one entry in each line. */
const lines = z
  .string()
  .default('')
  .transform((text) => text.split('\n').map(visibleText).filter(Boolean))
  .pipe(
    z
      .array(z.string().max(400, 'conversations.error.long'))
      .max(MOST_LINES, 'conversations.error.long'),
  );

const fields = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('read'),
    article: z.string().max(LONGEST_PASTE, 'conversations.fault.too-large'),
  }),
  z.object({
    action: z.literal('make'),
    title: line.refine(saysAnything, 'conversations.error.title'),
    link: line
      .refine((text) => text === '' || readAbsoluteUrl(text) !== null, 'conversations.error.link')
      .transform((text) => text || null),
    author: optionalLine,
    language: z.string().transform(readLanguage).pipe(z.string('conversations.error.language')),
    date: z
      .string()
      .refine((text) => text === '' || readDay(text) !== null, 'conversations.error.date')
      .transform((text) => text || null),
    introduction: z
      .string()
      .max(LONGEST_INTRODUCTION, 'conversations.error.long')
      .transform((text) => text.trim() || null),
    summary: lines,
    questions: lines,
    passage: z.array(z.string().max(2000)).default([]),
    glossary: lines,
    /** Whether the terms become part of the site's glossary, too. */
    terms: z.literal('add').optional(),
    /** The pillars that were found, as JSON, and for each what it is here, or `-`. */
    found: z.string().optional().transform(readFound),
    pillar: z.array(z.string()).default([]),
    /** Pillars that were not found: of the site by their names, or new ones. */
    topics: lines,
  }),
]);

const LISTS = ['passage', 'pillar'];

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  return {
    head: { title: visit.i18n.t('admin.conversations.title'), noindex: true },
    conversations: (await allConversations(app.db.reader))
      .map((one) => ({ ...visit.i18n.titled('conversation', one), standing: standingOf(one) }))
      // Deleted drafts last.
      .sort((a, b) => Number(a.deletedAt !== null) - Number(b.deletedAt !== null)),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { id: personId } = requireAdministrator(context);
  const { app } = context;
  if (request.headers.get('Content-Type')?.startsWith('multipart/')) {
    return readUpload({ request, context });
  }
  return submit(
    { request, context },
    fields,
    async (input, typed) => {
      if (input.action === 'read') {
        return { ...typed, ...(await previewOf(app, input.article, 'article')) };
      }
      const { title, link, author, language, date, introduction, summary } = input;
      const asked = [...input.questions, ...input.passage.map(visibleText)].filter(saysAnything);
      const questions = numbered(asked.map((text) => ({ text, heading: null })));
      if (questions.length === 0) {
        throw new DomainError('invalid', 'conversations.error.questions', { field: 'questions' });
      }
      const glossary = input.glossary.map(readTerm);
      const content = {
        ...{ title, link, author, language, date, introduction },
        ...{ summaryPoints: summary, questions, glossary },
      };
      const known = await knownConversation(app.db.reader, { ...content, pillars: [] });
      // A public conversation keeps the topics that it has, so nothing would use new ones.
      const keepsPillars =
        known?.conversation.state !== 'draft' && known?.conversation.pillars.length;
      const topics = input.topics.map(readTerm).map(({ term, definition }) => {
        return { name: term, description: definition };
      });
      const fresh = [...input.found.filter((_, at) => input.pillar[at] === NEW_PILLAR), ...topics];
      const added = await addTerms(app, personId, 'pillar', keepsPillars ? [] : fresh, content);
      const found = input.found.map((pillar, at) => {
        const chosen = input.pillar[at] ?? '';
        const slug = chosen === NEW_PILLAR ? (added.get(pillar.name) ?? '') : chosen;
        return { ...pillar, slug: app.community.isPillar(slug) ? slug : null };
      });
      const named = topics.map((topic) => ({ ...topic, slug: added.get(topic.name) ?? null }));
      const pillars = [...found, ...named];
      const { conversation, differences } = await storeConversation(
        app,
        { ...content, pillars },
        { by: personId },
      );
      if (input.terms === 'add') {
        const missing = newTerms(app.community, glossary, language);
        await addTerms(app, personId, 'glossary', missing, { title, language });
      }
      // A public conversation is not changed: its keeper reads what the article says otherwise.
      if (differences) return { ...typed, differs: { conversation, language, differences } };
      return redirect(pathTo('/admin/conversations/:id', { id: conversation.id }), 303);
    },
    LISTS,
  );
}

/** Reads an article from a file; the file itself is not kept. */
async function readUpload({ request, context }: RouteArgs) {
  const file = (await request.formData().catch(() => null))?.get('file');
  const source = file instanceof File ? decodePost(new Uint8Array(await file.arrayBuffer())) : '';
  const body = new URLSearchParams({ action: 'upload' });
  const typed = new Request(request.url, { method: 'POST', body });
  return submit({ request: typed, context }, z.object({}), async (_, state) => ({
    ...state,
    ...(await previewOf(context.app, source, 'file')),
  }));
}

/** What was found in an article, and the conversation that it already has. */
async function previewOf(
  { db, community }: AppContext,
  source: string,
  field: 'article' | 'file',
): Promise<Pick<State, 'preview' | 'known'>> {
  const preview = readPost(community, source, field);
  const { title, ...post } = preview;
  const known = await knownConversation(db.reader, { ...post, title: title ?? '' });
  if (!known) return { preview };
  const { conversation, differences } = known;
  return { preview, known: { conversation, language: conversation.language, differences } };
}

/** Reads a term of the glossary as it is shown for editing: `term: definition`. */
function readTerm(text: string): { term: string; definition: string } {
  const [, term = text, definition = ''] = /^(.+?)[:：]\s*(.*)$/u.exec(text) ?? [];
  return { term: term.trim(), definition };
}

type State = FormState & { preview?: PostPreview; known?: KnownPost; differs?: DifferingPost };

export default function Conversations() {
  const { conversations } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as State | undefined;
  const { t } = useI18n();
  const differs = state?.differs;
  const isChecking = !differs && (state?.preview || state?.values.action?.[0] === 'make');
  return (
    <>
      <AdminNav current="conversations" />
      <div className="single">
        <h1>{t('admin.conversations.title')}</h1>
        <ErrorSummary />
        {differs && (
          <PostDifferencesList {...differs} lead={t('admin.conversations.differsLead')} />
        )}
        {isChecking ? (
          <PostPreviewForm preview={state?.preview ?? null} known={state?.known ?? null} />
        ) : (
          <>
            <Paste />
            <Upload />
          </>
        )}
        <h2>{t('admin.conversations.all')}</h2>
        {conversations.length === 0 && <p>{t('admin.conversations.none')}</p>}
        <ul className="rows">
          {conversations.map(({ id, title, language, standing, createdAt }) => (
            <li key={id}>
              <a lang={language} dir="auto" href={pathTo('/admin/conversations/:id', { id })}>
                {title}
              </a>
              <Meta>
                <span>{t(`admin.conversations.state.${standing}`)}</span>
                <Day ms={createdAt} />
              </Meta>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Upload() {
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/admin/conversations')} encType="multipart/form-data">
      <FileInput
        name="file"
        label={t('admin.conversations.file')}
        hint={t('admin.conversations.fileHint', { kilobytes: LONGEST_FILE / 1000 })}
        accept=".md,.markdown,.html,.htm,.txt,text/plain,text/markdown,text/html"
      />
      <Submit label={t('admin.conversations.readFile')} />
    </form>
  );
}

function Paste() {
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/admin/conversations')}>
      <h2>{t('admin.conversations.new')}</h2>
      <input type="hidden" name="action" value="read" />
      <TextArea
        name="article"
        label={t('admin.conversations.post')}
        hint={t('admin.conversations.postHint')}
        rows={12}
        maxLength={LONGEST_PASTE}
        required
      />
      <Submit label={t('admin.conversations.read')} />
    </form>
  );
}
