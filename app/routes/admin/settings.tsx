import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  changeSettings,
  namesIn,
  settingChangesIn,
  storedSettings,
  undoSettings,
} from '~/domain/administration/settings';
import { LOOK_COLOURS } from '~/platform/community/look-colours';
import { pathTo } from '~/platform/paths';
import {
  DEFAULT_NOT_OFFERED,
  languagesField,
  offersDefault,
  readLines,
  SETTINGS,
  type SettingName,
  siteSettings,
} from '~/platform/site-settings';
import { seenOf } from '~/platform/stale-form';
import { submit } from '~/server/forms';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { RecordedChanges } from '~/ui/admin/recorded-changes';
import { LanguageFields, SiteNameField } from '~/ui/admin/setting-fields';
import {
  ErrorSummary,
  Input,
  optionsOf,
  Select,
  Status,
  Submit,
  TextArea,
} from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

const DONE = ['saved', 'same', 'undone'] as const;

type ListName = 'operatorPeople' | 'frameOrigins' | 'answerOrigins';

const NUMBERS = ['digestMinAuthors', 'digestObjectionHours', 'holdFirstPosts'] as const;

const emptyIsNull = z.string().transform((text) => text.trim() || null);

/** One origin per line. */
const originsField = z
  .string()
  .optional()
  .transform((text) => (text === undefined ? undefined : readLines(text)))
  .pipe(SETTINGS.frameOrigins.optional());

const fields = z.discriminatedUnion('action', [
  siteSettings
    // It has a page of its own.
    .omit({ logo: true })
    .extend({
      action: z.literal('save'),
      seen: z.string().optional(),
      // As typed in a form: one person per line, and an empty link for none.
      operatorPeople: z.string().transform(readLines).pipe(SETTINGS.operatorPeople),
      articleUrl: emptyIsNull.pipe(SETTINGS.articleUrl),
      contactEmail: emptyIsNull.pipe(SETTINGS.contactEmail),
      accent: emptyIsNull.pipe(SETTINGS.accent),
      languages: languagesField,
      // A form that does not have them leaves them as they are.
      frameOrigins: originsField,
      answerOrigins: originsField,
    })
    .refine(offersDefault, DEFAULT_NOT_OFFERED),
  z.object({ action: z.literal('undo'), change: z.string() }),
]);

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { t, list, number } = visit.i18n;
  const shown = (name: SettingName, value: unknown) => {
    if (name === 'logo' && value !== null) return t('admin.settings.logo');
    if (name === 'accent' && value) return t(`community.colour.${value as 'blue'}`);
    if (Array.isArray(value)) return list(value.map(String)) || '–';
    return typeof value === 'number' ? number(value) : String(value ?? '–');
  };
  const changes = await settingChangesIn(app.db.reader);
  const { logo: _, ...stored } = await storedSettings(app.db.reader);
  return {
    head: { title: t('admin.settings.title'), noindex: true },
    done: doneIn(request, DONE),
    current: app.community.settings,
    seen: seenOf(stored),
    changes: changes.map(({ before, after, ...change }) => ({
      ...change,
      values: namesIn(after).map((name) => ({
        label: t(`admin.settings.${name}`),
        before: shown(name, before[name]),
        after: shown(name, after[name]),
      })),
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { id } = requireAdministrator(context);
  const { db, clock } = context.app;
  const save = async (input: z.output<typeof fields>) => {
    if (input.action === 'undo') {
      await db.write((tx) => undoSettings(tx, clock, id, input.change));
      return redirect(pathTo('/admin/settings?done=undone'), 303);
    }
    const { action: _, seen, ...wanted } = input;
    const sent = { seen, asTyped };
    const changed = await db.write((tx) => changeSettings(tx, clock, id, wanted, sent));
    return redirect(pathTo(`/admin/settings?done=${changed ? 'saved' : 'same'}`), 303);
  };
  return submit({ request, context }, fields, save, ['languages']);
}

/** A value as the form contains it: each language is a choice, other lists have a line for each. */
function asTyped(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) return [String(value ?? '')];
  return name === 'languages' ? value : [value.join('\n')];
}

export default function Settings() {
  const { done, current, seen, changes } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const field = (name: Exclude<SettingName, 'languages' | 'logo' | ListName>) => ({
    name,
    label: t(`admin.settings.${name}`),
    value: String(current[name] ?? ''),
  });
  const list = (name: ListName) => (
    <TextArea
      name={name}
      rows={4}
      label={t(`admin.settings.${name}`)}
      hint={t(`admin.settings.hint.${name}`)}
      value={current[name].join('\n')}
    />
  );
  return (
    <>
      <AdminNav current="settings" />
      <div className="single">
        <h1>{t('admin.settings.title')}</h1>
        <p className="lead">{t('admin.settings.lead')}</p>
        {done && <Status>{t(`admin.settings.done.${done}`)}</Status>}
        <ErrorSummary />
        <LinkLine href={pathTo('/admin/logo')} label={t('admin.logo.title')} />
        <form method="post" action={pathTo('/admin/settings')}>
          <input type="hidden" name="action" value="save" />
          <input type="hidden" name="seen" value={seen} />
          <SiteNameField value={current.siteName} />
          <Select
            name="accent"
            label={t('admin.settings.accent')}
            hint={t('admin.settings.hint.accent')}
            empty={t('admin.settings.accentNone')}
            options={optionsOf(LOOK_COLOURS, (name) => t(`community.colour.${name}`))}
            value={current.accent ?? ''}
          />
          <h2>{t('admin.settings.who')}</h2>
          <p className="quiet">{t('admin.settings.hint.who')}</p>
          <Input {...field('operatorName')} dir="auto" />
          <Input {...field('operatorPlace')} dir="auto" />
          {list('operatorPeople')}
          <Input {...field('operatorFunding')} dir="auto" />
          <Input
            {...field('contactEmail')}
            hint={t('admin.settings.hint.contactEmail')}
            inputMode="email"
            dir="ltr"
          />
          <Input
            {...field('articleTitle')}
            hint={t('admin.settings.hint.articleTitle')}
            dir="auto"
          />
          <Input
            {...field('articleUrl')}
            hint={t('admin.settings.hint.articleUrl')}
            inputMode="url"
            dir="ltr"
          />
          <h2>{t('admin.settings.languages')}</h2>
          <LanguageFields {...current} />
          <h2>{t('admin.settings.rules')}</h2>
          {NUMBERS.map((name) => (
            <Input
              key={name}
              {...field(name)}
              type="number"
              hint={t(`admin.settings.hint.${name}`)}
              required
            />
          ))}
          <h2>{t('admin.embed.title')}</h2>
          {list('answerOrigins')}
          {list('frameOrigins')}
          <Submit label={t('admin.settings.submit')} />
        </form>
        <RecordedChanges changes={changes} page={pathTo('/admin/settings')} />
      </div>
    </>
  );
}
