import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actsOn, undoAct } from '~/domain/barriers/key-points/acts';
import {
  acceptText,
  mergeKeyPoints,
  removePost,
  renameKeyPoint,
  setKeyPointKind,
  splitKeyPoint,
} from '~/domain/barriers/key-points/change';
import {
  currentKeyPointId,
  findKeyPoint,
  isNamed,
  keyPointsIn,
  keyPointText,
} from '~/domain/barriers/key-points/key-points';
import { LONGEST_SENTENCE, LONGEST_TITLE } from '~/domain/barriers/key-points/limits';
import { originalOf, textRowsOf, wordsKey } from '~/domain/barriers/key-points/original';
import { proposeTitleOf } from '~/domain/barriers/key-points/propose';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import { DomainError } from '~/platform/errors';
import { isLocale, LOCALE_TAGS } from '~/platform/i18n/locales';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { actViews } from '~/ui/barriers/key-point-acts';
import { LastActs } from '~/ui/barriers/key-point-desk';
import { keyPointLink } from '~/ui/barriers/key-point-view';
import { ErrorSummary, Input, optionsOf, Select, Submit, TextArea } from '~/ui/forms/fields';
import { Byline } from '~/ui/forum/byline';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { Said } from '~/ui/moderation/words';
import { Row } from '~/ui/row';

export const links = deskLinks;

/** Where moderators name a key point, and merge, split or undo it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const id = params.id ?? '';
  const current = await currentKeyPointId(db, id);
  if (!current) throw notFound();
  const point = await findKeyPoint(db, app.community, current, { unnamed: true });
  const acts = (await actsOn(db, current)).toReversed();
  const title = point ? keyPointText(point, i18n).title : i18n.t('keyPoints.desk.empty');
  const posts = point
    ? await publicPostsOf(
        db,
        point.posts.map((post) => post.id),
      )
    : [];
  const original = originalOf(await textRowsOf(db, current));
  const others = point ? await keyPointsIn(db, app.community, point.region) : [];
  return {
    head: { title, noindex: true },
    id: current,
    model: app.config.llm !== null,
    title,
    path: point && isNamed(point) ? keyPointLink(point, i18n).path : null,
    region: point?.region ?? '',
    kind: point?.kind ?? null,
    texts: point
      ? LOCALE_TAGS.map((language) => {
          const older = point.outdated[language];
          const text = point.texts[language] ?? older;
          const quoted = point.quoted?.language === language ? point.quoted : null;
          return {
            language,
            name: languageNames(i18n.locale)(language),
            title: text?.title ?? quoted?.title ?? '',
            sentence: text?.sentence ?? quoted?.sentence ?? '',
            proposed: text ? text.proposed : quoted !== null,
            stored: text !== undefined,
            older: older !== undefined,
            original:
              original && original.language !== language
                ? {
                    ...{ title: original.title, sentence: original.sentence },
                    ...{ language: original.language, key: wordsKey(original) },
                  }
                : null,
            open: text !== undefined || quoted !== null || language === i18n.locale,
          };
        })
      : [],
    posts: posts.map((post) => excerptView(post, i18n)),
    others: others
      .filter((one) => one.id !== current)
      .map((one) => ({ id: one.id, title: keyPointText(one, i18n).title })),
    acts: await actViews(app, acts, i18n),
  };
}

const fields = z.object({
  act: z.enum(
    ['rename', 'accept', 'propose', 'kind', 'merge', 'remove', 'split', 'undo'],
    'site.error.field',
  ),
  language: z.string().default(''),
  title: z.string().default(''),
  sentence: z.string().default(''),
  original: z.string().max(64).optional(),
  kind: z.string().default(''),
  into: z.string().default(''),
  post: z.array(z.string()).max(200).default([]),
  undo: z.string().default(''),
});

export async function action(args: ActionFunctionArgs) {
  const moderator = requireModerator(args.context);
  const { app } = args.context;
  const keyPointId = args.params.id ?? '';
  return submit(
    args,
    fields,
    async ({ act, language, title, sentence, original, kind, into, post, undo }) => {
      const by = moderator.id;
      if (act === 'propose') {
        if (!isLocale(language)) throw new DomainError('invalid', 'site.error.field');
        await proposeTitleOf(app, keyPointId, language);
        return redirect(pathTo('/mod/key-points/:id', { id: keyPointId }), 303);
      }
      const leadsTo = await app.db.write(async (tx): Promise<string> => {
        if (act === 'rename' || act === 'accept') {
          if (!isLocale(language)) throw new DomainError('invalid', 'site.error.field');
          const named = { keyPointId, language, original };
          if (act === 'accept') await acceptText(tx, app, by, named);
          else await renameKeyPoint(tx, app.clock, by, { ...named, title, sentence });
        } else if (act === 'kind') {
          const meant = app.community.resolve('barrier', kind);
          if (!meant) throw new DomainError('invalid', 'conversation.error.barrier');
          await setKeyPointKind(tx, app.clock, by, { keyPointId, kind: meant });
        } else if (act === 'merge') {
          await mergeKeyPoints(tx, app.clock, by, { from: keyPointId, into });
          return into;
        } else if (act === 'split') {
          return splitKeyPoint(tx, app.clock, by, { keyPointId, postIds: post });
        } else if (act === 'remove') {
          for (const postId of post) await removePost(tx, app.clock, by, postId);
        } else {
          await undoAct(tx, app.clock, by, undo);
        }
        return keyPointId;
      });
      return redirect(pathTo('/mod/key-points/:id', { id: leadsTo }), 303);
    },
    ['post'],
  );
}

export default function KeyPointDesk() {
  const page = useLoaderData<typeof loader>();
  const { t, name, community } = useI18n();
  const { id, region, kind, path } = page;
  const action = pathTo('/mod/key-points/:id', { id });
  return (
    <div className="listing">
      <LinkLine
        className="desk-back"
        href={region ? pathTo(`/mod/key-points?region=${region}`) : pathTo('/mod/key-points')}
        label={t('keyPoints.desk.title')}
      />
      <ErrorSummary />
      <h1 dir="auto">{page.title}</h1>
      {path && <LinkLine href={path} label={t('keyPoints.back')} />}
      {page.texts.map((text) => (
        <details key={text.language} className="decide" open={text.open}>
          <summary>{t('keyPoints.desk.titleIn', { language: text.name })}</summary>
          <form method="post" action={action}>
            <input type="hidden" name="language" value={text.language} />
            {text.proposed && <p className="quiet">{t('keyPoints.proposed')}</p>}
            {text.older && <p className="notice warning">{t('admin.translations.older')}</p>}
            {text.original && (
              <>
                <input type="hidden" name="original" value={text.original.key} />
                <div lang={text.original.language}>
                  <Said>{text.original.title}</Said>
                  <Said>{text.original.sentence}</Said>
                </div>
              </>
            )}
            <div lang={text.language}>
              <Input
                name="title"
                id={`title-${text.language}`}
                label={t('keyPoints.desk.titleField')}
                value={text.title}
                state={null}
                maxLength={LONGEST_TITLE}
                dir="auto"
              />
              <TextArea
                name="sentence"
                id={`sentence-${text.language}`}
                label={t('keyPoints.desk.sentenceField')}
                value={text.sentence}
                state={null}
                maxLength={LONGEST_SENTENCE}
                rows={2}
              />
            </div>
            <Row className="actions">
              <Submit name="act" value="rename" label={t('keyPoints.desk.rename')} />
              {(text.proposed || text.older) && (
                <button type="submit" name="act" value="accept">
                  {t(text.older ? 'admin.translations.keep' : 'keyPoints.desk.accept')}
                </button>
              )}
              {page.model && !text.stored && (
                <button type="submit" name="act" value="propose">
                  {t('keyPoints.desk.propose')}
                </button>
              )}
            </Row>
          </form>
        </details>
      ))}
      {page.posts.length > 0 && (
        <form className="decide choices" method="post" action={action}>
          <h2>{t('keyPoints.reports')}</h2>
          {page.posts.map((post) => (
            <div key={post.id} className="choice">
              <input type="checkbox" name="post" value={post.id} aria-labelledby={`x-${post.id}`} />
              <div>
                <Byline {...post} />
                <p className="excerpt" id={`x-${post.id}`} lang={post.language} dir="auto">
                  {post.excerpt}
                </p>
              </div>
            </div>
          ))}
          <Row className="actions">
            <button type="submit" name="act" value="remove">
              {t('keyPoints.desk.remove')}
            </button>
            <button type="submit" name="act" value="split">
              {t('keyPoints.desk.split')}
            </button>
          </Row>
        </form>
      )}
      {kind && (
        <form className="decide" method="post" action={action}>
          <Select
            name="kind"
            label={t('keyPoints.desk.kind')}
            value={kind}
            options={optionsOf(community.kinds, (value) => name('barrier', value))}
          />
          <button type="submit" name="act" value="kind">
            {t('keyPoints.desk.setKind')}
          </button>
        </form>
      )}
      {page.others.length > 0 && (
        <form className="decide" method="post" action={action}>
          <Select
            name="into"
            label={t('keyPoints.desk.into')}
            value={page.others[0]?.id ?? ''}
            options={page.others.map((one) => ({ value: one.id, label: one.title }))}
          />
          <button type="submit" name="act" value="merge">
            {t('keyPoints.desk.merge')}
          </button>
        </form>
      )}
      <LastActs acts={page.acts} action={action} region={region} />
    </div>
  );
}
