import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { publicConversations } from '~/domain/forum/conversations/conversations';
import { questionsOf } from '~/domain/forum/threads/threads';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { LOCALES } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { EMBED_THEMES, embedQuery, readEmbedOptions } from '~/server/embed';
import { embedCode } from '~/server/embed-code';
import { requireAdministrator } from '~/server/guards';
import { allowOwnFrames } from '~/server/headers';
import { AdminNav } from '~/ui/admin/admin-nav';
import { Choices, Labelled, optionsOf, Select, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

interface Embeddable {
  /** The path of the embedded page. */
  path: string;
  title: string;
  /** The title in the administrator's language. */
  label: string;
  isQuestion: boolean;
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { origin, answerOrigins } = app.config;
  const { searchParams } = new URL(request.url);
  const all = await embeddables(app, visit.i18n);
  const chosen = all.find(({ path }) => path === searchParams.get('of'));
  const options = readEmbedOptions(searchParams);
  if (chosen) allowOwnFrames(visit.headers);
  return {
    head: { title: visit.i18n.t('admin.embed.title'), noindex: true },
    all,
    options,
    sites: visit.i18n.list([...answerOrigins]),
    made: chosen && {
      title: chosen.title,
      preview: chosen.path + embedQuery({ ...options, resize: false }),
      code: embedCode(origin, { ...chosen, options }),
    },
    of: chosen?.path ?? '',
  };
}

/** Returns the public conversations, each followed by its questions. */
async function embeddables({ db }: AppContext, { titled }: SiteTranslator): Promise<Embeddable[]> {
  const found: Embeddable[] = [];
  for (const conversation of await publicConversations(db.reader)) {
    const { id, slug, title } = conversation;
    const { title: label } = titled('conversation', conversation);
    found.push({ path: pathTo('/embed/c/:slug', { slug }), title, label, isQuestion: false });
    for (const question of await questionsOf(db.reader, id)) {
      const path = pathTo('/embed/t/:id', { id: question.id });
      const { title: label } = titled('thread', question);
      found.push({ path, title: question.title, label, isQuestion: true });
    }
  }
  return found;
}

export default function Embed() {
  const { all, options, sites, made, of } = useLoaderData<typeof loader>();
  const { t, community } = useI18n();
  const link = linkTo(pathTo('/admin/settings#answerOrigins'));
  return (
    <>
      <AdminNav current="embed" />
      <div className="single">
        <h1>{t('admin.embed.title')}</h1>
        <p className="lead">{t('admin.embed.lead')}</p>
        <TextLine
          k={sites ? 'admin.embed.where' : 'admin.embed.nowhere'}
          values={{ link, sites: <bdi>{sites}</bdi> }}
        />
        {all.length === 0 && <p>{t('admin.embed.none')}</p>}
        <form method="get" action={pathTo('/admin/embed')}>
          <Select
            name="of"
            label={t('admin.embed.of')}
            options={all.map(({ path, label, isQuestion }) => ({
              value: path,
              label: isQuestion ? `– ${label}` : label,
            }))}
            value={of}
          />
          <Select
            name="language"
            label={t('admin.embed.language')}
            empty={t('admin.embed.own')}
            options={optionsOf(community.settings.languages, (tag) => LOCALES[tag].name)}
            value={options.language ?? ''}
          />
          <Select
            name="theme"
            label={t('admin.embed.theme')}
            empty={t('admin.embed.own')}
            options={optionsOf(EMBED_THEMES, (theme) => t(`admin.embed.theme.${theme}`))}
            value={options.theme ?? ''}
          />
          <Choices
            name="resize"
            type="checkbox"
            legend={t('admin.embed.height')}
            options={[{ value: '1', label: t('admin.embed.resize') }]}
            chosen={options.resize ? ['1'] : []}
          />
          <Submit label={t('admin.embed.make')} />
        </form>
        {made && <Made {...made} />}
      </div>
    </>
  );
}

type MadeProps = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['made']>;

/** The code for each kind of site, and how it looks. */
function Made({ title, preview, code }: MadeProps) {
  const { t } = useI18n();
  return (
    <>
      <h2>{t('admin.embed.html')}</h2>
      <Code id="html" how={t('admin.embed.html.how')} text={code.html} />
      <h2>WordPress</h2>
      <Code id="wordpress" how={t('admin.embed.wordpress.how')} text={code.html} />
      <h2>Ghost</h2>
      <Code id="ghost" how={t('admin.embed.ghost.how')} text={code.html} />
      <h2>Wix</h2>
      <Code id="wix" how={t('admin.embed.wix.how')} text={code.link} />
      <h2>Hugo</h2>
      <Code id="hugo" how={t('admin.embed.hugo.how')} text={code.hugo.file} />
      <Code id="hugo-use" how={t('admin.embed.hugo.use')} text={code.hugo.use} />
      <h2>{t('admin.embed.preview')}</h2>
      <iframe className="embed-preview" src={preview} title={title} />
    </>
  );
}

/** Code to copy, with where it goes. */
function Code({ id, how, text }: { id: string; how: string; text: string }) {
  return (
    <Labelled name={id} label={how}>
      <textarea
        id={id}
        className="code"
        rows={text.length > 100 ? 7 : 2}
        dir="ltr"
        readOnly
        defaultValue={text}
      />
    </Labelled>
  );
}
