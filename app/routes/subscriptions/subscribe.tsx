import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { CHOICE_LISTS, choiceFields, choicesFrom } from '~/domain/subscriptions/choices';
import { subscribe } from '~/domain/subscriptions/subscribe';
import type { Community } from '~/platform/community/community';
import { readEmail } from '~/platform/mail/email-address';
import { addressHash } from '~/platform/mail/suppression';
import { pathTo } from '~/platform/paths';
import { parseScope } from '~/platform/places/scope';
import { linkCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { checkHoneypot, honeypotFields } from '~/server/honeypot';
import { rememberedPlace } from '~/server/remembered-place';
import { rememberSent } from '~/server/sent-mail';
import { ErrorSummary, Input, Submit } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { useI18n } from '~/ui/i18n';
import { ChoiceFields, type Chosen } from '~/ui/subscriptions/choice-fields';
import { choiceOptions } from '~/ui/subscriptions/choice-options';

const schema = (community: Community) =>
  z.object({
    email: z.string('subscriptions.error.email').transform((text, check) => {
      const email = readEmail(text);
      if (email) return email;
      check.addIssue({ code: 'custom', message: 'subscriptions.error.email' });
      return z.NEVER;
    }),
    ...choiceFields(community),
    ...honeypotFields,
  });

/** `?scope=` preselects places, for links from digests; otherwise a place that the person named. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  const asked = new URL(request.url).searchParams.getAll('scope').slice(0, 100).map(parseScope);
  const scopes = asked.filter((scope) => scope !== null);
  const { country } = await rememberedPlace(context, request);
  const chosen: Chosen = {
    scopes: scopes.length > 0 ? scopes : [country || 'world'],
    pillars: [],
    frequency: 'weekly',
    language: i18n.locale,
  };
  return {
    head: {
      title: i18n.t('subscriptions.title'),
      description: i18n.t('subscriptions.lead'),
      canonical: pathTo('/subscribe'),
    },
    options: choiceOptions(i18n),
    started: context.app.clock.now(),
    chosen,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  return submit(
    { request, context },
    schema,
    async (input) => {
      checkHoneypot(app, input);
      await subscribe(app, {
        email: input.email,
        address: visit.address,
        ...choicesFrom(input, visit.i18n.locale),
      });
      // The same whatever is known about the address.
      const mark = addressHash(input.email);
      const headers = { 'Set-Cookie': linkCookie(mark, app.config.origin, 'subscription') };
      rememberSent(context, pathTo('/subscribe/sent'), input.email);
      return redirect(pathTo('/subscribe/sent'), { status: 303, headers });
    },
    CHOICE_LISTS,
  );
}

export default function Subscribe() {
  const { t } = useI18n();
  const { options, started, chosen } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('subscriptions.title')}</h1>
      <p className="lead">{t('subscriptions.lead')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/subscribe')}>
        <Honeypot started={started} />
        <Input
          name="email"
          type="email"
          label={t('subscriptions.email')}
          hint={t('subscriptions.email.hint')}
          autoComplete="email"
          dir="ltr"
          required
        />
        <ChoiceFields options={options} chosen={chosen} />
        <Submit label={t('subscriptions.submit')} />
        <p className="quiet after-form">{t('subscriptions.promise')}</p>
      </form>
    </>
  );
}
