import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { accountById } from '~/domain/accounts/users/accounts';
import { sendLegalNotice } from '~/domain/moderation/dsa/notice';
import { emailKey, readEmail } from '~/platform/mail/email-address';
import { pathTo } from '~/platform/paths';
import { singleLine, visibleText } from '~/platform/text/visible';
import { newFormKey, submit } from '~/server/forms';
import { keepTyped } from '~/server/headers';
import { checkHoneypot, honeypotFields } from '~/server/honeypot';
import { Choices, ErrorSummary, FormKey, Input, Submit, TextArea } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** Maximum length of the explanation why content is illegal, in characters. */
const LONGEST_EXPLANATION = 5000;

const fields = z
  .object({
    location: z
      .string('site.error.required')
      .transform(visibleText)
      .pipe(z.string().min(1, 'site.error.required').max(500)),
    explanation: z
      .string('site.error.required')
      .transform(visibleText)
      .pipe(
        z
          .string()
          .min(1, 'site.error.required')
          .max(LONGEST_EXPLANATION, 'guard.error.messageLong'),
      ),
    name: z
      .string()
      .transform(singleLine)
      .refine((name) => name.length <= 120, 'guard.error.subjectLong')
      .default(''),
    email: z.string().trim().default(''),
    exception: z.string().default(''),
    goodFaith: z.literal('1', 'guard.error.goodFaith'),
    key: z.string().optional(),
    ...honeypotFields,
  })
  .superRefine(({ name, email, exception }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (email && !readEmail(email)) issue('email', 'people.error.email');
    if (exception) return;
    if (!name) issue('name', 'guard.error.noticeName');
    if (!email) issue('email', 'guard.error.noticeEmail');
  });

/** A notice of illegal content (DSA, Article 16); `?location=` fills in the URL of the content. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { i18n, headers } = context.visit;
  keepTyped(headers);
  const location = new URL(request.url).searchParams.get('location') ?? '';
  return {
    head: {
      title: i18n.t('guard.report.title'),
      description: i18n.t('guard.report.lead'),
      canonical: pathTo('/report'),
    },
    location: location.slice(0, 500),
    key: newFormKey(),
    started: context.app.clock.now(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  return submit({ request, context }, fields, async (input) => {
    checkHoneypot(app, input);
    const email = readEmail(input.email) ?? '';
    const { person } = visit.visitor;
    const account = person && (await accountById(app.db.reader, person.id));
    const ownAddress =
      account?.confirmedAt !== null && email !== '' && account?.emailKey === emailKey(email);
    const reference = await sendLegalNotice(app, {
      location: input.location,
      explanation: input.explanation,
      name: input.name,
      email,
      key: input.key,
      language: visit.i18n.locale,
      address: visit.address,
      person: person && { ...person, ownAddress },
    });
    return redirect(pathTo(`/report/sent?reference=${reference}`), 303);
  });
}

export default function Report() {
  const { location, key, started } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('guard.report.title')}</h1>
      <p className="lead">{t('guard.report.lead')}</p>
      <TextLine
        className="quiet"
        k="guard.report.flag"
        values={{ rules: linkTo(pathTo('/rules')) }}
      />
      <ErrorSummary />
      <form method="post" action={pathTo('/report')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        <Honeypot started={started} />
        <Input
          name="location"
          label={t('guard.report.location')}
          hint={t('guard.report.locationHint')}
          value={location}
          dir="ltr"
          required
        />
        <TextArea
          name="explanation"
          label={t('guard.report.explanation')}
          hint={t('guard.report.explanationHint')}
          maxLength={LONGEST_EXPLANATION}
          required
        />
        <Input name="name" label={t('guard.report.name')} autoComplete="name" dir="auto" />
        <Input
          name="email"
          type="email"
          label={t('people.field.email')}
          hint={t('guard.report.emailHint')}
          autoComplete="email"
          dir="ltr"
        />
        <Choices
          name="exception"
          type="checkbox"
          legend={t('guard.report.exceptionLegend')}
          options={[{ value: '1', label: t('guard.report.exception') }]}
        />
        <Choices
          name="goodFaith"
          type="checkbox"
          legend={t('guard.report.statement')}
          options={[{ value: '1', label: t('guard.report.goodFaith') }]}
        />
        <p className="quiet">{t('guard.report.next')}</p>
        <Submit label={t('guard.report.send')} />
      </form>
    </div>
  );
}
