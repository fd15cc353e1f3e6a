import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { accountById } from '~/domain/accounts/users/accounts';
import { readName, saveSettings } from '~/domain/accounts/users/user-settings';
import { countryField } from '~/domain/forum/posts/post-fields';
import { isLocale, LOCALE_TAGS, LOCALES } from '~/platform/i18n/locales';
import { readTimeZone, TIME_ZONES } from '~/platform/i18n/time-zones';
import { POST_LANGUAGES } from '~/platform/languages/detect';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { languageCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import {
  Choice,
  Choices,
  ErrorSummary,
  Input,
  optionsOf,
  Select,
  Status,
  Submit,
} from '~/ui/forms/fields';
import { PlacesMeant } from '~/ui/forum/place-field';
import { TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';

const fields = z.object({
  name: z
    .string()
    .default('')
    .refine((text) => readName(text) !== null, 'people.error.name'),
  country: countryField,
  regionOnly: z.string().default(''),
  language: z.string().default(''),
  reads: z.array(z.string()).default([]),
  timeZone: z.string().default(''),
  theme: z.enum(['', 'light', 'dark'], 'people.error.theme').default(''),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const { i18n } = context.visit;
  const nameOf = languageNames(i18n.locale);
  const alphabet = new Intl.Collator(i18n.locale);
  const account = await accountById(context.app.db.reader, person.id);
  const timeZone = readTimeZone(person.timeZone ?? '');
  return {
    head: { title: i18n.t('people.settings.title'), noindex: true },
    handle: person.handle,
    settings: {
      name: person.name ?? '',
      country: person.country ? placeName(person.country, i18n.locale) : '',
      regionOnly: person.regionOnly,
      language: person.language ?? '',
      reads: person.reads ?? [],
      timeZone: timeZone ?? '',
      theme: person.theme ?? '',
    },
    email: account?.email ?? '',
    timeZones: [...new Set([...TIME_ZONES, ...(timeZone ? [timeZone] : [])])],
    otherLanguages: POST_LANGUAGES.filter((tag) => !isLocale(tag))
      .map((value) => ({ value, label: nameOf(value) }))
      .sort((a, b) => alphabet.compare(a.label, b.label)),
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app } = context;
  const { db, config } = app;
  const save = async (form: z.output<typeof fields>) => {
    const { name, country, language, timeZone, theme } = form;
    await db.write((tx) =>
      saveSettings(app, tx, person.id, {
        name: readName(name)?.name ?? null,
        country,
        regionOnly: form.regionOnly === '1',
        language: language || null,
        reads: form.reads.length > 0 ? form.reads : null,
        timeZone: timeZone || null,
        theme: theme || null,
      }),
    );
    // Otherwise an earlier choice in the footer would override this one.
    const cookie = languageCookie(language, config.origin);
    return redirect(pathTo('/settings?saved'), { status: 303, headers: { 'Set-Cookie': cookie } });
  };
  return submit({ request, context }, fields, save, ['reads']);
}

export default function Settings() {
  const { handle, settings, email, timeZones, otherLanguages, saved } =
    useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, community } = useI18n();
  return (
    <>
      <h1>{t('people.settings.title')}</h1>
      {saved && !state && <Status>{t('people.settings.saved')}</Status>}
      <ErrorSummary />
      <form method="post" action={pathTo('/settings')}>
        <Input
          name="name"
          label={t('people.field.name')}
          hint={t('people.field.nameHint')}
          value={settings.name}
          autoComplete="name"
          dir="auto"
        />
        <Input
          name="country"
          label={t('people.field.country')}
          hint={t('people.field.countryHint')}
          value={settings.country}
          autoComplete="country-name"
          dir="auto"
        >
          <PlacesMeant name="country" />
        </Input>
        <Choices
          name="regionOnly"
          legend={t('people.field.regionOnly')}
          type="checkbox"
          options={[{ value: '1', label: t('people.field.regionOnlyBox') }]}
          chosen={settings.regionOnly ? ['1'] : []}
        />
        <Select
          name="language"
          label={t('people.field.language')}
          options={optionsOf(community.settings.languages, (tag) => LOCALES[tag].name)}
          empty={t('people.field.languageNone')}
          value={settings.language}
        />
        <Choices
          name="reads"
          legend={t('people.field.reads')}
          hint={t('people.field.readsHint')}
          type="checkbox"
          options={optionsOf(LOCALE_TAGS, (tag) => LOCALES[tag].name)}
          chosen={settings.reads}
        >
          <details open={otherLanguages.some(({ value }) => settings.reads.includes(value))}>
            <summary>{t('people.field.readsMore')}</summary>
            {otherLanguages.map((one) => (
              <Choice
                key={one.value}
                type="checkbox"
                name="reads"
                {...one}
                chosen={(state?.values.reads ?? settings.reads).includes(one.value)}
              />
            ))}
          </details>
        </Choices>
        <Select
          name="timeZone"
          label={t('people.field.timeZone')}
          hint={t('people.field.timeZoneHint')}
          options={timeZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          empty={t('people.field.timeZoneNone')}
          value={settings.timeZone}
        />
        <Choices
          name="theme"
          legend={t('people.field.theme')}
          type="radio"
          options={[
            { value: '', label: t('people.field.themeNone') },
            { value: 'light', label: t('people.field.themeLight') },
            { value: 'dark', label: t('people.field.themeDark') },
          ]}
          chosen={[settings.theme]}
        />
        <Submit label={t('people.settings.submit')} />
      </form>
      <h2>{t('people.settings.account')}</h2>
      {email && <TextLine k="people.settings.email" values={{ email: <bdi>{email}</bdi> }} />}
      <ul>
        <LinkItem href={pathTo('/settings/security')} label={t('security.settings.link')} />
        <LinkItem href={pathTo('/settings/notices')} label={t('reading.choices.title')} />
        <LinkItem href={pathTo('/u/:handle', { handle })} label={t('people.settings.profile')} />
        <LinkItem href={pathTo('/settings/data')} label={t('people.settings.data')} />
      </ul>
    </>
  );
}
