import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { choicesOf, MAIL_CHOICES, saveChoices } from '~/domain/notifications/notification-settings';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { Choices, ErrorSummary, optionsOf, Status, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const fields = z.object({
  mail: z.enum(MAIL_CHOICES, 'site.error.field'),
  watchOwn: z.string().optional().transform(Boolean),
});

/** Settings for notifications: which ones, and how they are sent. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  return {
    head: { title: context.visit.i18n.t('reading.choices.title'), noindex: true },
    offered: MAIL_CHOICES,
    choices: await choicesOf(context.app.db.reader, person.id),
    saved: new URL(request.url).searchParams.has('saved'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  return submit({ request, context }, fields, async (choices) => {
    await context.app.db.write((tx) => saveChoices(tx, person.id, choices));
    return redirect(pathTo('/settings/notices?saved'), 303);
  });
}

export default function NoticeSettings() {
  const { choices, offered, saved } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('reading.choices.title')}</h1>
      {saved && !state && <Status>{t('people.settings.saved')}</Status>}
      <ErrorSummary />
      <form method="post" action={pathTo('/settings/notices')}>
        <Choices
          name="mail"
          type="radio"
          legend={t('reading.choices.mail')}
          hint={t('reading.choices.mailHint')}
          options={optionsOf(offered, (value) => t(`reading.choices.mail.${value}`))}
          chosen={[choices.mail]}
        />
        <Choices
          name="watchOwn"
          type="checkbox"
          legend={t('reading.choices.watch')}
          options={[{ value: '1', label: t('reading.choices.watchOwn') }]}
          chosen={choices.watchOwn ? ['1'] : []}
        />
        <Submit label={t('people.settings.submit')} />
      </form>
      <LinkLine
        className="after-form"
        href={pathTo('/following')}
        label={t('reading.following.title')}
      />
    </>
  );
}
