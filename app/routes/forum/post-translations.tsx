import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { mayFlag as mayFlagPosts } from '~/domain/accounts/users/visitor';
import { withParameter } from '~/domain/forum/paths';
import { findPost } from '~/domain/forum/posts/posts';
import { listTranslations, mayTranslate } from '~/domain/forum/translations/translations';
import { readerOf } from '~/domain/forum/visibility';
import { DECISION_NOTE_LENGTH } from '~/domain/moderation/actions';
import { removeTranslation } from '~/domain/moderation/decisions/remove-translation';
import { removeOwnTranslation } from '~/domain/publishing/translate-post';
import type { Community } from '~/platform/community/community';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireModerator, requirePerson } from '~/server/guards';
import { ruleField } from '~/server/moderation-form';
import { ErrorSummary, Input, optionsOf, Select } from '~/ui/forms/fields';
import { AuthorName, PostLine } from '~/ui/forum/byline';
import { TranslatedBy } from '~/ui/forum/post-translation';
import { translatorView } from '~/ui/forum/post-translation-view';
import { authorView } from '~/ui/forum/view';
import { TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Row } from '~/ui/row';

/** All translations of a post, for everyone who may read the post. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n, visitor } = visit;
  const db = app.db.reader;
  const reader = readerOf(visitor);
  const found = await findPost(db, params.id ?? '', reader);
  if (!found) throw notFound();
  const { post, thread } = found;
  const name = languageNames(i18n.locale);
  const mayFlag = post.state === 'visible' && (visitor.person === null || mayFlagPosts(visitor));
  const ownPost = post.author.id === reader.personId;
  const rows = await listTranslations(db, post.id, reader);
  return {
    head: { title: i18n.t('translations.list.title'), noindex: true },
    path: pathTo('/p/:id', { id: post.id }),
    author: authorView(post.author, i18n.locale),
    thread: i18n.titled('thread', thread),
    mayTranslate: mayTranslate(visitor, post),
    rows: rows.map(({ translator, removed, language, ...row }) => {
      const byId = 'person' in translator ? translator.person.id : null;
      const own = reader.personId !== null && (ownPost || byId === reader.personId);
      return {
        ...row,
        ...{ language, languageName: name(language) },
        translator: translatorView(translator, i18n.locale),
        removed: removed && { at: removed.at, by: authorView(removed.by, i18n.locale) },
        mayRemove: own && removed === null,
        mayDecide: reader.moderates && !own && removed === null,
        mayFlag: mayFlag && byId !== reader.personId && removed === null,
      };
    }),
  };
}

const fields = (community: Community) =>
  z.object({
    translation: z.string(),
    /** The rule and the note of a moderator's decision. */
    reason: ruleField(community),
    note: z.string().max(DECISION_NOTE_LENGTH, 'moderation.error.noteLength').default(''),
    decide: z.string().optional(),
  });

export async function action(args: ActionFunctionArgs) {
  const { context, params, request } = args;
  requirePerson(context, request);
  const { app, visit } = context;
  return submit(args, fields, async ({ translation, reason, note, decide }) => {
    if (decide) {
      const moderator = requireModerator(context);
      const removal = { translationId: translation, rule: reason || null, note };
      await app.db.write((tx) => removeTranslation(tx, app, moderator, removal));
    } else {
      await removeOwnTranslation(app, visit.visitor, translation);
    }
    return redirect(pathTo('/p/:id/translations', { id: params.id ?? '' }), 303);
  });
}

export default function PostTranslations() {
  const { path, author, thread, rows, mayTranslate } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('translations.list.title')}</h1>
      <PostLine author={author} thread={thread} path={path} />
      {rows.length === 0 && <p>{t('translations.list.none')}</p>}
      {mayTranslate && <LinkLine href={`${path}/translate`} label={t('translations.translate')} />}
      <ol className="rows revisions">
        {rows.map((row) => (
          <Listed key={row.id} row={row} path={path} />
        ))}
      </ol>
    </div>
  );
}

type ListedRow = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number];

function Listed({ row, path }: { row: ListedRow; path: string }) {
  const { t, day } = useI18n();
  const { removed } = row;
  return (
    <li id={row.id}>
      <h2>{row.languageName}</h2>
      <TranslatedBy {...row} href={`#${row.id}`} />
      {removed ? (
        <TextLine
          className="notice"
          k="translations.list.removed"
          values={{ name: <AuthorName author={removed.by} />, date: day(removed.at) }}
        />
      ) : (
        !row.counts && <p className="notice">{t('translations.list.replaced')}</p>
      )}
      {row.html !== null && (
        <div
          className="prose"
          lang={row.language}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the Markdown renderer
          dangerouslySetInnerHTML={{ __html: row.html }}
        />
      )}
      {row.mayRemove && (
        <Row as="form" className="actions" method="post" action={`${path}/translations`}>
          <input type="hidden" name="translation" value={row.id} />
          <button type="submit">{t('translations.remove')}</button>
        </Row>
      )}
      {row.mayDecide && <Decide id={row.id} path={path} />}
      {row.mayFlag && (
        <LinkLine
          href={withParameter(`${path}/flag`, 'translation', row.id)}
          label={t('translations.flag')}
        />
      )}
    </li>
  );
}

/** The form with which a moderator removes a translation, under a rule. */
function Decide({ id, path }: { id: string; path: string }) {
  const { t, community, name } = useI18n();
  return (
    <form method="post" action={`${path}/translations`}>
      <input type="hidden" name="translation" value={id} />
      <input type="hidden" name="decide" value="1" />
      <Select
        name="reason"
        id={`reason-${id}`}
        state={null}
        label={t('moderation.inPlace.rule')}
        options={optionsOf(community.rules, (rule) => name('rule', rule))}
      />
      <Input
        name="note"
        id={`note-${id}`}
        state={null}
        label={t('moderation.inPlace.note')}
        maxLength={DECISION_NOTE_LENGTH}
        dir="auto"
      />
      <button type="submit">{t('moderation.action.untranslate.name')}</button>
    </form>
  );
}
