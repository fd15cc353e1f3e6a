/** @jsxImportSource hono/jsx */
import type { Translator } from '~/platform/i18n/translator';
import { type MailSite, writeMail } from '~/platform/mail/layout';
import type { MailContent } from '~/platform/mail/outbox';
import { Action, P } from '~/platform/mail/parts';
import { placeInSentence } from '~/platform/places/names';
import type { Choices } from './choices';
import type { SubscriptionLinks } from './tokens';

/** To a new email address: the link that confirms the subscription. */
export function confirmSubscriptionMail(
  i18n: Translator,
  site: MailSite,
  link: string,
  { scopes }: Choices,
): MailContent {
  const { t } = i18n;
  const values = { site: site.siteName };
  const places = i18n.list(scopes.map((scope) => placeInSentence(scope, i18n.locale)));
  return writeMail(i18n, site, {
    subject: t('subscriptions.request.subject', values),
    why: t('subscriptions.request.ignore', values),
    children: (
      <>
        <P>{t('subscriptions.request.asked', { ...values, places })}</P>
        <P>{t('subscriptions.request.confirm')}</P>
        <Action href={link}>{t('subscriptions.request.action')}</Action>
      </>
    ),
  });
}

/** To an address that already gets digests. The link shows the requested places preselected. */
export function alreadySubscribedMail(
  i18n: Translator,
  site: MailSite,
  links: SubscriptionLinks,
  { scopes }: Choices,
): MailContent {
  const { t } = i18n;
  const values = { site: site.siteName };
  const asked = new URLSearchParams(scopes.map((scope) => ['scope', scope]));
  return writeMail(i18n, site, {
    subject: t('subscriptions.reminder.subject', values),
    why: t('subscriptions.reminder.ignore'),
    children: (
      <>
        <P>{t('subscriptions.reminder.text', values)}</P>
        <Action href={`${links.manage}?${asked}`}>{t('subscriptions.reminder.action')}</Action>
      </>
    ),
  });
}
